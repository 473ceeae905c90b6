"""The week of each space of a venue, laid out with a link from each free stretch; never who hires.

Of a booking that is open to all, the title is shown; of every other no more than that it is there.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from itertools import pairwise
from typing import Any

from django.urls import reverse
from django.utils.dateparse import parse_date
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from bookings import queries
from core import words
from core.clock import at, london, start_of_day
from core.errors import BadInput
from core.intervals import Span
from core.week import State, WeekSpan, build_week
from spaces.availability import Segment, SpaceWeek, week
from spaces.models import Space

_WEEK = timedelta(days=7)
_FURTHEST_BACK, _FURTHEST_AHEAD = timedelta(days=371), timedelta(days=1_200)

Titles = Mapping[int, list[tuple[Span, str]]]


def monday_of(asked: str, *, today: date) -> date:
    """The Monday of the week that the address names; this week's without one.

    Raises: BadInput for what is no date, or too far from today.
    """
    try:
        day = parse_date(asked) if asked else today
    except ValueError:
        day = None
    if day is None or not today - _FURTHEST_BACK < day < today + _FURTHEST_AHEAD:
        message = _("We cannot show that week. Write it as a date, like 2027-01-11.")
        raise BadInput(message)
    return day - timedelta(days=day.weekday())


def weeks(spaces: Collection[Space], monday: date, *, now: datetime) -> dict[int, dict[str, Any]]:
    """For each space of one venue what components/week_grid.html takes. Four queries."""
    ids = [space.pk for space in spaces]
    window = Span(start_of_day(monday), start_of_day(monday + _WEEK))
    titles = queries.open_titles(ids, window)
    found = week(ids, monday, now=now)
    return {
        space.pk: _laid_out(space, _titled(found[space.pk], titles), now=now) for space in spaces
    }


def steps(monday: date, *, today: date) -> dict[str, date | None]:
    """The weeks before and after, where they can be shown."""
    earlier, later = monday - _WEEK, monday + _WEEK
    return {
        "earlier": earlier if earlier > today - _WEEK else None,
        "later": later if later < today + _FURTHEST_AHEAD else None,
    }


def _laid_out(space: Space, known: SpaceWeek, *, now: datetime) -> dict[str, Any]:
    spans = [_with_link(span, space, now=now) for span in known.grid()]
    today = london(now).date()
    return {
        "week": build_week(spans, monday=known.monday, today=today),
        "hours_known": known.hours_known,
    }


def _with_link(span: WeekSpan, space: Space, *, now: datetime) -> WeekSpan:
    """A free stretch that can still be booked leads there, with its day and start filled in.

    So does a quiet time: whoever is quiet enough may book it.
    """
    if span.state not in (State.FREE, State.QUIET) or not space.is_bookable:
        return span
    begins = _instant(span.day, span.start)
    if _instant(span.day, span.end) <= now + timedelta(hours=space.venue.notice_hours):
        return span
    query = {"spaces": str(space.pk), "on": span.day.isoformat()}
    if begins > now:
        query["starts"] = words.clock_time(begins)
    address = reverse("book_pick", args=[space.venue.slug])
    return replace(span, href=f"{address}?{urlencode(query)}")


def _instant(day: date, minutes: int) -> datetime:
    """The instant at which the wall clock says so many minutes after midnight."""
    days, rest = divmod(minutes, 24 * 60)
    return at(day + timedelta(days=days), time(*divmod(rest, 60)))


def _titled(known: SpaceWeek, titles: Titles) -> SpaceWeek:
    """The booked stretches cut where an open booking begins and ends, each with its title."""
    told = titles.get(known.space_id)
    if not told:
        return known
    days = tuple(tuple(_cut(segments, told)) for segments in known.days)
    return replace(known, days=days)


def _cut(segments: Iterable[Segment], told: list[tuple[Span, str]]) -> Iterable[Segment]:
    for segment in segments:
        if segment.state is not State.BUSY:
            yield segment
            continue
        inside = [(span.clip(segment.span), title) for span, title in told]
        here = [(span, title) for span, title in inside if span is not None]
        edges = {segment.span.start, segment.span.end}
        edges |= {edge for span, _title in here for edge in (span.start, span.end)}
        for start, end in pairwise(sorted(edges)):
            title = next((title for span, title in here if span.start <= start < span.end), "")
            yield Segment(Span(start, end), State.BUSY, title)
