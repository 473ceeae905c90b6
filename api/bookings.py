"""Bookings: list, make, read, cancel; and the venue's answer."""

from __future__ import annotations

from collections.abc import Callable, Collection
from typing import Any, ClassVar

from django.contrib.postgres.aggregates import ArrayAgg
from django.db.models import Count, Exists, Max, Min, OuterRef, QuerySet, prefetch_related_objects
from django.utils.translation import gettext as _
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.models import User
from api.authentication import person
from api.base import PrivateView
from api.booking_shapes import (
    BOOKING_EXAMPLES,
    BookingDetailOutput,
    BookingInput,
    BookingOutput,
    BookingsQuery,
    DecideInput,
    DeclineInput,
    ReasonInput,
    contact_details,
)
from api.chosen import items_of, pools_of, venue_of
from api.idempotency import Answer
from api.paging import Direction, Order, page, page_of
from api.schema import changes, reads
from api.shapes import Input
from api.vat_shapes import BeforeCancelOutput, before_cancel
from bookings import discreet, services
from bookings.models import Booking, Occurrence
from bookings.policies import BookingPolicy
from bookings.requests import BookingRequest, ContactDetails, OnClash
from bookings.services.vat import if_cancelled
from core import clock
from core.errors import NotFound
from spaces.models.timetable import Loudness

_OF_ONE = (400, 401, 404, 429, 503)
_NEWEST_FIRST = Order("id", int, Direction.DOWN)


class BookingView(PrivateView):
    """Bookings that the caller may see; all others do not exist."""

    queries: ClassVar = {"list": BookingsQuery}

    @reads(
        "List bookings",
        query=BookingsQuery,
        answer=page_of(BookingOutput, "BookingPage"),
        problems=(400, 401, 429, 503),
    )
    def list(self, request: Request) -> Response:
        """Mine, my organisations' and those of venues whose people I may see; newest first."""
        policy = BookingPolicy(person(request))
        rows = policy.mine() if self.asked["mine"] else policy.visible()
        rows = _narrowed(rows, self.asked)
        found, following = page(rows, order=_NEWEST_FIRST, request=request, asked=self.asked)
        data: Any = BookingOutput(found, many=True).data
        return Response({"results": data, "next": following})

    @reads("Read one booking", answer=BookingDetailOutput, problems=_OF_ONE)
    def retrieve(self, request: Request, reference: str) -> Response:
        """By its reference."""
        return Response(_detail(_booking(request, reference), reader=person(request)))

    @changes(
        "Make a booking",
        request=BookingInput,
        answer=BookingDetailOutput,
        status=201,
        examples=BOOKING_EXAMPLES,
    )
    def create(self, request: Request) -> Response:
        """Book, or ask for, one date or a pattern, as the venue's rule says."""
        asked = _read(BookingInput, request)
        wanted = _as_request(asked, venue_id=venue_of(request, asked))

        def act() -> Answer:
            made = services.request_booking(wanted, actor=person(request), now=clock.now())
            return Answer(201, _detail(_booking(request, made.reference), reader=person(request)))

        return self.once(request, act)

    @reads("What would cancelling do?", answer=BeforeCancelOutput, problems=_OF_ONE)
    def before_cancel(self, request: Request, reference: str) -> Response:
        """To every date that has not begun. Ask this first: VAT may become due on the others."""
        booking = _booking(request, reference)
        now = clock.now()
        ahead = booking.occurrences.filter(starts_at__gt=now).values_list("pk", flat=True)
        return _before(booking, list(ahead))

    @reads("What would cancelling one date do?", answer=BeforeCancelOutput, problems=_OF_ONE)
    def before_cancel_date(self, request: Request, reference: str, pk: int) -> Response:
        """Ask this first: VAT may become due on the other dates."""
        booking = _booking(request, reference)
        return _before(booking, [_date(booking, pk).pk])

    @changes("Cancel a booking", request=ReasonInput, answer=BookingDetailOutput)
    def cancel(self, request: Request, reference: str) -> Response:
        """Every date that has not begun."""
        asked = _read(ReasonInput, request)
        return self._take(request, reference, services.cancel_booking, reason=asked["reason"])

    @changes("Cancel one date", request=ReasonInput, answer=BookingDetailOutput)
    def cancel_date(self, request: Request, reference: str, pk: int) -> Response:
        """One date, by its number."""
        asked = _read(ReasonInput, request)
        booking = _booking(request, reference)
        date = _date(booking, pk)

        def step(_booking_: Booking, **options: Any) -> object:
            return services.cancel_occurrence(date, **options)

        return self._take(request, reference, step, reason=asked["reason"])

    @changes("Approve a request", request=DecideInput, answer=BookingDetailOutput)
    def approve(self, request: Request, reference: str) -> Response:
        """All dates that wait, or some. For the venue's managers."""
        asked = _read(DecideInput, request)
        return self._take(request, reference, services.approve_booking, dates=asked.get("dates"))

    @changes("Decline a request", request=DeclineInput, answer=BookingDetailOutput)
    def decline(self, request: Request, reference: str) -> Response:
        """All dates that wait, or some, with the reason. For the venue's managers."""
        asked = _read(DeclineInput, request)
        return self._take(
            request,
            reference,
            services.decline_booking,
            reason=asked["reason"],
            dates=asked.get("dates"),
        )

    def _take(
        self, request: Request, reference: str, step: Callable[..., object], **options: Any
    ) -> Response:
        """Do one step of a booking that the caller may see, and answer with what became of it."""
        booking = _booking(request, reference)

        def act() -> Answer:
            step(booking, actor=person(request), now=clock.now(), **options)
            return Answer(200, _detail(_booking(request, reference), reader=person(request)))

        return self.once(request, act)


