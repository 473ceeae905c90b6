"""Quotes that were given once come to the same for ever, whatever the engine learns."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from spaces.models import Venue
from tariffs.engine import AskedSpace, Loose, PriceAsk, price
from tariffs.models import Tariff, TariffVersion
from tariffs.rules import check, read
from tariffs.rules.editions import CURRENT, EDITIONS, edition_of, stamped
from tariffs.services import import_versions, publish_version, quote_dates
from tests.factories import SpaceFactory
from tests.tariffs.replaying import REPLAYS, answered, as_bytes, figures, sentences

KEPT = sorted(REPLAYS.glob("*.json"))
NOW = datetime(2026, 1, 1, tzinfo=UTC)
DESK: dict[str, Any] = {
    "list_category": "commercial",
    "rules": [
        {
            "id": "desk",
            "kind": "standing",
            "target": {"spaces": ["desk"]},
            "quantity": {"unit": "month", "included": 15},
            "amount": "30",
            "overage": "2",
        }
    ],
}


def used(hours: str) -> PriceAsk:
    """A month of the desk, used for so long."""
    return PriceAsk(
        spaces=(AskedSpace("desk", "Desk"),),
        span=None,
        loose=Loose(first=date(2027, 1, 4)),
        category="commercial",
        told={"period.months": Decimal(1), "period.hours": Decimal(hours)},
    )


@pytest.mark.parametrize("file", KEPT, ids=lambda file: file.stem)
def test_a_kept_quote_comes_to_the_same_byte_for_byte(file: Path) -> None:
    kept = json.loads(file.read_bytes())

    assert kept["quotes"]
    for one in kept["quotes"]:
        again = answered(kept["documents"], one["request"])
        assert as_bytes(figures(again)) == as_bytes(figures(one["answer"]))
        assert len(sentences(again)) == len(sentences(one["answer"]))
        assert all(sentences(again))


def test_kept_quotes_are_many_and_of_every_kind() -> None:
    answers = [one["answer"] for file in KEPT for one in json.loads(file.read_bytes())["quotes"]]
    lines = [line for answer in answers for line in answer["lines"]]
    codes = {one["code"] for answer in answers for one in answer["needs_decision"]}

    assert len(answers) >= 60
    assert {line["kind"] for line in lines} == {
        "rate",
        "item",
        "fee",
        "staff",
        "adjust",
        "bound",
        "vat",
        "agreed",
    }
    assert {line["unit"] for line in lines} >= {
        "hour",
        "session",
        "day",
        "night",
        "week",
        "month",
        "year",
        "booking",
        "fixture",
        "series",
        "person",
        "item",
        "measure",
        "pound",
    }
    assert {line["vat"] for line in lines} == {"exempt", "outside", "inclusive", "exclusive"}
    assert codes >= {"missing_fact", "rates_tie", "no_rate", "no_band", "two_bands", "stacking"}


def test_a_figure_that_moved_would_be_seen() -> None:
    answer = {"total": "1.00", "lines": [{"amount": "1.00", "why": "Tuesday"}]}
    moved = {"total": "1.00", "lines": [{"amount": "1.01", "why": "Tuesday"}]}
    said = {"total": "1.00", "lines": [{"amount": "1.00", "why": "On a Tuesday"}]}

    assert as_bytes(figures(answer)) != as_bytes(figures(moved))
    assert as_bytes(figures(answer)) == as_bytes(figures(said))


@pytest.mark.parametrize(
    ("document", "hours", "total"),
    [
        (DESK, "17.5", "36.00"),
        ({**DESK, "engine": 1}, "17.5", "36.00"),
        ({**DESK, "engine": 2}, "17.5", None),
        ({**DESK, "engine": 2}, "17", "34.00"),
        ({**DESK, "engine": 2}, "14.5", "30.00"),
    ],
)
def test_a_document_is_read_by_its_edition(
    document: dict[str, Any], hours: str, total: str | None
) -> None:
    priced = price(read(document), used(hours))

    assert priced.total == (Decimal(total) if total else None)
    assert [one.code for one in priced.needs_decision] == ([] if total else ["overage_step"])


@pytest.mark.parametrize(("step", "total"), [("1", "36.00"), ("0.5", "35.00"), ("0.25", "34.50")])
def test_a_sheet_says_how_part_of_an_hour_beyond_counts(step: str, total: str) -> None:
    rule = {**DESK["rules"][0], "overage_step": step}

    assert price(read(stamped({**DESK, "rules": [rule]})), used("17.20")).total == Decimal(total)


def test_editions_are_numbered_from_one_and_say_what_changed() -> None:
    assert [edition.number for edition in EDITIONS] == list(range(1, len(EDITIONS) + 1))
    assert all(edition.changed for edition in EDITIONS)
    assert edition_of({}).number == 1
    assert edition_of(stamped({})) is CURRENT


@pytest.mark.parametrize("number", [0, len(EDITIONS) + 1, "1", True, -1])
def test_an_edition_that_is_none_is_refused(number: object) -> None:
    (fault,) = check({**DESK, "engine": number})

    assert fault.where == "engine"
    assert "1" in fault.remedy


@pytest.fixture
def venue() -> Venue:
    made: Venue = SpaceFactory(name="Desk", slug="desk").venue
    return made


@pytest.mark.django_db
def test_what_is_published_keeps_its_edition_and_what_was_before_stays_of_the_first(
    venue: Venue,
) -> None:
    tariff = Tariff.objects.create(venue=venue)
    TariffVersion.objects.create(
        tariff=tariff, valid_from=date(2025, 1, 1), document=DESK, published_at=NOW
    )
    (before,) = quote_dates(venue.pk, [used("17.5")], booked_on=date(2026, 1, 1))
    new = publish_version(venue, DESK, date(2026, 6, 1), actor=None, now=NOW)
    (old,) = import_versions(
        venue,
        [{**DESK, "engine": 1, "valid_from": "2028-01-01"}],
        first=None,
        actor=None,
        now=NOW,
    )
    (after,) = quote_dates(venue.pk, [used("17.5")], booked_on=date(2026, 1, 1))

    assert before.priced.total == Decimal("36.00")
    assert new.document["engine"] == CURRENT.number
    assert old.document["engine"] == 1
    assert after.priced.needs_decision[0].code == "overage_step"
