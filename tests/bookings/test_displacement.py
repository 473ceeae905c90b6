"""Closures and changed rules show whom they displace first, and then do what was said of them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, time, timedelta
from typing import Any

import pytest
from django.core.management import call_command

from accounts.models import StaffRole, User
from bookings.errors import AlreadyStarted
from bookings.models import Booking, State, Use
from bookings.services import cancel_booking
from bookings.services.displacement import (
    Answer,
    Decision,
    Preview,
    WouldDisplace,
    change,
    close_with_bookings,
    misfits,
)
from core.clock import at
from core.errors import BadInput, NotAllowed
from core.intervals import Span
from notices.models import Notice
from spaces.models import AccessFact, Activity, Claim, Closure, Space, Venue, VenueRole
from spaces.models.timetable import Loudness
from spaces.opening_plan import OpeningPlan
from spaces.services.closures import lift_closure
from spaces.services.opening import set_opening_plans
from spaces.services.times import add_quiet_time
from spaces.timetable import Frequency, Pattern
from tests.factories import SpaceFactory, UserFactory, VenueFactory, divisible_hall, open_always
from tests.factories.bookings import NOW, book, evening, weekly
from tests.factories.tariffs import flat_rates

pytestmark = [pytest.mark.django_db, pytest.mark.db15]

DAY = date(2027, 1, 12)
EVENING = Span(at(DAY, time(18)), at(DAY, time(22)))
WEEKS = Span(EVENING.start, EVENING.end + timedelta(weeks=3))
LATE = evening(DAY, starts=time(21), ends=time(22))
MORNINGS = OpeningPlan((((time(9), time(12)),),) * 7)
QUIET_EVENINGS = Pattern(date(2027, 1, 1), time(19), time(20), Frequency.WEEKLY, weekdays=(1,))
NOTHING_SAID = Decision()


def two_rooms(**fields: Any) -> tuple[Space, Space]:
    """Open round the clock, with rates: what is asked for is booked at once."""
    venue = VenueFactory(booking_window_days=200)
    rooms = SpaceFactory(venue=venue, **fields), SpaceFactory(venue=venue)
    for room in rooms:
        open_always(room, NOW, days=200)
    flat_rates(venue)
    return rooms


def manager_of(space: Space) -> User:
    role = VenueRole.objects.create(venue=space.venue, user=UserFactory(), role=StaffRole.MANAGER)
    return role.user


def close(
    *spaces: Space, span: Span = EVENING, decision: Decision = NOTHING_SAID, **fields: Any
) -> Preview:
    _closure, preview = close_with_bookings(
        spaces[0].venue,
        [space.pk for space in spaces],
        span,
        decision=decision,
        **({"reason": "New floor", "actor": None, "now": NOW} | fields),
    )
    return preview


def alter(
    space: Space, make: Callable[[Space], object], decision: Decision = NOTHING_SAID, **fields: Any
) -> Preview:
    fields = {"actor": None, "now": NOW} | fields
    venue = Venue.objects.get(pk=space.venue_id)
    return change(venue, lambda: make(space), decision=decision, **fields)


def shown(ask: Callable[[], object]) -> Preview:
    with pytest.raises(WouldDisplace) as refusal:
        ask()
    return refusal.value.preview


def states(booking: Booking) -> list[str]:
    return list(booking.occurrences.order_by("starts_at").values_list("state", flat=True))


def told(booking: Booking) -> list[str]:
    events = Notice.objects.filter(subject_id=booking.pk, event__startswith="booking_")
    return sorted(events.values_list("event", flat=True))


def quiet(space: Space) -> None:
    add_quiet_time(space, QUIET_EVENINGS, loudest=Loudness.TALK, actor=None, now=NOW)


class TestClosing:
    def test_nobody_in_the_way_takes_one_step(self) -> None:
        hall, _other = two_rooms()
        assert close(hall).dates == []
        assert Closure.objects.count() == 1

    def test_who_would_go_is_shown_first_and_nothing_is_changed(self) -> None:
        hall, _other = two_rooms()
        choir = book(hall, title="Choir", people=25)
        preview = shown(lambda: close(hall))
        assert [(one.booking, one.booking.people) for one in preview.dates] == [(choir, 25)]
        assert preview.by_hirer == [(str(choir.private_hirer), 1)]
        assert not Closure.objects.exists()
        assert states(choir) == [State.CONFIRMED]

    def test_all_are_released_at_once_and_each_hirer_is_told_once(self) -> None:
        hall, other = two_rooms()
        series, single = book(hall, pattern=weekly(DAY, 3)), book(other)
        preview = shown(lambda: close(hall, other, span=WEEKS))
        assert len(preview.dates) == 4
        close(hall, other, span=WEEKS, decision=Decision(Answer.RELEASE, preview.digest))
        assert states(series) == [State.CANCELLED_BY_VENUE] * 3
        assert told(series) == told(single) == ["booking_cancelled", "booking_confirmed"]
        assert {date.reason for date in series.occurrences.all()} == {"New floor"}
        call_command("audit_claims")

    def test_they_move_to_a_space_that_fits_at_the_same_time(self) -> None:
        hall, other = two_rooms()
        choir = book(hall)
        preview = shown(lambda: close(hall))
        assert preview.can_move == 1
        close(hall, decision=Decision(Answer.MOVE, preview.digest))
        assert states(choir) == [State.CONFIRMED]
        assert told(choir) == ["booking_confirmed", "booking_moved"]
        assert other.name in str(Notice.objects.get(event="booking_moved").context)
        held = Claim.objects.filter(active=True, owner_kind="occurrence")
        assert [(one.space_id, one.starts_at) for one in held] == [
            (other.pk, choir.occurrences.get().starts_at)
        ]
        call_command("audit_claims")

    def test_one_that_fits_nowhere_is_released_while_the_others_move(self) -> None:
        hall, other = two_rooms(capacity=100)
        small, big = book(hall, people=20), book(hall, people=90, pattern=LATE)
        preview = shown(lambda: close(hall))
        assert [bool(one.goes_to) for one in preview.dates] == [True, False]
        close(hall, decision=Decision(Answer.MOVE, preview.digest))
        assert states(small) == [State.CONFIRMED]
        assert states(big) == [State.CANCELLED_BY_VENUE]
        assert Use.objects.get(occurrence__booking=small).space == other

    def test_two_do_not_move_into_the_same_room(self) -> None:
        venue = VenueFactory()
        one, two, free = (SpaceFactory(venue=venue) for _n in range(3))
        book(one)
        book(two)
        preview = shown(lambda: close(one, two))
        assert [list(date.goes_to.values()) for date in preview.dates] == [[free], []]

    def test_a_group_back_to_back_gets_its_time_to_clear_up_again(self) -> None:
        hall, _other = two_rooms(cleardown_minutes=30)
        hirer = UserFactory()
        book(hall, actor=hirer, pattern=evening(DAY, starts=time(16), ends=time(18)))
        book(hall, actor=hirer, pattern=evening(DAY, starts=time(18), ends=time(20)))
        preview = shown(lambda: close(hall))
        close(hall, decision=Decision(Answer.MOVE, preview.digest))
        call_command("audit_claims")

    @pytest.mark.parametrize("why_not", ["taken", "small", "quiet", "steps", "shut"])
    def test_a_room_that_does_not_do_is_not_offered(self, why_not: str) -> None:
        hall, other = two_rooms()
        fields: dict[str, Any] = {"people": 20}
        if why_not == "taken":
            book(other)
        elif why_not == "small":
            Space.objects.filter(pk=other.pk).update(capacity=10)
        elif why_not == "quiet":
            fields["loudness"] = Loudness.AMPLIFIED
            quiet(other)
        elif why_not == "steps":
            AccessFact.objects.create(
                venue=hall.venue, space=hall, code="hearing_loop", value="yes"
            )
        else:
            set_opening_plans({other.pk: MORNINGS}, actor=None, now=NOW)
        book(hall, **fields)
        assert shown(lambda: close(hall)).can_move == 0

    def test_what_changed_since_is_shown_anew_and_never_done(self) -> None:
        hall, _other = two_rooms()
        book(hall)
        seen = shown(lambda: close(hall)).digest
        late = book(hall, pattern=LATE)
        with pytest.raises(WouldDisplace) as refusal:
            close(hall, decision=Decision(Answer.RELEASE, seen))
        assert refusal.value.is_stale
        assert [one.booking for one in refusal.value.preview.dates][1:] == [late]
        assert not Closure.objects.exists()
        assert states(late) == [State.CONFIRMED]

    def test_whoever_cancelled_in_between_is_no_longer_in_the_way(self) -> None:
        hall, _other = two_rooms()
        hirer = UserFactory()
        booking = book(hall, actor=hirer)
        seen = shown(lambda: close(hall)).digest
        cancel_booking(booking, reason="", actor=hirer, now=NOW)
        close(hall, decision=Decision(Answer.RELEASE, seen))
        assert states(booking) == [State.CANCELLED_BY_HIRER]

    def test_a_closed_whole_displaces_its_halves(self) -> None:
        hall = divisible_hall()
        book(hall.left)
        assert len(shown(lambda: close(hall.whole)).dates) == 1

    def test_nobody_is_thrown_out_of_a_room_they_are_in(self) -> None:
        hall, _other = two_rooms()
        book(hall)
        later = at(DAY, time(19, 30))
        rest = {"span": Span(later, EVENING.end), "now": later}
        digest = shown(lambda: close(hall, **rest)).digest
        with pytest.raises(AlreadyStarted):
            close(hall, decision=Decision(Answer.RELEASE, digest), **rest)
        assert not Closure.objects.exists()

    def test_to_reopen_early_frees_the_rest(self) -> None:
        hall, _other = two_rooms()
        close(hall, span=WEEKS)
        lift_closure(Closure.objects.get(), actor=None, now=EVENING.start + timedelta(days=2))
        assert states(book(hall, pattern=evening(DAY + timedelta(weeks=1)))) == [State.CONFIRMED]

    def test_a_closed_room_keeps_nobody_and_only_managers_close(self) -> None:
        hall, _other = two_rooms()
        with pytest.raises(BadInput):
            close(hall, decision=Decision(Answer.KEEP, ""))
        with pytest.raises(NotAllowed):
            close(hall, actor=UserFactory())


def shorter_hours(space: Space) -> None:
    set_opening_plans({space.pk: MORNINGS}, actor=None, now=NOW)


def longer_gap(space: Space) -> None:
    Space.objects.filter(pk=space.pk).update(cleardown_minutes=60)


def fewer_people(space: Space) -> None:
    Space.objects.filter(pk=space.pk).update(capacity=10)


def lower_fire_limit(space: Space) -> None:
    Venue.objects.filter(pk=space.venue_id).update(fire_limit=10)


CHANGES: list[tuple[Callable[[Space], None], str]] = [
    (shorter_hours, "is open 9am to midday"),
    (quiet, "has a quiet time 7pm to 8pm"),
    (fewer_people, "takes up to 10"),
    (lower_fire_limit, "may hold 10 people"),
    (longer_gap, "1 hour"),
]


def loud_evening(hall: Space) -> Booking:
    """Somebody else ends as the loud party begins."""
    book(hall, people=5, pattern=evening(DAY, starts=time(17), ends=time(19)))
    return book(hall, loudness=Loudness.AMPLIFIED, people=40)


@pytest.mark.parametrize(("make", "why"), CHANGES)
class TestChanging:
    def test_it_shows_what_no_longer_fits_and_takes_itself_back(
        self, make: Callable[[Space], None], why: str
    ) -> None:
        hall, _other = two_rooms()
        booking = loud_evening(hall)
        preview = shown(lambda: alter(hall, make))
        hit = {one.booking: " ".join(one.why) for one in preview.dates}
        assert why in hit[booking]
        hall.refresh_from_db()
        assert (hall.capacity, hall.cleardown_minutes) == (60, 0)
        assert hall.opening_spans.count() == 200
        assert misfits(hall.venue, now=NOW) == {}

    @pytest.mark.parametrize("answer", [Answer.KEEP, Answer.RELEASE])
    def test_then_they_stay_as_exceptions_or_go(
        self, make: Callable[[Space], None], why: str, answer: Answer
    ) -> None:
        hall, _other = two_rooms()
        booking, actor = loud_evening(hall), manager_of(hall)
        digest = shown(lambda: alter(hall, make, actor=actor)).digest
        alter(hall, make, Decision(answer, digest, reason="New rules"), actor=actor)
        left = misfits(Venue.objects.get(), now=NOW)
        kept = {one.occurrence.booking: one.breaches for one in left.values()}
        if answer is Answer.KEEP:
            assert states(booking) == [State.CONFIRMED]
            assert any(why in breach.message for breach in kept[booking])
            assert told(booking) == ["booking_confirmed"]
        else:
            assert states(booking) == [State.CANCELLED_BY_VENUE]
            assert kept == {}
            assert booking.occurrences.get().reason == "New rules"
        call_command("audit_claims")


def test_an_exception_is_not_shown_again_with_the_next_change() -> None:
    hall, _other = two_rooms()
    book(hall, people=40)
    fewer_people(hall)
    assert alter(hall, quiet).dates == []


def test_a_preview_that_no_longer_holds_changes_nothing() -> None:
    hall, _other = two_rooms()
    booking = loud_evening(hall)
    seen = shown(lambda: alter(hall, fewer_people)).digest
    book(hall, people=30, pattern=evening(DAY, starts=time(9), ends=time(10)))
    again = shown(lambda: alter(hall, fewer_people, Decision(Answer.RELEASE, seen)))
    assert len(again.dates) == 2
    assert states(booking) == [State.CONFIRMED]


def test_a_quiet_time_next_door_counts_for_what_is_loud_there() -> None:
    hall, chapel = two_rooms()
    hall.acoustic_neighbours.add(chapel)
    drums = book(hall, loudness=Loudness.AMPLIFIED)
    book(hall, loudness=Loudness.TALK, pattern=evening(DAY + timedelta(weeks=1)))
    preview = shown(lambda: alter(chapel, quiet))
    assert [one.booking for one in preview.dates] == [drums]


def test_messy_things_are_given_longer_to_clear_up_than_others() -> None:
    hall, _other = two_rooms()
    hall.activity_buffers.create(activity=Activity.MESSY, cleardown_minutes=45)
    book(hall, activity=Activity.MESSY)
    book(hall, activity=Activity.CRAFT, pattern=evening(DAY + timedelta(days=1)))
    held = Claim.objects.filter(active=True).order_by("starts_at")
    assert [(one.ends_at - one.starts_at) // timedelta(minutes=1) for one in held] == [120, 45, 120]
    call_command("audit_claims")


@pytest.mark.parametrize("dates", [1, 12])
def test_what_no_longer_fits_costs_the_same_for_any_number(dates: int, max_queries: Any) -> None:
    hall, _other = two_rooms()
    book(hall, people=40, pattern=weekly(DAY, dates))
    fewer_people(hall)
    venue = Venue.objects.get()
    with max_queries(9):
        found = misfits(venue, now=NOW)
    assert len(found) == dates


def test_the_same_wall_hours_fit_on_both_sides_of_the_clock_change() -> None:
    now = NOW + timedelta(days=70)
    hall, _other = two_rooms()
    plan = OpeningPlan((((time(19), time(21)),),) * 7)
    set_opening_plans({hall.pk: plan}, actor=None, now=now)
    book(hall, now=now, pattern=weekly(date(2027, 3, 23), 3))
    assert misfits(hall.venue, now=now) == {}
