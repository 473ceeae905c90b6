"""The next eight weeks as a drawing and as a table; both from the same rows."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from itertools import groupby
from typing import Any

from django.utils.translation import gettext as _

from core import words
from core.clock import day_bounds, london
from core.intervals import Span
from spaces.models import Venue
from spaces.weeks_ahead import DayAhead, SpacesAhead, Told, weeks_ahead

# The drawing in its own units: a day is as wide as it has half hours.
_LEFT, _TOP, _DAY, _BAR, _ROW = 52, 18, 48, 14, 20
_GAP = 6


def drawn(venue: Venue, *, now: datetime) -> list[dict[str, Any]]:
    """What templates/spaces/_weeks.html draws, for each lot of spaces that are alike."""
    return [_drawing(lot) for lot in weeks_ahead(venue, now=now)]


def _drawing(lot: SpacesAhead) -> dict[str, Any]:
    names = ", ".join(space.name for space in lot.spaces)
    return {
        "names": names,
        "slug": lot.spaces[0].slug,
        "hours_known": lot.hours_known,
        "width": _LEFT + 7 * (_DAY + _GAP),
        "height": _TOP + len(lot.weeks) * _ROW,
        "heads": [
            {"x": _LEFT + n * (_DAY + _GAP), "word": words.short_day(day.day).split()[0]}
            for n, day in enumerate(lot.weeks[0])
        ],
        "weeks": [_week(week, n) for n, week in enumerate(lot.weeks)],
        "rows": [row for week in lot.weeks for row in _rows(week, known=lot.hours_known)],
    }


def _week(week: Sequence[DayAhead], row: int) -> dict[str, Any]:
    top = _TOP + row * _ROW
    bars = []
    for n, day in enumerate(week):
        left = _LEFT + n * (_DAY + _GAP)
        bars.append({"kind": "day", "x": left, "y": top, "width": _DAY, "height": _BAR})
        bars += [_bar("open", span, day.day, left, top) for span in day.opening]
        bars += [_bar("quiet", one.span, day.day, left, top) for one in day.quiet]
        bars += [_bar("closed", one.span, day.day, left, top) for one in day.closed]
    return {"y": top + _BAR - 3, "word": _short(week[0].day), "bars": bars}


def _short(day: date) -> str:
    return " ".join(words.short_day(day).split()[1:])


def _bar(kind: str, span: Span, day: date, left: float, top: float) -> dict[str, Any]:
    start, end = _minutes(span.start, day), _minutes(span.end, day)
    begins = left + start * _DAY / 1440
    return {
        "kind": kind,
        "x": f"{begins:.1f}",
        "y": top,
        "width": f"{max((end - start) * _DAY / 1440, 1):.1f}",
        "height": _BAR,
    }


def _minutes(instant: datetime, day: date) -> int:
    """On the wall clock of that day; its end is 1440, however many hours it has."""
    if instant >= day_bounds(day)[1]:
        return 1440
    wall = london(instant)
    return wall.hour * 60 + wall.minute


def _rows(week: Sequence[DayAhead], *, known: bool) -> Iterable[dict[str, str]]:
    for said, run in groupby(week, key=lambda day: _said(day, known=known)):
        days = [day.day for day in run]
        first = words.long_day(days[0])
        when = first
        if len(days) > 1:
            ends = {"first": first, "last": words.long_day(days[-1])}
            when = _("%(first)s to %(last)s") % ends
        opening, quiet, closed = said
        yield {"when": when, "open": opening, "quiet": quiet, "closed": closed}


def _said(day: DayAhead, *, known: bool) -> tuple[str, str, str]:
    opening = [_times(span, day.day) for span in day.opening]
    hours = _(" and ").join(opening) or _("Closed")
    return hours if known else _("Not known"), _told(day.quiet, day.day), _told(day.closed, day.day)


def _told(rows: Iterable[Told], day: date) -> str:
    return "; ".join(
        f"{_times(one.span, day)}: {one.words}" if one.words else _times(one.span, day)
        for one in rows
    )


def _times(span: Span, day: date) -> str:
    if span == Span(*day_bounds(day)):
        return _("all day")
    return words.times(span.start, span.end)
