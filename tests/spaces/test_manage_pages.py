"""The page from which a manager reaches all that can be set at a venue."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from accounts.models import StaffRole
from tests.factories import SpaceFactory, UserFactory, VenueFactory
from tests.factories.roles import OperatorRoleFactory, VenueRoleFactory

pytestmark = pytest.mark.django_db


def test_a_manager_finds_the_venues_they_run_and_no_others(client: Client) -> None:
    role = VenueRoleFactory(venue__name="Mill Lane Hall")
    VenueFactory(name="Abbey Manor")
    client.force_login(role.user)
    page = client.get(reverse("manage_venues")).content.decode()
    assert "Mill Lane Hall" in page
    assert "Abbey Manor" not in page


def test_somebody_who_runs_nothing_gets_no_list(client: Client) -> None:
    client.force_login(UserFactory())
    assert client.get(reverse("manage_venues")).status_code == 403


@pytest.mark.parametrize(
    ("role", "status"),
    [(StaffRole.MANAGER, 200), (StaffRole.OFFICER, 200), (StaffRole.CARETAKER, 403),
     (StaffRole.VIEWER, 403)],
)  # fmt: skip
def test_only_those_who_run_a_venue_open_its_page(
    client: Client, role: StaffRole, status: int
) -> None:
    held = VenueRoleFactory(role=role)
    client.force_login(held.user)
    address = reverse("manage_venue", args=[held.venue.slug])
    assert client.get(address).status_code == status


def test_a_hidden_venue_does_not_exist_for_others(client: Client) -> None:
    venue = VenueFactory(visibility="confidential")
    client.force_login(VenueRoleFactory().user)
    assert client.get(reverse("manage_venue", args=[venue.slug])).status_code == 404


def test_the_page_costs_the_same_however_many_spaces_there_are(
    client: Client, count_queries: Callable[[Callable[[], object]], int]
) -> None:
    role = OperatorRoleFactory()
    one = VenueFactory(operator=role.operator)
    many = VenueFactory(operator=role.operator)
    SpaceFactory(venue=one)
    SpaceFactory.create_batch(30, venue=many)
    client.force_login(role.user)
    counts = [
        count_queries(lambda venue=venue: client.get(reverse("manage_venue", args=[venue.slug])))
        for venue in (one, many)
    ]
    assert counts[0] == counts[1]
