"""Access as data for other programs, and facts taken over from OpenStreetMap."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.test import Client

from core import clock
from spaces.models import AccessFact, AccessFault, AccessNode, SpaceNeed, Venue
from tests.factories import SpaceFactory, UserFactory, VenueFactory
from tests.factories.access import LONG_SINCE, link, node, room_node, say
from tests.factories.roles import VenueRoleFactory

pytestmark = pytest.mark.django_db


def read(client: Client, venue: Venue, name: str = "access.json") -> dict[str, Any]:
    answer = client.get(f"/venues/{venue.slug}/{name}")
    assert answer.status_code == 200
    return json.loads(answer.content)


def test_a11yjson_tells_yes_from_no_and_leaves_out_what_is_not_known(client: Client) -> None:
    venue = VenueFactory()
    say(venue, "hearing_loop", "no")
    say(venue, "parking_blue_badge_count", "no")
    say(venue, "accessible_toilet", "yes", checked_on=LONG_SINCE)
    door = node(venue, "entrance", "Side door", {"entrance_step_free": "yes"})
    AccessFact.objects.create(
        venue=venue, node=door, code="door_clear_width", value="yes", measure=900, unit="mm"
    )
    lift = node(venue, "lift", "Lift")
    AccessFact.objects.create(venue=venue, node=lift, code="lift", value="yes", choice="passenger")
    AccessFault.objects.create(
        venue=venue, node=lift, what="lift", starts_at=clock.now(), reported_at=clock.now()
    )

    told = read(client, venue)["properties"]["accessibility"]

    assert told["hasInductionLoop"] is False
    assert told["parking"] == {"forWheelchairUsers": None}
    assert "restrooms" not in told  # checked long ago: not known any more
    assert told["entrances"] == [
        {"name": "Side door", "isLevel": True, "door": {"width": {"value": 900, "unit": "mm"}}}
    ]
    assert (told["equipment"][0]["category"], told["equipment"][0]["isWorking"]) == (
        "elevator",
        False,
    )


def test_the_page_holds_the_place_as_data_and_no_tag_ends_it_early(client: Client) -> None:
    venue = SpaceFactory(venue__name="Hall </script><b>& co").venue
    say(venue, "quiet_space", "yes")

    page = client.get(f"/venues/{venue.slug}/").content.decode()

    block = page.split('<script type="application/ld+json">')[1].split("</script>")[0]
    data = json.loads(block)
    assert data == read(client, venue, "place.jsonld")
    assert data["name"] == venue.name
    [feature] = data["amenityFeature"]
    assert (feature["propertyID"], feature["value"]) == ("quiet_space", True)


@pytest.mark.parametrize("visibility", [Venue.Visibility.CONFIDENTIAL, Venue.Visibility.PARTNERS])
def test_a_venue_that_is_not_public_is_in_none_of_it(client: Client, visibility: str) -> None:
    space = SpaceFactory(venue__visibility=visibility, venue__name="Refuge", name="Safe room")
    venue = space.venue
    say(venue, "hearing_loop", "yes")
    AccessFault.objects.create(
        venue=venue, what="lift", note="Marked", starts_at=clock.now(), reported_at=clock.now()
    )
    client.force_login(VenueRoleFactory(venue=venue).user)
    for name in ("access.json", "place.jsonld"):
        assert client.get(f"/venues/{venue.slug}/{name}").status_code == 404
    page = client.get(f"/venues/{venue.slug}/").content.decode()
    assert "ld+json" not in page
    client.force_login(UserFactory())
    for address in ("/", "/?needs=step_free", "/?needs=step_free&unchecked=on"):
        shown = client.get(address).content.decode()
        assert "Refuge" not in shown
        assert "Marked" not in shown


def test_data_costs_the_same_for_a_small_and_for_a_large_venue(
    client: Client, count_queries: Callable[[Callable[[], object]], int]
) -> None:
    venue = VenueFactory()
    for n in range(9):
        if n == 1:
            few = [count_queries(lambda name=name: read(client, venue, name)) for name in _FILES]
        door = node(venue, "entrance", f"Door {n}", {"entrance_step_free": "yes"})
        link(door, room_node(SpaceFactory(venue=venue)))
    assert [count_queries(lambda name=name: read(client, venue, name)) for name in _FILES] == few


_FILES = ("access.json", "place.jsonld")


def feature(tags: dict[str, Any], point: tuple[float, float] = (0.15, 51.45)) -> dict[str, Any]:
    return {"type": "Feature", "geometry": {"type": "Point", "coordinates": point},
            "properties": tags}  # fmt: skip


def imported(tmp_path: Path, venue: Venue, *rows: Any, more: tuple[str, ...] = ()) -> list[Any]:
    file = tmp_path / "osm.geojson"
    file.write_text(json.dumps({"type": "FeatureCollection", "features": list(rows)}))
    out = StringIO()
    call_command(
        "import_osm_access", str(file), "--council", venue.council.slug, "--format", "json", *more,
        stdout=out,
    )  # fmt: skip
    return json.loads(out.getvalue())["rows"]


TAGS = {
    "name": "Mill Lane Hall", "wheelchair": "yes", "toilets:wheelchair": "no",
    "hearing_loop": "yes", "capacity:disabled": "3", "tactile_paving": "no",
    "check_date:wheelchair": "2026-05-04",
}  # fmt: skip


def test_tags_become_facts_once_and_a_missing_tag_means_nothing(tmp_path: Path) -> None:
    space = SpaceFactory(venue__name="Mill Lane Hall")
    venue = space.venue

    [row] = imported(tmp_path, venue, feature(TAGS))
    [again] = imported(tmp_path, venue, feature(TAGS))

    assert (row["outcome"], again["outcome"]) == ("updated", "unchanged")
    rows = {one.code: one for one in AccessFact.objects.all()}
    assert {code: one.value for code, one in rows.items()} == {
        "entrance_step_free": "yes",
        "accessible_toilet": "no",
        "hearing_loop": "yes",
        "parking_blue_badge_count": "yes",
    }
    assert rows["parking_blue_badge_count"].measure == 3
    assert {(one.source, one.checked_on) for one in rows.values()} == {
        ("imported", date(2026, 5, 4))
    }
    assert SpaceNeed.objects.get(space=space, need="parking").state == "yes"


def test_a_rehearsal_keeps_nothing(tmp_path: Path) -> None:
    venue = VenueFactory(name="Mill Lane Hall")
    [row] = imported(tmp_path, venue, feature(TAGS), more=("--dry-run",))
    assert row["outcome"] == "updated"
    assert not AccessFact.objects.exists()


def test_a_door_of_its_own_is_drawn_and_measured(tmp_path: Path) -> None:
    venue = VenueFactory()
    tags = {"openhall": venue.slug, "entrance": "main", "wheelchair": "no", "step_count": "2",
            "width": "1.1", "automatic_door": "button"}  # fmt: skip
    [row] = imported(tmp_path, venue, feature(tags))
    door = AccessNode.objects.get()
    assert (row["place"], door.kind) == ("Main entrance", "entrance")
    assert dict(door.facts.values_list("code", "measure")) == {
        "entrance_step_free": None, "entrance_steps": 2, "door_clear_width": 1100,
        "door_opening": None,
    }  # fmt: skip


@pytest.mark.parametrize(
    "row",
    [
        7, None, {}, {"properties": []}, feature({}), feature({"name": "Elsewhere"}),
        feature({"name": "Mill Lane Hall"}, (0.9, 51.9)),
        feature({"openhall": "nowhere", "wheelchair": "yes"}),
        {"properties": {"name": "Mill Lane Hall"}, "geometry": {"coordinates": ["a", None]}},
        feature({"name": "Mill Lane Hall", "entrance": "yes", "wheelchair": "yes",
                 "step_count": "3"}),
    ],
)  # fmt: skip
def test_a_bad_row_is_refused_and_leaves_the_others_alone(tmp_path: Path, row: Any) -> None:
    venue = VenueFactory(name="Mill Lane Hall")
    found = imported(tmp_path, venue, row, feature(TAGS))
    assert [one["outcome"] for one in found] == ["refused", "updated"]
    assert found[0]["warnings"]


@pytest.mark.parametrize(
    ("tags", "codes"),
    [
        ({"wheelchair": "limited"}, []),
        ({"wheelchair": "perhaps"}, []),
        ({"hearing_loop": "yes", "audio_loop": "no"}, []),
        ({"capacity:disabled": "a few"}, []),
        ({"capacity:disabled": "0"}, ["parking_blue_badge_count"]),
        ({"incline": "8%"}, ["ramp_gradient"]),
        ({"width": "1.2"}, []),
        ({"check_date": "soon", "elevator": "yes"}, ["lift"]),
    ],
)
def test_what_is_not_clear_is_said_and_not_guessed(
    tmp_path: Path, tags: dict[str, str], codes: list[str]
) -> None:
    venue = VenueFactory()
    [row] = imported(tmp_path, venue, feature({"openhall": venue.slug, **tags}))
    assert row["facts"] == codes
    assert bool(row["warnings"]) is ((codes == [] and "width" not in tags) or "check_date" in tags)


@pytest.mark.parametrize("text", ["", "[", "{}", "7", "[[" * 2000])
def test_a_file_that_is_none_is_refused_in_words(tmp_path: Path, text: str) -> None:
    file = tmp_path / "osm.json"
    file.write_text(text)
    with pytest.raises(CommandError):
        call_command("import_osm_access", str(file), "--council", VenueFactory().council.slug)
