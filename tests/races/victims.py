"""What processes do until they are killed, and what must hold whenever that was."""

from __future__ import annotations

import multiprocessing
import time as clock
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from email import message_from_bytes
from functools import partial
from multiprocessing.connection import Connection
from multiprocessing.context import ForkProcess as Process
from pathlib import Path

from asgiref.sync import async_to_sync
from django.db import connection, connections
from django.db.models import Count
from procrastinate.contrib.django import app
from procrastinate.contrib.django.models import ProcrastinateJob

from accounts.models import StaffRole, User
from bookings.models import (
    Booking,
    CancellationCharge,
    DuePart,
    ItemUse,
    Occurrence,
    State,
    Use,
)
from bookings.services import approve_booking, cancel_booking, expire_lapsed, request_booking
from notices.delivery import OWED, defer_forgotten
from notices.models import Notice
from notices.services import tell
from spaces import drift
from spaces.models import Series, Space, StockItem, Venue, VenueRole
from tests.factories import UserFactory, VenueFactory, divisible_hall, open_daily
from tests.factories.bookings import NOW, asked, weekly
from tests.factories.terms import ALL, rates_with
from tests.notices import killed as workers

WEEKS = 52
FIRST = date(2027, 1, 11)
LATER = NOW + timedelta(days=4)
SLOW = "tests.notices.killed.Slow"
_FILES = "django.core.mail.backends.filebased.EmailBackend"
_FORKED = multiprocessing.get_context("fork")
_HOURS = (8, 10, 12, 14, 16, 18)

# What the hirer is told on the way to each state, at a venue that books at once or answers.
_TOLD = {
    State.REQUESTED: ["booking_requested"],
    State.CONFIRMED: ["booking_confirmed"],
    State.CANCELLED_BY_HIRER: ["booking_cancelled"],
    State.EXPIRED: ["booking_expired"],
}


@dataclass(frozen=True)
class Scene:
    """A hall of two halves with gazebos, hours and rates; `confirmation` as told."""

    hall: Space
    item: StockItem
    manager: User


def scene(confirmation: str) -> Scene:
    hall = divisible_hall(venue=VenueFactory(confirmation=confirmation, answer_hours=72)).whole
    hall.setup_minutes = hall.cleardown_minutes = 15
    hall.save()
    open_daily(hall, FIRST, days=WEEKS * 7 + 7, opens=time(7), closes=time(22))
    item = StockItem.objects.create(venue=hall.venue, name="Gazebo", quantity=500)
    rates_with(hall.venue, *ALL)
    manager = UserFactory()
    VenueRole.objects.create(venue=hall.venue, user=manager, role=StaffRole.MANAGER)
    return Scene(hall, item, manager)


