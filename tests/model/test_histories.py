"""Random histories: after every step the database and a simple model say the same."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from typing import Any

import pytest
from django.db import transaction
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule
from hypothesis.stateful import run_state_machine_as_test as run

from accounts.models import User
from bookings.models import Booking, Occurrence
from bookings.requests import BookingRequest, OnClash
from bookings.services import (
    approve_booking,
    cancel_booking,
    cancel_occurrence,
    decline_booking,
    expire_lapsed,
    preview_booking,
    record_attended,
    record_no_show,
    request_booking,
)
from bookings.transitions import STEPS
from core.clock import at
from core.errors import DomainError
from core.intervals import Span
from spaces import drift
from spaces.availability import free_intervals
from spaces.models import Claim, Closure, Venue
from spaces.models.claim import ClaimKind
from spaces.services.closures import close_spaces, lift_closure
from spaces.timetable import Frequency, Pattern
from spaces.timetable import spans as spans_of
from tests.factories.bookings import ADULT
from tests.model.catalogue import Catalogue
from tests.model.oracle import LIVE, WAITING, Closed, Date, Wish
from tests.plugins.rounds import Soak

pytestmark = [pytest.mark.django_db, pytest.mark.db15]

# The Saturday is the eve of the night on which the clocks go forward.
FRIDAY = date(2027, 3, 26)
WINDOW = Span(at(FRIDAY, time(12)), at(FRIDAY + timedelta(days=4), time(12)))

_starts = st.sampled_from([time(18), time(19), time(19, 30), time(20), time(20, 30), time(22)])
_minutes = st.sampled_from([30, 60, 90, 120, 480])
_any = st.integers(0, 10**6)
_asks = st.fixed_dictionaries(
    {
        "who": st.integers(0, 2),
        "where": st.integers(0, 23),
        "day": st.integers(0, 1),
        "starts": _starts,
        "minutes": _minutes,
        "weeks": st.sampled_from([1, 1, 2, 3]),
        "people": st.sampled_from([10, 25, 40]),
        "loudness": st.sampled_from([1, 2, 4]),
        "needs_quiet": st.booleans(),
        "items": st.sampled_from([0, 0, 1, 2]),
        "on_clash": st.sampled_from(list(OnClash)),
    }
)


class Histories(RuleBasedStateMachine):
    """`catalogue` is made once; every history is undone when it ends."""

    catalogue: Catalogue

    def __init__(self) -> None:
        super().__init__()
        self.point = transaction.savepoint()
        self.world = self.catalogue.world()
        self.seen: dict[int, str] = {}

    def teardown(self) -> None:
        transaction.savepoint_rollback(self.point)

    @rule(asks=st.lists(_asks, min_size=2, max_size=6))
    def ask(self, asks: list[dict[str, Any]]) -> None:
        for fields in asks:
            self._ask_one(**fields)

    def _ask_one(
        self,
        who: int,
        where: int,
        day: int,
        starts: time,
        minutes: int,
        weeks: int,
        on_clash: OnClash,
        **more: Any,
    ) -> None:
        choices = self.catalogue.choices()
        hirer = self.catalogue.hirers[who]
        wish = Wish(hirer=hirer.pk, rooms=choices[where % len(choices)], **more)
        first = FRIDAY + timedelta(days=day)
        ends = (datetime.combine(first, starts) + timedelta(minutes=minutes)).time()
        is_series = {"frequency": Frequency.WEEKLY, "count": weeks} if weeks > 1 else {}
        pattern = Pattern(first=first, starts=starts, ends=ends, **is_series)
        self._ask(wish, hirer, pattern, on_clash)

    def _ask(self, wish: Wish, hirer: User, pattern: Pattern, on_clash: OnClash) -> None:
        request = self._request(wish, pattern, on_clash)
        wanted = spans_of(pattern)
        free = [span for span in wanted if self.world.may_have(wish, span)]
        if not self._has_unnoticed():
            plan = preview_booking(request, actor=hirer, now=self.world.now)
            assert [one.span for one in plan.free] == free, plan.all_breaches
        enough = free if on_clash is OnClash.BOOK_FREE else free == wanted
        ought = bool(enough) and not self.world.has_too_many_open(hirer.pk)
        made_before = Booking.objects.count()
        if not self._may(ought, lambda: request_booking(request, actor=hirer, now=self.world.now)):
            assert Booking.objects.count() == made_before
            return
        booking = Booking.objects.latest("pk")
        made = booking.occurrences.order_by("starts_at")
        assert [Span(one.starts_at, one.ends_at) for one in made] == free
        house = self.world.houses[wish.rooms[0].venue]
        for one, span in zip(made, free, strict=True):
            hold, state = None, "confirmed"
            if house.answer_hours is not None:
                state = WAITING
                hold = min(self.world.now + timedelta(hours=house.answer_hours), span.start)
            self.world.dates.append(Date(one.pk, booking.pk, wish, span, state, hold))

    def _request(self, wish: Wish, pattern: Pattern, on_clash: OnClash) -> BookingRequest:
        venue = wish.rooms[0].venue
        return BookingRequest(
            venue_id=venue,
            space_ids=tuple(room.id for room in wish.rooms),
            pattern=pattern,
            title="History",
            people=wish.people,
            loudness=wish.loudness,
            needs_quiet=wish.needs_quiet,
            items=((self.catalogue.items[venue].pk, wish.items),) if wish.items else (),
            responsible_adult=ADULT,
            on_clash=on_clash,
        )

    def has_dates(self) -> bool:
        return bool(self.world.dates)

    def _date(self, which: int) -> Date:
        return self.world.dates[which % len(self.world.dates)]

    def _may(self, ought: bool, call: Callable[[], object]) -> bool:
        """Whether it was done, which it ought to be or not."""
        refusal = None
        try:
            with transaction.atomic():
                call()
        except DomainError as error:
            refusal = error
        assert (refusal is None) == ought, refusal or "it ought to be refused"
        return ought

    @precondition(has_dates)
    @rule(which=_any, says=st.sampled_from(["confirmed", "declined"]), only_one=st.booleans())
    def answer(self, which: int, says: str, only_one: bool) -> None:
        date_ = self._date(which)
        chosen = [date_] if only_one else self.world.of(date_.booking)
        waiting = [one for one in chosen if self.world.state(one) == WAITING]
        booking, actor = Booking.objects.get(pk=date_.booking), self.catalogue.manager
        ids = [date_.id] if only_one else None

        def call() -> object:
            if says == "confirmed":
                return approve_booking(booking, actor=actor, now=self.world.now, dates=ids)
            return decline_booking(
                booking, reason="Floor", actor=actor, now=self.world.now, dates=ids
            )

        if self._may(bool(waiting), call):
            for one in waiting:
                one.state, one.hold_until = says, None

    @precondition(has_dates)
    @rule(which=_any, by_venue=st.booleans(), only_one=st.booleans())
    def cancel(self, which: int, by_venue: bool, only_one: bool) -> None:
        date_ = self._date(which)
        booking = Booking.objects.get(pk=date_.booking)
        actor = self.catalogue.manager if by_venue else User.objects.get(pk=date_.wish.hirer)
        chosen = [date_] if only_one else self.world.of(date_.booking)
        ahead = [
            one
            for one in chosen
            if one.span.start > self.world.now and self.world.state(one) in (WAITING, "confirmed")
        ]

        def call() -> object:
            if not only_one:
                return cancel_booking(booking, reason="", actor=actor, now=self.world.now)
            occurrence = Occurrence.objects.get(pk=date_.id)
            return cancel_occurrence(occurrence, reason="", actor=actor, now=self.world.now)

        if self._may(bool(ahead), call):
            for one in ahead:
                one.state = f"cancelled_by_{'venue' if by_venue else 'hirer'}"
                one.hold_until = None

    @precondition(has_dates)
    @rule(which=_any, came=st.booleans())
    def record(self, which: int, came: bool) -> None:
        date_ = self._date(which)
        before = {"confirmed", "no_show"} if came else {"confirmed", "attended"}
        ought = date_.span.start <= self.world.now and self.world.state(date_) in before
        verb = record_attended if came else record_no_show
        occurrence = Occurrence.objects.get(pk=date_.id)
        if self._may(
            ought, lambda: verb(occurrence, actor=self.catalogue.manager, now=self.world.now)
        ):
            date_.state = "attended" if came else "no_show"

    @rule(hours=st.sampled_from([1, 5, 23, 26]))
    def wait(self, hours: int) -> None:
        self.world.now += timedelta(hours=hours)

    @rule()
    def sweep(self) -> None:
        expire_lapsed(now=self.world.now)
        assert not self._has_unnoticed()

    @rule(where=_any, day=st.integers(0, 2), starts=_starts, hours=st.sampled_from([1, 3]))
    def close(self, where: int, day: int, starts: time, hours: int) -> None:
        room = self.catalogue.rooms[where % len(self.catalogue.rooms)]
        begins = at(FRIDAY + timedelta(days=day), starts)
        span = Span(begins, begins + timedelta(hours=hours))
        ought = span.end > self.world.now and self.world.may_close(room.atoms, span)
        venue = Venue.objects.get(pk=room.venue)
        if self._may(
            ought,
            lambda: close_spaces(
                venue, [room.id], span, reason="Floor", actor=None, now=self.world.now
            ),
        ):
            latest = Closure.objects.latest("pk")
            self.world.closures.append(Closed(latest.pk, room.atoms, span))

    @precondition(lambda self: self.world.closures)
    @rule(which=_any)
    def lift(self, which: int) -> None:
        closed = self.world.closures[which % len(self.world.closures)]
        closure = Closure.objects.get(pk=closed.id)
        ought = closed.span.end > self.world.now
        if self._may(ought, lambda: lift_closure(closure, actor=None, now=self.world.now)):
            self.world.closures.remove(closed)
            if closed.span.start < self.world.now:
                closed.span = Span(closed.span.start, self.world.now)
                self.world.closures.append(closed)

    def _has_unnoticed(self) -> bool:
        lapsed = Occurrence.objects.filter(state=WAITING, hold_until__lte=self.world.now)
        return lapsed.exists()

    @invariant()
    def nothing_differs(self) -> None:
        assert list(drift.differences(now=self.world.now)) == []

    @invariant()
    def every_date_is_in_its_state(self) -> None:
        found = dict(Occurrence.objects.values_list("pk", "state"))
        for one in self.world.dates:
            ought = self.world.state(one)
            noticed = found[one.id] == ought
            assert noticed or (found[one.id], ought) == (WAITING, "expired")
        assert found.keys() == {one.id for one in self.world.dates}

    @invariant()
    def states_change_by_the_table_alone(self) -> None:
        allowed = {(before, step.after) for step in STEPS.values() for before in step.before}
        allowed |= {(None, step.after) for step in STEPS.values() if not step.before}
        found = dict(Occurrence.objects.values_list("pk", "state"))
        for pk, state in found.items():
            before = self.seen.get(pk)
            assert before == state or (before, state) in allowed
        self.seen = found

    @invariant()
    def what_is_used_is_claimed_and_nothing_else(self) -> None:
        rows = Claim.objects.filter(active=True, kind=ClaimKind.USE)
        rows = rows.exclude(hold_until__lte=self.world.now)
        found = set(rows.values_list("space_id", "starts_at", "ends_at", "owner_id"))
        assert found == self.world.uses()
        assert (
            set(
                Occurrence.objects.filter(pk__in=[row[3] for row in found]).values_list(
                    "state", flat=True
                )
            )
            <= LIVE
        )

    @invariant()
    def what_is_free_is_shown_as_free(self) -> None:
        if self._has_unnoticed():
            # The buffer beside a hold that ran out comes back when somebody notices.
            return
        rooms = self.catalogue.rooms
        found = free_intervals([room.id for room in rooms], WINDOW, now=self.world.now)
        for room in rooms:
            assert list(found[room.id].spans) == self.world.free(room, WINDOW), room


QUIET = [HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.filter_too_much]
A_FEW = settings(
    max_examples=8,
    stateful_step_count=20,
    derandomize=True,
    database=None,
    deadline=None,
    suppress_health_check=QUIET,
)
MANY = settings(A_FEW, max_examples=3, stateful_step_count=40, derandomize=False)


def histories() -> type[Histories]:
    return type("Histories", (Histories,), {"catalogue": Catalogue()})


def test_the_database_and_a_simple_model_agree() -> None:
    run(histories(), settings=A_FEW)


@pytest.mark.soak
def test_the_database_and_a_simple_model_agree_for_long(soak: Soak) -> None:
    machine = histories()
    for _n in soak.rounds():
        run(machine, settings=MANY)
