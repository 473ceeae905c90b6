"""Venues from a public list: a report by row, no duplicates, never a traceback."""

from __future__ import annotations

import csv
import io
from datetime import UTC, date, datetime
from typing import Any

import pytest

from accounts.models import AuditEntry, Council, Operator
from spaces.access_facts import NEEDS, State, facts_of_spaces, need_state
from spaces.importing import Mode, Outcome, Report, Wish, import_venues
from spaces.importing.profiles import BUILT_IN
from spaces.models import AccessFact, Facility, Space, SpacePart, Venue, Ward
from tests.factories import CouncilFactory

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 11, 20, 9, 0, tzinfo=UTC)
HALL = {
    "site_id": "9001",
    "site_name": "Larkfield Sports Centre",
    "facility_type": "Sports halls",
    "access_type": "Pay and Play",
    "badminton_courts_total": "4",
    "netball_courts_total": "1",
    "street": "Larkfield Road",
    "town": "Larkfield",
    "postcode": "zz1 1aa",
    "telephone": "01632 960000",
    "email": "hall@example.org",
    "website": "https://hall.example.org/",
    "car_park": "Yes",
    "car_park_capacity": "90",
    "cycle_park": "No",
    "disability_parking": "Yes",
    "disability_finding_reaching_entrance": "Yes",
    "disability_reception_area": "Yes",
    "disability_activity_area": "Yes",
    "disability_social_areas": "No",
    "disability_spectator_areas": "Not Known",
    "disability_doorways": "Yes",
    "disability_emergency_exits": "NA",
    "disability_toilets": "No",
    "disability_changing_facilities": "",
    "disability_notes": "Ramps.",
    "ward_code": "E05000001",
    "ward_name": "Larkfield",
    "lon": "0.15",
    "lat": "51.45",
    "site_last_updated_date": "2025-04-02",
}
HEADER = [*BUILT_IN["activeplaces"].mapping, "badminton_courts_total", "netball_courts_total"]


def table(*rows: dict[str, str]) -> bytes:
    written = io.StringIO()
    writer = csv.DictWriter(written, HEADER)
    writer.writeheader()
    writer.writerows({**HALL, **row} for row in rows)
    return written.getvalue().encode()


def load(data: bytes, **more: Any) -> Report:
    wish = Wish(council_slug="larkfield", **more)
    return import_venues(data, wish, actor=None, now=NOW)


def test_a_hall_becomes_a_venue_with_one_space_to_ask_for() -> None:
    report = load(table({}), operator_name="Larkfield Leisure")

    venue = Venue.objects.get()
    assert [row.outcome for row in report.rows] == [Outcome.CREATED]
    assert (venue.name, venue.slug) == ("Larkfield Sports Centre", "larkfield-sports-centre")
    assert (venue.postcode, venue.phone) == ("ZZ1 1AA", "01632 960000")
    assert (venue.latitude, venue.longitude) == (51.45, 0.15)
    assert venue.ward is not None
    assert venue.ward.name == "Larkfield"
    assert venue.operator.organisation.name == "Larkfield Leisure"
    assert venue.confirmation == Venue.Confirmation.REQUEST
    assert venue.booking_mode == Venue.BookingMode.NOT_KNOWN
    space = venue.spaces.get()
    assert (space.kind, space.capacity, space.hours_known) == (Space.Kind.HALL, None, False)
    assert not space.is_bookable
    assert space.description == "Marked for: badminton courts 4, netball courts 1."
    assert SpacePart.objects.filter(space=space, part=space).exists()
    assert venue.facilities.get().quantity == 90
    assert AuditEntry.objects.get(verb="import_venue").council_id == venue.council_id


