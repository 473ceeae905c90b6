"""Where a displaced date could go: another free space of the venue, at the same time.

It must take as many people, meet every access need that the old one is known to meet, and break
no rule. The same kind of space is taken first, then the smallest that will do.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import timedelta

from bookings import claiming
from bookings.models import Use
from bookings.rules import fire_limit, next_door
from bookings.services.displacement.answers import DisplacedDate
from bookings.services.displacement.building import Building
from bookings.services.displacement.standing import OF_A_DATE
from core.intervals import Span
from spaces import claims
from spaces.access_facts import known_needs
from spaces.claims import Wanted
from spaces.models import Space
from spaces.models.claim import ClaimKind

_Needs = Mapping[int, set[str]]
_Taken = list[tuple[int, Span]]
_RULES = (*(rule for rule in OF_A_DATE if rule is not fire_limit.breaches), next_door.breaches)


def with_destinations(
    known: Building, dates: Sequence[Sequence[Use]], closing: Collection[int]
) -> list[DisplacedDate]:
    """Each date, given by its uses in the way, with where they would go if they were moved."""
    if not dates:
        return []
    needs = known_needs(list(known.spaces))
    given: _Taken = []
    found = []
    for uses in dates:
        goes_to = _destinations(known, uses, set(closing), needs, given)
        found.append(DisplacedDate(uses[0].occurrence, goes_to=goes_to))
    return found


def _destinations(
    known: Building, uses: Sequence[Use], closing: set[int], needs: _Needs, given: _Taken
) -> dict[int, Space]:
    """All of the uses, or none: half a booking helps nobody. What is given away is noted."""
    if uses[0].occurrence.starts_at <= known.now:
        return {}
    chosen: dict[int, Space] = {}
    noted: _Taken = []
    for use in uses:
        space = _best(known, use, closing, needs, [*given, *noted])
        if space is None:
            return {}
        chosen[use.pk] = space
        noted += [(atom, _kept(known, use, space)) for atom in known.atoms[space.pk]]
    given += noted
    return chosen


def _best(
    known: Building, use: Use, closing: set[int], needs: _Needs, given: _Taken
) -> Space | None:
    old = known.spaces[use.space_id]
    fit = [
        space
        for space in known.spaces.values()
        if space.is_bookable
        and closing.isdisjoint(known.atoms[space.pk])
        and takes_as_many(space, old, use.occurrence.booking.people)
        and needs[space.pk] >= needs[old.pk]
    ]
    fit.sort(key=lambda space: (space.kind != old.kind, space.capacity or 0, space.pk))
    return next((space for space in fit if _is_free(known, use, space, given)), None)


def takes_as_many(space: Space, old: Space, people: int) -> bool:
    """As many as come; where nobody counted the old one, or the same kind of serving room."""
    if space.capacity is None:
        return old.capacity is None
    return space.capacity >= min(people, old.capacity or people)


def _is_free(known: Building, use: Use, space: Space, given: _Taken) -> bool:
    atoms = known.atoms[space.pk]
    kept = _kept(known, use, space)
    if any(atom in atoms and span.overlaps(kept) for atom, span in given):
        return False
    facts = known.facts(use.occurrence, [space])
    span = Span(use.starts_at, use.ends_at)
    if any(rule(facts, span) for rule in _RULES):
        return False
    wanted = [
        Wanted(atom, piece.start, piece.end, kind, claiming.OWNER, use.occurrence_id, use.uid)
        for atom in atoms
        for kind, piece in _pieces(span, kept)
    ]
    return not claims.conflicts(wanted, now=known.now) and not _same_date_there(known, use, atoms)


def _same_date_there(known: Building, use: Use, atoms: Collection[int]) -> bool:
    """Whether the date itself uses that space already: its claims do not clash with its own."""
    return any(
        other.occurrence_id == use.occurrence_id and not set(known.atoms[pk]).isdisjoint(atoms)
        for pk, uses in known.uses.items()
        for other in uses
    )


def _kept(known: Building, use: Use, space: Space) -> Span:
    setup, cleardown = known.buffers(space, use.occurrence.booking.activity)
    return Span(
        use.starts_at - timedelta(minutes=setup), use.ends_at + timedelta(minutes=cleardown)
    )


def _pieces(span: Span, kept: Span) -> list[tuple[ClaimKind, Span]]:
    found = [(ClaimKind.USE, span)]
    if kept.start < span.start:
        found.append((ClaimKind.SETUP, Span(kept.start, span.start)))
    if span.end < kept.end:
        found.append((ClaimKind.CLEARDOWN, Span(span.end, kept.end)))
    return found
