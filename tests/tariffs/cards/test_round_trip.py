"""What a card does not change keeps its price, whatever the sheet says."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tariffs.cards import card_of, document_of
from tariffs.engine import PriceAsk, price
from tariffs.rules import check, read
from tariffs.rules.tables import expanded
from tariffs.sheets.files import read_yaml
from tariffs.sheets.sheet import versions_of
from tests.tariffs.documents import rule, sheet, village_hall
from tests.tariffs.test_engine_properties import asks, conditions, sheets

_FOLDER = Path(__file__).parents[1] / "sheets"
SHEETS = sorted(path for path in _FOLDER.glob("*.yaml") if ".requests" not in path.name)

_pounds = st.integers(0, 20_000).map(lambda pence: f"{pence // 100}.{pence % 100:02d}")
_EVENING = {"evening": {"from": "18:00", "until": "24:00", "day": ["weekday"]}}


def again(document: dict[str, Any]) -> dict[str, Any]:
    """The document as it comes back from the card."""
    return document_of(*card_of(document))


@st.composite
def plain_sheets(draw: st.DrawFn) -> dict[str, Any]:
    """Rules that a grid can show, beside some that it cannot."""
    rules = []
    targets = [{"each": ["hall", "kitchen"]}, {"spaces": ["hall"]}, {"spaces": ["any"]}]
    for n in range(draw(st.integers(1, 7))):
        more = draw(conditions())
        if draw(st.booleans()) and "since" not in more:
            more = {k: v for k, v in more.items() if k != "day"} | {"daypart": "evening"}
        more["least"] = draw(st.sampled_from(["1", "2"]))
        unit = draw(st.sampled_from(["hour", "hour", "day", "booking"]))
        rules.append(
            rule(f"r{n}", draw(_pounds), target=draw(st.sampled_from(targets)), unit=unit, **more)
        )
    extra = draw(
        st.lists(
            st.sampled_from(
                [
                    {"id": "x1", "kind": "adjust", "when": {"series": ">= 2"}, "percent": "-10"},
                    {"id": "x2", "kind": "adjust", "when": {"regular": True}, "percent": "-20"},
                    {"id": "x3", "kind": "adjust", "when": {"people": "> 10"}, "percent": "5"},
                    {"id": "x4", "kind": "bound", "floor": "12"},
                    {"id": "x5", "target": {"fee": "Key"}, "quantity": {"unit": "booking"},
                     "amount": "3.50"},
                    {"id": "x6", "kind": "tax", "treatment": "exclusive", "rate": "20"},
                ]
            ),
            unique_by=lambda one: one["id"],
        )
    )  # fmt: skip
    return sheet(
        *rules,
        *extra,
        dayparts=_EVENING,
        stacking="add",
        unless_told={"regular": draw(st.booleans()), "people": 20},
    )


@settings(max_examples=200, deadline=None)
@given(plain_sheets(), asks())
def test_every_price_is_what_it_was(document: dict[str, Any], asked: PriceAsk) -> None:
    assert price(read(again(document)), asked) == price(read(document), asked)


@settings(max_examples=100, deadline=None)
@given(sheets(), asks())
def test_rules_with_ranks_are_kept_and_price_the_same(
    document: dict[str, Any], asked: PriceAsk
) -> None:
    assert price(read(again(document)), asked) == price(read(document), asked)


@pytest.mark.parametrize("path", SHEETS, ids=lambda path: path.stem)
def test_every_rule_of_a_real_sheet_is_there_again(path: Path) -> None:
    for document in versions_of(read_yaml(path.read_text("utf-8")).data):
        back = again(document)
        assert check(back) == check(document)
        before, after = read(document), read(back)
        assert after == before


def test_a_grid_of_four_kinds_reads_as_such() -> None:
    hall = village_hall()
    del hall["rules"][2:4]
    card, others = card_of(hall)
    assert [column.kinds for column in card.columns] == [("commercial",), ("community",)]
    (section,) = card.sections
    assert (section.reach, section.names) == ("spaces", ("hall",))
    figures = [[line.least, *(cell.amount for cell in line.cells)] for line in section.lines]
    assert figures == [["", "20.00", "10.00"], ["2", "30.00", "15.00"]]
    assert others.rules == ()


def test_what_the_grid_cannot_show_is_kept_as_it_is() -> None:
    wedding = rule("wedding", "500.00", unit="booking", purpose=["wedding"])
    document = sheet(wedding, rule("hall", "10.00"), notes="Agreed by the trustees")
    card, others = card_of(document)
    assert [kept.rule for kept in others.rules] == [wedding]
    assert len(card.sections) == 1
    assert json.dumps(again(document), sort_keys=True) == json.dumps(
        {**document, "rules": [wedding, _plain(document["rules"][1])]}, sort_keys=True
    )


def _plain(one: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in one.items() if key != "when" or value}


def test_a_grid_in_the_file_becomes_single_rules_of_the_same_names() -> None:
    grid = {
        "id": "hire",
        "quantity": {"unit": "hour"},
        "table": {
            "by": ["spaces", "category"],
            "prices": {"hall": {"community": 10, "commercial": 20}, "kitchen": {"*": 4}},
        },
    }
    document = sheet(grid)
    assert [one["id"] for one in again(document)["rules"]] == [
        one["id"] for one in expanded([grid])
    ]
