"""Long lists cost few queries; rooms of one place; what the database refuses harms no other."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from spaces.importing import FileRefused, Report, Wish, import_venues
from spaces.models import AccessFact, ImportChange, Space, Venue

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 11, 20, 9, 0, tzinfo=UTC)
HEAD = b"Name,Address,Ward,Hearing loop,Kitchen\n"


def load(data: bytes) -> Report:
    return import_venues(data, Wish(council_slug="larkfield"), actor=None, now=NOW)


def halls(count: int, *, loop: str = "Y") -> bytes:
    return HEAD + b"".join(f"Hall {n},{n} Row,North,{loop},Y\n".encode() for n in range(count))


def queries(data: bytes) -> int:
    with CaptureQueriesContext(connection) as captured:
        load(data)
    return len(captured)


def test_many_new_places_cost_as_many_queries_as_few() -> None:
    load(b"Name,Address,Ward\nFirst Hall,Row,North\n")
    few = queries(halls(3))
    Venue.objects.filter(name__startswith="Hall").delete()

    assert queries(halls(60)) <= few


def test_many_places_read_again_cost_as_many_queries_as_few() -> None:
    load(halls(60))
    few = queries(halls(3))

    assert queries(halls(60)) <= few


def test_a_row_that_the_database_refuses_is_named_and_harms_no_other() -> None:
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE spaces_venue ADD CONSTRAINT no_two CHECK (name <> 'Hall 2')")
    report = load(halls(4) + b"Hall 2,2 Row,North,Y,Y\n")

    found = report.as_data()
    assert (found["created"], [one["row"] for one in found["refused"]]) == (3, [4, 6])
    assert {one["code"] for one in found["refused"]} == {"not_stored"}
    assert set(Venue.objects.values_list("name", flat=True)) == {"Hall 0", "Hall 1", "Hall 3"}
    assert ImportChange.objects.count() == 3
    assert AccessFact.objects.count() == 3


def test_a_change_that_the_database_refuses_is_taken_back_alone() -> None:
    load(halls(3))
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute(
            "ALTER TABLE spaces_accessfact ADD CONSTRAINT no_no"
            " CHECK (value <> 'no' OR venue_id NOT IN"
            f" ({Venue.objects.get(name='Hall 1').pk}))"
        )
    report = load(halls(3, loop="N").replace(b"Hall 1", b"HALL 1"))

    assert [row.number for row in report.rows if row.problems] == [3]
    assert Venue.objects.filter(name="Hall 1").exists()
    current = AccessFact.objects.filter(superseded_by=None).order_by("venue__name")
    assert list(current.values_list("value", flat=True)) == ["no", "yes", "no"]


def test_rows_about_rooms_make_the_rooms_of_one_place() -> None:
    data = (
        b"Venue,Room,Capacity (theatre),Book at\n"
        b"Elm Hall,Main hall,120,https://elm.example/book\nElm Hall,The Snug,12,\n"
    )
    load(data)
    again = load(data)

    rooms = Space.objects.order_by("name").values_list("name", "capacity", "is_bookable")
    assert list(rooms) == [("Main hall", 120, False), ("The Snug", 12, False)]
    assert [row.outcome for row in again.rows] == ["unchanged", "unchanged"]


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"Name,Elm,Ash\nAddress,1 Row,2 Row\nPostcode,ZZ1 1AA,ZZ1 1AB\n", "Turn the list round"),
        (b"<ows:ExceptionReport>\n</ows:ExceptionReport>", "XML"),
        (b'[\n {"name": "Elm Hall"}\n]', "JSON"),
        (b"version https://git-lfs.github.com/spec/v1\noid sha256:4d7a\n", "only says where"),
        (b"A1,THE SURGERY,Y54\nA2,THE HALL,Y54\nA3,COMMUNITY CENTRE,Y54\n", "names of the columns"),
    ],
)
def test_what_is_no_list_of_rows_is_refused_in_one_sentence(data: bytes, words: str) -> None:
    with pytest.raises(FileRefused, match=words):
        load(data)
    assert not Venue.objects.exists()
