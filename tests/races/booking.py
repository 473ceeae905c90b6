"""What one racing process does: ask for a booking, and say how it went."""

from __future__ import annotations

from datetime import date, time, timedelta
from typing import Any

from accounts.models import User
from bookings.errors import BookingRefused, CostsMore
from bookings.requests import BookingRequest, ContactDetails, OnClash
from bookings.services import request_booking
from core.errors import DomainError
from spaces.errors import SpaceTaken, StockShort
from spaces.models.timetable import Loudness
from spaces.timetable import Frequency, Pattern
from tests.factories.bookings import NOW

FIRST = date(2027, 2, 2)
BOOKED, TAKEN, REFUSED = "booked", "taken", "refused"


def ask(
    venue_id: int,
    space_ids: tuple[int, ...],
    person_id: int,
    week: int,
    *,
    dates: int = 1,
    loudness: int = Loudness.TALK,
    needs_quiet: bool = False,
    items: tuple[tuple[int, int], ...] = (),
    people: int = 10,
    hours_later: float = 0,
    hour: int = 19,
    **more: Any,
) -> str:
    """Ask for 7pm to 9pm in `week`, once or weekly. Any error but a refusal comes out.

    `more`: further parts of the request.
    """
    pattern = Pattern(
        first=FIRST + timedelta(weeks=week),
        starts=time(hour),
        ends=time(hour + 2),
        frequency=Frequency.WEEKLY if dates > 1 else Frequency.ONCE,
        count=dates if dates > 1 else None,
    )
    request = BookingRequest(
        venue_id=venue_id,
        space_ids=space_ids,
        pattern=pattern,
        title="Race",
        people=people,
        loudness=Loudness(loudness),
        needs_quiet=needs_quiet,
        items=items,
        responsible_adult=ContactDetails("Ada", phone="1"),
        on_clash=OnClash.REFUSE_ALL,
        **more,
    )
    actor = User.objects.get(pk=person_id)
    try:
        request_booking(request, actor=actor, now=NOW + timedelta(hours=hours_later))
    except (SpaceTaken, StockShort):
        return TAKEN
    except (BookingRefused, CostsMore):
        return REFUSED
    except DomainError as error:
        return type(error).__name__
    return BOOKED


def ask_often(rounds: int, plans: list[dict[str, Any]]) -> list[str]:
    """The plan of each round in turn, `plans[round % len(plans)]`, one week further each."""
    said = []
    for n in range(rounds):
        plan = dict(plans[n % len(plans)])
        said.append(
            ask(plan.pop("venue_id"), plan.pop("space_ids"), plan.pop("person_id"), n, **plan)
        )
    return said
