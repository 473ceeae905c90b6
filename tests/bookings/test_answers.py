"""Approve, decline, cancel, lapse, attend: states, claims, notices, and who may."""

from datetime import date, time, timedelta

import pytest

from accounts.models import Membership, StaffRole
from bookings.errors import AlreadyStarted, DatesTaken, StepNotPossible
from bookings.models import State
from bookings.policies import BookingPolicy
from bookings.services import (
    approve_booking,
    cancel_booking,
    cancel_occurrence,
    decline_booking,
    expire_lapsed,
    record_attended,
    record_no_show,
)
from core.errors import BadInput, NotAllowed
from notices.models import Notice
from spaces.models import Claim, StockClaim, StockItem, Venue, VenueRole
from tests.factories import MembershipFactory, SpaceFactory, UserFactory, VenueFactory, open_daily
from tests.factories.bookings import NOW, book, evening, weekly
from tests.factories.tariffs import flat_rates

pytestmark = pytest.mark.django_db
DAY = date(2027, 1, 12)


def hall(confirmation=Venue.Confirmation.REQUEST):
    space = SpaceFactory(venue=VenueFactory(confirmation=confirmation, answer_hours=48))
    open_daily(space, date(2027, 1, 4), days=200, opens=time(8), closes=time(23))
    flat_rates(space.venue)
    return space


def manager_of(venue):
    return VenueRole.objects.create(venue=venue, user=UserFactory(), role=StaffRole.MANAGER).user


def states(booking):
    return list(booking.occurrences.order_by("starts_at").values_list("state", flat=True))


def live(space):
    return Claim.objects.filter(space=space, active=True)


def told(event):
    return Notice.objects.filter(event=event).count()


def test_yes_books_every_waiting_date_and_tells_the_hirer_once():
    space = hall()
    booking = book(space, pattern=weekly(DAY, 3))
    approve_booking(booking, actor=manager_of(space.venue), now=NOW)
    assert states(booking) == [State.CONFIRMED] * 3
    assert not live(space).filter(hold_until__isnull=False).exists()
    assert told("booking_confirmed") == 1


def test_yes_to_some_dates_leaves_the_others_waiting():
    space = hall()
    booking = book(space, pattern=weekly(DAY, 3))
    first = booking.occurrences.order_by("starts_at").first()
    approve_booking(booking, actor=manager_of(space.venue), now=NOW, dates=[first.pk])
    assert states(booking) == [State.CONFIRMED, State.REQUESTED, State.REQUESTED]


def test_no_frees_the_slot_and_says_why():
    space = hall()
    booking = book(space)
    decline_booking(booking, reason="Floor", actor=manager_of(space.venue), now=NOW)
    assert states(booking) == [State.DECLINED]
    assert not live(space).exists()
    assert Notice.objects.get(event="booking_declined").context["reason"] == "Floor"
    book(space)


def test_no_needs_a_reason():
    space = hall()
    booking = book(space)
    with pytest.raises(BadInput):
        decline_booking(booking, reason=" ", actor=manager_of(space.venue), now=NOW)


def test_a_second_answer_is_refused():
    space = hall()
    booking, manager = book(space), manager_of(space.venue)
    approve_booking(booking, actor=manager, now=NOW)
    with pytest.raises(StepNotPossible):
        decline_booking(booking, reason="Floor", actor=manager, now=NOW)


def test_a_hold_ends_by_the_clock_without_any_worker():
    space = hall()
    booking = book(space)
    later = NOW + timedelta(hours=49)
    winner = book(space, now=later)
    booking.refresh_from_db()
    assert states(booking) == [State.EXPIRED]
    assert states(winner) == [State.REQUESTED]
    assert told("booking_expired") == 1


def test_an_answer_after_the_hold_ran_out_comes_too_late():
    space = hall()
    booking = book(space)
    with pytest.raises(StepNotPossible):
        approve_booking(booking, actor=manager_of(space.venue), now=NOW + timedelta(hours=49))


def test_the_sweep_expires_and_tells_once_however_often_it_runs():
    space = hall()
    booking = book(space, pattern=weekly(DAY, 4))
    later = NOW + timedelta(hours=49)
    assert expire_lapsed(now=later) == 1
    assert expire_lapsed(now=later) == 0
    assert states(booking) == [State.EXPIRED] * 4
    assert told("booking_expired") == 1
    assert not live(space).exists()


def test_who_takes_one_space_of_a_lapsed_hold_frees_its_other_spaces_too():
    venue = VenueFactory(confirmation=Venue.Confirmation.REQUEST, answer_hours=48)
    one, two = SpaceFactory(venue=venue), SpaceFactory(venue=venue)
    book(one, two)
    later = NOW + timedelta(hours=49)
    book(one, now=later)
    assert not live(two).exists()
    assert expire_lapsed(now=later) == 0


def test_the_hirer_cancels_one_date_and_the_space_is_free_again():
    space, member = hall(), MembershipFactory(role=Membership.Role.BOOKER)
    booking = book(
        space, actor=member.user, organisation_id=member.organisation_id, pattern=weekly(DAY, 3)
    )
    first = booking.occurrences.order_by("starts_at").first()
    cancel_occurrence(first, reason="", actor=member.user, now=NOW)
    assert states(booking)[0] == State.CANCELLED_BY_HIRER
    assert live(space).count() == 2
    book(space)


