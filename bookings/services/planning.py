"""What would become of a request: each date with every breach and its price.

The preview and the booking itself come from the same plan; only the booking holds the locks.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from django.utils.translation import gettext as _

from bookings import rules
from bookings.claiming import OwnUse
from bookings.errors import Breach
from bookings.requests import BookingRequest
from bookings.services import clashing, gather, quoting
from bookings.services.gather import Ground, Wish
from bookings.services.hirer import Hirer
from core.intervals import Span
from core.words import long_day, times
from spaces import stock
from spaces.models import Venue
from tariffs.services import Quoted


@dataclass(frozen=True, slots=True)
class PlannedDate:
    """One date: free to book where `breaches` is empty. `quote` None: nothing to price."""

    span: Span
    breaches: tuple[Breach, ...]
    quote: Quoted | None

    @property
    def is_free(self) -> bool:
        return not self.breaches


@dataclass(frozen=True, slots=True)
class Plan:
    """`breaches` concern every date; `own` is what the hirer has in the same spaces already.

    `is_instant`: the free dates would be booked at once.
    """

    request: BookingRequest
    land: Ground
    hirer: Hirer
    dates: tuple[PlannedDate, ...]
    breaches: tuple[Breach, ...]
    own: Sequence[OwnUse]

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
        """Booked at once only where the venue wants that, its hours and the price are known."""
        return (
            self.land.venue.confirmation == Venue.Confirmation.INSTANT
            and all(space.hours_known for space in self.land.spaces)
            and all(not date.quote.priced.needs_decision for date in self.free if date.quote)
        )


def make(
    request: BookingRequest,
    spans: Sequence[Span],
    *,
    land: Ground,
    hirer: Hirer,
    waiting: int,
    now: datetime,
) -> Plan:
    """The plan as things stand now. Reads only."""
    return make_each([Wish(request, spans, land)], hirer=hirer, waiting=waiting, now=now)[0]


def make_each(wishes: Sequence[Wish], *, hirer: Hirer, waiting: int, now: datetime) -> list[Plan]:
    """A plan for each of several wishes that stand for each other, in as many queries as for one.

    They are of one venue, and alike in all but their spaces and their dates. Reads only.
    """
    facts = gather.facts(wishes, waiting=waiting, now=now)
    own = clashing.own_uses(hirer, wishes, now=now)
    taken = clashing.clashes(wishes, own, now=now)
    short = _short_items(wishes, now=now)
    quotes = quoting.quote(wishes, category=hirer.category, now=now)
    return [
        Plan(
            wish.request,
            wish.land,
            hirer,
            tuple(
                PlannedDate(
                    span,
                    (
                        *rules.of_date(facts[n], span),
                        *taken[n].get(span, ()),
                        *short.get((n, span), ()),
                    ),
                    quote,
                )
                for span, quote in zip(wish.spans, quotes[n], strict=True)
            ),
            tuple(rules.of_request(facts[n])),
            [use for use in own if use.space_id in wish.land.sharing],
        )
        for n, wish in enumerate(wishes)
    ]


def _short_items(wishes: Sequence[Wish], *, now: datetime) -> dict[tuple[int, Span], list[Breach]]:
    """What is lacking by number of the wish and span."""
    request = wishes[0].request
    if not request.items:
        return {}
    found: dict[tuple[int, Span], list[Breach]] = defaultdict(list)
    spans = [wish.spans for wish in wishes]
    for shortfall in stock.shortfalls_for_each(request.venue_id, request.items, spans, now=now):
        message = _("There are only %(free)d of “%(item)s” left %(times)s on %(day)s.") % {
            "free": shortfall.free,
            "item": shortfall.name,
            "times": times(shortfall.span.start, shortfall.span.end),
            "day": long_day(shortfall.span.start),
        }
        breach = Breach("stock_short", message, shortfall.span.start)
        found[shortfall.wish, shortfall.span].append(breach)
    return found
