"""What people type finds what they mean, whoever wrote the record and however."""

from __future__ import annotations

from typing import Any

import pytest

from spaces.models import Facility, Space, Venue, VenueWords
from spaces.search.words import which_match
from tests.factories import SpaceFactory, VenueFactory

pytestmark = pytest.mark.django_db


def names(text: str) -> list[str]:
    by_id = Venue.objects.in_bulk(which_match(text))
    return [by_id[pk].name for pk in which_match(text)]


@pytest.fixture(autouse=True)
def town() -> None:
    library = VenueFactory(name="Mill Lane Library", kind="library", town="Thornmere")
    SpaceFactory(venue=library, name="Reading Room", kind="room")
    church = VenueFactory(name="St Zoë’s Church", kind="place_of_worship", town="Thornmere")
    SpaceFactory(venue=church, name="Lady Chapel", kind="chapel")
    studio = VenueFactory(
        name="The Old Forge", kind="studio", description="Sprung floors for dancers."
    )
    SpaceFactory(venue=studio, name="Dance Studio", kind="studio")


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("library", ["Mill Lane Library"]),
        ("LIBARY", ["Mill Lane Library"]),
        ("libraries in Thornmere", ["Mill Lane Library"]),
        ("zoe", ["St Zoë’s Church"]),
        ("Zoë's chapel", ["St Zoë’s Church"]),
        ("place of worship", ["St Zoë’s Church"]),
        ("dancing", ["The Old Forge"]),
        ("a room for dancers", ["The Old Forge"]),
        ("reeding rooms", ["Mill Lane Library"]),
        ("swimming", []),
        ("library swimming", []),
        ("", []),
        ("   ", []),
        ("of the", []),
        ("' & | ! ( :* <-> %", []),
        ("x" * 5000, []),
    ],
)
def test_words_find_what_people_mean(text: str, found: list[str]) -> None:
    if text == "a room for dancers":
        Space.objects.filter(venue__name="The Old Forge").update(description="A room with mirrors")
    assert names(text) == found


def test_a_name_comes_before_a_description() -> None:
    VenueFactory(name="Somewhere", kind="cafe", description="Next to the library.")
    assert names("library") == ["Mill Lane Library", "Somewhere"]


def test_words_follow_every_change_however_it_is_made() -> None:
    venue = Venue.objects.get(name="The Old Forge")
    Venue.objects.filter(pk=venue.pk).update(name="The New Smithy")
    assert names("smithy") == ["The New Smithy"]
    assert names("forge") == []
    Space.objects.filter(venue=venue).update(name="Ballet Room")
    assert names("ballet") == ["The New Smithy"]
    facility = Facility.objects.create(venue=venue, code="piano")
    assert names("piano") == ["The New Smithy"]
    facility.delete()
    assert names("piano") == []


@pytest.mark.django_db(transaction=True)
def test_a_venue_takes_its_words_along() -> None:
    Facility.objects.create(venue=Venue.objects.get(name="The Old Forge"), code="piano")
    Venue.objects.all().delete()
    assert not VenueWords.objects.exists()


def test_a_booking_does_not_write_words(max_queries: Any) -> None:
    space = Space.objects.first()
    assert space is not None
    before = which_match("library")
    Space.objects.filter(pk=space.pk).update(change_no=7)
    assert which_match("library") == before


@pytest.mark.parametrize("visibility", ["partners", "confidential"])
def test_only_public_venues_are_found(visibility: str) -> None:
    Venue.objects.filter(name="Mill Lane Library").update(visibility=visibility)
    assert names("library") == []
