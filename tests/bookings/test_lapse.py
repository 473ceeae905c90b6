"""A hold that runs out takes everything with it, whoever notices first."""

from __future__ import annotations

from datetime import date, time, timedelta

import pytest
from django.core.management import call_command

from accounts.models import StaffRole, User
from bookings.errors import BookingRefused, StepNotPossible
from bookings.models import Booking, State
from bookings.services import (
    approve_booking,
    cancel_occurrence,
    expire_lapsed,
    preview_booking,
    request_booking,
)
from core.intervals import Span
from notices.models import Notice
from spaces.errors import SpaceTaken
from spaces.models import Claim, Space, StockClaim, StockItem, Venue, VenueRole
from spaces.models.claim import ClaimKind
from spaces.models.timetable import Loudness
from spaces.services.closures import close_spaces
from tests.factories import SpaceFactory, UserFactory, VenueFactory, divisible_hall
from tests.factories.bookings import NOW, asked, book, evening

pytestmark = [pytest.mark.django_db, pytest.mark.db15]

DAY = date(2027, 1, 12)
LATER = NOW + timedelta(hours=49)


def hall(**fields: int) -> Space:
    venue = VenueFactory(confirmation=Venue.Confirmation.REQUEST, answer_hours=48)
    return SpaceFactory(venue=venue, setup_minutes=30, cleardown_minutes=30, **fields)


def manager_of(venue: Venue) -> User:
    return VenueRole.objects.create(venue=venue, user=UserFactory(), role=StaffRole.MANAGER).user


def back_to_back(space: Space) -> tuple[Booking, Booking]:
    """6pm to 8pm booked, 8pm to 10pm held, both by one person."""
    person = UserFactory()
    early = book(space, actor=person, pattern=evening(DAY, starts=time(18), ends=time(20)))
    approve_booking(early, actor=manager_of(space.venue), now=NOW)
    late = book(space, actor=person, pattern=evening(DAY, starts=time(20), ends=time(22)))
    return early, late


def cleardown_of(booking: Booking) -> list[tuple[time, time]]:
    rows = Claim.objects.filter(
        owner_id=booking.occurrences.get().pk, kind=ClaimKind.CLEARDOWN, active=True
    )
    return [(row.starts_at.time(), row.ends_at.time()) for row in rows]


def test_the_buffer_that_a_lapsed_hold_covered_is_taken_again_by_the_sweep():
    early, late = back_to_back(hall())
    assert cleardown_of(early) == []
    expire_lapsed(now=LATER)
    assert late.occurrences.get().state == State.EXPIRED
    assert cleardown_of(early) == [(time(20), time(20, 30))]
    call_command("audit_claims")


def test_who_takes_the_slot_of_a_lapsed_hold_keeps_the_buffer_of_the_one_before_free():
    space = hall()
    early, _late = back_to_back(space)
    with pytest.raises(SpaceTaken):
        book(space, pattern=evening(DAY, starts=time(20), ends=time(22)), now=LATER)
    book(space, pattern=evening(DAY, starts=time(20, 30), ends=time(22)), now=LATER)
    assert cleardown_of(early) == [(time(20), time(20, 30))]
    call_command("audit_claims")


def test_a_change_beside_a_lapsed_hold_is_not_refused_by_it():
    space = hall()
    early, late = back_to_back(space)
    cancel_occurrence(early.occurrences.get(), reason="", actor=early.private_hirer, now=LATER)
    assert late.occurrences.get().state == State.EXPIRED
    assert not Claim.objects.filter(active=True).exists()
    call_command("audit_claims")


def test_a_hold_on_the_whole_frees_both_halves_and_the_items_when_one_half_is_asked_for():
    parts = divisible_hall(venue=hall().venue)
    gazebo = StockItem.objects.create(venue=parts.whole.venue, name="Gazebo", quantity=1)
    held = book(parts.whole, items=((gazebo.pk, 1),))
    book(parts.left, now=LATER)
    assert held.occurrences.get().state == State.EXPIRED
    assert not Claim.objects.filter(active=True, owner_id=held.occurrences.get().pk).exists()
    assert not StockClaim.objects.filter(active=True).exists()
    assert Notice.objects.filter(event="booking_expired").count() == 1
    call_command("audit_claims")


def test_closing_a_space_ends_the_holds_that_ran_out_there():
    space = hall()
    early, late = back_to_back(space)
    at_eleven = early.occurrences.get().ends_at + timedelta(hours=3)
    close_spaces(
        space.venue,
        [space.pk],
        Span(at_eleven, at_eleven + timedelta(hours=1)),
        reason="New floor",
        actor=None,
        now=LATER,
    )
    assert late.occurrences.get().state == State.EXPIRED
    call_command("audit_claims")


def test_an_answer_that_waited_for_the_lock_comes_too_late_once_quiet_was_promised_next_door():
    studio = hall()
    chapel = SpaceFactory(venue=studio.venue)
    chapel.acoustic_neighbours.add(studio)
    loud = book(studio, loudness=Loudness.AMPLIFIED)
    book(chapel, needs_quiet=True, now=LATER)
    with pytest.raises(StepNotPossible):
        approve_booking(loud, actor=manager_of(studio.venue), now=LATER - timedelta(hours=2))


def test_an_answer_that_waited_for_the_lock_never_overfills_the_building():
    space = hall()
    Venue.objects.filter(pk=space.venue_id).update(fire_limit=50)
    waiting = book(space, people=30)
    book(SpaceFactory(venue=space.venue), people=30, now=LATER)
    with pytest.raises(StepNotPossible):
        approve_booking(waiting, actor=manager_of(space.venue), now=LATER - timedelta(hours=2))


def test_the_preview_offers_the_own_slot_again_once_the_hold_ran_out():
    space = hall()
    person = UserFactory()
    book(space, actor=person)
    with pytest.raises(SpaceTaken):
        book(space, actor=person)
    assert preview_booking(asked(space), actor=person, now=LATER).refused == []
    assert request_booking(asked(space), actor=person, now=LATER)


def test_a_full_building_is_counted_without_what_ran_out():
    space = hall()
    Venue.objects.filter(pk=space.venue_id).update(fire_limit=50)
    book(space, people=30)
    other = SpaceFactory(venue=space.venue)
    with pytest.raises(BookingRefused):
        book(other, people=30)
    assert book(other, people=30, now=LATER)
