"""What is said of access is kept with its source, and nonsense is refused, by the database too."""

from __future__ import annotations

from datetime import UTC, date, datetime, time
from decimal import Decimal

import pytest
from django.db import IntegrityError, connection, transaction

from core.errors import BadInput, NotAllowed
from spaces.access_facts import State
from spaces.models import (
    AccessFact,
    AccessFault,
    AccessLink,
    AccessNode,
    EntranceHours,
    Space,
)
from spaces.search import Question, which_fit
from spaces.services import needs
from spaces.services.access import CONTRADICTIONS, FactPlace, Said, record_facts, settle
from spaces.services.catalogue import create_space
from spaces.services.faults import report_fault
from spaces.services.ways import DoorHours, join, save_place
from tests.factories import SpaceFactory, UserFactory, VenueFactory
from tests.factories.access import node, say

pytestmark = pytest.mark.django_db

NOW = datetime(2027, 1, 5, 9, 0, tzinfo=UTC)  # a Tuesday


def found(need: str) -> dict[int, State]:
    fits = which_fit(Question(with_needs=True), now=NOW)
    return {fit.space_id: fit.facts.state_of(need) for fit in fits}


def test_what_a_manager_says_is_kept_with_what_was_said_before() -> None:
    venue = VenueFactory()
    for value, day in (("yes", date(2026, 1, 1)), ("no", date(2027, 1, 1))):
        record_facts(FactPlace(venue), [Said("accessible_toilet", value, day)], actor=None, now=NOW)

    now_said = AccessFact.objects.get(superseded_by=None)
    before = AccessFact.objects.exclude(pk=now_said.pk).get()
    assert (now_said.value, before.value, before.superseded_by) == ("no", "yes", now_said)


def test_reports_that_differ_are_settled_by_keeping_one() -> None:
    space = SpaceFactory()
    say(space, "quiet_space", "yes")
    right = say(space, "quiet_space", "no", source="visitor")
    assert found("quiet")[space.pk] is State.UNKNOWN

    settle(right, actor=None, now=NOW)

    assert found("quiet")[space.pk] is State.NO


@pytest.mark.parametrize(
    "said",
    [
        Said("entrance_steps", "no", None, measure=Decimal(3)),
        Said("entrance_steps", "yes", None, measure=Decimal(0)),
        Said("entrance_steps", "yes", None, measure=Decimal(-2)),
        Said("door_opening", "yes", None, choice="manual_heavy"),
        Said("door_opening", "yes", None, choice="teleport"),
        Said("entrance_step_free", "maybe", None),
        Said("entrance_step_free", "yes", date(2027, 1, 6)),
        Said("entrance_step_free", "yes", None, note="a\x00b"),
        Said("lift_car_size", "yes", None, measure=Decimal(900)),
        Said("quiet_times", "yes", None),
        Said("levitation", "yes", None),
    ],
)
def test_nonsense_is_refused_in_words(said: Said) -> None:
    with pytest.raises(BadInput):
        record_facts(FactPlace(VenueFactory()), [said], actor=None, now=NOW)
    assert not AccessFact.objects.exists()


def test_a_door_cannot_be_level_and_have_steps() -> None:
    venue = VenueFactory()
    door = AccessNode.objects.create(venue=venue, kind="entrance", name="Door")
    steps = Said("entrance_steps", "yes", None, measure=Decimal(2))
    for code, _other, _value in CONTRADICTIONS[:1]:
        with pytest.raises(BadInput):
            record_facts(
                FactPlace(venue, node=door), [Said(code, "yes", None), steps], actor=None, now=NOW
            )
    # Another door of the same venue may be level.
    level = Said("entrance_step_free", "yes", None)
    assert record_facts(FactPlace(venue), [level, steps], actor=None, now=NOW)


@pytest.mark.parametrize(
    "fields",
    [
        {"value": "yes", "measure": 3},
        {"value": "yes", "measure": 0, "unit": "mm"},
        {"value": "yes", "measure": -5, "unit": "mm"},
        {"value": "no", "measure": 3, "unit": "steps"},
        {"value": "unknown", "measure": 3, "unit": "steps"},
        {"value": "yes", "measure": 3, "unit": "furlongs"},
        {"value": "unknown", "choice": "fixed"},
    ],
)
def test_the_database_refuses_nonsense(fields: dict[str, object]) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        AccessFact.objects.create(venue=VenueFactory(), code="entrance_steps", **fields)


