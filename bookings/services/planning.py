"""What would become of a request: each date with every breach and its price.

The preview and the booking itself come from the same plan; only the booking holds the locks.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from decimal import Decimal
from typing import Any

from bookings import rules
from bookings.agreement import Agreement
from bookings.claiming import OwnUse
from bookings.errors import Breach
from bookings.requests import BookingRequest
from bookings.services import asking, clashing, gather, terms, vat
from bookings.services.gather import Ground, Wish
from bookings.services.hirer import Actor, Hirer
from bookings.services.support.helping import helped
from bookings.services.support.offers import Help
from core.clock import london
from core.intervals import Span
from spaces.models import Venue
from tariffs.services import Quoted


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
    return clashing.clashes([Wish(land, spans)], own, now=now)[0]


def own_uses(hirer: Hirer, land: Ground, spans: Sequence[Span], *, now: datetime) -> list[OwnUse]:
    """What the hirer has already in or near what is asked for."""
    return clashing.own_uses(hirer, [Wish(land, spans)], now=now)


def _short_items(
    request: BookingRequest, spans: Sequence[Span], *, now: datetime
) -> dict[Span, list[Breach]]:
    return clashing.short_items(request, [spans], now=now)[0]
