"""Asking for a booking: what is stored, what is refused, and that nothing else is left behind."""

from datetime import date, datetime, time, timedelta
from decimal import Decimal

import pytest

from accounts.models import AuditEntry, Membership
from bookings.errors import BookingRefused, DatesTaken
from bookings.models import Booking, Occurrence, RefusedDate, State
from bookings.requests import OnClash
from bookings.services import preview_booking
from core.clock import UTC, at
from core.errors import BadInput, NotAllowed, NotFound
from core.intervals import Span
from notices.models import Notice
from spaces import timetable
from spaces.models import Claim, Space, StockClaim, StockItem, Venue
from spaces.models.claim import ClaimKind
from spaces.models.timetable import Loudness
from spaces.timetable import Frequency
from tests.factories import (
    MembershipFactory,
    OrganisationFactory,
    SpaceFactory,
    UserFactory,
    VenueFactory,
    divisible_hall,
    open_daily,
)
from tests.factories.bookings import NOW, asked, book, evening, weekly
from tests.factories.tariffs import flat_rates

pytestmark = pytest.mark.django_db
DAY = date(2027, 1, 12)


def hall(**fields: object) -> Space:
    space = SpaceFactory(**fields)
    open_daily(space, date(2027, 1, 4), days=430, opens=time(8), closes=time(23))
    flat_rates(space.venue)
    return space


def test_one_date_is_booked_claimed_audited_and_told():
    space = hall()
    booking = book(space)
    (occurrence,) = booking.occurrences.all()
    assert occurrence.state == State.CONFIRMED
    (claim,) = Claim.objects.filter(active=True)
    assert (claim.space, claim.starts_at) == (space, at(DAY, time(19)))
    assert claim.uid == occurrence.uses.get().uid
    assert AuditEntry.objects.filter(subject_id=booking.pk, verb="booking_made").exists()
    assert Notice.objects.filter(event="booking_confirmed").count() == 1


def test_weekly_seven_stays_seven_across_both_clock_changes():
    space = hall()
    booking = book(space, pattern=weekly(date(2027, 3, 14), 40))
    hours = {o.starts_at.astimezone(UTC).hour for o in booking.occurrences.all()}
    assert hours == {18, 19}
    for occurrence in booking.occurrences.all():
        local = at(occurrence.starts_at.date(), time(19))
        assert occurrence.starts_at == local


def test_a_night_ends_at_six_when_clocks_change():
    space = SpaceFactory(longest_minutes=60 * 24)
    night = evening(date(2027, 3, 27), starts=time(22), ends=time(6))
    booking = book(space, pattern=night)
    assert booking.occurrences.get().ends_at == at(date(2027, 3, 28), time(6))


def test_the_price_is_kept_line_by_line_with_what_was_given():
    booking = book(hall())
    (line,) = booking.occurrences.get().quote_lines.all()
    assert (line.amount, line.list_amount) == (Decimal("20.00"), Decimal("40.00"))
    assert line.why


def test_a_venue_without_published_rates_has_to_say_the_price_first():
    space = SpaceFactory()
    open_daily(space, date(2027, 1, 4), days=30, opens=time(8), closes=time(23))
    occurrence = book(space).occurrences.get()
    assert occurrence.state == State.REQUESTED
    assert not occurrence.quote_lines.exists()


def test_a_venue_that_answers_requests_holds_the_slot_until_it_has_answered():
    space = hall(venue=VenueFactory(confirmation=Venue.Confirmation.REQUEST, answer_hours=48))
    booking = book(space)
    occurrence = booking.occurrences.get()
    assert occurrence.state == State.REQUESTED
    assert occurrence.hold_until == NOW + timedelta(hours=48)
    assert Claim.objects.get().hold_until == occurrence.hold_until
    with pytest.raises(DatesTaken):
        book(space)


def test_unknown_hours_make_it_a_request():
    booking = book(SpaceFactory())
    assert booking.occurrences.get().state == State.REQUESTED


def test_back_to_back_bookings_touch():
    space = hall()
    book(space, pattern=evening(DAY, starts=time(18), ends=time(19)))
    book(space)
    book(space, pattern=evening(DAY, starts=time(21), ends=time(22)))
    assert Occurrence.objects.count() == 3


def test_buffers_of_thirty_and_thirty_need_a_gap_of_thirty():
    space = hall(setup_minutes=30, cleardown_minutes=30)
    book(space)
    with pytest.raises(DatesTaken):
        book(space, pattern=evening(DAY, starts=time(21, 29), ends=time(22)))
    book(space, pattern=evening(DAY, starts=time(21, 30), ends=time(22)))


def test_the_same_hirer_back_to_back_needs_no_gap_and_cancelling_restores_it():
    space = hall(setup_minutes=30, cleardown_minutes=30)
    member = MembershipFactory(role=Membership.Role.OWNER)
    ours = {"actor": member.user, "organisation_id": member.organisation_id}
    first = book(space, **ours)
    book(space, pattern=evening(DAY, starts=time(21), ends=time(22)), **ours)
    between = Claim.objects.filter(
        active=True, kind=ClaimKind.CLEARDOWN, owner_id=first.occurrences.get().pk
    )
    assert not between.filter(starts_at__lt=at(DAY, time(22))).exists()


def test_half_a_hall_blocks_the_whole_and_leaves_the_other_half():
    parts = divisible_hall()
    for space in (parts.whole, parts.left, parts.right):
        open_daily(space, date(2027, 1, 4), days=30, opens=time(8), closes=time(23))
    book(parts.left)
    with pytest.raises(DatesTaken):
        book(parts.whole)
    book(parts.right)


