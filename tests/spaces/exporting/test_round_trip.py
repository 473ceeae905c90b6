"""Our own files read back: every row is known, and nothing is doubled."""

from __future__ import annotations

import io
import json
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from accounts.models import Council
from spaces.models import AccessFact, Space, Venue, VenueKind, Ward
from tests.factories import SpaceFactory, VenueFactory
from tests.factories.access import say
from tests.factories.accounts import CouncilFactory, OperatorFactory

pytestmark = pytest.mark.django_db


def write(path: Path, *args: str) -> str:
    out = io.StringIO()
    call_command("export_venues", str(path), *args, stdout=out)
    return out.getvalue()


def read(path: Path, *args: str) -> dict[str, Any]:
    out = io.StringIO()
    call_command("import_venues", str(path), *args, "--format=json", stdout=out)
    found: dict[str, Any] = json.loads(out.getvalue())
    return found


@pytest.fixture
def council() -> Council:
    """Venues with all that is hard to tell apart or to read back."""
    operator = OperatorFactory()
    ward = Ward.objects.create(council=operator.council, name="Mill", code="E05000001")
    place = {"operator": operator, "postcode": "NM5 2DH", "town": "Mere"}
    plain = VenueFactory(
        **place,
        name="Mill Lane Hall",
        ward=ward,
        address="1 Mill Lane, Mere",
        description="Two halls.\n\nOne kitchen.",
        phone="+44 20 7946 0325",
        uprn="100900000925",
        longitude=-2.31,
    )
    SpaceFactory(venue=plain, name="Hall", slug="once-called-hall", kind=Space.Kind.HALL)
    SpaceFactory(venue=plain, name="Kitchen", slug="kitchen", kind=Space.Kind.KITCHEN)
    say(plain, "lift", "no", source="audit")
    # Of one name, at one address.
    SpaceFactory(venue=VenueFactory(**place, name="The Mill Lane Hall"))
    SpaceFactory(venue=VenueFactory(**place, name="=MILL LANE HALL"))
    SpaceFactory(venue=VenueFactory(**place, name="Refuge Lane Car Park", slug="x" * 150))
    SpaceFactory(
        venue=VenueFactory(
            operator=operator,
            name="Mere Online",
            kind=VenueKind.DIGITAL,
            website="https://example.org/",
            latitude=None,
            longitude=None,
        )
    )
    VenueFactory(
        **place,
        name="Plots",
        kind=VenueKind.ALLOTMENT,
        booking_mode=Venue.BookingMode.ASK,
        how_to_ask="Write to us.",
    )
    VenueFactory(**place, name="Units", kind=VenueKind.OFFICE_HUB)
    return operator.council


@pytest.mark.parametrize("what", ["venues", "spaces"])
def test_a_file_read_back_changes_nothing_and_knows_every_row(
    council: Council, tmp_path: Path, what: str
) -> None:
    before = list(Venue.objects.order_by("pk").values())
    facts, spaces = AccessFact.objects.count(), list(Space.objects.order_by("pk").values())
    path = tmp_path / "all.csv"
    write(path, "--rows", what)

    first, second = read(path), read(path)

    for found in (first, second):
        assert found["profile"] == f"openhall-{what}"
        assert found["refused"] == []
        assert found["rows"] == found["unchanged"] > 5
        assert {one["code"] for one in found["warnings"]} <= {
            *("already_here", "no_coordinates", "formula")
        }
    assert list(Venue.objects.order_by("pk").values()) == before
    assert list(Space.objects.order_by("pk").values()) == spaces
    assert AccessFact.objects.count() == facts


def test_each_venue_is_matched_with_itself(council: Council, tmp_path: Path) -> None:
    path = tmp_path / "all.csv"
    write(path)
    twin = Venue.objects.get(name="The Mill Lane Hall")
    Venue.objects.filter(pk=twin.pk).update(phone="")
    text = path.read_text("utf-8-sig")
    names = text.splitlines()[0].split(",")
    lines = [line for line in text.splitlines() if line.startswith(f"{twin.slug},")]
    assert len(lines) == 1
    cells = lines[0].split(",")
    cells[names.index("phone")] = "020 7946 0999"
    path.write_text("\n".join([text.splitlines()[0], ",".join(cells)]), "utf-8")

    assert read(path, "--council", council.slug)["updated"] == 1
    twin.refresh_from_db()
    assert twin.phone == "020 7946 0999"


def test_where_none_of_it_is_known_everything_is_made_anew(
    council: Council, tmp_path: Path
) -> None:
    path = tmp_path / "spaces.csv"
    write(path, "--rows", "spaces")
    told = _spaces_of(council.slug)

    first, second = (read(path, "--council", "elsewhere") for _ in range(2))

    assert first["refused"] == second["refused"] == []
    assert second["unchanged"] == len(told)
    assert _spaces_of("elsewhere") == told


def _spaces_of(council: str) -> list[tuple[Any, ...]]:
    names = ("venue__name", "venue__kind", "name", "slug", "kind", "capacity")
    rows = Space.objects.filter(venue__council__slug=council)
    return sorted(rows.values_list(*names))


def test_of_a_file_of_several_councils_only_ones_own_rows_are_read(
    council: Council, tmp_path: Path
) -> None:
    other = VenueFactory(operator=OperatorFactory(council=CouncilFactory(name="Another town")))
    path = tmp_path / "all.csv"
    write(path)
    count = Venue.objects.count()

    found = read(path, "--council", other.council.slug)

    assert found["unchanged"] == 1
    assert {one["code"] for one in found["refused"]} == {"another_authority"}
    assert Venue.objects.count() == count
    with pytest.raises(CommandError, match="Say which council"):
        read(path)


def test_the_command_writes_each_form_and_refuses_what_it_cannot_write(
    council: Council, tmp_path: Path
) -> None:
    for name in ("a.csv", "a.geojson", "A.JSON"):
        assert "bytes" in write(tmp_path / name, "--council", council.slug)
    assert json.loads((tmp_path / "a.geojson").read_bytes())["type"] == "FeatureCollection"
    for args in (["a.xls"], ["a.geojson", "--rows", "spaces"], ["a.csv", "--council", "none"]):
        with pytest.raises(CommandError):
            write(tmp_path / args[0], *args[1:])
    with pytest.raises(CommandError, match="cannot be written"):
        write(tmp_path / "no" / "such" / "a.csv")
