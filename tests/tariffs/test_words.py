"""Why a line is there, in the words of its conditions."""

from __future__ import annotations

from typing import Any

import pytest

from tests.tariffs.replaying import answered

HALL = {"id": "hall", "target": {"spaces": ["hall"]}, "quantity": {"unit": "hour"}, "amount": "10"}
REQUEST: dict[str, Any] = {
    "date": "2027-01-12",
    "start": "18:00",
    "end": "20:00",
    "spaces": ["hall"],
    "hirer": {"category": "club", "resident": False, "regular": True},
    "event": {"purpose": "party", "tags": ["music", "own food"], "people": 80},
    "series": {"count": 10, "in_advance": True},
}


def why(rule: dict[str, Any]) -> str:
    """What the last line says of the rule."""
    document = {
        "categories": {"club": "Club or society"},
        "seasons": {"winter": ["10-01..03-31"]},
        "rules": [HALL, {"id": "more", **rule}],
    }
    said: str = answered([document], REQUEST)["lines"][-1]["why"]
    return said


@pytest.mark.parametrize(
    ("when", "said"),
    [
        ({"tag": ["music"]}, "This is added because your event has “music”."),
        ({"tag": ["music", "bar"]}, "This is added because your event has one of “bar”, “music”."),
        ({"all_tags": ["own food", "music"]},
         "This is added because your event has “music”, “own food”."),
        ({"purpose": ["party"]}, "This is added because your event is “party”."),
        ({"season": ["winter"]}, "This is added because it is this time of year."),
        ({"resident": False}, "This is added because you live outside the area."),
        ({"people": "> 60 <= 100"},
         "This is added because the number of people is more than 60, up to 100."),
        ({"people": ">= 60"}, "This is added because the number of people is 60 or more."),
        ({"people": "< 100"}, "This is added because the number of people is under 100."),
        ({"people": 80}, "This is added because the number of people is 80."),
        ({"day": ["tuesday"], "category": ["club"]},
         "This is added because you hire as “club or society” and it is on this day."),
        ({}, "This is added to each hire."),
        ({"rooms": 1, "without": ["bar"]}, "This is added because the number of rooms is 1."),
        ({"without": ["bar"]}, "This is added to a hire like yours."),
    ],
)  # fmt: skip
def test_a_fee_says_what_brings_it_in(when: dict[str, Any], said: str) -> None:
    fee = {"target": {"fee": "Fee"}, "quantity": {"unit": "booking"}, "amount": "5", "when": when}

    assert why(fee) == said


def test_a_share_says_of_what() -> None:
    fee = {"target": {"fee": "Fee"}, "quantity": {"unit": "pound", "of": ["hire"]}, "amount": "0.1"}

    assert why(fee) == "This is added to each hire. It is 10% of the hire."
    assert why({**fee, "quantity": {"unit": "pound", "of": ["hall"]}}).endswith("10% of “hall”.")


def test_staff_must_be_there() -> None:
    staff = {"target": {"staff": "Caretaker"}, "quantity": {"unit": "hour"}, "amount": "15"}

    assert why(staff) == "Staff must be there."
    assert why({**staff, "when": {"from": "18:00", "until": "23:00"}}) == (
        "Staff must be there because it is at this time of day."
    )


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"kind": "adjust", "percent": "-10", "when": {"regular": True}},
         "This comes off because you hire often."),
        ({"kind": "adjust", "percent": "25", "when": {"series": ">= 10"}},
         "This is added because the number of dates is 10 or more."),
        ({"kind": "adjust", "percent": "-10"}, "This comes off by the rule “more”."),
        ({"kind": "adjust", "percent": "10"}, "This is added by the rule “more”."),
        ({"kind": "adjust", "percent": "10", "why": "For the roof."}, "For the roof."),
        ({"kind": "bound", "floor": 75}, "The least you pay is £75."),
        ({"kind": "bound", "ceiling": 15}, "The most you pay is £15."),
        ({"kind": "bound", "ceiling": 15, "per": "day"}, "The most you pay a day is £15."),
        ({"kind": "tax", "treatment": "exclusive", "rate": 20},
         "VAT is a tax. It is added to the price."),
    ],
)  # fmt: skip
def test_a_change_says_what_it_follows_from(change: dict[str, Any], said: str) -> None:
    assert why(change) == said