def book_slot(here: Scene, n: int, person: User) -> Booking:
    """A year of weeks in the n-th slot of the week: both halves, buffers and two gazebos."""
    hour = _HOURS[n // 7]
    pattern = weekly(FIRST + timedelta(days=n % 7), WEEKS)
    pattern = replace(pattern, starts=time(hour), ends=time(hour + 1))
    request = asked(here.hall, pattern=pattern, items=((here.item.pk, 2),))
    return request_booking(request, actor=person, now=NOW)


def make_series(here: Scene, person: User, first: int) -> None:
    for n in range(first, 7 * len(_HOURS)):
        book_slot(here, n, person)


def approve_each(here: Scene, ids: Iterable[int]) -> None:
    for booking in Booking.objects.filter(pk__in=ids).order_by("pk"):
        approve_booking(booking, actor=here.manager, now=NOW)


def cancel_each(ids: Iterable[int]) -> None:
    for booking in Booking.objects.filter(pk__in=ids).order_by("pk"):
        cancel_booking(booking, reason="Ill", actor=booking.private_hirer, now=NOW)


def expire_all() -> None:
    expire_lapsed(now=LATER)


def killed(call: Callable[[], None], *, after: float) -> bool:
    """Run `call` in a process of its own and kill -9 it after so many seconds of work.

    False where it was done before that. Any error of its own fails.
    """
    process, _backend = _start(call)
    process.join(after)
    process.kill()
    process.join(30)
    assert process.exitcode in (0, -9), f"it ended by itself with {process.exitcode}"
    return process.exitcode == -9


def cut_off(call: Callable[[], None], cut: Callable[[int], None], *, after: float) -> None:
    """Run `call` in a process of its own, and `cut` the server process behind it, by its pid.

    What is cut off ends with an error, or was done before; it never hangs.
    """
    process, backend = _start(call)
    process.join(after)
    cut(backend)
    process.join(40)
    if process.exitcode is None:
        process.kill()
        message = "cut off from the database, it hangs"
        raise TimeoutError(message)


def _start(call: Callable[[], None]) -> tuple[Process, int]:
    connections.close_all()
    receiver, sender = _FORKED.Pipe(duplex=False)
    process = _FORKED.Process(target=_begin, args=(call, sender), daemon=True)
    process.start()
    sender.close()
    return process, receiver.recv()


def _begin(call: Callable[[], None], sender: Connection) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        sender.send(cursor.fetchone()[0])
    call()


def nothing_is_half_done(*, now: datetime = NOW) -> None:
    """Each series is whole, in one state, claimed as it ought to be, and its hirer is told."""
    nothing_is_locked()
    whole = {"dates": WEEKS, "states": 1}
    for found in Booking.objects.annotate(
        dates=Count("occurrences"), states=Count("occurrences__state", distinct=True)
    ).values("dates", "states"):
        assert found == whole
    dates = Occurrence.objects.count()
    assert Use.objects.count() == ItemUse.objects.count() == dates
    assert Series.objects.filter(title__startswith="booking").count() == Booking.objects.count()
    assert list(drift.differences(now=now)) == []
    _every_cancelled_date_is_charged()
    _everybody_is_told()


def _every_cancelled_date_is_charged() -> None:
    """Where it was booked before; each of these venues books at once, or nobody cancels there."""
    gone = Occurrence.objects.filter(state=State.CANCELLED_BY_HIRER).values_list("pk", flat=True)
    charged = CancellationCharge.objects.filter(charge__isnull=False)
    assert set(charged.values_list("occurrence_id", flat=True)) == set(gone)
    due = DuePart.objects.values_list("booking", flat=True)
    assert set(due) == set(Booking.objects.values_list("pk", flat=True))


def nothing_is_locked() -> None:
    """A server process notices soon that its client is gone, and lets go of everything."""
    until = clock.monotonic() + 10
    while True:
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database()"
                " AND pid <> pg_backend_pid() AND backend_type = 'client backend'"
            )
            if cursor.fetchone() == (0,):
                return
        assert clock.monotonic() < until, "a dead client's transaction lives on"
        clock.sleep(0.02)


def _everybody_is_told() -> None:
    events: dict[int, Counter[str]] = {}
    notices = Notice.objects.filter(subject_kind="bookings.booking", event__startswith="booking_")
    for booking_id, event in notices.values_list("subject_id", "event"):
        events.setdefault(booking_id, Counter())[event] += 1
    for booking in Booking.objects.select_related("venue").prefetch_related("occurrences"):
        state = State(booking.occurrences.all()[0].state)
        if booking.venue.confirmation == Venue.Confirmation.REQUEST:
            ought = {*_TOLD[State.REQUESTED], *_TOLD[state]}
        else:
            ought = {*_TOLD[State.CONFIRMED], *_TOLD[state]}
        told = events.pop(booking.pk)
        assert told == dict.fromkeys(ought, 1), f"{state} but told {told}"
    assert events == {}, "somebody was told of what never happened"
    owed = set(Notice.objects.filter(state__in=OWED).values_list("pk", flat=True))
    jobs = ProcrastinateJob.objects.filter(task_name="notices.deliver", status="todo")
    assert owed <= set(jobs.values_list("args__notice_id", flat=True))


def owe(mails: int) -> set[int]:
    """So many notices, committed; their numbers."""
    return {
        tell(
            "booking_confirmed",
            to_email=f"person{n}@example.org",
            context={"reference": f"R{n}", "dates": [], "spaces": []},
            now=NOW,
        ).pk
        for n in range(mails)
    }


def deliver_what_is_left(folder: Path) -> None:
    """What the schedule does after a worker died: its jobs again, and another worker."""
    for job in async_to_sync(app.job_manager.get_stalled_jobs)(seconds_since_heartbeat=0):
        async_to_sync(app.job_manager.retry_job)(job)
    workers.a_while_later()
    defer_forgotten(now=NOW + timedelta(hours=1))
    assert not killed(partial(workers.work, str(folder), _FILES), after=60)


def each_arrived(ids: set[int], folder: Path) -> None:
    """Every notice was sent, at worst twice with one Message-ID; more often only what was in
    the worker's hands when it died."""
    rows = Notice.objects.filter(pk__in=ids)
    assert set(rows.values_list("state", flat=True)) == {Notice.State.SENT}
    sent = Counter(message_from_bytes(raw)["Message-ID"] for raw in workers.mails(folder))
    assert set(rows.values_list("message_id", flat=True)) <= set(sent)
    assert sorted(sent.values())[:-1] == [1] * (len(sent) - 1)
    assert max(sent.values()) <= 2