def test_cancelling_all_leaves_the_past_alone():
    space, actor = hall(Venue.Confirmation.INSTANT), UserFactory()
    booking = book(space, actor=actor, pattern=weekly(DAY, 3))
    second_week = NOW + timedelta(days=10)
    cancel_booking(booking, reason="", actor=actor, now=second_week)
    assert states(booking) == [State.CONFIRMED] + [State.CANCELLED_BY_HIRER] * 2


def test_a_date_that_has_begun_cannot_be_cancelled():
    space, actor = hall(Venue.Confirmation.INSTANT), UserFactory()
    date_ = book(space, actor=actor).occurrences.get()
    with pytest.raises(AlreadyStarted):
        cancel_occurrence(date_, reason="", actor=actor, now=date_.starts_at)


def test_when_the_venue_cancels_it_says_so():
    space = hall(Venue.Confirmation.INSTANT)
    booking = book(space)
    cancel_booking(booking, reason="Boiler", actor=manager_of(space.venue), now=NOW)
    assert states(booking) == [State.CANCELLED_BY_VENUE]
    notice = Notice.objects.get(event="booking_cancelled")
    assert notice.context["cancelled_by"] == "venue"
    assert notice.calendar_method == "CANCEL"


def test_a_cancellation_has_the_uid_of_the_invitation_and_a_higher_sequence():
    space, actor = hall(Venue.Confirmation.INSTANT), UserFactory()
    booking = book(space, actor=actor)
    cancel_booking(booking, reason="", actor=actor, now=NOW)
    invited = Notice.objects.get(event="booking_confirmed")
    withdrawn = Notice.objects.get(event="booking_cancelled")
    assert invited.ical_uid == withdrawn.ical_uid
    assert withdrawn.ical_sequence > invited.ical_sequence


def test_cancelling_gives_the_chairs_back():
    space, actor = hall(), UserFactory()
    chairs = StockItem.objects.create(venue=space.venue, name="Chairs", quantity=10)
    booking = book(space, actor=actor, items=((chairs.pk, 10),))
    cancel_booking(booking, reason="", actor=actor, now=NOW)
    assert not StockClaim.objects.filter(active=True).exists()


def test_what_became_of_a_date_can_be_set_right():
    space = hall(Venue.Confirmation.INSTANT)
    manager, date_ = manager_of(space.venue), book(space).occurrences.get()
    later = date_.ends_at
    record_no_show(date_, actor=manager, now=later)
    assert record_attended(date_, actor=manager, now=later).state == State.ATTENDED
    assert live(space).count() == 1


def test_nobody_records_a_date_before_it_begins():
    space = hall(Venue.Confirmation.INSTANT)
    with pytest.raises(StepNotPossible):
        record_attended(book(space).occurrences.get(), actor=manager_of(space.venue), now=NOW)


@pytest.mark.parametrize(
    ("who", "sees", "cancels", "decides"),
    [
        ("owner", True, True, False),
        ("booker", True, True, False),
        ("treasurer", True, False, False),
        ("stranger", False, False, False),
        ("manager", True, True, True),
        ("viewer", False, False, False),
        ("caretaker", False, False, False),
        ("manager_elsewhere", False, False, False),
    ],
)
def test_who_may_do_what(who, sees, cancels, decides):
    space, member = hall(), MembershipFactory(role=Membership.Role.OWNER)
    booking = book(space, actor=member.user, organisation_id=member.organisation_id)
    person = _person(who, space.venue, member)
    policy = BookingPolicy(person)
    assert policy.can_see(booking) is sees
    assert policy.visible().filter(pk=booking.pk).exists() is sees
    assert policy.can_cancel(booking) is cancels
    assert policy.can_decide(booking) is decides
    if not cancels:
        with pytest.raises(NotAllowed):
            cancel_booking(booking, reason="", actor=person, now=NOW)
    if not decides:
        with pytest.raises(NotAllowed):
            approve_booking(booking, actor=person, now=NOW)


def _person(who, venue, member):
    if who == "owner":
        return member.user
    person = UserFactory()
    if who in Membership.Role.values:
        MembershipFactory(user=person, organisation=member.organisation, role=who)
    elif who in StaffRole.values:
        VenueRole.objects.create(venue=venue, user=person, role=who)
    elif who == "manager_elsewhere":
        VenueRole.objects.create(venue=VenueFactory(), user=person, role=StaffRole.MANAGER)
    return person


def test_a_freed_slot_next_to_the_same_hirer_keeps_its_buffer():
    space = hall(Venue.Confirmation.INSTANT)
    space.cleardown_minutes = 30
    space.save()
    actor = UserFactory()
    first = book(space, actor=actor, pattern=evening(DAY, starts=time(18), ends=time(19)))
    second = book(space, actor=actor)
    cancel_booking(second, reason="", actor=actor, now=NOW)
    with pytest.raises(DatesTaken):
        book(space, pattern=evening(DAY, starts=time(19), ends=time(20)))
    assert first.occurrences.get().state == State.CONFIRMED
