"""The command: what it prints, how it ends, and the real lists."""

from __future__ import annotations

import io
import json
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command

from accounts.models import Council
from spaces.models import AccessFact, Venue, VenueImport, Ward

pytestmark = pytest.mark.django_db

REAL = Path(settings.OPENHALL_SHARED) / "data/venues"
LIST = b"Name,Address,Latitude,Longitude\nElm Hall,1 Row,51.4,0.1\n-,2 Row,,\nAsh Hall,3 Row,x,y\n"


@pytest.fixture
def halls(tmp_path: Path) -> Path:
    file = tmp_path / "halls.csv"
    file.write_bytes(LIST)
    return file


def run(*args: Any) -> dict[str, Any]:
    out = io.StringIO()
    call_command("import_venues", *map(str, args), "--format=json", stdout=out)
    found: dict[str, Any] = json.loads(out.getvalue())
    return found


def test_it_prints_what_programs_are_promised(halls: Path) -> None:
    found = run(halls, "--council", "larkfield")

    assert {key: found[key] for key in ("rows", "created", "updated", "unchanged")} == {
        "rows": 3,
        "created": 2,
        "updated": 0,
        "unchanged": 0,
    }
    (refused,) = found["refused"]
    assert (refused["row"], refused["column"], refused["code"]) == (3, "Name", "no_name")
    (warning,) = found["warnings"]
    assert (warning["row"], warning["code"]) == (4, "coordinates")
    assert found["import"] == VenueImport.objects.get().pk


def test_it_prints_lines_for_people(halls: Path) -> None:
    out = io.StringIO()
    call_command("import_venues", str(halls), "--council", "larkfield", stdout=out)

    assert "Row 2: added: Elm Hall" in out.getvalue()
    assert "2 added, 0 changed, 0 as before, 0 left out, 1 refused" in out.getvalue()


def test_trying_keeps_nothing(halls: Path) -> None:
    found = run(halls, "--council", "larkfield", "--dry-run")

    assert found["created"] == 2
    assert not Venue.objects.exists()
    assert not Council.objects.exists()
    assert not VenueImport.objects.exists()


@pytest.mark.parametrize(
    ("args", "words"),
    [
        (["nowhere.csv"], "file"),
        (["."], "file"),
        (["x\x00y"], "file"),
        (["{halls}", "--profile", "no-such"], "activeplaces"),
        (["{halls}", "--profile", "libraries-wales"], "No column holds"),
        (["{halls}", "--council", "not a slug!"], "short name"),
        (["{halls}", "--operator", "x" * 200], "too long"),
    ],
)
def test_what_it_cannot_use_ends_with_code_2_and_the_same_keys(
    halls: Path, args: list[str], words: str
) -> None:
    out = io.StringIO()
    filled = [one.format(halls=halls) for one in args]
    with pytest.raises(CommandError, match=words) as caught:
        call_command("import_venues", *filled, "--format=json", stdout=out)

    assert caught.value.returncode == 2
    found = json.loads(out.getvalue())
    assert set(found) == {"rows", "created", "updated", "unchanged", "refused", "warnings"}
    assert found["refused"][0]["row"] == 0


def test_an_import_is_undone_by_its_number(halls: Path) -> None:
    number = run(halls, "--council", "larkfield")["import"]
    out = io.StringIO()
    call_command("undo_import", str(number), stdout=out)

    assert "2 removed" in out.getvalue()
    assert not Venue.objects.exists()
    with pytest.raises(CommandError):
        call_command("undo_import", str(number))
    with pytest.raises(CommandError):
        call_command("undo_import", "999999")


GIVEN = {
    "01_trafford_land_and_building_assets.csv": ("council-property", 608, 159),
    "02_activeplaces_trafford_sports_hall.csv": ("activeplaces", 46, 46),
    "04_libraries_wales.csv": ("libraries-wales", 265, 263),
    "07_trafford_community_hubs.csv": ("community-hubs", 6, 6),
    "07_trafford_leisure_centres_and_parking.csv": ("leisure-centres", 17, 9),
    "encodings/democracy-counts-utf-16le.csv": ("polling-places", 34, 23),
    "encodings/ext-csv-with-tsv-ext.tsv": ("polling-places-by-home", 9, 1),
}


@pytest.mark.contract
@pytest.mark.skipif(not REAL.exists(), reason="the shared data is not here")
@pytest.mark.parametrize("name", GIVEN)
def test_a_real_list_comes_in_whole_and_again(name: str) -> None:
    profile, rows, venues = GIVEN[name]
    first, again = run(REAL / name, "--council=x"), run(REAL / name, "--council=x")

    assert (first["profile"], first["rows"]) == (profile, rows)
    assert first["created"] == venues == Venue.objects.count()
    assert first["created"] + first["unchanged"] + len(first["refused"]) == rows
    assert (again["created"], again["updated"]) == (0, 0)
    assert again["unchanged"] == first["created"] + first["unchanged"]
    assert all(one["code"] == "not_a_place_to_hire" for one in first["refused"])


@pytest.mark.contract
@pytest.mark.skipif(not REAL.exists(), reason="the shared data is not here")
def test_the_libraries_of_england_for_one_council() -> None:
    name = REAL / "04_libraries_england_2023.csv"
    first = run(name, "--council=x", "--authority=Trafford")
    again = run(name, "--council=x", "--authority=Trafford")

    assert (first["rows"], first["encoding"]) == (3487, "utf-8")
    assert first["created"] == Venue.objects.filter(kind="library").count() == 13
    assert again["unchanged"] == 13


@pytest.mark.contract
@pytest.mark.skipif(not REAL.exists(), reason="the shared data is not here")
def test_the_real_sports_halls_have_facts_places_and_wards() -> None:
    run(REAL / "02_activeplaces_trafford_sports_hall.csv", "--council=x")

    assert Venue.objects.filter(booking_mode="not_known").count() == 33
    assert Venue.objects.filter(latitude__range=(53.3, 53.5)).count() == 46
    assert AccessFact.objects.filter(code="entrance_step_free", value="yes").count() == 45
    assert AccessFact.objects.filter(code="accessible_toilet", value="no").count() == 5
    assert Ward.objects.count() == 19


@pytest.mark.contract
@pytest.mark.skipif(not REAL.exists(), reason="the shared data is not here")
def test_the_real_swapped_coordinates_are_put_right_and_named() -> None:
    found = run(REAL / "01_trafford_land_and_building_assets.csv", "--council=x")

    swapped = [one["name"] for one in found["warnings"] if one["code"] == "swapped"]
    assert swapped == ["Davyhulme Youth Centre"]
    latitude = Venue.objects.get(name="Davyhulme Youth Centre").latitude
    assert latitude is not None
    assert 53.4 < latitude < 53.5
    assert not Venue.objects.filter(name__icontains="Kara House").exists()
