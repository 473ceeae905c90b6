"""Charge sheets with something to save, and a venue that goes by them."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, time
from decimal import Decimal
from random import Random
from typing import Any

from django.db import transaction
from django.db.models import Sum

from accounts.models import User
from bookings.models import QuoteLine
from bookings.requests import BookingRequest
from bookings.services import preview_booking, request_booking
from bookings.services.cheaper import Alternative, Kind, cheaper_ways
from core.clock import london
from spaces.models import Space, Venue
from spaces.timetable import Frequency, Pattern, spans
from tests.factories import SpaceFactory, UserFactory, open_daily
from tests.factories.bookings import NOW
from tests.tariffs.documents import EVENING, rule, sheet

TUESDAY = date(2027, 1, 12)
DAYPARTS = {
    "morning": {"from": "09:00", "until": "13:00"},
    "afternoon": {"from": "13:00", "until": "18:00"},
    **EVENING,
}
BLOCK = {"id": "block", "kind": "adjust", "when": {"series": ">= 6"}, "percent": "-10"}


def room(venue: Venue | None = None, *, name: str = "Hall", **fields: Any) -> Space:
    """A room that is open every day from 8am to 11pm."""
    more = {"venue": venue} if venue is not None else {}
    space = SpaceFactory(name=name, slug=name.lower().replace(" ", "-"), **more, **fields)
    open_daily(space, date(2027, 1, 4), days=430, opens=time(8), closes=time(23))
    return space


def hourly(*slugs: str, day: str = "10", evening: str = "14", weekend: str = "16") -> list[Any]:
    """By the hour, dearer in the evening and at weekends."""
    target = {"each": list(slugs)}
    return [
        rule("day", day, target=target, day=["weekday"]),
        rule("evening", evening, target=target, day=["weekday"], daypart="evening"),
        rule("weekend", weekend, target=target, day=["weekend"]),
    ]


def by_hour(*slugs: str, **prices: str) -> dict[str, Any]:
    return sheet(*hourly(*slugs, **prices), dayparts=DAYPARTS)


def random_sheet(pick: Random, slugs: list[str]) -> dict[str, Any]:
    """One of the ways in which village halls charge, with figures by chance."""
    rules: list[Any] = []
    for slug in slugs:
        target = {"spaces": [slug]}
        low = pick.randrange(6, 15)
        high = low + pick.randrange(1, 9)
        least = pick.choice(["1", "2"])
        if pick.random() < 0.3:
            rules += [
                rule(
                    f"{part}-{slug}", str(low * 3 + n), target=target, unit="session", daypart=part
                )
                for n, part in enumerate(DAYPARTS)
            ]
        else:
            rules.append(rule(f"day-{slug}", str(low), target=target, least=least))
            rules.append(
                rule(f"evening-{slug}", str(high), target=target, least=least, daypart="evening")
            )
        if pick.random() < 0.5:
            weekend = rule(f"weekend-{slug}", str(high + 2), target=target, day=["weekend"])
            rules.append(weekend | {"rank": 1})
        if pick.random() < 0.5:
            price = str(low * pick.randrange(3, 6))
            whole = rule(f"whole-{slug}", price, target=target, unit="day", hours="> 5")
            rules.append(whole | {"rank": 2})
    if pick.random() < 0.5:
        rules.append(BLOCK | {"percent": pick.choice(["-5", "-12.5", "-33"])})
    return sheet(*rules, dayparts=DAYPARTS)


def random_pattern(pick: Random) -> Pattern:
    """A hire of the coming months, also on nights when clocks change."""
    start = pick.randrange(9 * 4, 20 * 4) * 15
    end = min(start + pick.randrange(2, 24) * 15, 23 * 60)
    first = pick.choice([date(2027, 3, 22), date(2027, 10, 26), date(2027, 1, 11)])
    more: dict[str, Any] = {}
    if pick.random() < 0.3:
        more = {"frequency": Frequency.WEEKLY, "count": pick.choice([2, 4, 6])}
    return Pattern(
        first=first.replace(day=first.day + pick.randrange(5)),
        starts=time(*divmod(start, 60)),
        ends=time(*divmod(end, 60)),
        **more,
    )


def ways(request: BookingRequest, actor: User | None = None) -> dict[Kind, Alternative]:
    """What is offered instead, by kind."""
    actor = actor or UserFactory()
    plan = preview_booking(request, actor=actor, now=NOW)
    return {way.kind: way for way in cheaper_ways(plan, actor=actor, now=NOW)}


def price_when_booked(request: BookingRequest, actor: User) -> Decimal:
    """The sum of the stored lines of a booking that is then undone."""
    with transaction.atomic():
        booking = request_booking(request, actor=actor, now=NOW)
        lines = QuoteLine.objects.filter(occurrence__booking=booking)
        amount: Decimal = lines.aggregate(amount=Sum("amount"))["amount"]
        transaction.set_rollback(True)
    return amount


def usual_when_booked(way: Alternative, asked: BookingRequest, actor: User) -> Decimal:
    """What was asked, booked; and of a block each further date booked by itself."""
    days = {span.start for span in spans(asked.pattern)}
    further = [span for span in spans(way.request.pattern) if span.start not in days]
    paid = price_when_booked(asked, actor)
    if way.kind is Kind.BLOCK:
        for span in further:
            first = london(span.start).date()
            one = replace(asked.pattern, first=first, frequency=Frequency.ONCE, count=None)
            paid += price_when_booked(replace(asked, pattern=one), actor)
    return paid
