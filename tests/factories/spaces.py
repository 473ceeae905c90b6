"""Venues and spaces. A space is an atom unless made by `divisible_hall`."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

import factory
from factory.django import DjangoModelFactory

from core.clock import at
from spaces import habits
from spaces.models import OpeningSpan, Space, SpacePart, Venue, VenueKind
from tests.factories.accounts import LONG_AGO, OperatorFactory


class VenueFactory(DjangoModelFactory):
    class Meta:
        model = Venue

    operator = factory.SubFactory(OperatorFactory)
    council = factory.SelfAttribute("operator.council")
    name = factory.Sequence(lambda n: f"Mill Lane Centre {n}")
    slug = factory.Sequence(lambda n: f"mill-lane-centre-{n}")
    kind = VenueKind.COMMUNITY_CENTRE
    confirmation = Venue.Confirmation.INSTANT
    notice_hours = 0
    booking_window_days = 1100
    latitude = 51.45
    longitude = 0.15
    created_at = LONG_AGO


class SpaceFactory(DjangoModelFactory):
    class Meta:
        model = Space
        skip_postgeneration_save = True

    venue = factory.SubFactory(VenueFactory)
    name = factory.Sequence(lambda n: f"Room {n}")
    slug = factory.Sequence(lambda n: f"room-{n}")
    capacity = 60

    @factory.post_generation
    def atoms(obj: Space, create: bool, extracted: Any, **kwargs: Any) -> None:  # noqa: N805
        """Itself, or nothing for a whole (`SpaceFactory(atoms=False)`)."""
        if create and extracted is not False:
            SpacePart.objects.create(space=obj, part=obj)


@dataclass(frozen=True)
class DivisibleHall:
    whole: Space
    left: Space
    right: Space


def divisible_hall(**fields: Any) -> DivisibleHall:
    """A hall of two halves at one venue."""
    whole = SpaceFactory(atoms=False, **fields)
    left = SpaceFactory(venue=whole.venue)
    right = SpaceFactory(venue=whole.venue)
    for part in (left, right):
        SpacePart.objects.create(space=whole, part=part)
    return DivisibleHall(whole=whole, left=left, right=right)


def open_daily(space: Space, first: date, *, days: int, opens: time, closes: time) -> None:
    """Opening spans as rows, the same hours each day; `closes` <= `opens` ends next day."""
    rows = []
    for n in range(days):
        day = first + timedelta(days=n)
        last = day + timedelta(days=1) if closes <= opens else day
        rows.append(OpeningSpan(space=space, starts_at=at(day, opens), ends_at=at(last, closes)))
    OpeningSpan.objects.bulk_create(rows)
    _hours_known(space, until=first + timedelta(days=days))
    habits.refresh([space.pk], now=at(first, time(0)))
    space.refresh_from_db(fields=["opens_late", "opens_at_weekends"])


def open_always(space: Space, around: datetime, *, days: int = 60) -> None:
    """Open round the clock from a week before `around` for `days` days."""
    first = (around - timedelta(days=7)).date()
    rows = [
        OpeningSpan(
            space=space,
            starts_at=at(first + timedelta(days=n), time(0)),
            ends_at=at(first + timedelta(days=n + 1), time(0)),
        )
        for n in range(days)
    ]
    OpeningSpan.objects.bulk_create(rows)
    _hours_known(space, until=first + timedelta(days=days))


def _hours_known(space: Space, *, until: date) -> None:
    space.hours_known = True
    space.expanded_until = until
    space.save(update_fields=["hours_known", "expanded_until"])
