"""Which bookings already made would not be taken today, and why: they stay, as exceptions."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import pairwise

from django.utils.translation import gettext as _

from bookings.claiming import hirer_of
from bookings.errors import Breach
from bookings.models import Occurrence, Use
from bookings.rules import capacity, fire_limit, licence_hours, opening_hours, quiet_times
from bookings.rules.facts import Facts
from bookings.services.displacement import building
from bookings.services.displacement.building import Building
from core.intervals import Span
from core.words import length
from spaces.models import Venue

# What a change of a venue can make of bookings that are made; the other rules speak of asking.
OF_A_DATE: tuple[Callable[[Facts, Span], list[Breach]], ...] = (
    opening_hours.breaches,
    quiet_times.breaches,
    fire_limit.breaches,
    licence_hours.breaches,
)


@dataclass(frozen=True, slots=True)
class Misfit:
    """A date to come with every rule that it would break today."""

    occurrence: Occurrence
    breaches: tuple[Breach, ...]

    @property
    def codes(self) -> set[tuple[str, int | None]]:
        return {(breach.code, breach.space_id) for breach in self.breaches}


def misfits(venue: Venue, *, now: datetime) -> dict[int, Misfit]:
    """Every date to come at `venue` that breaks a rule as things stand, by its id, in time order.

    The same number of queries for any number of bookings.
    """
    known = building.load(venue, now=now)
    found = {}
    close = _too_close(known)
    for date, uses in _dates(known):
        if date.starts_at <= now:
            continue
        spaces = [known.spaces[use.space_id] for use in uses]
        facts = known.facts(date, spaces)
        breaches = [*capacity.breaches(facts), *close.get(date.pk, ())]
        for span in sorted({Span(use.starts_at, use.ends_at) for use in uses}):
            breaches += [breach for rule in OF_A_DATE for breach in rule(facts, span)]
        if breaches:
            found[date.pk] = Misfit(date, tuple(breaches))
    return found


def _dates(known: Building) -> Iterable[tuple[Occurrence, Sequence[Use]]]:
    by_date: dict[int, list[Use]] = defaultdict(list)
    for uses in known.uses.values():
        for use in uses:
            by_date[use.occurrence_id].append(use)
    dates = [(uses[0].occurrence, uses) for uses in by_date.values()]
    return sorted(dates, key=lambda pair: (pair[0].starts_at, pair[0].pk))


def _too_close(known: Building) -> dict[int, list[Breach]]:
    """Dates that begin sooner after somebody else's than the time kept free between them now."""
    on_atom: dict[int, list[Use]] = defaultdict(list)
    for space_id, uses in known.uses.items():
        for atom in known.atoms[space_id]:
            on_atom[atom] += uses
    found: dict[int, dict[str, Breach]] = defaultdict(dict)
    for uses in on_atom.values():
        for earlier, later in pairwise(sorted(uses, key=lambda use: (use.starts_at, use.pk))):
            gap = later.starts_at - earlier.ends_at
            need = _kept_free(known, earlier, later)
            if hirer_of(earlier) != hirer_of(later) and gap < timedelta(minutes=need):
                message = _(
                    "Only %(gap)s lie between this and the booking before; %(need)s are kept free."
                ) % {"gap": length(int(gap.total_seconds() // 60)), "need": length(need)}
                found[later.occurrence_id][message] = Breach(
                    "too_close", message, later.starts_at, later.space_id
                )
    return {pk: list(breaches.values()) for pk, breaches in found.items()}


def _kept_free(known: Building, earlier: Use, later: Use) -> int:
    after = known.buffers(known.spaces[earlier.space_id], earlier.occurrence.booking.activity)[1]
    before = known.buffers(known.spaces[later.space_id], later.occurrence.booking.activity)[0]
    return max(after, before)
