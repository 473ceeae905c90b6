"""What would become of a request: each date with every breach and its price.

The preview and the booking itself come from the same plan; only the booking holds the locks.
"""

from __future__ import annotations

import uuid
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from bookings import claiming, rules
from bookings.agreement import Agreement
from bookings.claiming import OwnUse
from bookings.errors import Breach
from bookings.requests import BookingRequest
from bookings.services import asking, gather, terms, vat
from bookings.services.gather import Ground
from bookings.services.hirer import Actor, Hirer
from bookings.services.support.helping import helped
from bookings.services.support.offers import Help
from core.clock import london
from core.intervals import Span
from core.words import long_day, times
from spaces import claims, stock
from spaces.claims import Wanted
from spaces.errors import Conflict
from spaces.models import Venue
from spaces.models.claim import ClaimKind
from tariffs.services import Quoted

_NOBODY = uuid.UUID(int=0)


@dataclass(frozen=True, slots=True)
class PlannedDate:
    """One date: free to book where `breaches` is empty. `quote` None: nothing to price.

    `helps`: what takes something off its price; the lines of it stand in the quote.
    """

    span: Span
    breaches: tuple[Breach, ...]
    quote: Quoted | None
    helps: tuple[Help, ...] = ()

    @property
    def is_free(self) -> bool:
        return not self.breaches


@dataclass(frozen=True, slots=True)
class Plan:
    """`breaches` concern every date; `own` is what the hirer has in the same spaces already.

    `answers`: what the hirer answered for the price, as plain JSON values by fact.
    `is_instant`: the free dates would be booked at once. `agreement`: what goes with their price.
    `notes`: what is left of free hours.
    """

    request: BookingRequest
    land: Ground
    hirer: Hirer
    dates: tuple[PlannedDate, ...]
    breaches: tuple[Breach, ...]
    own: Sequence[OwnUse]
    answers: Mapping[str, Any]
    agreement: Agreement = field(default_factory=Agreement)
    notes: tuple[str, ...] = ()

    @property
    def free(self) -> list[PlannedDate]:
        return [date for date in self.dates if date.is_free]

    @property
    def refused(self) -> list[PlannedDate]:
        return [date for date in self.dates if not date.is_free]

    @property
    def all_breaches(self) -> list[Breach]:
        return [*self.breaches, *(breach for date in self.dates for breach in date.breaches)]

    @property
    def total(self) -> Decimal | None:
        """The price of the free dates; None where the venue has yet to say any of it."""
        totals = [date.quote.priced.total if date.quote else None for date in self.free]
        said = [total for total in totals if total is not None]
        return sum(said, Decimal("0.00")) if len(said) == len(totals) else None

    @property
    def is_instant(self) -> bool:
        """Booked at once only where the venue wants that, its hours, price and terms are known.

        Sport in a space that nobody has decided on waits too: its VAT is not known.
        """
        return (
            self.land.venue.confirmation == Venue.Confirmation.INSTANT
            and all(space.hours_known for space in self.land.spaces)
            and all(not date.quote.priced.needs_decision for date in self.free if date.quote)
            and not any(vat.is_undecided(date.quote) for date in self.free if date.quote)
            and not self.agreement.terms.open
        )


def make(
    request: BookingRequest,
    spans: Sequence[Span],
    *,
    land: Ground,
    hirer: Hirer,
    actor: Actor,
    waiting: int,
    now: datetime,
) -> Plan:
    """The plan as things stand now. Reads only. Raises: NotAsked, AnswerRefused."""
    facts = gather.facts(request, land, spans, waiting=waiting, now=now)
    own = own_uses(hirer, land, spans, now=now)
    taken = clashes(spans, land, own, now=now)
    short = _short_items(request, spans, now=now)
    breaches = [
        (*rules.of_date(facts, span), *taken.get(span, ()), *short.get(span, ())) for span in spans
    ]
    free = {span for span, found in zip(spans, breaches, strict=True) if not found}
    priced = asking.quote(request, land, spans, who=hirer, now=now, free=free)
    dates = tuple(map(PlannedDate, spans, breaches, priced.quotes))
    of_all = tuple(rules.of_request(facts))
    plan = Plan(request, land, hirer, dates, of_all, own, priced.answers)
    plan = helped(plan, actor=actor, now=now)
    return replace(plan, agreement=terms.foresee(plan.free, booked_on=london(now).date()))


