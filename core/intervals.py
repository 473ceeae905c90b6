"""Half-open spans of time and sums on lists of them. Every span is [start, end)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta


@dataclass(frozen=True, order=True, slots=True)
class Span:
    """[start, end) between two aware instants, start < end.

    Raises: ValueError for naive or reversed instants.
    """

    start: datetime
    end: datetime

    def __post_init__(self) -> None:
        if self.start.tzinfo is None or self.end.tzinfo is None:
            message = "a span needs aware instants"
            raise ValueError(message)
        if self.start >= self.end:
            message = "a span must end after it starts"
            raise ValueError(message)

    @property
    def length(self) -> timedelta:
        return self.end.astimezone(self.start.tzinfo) - self.start

    def overlaps(self, other: Span) -> bool:
        return self.start < other.end and other.start < self.end

    def covers(self, other: Span) -> bool:
        return self.start <= other.start and other.end <= self.end

    def clip(self, window: Span) -> Span | None:
        """The part of this span inside `window`, or None where there is none."""
        start, end = max(self.start, window.start), min(self.end, window.end)
        return Span(start, end) if start < end else None


def merge(spans: Iterable[Span]) -> list[Span]:
    """Sorted spans without overlap; spans that touch become one."""
    merged: list[Span] = []
    for span in sorted(spans):
        if merged and span.start <= merged[-1].end:
            if span.end > merged[-1].end:
                merged[-1] = Span(merged[-1].start, span.end)
        else:
            merged.append(span)
    return merged


def subtract(spans: Iterable[Span], taken: Iterable[Span]) -> list[Span]:
    """What is left of `spans` when `taken` is removed; sorted, without overlap."""
    left: list[Span] = []
    gaps = merge(taken)
    for span in merge(spans):
        cursor = span.start
        for gap in gaps:
            if gap.end <= cursor:
                continue
            if gap.start >= span.end:
                break
            if gap.start > cursor:
                left.append(Span(cursor, gap.start))
            cursor = max(cursor, gap.end)
        if cursor < span.end:
            left.append(Span(cursor, span.end))
    return left


def intersect(one: Iterable[Span], other: Iterable[Span]) -> list[Span]:
    """The spans in which both are true; sorted, without overlap. One walk along both."""
    ours, theirs = merge(one), merge(other)
    found: list[Span] = []
    i = j = 0
    while i < len(ours) and j < len(theirs):
        start = max(ours[i].start, theirs[j].start)
        end = min(ours[i].end, theirs[j].end)
        if start < end:
            found.append(Span(start, end))
        if ours[i].end <= theirs[j].end:
            i += 1
        else:
            j += 1
    return found
