"""Stops and stations: the national list, and which are near."""

from __future__ import annotations

import json
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from spaces.models import Stop
from spaces.stops import metres_between, nearest_stops

pytestmark = pytest.mark.django_db

HEAD = (
    "ATCOCode,NaptanCode,CommonName,Indicator,Easting,Northing,Longitude,Latitude,StopType,Status"
)
CHURCH = "490000001,abc,St Mary’s Church,Stop C,,,0.1500,51.4500,BCT,active"


def run(tmp_path: Path, *rows: str, head: str = HEAD, **more: Any) -> dict[str, Any]:
    file = tmp_path / "stops.csv"
    file.write_text("\n".join([head, *rows]), encoding="utf-8-sig")
    said = StringIO()
    call_command("import_naptan", str(file), format="json", stdout=said, **more)
    report: dict[str, Any] = json.loads(said.getvalue())
    return report


def test_stops_come_once_however_often_the_list_is_read(tmp_path: Path) -> None:
    rows = [CHURCH, "490G01,,Abbey Wood Station,,547000,179000,,,RLY,active"]
    first = run(tmp_path, *rows)
    assert (first["rows"], first["created"], first["refused"]) == (2, 2, [])
    again = run(tmp_path, *rows)
    assert (again["created"], again["updated"], again["unchanged"]) == (0, 0, 2)
    assert Stop.objects.count() == 2
    station = Stop.objects.get(code="490G01")
    assert station.kind == Stop.Kind.RAIL
    assert station.latitude == pytest.approx(51.49, abs=0.01)
    assert station.longitude == pytest.approx(0.117, abs=0.01)


def test_what_people_said_about_steps_stays_when_the_list_moves_a_stop(tmp_path: Path) -> None:
    run(tmp_path, CHURCH)
    Stop.objects.update(step_free="yes")
    report = run(tmp_path, CHURCH.replace("Stop C", "Stop D"))
    stop = Stop.objects.get()
    assert (report["updated"], stop.indicator, stop.step_free) == (1, "Stop D", "yes")


def test_a_stop_that_is_given_up_is_kept_but_not_shown(tmp_path: Path) -> None:
    run(tmp_path, CHURCH)
    run(tmp_path, CHURCH.replace(",active", ",inactive"))
    assert not Stop.objects.get().is_served
    assert nearest_stops(51.45, 0.15) == []


def test_ways_in_and_ranks_are_left_out_and_counted(tmp_path: Path) -> None:
    report = run(tmp_path, CHURCH, "9100,,Entrance,,,,0.15,51.45,RSE,active",
                 "490T,,Rank,,,,0.15,51.45,TXR,active")  # fmt: skip
    assert report["left_out"] == {"RSE": 1, "TXR": 1}
    assert report["created"] == 1


def test_one_area_may_be_taken_alone(tmp_path: Path) -> None:
    report = run(tmp_path, CHURCH, "180000001,,Piccadilly,,,,-2.23,53.48,BCT,active", area="490")
    assert Stop.objects.get().code == "490000001"
    assert report["left_out"] == {"area": 1}


@pytest.mark.parametrize(
    "row",
    [
        ",,No code,,,,0.15,51.45,BCT,active",
        "490X,,,,,,0.15,51.45,BCT,active",
        "490X,,No place,,,,,,BCT,active",
        "490X,,Sea,,,,-60,10,BCT,active",
        "490X,,Nowhere,,,,0,0,BCT,active",
        "490X,,Words,,east,north,,,BCT,active",
        f"490X,,{'long ' * 50},,,,0.15,51.45,BCT,active",
        f"{'4' * 30},,Name,,,,0.15,51.45,BCT,active",
        CHURCH,
        "490X",
    ],
)
def test_a_bad_row_is_named_by_its_line_and_the_rest_is_kept(tmp_path: Path, row: str) -> None:
    report = run(tmp_path, CHURCH, row, "490Z,,Last,,,,0.16,51.45,BCT,active")
    assert report["created"] == 2
    refused = [one["line"] for one in report["refused"]]
    assert refused == [3] or report["left_out"] == {"-": 1}


def test_another_file_is_refused_in_words(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="not a NaPTAN list"):
        run(tmp_path, "a,b", head="name,place")
    with pytest.raises(CommandError):
        call_command("import_naptan", str(tmp_path / "none.csv"))


def stop(code: str, latitude: float, longitude: float, **more: Any) -> Stop:
    return Stop.objects.create(
        code=code, name=code, kind="bus", latitude=latitude, longitude=longitude, **more
    )


def test_the_nearest_come_first_and_those_too_far_not_at_all() -> None:
    stop("far", 51.47, 0.15)
    stop("second", 51.4530, 0.15)
    stop("first", 51.45, 0.1520)
    stop("corner", 51.4605, 0.1667)
    found = nearest_stops(51.45, 0.15)
    assert [one.stop.code for one in found] == ["first", "second"]
    assert found[0].metres == pytest.approx(138.6, abs=1)
    assert [one.stop.code for one in nearest_stops(51.45, 0.15, most=1)] == ["first"]


def test_a_distance_is_that_over_the_ground() -> None:
    assert metres_between((51.5007, -0.1246), (51.5138, -0.0984)) == pytest.approx(2320, rel=0.01)
    assert metres_between((51.45, 0.15), (51.45, 0.15)) == 0
