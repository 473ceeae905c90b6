"""Venues and spaces as managers make them."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, time, timedelta
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction

from accounts.models import AuditEntry, CouncilRole, StaffRole
from core.errors import BadInput, NotAllowed, StateConflict
from spaces import claims
from spaces.locks import atoms_of
from spaces.models import (
    Claim,
    Facility,
    Layout,
    OpeningSpan,
    Pool,
    Space,
    SpacePart,
    Venue,
    VenueKind,
)
from spaces.services import catalogue, times
from spaces.services.catalogue import FacilityNote, LayoutSize
from spaces.services.parts import set_parts
from spaces.timetable import Frequency, Pattern
from tests.factories import OperatorFactory, SpaceFactory, UserFactory, VenueFactory, divisible_hall
from tests.spaces.conftest import Plain
from tests.spaces.test_claims import want

pytestmark = [pytest.mark.django_db, pytest.mark.db15]

NOW = datetime(2027, 3, 22, 12, tzinfo=UTC)


def new_venue(**fields: Any) -> Venue:
    operator = fields.pop("operator", None) or OperatorFactory()
    fields = {
        "council": operator.council,
        "operator": operator,
        "name": "Mill Lane Hall",
        "kind": VenueKind.COMMUNITY_CENTRE,
        "booking_window_days": 30,
        **fields,
    }
    return Venue(**fields)


def add_venue(**fields: Any) -> Venue:
    return catalogue.create_venue(new_venue(**fields), actor=None, now=NOW)


def add_space(venue: Venue, name: str = "Studio", **fields: Any) -> Space:
    return catalogue.create_space(Space(venue=venue, name=name, **fields), actor=None, now=NOW)


def add_whole(*parts: Space, venue: Venue | None = None) -> Space:
    hall = Space(venue=venue or parts[0].venue, name="Both")
    return catalogue.create_whole(hall, parts, actor=None, now=NOW)


class TestVenues:
    def test_a_venue_gets_a_short_name_of_its_own(self) -> None:
        assert [add_venue().slug for _ in range(3)] == [
            "mill-lane-hall",
            "mill-lane-hall-2",
            "mill-lane-hall-3",
        ]
        assert add_venue(name="文化中心").slug == "place"
        assert AuditEntry.objects.filter(verb="create-venue").count() == 4

    @pytest.mark.parametrize(
        ("wrong", "field"),
        [
            ({"name": ""}, "name"),
            ({"name": "x" * 151}, "name"),
            ({"name": "a\x00b"}, "name"),
            ({"latitude": 91.0, "longitude": 0.0}, "latitude"),
            ({"latitude": 51.0}, "__all__"),
            ({"booking_mode": "phone"}, "__all__"),
            ({"kind": "castle"}, "kind"),
            ({"booking_window_days": 0}, "booking_window_days"),
        ],
    )
    def test_what_makes_no_sense_is_refused_by_field(
        self, wrong: dict[str, Any], field: str
    ) -> None:
        with pytest.raises(BadInput) as refusal:
            add_venue(**wrong)
        assert refusal.value.details["field"] == field
        assert not Venue.objects.exists()

    def test_an_operator_of_another_council_is_refused(self) -> None:
        with pytest.raises(BadInput):
            add_venue(council=OperatorFactory().council, operator=OperatorFactory())

    def test_only_those_who_run_it_may_add_or_change_it(self) -> None:
        operator, actor = OperatorFactory(), UserFactory()
        with pytest.raises(NotAllowed):
            catalogue.create_venue(new_venue(operator=operator), actor=actor, now=NOW)
        CouncilRole.objects.create(user=actor, council=operator.council, role=StaffRole.MANAGER)
        actor = type(actor).objects.get(pk=actor.pk)
        venue = catalogue.create_venue(new_venue(operator=operator), actor=actor, now=NOW)
        other = OperatorFactory()
        venue.council, venue.operator = other.council, other
        with pytest.raises(NotAllowed):
            catalogue.update_venue(venue, actor=actor, now=NOW)

    def test_a_longer_booking_window_has_its_times_at_once(self) -> None:
        venue = add_venue()
        space = add_space(venue)
        daily = Pattern(NOW.date(), time(9), time(17), Frequency.WEEKLY, weekdays=tuple(range(7)))
        times.set_opening_rules(space, [daily], actor=None, now=NOW)
        venue.booking_window_days = 60
        catalogue.update_venue(venue, actor=None, now=NOW)
        assert OpeningSpan.objects.filter(space=space).count() == 120


class TestSpaces:
    def test_a_simple_space_is_its_own_atom(self) -> None:
        venue = add_venue()
        one, other = add_space(venue), add_space(venue)
        assert (one.slug, other.slug) == ("studio", "studio-2")
        assert atoms_of([one.pk]) == {one.pk: [one.pk]}

    def test_a_whole_is_its_parts(self) -> None:
        venue = add_venue()
        left, right = add_space(venue), add_space(venue)
        hall = add_whole(left, right)
        assert atoms_of([hall.pk]) == {hall.pk: [left.pk, right.pk]}

    def test_what_cannot_be_parts(self) -> None:
        venue = add_venue()
        left, right, elsewhere = add_space(venue), add_space(venue), SpaceFactory()
        hall = add_whole(left, right)
        for parts in [(left,), (left, left), (left, hall), (left, elsewhere), ()]:
            with pytest.raises(BadInput):
                add_whole(*parts, venue=venue)
        assert Space.objects.filter(venue=venue).count() == 3

    def test_the_largest_layout_is_the_capacity(self) -> None:
        space = add_space(add_venue(), capacity=10)
        sizes = [LayoutSize(Layout.Kind.DINING, 40), LayoutSize(Layout.Kind.THEATRE, 90, 4)]
        catalogue.set_layouts(space, sizes, actor=None, now=NOW)
        assert Space.objects.get().capacity == 90
        catalogue.set_layouts(space, sizes[:1], actor=None, now=NOW)
        assert Space.objects.get().capacity == 40
        space.capacity = 500
        catalogue.update_space(space, actor=None, now=NOW)
        assert Space.objects.get().capacity == 40
        catalogue.set_layouts(space, [], actor=None, now=NOW)
        assert Space.objects.get().capacity == 40
        for wrong in ([LayoutSize(Layout.Kind.DINING, 0)], [sizes[0], sizes[0]]):
            with pytest.raises(BadInput):
                catalogue.set_layouts(space, wrong, actor=None, now=NOW)

    def test_a_form_left_open_does_not_undo_what_others_wrote(self) -> None:
        space = add_space(add_venue())
        stale = Space.objects.get(pk=space.pk)
        claims.sync("plain", [1], [want(space, 9, 10)], now=NOW)
        stale.name = "Big studio"
        catalogue.update_space(stale, actor=None, now=NOW)
        fresh = Space.objects.get()
        assert (fresh.name, fresh.change_no) == ("Big studio", 1)
        stale.venue = VenueFactory()
        with pytest.raises(BadInput):
            catalogue.update_space(stale, actor=None, now=NOW)

    def test_facilities_of_the_venue_and_of_a_space(self) -> None:
        venue = add_venue()
        space = add_space(venue)
        wifi, piano = FacilityNote(Facility.Code.WIFI), FacilityNote(Facility.Code.PIANO, 1)
        catalogue.set_facilities(venue, None, [wifi], actor=None, now=NOW)
        catalogue.set_facilities(venue, space, [piano, wifi], actor=None, now=NOW)
        catalogue.set_facilities(venue, space, [piano], actor=None, now=NOW)
        found = set(Facility.objects.values_list("space", "code"))
        assert found == {(None, "wifi"), (space.pk, "piano")}
        with pytest.raises(BadInput):
            catalogue.set_facilities(venue, SpaceFactory(), [wifi], actor=None, now=NOW)

    def test_desks_in_a_pool(self) -> None:
        venue = add_venue()
        desks = [add_space(venue, f"Desk {n}") for n in range(3)]
        pool = catalogue.create_pool(Pool(venue=venue, name="Desks"), desks, actor=None, now=NOW)
        assert pool.spaces.count() == 3
        with pytest.raises(BadInput):
            catalogue.create_pool(
                Pool(venue=venue, name="More"), [SpaceFactory()], actor=None, now=NOW
            )

    def test_neighbours_hear_each_other(self) -> None:
        venue = add_venue()
        one, other = add_space(venue), add_space(venue)
        catalogue.set_acoustic_neighbours(one, [other], actor=None, now=NOW)
        assert list(other.acoustic_neighbours.all()) == [one]
        for wrong in (one, SpaceFactory()):
            with pytest.raises(BadInput):
                catalogue.set_acoustic_neighbours(one, [wrong], actor=None, now=NOW)


class TestChangingParts:
    def test_while_something_is_booked_the_parts_stay(self) -> None:
        hall = divisible_hall()
        third = SpaceFactory(venue=hall.whole.venue)
        booked = want(third, 9, 10)
        claims.sync("plain", [1], [booked], now=NOW)
        with pytest.raises(StateConflict):
            set_parts(hall.whole, [hall.left, third], actor=None, now=booked.starts_at)
        assert atoms_of([hall.whole.pk])[hall.whole.pk] == [hall.left.pk, hall.right.pk]

    def test_when_all_is_past_its_claims_follow(self, plain: Plain) -> None:
        hall = divisible_hall()
        third = SpaceFactory(venue=hall.whole.venue)
        plain.wanted = [want(hall.left, 9, 10), want(hall.right, 9, 10)]
        claims.sync("plain", [1], plain.wanted, now=NOW)
        after = plain.wanted[0].ends_at + timedelta(days=1)
        plain.wanted = [plain.wanted[0], replace(plain.wanted[0], space_id=third.pk)]
        set_parts(hall.whole, [hall.left, third], actor=None, now=after)
        live = Claim.objects.filter(active=True).values_list("space", flat=True)
        assert set(live) == {hall.left.pk, third.pk}

    def test_a_simple_space_is_not_divided(self) -> None:
        venue = VenueFactory()
        one, left, right = (SpaceFactory(venue=venue) for _ in range(3))
        with pytest.raises(BadInput):
            set_parts(one, [left, right], actor=None, now=NOW)


class TestTheDatabase:
    """What is refused when somebody goes round the service."""

    def insert(self, space: Space, part: Space) -> None:
        with transaction.atomic():
            SpacePart.objects.create(space=space, part=part)
            self.commit()

    def commit(self) -> None:
        with connection.cursor() as cursor:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
            cursor.execute("SET CONSTRAINTS ALL DEFERRED")

    def test_a_whole_of_itself_of_wholes_or_of_another_venue(self) -> None:
        hall, elsewhere = divisible_hall(), SpaceFactory()
        bare = SpaceFactory(venue=hall.whole.venue, atoms=False)
        self.commit()
        for space, part in [
            (hall.whole, hall.whole),
            (hall.left, hall.right),
            (hall.whole, elsewhere),
            (bare, hall.whole),
        ]:
            with pytest.raises(IntegrityError, match="whole"):
                self.insert(space, part)

    def remove(self, rows: Any) -> None:
        with transaction.atomic():
            rows.delete()
            self.commit()

    def test_an_atom_stays_one_while_a_whole_is_made_of_it(self) -> None:
        hall = divisible_hall()
        self.commit()
        with pytest.raises(IntegrityError, match="made of this"):
            self.remove(SpacePart.objects.filter(space=hall.left))
        self.remove(Space.objects.filter(venue=hall.whole.venue))
