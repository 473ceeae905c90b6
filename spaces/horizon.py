"""Works out opening and quiet spans from the rules people gave, ahead of anybody who books.

Spans are rows: no reader ever expands a rule. A change of rules rewrites them from today; each
night the horizon moves on by adding what lies beyond it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import reduce

import structlog
from django.db import transaction
from django.db.models import F

from core.clock import london, start_of_day
from core.intervals import Span, intersect
from spaces import habits, locks, variants
from spaces.locks import LockClass
from spaces.models import OpeningSpan, QuietSpan, Space, SpacePart, TimeRule, Venue
from spaces.models.timetable import Loudness
from spaces.time_pieces import Days, expanded, pieces, reach

_log = structlog.get_logger("openhall.spaces")
# Bookings end after their window closes, and a few nights may be missed.
MARGIN_DAYS = 60
# Spaces worked out in one transaction by the nightly job.
_BATCH_SPACES = 100
_BATCH_ROWS = 2000


def horizon_of(venue: Venue, *, now: datetime) -> date:
    """The first London date whose times need not be worked out yet."""
    return london(now).date() + timedelta(days=venue.booking_window_days + MARGIN_DAYS)


@transaction.atomic
def rewrite_opening(space_ids: Collection[int], *, now: datetime) -> None:
    """Replace the opening spans of these spaces and of the wholes they are part of.

    From today on; what has passed stays as it was. The caller holds the locks of their atoms.
    """
    wholes = SpacePart.objects.filter(part_id__in=list(space_ids)).values_list(
        "space_id", flat=True
    )
    windows = _ahead({*space_ids, *wholes}, now=now)
    begins = start_of_day(london(now).date())
    said = _said(windows)
    # What cannot be read has been worked out before, and stays.
    windows = {pk: days for pk, days in windows.items() if pk not in said.opening_stuck}
    rows = OpeningSpan.objects.filter(space_id__in=windows)
    rows.filter(starts_at__gte=begins).delete()
    rows.filter(ends_at__gt=begins).update(ends_at=begins)
    known = _write_opening(windows, said, begun_before=begins)
    Space.objects.filter(pk__in=known).update(hours_known=True)
    Space.objects.filter(pk__in=set(windows) - known).update(hours_known=False)
    habits.refresh(windows, now=now)
    _say_changed(windows)


@transaction.atomic
def rewrite_quiet(space_ids: Collection[int], *, now: datetime) -> None:
    """Replace the quiet spans of these spaces from today on. The caller holds their locks."""
    windows = _ahead(space_ids, now=now)
    begins = start_of_day(london(now).date())
    said = _said(windows)
    stays = [rule.pk for rule in said.quiet if not rule.series.is_readable]
    rows = QuietSpan.objects.filter(space_id__in=windows).exclude(rule_id__in=stays)
    rows.filter(starts_at__gte=begins).delete()
    rows.filter(ends_at__gt=begins).update(ends_at=begins)
    _write_quiet(windows, said, begun_before=begins)
    _say_changed(windows)


@transaction.atomic
def extend(space_ids: Collection[int], *, until: date, now: datetime) -> int:
    """Add the spans of these spaces up to the London date `until`. Returns how many moved on.

    Locks their atoms. A constant number of statements for any number of spaces.
    """
    atoms = {atom for found in locks.atoms_of(space_ids).values() for atom in found}
    locks.take((LockClass.SPACE, atom) for atom in atoms)
    reached = dict(Space.objects.filter(pk__in=list(space_ids)).values_list("pk", "expanded_until"))
    moved = _move_on(reached, dict.fromkeys(reached, until), today=london(now).date())
    habits.refresh(reached, now=now)
    return len(moved)


def extend_all(*, now: datetime) -> int:
    """Move every venue's horizon to where it belongs today. Returns how many spaces moved on."""
    wanted: dict[date, list[int]] = defaultdict(list)
    for space in Space.objects.select_related("venue").order_by("pk"):
        until = horizon_of(space.venue, now=now)
        if space.expanded_until is None or space.expanded_until < until:
            wanted[until].append(space.pk)
    moved = 0
    for until, ids in wanted.items():
        for n in range(0, len(ids), _BATCH_SPACES):
            moved += extend(ids[n : n + _BATCH_SPACES], until=until, now=now)
    return moved


def _move_on(
    reached: Mapping[int, date | None], until: Mapping[int, date], *, today: date
) -> set[int]:
    """Add what lies between; the spaces that moved on.

    Where a rule cannot be read, the space stays where it is: nobody can book beyond that, which is
    better than a quiet time that is left out, or hours that look closed.
    """
    windows = {}
    for pk, before in reached.items():
        first = max(before or today, today)
        if first < until[pk]:
            windows[pk] = Days(first, until[pk])
    if not windows:
        return set()
    said = _said(windows)
    stuck = windows.keys() & (said.opening_stuck | said.quiet_stuck)
    if stuck:
        _log.error("pattern unreadable", spaces=sorted(stuck))
    windows = {pk: days for pk, days in windows.items() if pk not in stuck}
    _write_opening(windows, said, begun_before=None)
    _write_quiet(windows, said, begun_before=None)
    by_end: dict[date, list[int]] = defaultdict(list)
    for pk, days in windows.items():
        by_end[days.until].append(pk)
    for end, ids in by_end.items():
        Space.objects.filter(pk__in=ids).update(expanded_until=end)
    return set(windows)


