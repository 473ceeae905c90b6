"""A week of spaces as ordered stretches of time in one state each; never who hires."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import pairwise
from typing import Any

from django.db import connection
from django.utils.translation import gettext as _

from core.clock import day_bounds, london, start_of_day
from core.intervals import Span, merge
from core.week import State, WeekSpan
from spaces.availability.rows import LONGEST_SPAN, SpaceRow, Taken, live_claims, space_rows
from spaces.models import TimeRule
from spaces.models.claim import ClaimKind
from spaces.models.timetable import Loudness


@dataclass(frozen=True, slots=True)
class Segment:
    """[start, end) in one state. `words`: a quiet time's promise, or why it is closed."""

    span: Span
    state: State
    words: str = ""


@dataclass(frozen=True, slots=True)
class SpaceWeek:
    """Seven London days from `monday`; each day's segments fill it from midnight to midnight."""

    space_id: int
    monday: date
    hours_known: bool
    days: tuple[tuple[Segment, ...], ...]

    def grid(self) -> list[WeekSpan]:
        """The same by the wall clock, for `core.week.build_week`."""
        spans = []
        for n, segments in enumerate(self.days):
            day = self.monday + timedelta(days=n)
            midnight = start_of_day(day + timedelta(days=1))
            spans += [
                WeekSpan(
                    day=day,
                    start=_wall_minutes(segment.span.start),
                    end=1440 if segment.span.end == midnight else _wall_minutes(segment.span.end),
                    state=segment.state,
                    label=segment.words,
                )
                for segment in segments
            ]
        return spans


def _wall_minutes(instant: datetime) -> int:
    wall = london(instant)
    return wall.hour * 60 + wall.minute


@dataclass(frozen=True, slots=True)
class _Note:
    """Something said about a space during a span."""

    span: Span
    words: str


@dataclass(frozen=True, slots=True)
class _Notes:
    opening: list[Span]
    quiet: list[_Note]
    closures: list[_Note]


def week(space_ids: Collection[int], monday: date, *, now: datetime) -> dict[int, SpaceWeek]:
    """The week of each known space from `monday`. Three queries for any number of spaces."""
    window = Span(start_of_day(monday), start_of_day(monday + timedelta(days=7)))
    spaces = space_rows(space_ids)
    notes = _notes(spaces.keys(), window)
    claims = live_claims(spaces.values(), [window], now=now)
    return {
        space_id: SpaceWeek(
            space_id=space_id,
            monday=monday,
            hours_known=space.hours_known,
            days=tuple(
                tuple(
                    _segments(
                        space,
                        notes[space_id],
                        claims[space_id],
                        day=Span(*day_bounds(monday + timedelta(days=n))),
                    )
                )
                for n in range(7)
            ),
        )
        for space_id, space in spaces.items()
    }


# A quiet time or closure of a whole is one of its parts too, and the other way round. A quiet
# time next door is one here as well, as far as it forbids anything.
_NOTES = """
WITH shared AS (
    SELECT DISTINCT mine.space_id AS id, other.space_id AS other_id
    FROM spaces_spacepart mine JOIN spaces_spacepart other ON other.part_id = mine.part_id
    WHERE mine.space_id = ANY(%(spaces)s::bigint[])
), beside AS (
    SELECT DISTINCT shared.id, heard.space_id AS other_id
    FROM shared
    JOIN spaces_space_acoustic_neighbours near ON near.from_space_id = shared.other_id
    JOIN spaces_spacepart part ON part.space_id = near.to_space_id
    JOIN spaces_spacepart heard ON heard.part_id = part.part_id
    EXCEPT SELECT id, other_id FROM shared
)
SELECT 'opening', o.space_id, o.starts_at, o.ends_at, ''
FROM spaces_openingspan o
WHERE o.space_id = ANY(%(spaces)s::bigint[]) AND o.starts_at < %(until)s
  AND o.starts_at > %(since)s::timestamptz - %(longest)s::interval AND o.ends_at > %(since)s
UNION ALL
SELECT 'quiet', shared.id, q.starts_at, q.ends_at, coalesce(nullif(rule.promise, ''), rule.why)
FROM shared JOIN spaces_quietspan q ON q.space_id = shared.other_id
JOIN spaces_timerule rule ON rule.id = q.rule_id
WHERE q.starts_at < %(until)s
  AND q.starts_at > %(since)s::timestamptz - %(longest)s::interval AND q.ends_at > %(since)s
UNION ALL
SELECT 'beside', beside.id, q.starts_at, q.ends_at, coalesce(nullif(rule.promise, ''), rule.why)
FROM beside JOIN spaces_quietspan q ON q.space_id = beside.other_id
JOIN spaces_timerule rule ON rule.id = q.rule_id
WHERE rule.loudest_next_door < %(loudest)s AND q.starts_at < %(until)s
  AND q.starts_at > %(since)s::timestamptz - %(longest)s::interval AND q.ends_at > %(since)s
UNION ALL
SELECT 'closure', shared.id, closure.starts_at, closure.ends_at, closure.reason
FROM shared JOIN spaces_closure_spaces named ON named.space_id = shared.other_id
JOIN spaces_closure closure ON closure.id = named.closure_id AND NOT closure.is_lifted
WHERE closure.starts_at < %(until)s AND closure.ends_at > %(since)s
"""


