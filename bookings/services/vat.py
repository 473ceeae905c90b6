"""What VAT needs to know of a booking, and what cancelling dates does to a series of sports lets.

`tariffs.vat` has the rules; here are the facts. A block is one booking: the same sport, the same
place, to the hirer alone.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext as _

from accounts.models import Organisation, VatRegistration
from bookings.models import Booking, Occurrence, QuoteLine
from bookings.requests import BookingRequest
from bookings.services.hirer import Hirer
from bookings.transitions import LIVE
from core import words
from core.clock import london
from core.intervals import Span
from spaces.models import Activity, Space, SportsDecision, Venue
from tariffs.services import Due, HireFacts, Kept, Quoted, due_on
from tariffs.vat.law import LAWS
from tariffs.vat.rules import Rule
from tariffs.vat.series import SeriesAnswer, SeriesFacts, series_test

_Kind = Organisation.Kind
_CLUBS = frozenset(
    {_Kind.SCHOOL, _Kind.SPORTS_CLUB, _Kind.COMMUNITY_GROUP, _Kind.UNIFORMED_GROUP, _Kind.NETWORK}
)
_NO_CLUBS = frozenset({_Kind.COMPANY, _Kind.COUNCIL, _Kind.PARISH, _Kind.NHS})


@dataclass(frozen=True, slots=True)
class Breaks:
    """A block that stops being a series: why, and the VAT that becomes due on `dates`.

    `due` is for each of `dates`, in order.
    """

    answer: SeriesAnswer
    dates: tuple[Occurrence, ...]
    due: tuple[Due, ...]

    @property
    def amount(self) -> Decimal:
        return sum((one.amount for one in self.due), Decimal("0.00"))

    @property
    def is_added(self) -> bool:
        """Whether by the rates VAT comes on top of the price."""
        return any(one.is_added for one in self.due)

    @property
    def rate(self) -> Decimal:
        return max(one.rate for one in self.due)

    @property
    def words(self) -> str:
        """What becomes of the block, in plain words."""
        said = _(
            "The block no longer counts as a series for VAT. %(why)s "
            "%(amount)s VAT becomes due on the other dates."
        ) % {"why": self.answer.words, "amount": words.pounds(self.amount)}
        if self.is_added:
            more = _("The venue decides whether it is added to the price.")
        else:
            more = _("The price includes it, so what you pay stays the same.")
        return f"{said} {more}"


def hire_facts(request: BookingRequest, hirer: Hirer, free: Sequence[Span]) -> HireFacts:
    """For the quote of `request`, tested over the dates that are free."""
    kind = hirer.organisation.kind if hirer.organisation else None
    is_private = hirer.organisation is None and hirer.person is not None
    facts = _series_facts(kind, is_private=is_private, pays_as_whole=request.pays_as_whole)
    return HireFacts(request.activity == Activity.SPORT, series_test(free, facts))


def hire_facts_of(booking: Booking, spans: Sequence[Span]) -> HireFacts:
    """The same of a booking that is kept, tested over the dates that stand."""
    return HireFacts(
        booking.activity == Activity.SPORT, series_test(spans, _facts_of_booking(booking))
    )


def asks_about_series(venue: Venue, spaces: Collection[Space], *, dates: int) -> bool:
    """Whether VAT depends on an agreement to pay for all dates of a block at these spaces."""
    if dates < LAWS[-1].series_least:
        return False
    decided = SportsDecision.objects.filter(space__in=spaces, is_sports_facility=True)
    registered = VatRegistration.objects.filter(operator=venue.operator_id)
    return decided.exists() and registered.exists()


def is_undecided(quoted: Quoted) -> bool:
    """Whether it is sport in a space of which nobody has said that it is for sport, or not."""
    return any(line.vat_rule == Rule.UNDECIDED for line in quoted.priced.lines)


def if_cancelled(booking: Booking, leaving: Collection[int] = ()) -> Breaks | None:
    """What happens to a series when the dates of these ids go; None: nothing.

    The dates of the booking that stand are tested again, those that are over among them.
    """
    stay = [
        date
        for date in booking.occurrences.all()
        if date.state in LIVE and date.pk not in set(leaving)
    ]
    exempt = {date.pk: series_lines(date) for date in stay}
    taxed = [date for date in stay if exempt[date.pk]]
    if not taxed:
        return None
    spans = [Span(date.starts_at, date.ends_at) for date in stay]
    answer = series_test(spans, _facts_of_booking(booking))
    if answer.is_exempt:
        return None
    kept = [
        Kept(
            london(date.starts_at).date(),
            exempt[date.pk][0].version_id,
            tuple(line.amount for line in exempt[date.pk]),
        )
        for date in taxed
    ]
    return Breaks(answer, tuple(taxed), tuple(due_on(booking.venue_id, kept)))


def series_lines(date: Occurrence) -> list[QuoteLine]:
    """The lines of its price that are exempt because it belongs to a series."""
    return [line for line in date.quote_lines.all() if line.vat_rule == Rule.SERIES]


def _facts_of_booking(booking: Booking) -> SeriesFacts:
    group = booking.organisation
    return _series_facts(
        group.kind if group else None,
        is_private=group is None,
        pays_as_whole=booking.pays_as_whole,
    )


def _series_facts(kind: str | None, *, is_private: bool, pays_as_whole: bool | None) -> SeriesFacts:
    is_club: bool | None = None
    if is_private or kind in _NO_CLUBS:
        is_club = False
    elif kind in _CLUBS:
        is_club = True
    return SeriesFacts(is_paid_as_a_whole=pays_as_whole, is_club=is_club)