def test_on_a_clash_everything_is_refused_and_every_clash_listed():
    space = hall()
    book(space, pattern=evening(date(2027, 1, 19)))
    book(space, pattern=evening(date(2027, 2, 2)))
    before = Booking.objects.count()
    with pytest.raises(DatesTaken) as refused:
        book(space, pattern=weekly(DAY, 5))
    assert [b.starts_at.date() for b in refused.value.breaches] == [
        date(2027, 1, 19),
        date(2027, 2, 2),
    ]
    assert Booking.objects.count() == before


def test_or_the_free_dates_are_booked_and_the_rest_listed():
    space = hall()
    book(space, pattern=evening(date(2027, 1, 19)))
    booking = book(space, pattern=weekly(DAY, 5), on_clash=OnClash.BOOK_FREE)
    assert booking.occurrences.count() == 4
    refused = RefusedDate.objects.get(booking=booking)
    assert refused.code == "space_taken"
    assert "19 January 2027" in refused.words


def test_the_stored_pattern_gives_the_dates_that_were_booked():
    space = hall()
    book(space, pattern=evening(date(2027, 1, 19)))
    booking = book(space, pattern=weekly(DAY, 5), on_clash=OnClash.BOOK_FREE)
    year = Span(datetime(2027, 1, 1, tzinfo=UTC), datetime(2028, 1, 1, tzinfo=UTC))
    stored = [span.start for span in timetable.between(booking.series, year)]
    assert stored == [o.starts_at for o in booking.occurrences.order_by("starts_at")]


def test_the_second_tuesday_of_each_month():
    space = hall()
    pattern = evening(DAY, frequency=Frequency.MONTHLY, nth=(2,), count=3)
    booking = book(space, pattern=pattern)
    days = [o.starts_at.date() for o in booking.occurrences.order_by("starts_at")]
    assert days == [DAY, date(2027, 2, 9), date(2027, 3, 9)]


def test_hall_and_kitchen_with_counted_chairs():
    venue = VenueFactory()
    spaces = [hall(venue=venue), hall(venue=venue, kind="kitchen")]
    chairs = StockItem.objects.create(venue=venue, name="Chairs", quantity=50)
    book(*spaces, items=((chairs.pk, 40),))
    assert StockClaim.objects.get().quantity == 40
    with pytest.raises(DatesTaken) as refused:
        book(hall(venue=venue), items=((chairs.pk, 11),))
    assert refused.value.breaches[0].code == "stock_short"


def test_all_breaches_are_told_together():
    space = hall()
    with pytest.raises(BookingRefused) as refused:
        book(space, people=500, pattern=evening(DAY, starts=time(6), ends=time(7)))
    assert {breach.code for breach in refused.value.breaches} == {"too_many_people", "closed"}


def test_quiet_next_door_refuses_the_drums():
    chapel, studio = hall(), None
    studio = hall(venue=chapel.venue)
    chapel.acoustic_neighbours.add(studio)
    book(chapel, needs_quiet=True)
    with pytest.raises(BookingRefused) as refused:
        book(studio, loudness=Loudness.AMPLIFIED)
    assert refused.value.breaches[0].code == "quiet_next_door"
    book(studio, loudness=Loudness.TALK)


@pytest.mark.parametrize(
    ("fields", "error"),
    [
        ({"title": " "}, BadInput),
        ({"title": "a\x00b"}, BadInput),
        ({"title": "x" * 1_000_000}, BadInput),
        ({"people": 0}, BadInput),
        ({"pattern": weekly(DAY, 1000)}, BadInput),
        ({"adjustment": "ramp"}, BadInput),
        ({"needs": ("hearing_loop",)}, BadInput),
        ({"needs": ("a cure",), "adjustment_consent": True}, BadInput),
        ({"needs": ("way_out",), "adjustment_consent": True}, BadInput),
        ({"organisation_id": 999_999}, NotAllowed),
    ],
)
def test_bad_input_is_refused_and_nothing_is_stored(fields, error):
    space = hall()
    with pytest.raises(error):
        book(space, **fields)
    assert not Booking.objects.exists()
    assert not Claim.objects.exists()


def test_nobody_books_for_a_group_that_is_not_theirs():
    with pytest.raises(NotAllowed):
        book(hall(), organisation_id=OrganisationFactory().pk)


def test_a_confidential_venue_is_not_there():
    space = hall(venue=VenueFactory(visibility=Venue.Visibility.CONFIDENTIAL))
    with pytest.raises(NotFound):
        book(space)


def test_a_whole_together_with_its_half_makes_no_sense():
    parts = divisible_hall()
    with pytest.raises(BadInput):
        book(parts.whole, parts.left)


def test_looking_ahead_writes_nothing():
    space = hall()
    plan = preview_booking(asked(space, pattern=weekly(DAY, 3)), actor=UserFactory(), now=NOW)
    assert [planned.is_free for planned in plan.dates] == [True, True, True]
    assert not Booking.objects.exists()


def test_a_series_costs_no_more_statements_than_a_single_date(count_queries):
    space, actor = hall(), UserFactory()
    single = count_queries(lambda: book(space, actor=actor))
    year = count_queries(lambda: book(space, actor=actor, pattern=weekly(date(2027, 1, 13), 52)))
    assert year <= single