def test_access_columns_become_facts_with_source_and_date() -> None:
    load(table({}))

    space = Space.objects.get()
    facts = facts_of_spaces([space.pk])[space.pk]
    needs = {slug: need_state(need, facts).state for slug, need in NEEDS.items()}
    assert needs["accessible_toilet"] is State.NO
    assert needs["parking"] is State.YES
    assert needs["hearing_loop"] is State.UNKNOWN
    row = facts["entrance_step_free"].rows[0]
    assert (row.source, row.checked_on) == (AccessFact.Source.IMPORTED, date(2025, 4, 2))
    assert row.note == "From Active Places, not measured. Ramps."
    assert not AccessFact.objects.filter(value=AccessFact.Value.UNKNOWN).exists()
    assert "changing_places" not in facts


def test_importing_again_changes_nothing_and_duplicates_nothing() -> None:
    load(table({}, {"site_id": "9002", "site_name": "Other"}))
    before = AccessFact.objects.count()

    report = load(table({}, {"site_id": "9002", "site_name": "Other"}))

    assert report.count(Outcome.UNCHANGED) == 2
    assert (Venue.objects.count(), Space.objects.count()) == (2, 2)
    assert (AccessFact.objects.count(), Operator.objects.count()) == (before, 1)


def test_what_the_source_changed_is_changed_and_named() -> None:
    load(table({}))
    Venue.objects.update(confirmation=Venue.Confirmation.INSTANT, house_rules="No shoes.")

    report = load(table({"town": "Mill End", "disability_toilets": "Yes", "car_park": "No"}))

    venue = Venue.objects.get()
    assert report.rows[0].outcome == Outcome.UPDATED
    assert set(report.rows[0].changed) == {"town", "accessible_toilet", "facilities"}
    assert (venue.town, venue.house_rules) == ("Mill End", "No shoes.")
    assert venue.confirmation == Venue.Confirmation.INSTANT
    now = AccessFact.objects.get(code="accessible_toilet", superseded_by=None)
    old = AccessFact.objects.get(code="accessible_toilet", superseded_by=now)
    assert (old.value, now.value) == ("no", "yes")
    assert not venue.facilities.exists()


def test_what_is_no_longer_known_stops_being_yes() -> None:
    load(table({}))
    load(table({"disability_parking": "Not Known"}))

    space = Space.objects.get()
    known = facts_of_spaces([space.pk])[space.pk]["parking_blue_badge_count"]
    assert known.state is State.UNKNOWN


def test_a_facility_that_somebody_wrote_is_left_alone() -> None:
    load(table({"car_park": "No"}))
    Facility.objects.create(venue=Venue.objects.get(), code="car_park", quantity=5, note="Ours")

    load(table({}))

    assert [(row.quantity, row.note) for row in Facility.objects.all()] == [(5, "Ours")]


@pytest.mark.parametrize(
    ("changed", "what", "remedy"),
    [
        ({"site_name": "NA"}, "no name", "Fill"),
        ({"site_name": "12 34"}, "no name", "Fill"),
        ({"site_name": "x" * 151}, "150", "Shorten"),
        ({"site_name": "x" * 1_000_000}, "4000", "Shorten"),
        ({"site_name": "nul\x00byte"}, "NUL", "Export"),
    ],
)
def test_a_bad_row_is_refused_with_a_reason_and_a_remedy_and_its_neighbours_are_not(
    changed: dict[str, str], what: str, remedy: str
) -> None:
    report = load(table(changed, {"site_id": "9002", "site_name": "Other"}))

    assert [row.outcome for row in report.rows] == [Outcome.REFUSED, Outcome.CREATED]
    assert report.rows[0].number == 2
    (problem,) = report.rows[0].problems
    assert what in problem.what
    assert remedy in problem.remedy
    assert Venue.objects.count() == 1


def test_a_second_row_about_one_place_adds_its_room_and_nothing_else() -> None:
    rows = table(
        {}, {"facility_type": "Studio", "town": "Other"}, {"facility_type": "Sports halls"}
    )
    first, again = load(rows), load(rows)

    assert [row.outcome for row in first.rows] == [
        Outcome.CREATED,
        Outcome.UPDATED,
        Outcome.UNCHANGED,
    ]
    assert again.count(Outcome.UNCHANGED) == 3
    assert Venue.objects.get().town == "Larkfield"
    assert set(Space.objects.values_list("name", flat=True)) == {"Sports hall", "Studio"}