def _read(shape: type[Input], request: Request) -> dict[str, Any]:
    data = shape(data=request.data)
    data.is_valid(raise_exception=True)
    found: dict[str, Any] = data.validated_data
    return found


def _narrowed(rows: QuerySet[Booking], asked: dict[str, Any]) -> QuerySet[Any]:
    if "organisation" in asked:
        rows = rows.filter(organisation_id=asked["organisation"])
    if "venue" in asked:
        rows = rows.filter(venue__slug=asked["venue"])
    if "state" in asked:
        dates = Occurrence.objects.filter(booking=OuterRef("pk"), state=asked["state"])
        rows = rows.filter(Exists(dates))
    return rows.annotate(
        first_starts_at=Min("occurrences__starts_at"),
        last_ends_at=Max("occurrences__ends_at"),
        date_count=Count("occurrences"),
        states=ArrayAgg("occurrences__state", distinct=True, default=[]),
    )


def _booking(request: Request, reference: str) -> Booking:
    """Raises: NotFound, the same for what is not there and what is not theirs."""
    rows = BookingPolicy(person(request)).visible().select_related("responsible_adult")
    rows = rows.select_related("venue", "organisation", "private_hirer", "on_the_day")
    booking = rows.filter(reference=reference.upper()).first()
    if booking is None:
        raise NotFound(_("There is no such booking."))
    return booking


def _date(booking: Booking, pk: int) -> Occurrence:
    """Raises: NotFound."""
    date = Occurrence.objects.filter(booking=booking, pk=pk).first()
    if date is None:
        raise NotFound(_("There is no such date in this booking."))
    return date


def _before(booking: Booking, leaving: Collection[int]) -> Response:
    prefetch_related_objects([booking], "occurrences__quote_lines")
    return Response(before_cancel(if_cancelled(booking, leaving)))


def _detail(booking: Booking, *, reader: User) -> Any:
    parts = (
        *("uses", "item_uses__item", "quote_lines", "price_changes"),
        *("cancel_terms", "cancellation_charge"),
    )
    own = ("refused_dates", "vat_changes", "deposits", "due_parts")
    names = [*own, *(f"occurrences__{name}" for name in parts)]
    prefetch_related_objects([booking], *names)
    dates = booking.occurrences.all()
    is_open = any(not date.quote_lines.all() for date in dates)
    quotes = services.requote(booking) if is_open else {}
    if not BookingPolicy(reader).cancels_as_hirer(booking):
        discreet.for_staff(booking)
    return BookingDetailOutput(booking, context={"quotes": quotes}).data


def _as_request(asked: dict[str, Any], *, venue_id: int) -> BookingRequest:
    adult = contact_details(asked["responsible_adult"]) or {}
    on_the_day = contact_details(asked["on_the_day"])
    return BookingRequest(
        venue_id=venue_id,
        space_ids=tuple(asked["spaces"]),
        pattern=asked["pattern"],
        title=asked["title"],
        people=asked["people"],
        organisation_id=asked["organisation"],
        purpose=asked["purpose"],
        loudness=Loudness(asked["loudness"]),
        needs_quiet=asked["needs_quiet"],
        activity=asked["activity"],
        sells_alcohol=asked["sells_alcohol"],
        answers=asked["answers"],
        visibility=asked["visibility"],
        responsible_adult=ContactDetails(**adult),
        on_the_day=ContactDetails(**on_the_day) if on_the_day else None,
        pools=pools_of(asked),
        items=items_of(asked),
        on_clash=OnClash(asked["on_clash"]),
        needs=tuple(asked["needs"]),
        adjustment=asked["adjustment"],
        adjustment_consent=asked["adjustment_consent"],
        pays_as_whole=asked["pays_as_whole"],
        voucher_code=asked["voucher_code"],
        use_allowance=asked["use_allowance"],
        at_most=asked["at_most"],
    )