def clashes(
    spans: Sequence[Span], land: Ground, own: Sequence[OwnUse], *, now: datetime
) -> dict[Span, list[Breach]]:
    """Clashes by date; one breach for each space and date however many parts are taken."""
    of_atom = {atom: space for space in land.spaces for atom in land.building[space.id]}
    wanted, meant = [], {}
    for span in spans:
        for atom, space in of_atom.items():
            for kind, piece in _pieces(span, *land.buffers[space.id]):
                wanted.append(_wanted(atom, kind, piece))
                meant[atom, piece.start, piece.end] = span
    found = claims.conflicts(wanted, now=now, ignoring={use.occurrence_id for use in own})
    breaches: dict[Span, dict[int, Breach]] = defaultdict(dict)
    for conflict in found:
        span = meant[conflict.space_id, conflict.starts_at, conflict.ends_at]
        space = of_atom[conflict.space_id]
        breaches[span].setdefault(space.id, _clash_words(conflict, space.name, space.id, span))
    for use, span in _own_overlaps(own, spans):
        for atom_id in of_atom.keys() & land.building[use.space_id]:
            space = of_atom[atom_id]
            breaches[span].setdefault(space.id, _yours(space.name, space.id, use.span, span))
    return {span: list(by_space.values()) for span, by_space in breaches.items()}


def _own_overlaps(own: Sequence[OwnUse], spans: Sequence[Span]) -> list[tuple[OwnUse, Span]]:
    return [(use, span) for use in own for span in spans if use.span.overlaps(span)]


def _pieces(span: Span, setup: int, cleardown: int) -> list[tuple[ClaimKind, Span]]:
    pieces = [(ClaimKind.USE, span)]
    if setup:
        before = Span(span.start - timedelta(minutes=setup), span.start)
        pieces.append((ClaimKind.SETUP, before))
    if cleardown:
        after = Span(span.end, span.end + timedelta(minutes=cleardown))
        pieces.append((ClaimKind.CLEARDOWN, after))
    return pieces


def _wanted(atom_id: int, kind: ClaimKind, span: Span) -> Wanted:
    return Wanted(atom_id, span.start, span.end, kind, claiming.OWNER, 0, _NOBODY)


def own_uses(hirer: Hirer, land: Ground, spans: Sequence[Span], *, now: datetime) -> list[OwnUse]:
    if hirer.organisation is None and hirer.person is None:
        return []
    return claiming.uses_of_hirer(
        organisation_id=hirer.organisation.pk if hirer.organisation else None,
        person_id=hirer.person.pk if hirer.person else None,
        space_ids=land.sharing,
        window=Span(spans[0].start, max(span.end for span in spans)),
        now=now,
    )


def _clash_words(conflict: Conflict, name: str, space_id: int, span: Span) -> Breach:
    names = {
        "space": name,
        "times": times(conflict.taken_from, conflict.taken_until),
        "day": long_day(conflict.taken_from),
    }
    if conflict.kind == ClaimKind.CLOSURE:
        message = _("%(space)s is closed %(times)s on %(day)s.") % names
    elif conflict.kind in (ClaimKind.SETUP, ClaimKind.CLEARDOWN):
        message = _("%(space)s is kept free %(times)s on %(day)s to clear up or set up.") % names
    else:
        message = _("%(space)s is taken %(times)s on %(day)s.") % names
    return Breach("space_taken", message, span.start, space_id)


def _yours(name: str, space_id: int, taken: Span, span: Span) -> Breach:
    message = _("You have already booked %(space)s %(times)s on %(day)s.") % {
        "space": name,
        "times": times(taken.start, taken.end),
        "day": long_day(taken.start),
    }
    return Breach("space_taken", message, span.start, space_id)


def _short_items(
    request: BookingRequest, spans: Sequence[Span], *, now: datetime
) -> dict[Span, list[Breach]]:
    if not request.items:
        return {}
    found: dict[Span, list[Breach]] = defaultdict(list)
    for shortfall in stock.shortfalls_for(request.venue_id, request.items, spans, now=now):
        message = _("There are only %(free)d of “%(item)s” left %(times)s on %(day)s.") % {
            "free": shortfall.free,
            "item": shortfall.name,
            "times": times(shortfall.span.start, shortfall.span.end),
            "day": long_day(shortfall.span.start),
        }
        found[shortfall.span].append(Breach("stock_short", message, shortfall.span.start))
    return found
