"""A venue with a draft of its rates, and its manager."""

from __future__ import annotations

import pytest
from django.test import Client

from spaces.models import Venue
from tariffs.models import TariffVersion
from tests.factories import SpaceFactory
from tests.factories.roles import VenueRoleFactory
from tests.tariffs.pages.drafting import at, begun


@pytest.fixture
def venue() -> Venue:
    made: Venue = SpaceFactory(name="Main Hall", slug="hall").venue
    SpaceFactory(name="Kitchen", slug="kitchen", venue=made)
    made.stock.create(name="Folding chairs", quantity=80)
    return made


@pytest.fixture
def manager(client: Client, venue: Venue) -> Client:
    client.force_login(VenueRoleFactory(venue=venue).user)
    return client


@pytest.fixture
def draft(venue: Venue) -> TariffVersion:
    return begun(venue)


@pytest.fixture
def address(draft: TariffVersion, venue: Venue) -> str:
    return at("manage_rates_draft", venue, draft.pk)
