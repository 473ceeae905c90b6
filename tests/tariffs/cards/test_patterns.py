"""Each pattern can be published as it comes, and prices what its words promise."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from tariffs.cards import card_of, document_of
from tariffs.cards.patterns import PATTERNS
from tariffs.engine import price
from tariffs.rules import check, read
from tariffs.sheets.gaps import questions_of
from tests.tariffs.documents import SATURDAY, TUESDAY, ask

SUNDAY = date(2027, 1, 17)


def paid(key: str, day: date, start: str, end: str, *, category: str = "private") -> Decimal | None:
    document = document_of(*PATTERNS[key].build(["hall"], Decimal("20.00")))
    return price(read(document), ask(day, start, end, category=category)).total


@pytest.mark.parametrize("key", PATTERNS)
def test_a_pattern_can_be_published_and_leaves_nothing_open(key: str) -> None:
    document = document_of(*PATTERNS[key].build(["hall", "kitchen"], Decimal("20.00")))
    assert check(document, spaces={"hall", "kitchen"}, items=set()) == []
    assert questions_of([document]) == []


@pytest.mark.parametrize("key", PATTERNS)
def test_a_pattern_comes_back_as_the_same_rules(key: str) -> None:
    document = document_of(*PATTERNS[key].build(["hall"], Decimal("12.35")))
    assert document_of(*card_of(document)) == document


@pytest.mark.parametrize(
    ("key", "day", "start", "end", "category", "total"),
    [
        ("hourly", TUESDAY, "10:00", "12:00", "private", "44.00"),
        ("hourly", TUESDAY, "18:00", "20:00", "private", "52.80"),
        ("hourly", SATURDAY, "17:00", "19:00", "community", "23.50"),
        ("hourly", SUNDAY, "10:00", "11:00", "commercial", "45.00"),
        ("hourly", date(2027, 5, 3), "10:00", "11:00", "commercial", "45.00"),
        ("community-half", TUESDAY, "10:00", "12:00", "charity", "20.00"),
        ("community-half", TUESDAY, "10:00", "12:00", "commercial", "60.00"),
        ("sessions", TUESDAY, "10:00", "14:00", "faith", "160.00"),
        ("half-days", TUESDAY, "09:00", "12:00", "faith", "80.00"),
        ("half-days", TUESDAY, "09:00", "17:00", "faith", "150.00"),
        ("party", TUESDAY, "10:00", "12:00", "private", "65.00"),
        ("residents", TUESDAY, "10:00", "12:00", "private", "40.00"),
        ("regulars", TUESDAY, "10:00", "12:00", "community", "20.00"),
        ("desks", TUESDAY, "09:00", "17:00", "commercial", "120.00"),
    ],
)
def test_what_a_pattern_charges(
    key: str, day: date, start: str, end: str, category: str, total: str
) -> None:
    assert paid(key, day, start, end, category=category) == Decimal(total)
