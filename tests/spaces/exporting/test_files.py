"""What the files say, and what no spreadsheet can be made to do with them."""

from __future__ import annotations

import csv
import io
import json
from datetime import date
from typing import Any

import pytest

from core import sql
from spaces.access_facts import FACTS, NEEDS
from spaces.exporting import DOWNLOADS, SPACES, VENUES, Download, Form, What, export, state_of
from spaces.exporting.files import cell, columns_of
from spaces.models import Facility, Layout, Space, SpaceNeed, Venue, VenueKind
from tests.factories import SpaceFactory, VenueFactory
from tests.factories.access import node, say

pytestmark = pytest.mark.django_db
VENUES_CSV = Download(What.VENUES, Form.CSV)
SPACES_CSV = Download(What.SPACES, Form.CSV)


def rows(download: Download) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(export(download).decode("utf-8-sig"), newline="")))


def objects() -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads(export(Download(What.VENUES, Form.JSON)))["venues"]
    return found


def features() -> list[dict[str, Any]]:
    found = json.loads(export(Download(What.VENUES, Form.GEOJSON)))
    assert found["type"] == "FeatureCollection"
    features: list[dict[str, Any]] = found["features"]
    return features


def test_a_venue_is_told_alike_in_every_form() -> None:
    venue = VenueFactory(name="Élan Hall", uprn="100900000925", latitude=51.45, longitude=-2.31)
    hall = SpaceFactory(venue=venue, name="Great Hall", kind=Space.Kind.HALL, capacity=120)
    SpaceFactory(venue=venue, capacity=None)
    Layout.objects.create(space=hall, kind=Layout.Kind.DANCE, people=80, wheelchair_places=6)
    Facility.objects.create(venue=venue, code=Facility.Code.CAR_PARK, quantity=12)
    Facility.objects.create(venue=venue, code=Facility.Code.BAR, value=Facility.Value.NO)

    (row,), (feature,), (told,) = rows(VENUES_CSV), features(), objects()

    assert (row["name"], row["uprn"], row["longitude"]) == ("Élan Hall", "100900000925", "-2.31")
    assert (row["space_count"], row["largest_capacity"]) == ("2", "120")
    assert (row["facilities"], row["facilities_not_there"]) == ("car_park 12", "bar")
    assert feature["geometry"] == {"type": "Point", "coordinates": [-2.31, 51.45]}
    for one in (feature["properties"], told):
        assert (one["name"], one["uprn"], one["kind"]) == (
            "Élan Hall",
            "100900000925",
            "community_centre",
        )
        assert one["spaces"][0]["capacity_dance"] == 80
    first, second = rows(SPACES_CSV)
    assert (first["space_name"], first["capacity"], first["wheelchair_places"]) == (
        "Great Hall",
        "120",
        "6",
    )
    assert (second["capacity"], second["name"]) == ("", "Élan Hall")


def test_a_venue_without_a_place_has_no_geometry() -> None:
    VenueFactory(latitude=None, longitude=None)
    (feature,) = features()
    assert feature["geometry"] is None
    assert rows(VENUES_CSV)[0]["latitude"] == ""


def test_not_checked_is_never_no_and_whoever_said_so_stands_beside() -> None:
    space = SpaceFactory()
    say(space.venue, "lift", "no", source="audit", checked_on=date(2026, 3, 2))
    say(space, "hearing_loop", "yes", source="owner", space=space)

    venue, room = rows(VENUES_CSV)[0], rows(SPACES_CSV)[0]

    assert venue["access_lift"] == "no"
    assert (venue["access_lift_source"], venue["access_lift_checked_on"]) == ("audit", "2026-03-02")
    assert venue["access_quiet_space"] == "not checked"
    assert venue["access_hearing_loop"] == "not checked"
    assert room["access_hearing_loop"] == "yes"
    assert room["access_lift"] == "no"
    assert room["need_hearing_loop"] == "yes"
    assert room["need_step_free"] == "not checked"


def test_one_door_says_nothing_of_the_others() -> None:
    venue = VenueFactory()
    node(venue, "entrance", "Front door", {"entrance_step_free": "no"})
    assert rows(VENUES_CSV)[0]["access_entrance_step_free"] == "no at some"
    node(venue, "entrance", "Side door", {"entrance_step_free": "yes"})
    assert rows(VENUES_CSV)[0]["access_entrance_step_free"] == "yes at some"
    assert [one["name"] for one in objects()[0]["places"]] == ["Front door", "Side door"]


