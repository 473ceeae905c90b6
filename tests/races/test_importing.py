"""An imported calendar races a booking for the same hour, and another import of itself."""

from __future__ import annotations

import multiprocessing
import random
import time as wall
from functools import partial

import pytest
from django.core.management import call_command
from django.db import connections

from bookings.models import Use
from bookings.transitions import LIVE
from spaces import drift
from spaces.models import CalendarSource, Claim, ImportedDate
from spaces.models.claim import ClaimKind
from tests.factories import SpaceFactory, UserFactory, VenueFactory, divisible_hall
from tests.factories.bookings import NOW
from tests.factories.spaces import open_always
from tests.races import importing, victims
from tests.races.booking import BOOKED, TAKEN
from tests.races.harness import race_processes
from tests.races.importing import CLASHES, IMPORTED, REFUSED, SENT

pytestmark = [pytest.mark.race, pytest.mark.django_db(transaction=True)]

ROUNDS = 4


def claimed() -> list[str]:
    rows = ImportedDate.objects.filter(state=ImportedDate.State.CLAIMED)
    return sorted(rows.values_list("event_uid", flat=True))


def test_a_booking_and_a_calendar_never_both_have_the_hour() -> None:
    for _round in range(ROUNDS):
        space = SpaceFactory(venue=VenueFactory())
        open_always(space, NOW, days=120)
        turns = [("imports", space.pk), ("asks", space.pk, UserFactory().pk)]
        outcomes = race_processes("tests.races.importing:act", turns)
        assert [one.error for one in outcomes] == [None, None]
        imported, booked = (one.value for one in outcomes)
        assert (imported, booked) in {(CLASHES, BOOKED), (IMPORTED, TAKEN)}
        holders = Use.objects.filter(space=space, occurrence__state__in=LIVE).count()
        assert holders == (booked == BOOKED)
        assert claimed() == (["free"] if booked == BOOKED else ["contested", "free"])
        call_command("audit_claims")
        ImportedDate.objects.all().delete()
        Claim.objects.filter(kind=ClaimKind.IMPORTED).delete()


@pytest.mark.parametrize(("verb", "told"), [("uploads", {SENT}), ("subscribes", {SENT, REFUSED})])
def test_a_form_sent_twice_at_once_makes_one_calendar(verb: str, told: set[str]) -> None:
    space = SpaceFactory(venue=VenueFactory())
    open_always(space, NOW, days=120)
    outcomes = race_processes("tests.races.importing:act", [(verb, space.pk)] * 4)
    assert [one.error for one in outcomes] == [None] * 4
    assert {one.value for one in outcomes} == told
    assert CalendarSource.objects.count() == 1


def test_the_same_calendar_imported_at_once_is_imported_once() -> None:
    hall = divisible_hall()
    outcomes = race_processes("tests.races.importing:act", [("imports", hall.whole.pk)] * 4)
    assert [(one.value, one.error) for one in outcomes] == [(IMPORTED, None)] * 4
    assert CalendarSource.objects.count() == 1
    assert claimed() == ["contested", "free"]
    assert Claim.objects.filter(active=True).count() == 4
    call_command("audit_claims")


@pytest.mark.parametrize("after", [0.3, 0.6, 0.9, 1.2])
def test_an_import_that_is_killed_has_done_all_or_nothing(after: float) -> None:
    space = SpaceFactory()
    connections.close_all()
    process = multiprocessing.get_context("fork").Process(target=importing.bring, args=(space.pk,))
    process.start()
    wall.sleep(after)
    process.kill()
    process.join()
    assert claimed() in ([], ["contested", "free"])
    assert CalendarSource.objects.count() == bool(claimed())
    assert list(drift.differences(now=NOW)) == []
    assert importing.bring(space.pk) == IMPORTED
    assert claimed() == ["contested", "free"]


def test_a_sync_that_is_killed_leaves_one_diary_or_the_other() -> None:
    space = SpaceFactory(venue=VenueFactory())
    readings = importing.readings_of(space.pk)
    importing.bring(space.pk)
    chance = random.Random(2027)
    for _n in range(4):
        to_and_fro = partial(importing.move_to_and_fro, space.pk, readings)
        assert victims.killed(to_and_fro, after=chance.uniform(0.1, 1))
        victims.nothing_is_half_done()
        (source,) = CalendarSource.objects.all()
        starts = {start for (start,) in source.dates.values_list("starts_at")}
        if bytes(source.content) in readings:
            (minute,) = {start.minute for start in starts}
            assert bytes(source.content) == importing.busy_diary(minute)
            assert len(starts) == 200
        else:
            assert len(starts) == 2
