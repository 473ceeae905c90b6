"""What the content promises, without a database."""

from collections import Counter
from itertools import pairwise
from pathlib import Path

import pytest

from accounts.models import Concession, StaffRole
from demo import geography
from demo.builders.rates import rate_document
from demo.builders.world import BuiltSpace, BuiltVenue
from demo.content.boroughs import COUNCILS
from demo.content.map_eastwold import SHAPES as EASTWOLD
from demo.content.map_northmere import SHAPES as NORTHMERE
from demo.content.organisations import ORGANISATIONS
from demo.content.people import LOG_INS
from demo.content.venues import CONFIDENTIAL_WORD, VENUES
from spaces.models import MapShape, Space, Venue, VenueKind
from tariffs.rules import require_valid


def test_there_are_venues_of_every_kind_and_mode() -> None:
    assert len(VENUES) >= 45
    assert {venue.kind for venue in VENUES} == set(VenueKind.values)
    modes = {venue.mode for venue in VENUES}
    assert modes == set(Venue.BookingMode.values) - {Venue.BookingMode.NOT_KNOWN}


def test_there_are_spaces_of_every_kind_and_places_that_divide() -> None:
    spaces = [space for venue in VENUES for space in venue.spaces]
    assert len(spaces) >= 130
    assert {space.kind for space in spaces} >= set(Space.Kind.values) - {"office"}
    assert sum(bool(space.parts) for space in spaces) >= 5
    assert Counter(space.kind for space in spaces)["walls"] == 2


def test_organisations_stand_in_every_state_of_proof() -> None:
    assert len(ORGANISATIONS) >= 70
    assert {org.concession for org in ORGANISATIONS} == set(Concession.State.values) - {"renewed"}


def test_every_staff_role_and_scope_can_sign_in() -> None:
    grants = {tuple(grant.split(":")[:2]) for entry in LOG_INS for grant in entry.grants}
    staff = {grant[1] for grant in grants if len(grant) == 2 and grant[0] != "member"}
    assert staff == set(StaffRole.values)
    assert {grant[0] for grant in grants} >= {"council", "operator", "venue", "member"}
    assert all(entry.email.endswith("@example.org") for entry in LOG_INS)


def test_the_readme_says_who_may_do_what() -> None:
    readme = (Path(__file__).parents[2] / "README.md").read_text()
    for entry in LOG_INS:
        said = entry.try_this.replace("/back-office/", "`/back-office/`")
        assert f"| {entry.role} | `{entry.email}` | {said} |" in readme


def test_officers_open_the_back_office_and_viewers_do_not() -> None:
    opens = {entry.email for entry in LOG_INS if "back-office" in entry.grants}
    officers = {entry.email for entry in LOG_INS if "council:officer" in str(entry.grants)}
    assert officers <= opens
    assert not any("viewer" in email for email in opens)


def test_the_wards_of_a_borough_tile_it() -> None:
    for council in COUNCILS:
        whole = _area(geography.council_ring(council))
        parts = sum(_area(geography.ward_ring(ward)) for ward in council.wards)
        assert parts == pytest.approx(whole, rel=1e-3)


def test_a_venue_stands_in_its_own_ward() -> None:
    for venue in VENUES:
        point = geography.anchor_point(venue.at)
        assert _holds(geography.ward_ring(venue.at[0]), point), venue.name


def test_the_map_has_water_parks_roads_and_rails() -> None:
    for shapes in (NORTHMERE, EASTWOLD):
        assert {shape.kind for shape in shapes} == set(MapShape.Kind.values) - {"land"}


@pytest.mark.parametrize("spec", VENUES, ids=lambda spec: spec.name)
def test_the_rates_of_a_venue_could_be_published(spec: object) -> None:
    venue = next(venue for venue in VENUES if venue is spec)
    built = BuiltVenue(Venue(name=venue.name), venue)
    for number, space in enumerate(venue.spaces):
        row = Space(name=space.name, slug=f"space-{number}")
        built.spaces[space.name] = BuiltSpace(row, space, built)
    require_valid(
        rate_document(built, years_ago=1),
        spaces={space.row.slug for space in built.spaces.values()},
        items={name.lower().replace(" ", "-") for name in venue.stock},
    )


def test_the_secret_word_marks_the_confidential_venue_and_nothing_public() -> None:
    for venue in VENUES:
        words = " ".join([venue.name, venue.words, venue.street, venue.getting_there])
        words += " ".join(space.name for space in venue.spaces)
        assert (CONFIDENTIAL_WORD in words) == (venue.visibility == "confidential")


def _area(ring: list[list[float]]) -> float:
    return abs(sum(ax * by - bx * ay for (ax, ay), (bx, by) in pairwise(ring)) / 2)


def _holds(ring: list[list[float]], point: tuple[float, float]) -> bool:
    x, y = point
    inside = False
    for (ax, ay), (bx, by) in pairwise(ring):
        if (ay > y) != (by > y) and x < (bx - ax) * (y - ay) / (by - ay) + ax:
            inside = not inside
    return inside