def _ahead(space_ids: Collection[int], *, now: datetime) -> dict[int, Days]:
    """From today to as far as each is worked out, after that has reached the horizon."""
    today = london(now).date()
    spaces = list(Space.objects.filter(pk__in=list(space_ids)).select_related("venue"))
    until = {space.pk: horizon_of(space.venue, now=now) for space in spaces}
    reached = {space.pk: space.expanded_until for space in spaces}
    moved = _move_on(reached, until, today=today)
    return {
        pk: Days(today, max(reached[pk] or today, end if pk in moved else today))
        for pk, end in until.items()
    }


def _say_changed(space_ids: Collection[int]) -> None:
    """A whole's validator digests its parts' numbers, so only atoms count."""
    atoms = SpacePart.objects.filter(space_id__in=list(space_ids)).values("part_id")
    Space.objects.filter(pk__in=atoms).update(change_no=F("change_no") + 1)


@dataclass(frozen=True, slots=True)
class _Said:
    """The rules of some spaces and of the atoms they are made of."""

    atoms: Mapping[int, Sequence[int]]
    opening: Sequence[TimeRule]
    quiet: Sequence[TimeRule]

    @property
    def opening_stuck(self) -> set[int]:
        """Spaces whose hours depend on a rule that cannot be read."""
        bad = {rule.space_id for rule in self.opening if not rule.series.is_readable}
        return {pk for pk, atoms in self.atoms.items() if not bad.isdisjoint(atoms)}

    @property
    def quiet_stuck(self) -> set[int]:
        return {rule.space_id for rule in self.quiet if not rule.series.is_readable}


def _said(space_ids: Collection[int]) -> _Said:
    atoms = locks.atoms_of(space_ids)
    every = {atom for found in atoms.values() for atom in found}
    opening = list(_rules(every, TimeRule.Kind.OPENING))
    return _Said(atoms, opening, list(_rules(space_ids, TimeRule.Kind.QUIET)))


def _write_opening(
    windows: Mapping[int, Days], said: _Said, *, begun_before: datetime | None
) -> set[int]:
    """Write the opening spans that begin in each space's window; the spaces with known hours.

    `begun_before`: a span that has begun by then is written too, from then on.
    """
    if not windows:
        return set()
    atoms = {pk: said.atoms[pk] for pk in windows}
    window = reach(windows.values())
    hours: dict[int, list[Span]] = defaultdict(list)
    every = {atom for found in atoms.values() for atom in found}
    rules = [rule for rule in said.opening if rule.space_id in every]
    calendars = variants.calendars(every)
    for space_id in calendars:
        hours[space_id] = []
    for rule, spans in expanded(rules, window):
        hours[rule.space_id] += variants.holding(rule, spans, calendars.get(rule.space_id))
    known = {pk for pk in windows if atoms[pk] and all(atom in hours for atom in atoms[pk])}
    rows = [
        OpeningSpan(space_id=pk, starts_at=piece.start, ends_at=piece.end)
        for pk in sorted(known)
        for piece in pieces(
            reduce(intersect, (hours[atom] for atom in atoms[pk])),
            windows[pk],
            begun_before=begun_before,
        )
    ]
    OpeningSpan.objects.bulk_create(rows, batch_size=_BATCH_ROWS)
    return known


def _write_quiet(
    windows: Mapping[int, Days], said: _Said, *, begun_before: datetime | None
) -> None:
    if not windows:
        return
    window = reach(windows.values())
    rules = [rule for rule in said.quiet if rule.space_id in windows and rule.series.is_readable]
    rows = [
        QuietSpan(
            space_id=rule.space_id,
            rule=rule,
            starts_at=piece.start,
            ends_at=piece.end,
            loudest=rule.loudest or Loudness.SILENT,  # never empty: time_rule_quiet_says_how_loud
        )
        for rule, spans in expanded(rules, window)
        for piece in pieces(spans, windows[rule.space_id], begun_before=begun_before)
    ]
    QuietSpan.objects.bulk_create(rows, batch_size=_BATCH_ROWS)


def _rules(space_ids: Collection[int], kind: TimeRule.Kind) -> Iterable[TimeRule]:
    return (
        TimeRule.objects.filter(space_id__in=list(space_ids), kind=kind)
        .select_related("series__rule")
        .prefetch_related("series__occurrence_set")
        .order_by("pk")
    )