def test_the_database_keeps_ways_facts_and_faults_within_one_venue() -> None:
    mine, theirs = VenueFactory(), VenueFactory()
    one, other = node(mine, "entrance", "Door"), node(theirs, "landing", "Hallway")
    second = node(mine, "landing", "Hallway")
    room = SpaceFactory(venue=theirs)
    wrong = [
        lambda: AccessLink.objects.create(venue=mine, low=one, high=other),
        lambda: AccessLink.objects.create(venue=mine, low=one, high=one),
        lambda: AccessLink.objects.create(venue=mine, low=second, high=one),
        lambda: AccessNode.objects.create(venue=mine, kind="space", name="Room", space=room),
        lambda: AccessNode.objects.create(venue=mine, kind="space", name="No room"),
        lambda: AccessFact.objects.create(venue=mine, node=other, code="lift", value="yes"),
        lambda: AccessFact.objects.create(venue=mine, space=room, code="lift", value="yes"),
        lambda: AccessFault.objects.create(
            venue=mine, node=other, what="lift", starts_at=NOW, reported_at=NOW
        ),
        lambda: AccessFault.objects.create(
            venue=mine, what="lift", starts_at=NOW, until=NOW, reported_at=NOW
        ),
        lambda: EntranceHours.objects.create(node=one, weekday=1, opens=time(9), closes=time(8)),
    ]
    for make in wrong:
        with pytest.raises(IntegrityError), transaction.atomic():
            make()
    AccessLink.objects.create(venue=mine, low=one, high=second)
    with pytest.raises(IntegrityError), transaction.atomic():
        AccessLink.objects.create(venue=mine, low=one, high=second)


def test_only_those_who_run_the_venue_change_what_is_said() -> None:
    venue, stranger = VenueFactory(), UserFactory()
    door = node(venue, "entrance", "Door")
    calls = [
        lambda: record_facts(
            FactPlace(venue), [Said("lift", "yes", None)], actor=stranger, now=NOW
        ),
        lambda: save_place(door, actor=stranger, now=NOW),
        lambda: join(door, door, actor=stranger, now=NOW),
        lambda: report_fault(
            AccessFault(venue=venue, what="lift", starts_at=NOW), actor=stranger, now=NOW
        ),
    ]
    for call in calls:
        with pytest.raises(NotAllowed):
            call()


def test_a_door_with_times_of_its_own_needs_times_that_can_be() -> None:
    door = AccessNode(venue=VenueFactory(), kind="entrance", name="Door", hours="own")
    for wrong in (
        [],
        [DoorHours(0, time(10), time(9))],
        [DoorHours(0, time(9), time(12)), DoorHours(0, time(11), time(13))],
    ):
        with pytest.raises(BadInput):
            save_place(door, wrong, actor=None, now=NOW)
    save_place(door, [DoorHours(0, time(9), time(12))], actor=None, now=NOW)
    assert door.hours_rows.count() == 1


def test_a_new_room_is_answered_for_at_once() -> None:
    old = SpaceFactory()
    say(old, "hearing_loop", "yes")

    room = create_space(
        Space(venue=old.venue, name="New room", kind=Space.Kind.ROOM), actor=None, now=NOW
    )

    assert found("hearing_loop")[room.pk] is State.YES
    assert list(needs.differences(now=NOW)) == []


def test_the_database_refuses_a_level_door_with_steps_when_it_commits() -> None:
    venue = VenueFactory()
    door = node(venue, "entrance", "Door", {"entrance_step_free": "yes"})
    # Another door of the venue may have them.
    say(venue, "entrance_step_free", "yes")
    say(venue, "entrance_steps", "yes")
    _as_at_commit()

    AccessFact.objects.create(venue=venue, node=door, code="entrance_steps", value="yes")

    with pytest.raises(IntegrityError, match="cannot both be right"), transaction.atomic():
        _as_at_commit()
    AccessFact.objects.filter(node=door).delete()


def _as_at_commit() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS access_fact_agrees IMMEDIATE")
        cursor.execute("SET CONSTRAINTS access_fact_agrees DEFERRED")