def _notes(space_ids: Collection[int], window: Span) -> dict[int, _Notes]:
    with connection.cursor() as cursor:
        parameters: dict[str, Any] = {
            "spaces": sorted(space_ids),
            "since": window.start,
            "until": window.end,
            "longest": LONGEST_SPAN,
            "loudest": Loudness.AMPLIFIED.value,
        }
        cursor.execute(_NOTES, parameters)
        found: dict[tuple[str, int], list[_Note]] = defaultdict(list)
        for what, space_id, starts_at, ends_at, words in cursor.fetchall():
            found[what, space_id].append(_Note(Span(starts_at, ends_at), words))
    return {
        space_id: _Notes(
            opening=merge(note.span for note in found["opening", space_id]),
            quiet=[
                *(_Note(one.span, _why(one.words)) for one in found["quiet", space_id]),
                *(_next_door(one) for one in found["beside", space_id]),
            ],
            closures=found["closure", space_id],
        )
        for space_id in space_ids
    }


def _next_door(note: _Note) -> _Note:
    why = _why(note.words)
    return _Note(note.span, _("Next door: %(why)s") % {"why": why} if why else _("Next door"))


def _why(words: str) -> str:
    """What is promised; without a promise, why it is quiet."""
    return str(TimeRule.Why(words).label) if words in TimeRule.Why.values else words


def _segments(
    space: SpaceRow, notes: _Notes, claims: Sequence[Taken], *, day: Span
) -> list[Segment]:
    """The day cut wherever something begins or ends, then joined where nothing changes."""
    claims = [taken for taken in claims if taken.span.overlaps(day)]
    spans = [*notes.opening, *(taken.span for taken in claims)]
    spans += [note.span for note in (*notes.quiet, *notes.closures)]
    cuts = {edge for span in spans for edge in (span.start, span.end)}
    if space.known_until is not None:
        cuts.add(space.known_until)
    edges = sorted({day.start, day.end} | {cut for cut in cuts if day.start < cut < day.end})
    segments: list[Segment] = []
    for start, end in pairwise(edges):
        piece = Span(start, end)
        state, words = _state(space, notes, claims, piece)
        last = segments[-1] if segments else None
        if last is not None and (last.state, last.words) == (state, words):
            segments[-1] = Segment(Span(last.span.start, end), state, words)
        else:
            segments.append(Segment(piece, state, words))
    return segments


def _state(
    space: SpaceRow, notes: _Notes, claims: Sequence[Taken], piece: Span
) -> tuple[State, str]:
    here = [taken for taken in claims if taken.span.overlaps(piece)]
    if any(not taken.is_held and taken.kind is not ClaimKind.CLOSURE for taken in here):
        return State.BUSY, ""
    if any(taken.kind is ClaimKind.CLOSURE for taken in here):
        return State.CLOSED, _words(notes.closures, piece)
    if here:
        return State.HELD, ""
    return _empty_state(space, notes, piece)


def _empty_state(space: SpaceRow, notes: _Notes, piece: Span) -> tuple[State, str]:
    if not space.hours_known:
        return State.UNKNOWN, ""
    if any(open_.overlaps(piece) for open_ in notes.opening):
        if any(note.span.overlaps(piece) for note in notes.quiet):
            return State.QUIET, _words(notes.quiet, piece)
        return State.FREE, ""
    known_until = space.known_until
    is_known = known_until is None or piece.start < known_until
    return (State.CLOSED if is_known else State.UNKNOWN), ""


def _words(notes: Sequence[_Note], piece: Span) -> str:
    said = dict.fromkeys(note.words for note in notes if note.span.overlaps(piece) and note.words)
    return "; ".join(said)
