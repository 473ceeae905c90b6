"""Catalogue data in the back office."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest
from django.apps import apps
from django.contrib import admin
from django.test import Client

from accounts.models import AuditEntry, CouncilRole, StaffRole, User
from spaces.models import Layout, Space, SpacePart, StockClaim, StockItem, Venue, Ward
from tests.factories import CouncilFactory, SpaceFactory, UserFactory, VenueFactory

pytestmark = pytest.mark.django_db
OFFICE = "/back-office/spaces"


@pytest.fixture
def boss(client: Client) -> User:
    user = UserFactory(is_staff=True, is_superuser=True)
    client.force_login(user)
    return user


@pytest.fixture
def officer(client: Client) -> User:
    user = UserFactory(is_staff=True)
    client.force_login(user)
    return user


def no_layouts(**rows: Any) -> dict[str, Any]:
    return {"layouts-TOTAL_FORMS": 0, "layouts-INITIAL_FORMS": 0, **rows}


def values(client: Client, address: str) -> dict[str, Any]:
    """What the page's form would send back unchanged."""
    form = client.get(address).context["adminform"].form
    initial = {name: form.get_initial_for_field(f, name) for name, f in form.fields.items()}
    return {
        name: value for name, value in initial.items() if value is not None and value is not False
    }


def test_the_scheduler_s_own_models_are_not_to_be_changed_here() -> None:
    assert not [
        m for m in apps.get_app_config("schedule").get_models() if admin.site.is_registered(m)
    ]


@pytest.mark.parametrize(
    "model",
    ["venue", "space", "pool", "facility", "stockitem", "accessfact", "ward", "place", "venuerole"],
)
def test_every_list_and_form_opens(client: Client, boss: User, model: str) -> None:
    SpaceFactory()
    assert client.get(f"{OFFICE}/{model}/").status_code == 200
    assert client.get(f"{OFFICE}/{model}/add/").status_code == 200


def test_staff_see_the_venues_of_their_own_council_only(client: Client, officer: User) -> None:
    ours, theirs = VenueFactory(name="Ours to see"), VenueFactory(name="Theirs to keep")
    CouncilRole.objects.create(user=officer, council=ours.council, role=StaffRole.OFFICER)
    page = client.get(f"{OFFICE}/venue/").content
    assert b"Ours to see" in page
    assert b"Theirs to keep" not in page
    assert client.get(f"{OFFICE}/venue/{theirs.pk}/change/").status_code == 302
    assert client.get(f"{OFFICE}/space/{SpaceFactory(venue=theirs).pk}/change/").status_code == 302


def test_a_changed_venue_goes_through_the_service(client: Client, officer: User) -> None:
    venue = VenueFactory()
    CouncilRole.objects.create(user=officer, council=venue.council, role=StaffRole.OFFICER)
    address = f"{OFFICE}/venue/{venue.pk}/change/"
    sent = {**values(client, address), "name": "Lime Hall"}
    assert client.post(address, sent).status_code == 302
    assert Venue.objects.get().name == "Lime Hall"
    assert AuditEntry.objects.get().verb == "update-venue"


def test_an_operator_of_another_council_is_refused_on_the_form(client: Client, boss: User) -> None:
    venue, other = VenueFactory(), VenueFactory()
    address = f"{OFFICE}/venue/{venue.pk}/change/"
    answer = client.post(address, {**values(client, address), "operator": other.operator_id})
    assert answer.status_code == 422
    assert "operator" in answer.context["adminform"].form.errors


def test_a_new_space_is_its_own_atom_and_takes_its_largest_layout(
    client: Client, boss: User
) -> None:
    venue = VenueFactory()
    sent = {
        **values(client, f"{OFFICE}/space/add/"),
        "venue": venue.pk,
        "name": "Studio",
        "slug": "studio",
        "kind": "studio",
        **no_layouts(),
        "layouts-TOTAL_FORMS": 2,
        "layouts-0-kind": "theatre",
        "layouts-0-people": 80,
        "layouts-1-kind": "dining",
        "layouts-1-people": 50,
    }
    answer = client.post(f"{OFFICE}/space/add/", sent)
    assert answer.status_code == 302, answer.context["errors"]
    space = Space.objects.get()
    assert space.capacity == 80
    assert Layout.objects.count() == 2
    assert list(SpacePart.objects.values_list("space", "part")) == [(space.pk, space.pk)]


def test_fewer_items_than_are_promised_are_refused_on_the_form(client: Client, boss: User) -> None:
    item = StockItem.objects.create(venue=VenueFactory(), name="Gazebo", quantity=5)
    StockClaim.objects.create(
        item=item,
        quantity=3,
        starts_at=datetime(2098, 1, 1, 9, tzinfo=UTC),
        ends_at=datetime(2098, 1, 1, 12, tzinfo=UTC),
        owner_kind="plain",
        owner_id=1,
    )
    address = f"{OFFICE}/stockitem/{item.pk}/change/"
    assert (
        client.post(
            address, {"name": "Gazebo", "quantity": 2, "vat_class": "follows_hire"}
        ).status_code
        == 422
    )
    assert (
        client.post(
            address, {"name": "Gazebo", "quantity": 3, "vat_class": "follows_hire"}
        ).status_code
        == 302
    )
    assert StockItem.objects.get().quantity == 3


@pytest.mark.parametrize(
    "drawn",
    [
        "NaN",
        "[[1e400, 51]]",
        "-1",
        '"x"',
        '{"a": 1}',
        "[1, 2]",
        '[["a", "b"]]',
        "[[0, 91]]",
        "[[0]]",
    ],
)
def test_an_outline_that_no_map_can_draw_is_refused(client: Client, boss: User, drawn: str) -> None:
    ward = Ward.objects.create(council=CouncilFactory(), name="Mill")
    said = {"council": ward.council_id, "name": "Mill", "boundary": drawn}
    answer = client.post(f"{OFFICE}/ward/{ward.pk}/change/", said)
    assert answer.status_code == 422
    assert "longitude, latitude" in answer.content.decode()
    said["boundary"] = "[[0.15, 51.45], [0.2, 51], [0.15, 51.45]]"
    assert client.post(f"{OFFICE}/ward/{ward.pk}/change/", said).status_code == 302