def test_sources_that_differ_are_neither_yes_nor_no() -> None:
    venue = VenueFactory()
    say(venue, "lift", "no", source="owner")
    say(venue, "lift", "yes", source="visitor")
    assert rows(VENUES_CSV)[0]["access_lift"] == "reports differ"


@pytest.mark.parametrize(
    ("states", "said"),
    [
        (["yes"], "yes"),
        (["no"], "no"),
        (["unknown"], "not checked"),
        (["yes", "no"], "at some times"),
        (["no", "unknown"], "not checked"),
    ],
)
def test_a_need_that_is_met_by_the_hour_says_so(states: list[str], said: str) -> None:
    venue = VenueFactory()
    for n, state in enumerate(states):
        SpaceNeed.objects.create(
            venue=venue,
            need="step_free",
            state=state,
            from_minute=n * 60,
            to_minute=n * 60 + 60,
            is_always=False,
        )
    assert rows(VENUES_CSV)[0]["need_step_free"] == said


@pytest.mark.parametrize("words", ["=1+1", "+cmd", "-2+3", "@SUM(A1)", "|x", "%x", "\t=1", "\n=1"])
def test_no_cell_runs_as_a_formula(words: str) -> None:
    VenueFactory(name=f"{words} Hall", description=words, how_to_ask=words)
    (row,) = rows(VENUES_CSV)
    assert row["name"].startswith("'")
    for value in row.values():
        assert value[:1] not in set("=+@|%\t\r\n")
        assert value[:1] != "-" or float(value) < 0


def test_a_number_stays_a_number_and_text_stays_on_its_line() -> None:
    assert cell(-2.31) == "-2.31"
    assert cell(0) == "0"
    assert cell(None) == ""
    assert cell("one\r\n\ntwo") == "one two"


def test_a_csv_begins_with_a_mark_and_has_a_cell_for_every_column() -> None:
    SpaceFactory(venue__kind=VenueKind.DIGITAL, venue__latitude=None, venue__longitude=None,
                 venue__website="https://example.org/")  # fmt: skip
    for download in (VENUES_CSV, SPACES_CSV):
        content = export(download)
        assert content.startswith(b"\xef\xbb\xbf")
        lines = list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline="")))
        names = [column.name for column in columns_of(download)]
        assert lines[0] == names
        assert len(set(names)) == len(names)
        assert {len(line) for line in lines} == {len(names)}


def test_every_fact_and_need_has_its_column() -> None:
    for columns in (VENUES, SPACES):
        names = {column.name for column in columns}
        assert {f"access_{code}" for code in FACTS} <= names
        assert {f"access_{code}_source" for code in FACTS} <= names
        assert {f"access_{code}_checked_on" for code in FACTS} <= names
        assert {f"need_{slug}" for slug in NEEDS} <= names


@pytest.mark.parametrize("download", DOWNLOADS, ids=lambda one: one.name)
def test_a_file_costs_the_same_queries_for_one_venue_and_for_200(
    download: Download, count_queries: Any
) -> None:
    _plant(1)
    one = count_queries(lambda: export(download))
    _plant(199)
    assert count_queries(lambda: export(download)) == one
    assert count_queries(state_of) == 1


def _plant(count: int) -> None:
    for space in SpaceFactory.create_batch(count):
        say(space.venue, "lift", "yes")
        door = node(space.venue, "entrance", "Door", {"entrance_step_free": "yes"})
        assert door.pk


def test_the_state_changes_with_whatever_the_files_tell() -> None:
    space = SpaceFactory(venue__council__name="Mere")
    fact = say(space.venue, "lift", "yes")
    layout = Layout.objects.create(space=space, kind=Layout.Kind.DANCE, people=8)
    for change in (
        lambda: Venue.objects.update(name="Another"),
        lambda: Space.objects.update(capacity=7),
        lambda: layout.delete(),
        lambda: Facility.objects.create(venue=space.venue, code="stage"),
        lambda: type(fact).objects.update(note="Out of order"),
        lambda: SpaceNeed.objects.all().delete(),
        lambda: type(space.venue.council).objects.update(name="Moor"),
        lambda: sql.rows("UPDATE accounts_organisation SET name = 'Trust' RETURNING id"),
        lambda: Venue.objects.update(visibility=Venue.Visibility.CONFIDENTIAL),
    ):
        before = state_of()
        assert state_of() == before
        change()
        assert state_of() != before


def test_the_same_catalogue_is_the_same_bytes_in_every_language() -> None:
    from django.utils import translation

    say(SpaceFactory().venue, "lift", "yes")
    for download in DOWNLOADS:
        plain = export(download)
        with translation.override("cy"):
            assert export(download) == plain
