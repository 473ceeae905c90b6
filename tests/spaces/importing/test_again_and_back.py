"""What people change stays theirs; what an import did can be taken back, as far as it is unused."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest

from accounts.models import Council
from core.errors import StateConflict
from spaces.importing import Outcome, Report, Wish, import_venues
from spaces.models import AccessFact, Facility, ImportedRecord, Space, Venue, VenueImport
from spaces.services.imports import undo_import
from tests.factories import CouncilFactory, OperatorFactory
from tests.factories.spaces import SpaceFactory, VenueFactory

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 11, 20, 9, 0, tzinfo=UTC)
HEAD = "Ref,Name,Address,Postcode,Phone,Lat,Long,Step free,Kitchen,Ward\n"
ELM = "1,Elm Hall,1 Row,ZZ1 1AA,01632 960001,51.4,0.1,Yes,Yes,North\n"
ASH = "2,Ash Hall,2 Row,ZZ1 1AB,01632 960002,51.5,0.2,No,No,South\n"


@pytest.fixture
def council() -> Council:
    return CouncilFactory(slug="larkfield")


def load(text: str) -> Report:
    return import_venues(text.encode(), Wish(council_slug="larkfield"), actor=None, now=NOW)


def undo(report: Report) -> Any:
    return undo_import(VenueImport.objects.get(pk=report.number), actor=None, now=NOW)


def everything() -> list[Any]:
    return [
        list(Venue.objects.order_by("pk").values()),
        list(AccessFact.objects.order_by("pk").values()),
        list(Facility.objects.order_by("code").values("venue", "code", "quantity", "note")),
        list(Space.objects.order_by("pk").values()),
        list(ImportedRecord.objects.order_by("pk").values()),
    ]


def test_what_the_list_changed_follows_and_what_people_changed_stays(council: Council) -> None:
    load(HEAD + ELM)
    Venue.objects.update(phone="01632 960999", house_rules="No shoes.")

    report = load(HEAD + ELM.replace("1 Row", "7 Row").replace("960001", "960003"))

    venue = Venue.objects.get()
    assert (venue.address, venue.phone, venue.house_rules) == ("7 Row", "01632 960999", "No shoes.")
    assert report.rows[0].changed == ("address",)
    (warning,) = report.rows[0].warnings
    assert (warning.code, warning.column) == ("changed_by_hand", "phone")
    assert load(HEAD + ELM.replace("1 Row", "7 Row")).count(Outcome.UNCHANGED) == 1


def test_a_place_somebody_moved_on_the_map_stays_there(council: Council) -> None:
    load(HEAD + ELM)
    Venue.objects.update(latitude=51.41)

    load(HEAD + ELM.replace("51.4,0.1", "51.6,0.3"))

    assert Venue.objects.values_list("latitude", "longitude").get() == (51.41, 0.1)


def test_a_facility_or_room_that_somebody_removed_does_not_come_back(council: Council) -> None:
    load(HEAD + ELM)
    Facility.objects.all().delete()

    report = load(HEAD + ELM)

    assert report.rows[0].outcome == Outcome.UNCHANGED
    assert not Facility.objects.exists()


def test_a_venue_that_is_here_already_is_filled_in_and_never_overwritten(council: Council) -> None:
    operator = OperatorFactory(council=council)
    VenueFactory(operator=operator, name="The Elm Hall", postcode="ZZ1 1AA", phone="01632 960555")

    report = load(HEAD + ELM)

    venue = Venue.objects.get()
    assert (venue.name, venue.phone, venue.address) == ("The Elm Hall", "01632 960555", "1 Row")
    assert report.rows[0].outcome == Outcome.UPDATED
    assert {"already_here", "differs"} <= {note.code for note in report.rows[0].warnings}
    assert load(HEAD + ELM).count(Outcome.UNCHANGED) == 1


def test_another_list_about_the_same_place_makes_no_second_venue(council: Council) -> None:
    load(HEAD + ELM)
    load("Venue,Post code,Website\nELM HALL,zz11aa,elm.example.org\n")

    venue = Venue.objects.get()
    assert (venue.website, venue.name) == ("https://elm.example.org", "Elm Hall")
    assert load(HEAD + ELM).count(Outcome.UNCHANGED) == 1


def test_a_renamed_place_is_known_by_its_key_or_its_uprn(council: Council) -> None:
    load(HEAD + ELM)
    load(HEAD + ELM.replace("Elm Hall", "Elm and Oak Hall"))
    assert Venue.objects.get().name == "Elm and Oak Hall"

    load("Venue,UPRN,Address\nFir Centre,1001,1 Way\n")
    load("Venue,UPRN,Address\nNew Fir Centre,1001,1 Way\n")
    assert set(Venue.objects.values_list("name", flat=True)) == {
        "Elm and Oak Hall",
        "New Fir Centre",
    }


def test_undoing_the_first_import_leaves_nothing(council: Council) -> None:
    before = everything()
    report = load(HEAD + ELM + ASH)

    found = undo(report)

    assert (found.removed, found.restored, found.kept) == (2, 0, [])
    assert everything() == before
    with pytest.raises(StateConflict):
        undo(report)


def test_undoing_a_second_import_puts_back_what_the_first_had(council: Council) -> None:
    load(HEAD + ELM)
    before = everything()
    changed = ELM.replace("1 Row", "7 Row").replace("Yes,Yes,North", "No,No,South")
    report = load(HEAD + changed + ASH)
    assert everything() != before

    found = undo(report)

    assert (found.removed, found.restored, found.kept) == (1, 1, [])
    assert everything() == before


def test_what_was_changed_or_used_since_is_kept_and_named(council: Council) -> None:
    report = load(HEAD + ELM + ASH + ELM.replace("1,Elm", "3,Fir").replace("1AA", "1AD"))
    Venue.objects.filter(name="Elm Hall").update(name="Elm Tree Hall")
    SpaceFactory(venue=Venue.objects.get(name="Ash Hall"))

    found = undo(report)

    assert found.removed == 1
    assert {one["name"]: one["why"] for one in found.kept} == {
        "Elm Hall": "It was changed by hand since.",
        "Ash Hall": "Rooms, access facts or facilities were changed by hand since.",
    }
    assert Venue.objects.count() == 2


def test_a_later_import_is_undone_first(council: Council) -> None:
    first = load(HEAD + ELM)
    second = load(HEAD + ELM.replace("1 Row", "7 Row"))

    found = undo(first)
    assert "later import" in found.kept[0]["why"]
    undo(second)
    assert Venue.objects.get().address == "1 Row"
