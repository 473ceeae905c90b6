"""What stored dates cost by any rates, published or not, worked out as quotes are.

Read once what the venue knows of the dates and their hirers; then price without a query.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any

from bookings.services import standing, statuses, vat
from bookings.services.hirer import Hirer
from bookings.services.said_already import with_said
from bookings.services.statuses import settled
from bookings.services.stored import StoredDate, ask_of
from core.clock import london
from spaces.models import Venue
from tariffs.asking import Answered, Question, answered, askable, mentioned
from tariffs.engine import total
from tariffs.premises import premises_of
from tariffs.quoting import quoted
from tariffs.rules import TariffDocument
from tariffs.services import HireFacts, Quoted
from tariffs.vat.compose import Treated, treated
from tariffs.vat.premises import Premises

_ASKABLE = "bookings.askable"


@dataclass(frozen=True, slots=True)
class ByRates:
    """`facts`: what the venue knows of the hirer, by date; `hires`: what VAT needs, by booking."""

    premises: Premises | None
    facts: Mapping[int, Mapping[str, object]]
    hires: Mapping[int, HireFacts]

    def total(self, document: TariffDocument, date: StoredDate) -> Decimal | None:
        """Pounds, VAT that comes on top included; None: somebody must decide."""
        by, told = self._told(document, date)
        return total(by.document, told.ask)

    def quote(self, document: TariffDocument, version_id: int | None, date: StoredDate) -> Quoted:
        """The price with its lines, as a firm one of this version."""
        by, told = self._told(document, date)
        return quoted(version_id, by, told, is_late=False)

    def _told(self, document: TariffDocument, date: StoredDate) -> tuple[Treated, Answered]:
        ask = ask_of(date)
        booked_on = london(date.booked_at).date()
        hire = self.hires[date.booking_id]
        by = treated(document, self.premises, ask, hire, booked_on=booked_on)
        known = _askable(document)
        own = settled(self.facts[date.id], date.booking.answers, known)
        ask = replace(ask, told={**date.series, **own})
        return by, answered(by.document, ask, _answers(date, own, known))


def by_rates(
    venue: Venue, dates: Sequence[StoredDate], documents: Iterable[TariffDocument]
) -> ByRates:
    """What `documents` may ask of these dates. Two queries, three where they ask how much a
    hirer hires in a year; `venue` brings its operator's organisation."""
    if not dates:
        return ByRates(None, {}, {})
    bookings = {date.booking_id: date for date in dates}
    counts = any(
        fact in mentioned(document)
        for document in documents
        for fact in (standing.HOURS, standing.BOOKINGS)
    )
    hires = [
        (_hirer(date), [span for _pk, span in date.stand], date.booked_at)
        for date in bookings.values()
    ]
    facts: dict[int, Mapping[str, object]] = {}
    for date, found in zip(
        bookings.values(), standing.known_of(hires, venue, counts=counts), strict=True
    ):
        facts |= {pk: fact for (pk, _span), fact in zip(date.stand, found, strict=True)}
    return ByRates(
        premises_of([venue.pk])[venue.pk],
        facts,
        {
            pk: vat.hire_facts_of(date.booking, [span for _pk, span in date.stand])
            for pk, date in bookings.items()
        },
    )


def _hirer(date: StoredDate) -> Hirer:
    booking = date.booking
    return Hirer(booking.organisation, booking.private_hirer, booking.category)


def _answers(
    date: StoredDate, own: Mapping[str, object], known: Mapping[str, Question]
) -> dict[str, Any]:
    """What was said when it was booked; what the venue knows by itself goes before it."""
    said = {name: value for name, value in date.booking.answers.items() if name not in own}
    return with_said(said, date.booking, known)


def _askable(document: TariffDocument) -> Mapping[str, Question]:
    """The questions of a document, found once."""
    made: Any = document.worked_out.get(_ASKABLE)
    if made is None:
        made = document.worked_out[_ASKABLE] = statuses.believable(askable(document))
    found: Mapping[str, Question] = made
    return found
