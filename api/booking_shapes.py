"""What bookings look like to those who may see them, and what is sent to make one."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from drf_spectacular.utils import OpenApiExample, extend_schema_field
from rest_framework import serializers

from api import terms_shapes
from api.answers import AnswersField, QuestionOutput, answers_field, unanswered
from api.chosen import ChosenMixin
from api.paging import PageQuery
from api.quotes import MOST_PEOPLE, LineOutput
from api.shapes import Input, Instant, Output, key, keys, line, passage
from api.terms_shapes import CancelTermsOutput, ChargeOutput, DepositOutput, DueOutput
from api.vat_shapes import VatChangeOutput
from bookings.models import Booking, Occurrence, State
from bookings.requests import OnClash
from spaces.access_facts import FAULT_NEEDS
from spaces.models import Activity
from spaces.models.timetable import Loudness


class BookingsQuery(PageQuery):
    """Which bookings."""

    mine = serializers.BooleanField(
        required=False, default=False, help_text="Only my own and my organisations'."
    )
    organisation = key(required=False)
    venue = serializers.SlugField(required=False, max_length=160, help_text="A venue's slug.")
    state = serializers.ChoiceField(
        required=False, choices=State.choices, help_text="With a date in this state."
    )


class ContactInput(Input):
    name = line(120)
    email = serializers.EmailField(max_length=254, required=False, allow_blank=True)
    phone = line(30, default="", allow_blank=True)


class BookingInput(ChosenMixin):
    """Price, state, owner and reference are ours to say, so they are no fields here."""

    title = line(120)
    people = serializers.IntegerField(min_value=1, max_value=MOST_PEOPLE)
    responsible_adult = ContactInput()
    on_the_day = ContactInput(required=False, allow_null=True, default=None)
    organisation = key(
        required=False, allow_null=True, default=None, help_text="Null: you hire privately."
    )
    purpose = passage(2000, default="", allow_blank=True)
    loudness = serializers.ChoiceField(choices=Loudness.choices, default=Loudness.TALK.value)
    needs_quiet = serializers.BooleanField(default=False)
    activity = serializers.ChoiceField(
        choices=Activity.choices,
        default=Activity.OTHER.value,
        help_text="Quiet times may allow some kinds only; some kinds need longer to clear up.",
    )
    sells_alcohol = serializers.BooleanField(default=False)
    answers = answers_field()
    visibility = serializers.ChoiceField(
        choices=Booking.Visibility.choices, default=Booking.Visibility.PRIVATE.value
    )
    pays_as_whole = serializers.BooleanField(
        required=False,
        allow_null=True,
        default=None,
        help_text="You agree to pay for every date, used or not. For blocks of sport.",
    )
    on_clash = serializers.ChoiceField(
        choices=[clash.value for clash in OnClash],
        default=OnClash.REFUSE_ALL.value,
        help_text="refuse_all, or book_free: book what is free and list the rest.",
    )
    needs = serializers.ListField(
        child=serializers.ChoiceField(choices=FAULT_NEEDS),
        max_length=40,
        default=list,
        help_text="What somebody needs; you are told when it is out of order.",
    )
    adjustment = passage(500, default="", allow_blank=True, help_text="What would help somebody.")
    adjustment_consent = serializers.BooleanField(
        default=False, help_text="Needs and adjustment are kept only with consent, for 30 days."
    )
    voucher_code = line(
        40, default="", allow_blank=True, help_text="Takes something off the price."
    )
    use_allowance = serializers.BooleanField(
        default=True, help_text="Spend free hours of the organisation, if it has any."
    )
    at_most = serializers.DecimalField(
        14,
        2,
        required=False,
        allow_null=True,
        default=None,
        help_text="Pounds: refuse with `costs_more` what would cost more than this.",
    )


_CHOIR = {
    "when": {
        "first": "2027-01-05",
        "starts": "19:00",
        "ends": "21:00",
        "repeats": "weekly",
        "count": 10,
    },
    "title": "Choir practice",
    "people": 30,
    "responsible_adult": {"name": "Ada Okoro", "email": "ada@example.org"},
}
BOOKING_EXAMPLES = [
    OpenApiExample("A hall on ten Tuesdays", value={"spaces": [12], **_CHOIR}, request_only=True),
    OpenApiExample(
        "Any two desks of a pool",
        value={
            "pools": [{"pool": 4, "quantity": 2}],
            "starts_at": "2027-01-05T09:00:00Z",
            "ends_at": "2027-01-05T12:30:00Z",
            "title": "Work",
            "people": 2,
            "responsible_adult": {"name": "Ada Okoro", "phone": "01234 567890"},
        },
        request_only=True,
    ),
]


class ReasonInput(Input):
    reason = passage(300, default="", allow_blank=True)


class DecideInput(Input):
    dates = keys(200, required=False, help_text="Only these dates; without it, all that wait.")


class DeclineInput(DecideInput):
    reason = passage(300, help_text="The hirer reads it.")


class VenueNameOutput(Output):
    slug = serializers.CharField()
    name = serializers.CharField()


class OrganisationNameOutput(Output):
    id = serializers.IntegerField()
    name = serializers.CharField()


class ContactOutput(Output):
    name = serializers.CharField()
    email = serializers.CharField()
    phone = serializers.CharField()


class BookingOutput(Output):
    """A row of a list. A sensitive booking has no title and no organisation here."""

    reference = serializers.CharField()
    venue = VenueNameOutput()
    organisation = serializers.SerializerMethodField()
    title = serializers.SerializerMethodField()
    created_at = Instant()
    first_starts_at = Instant(allow_null=True)
    last_ends_at = Instant(allow_null=True)
    dates = serializers.IntegerField(source="date_count")
    states = serializers.ListField(
        child=serializers.CharField(), help_text="The states its dates are in."
    )

    @extend_schema_field(OrganisationNameOutput(allow_null=True))
    def get_organisation(self, booking: Booking) -> Any:
        """Who hires; null for a private hirer."""
        if is_coarse(booking) or booking.organisation is None:
            return None
        return OrganisationNameOutput(booking.organisation).data

    def get_title(self, booking: Booking) -> str | None:
        """What it is."""
        return None if is_coarse(booking) else booking.title


def is_coarse(booking: Booking) -> bool:
    """Whether a list keeps it general."""
    return booking.visibility == Booking.Visibility.SENSITIVE


class UsedOutput(Output):
    space = serializers.IntegerField(source="space_id")
    starts_at = Instant()
    ends_at = Instant()


class UsedItemOutput(Output):
    item = serializers.IntegerField(source="item_id")
    name = serializers.CharField(source="item.name")
    quantity = serializers.IntegerField()


class PriceChangeOutput(Output):
    old_total = serializers.CharField(allow_null=True, help_text="Pounds; null: it had no price.")
    new_total = serializers.CharField(help_text="Pounds.")
    why = serializers.CharField()
    words = serializers.CharField(source="get_why_display", help_text="Why, in words.")
    changed_at = Instant()


class DateOutput(Output):
    id = serializers.IntegerField()
    starts_at = Instant()
    ends_at = Instant()
    state = serializers.CharField()
    words = serializers.CharField(source="get_state_display", help_text="The state, in words.")
    hold_until = Instant(allow_null=True)
    reason = serializers.CharField()
    uses = UsedOutput(many=True)
    items = UsedItemOutput(many=True, source="item_uses")
    total = serializers.SerializerMethodField(help_text="Pounds; null: not decided yet.")
    vat = serializers.SerializerMethodField(help_text="Pounds of VAT within `total`.")
    is_estimate = serializers.SerializerMethodField()
    questions = serializers.SerializerMethodField(
        help_text="Why this date has no price yet: what the hirer has not answered."
    )
    lines = LineOutput(many=True, source="quote_lines")
    cancellation = serializers.SerializerMethodField(
        help_text="What it costs that this date was cancelled; null where nothing was agreed."
    )

    @extend_schema_field(ChargeOutput(allow_null=True))
    def get_cancellation(self, date: Occurrence) -> Any:
        """The charge that is kept."""
        charge = getattr(date, "cancellation_charge", None)
        return ChargeOutput(charge).data if charge else None

    price_changes = PriceChangeOutput(
        many=True, help_text="What published rates changed since it was booked, oldest first."
    )

    def get_total(self, date: Occurrence) -> str | None:
        """The sum of the kept lines."""
        amounts = [kept.amount for kept in date.quote_lines.all()]
        return str(sum(amounts, Decimal("0.00"))) if amounts else None

    def get_vat(self, date: Occurrence) -> str | None:
        """The sum over the kept lines."""
        amounts = [kept.vat_amount for kept in date.quote_lines.all()]
        return str(sum(amounts, Decimal("0.00"))) if amounts else None

    @extend_schema_field(QuestionOutput(many=True))
    def get_questions(self, date: Occurrence) -> Any:
        """None where the price is known."""
        quoted = self.context.get("quotes", {}).get(date.pk)
        return QuestionOutput(unanswered(quoted), many=True).data if quoted else []

    def get_is_estimate(self, date: Occurrence) -> bool:
        """Whether a line is an estimate until rates are published."""
        return any(kept.is_estimate for kept in date.quote_lines.all())


class RefusedDateOutput(Output):
    starts_at = Instant()
    ends_at = Instant()
    code = serializers.CharField()
    words = serializers.CharField()


class BookingDetailOutput(Output):
    """A booking, to its hirer and to staff who may see the hirers of that venue."""

    reference = serializers.CharField()
    venue = VenueNameOutput()
    organisation = OrganisationNameOutput(allow_null=True)
    title = serializers.CharField()
    purpose = serializers.CharField()
    people = serializers.IntegerField()
    hirer_category = serializers.CharField(source="category")
    loudness = serializers.IntegerField()
    needs_quiet = serializers.BooleanField()
    activity = serializers.CharField()
    sells_alcohol = serializers.BooleanField()
    answers = AnswersField(help_text="What the price depends on, as the hirer answered.")
    visibility = serializers.CharField()
    responsible_adult = ContactOutput()
    on_the_day = ContactOutput()
    created_at = Instant()
    dates = DateOutput(many=True, source="occurrences")
    pays_as_whole = serializers.BooleanField(
        allow_null=True, help_text="Agreed to pay for every date, used or not."
    )
    vat_changes = VatChangeOutput(many=True)
    refused_dates = RefusedDateOutput(many=True)
    deposit = serializers.SerializerMethodField(
        help_text="All deposits, apart from the price; null: the venue must decide."
    )
    deposits = DepositOutput(many=True)
    due = DueOutput(many=True, source="due_parts", help_text="Parts of the price, and when.")
    cancellation_terms = serializers.SerializerMethodField()

    def get_deposit(self, booking: Booking) -> str | None:
        """Pounds, in all."""
        return terms_shapes.deposit_of(booking)

    @extend_schema_field(CancelTermsOutput(many=True))
    def get_cancellation_terms(self, booking: Booking) -> Any:
        """The scales of the dates that stand."""
        return CancelTermsOutput(terms_shapes.cancellation_of(booking), many=True).data


def contact_details(data: dict[str, Any] | None) -> dict[str, str] | None:
    """The parts of a contact, or None where none was sent."""
    return {name: data.get(name, "") for name in ("name", "email", "phone")} if data else None
