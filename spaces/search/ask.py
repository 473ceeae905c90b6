"""Put a question to the database: one statement for up to sixty spans."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from math import cos, degrees, radians
from typing import Any

from core.clock import london
from core.intervals import Span
from core.sql import rows_planned_anew
from spaces.access_facts import NEEDS
from spaces.routes import week
from spaces.search import sql
from spaces.search.question import Ask, Circle, Fit, Question

_EARTH_METRES = 6_371_000
_MOST_PEOPLE = 2**31 - 1


def which_fit(question: Question, *, now: datetime) -> list[Fit]:
    """Every bookable public space that the question does not rule out by place, people or kind.

    A space too small is left out, one of unknown capacity is not. Spaces without a free span or
    without what is needed are answers too: the caller decides what to show.
    """
    if not question.spans:
        rows = _run(sql.WHICH_ONLY, question, parameters(question) | {"now": now})
        return [Fit._make(row) for row in rows]
    fits: dict[int, Fit] = {}
    for first in range(0, len(question.spans), sql.MOST_WINDOWS):
        part = question.spans[first : first + sql.MOST_WINDOWS]
        rows = _run(sql.QUESTION, question, {**parameters(question), **windows(part, now=now)})
        found = {row[0]: Fit._make(row) for row in rows}
        fits = found if not fits else _joined(fits, found, shift=first)
    return list(fits.values())


def which_to_ask(question: Question, *, now: datetime) -> list[Ask]:
    """Public venues that are not booked here and are not ruled out by place or kind."""
    values = parameters(question) | {"now": now}
    if question.spans:
        values |= windows(question.spans, now=now)
    rows = _run(sql.TO_ASK, question, values)
    return [Ask._make(row) for row in rows]


def _joined(before: dict[int, Fit], later: dict[int, Fit], *, shift: int) -> dict[int, Fit]:
    """Both halves of the masks; a space that vanished in between is left out."""
    return {
        space_id: fit._replace(
            open_mask=fit.open_mask | later[space_id].open_mask << shift,
            busy_mask=fit.busy_mask | later[space_id].busy_mask << shift,
            yes_mask=fit.yes_mask & later[space_id].yes_mask,
            no_mask=fit.no_mask | later[space_id].no_mask,
        )
        for space_id, fit in before.items()
        if space_id in later
    }


def windows(spans: Sequence[Span], *, now: datetime) -> dict[str, Any]:
    """What the statement needs to know of the spans."""
    minutes = [week.minutes_of(span) for span in spans]
    return {
        "from_minutes": [first for first, _last in minutes],
        "to_minutes": [last for _first, last in minutes],
        "starts": [span.start for span in spans],
        "ends": [span.end for span in spans],
        "joined": [_crosses_midnight(span) for span in spans],
        "now": now,
    }


def _crosses_midnight(span: Span) -> bool:
    first, last = london(span.start), london(span.end)
    return first.date() != last.date()


def parameters(question: Question) -> dict[str, Any]:
    """What the statement needs to know of everything else."""
    values: dict[str, Any] = {
        "needs": list(NEEDS),
        "people": min(question.people or 0, _MOST_PEOPLE),
        "venue_kinds": list(question.venue_kinds),
        "space_kinds": list(question.space_kinds),
        "council": question.council_id,
        "venues": list(question.venue_ids or ()),
    }
    if question.near is not None:
        values |= _box(question.near)
    return values


def _box(circle: Circle) -> dict[str, float]:
    """The circle's centre, radius and bounding box."""
    up = degrees(circle.radius_m / _EARTH_METRES)
    across = up / max(cos(radians(circle.latitude)), 0.01)
    return {
        "latitude": circle.latitude,
        "longitude": circle.longitude,
        "radius": float(circle.radius_m),
        "south": circle.latitude - up,
        "north": circle.latitude + up,
        "west": circle.longitude - across,
        "east": circle.longitude + across,
    }


def _run(text: str, question: Question, values: Mapping[str, Any]) -> list[tuple[Any, ...]]:
    return rows_planned_anew(statement(text, question, values), values)


def statement(text: str, question: Question, values: Mapping[str, Any]) -> str:
    """The pieces that this question needs, put together; values are always bound."""
    joined = sql.OPEN_JOINED if any(values.get("joined", ())) else ""
    venue_where = sql.BOX if question.near else ""
    venue_where += sql.VENUE_KINDS if question.venue_kinds else ""
    venue_where += sql.COUNCIL if question.council_id is not None else ""
    venue_where += sql.VENUES if question.venue_ids is not None else ""
    space_where = sql.RADIUS if question.near else ""
    space_where += sql.PEOPLE if question.people else ""
    space_where += sql.SPACE_KINDS if question.space_kinds else ""
    pieces = {
        "metres": sql.METRES if question.near else "NULL::float8",
        "venue_where": venue_where,
        "space_where": space_where,
        "radius_where": sql.RADIUS if question.near else "",
    }
    at_times = "starts" in values
    needed = sql.NEEDED_AT_TIMES if at_times else sql.NEEDED_NOW
    columns = sql.NEED_COLUMNS_WEAKEST if at_times else sql.NEED_COLUMNS_BEST
    return text.format(
        **pieces,
        windows=sql.WINDOWS,
        hit=sql.HIT,
        candidates=sql.CANDIDATES.format(**pieces),
        open_more=sql.OPEN_THROUGH.format(joined=joined),
        more_ctes=sql.NEEDS.format(when=needed) if question.with_needs else "",
        need_columns=columns if question.with_needs else " 0, 0",
        more_joins=sql.NEED_JOIN if question.with_needs else "",
        venue_joins=sql.NEED_JOIN_OF_VENUE if question.with_needs else "",
    )
