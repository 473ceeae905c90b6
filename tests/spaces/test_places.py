"""What people write in "where", and what we take it to mean."""

from __future__ import annotations

import pytest

from spaces.models import Place, Venue, Ward
from spaces.places import find_place, search_key, suggestions
from tests.factories import CouncilFactory, VenueFactory

pytestmark = pytest.mark.django_db


def add(name: str, kind: str, *, latitude: float = 51.45, **fields: object) -> Place:
    return Place.objects.create(
        name=name,
        kind=kind,
        search_key=search_key(name),
        latitude=latitude,
        longitude=0.15,
        **fields,
    )


@pytest.mark.parametrize("text", ["ZE7 4QB", "ze74qb", " Ze7  4qB ", "ZE7-4QB"])
def test_a_postcode_is_found_however_it_is_written(text: str) -> None:
    ward = Ward.objects.create(council=CouncilFactory(), name="Mill")
    add("ZE7 4QB", Place.Kind.POSTCODE, ward=ward)

    found = find_place(text)

    assert found is not None
    assert (found.name, found.ward_id, found.is_guess) == ("ZE7 4QB", ward.pk, False)


def test_an_unknown_postcode_falls_back_on_its_district() -> None:
    add("ZE7", Place.Kind.DISTRICT, latitude=51.40)

    found = find_place("ZE7 9ZZ")

    assert found is not None
    assert (found.name, found.is_guess) == ("ZE7", True)


def test_a_district_without_a_row_is_the_middle_of_its_postcodes() -> None:
    add("ZE7 4QB", Place.Kind.POSTCODE, latitude=51.40)
    add("ZE7 4QD", Place.Kind.POSTCODE, latitude=51.50)
    add("ZE71 4QD", Place.Kind.POSTCODE, latitude=59.0)

    found = find_place("ze7")

    assert found is not None
    assert found.latitude == pytest.approx(51.45)


@pytest.mark.parametrize(
    ("text", "guess"), [("Mill Lane", False), ("mill", True), ("Mil Lane", True), ("Millane", True)]
)
def test_a_street_is_found_when_cut_short_or_misspelt(text: str, guess: bool) -> None:
    add("Mill Lane", Place.Kind.STREET)
    add("Station Road", Place.Kind.STREET)

    found = find_place(text)

    assert found is not None
    assert (found.name, found.is_guess) == ("Mill Lane", guess)


def test_the_council_s_own_street_goes_first() -> None:
    ours, theirs = CouncilFactory(), CouncilFactory()
    add("High Street", Place.Kind.STREET, council=theirs, latitude=51.0)
    add("High Street", Place.Kind.STREET, council=ours, latitude=52.0)

    found = find_place("high street", council_id=ours.pk)

    assert found is not None
    assert found.latitude == 52.0


def test_a_public_venue_s_name_is_a_place_and_a_confidential_one_s_is_not() -> None:
    VenueFactory(name="The Old Forge")
    VenueFactory(name="Rose Refuge", visibility=Venue.Visibility.CONFIDENTIAL)

    assert find_place("the old forge") is not None
    assert find_place("Rose Refuge") is None


def test_beyond_the_gazetteer_a_postcode_is_where_the_public_venues_with_it_are() -> None:
    add("ZE8", Place.Kind.DISTRICT, latitude=51.0)
    VenueFactory(postcode="ZE8 7FJ", latitude=53.4, longitude=-2.3)
    VenueFactory(postcode="ZE9 1AA", latitude=54.0, longitude=-2.0)
    hidden = Venue.Visibility.CONFIDENTIAL
    VenueFactory(postcode="ZE8 1AA", latitude=55.0, longitude=-2.0, visibility=hidden)

    at_the_venue, in_the_district = find_place("ze8 7fj"), find_place("ZE9")
    assert at_the_venue is not None
    assert (at_the_venue.name, at_the_venue.latitude) == ("ZE8 7FJ", 53.4)
    assert not at_the_venue.is_guess
    assert in_the_district is not None
    assert (in_the_district.latitude, in_the_district.is_guess) == (54.0, True)
    beside_the_hidden_one = find_place("ZE8 1AA")
    assert beside_the_hidden_one is not None
    assert beside_the_hidden_one.latitude == 51.0


@pytest.mark.parametrize("text", ["53.45777,-2.342971", " 53.45777, -2.342971 "])
def test_degrees_are_a_place(text: str) -> None:
    found = find_place(text)
    assert found is not None
    assert (found.latitude, found.longitude, found.is_guess) == (53.45777, -2.342971, False)


@pytest.mark.parametrize("text", ["91,0", "0,181", "99.5,-2", "1,2,3"])
def test_degrees_off_the_map_are_no_place(text: str) -> None:
    assert find_place(text) is None


@pytest.mark.parametrize("text", ["", "  ", "?!", "Nowhere at all", "x" * 5000])
def test_words_that_mean_nothing_find_nothing(text: str) -> None:
    add("Mill Lane", Place.Kind.STREET)

    assert find_place(text) is None


def test_names_are_suggested_while_typing() -> None:
    add("Mill Lane", Place.Kind.STREET)
    add("Mill Park", Place.Kind.AREA)
    add("Station Road", Place.Kind.STREET)

    assert suggestions("mil") == ["Mill Lane", "Mill Park"]
    assert suggestions("m") == []
