"""Real processes want the last free hour, the last voucher, the last of a grant: one gets it."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Callable
from decimal import Decimal
from functools import partial
from typing import Any

import pytest

from accounts.models import Organisation, User
from bookings.models import AllowanceSpend, GrantShare, Occurrence, VoucherUse
from core.errors import TryAgain
from spaces.models import Space
from tests.factories import SpaceFactory, UserFactory
from tests.factories.accounts import MembershipFactory
from tests.factories.support import allowance, grant, group_of, member_for, voucher
from tests.factories.tariffs import flat_rates
from tests.races import victims
from tests.races.booking import BOOKED, REFUSED, ask_often
from tests.races.harness import Outcome, race, race_processes

pytestmark = [pytest.mark.race, pytest.mark.db15, pytest.mark.django_db(transaction=True)]

RACERS = 6
ASK = "tests.races.booking:ask_often"


def halls() -> list[Space]:
    """A room of one venue for each racer, £20 for two hours each: only the help is scarce."""
    first = SpaceFactory()
    rooms = [first, *(SpaceFactory(venue=first.venue) for _n in range(RACERS - 1))]
    flat_rates(first.venue)
    return rooms


def members(room: Space) -> tuple[Organisation, list[User]]:
    group = group_of(member_for(room))
    people = [MembershipFactory(organisation=group).user for _n in range(RACERS)]
    return group, people


def compete(rooms: list[Space], people: list[User], **more: Any) -> Counter[str]:
    """Each wants another room at the same time.

    On a busy machine some wait too long for the lock and are told to try again.
    """
    plans = [
        {
            "venue_id": room.venue_id,
            "space_ids": (room.pk,),
            "person_id": person.pk,
            **more,
        }
        for room, person in zip(rooms, people, strict=True)
    ]
    said: list[str] = []
    for outcome in race_processes(ASK, [(1, [plan]) for plan in plans]):
        if outcome.error is not None:
            raise outcome.error
        said += outcome.value
    assert set(said) <= {BOOKED, REFUSED, TryAgain.__name__}
    return Counter(said)


def test_the_last_free_hours_go_to_one() -> None:
    rooms = halls()
    group, people = members(rooms[0])
    given = allowance(rooms[0], group, "2")
    said = compete(rooms, people, organisation_id=group.pk, at_most=Decimal(0))
    assert said[BOOKED] == 1
    given.refresh_from_db()
    assert given.left == 0
    assert AllowanceSpend.objects.count() == Occurrence.objects.count() == 1


def test_whoever_comes_too_late_pays_the_price_if_they_set_no_limit() -> None:
    rooms = halls()
    group, people = members(rooms[0])
    allowance(rooms[0], group, "4")
    said = compete(rooms, people, organisation_id=group.pk)
    assert said[REFUSED] == 0
    assert AllowanceSpend.objects.count() == min(2, said[BOOKED])


def test_the_last_use_of_a_voucher_goes_to_one() -> None:
    rooms = halls()
    given, code = voucher(rooms[0].venue)
    people = [UserFactory() for _room in rooms]
    assert compete(rooms, people, voucher_code=code)[BOOKED] == 1
    given.refresh_from_db()
    assert given.left == 0
    assert VoucherUse.objects.count() == 1


def test_the_last_pounds_of_a_grant_go_to_one() -> None:
    rooms = halls()
    group, people = members(rooms[0])
    given = grant(rooms[0], group, "20", per_date="20")
    said = compete(rooms, people, organisation_id=group.pk, at_most=Decimal(0))
    assert said[BOOKED] == 1
    given.refresh_from_db()
    assert given.left == 0
    assert GrantShare.objects.count() == 1


def test_without_any_lock_the_database_still_lets_one_through() -> None:
    rooms = halls()
    group, people = members(rooms[0])
    given = allowance(rooms[0], group, "2")
    for room, person in zip(rooms, people, strict=True):
        compete([room], [person], organisation_id=group.pk, use_allowance=False)
    ids = list(Occurrence.objects.values_list("pk", flat=True))

    def spend(pk: int) -> None:
        AllowanceSpend.objects.create(source=given, occurrence_id=pk, counted=120, amount=20)

    outcomes: list[Outcome] = race([partial(spend, pk) for pk in ids])
    assert sum(outcome.won for outcome in outcomes) == 1
    given.refresh_from_db()
    assert given.left == 0


@pytest.mark.parametrize("seed", range(3))
def test_a_killed_booking_leaves_no_hour_spent(seed: int) -> None:
    chance: Callable[[], float] = partial(random.Random(seed).uniform, 0.05, 0.6)
    (room, *_others) = halls()
    group, (person, *_more) = members(room)
    given = allowance(room, group, "40")
    plan = {
        "venue_id": room.venue_id,
        "space_ids": (room.pk,),
        "person_id": person.pk,
        "organisation_id": group.pk,
    }
    victims.killed(partial(ask_often, 12, [plan]), after=chance())
    victims.nothing_is_locked()
    given.refresh_from_db()
    dates = Occurrence.objects.count()
    assert AllowanceSpend.objects.count() == dates
    assert given.used == 120 * dates
