"""Rules as pieces of time: expanded, joined, and cut at midnight where longer than a day."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from core.clock import at, london, start_of_day
from core.intervals import Span, merge
from spaces import timetable
from spaces.models import TimeRule

_LONGEST_PIECE = timedelta(hours=24)
# A piece is at most a day long, so what begins before this has no bearing on a window.
_RUN_UP = timedelta(days=2)


@dataclass(frozen=True, slots=True)
class Days:
    """London dates [first, until) whose spans one space is to get."""

    first: date
    until: date

    @property
    def span(self) -> Span:
        return Span(start_of_day(self.first), start_of_day(self.until))


def reach(windows: Iterable[Days]) -> Span:
    """What has to be expanded so that every window is filled."""
    spans = [days.span for days in windows]
    return Span(
        min(span.start for span in spans) - _RUN_UP, max(span.end for span in spans) + _RUN_UP
    )


def expanded(rules: Iterable[TimeRule], window: Span) -> Iterator[tuple[TimeRule, list[Span]]]:
    """Each rule with its spans; most rooms keep the same hours, so each pattern is walked once."""
    known: dict[tuple[object, ...], list[Span]] = {}
    for rule in rules:
        skips = rule.bank_holidays == TimeRule.BankHolidays.SKIP
        key = (skips, *rule.series.said)
        if key not in known:
            known[key] = timetable.between(rule.series, window, skip_bank_holidays=skips)
        yield rule, known[key]


def pieces(spans: Iterable[Span], days: Days, *, begun_before: datetime | None) -> Iterable[Span]:
    """Joined spans, cut at midnight where longer than a day, that begin within `days`."""
    window = days.span
    for whole in merge(spans):
        if whole.end <= window.start or whole.start >= window.end:
            continue
        for piece in _cut(whole):
            if window.start <= piece.start < window.end:
                yield piece
            elif begun_before is not None and piece.start < begun_before < piece.end:
                yield Span(begun_before, piece.end)


def _cut(span: Span) -> Iterable[Span]:
    """At each London midnight, if it is longer than a day; a day has 23 to 25 hours."""
    if span.length <= _LONGEST_PIECE:
        yield span
        return
    start = span.start
    while start < span.end:
        midnight = at(london(start).date() + timedelta(days=1), time(0))
        end = min(midnight, span.end)
        yield Span(start, end)
        start = end
