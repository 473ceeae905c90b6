"""What racing processes do besides asking: answer, cancel, close, sweep; and how it went."""

from __future__ import annotations

import random
from datetime import datetime, time, timedelta
from typing import Any

from accounts.models import User
from bookings.models import Booking, Occurrence
from bookings.services import (
    approve_booking,
    cancel_booking,
    cancel_occurrence,
    decline_booking,
    expire_lapsed,
)
from core.clock import at
from core.errors import DomainError
from core.intervals import Span
from spaces.models import Closure, Venue
from spaces.models.timetable import Loudness
from spaces.services.closures import close_spaces, lift_closure
from spaces.services.overdue import tell_overdue
from tests.factories.bookings import NOW
from tests.races.booking import FIRST, ask

DONE = "done"
FROM, UNTIL = time(18, 30), time(19, 30)


def act(verb: str, arguments: dict[str, Any]) -> str:
    """One of the verbs below; a refusal comes back by its code, any other error comes out."""
    try:
        return globals()[verb](**arguments) or DONE
    except DomainError as error:
        return error.code


def asks(**arguments: Any) -> str:
    return ask(**arguments)


def approves(booking: int, person: int, now: datetime) -> None:
    approve_booking(_get(Booking, booking), actor=_get(User, person), now=now)


def declines(booking: int, person: int, now: datetime) -> None:
    actor = _get(User, person)
    decline_booking(_get(Booking, booking), reason="Floor", actor=actor, now=now)


def cancels(booking: int, person: int, now: datetime) -> None:
    cancel_booking(_get(Booking, booking), reason="Ill", actor=_get(User, person), now=now)


def cancels_date(date: int, person: int, now: datetime) -> None:
    cancel_occurrence(_get(Occurrence, date), reason="Ill", actor=_get(User, person), now=now)


def sweeps(now: datetime) -> None:
    expire_lapsed(now=now)


def tells_overdue(now: datetime) -> None:
    tell_overdue(now=now)


def closes(venue: int, spaces: list[int], week: int, now: datetime) -> None:
    day = FIRST + timedelta(weeks=week)
    span = Span(at(day, FROM), at(day, UNTIL))
    close_spaces(_get(Venue, venue), spaces, span, reason="New floor", actor=None, now=now)


def lifts(closure: int, now: datetime) -> None:
    lift_closure(_get(Closure, closure), actor=None, now=now)


def storm(venue: int, spaces: list[int], item: int, people: list[int], turns: int) -> list[str]:
    """Whatever comes to mind, `turns` times, to whatever is there; what was answered.

    `people`: the manager, then the hirers.
    """
    chance = random.Random()
    said = []
    for _n in range(turns):
        now = NOW + timedelta(hours=chance.choice([0, 1, 30]))
        booking = Booking.objects.filter(venue=venue).order_by("?").first()
        verb = chance.choice(["asks"] * 4 + ["approves", "cancels", "declines", "sweeps", "closes"])
        if verb == "asks" or booking is None:
            wish = _wish(chance, spaces, item, people[1:])
            more = {"venue_id": venue, "hours_later": (now - NOW) / timedelta(hours=1)}
            said.append(act("asks", wish | more))
        elif verb == "sweeps":
            said.append(act("sweeps", {"now": now}))
        elif verb == "closes":
            what = {"venue": venue, "spaces": [chance.choice(spaces)], "now": now}
            said.append(act("closes", what | {"week": chance.randrange(3)}))
            closure = Closure.objects.filter(venue=venue, is_lifted=False).first()
            if closure is not None:
                said.append(act("lifts", {"closure": closure.pk, "now": now}))
        else:
            person = booking.private_hirer_id if verb == "cancels" else people[0]
            said.append(act(verb, {"booking": booking.pk, "person": person, "now": now}))
    return said


def _wish(chance: random.Random, spaces: list[int], item: int, people: list[int]) -> dict[str, Any]:
    return {
        "space_ids": tuple(chance.sample(spaces, k=chance.choice([1, 1, 2]))),
        "person_id": chance.choice(people),
        "week": chance.randrange(3),
        "hour": chance.choice([15, 17, 18, 19]),
        "dates": chance.choice([1, 3]),
        "items": chance.choice([(), ((item, 1),)]),
        "loudness": int(chance.choice([Loudness.TALK, Loudness.AMPLIFIED])),
        "needs_quiet": chance.random() < 0.2,
    }


def _get(model: type[Any], pk: int) -> Any:
    return model.objects.get(pk=pk)
