"""What cannot be published, and what the person who wrote it is told."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from tariffs.errors import TariffRefused
from tariffs.rules import SCHEMA, check, require_valid
from tariffs.rules.grammar import WHEN
from tariffs.rules.schema import KINDS
from tariffs.rules.shape import Unit
from tariffs.sheets.sheet import examined
from tests.tariffs.documents import EVENING, rule, sheet, village_hall


def test_a_believable_sheet_has_no_fault() -> None:
    assert check(village_hall(), spaces={"hall", "kitchen"}) == []


def test_a_space_of_the_longest_short_name_can_be_priced() -> None:
    longest = "x" * 110

    assert check(sheet(rule("base", "1.00", target={"spaces": [longest]})), spaces={longest}) == []


def test_the_schema_is_itself_valid() -> None:
    Draft202012Validator.check_schema(SCHEMA)


@pytest.mark.parametrize(
    "amount",
    ["-1.00", "NaN", "Infinity", "1e3", "", "12,50", "9999999.00", "1\n", 12.5, None, "£5"],
)
def test_an_amount_that_is_no_price_is_refused_with_its_rule_and_remedy(amount: Any) -> None:
    (fault,) = check(sheet(rule("base", "1.00"), rule("evening", amount, daypart="evening")))

    assert fault.rule == "evening"
    assert "amount" in fault.where
    assert "12.50" in fault.remedy


def test_not_a_number_read_from_a_file_is_refused() -> None:
    document = json.loads(json.dumps(sheet(rule("base", "1.00"))).replace('"1.00"', "NaN"))

    assert [fault.rule for fault in check(document)] == ["base"]


@pytest.mark.parametrize(
    ("changed", "where", "words"),
    [
        (rule("base", "200000.00"), "amount", "100,000"),
        (rule("base", "1.00", daypart="teatime"), "when.daypart", "teatime"),
        (rule("base", "1.00", daypart="evening", since="10:00", until="11:00"), "when", "both"),
        (rule("base", "1.00", since="10:00"), "when", "until"),
        (rule("base", "1.00", since="10:00", until="10:00"), "when", "same time"),
        (rule("base", "1.00", target={"spaces": ["any", "hall"]}), "target.spaces", "any"),
        (rule("base", "1.00", target={"spaces": ["attic"]}), "target.spaces", "attic"),
        (rule("base", "1.00", unit="measure"), "quantity.of", "counted"),
        (rule("base", "1.00", step="0"), "quantity.step", "zero"),
        (rule("base", "1.00", least="900"), "quantity", "month"),
        (rule("base", "1.00", day=["someday"]), "rules.0.when.day.0", "someday"),
        (rule("base", "1.00", since="25:00", until="26:00"), "rules.0.when.from", "25:00"),
        (rule("base", "1.00", category=["wizards"]), "rules.0.when.category.0", "wizards"),
        (rule("base", "1.00", colour="red"), "rules.0.when", "colour"),
    ],
)
def test_each_fault_names_its_rule_place_and_remedy(changed: Any, where: str, words: str) -> None:
    faults = check(sheet(changed, dayparts=EVENING), spaces={"hall"})

    assert faults[0].rule == "base"
    assert faults[0].where == where
    assert words in faults[0].problem
    assert faults[0].remedy


def test_all_faults_are_told_at_once() -> None:
    document = sheet(rule("one", "x"), rule("two", "y"), rule("three", "1.00", colour="red"))

    assert {fault.rule for fault in check(document)} == {"one", "two", "three"}


def test_two_rules_that_say_the_same_are_refused() -> None:
    faults = check(sheet(rule("one", "1.00"), rule("two", "2.00")))

    assert [(fault.rule, "one" in fault.problem) for fault in faults] == [("two", True)]


def test_two_rules_of_one_name_are_refused() -> None:
    faults = check(sheet(rule("one", "1.00"), rule("one", "2.00", day=["sunday"])))

    assert [fault.where for fault in faults] == ["id"]


def test_a_room_without_a_full_price_is_refused() -> None:
    faults = check(sheet(rule("groups", "1.00", category=["community"])))

    assert [fault.rule for fault in faults] == ["groups"]
    assert "commercial" in faults[0].remedy


@pytest.mark.parametrize("document", [None, [], "rates", 3, {}, {"rules": []}, {"rules": {}}])
def test_what_is_no_document_at_all_is_refused(document: Any) -> None:
    with pytest.raises(TariffRefused) as refused:
        require_valid(document)

    assert refused.value.code == "tariff_refused"
    assert refused.value.faults


def test_ten_thousand_rules_are_refused_with_a_reason() -> None:
    (fault,) = check(sheet(*[rule(f"r{n}", "1.00") for n in range(10_000)]))

    assert "10000" in fault.problem


def test_a_document_that_holds_itself_is_refused() -> None:
    document: dict[str, Any] = sheet(rule("base", "1.00"))
    document["dayparts"] = document

    (fault,) = check(document)

    assert fault.where == "document"


def test_a_nul_or_a_new_line_in_words_is_refused() -> None:
    for words in ("a\x00b", "a\nb", "x" * 201):
        (fault,) = check(sheet(rule("base", "1.00", why=words)))
        assert fault.rule == "base"


GUIDE = (Path(__file__).parents[2] / "docs" / "rates.md").read_text(encoding="utf-8")
EXAMPLES = [part.partition("```")[0] for part in GUIDE.split("```yaml\n")[1:]]


@pytest.mark.parametrize("example", EXAMPLES)
def test_every_example_in_the_guide_can_be_published(example: str) -> None:
    categories = "" if "categories:" in example else "categories: {anyone: Anyone}\n"

    _documents, faults = examined(categories + example)

    assert faults == []


def test_the_guide_names_every_condition_and_every_kind_of_rule() -> None:
    for word in (*WHEN["properties"], *KINDS, *(unit.value for unit in Unit)):
        assert re.search(rf"[`:, ]{word}\b", GUIDE), word
