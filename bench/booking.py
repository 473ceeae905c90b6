"""One booking, a year of weeks, and eight clients: through the service, each with its commit."""

from __future__ import annotations

import multiprocessing
import time
from collections.abc import Callable
from datetime import time as wall
from datetime import timedelta
from multiprocessing.connection import Connection
from multiprocessing.synchronize import Barrier
from typing import Any

from bench.figures import heading, keep

CLIENTS = 8
ROUNDS = 100
RACES = 50
# Between the last slot of the data set and closing time every room is free every day.
LATE, CLOSING = wall(22, 15), wall(22, 45)
# Days ahead on which each client books once before it is measured, no two on the same.
_FIRST_OF_ALL, _DAYS_APART = 120, 97


def clean() -> None:
    """Remove the bookings of an earlier run."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM spaces_claim WHERE owner_kind = 'occurrence'")
        cursor.execute("TRUNCATE bookings_booking CASCADE")


def booking_figures(*, claims: int) -> None:
    from accounts.models import User
    from core.clock import now
    from spaces.models import Space

    heading("Booking through the service")
    clean()
    people = [
        User.objects.get_or_create(email=f"bench{n}@example.org", defaults={"joined_at": now()})[0]
        for n in range(CLIENTS + 1)
    ]
    rooms = list(Space.objects.filter(position=4).order_by("pk").values_list("pk", "venue_id"))
    ids = [person.pk for person in people]
    keep("one booking", book_many(rooms[:1], ids[0], days=range(10, 60)), claims=claims)
    series = [book(room, ids[0], day=20, weeks=52) for room in rooms[1:21]]
    keep("a series of 52 weeks", series, claims=claims)
    shares = [rooms[100 + 20 * n : 120 + 20 * n] for n in range(CLIENTS)]
    found = side_by_side([(different, share, ids[n]) for n, share in enumerate(shares)])
    elapsed = max(end for _t, _b, end in found) - min(begin for _t, begin, _e in found)
    times = [seconds for each, _b, _e in found for seconds in each]
    keep("8 clients, different spaces", times, claims=claims, elapsed=elapsed)
    _race(rooms[30], ids, claims=claims)


def _race(room: tuple[int, int], ids: list[int], *, claims: int) -> None:
    found = side_by_side([(same, [room], ids[n]) for n in range(CLIENTS)])
    times = [seconds for each, _b, _e in found for seconds in each]
    winners = sum(1 for each, _b, _e in found for seconds in each if seconds > 0)
    elapsed = max(end for _t, _b, end in found) - min(begin for _t, begin, _e in found)
    keep("8 clients racing for one", [abs(t) for t in times], claims=claims, elapsed=elapsed)
    print(f"  {winners} winners in {RACES} rounds", flush=True)


def book(room: tuple[int, int], person: int, *, day: int, weeks: int = 1) -> float:
    """Book a late half hour `day` days on; how long it took, in seconds."""
    from accounts.models import User
    from bookings.requests import BookingRequest, ContactDetails
    from bookings.services import request_booking
    from core.clock import now, today
    from spaces.timetable import Frequency, Pattern

    space_id, venue_id = room
    request = BookingRequest(
        venue_id=venue_id,
        space_ids=(space_id,),
        pattern=Pattern(
            first=today() + timedelta(days=day),
            starts=LATE,
            ends=CLOSING,
            frequency=Frequency.WEEKLY if weeks > 1 else Frequency.ONCE,
            count=weeks if weeks > 1 else None,
        ),
        title="Late rehearsal",
        people=5,
        responsible_adult=ContactDetails("Ada Marsh", "ada@example.org", "020 7946 0000"),
    )
    actor = User.objects.get(pk=person)
    began = time.perf_counter()
    request_booking(request, actor=actor, now=now())
    return time.perf_counter() - began


def book_many(rooms: list[tuple[int, int]], person: int, *, days: range) -> list[float]:
    return [book(room, person, day=day) for day in days for room in rooms]


def different(rooms: list[tuple[int, int]], person: int, _start: Barrier) -> list[float]:
    """Each client fills its own rooms, so that only the server is shared."""
    return [book(rooms[n % len(rooms)], person, day=5 + n // len(rooms)) for n in range(ROUNDS)]


def same(rooms: list[tuple[int, int]], person: int, start: Barrier) -> list[float]:
    """All clients want one slot, round after round; the time of a loser is negative."""
    from core.errors import DomainError

    seconds = []
    for n in range(RACES):
        start.wait(60)
        began = time.perf_counter()
        try:
            seconds.append(book(rooms[0], person, day=5 + n))
        except DomainError:
            seconds.append(began - time.perf_counter())
    return seconds


Work = Callable[[list[tuple[int, int]], int, Barrier], list[float]]


def side_by_side(tasks: list[tuple[Work, list[tuple[int, int]], int]]) -> list[Any]:
    """Run each task in a process of its own, all starting together."""
    context = multiprocessing.get_context("spawn")
    start = context.Barrier(len(tasks))
    pipes, processes = [], []
    for work, rooms, person in tasks:
        receiver, sender = context.Pipe(duplex=False)
        process = context.Process(
            target=_client, args=(work.__name__, rooms, person, start, sender), daemon=True
        )
        process.start()
        pipes.append(receiver)
        processes.append(process)
    found = [pipe.recv() for pipe in pipes]
    for process in processes:
        process.join(10)
    return found


def _client(
    work: str, rooms: list[tuple[int, int]], person: int, start: Barrier, sender: Connection
) -> None:
    import django

    django.setup()
    from django.db import connection

    connection.ensure_connection()
    # A web process has booked before: what is only loaded once is not part of the figure.
    book(rooms[0], person, day=_FIRST_OF_ALL + person % _DAYS_APART)
    start.wait(60)
    began = time.perf_counter()
    seconds = {"different": different, "same": same}[work](rooms, person, start)
    sender.send((seconds, began, time.perf_counter()))
