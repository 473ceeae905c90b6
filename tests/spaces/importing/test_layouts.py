"""Lists of every layout come in once, whole, with every odd row named; twice changes nothing."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, datetime

import pytest

from spaces.importing import FileRefused, Outcome, Report, Wish, import_venues
from spaces.models import AccessFact, SpaceNeed, Venue, VenueImport
from spaces.services.imports import undo_import
from tests.factories import CouncilFactory
from tests.spaces.importing import further_layouts, layouts

pytestmark = pytest.mark.django_db

LAYOUTS = layouts.LAYOUTS | further_layouts.FURTHER_LAYOUTS

NOW = datetime(2026, 11, 20, 9, 0, tzinfo=UTC)
_LETTER = {
    Outcome.CREATED: "c",
    Outcome.UNCHANGED: "u",
    Outcome.REFUSED: "r",
    Outcome.LEFT_OUT: "l",
    Outcome.UPDATED: "+",
}


def load(data: bytes) -> Report:
    return import_venues(data, Wish(council_slug="larkfield"), actor=None, now=NOW)


def outcomes(report: Report) -> str:
    return "".join(_LETTER[row.outcome] for row in report.rows)


@pytest.mark.parametrize("name", LAYOUTS)
def test_a_list_of_this_layout_comes_in(name: str) -> None:
    wanted = LAYOUTS[name]

    first = load(wanted.data)
    again = load(wanted.data)

    assert outcomes(first) == wanted.made
    assert outcomes(again) == wanted.made.replace("c", "u")
    assert (first.encoding, first.delimiter) == (wanted.encoding, wanted.delimiter)
    for venue_name, fields in wanted.venues.items():
        venue = Venue.objects.get(name=venue_name)
        found = {field: getattr(venue, field) for field in fields}
        assert found == fields
    codes = {note.code for row in first.rows for note in row.warnings}
    assert set(wanted.warned) <= codes
    assert all(row.problems for row in first.rows if _LETTER[row.outcome] in "rl")


def test_every_row_is_counted_once_for_programs() -> None:
    for wanted in LAYOUTS.values():
        data = load(wanted.data).as_data()
        counted = data["created"] + data["updated"] + data["unchanged"] + len(data["refused"])
        assert data["rows"] == counted == len(wanted.made)
        rows = Counter(one["row"] for one in data["refused"])
        assert set(rows.values()) <= {1}


def test_access_columns_are_yes_no_or_not_known() -> None:
    load(LAYOUTS["kinds we do not know, and dates of all sorts"].data)

    said = AccessFact.objects.values_list("venue__name", "code", "value", "measure")
    assert set(said) == {
        ("Elm", "entrance_step_free", "yes", None),
        ("Elm", "hearing_loop", "no", None),
        ("Elm", "parking_blue_badge_count", "yes", 3),
        ("Ash", "parking_blue_badge_count", "no", 0),
    }
    elm = AccessFact.objects.get(venue__name="Elm", code="entrance_step_free")
    assert elm.note == "The list says “Wheelchair access: Y”. Not measured."
    assert elm.checked_on is not None
    assert elm.checked_on.isoformat() == "2025-02-01"


def test_a_list_is_about_what_its_columns_or_its_file_are_called() -> None:
    wish = Wish(council_slug="larkfield", file_name="Allotments-2026.csv")
    import_venues(b"Where,lon,lat\nElm Park,0.15,51.45\n", wish, actor=None, now=NOW)

    assert Venue.objects.get().kind == "allotment"


def test_a_place_with_one_room_for_hire_is_not_closed_to_hirers() -> None:
    load(
        b"site_id,site_name,facility_type,access_type\n"
        b"1,Elm School,Grass pitches,Private Use\n1,Elm School,Sports halls,Pay and Play\n"
    )

    venue = Venue.objects.get()
    assert venue.booking_mode == "not_known"
    assert venue.spaces.count() == 2


def test_search_knows_the_imported_facts_and_forgets_undone_ones() -> None:
    report = load(b"Name,Address,Accessible toilet\nElm Hall,1 Row,Yes\n")
    venue = Venue.objects.get()
    assert SpaceNeed.objects.filter(venue=venue).exists()

    again = load(b"Name,Address,Accessible toilet\nElm Hall,1 Row,No\n")
    said = SpaceNeed.objects.filter(venue=venue, need="accessible_toilet")
    assert set(said.values_list("state", flat=True)) == {"no"}
    undo_import(VenueImport.objects.get(pk=again.number), actor=None, now=NOW)
    assert set(said.values_list("state", flat=True)) != {"no"}
    undo_import(VenueImport.objects.get(pk=report.number), actor=None, now=NOW)
    assert not Venue.objects.exists()


def test_an_imported_venue_is_listed_but_nobody_can_book_it_yet() -> None:
    load(b"Name,Address\nElm Hall,1 Row\n")

    venue = Venue.objects.get()
    assert (venue.visibility, venue.booking_mode) == ("public", "not_known")
    assert not venue.spaces.exists()


def test_a_school_of_a_register_is_not_published_by_the_import() -> None:
    load(b"Asset code,Property name,Holding type\nA1,Elm Primary School,Buildings\n")

    assert Venue.objects.get().visibility == Venue.Visibility.DRAFT


def test_one_place_far_from_all_others_is_pointed_out() -> None:
    rows = "".join(f"Hall {n},51.4{n},0.15\n" for n in range(9))
    report = load(f"Name,Latitude,Longitude\n{rows}Far Hall,57.1,-2.1\n".encode())

    assert [row.name for row in report.rows if row.warnings] == ["Far Hall"]
    assert "kilometres" in report.rows[-1].warnings[0].words


def test_a_list_that_names_its_council_goes_there() -> None:
    CouncilFactory(name="Elmshire")
    ashford = CouncilFactory(name="Ashford")
    data = b"Council,Venue,Postcode\nAshford,Elm Hall,ZZ1 1AA\n"
    import_venues(data, Wish(), actor=None, now=NOW)

    assert Venue.objects.get().council == ashford


def test_of_a_national_list_one_councils_rows_can_be_taken() -> None:
    data = b"Authority,Library,Postcode\nAshford,Elm,ZZ1 1AA\nElmshire,Ash,ZZ1 1AB\n"
    wish = Wish(council_slug="ashford", only_authority="ashford")
    report = import_venues(data, wish, actor=None, now=NOW)

    assert outcomes(report) == "cl"
    assert report.rows[1].problems[0].code == "another_authority"


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "empty"),
        (b"\xef\xbb\xbf \r\n", "empty"),
        (b"PK\x03\x04" + b"\x00" * 50, "Excel"),
        (b"\xd0\xcf\x11\xe0" + b"\x00" * 50, "Excel"),
        (b"%PDF-1.7 ...", "PDF"),
        (b"\x1f\x8b\x08\x00" + b"\x01" * 50, "compressed"),
        (b"<!DOCTYPE html><html><body>Sign in</body></html>", "web page"),
        (b"\n <html lang=en>", "web page"),
        (b"<?xml version='1.0'?><kml/>", "XML"),
        (b'{"type": "FeatureCollection"}', "JSON"),
        (bytes(range(256)) * 20, "not a text file"),
        (b"\x00\x01\x02 not a list at all", "not a text file"),
        (b"Name,Address\n", "no rows"),
        (b"Venue,Postcode\n" + b"Elm,ZZ1 1AA\n" * 5, ""),
        (b"1,2,3\n4,5,6\n7,8,9\n", "names of the columns"),
        (b"Postcode,Phone\nZZ1 1AA,01632 960001\nZZ1 1AB,01632 960002\n", "names of places"),
        (",".join(f"c{n}" for n in range(400)).encode() + b"\nx,y\n", "columns"),
        ("Name,Ort\n".encode("utf-16"), "no rows"),
    ],
)
def test_what_is_no_list_is_refused_in_one_sentence_or_read(data: bytes, words: str) -> None:
    if not words:
        assert outcomes(load(data)) == "cuuuu"
        return
    with pytest.raises(FileRefused, match=words):
        load(data)
    assert not Venue.objects.exists()


def test_too_many_rows_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("spaces.importing.table.MOST_ROWS", 1)

    with pytest.raises(FileRefused, match="Split"):
        load(b"Name,Address\nElm Hall,1 Row\nAsh Hall,2 Row\n")