def test_what_is_not_hired_by_the_room_is_only_named() -> None:
    report = load(table({"facility_type": "Ski slopes"}))

    assert report.rows[0].outcome == Outcome.CREATED
    assert not Space.objects.exists()
    assert "ski slopes" in Venue.objects.get().description


def test_a_row_with_too_few_cells_is_refused() -> None:
    report = load(table({}) + b"9003,Short row\r\n")

    assert report.rows[1].outcome == Outcome.REFUSED
    assert "cells" in report.rows[1].problems[0].what


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"postcode": "M31"}, "postcode"),
        ({"telephone": "ask at the bar"}, "phone"),
        ({"email": "not an address"}, "email"),
        ({"website": "javascript:alert(1)"}, "website"),
        ({"website": "https://" + "x" * 250 + ".example.org"}, "website"),
    ],
)
def test_a_detail_that_makes_no_sense_is_left_out_with_a_warning(
    changed: dict[str, str], field: str
) -> None:
    report = load(table(changed))

    assert report.rows[0].outcome == Outcome.CREATED
    assert getattr(Venue.objects.get(), field) == ""
    assert len(report.rows[0].warnings) == 1


@pytest.mark.parametrize("when", ["2999-01-01", "31/02/2025", "2025-02-30"])
def test_a_date_of_the_future_or_of_no_calendar_is_left_out(when: str) -> None:
    report = load(table({"site_last_updated_date": when}))

    assert len(report.rows[0].warnings) == 1
    assert {fact.checked_on for fact in AccessFact.objects.all()} == {None}


def test_a_place_for_private_use_is_not_for_hire() -> None:
    report = load(table({"access_type": "Private Use"}))

    assert Venue.objects.get().booking_mode == Venue.BookingMode.NOT_FOR_HIRE
    assert not Space.objects.get().is_bookable
    assert "private" in report.rows[0].warnings[0].words


def test_a_place_without_coordinates_is_added_and_says_so() -> None:
    report = load(table({"lat": "", "lon": ""}))

    assert Venue.objects.get().latitude is None
    assert "map" in report.rows[0].warnings[0].words


def test_two_places_of_one_name_get_addresses_of_their_own() -> None:
    load(
        table(
            {}, {"site_id": "9002", "postcode": "ZZ2 2AA"}, {"site_id": "9003", "site_name": "北京"}
        )
    )

    slugs = set(Venue.objects.values_list("slug", flat=True))
    assert slugs == {"larkfield-sports-centre", "larkfield-sports-centre-2", "venue-9003"}


def test_a_rehearsal_reports_all_and_keeps_nothing() -> None:
    report = load(table({}, {"site_name": "-", "site_id": "9002"}), mode=Mode.REHEARSE)

    assert [row.outcome for row in report.rows] == [Outcome.CREATED, Outcome.REFUSED]
    assert not Venue.objects.exists()
    assert not Council.objects.exists()
    assert not Ward.objects.exists()


def test_without_a_council_named_the_only_one_there_is_takes_them() -> None:
    only = CouncilFactory()
    import_venues(table({}), Wish(), actor=None, now=NOW)
    assert Venue.objects.get().council == only


def test_without_a_council_named_among_several_they_are_set_apart() -> None:
    CouncilFactory.create_batch(2)
    report = import_venues(table({}), Wish(), actor=None, now=NOW)

    assert Venue.objects.get().council.slug == "imported-venues"
    assert any("Imported venues" in note for note in report.notes)


def test_a_byte_order_mark_and_blank_lines_do_no_harm() -> None:
    report = load(b"\xef\xbb\xbf" + table({}) + b"\r\n,,\r\n")

    assert [row.outcome for row in report.rows] == [Outcome.CREATED]
