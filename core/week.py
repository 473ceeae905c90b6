"""The week grid: spans of one space laid out as rows of a table, by London's wall clock.

Pure layout: who may know what a span is for, and where its link goes, is the caller's business.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, time, timedelta
from enum import StrEnum

from django.utils import formats
from django.utils.translation import gettext as _

from core import words

_DAY_MINUTES = 24 * 60
_FIRST_HOUR, _LAST_HOUR = 9, 22


class State(StrEnum):
    """What a stretch of time is; where two overlap the later in this list is shown."""

    UNKNOWN = "unknown"
    FREE = "free"
    QUIET = "quiet"
    CLOSED = "closed"
    HELD = "held"
    BUSY = "busy"
    YOURS = "yours"


_RANK = {state: rank for rank, state in enumerate(State)}


@dataclass(frozen=True, kw_only=True)
class WeekSpan:
    """`[start, end)` on one day in minutes of the wall clock; 1440 is the midnight after."""

    day: date
    start: int
    end: int
    state: State
    label: str = ""
    href: str = ""


@dataclass(frozen=True, kw_only=True)
class Cell:
    """One block of a day: `rows` slots high, in one state, with the words that stand in it."""

    state: State
    rows: int
    word: str
    times: str
    day_words: str
    label: str
    href: str


@dataclass(frozen=True, kw_only=True)
class Row:
    """One slot; `hour` is set where an hour begins, and spans `hour_rows` slots."""

    hour: str
    hour_rows: int
    cells: Sequence[Cell]


@dataclass(frozen=True, kw_only=True)
class Day:
    """The head of a column, and the day's blocks in order for the list."""

    day: date
    short: str
    month: str
    long: str
    is_today: bool
    blocks: Sequence[Cell]


@dataclass(frozen=True, kw_only=True)
class Week:
    """What components/week_grid.html and components/week_list.html draw."""

    title: str
    days: Sequence[Day]
    rows: Sequence[Row]
    is_halved: bool
    states: Sequence[tuple[State, str]] = field(default=())


def word(state: State) -> str:
    """A state as a group reads it."""
    return {
        State.UNKNOWN: _("Not known: ask them"),
        State.FREE: _("Free"),
        State.QUIET: _("Quiet time"),
        State.CLOSED: _("Closed"),
        State.HELD: _("Held"),
        State.BUSY: _("Booked"),
        State.YOURS: _("Your choice"),
    }[state]


def build_week(
    spans: Iterable[WeekSpan], *, monday: date, today: date, gaps: State = State.UNKNOWN
) -> Week:
    """Lay out seven days from `monday`; time in no span is in the state `gaps`.

    Rows are hours, or half hours where a span begins or ends off the hour; a slot that is
    partly taken shows as taken, and the words in it give the true times.
    """
    days = [monday + timedelta(days=n) for n in range(7)]
    wanted = [span for span in spans if span.day in days and span.start < span.end]
    step = 60 if all(m % 60 == 0 for s in wanted for m in (s.start, s.end)) else 30
    first, last = _hours(wanted)
    edges = range(first * 60, last * 60, step)
    columns = {
        day: _blocks([s for s in wanted if s.day == day], day=day, edges=edges, gaps=gaps)
        for day in days
    }
    rows = [
        Row(
            hour=words.clock_time(_wall(at)) if at % 60 == 0 else "",
            hour_rows=60 // step,
            cells=[columns[day][at] for day in days if at in columns[day]],
        )
        for at in edges
    ]
    heads = [
        Day(
            day=day,
            short=formats.date_format(day, "D j"),
            month=formats.date_format(day, "F Y"),
            long=words.long_day(day),
            is_today=day == today,
            blocks=list(columns[day].values()),
        )
        for day in days
    ]
    shown = {cell.state for column in columns.values() for cell in column.values()}
    return Week(
        title=_("Week of %(day)s") % {"day": words.long_day(monday)},
        days=heads,
        rows=rows,
        is_halved=step == 30,
        states=[(state, word(state)) for state in State if state in shown],
    )


def _hours(spans: Sequence[WeekSpan]) -> tuple[int, int]:
    """The first and last hour worth showing: whenever something is open or booked."""
    open_spans = [span for span in spans if span.state not in {State.CLOSED, State.UNKNOWN}]
    if not open_spans:
        return _FIRST_HOUR, _LAST_HOUR
    first = min(span.start for span in open_spans) // 60
    last = -(-max(span.end for span in open_spans) // 60)
    return first, last


def _blocks(spans: Sequence[WeekSpan], *, day: date, edges: range, gaps: State) -> dict[int, Cell]:
    """The day's blocks by the slot in which each begins."""
    nothing = WeekSpan(day=day, start=edges.start, end=edges.stop, state=gaps)
    by_rank = sorted(spans, key=lambda span: _RANK[span.state], reverse=True)
    shown = [
        next((s for s in by_rank if s.start < at + edges.step and at < s.end), nothing)
        for at in edges
    ]
    blocks: dict[int, Cell] = {}
    begin = 0
    for index in range(1, len(shown) + 1):
        if index == len(shown) or not _alike(shown[index], shown[begin]):
            stretch = (edges[begin], edges[index - 1] + edges.step)
            blocks[edges[begin]] = _cell(shown[begin], stretch=stretch, rows=index - begin)
            begin = index
    return blocks


def _alike(one: WeekSpan, other: WeekSpan) -> bool:
    return one is other or (
        (one.state, one.label, one.href) == (other.state, other.label, other.href)
        and one.state in {State.CLOSED, State.UNKNOWN}
    )


def _cell(span: WeekSpan, *, stretch: tuple[int, int], rows: int) -> Cell:
    # A taken slot says its true times; a free or closed one says what is left of it.
    exact = span.state in {State.HELD, State.BUSY, State.YOURS, State.QUIET}
    start, end = (span.start, span.end) if exact else stretch
    return Cell(
        state=span.state,
        rows=rows,
        word=word(span.state),
        times=_("%(start)s to %(end)s")
        % {"start": words.clock_time(_wall(start)), "end": words.clock_time(_wall(end))},
        day_words=words.long_day(span.day),
        label=span.label,
        href=span.href,
    )


def _wall(minutes: int) -> time:
    hour, minute = divmod(minutes % _DAY_MINUTES, 60)
    return time(hour, minute)
