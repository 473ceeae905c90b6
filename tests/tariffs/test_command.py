"""`manage.py tariff`: what programs are promised, and what people are told."""

from __future__ import annotations

import io
import json
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from jsonschema import Draft202012Validator

from core.errors import BadInput
from spaces.models import Venue
from tariffs.models import Tariff, TariffVersion
from tariffs.rules.editions import stamped
from tariffs.services import export_versions, import_versions
from tariffs.sheets.sheet import examined
from tests.factories import SpaceFactory

SHEET = """\
categories: {group: Group, firm: Firm}
list_category: firm
picked_by: booking_date
valid_from: "2026-04-01"
rules:
  - id: hall
    target: {spaces: [Main Hall]}
    quantity: {unit: hour}
    table: {by: [category], prices: {group: 10.50, firm: 20}}
  - {id: deposit, kind: deposit, amount: 100}
"""
REQUEST: dict[str, Any] = {
    "booked_on": "2026-11-01",
    "date": "2027-01-12",
    "start": "22:00",
    "end": "00:30",
    "spaces": ["main hall"],
    "hirer": {"category": "Group"},
}


@pytest.fixture
def sheet(tmp_path: Path) -> Path:
    file = tmp_path / "sheet.yaml"
    file.write_text(SHEET, encoding="utf-8")
    return file


def run(*args: object) -> str:
    out = io.StringIO()
    call_command("tariff", *map(str, args), stdout=out)
    return out.getvalue()


def asked(sheet: Path, **request: Any) -> dict[str, Any]:
    file = sheet.with_suffix(".json")
    file.write_text(json.dumps(REQUEST | request), encoding="utf-8")
    answer: dict[str, Any] = json.loads(run("quote", sheet, file, "--format", "json"))
    return answer


def test_a_quote_needs_no_database_and_says_every_figure_in_pence(sheet: Path) -> None:
    answer = asked(sheet)

    assert (answer["total"], answer["list_total"], answer["deposit"], answer["vat"]) == (
        "26.25",
        "50.00",
        "100.00",
        "0.00",
    )
    assert answer["lines"] == [
        {
            "kind": "rate",
            "rule": "hall-group",
            "what": "main hall",
            "quantity": "2.5",
            "unit": "hour",
            "unit_price": "10.50",
            "amount": "26.25",
            "list_amount": "50.00",
            "vat": "exempt",
            "vat_rate": "0",
            "why": "This is the price for “group” on Tuesday to Wednesday.",
        }
    ]


def test_a_day_before_the_first_version_needs_a_decision(sheet: Path) -> None:
    answer = asked(sheet, booked_on="2025-01-01")

    assert answer["total"] is None
    assert answer["needs_decision"][0]["code"] == "no_tariff"


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("date", "soon"),
        ("start", "25:00"),
        ("end", 7),
        ("spaces", "hall"),
        ("setup_minutes", -5),
        ("colour", "red"),
        ("items", [{"item": "cup", "quantity": 0}]),
        ("items", [{"item": "cup", "quantity": 1.5}]),
        ("event", {"people": -1}),
        ("event", {"people": 2.5}),
        ("date", "9999-12-31"),
        ("date", "0001-01-01"),
        ("event", {"takings": "NaN"}),
        ("event", {"takings": 10_000_000}),
        ("hirer", {"resident": "perhaps"}),
        ("days", ["2027-01-12", "2027-01-01"]),
        ("measure", {"hectares": "Infinity"}),
        ("cancel", {"days_before": 3, "by": "nobody"}),
        ("dates", []),
    ],
)
def test_a_request_that_cannot_be_read_is_refused_by_field(
    sheet: Path, field: str, value: object
) -> None:
    with pytest.raises(CommandError, match=field):
        asked(sheet, **{field: value})


@pytest.mark.parametrize("text", ["null", "{}", '{"date": "2027-01-12"}', '{"spaces": []}'])
def test_a_request_for_nothing_is_refused_and_never_free(sheet: Path, text: str) -> None:
    file = sheet.with_suffix(".json")
    file.write_text(text, encoding="utf-8")

    with pytest.raises(CommandError, match="space or an item"):
        run("quote", sheet, file)


def test_what_is_agreed_at_a_time_needs_no_space(sheet: Path) -> None:
    answer = asked(sheet, spaces=[], agreed_total="80.00")

    assert answer["total"] == "80.00"


def test_a_number_that_is_none_is_refused(sheet: Path) -> None:
    file = sheet.with_suffix(".json")
    file.write_text('{"spaces": ["Main Hall"], "hours": NaN}', encoding="utf-8")

    with pytest.raises(CommandError, match="NaN"):
        run("quote", sheet, file)


def test_check_ends_with_the_line_of_each_fault(sheet: Path) -> None:
    sheet.write_text(SHEET.replace("firm: 20", "firm: free"), encoding="utf-8")

    with pytest.raises(CommandError, match=r"line 9.*amount"):
        run("check", sheet)


def test_check_says_a_sheet_can_be_published(sheet: Path) -> None:
    assert "can be published" in run("check", sheet)


def test_the_published_schema_is_that_of_the_checks() -> None:
    schema = json.loads(run("schema"))

    Draft202012Validator.check_schema(schema)
    (document,), _faults = examined(SHEET)
    assert list(Draft202012Validator(schema).iter_errors(document)) == []


@pytest.fixture
def venue() -> Venue:
    made: Venue = SpaceFactory(name="Main Hall", slug="main-hall").venue
    return made


@pytest.mark.django_db
def test_a_sheet_goes_into_a_venue_and_comes_out_the_same(sheet: Path, venue: Venue) -> None:
    said = run("import", sheet, "--venue", venue.slug)
    again, faults = examined(run("export", venue.slug))

    assert "1 versions published" in said
    assert faults == []
    assert again == [stamped(one) for one in examined(SHEET)[0]]
    assert Tariff.objects.get(venue=venue).picked_by == Tariff.PickedBy.BOOKING_DATE
    assert TariffVersion.objects.get().valid_from == date(2026, 4, 1)


@pytest.mark.django_db
def test_a_sheet_without_a_first_day_needs_one(venue: Venue) -> None:
    (document,), _faults = examined(SHEET.replace('valid_from: "2026-04-01"\n', ""))

    with pytest.raises(BadInput, match="which day"):
        import_versions(
            venue, [document], first=None, actor=None, now=datetime(2026, 1, 1, tzinfo=UTC)
        )
    with pytest.raises(BadInput, match="not published"):
        export_versions(venue)


@pytest.mark.django_db
def test_a_venue_nobody_knows_is_told(sheet: Path) -> None:
    with pytest.raises(CommandError, match="no venue"):
        run("import", sheet, "--venue", "nowhere")
