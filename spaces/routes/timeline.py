"""The answers of a venue through the week and through its faults, as rows to be kept."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby, pairwise
from typing import Any

from spaces.access_facts import NEEDS, State
from spaces.models import AccessNode, SpaceNeed
from spaces.routes.answers import Answer, need_answers
from spaces.routes.build import Moment
from spaces.routes.graph import best
from spaces.routes.load import Room, VenueAccess
from spaces.routes.week import ALL_WEEK, Minutes, pieces

# [start, end) of time; None is for ever.
Period = tuple[datetime | None, datetime | None]


@dataclass(frozen=True, slots=True)
class Kept:
    """One answer for a span of time and of the week. `space_id` None: the best of the venue."""

    space_id: int | None
    need: str
    answer: Answer
    period: Period
    minutes: Minutes


def kept_rows(access: VenueAccess, *, now: datetime) -> list[SpaceNeed]:
    """What ought to be kept for the venue: rows that fill all of time, as few as can be."""
    return [
        SpaceNeed(
            venue_id=access.venue_id,
            space_id=kept.space_id,
            need=kept.need,
            state=kept.answer.state.value,
            why=kept.answer.why,
            starts_at=kept.period[0],
            ends_at=kept.period[1],
            from_minute=kept.minutes[0],
            to_minute=kept.minutes[1],
            is_always=kept.period == (None, None) and kept.minutes == ALL_WEEK,
        )
        for kept in _merged(list(_every(access, now=now)))
    ]


def moment_at(access: VenueAccess, instant: datetime, *, piece: Minutes | None) -> Moment:
    """The faults that hold at an instant."""
    return Moment(piece, tuple(fault for fault in access.faults if _holds(fault, instant)))


def week_pieces(access: VenueAccess) -> list[Minutes]:
    """The week cut wherever an entrance with times of its own opens or closes."""
    own = {n.pk for n in access.nodes if n.hours == AccessNode.Hours.OWN}
    spans = [span for key in own for span in access.hours.get(key, ())]
    return pieces(minute for span in spans for minute in span)


def _every(access: VenueAccess, *, now: datetime) -> Iterator[Kept]:
    rooms: Sequence[Room | None] = access.rooms or [None]
    for period in _periods(access, now=now):
        for piece in week_pieces(access):
            moment = moment_at(access, period[0] or now, piece=piece)
            answers = [(room, need_answers(access, room, moment)) for room in rooms]
            for room, told in answers:
                for need, answer in told.items():
                    if room is not None:
                        yield Kept(room.id, need, answer, period, piece)
            for need in NEEDS:
                yield Kept(None, need, _best([told[need] for _r, told in answers]), period, piece)


def _best(answers: Sequence[Answer]) -> Answer:
    state = best(*(one.state for one in answers))
    return next(one for one in answers if one.state is state)


def _periods(access: VenueAccess, *, now: datetime) -> list[Period]:
    """All of time, cut where a fault begins or is expected to end; what is past is not cut."""
    cuts = {one for f in access.faults for one in (f.starts_at, _end_of(f)) if one and one > now}
    return list(pairwise([None, *sorted(cuts), None]))


def _end_of(fault: Any) -> datetime | None:
    ends = [one for one in (fault.until, fault.ended_at) if one]
    return min(ends, default=None)


def _holds(fault: Any, instant: datetime) -> bool:
    end = _end_of(fault)
    return fault.starts_at <= instant and (end is None or instant < end)


def _merged(every: Sequence[Kept]) -> Iterator[Kept]:
    """Pieces of the week, then of time, with the same answer become one."""

    def whose(kept: Kept) -> tuple[int, str]:
        return kept.space_id or 0, kept.need

    for _whose, mine in groupby(sorted(every, key=whose), key=whose):
        by_period: list[tuple[Period, list[Kept]]] = []
        for period, group in groupby(mine, key=lambda kept: kept.period):
            week = _merged_week(list(group))
            if by_period and _same(by_period[-1][1], week):
                (start, _end), before = by_period[-1]
                by_period[-1] = ((start, period[1]), before)
            else:
                by_period.append((period, week))
        for period, week in by_period:
            for one in week:
                yield Kept(one.space_id, one.need, one.answer, period, one.minutes)


def _merged_week(week: list[Kept]) -> list[Kept]:
    found: list[Kept] = []
    for one in week:
        if found and found[-1].answer == one.answer:
            minutes = (found[-1].minutes[0], one.minutes[1])
            found[-1] = Kept(one.space_id, one.need, one.answer, one.period, minutes)
        else:
            found.append(one)
    return found


def _same(one: list[Kept], other: list[Kept]) -> bool:
    return [(kept.answer, kept.minutes) for kept in one] == [
        (kept.answer, kept.minutes) for kept in other
    ]


def state_of_rows(rows: Sequence[SpaceNeed]) -> State:
    """The weakest of rows that hold at some time of what is asked."""
    states = {row.state for row in rows}
    for state in (State.NO, State.UNKNOWN, State.YES):
        if state.value in states:
            return state
    return State.UNKNOWN
