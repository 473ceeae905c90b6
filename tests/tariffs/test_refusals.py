"""Files that are too large, too deep, or run in circles: refused at once, with a reason."""

from __future__ import annotations

from typing import Any

import pytest

from tariffs.errors import Fault, TariffRefused
from tariffs.rules import check
from tariffs.rules.circles import circle
from tariffs.sheets.files import read_yaml
from tariffs.sheets.sheet import examined

SHEET = """\
categories: {group: Group}
rules:
  - {id: hall, target: {spaces: [Hall]}, quantity: {unit: hour}, amount: 12.50}
"""
RULE = (
    "  - {id: r%d, target: {spaces: [hall]}, when: {people: %d}, quantity: {unit: hour}, amount: 1}"
)
BLOCK = "  - id: r%d\n    target: {spaces: [hall]}\n    quantity: {unit: hour}\n    amount: 1"


def refusal(text: str) -> Fault:
    """The one reason why a text is not read."""
    try:
        _documents, faults = examined(text)
    except TariffRefused as refused:
        faults = list(refused.faults)

    assert faults
    assert faults[0].remedy
    return faults[0]


@pytest.mark.parametrize(
    "text",
    [
        "rules:\n" + "\n".join(RULE % (n, n) for n in range(10_000)),
        "rules:\n" + "\n".join(BLOCK % n for n in range(10_000)),
        "rules: [" + ", ".join(f"{{id: r{n}}}" for n in range(10_000)) + "]",
        "rules: [" + ", ".join("x" for n in range(10_000)) + "]",
        "versions:\n  - valid_from: '2027-01-01'\n    rules: ["
        + ", ".join(f"{{id: r{n}}}" for n in range(10_000)) + "]",
    ],
    ids=["one a line", "in blocks", "on one line", "of nothing", "in a version"],
)  # fmt: skip
def test_ten_thousand_rules_are_refused_in_a_moment(text: str) -> None:
    fault = refusal(text)

    assert fault.where.startswith("line ")
    assert "more than 2000 rules" in fault.problem


def test_two_thousand_and_one_are_too_many_however_they_come() -> None:
    rules = [{"id": f"r{n}"} for n in range(2001)]

    (fault,) = check({"rules": rules})

    assert "2001" in fault.problem
    assert "more than 2000" in refusal(
        "rules:\n" + "\n".join(RULE % (n, n) for n in range(2001))
    ).problem  # fmt: skip


def test_rules_that_all_versions_share_count_in_each() -> None:
    shared = "rules:\n" + "\n".join(RULE % (n, n) for n in range(1500))
    versions = "".join(f"\n  - {{valid_from: '20{n}-01-01'}}" for n in range(10, 90))

    assert "rules" in refusal(f"{shared}\nversions:{versions}").problem


def test_keys_and_words_called_rules_are_no_rules() -> None:
    notes = "notes: rules\nspaces: {rules: Rules}\n"
    items = "items: {" + ", ".join(f"i{n}: rules" for n in range(400)) + "}\n"

    assert examined(f"{notes}{items}{SHEET}".replace("[Hall]", "[rules]"))[1] == []


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("[" * 1_000_000, "deeply"),
        ("a: " + "{a: " * 249_000, "deeply"),
        ("- " * 499_000 + "x", "deeply"),
        ("a: &a [x]\nb: [" + "*a, " * 249_000 + "]", "aliases"),
        ("&a [" + "*a, " * 240_000 + "]", "aliases"),
        ("a: [" + "x, " * 330_000 + "]", "too large"),
        ("a: '" + "x" * 1_000_000 + "'", "too long"),
        ("a: &a [" + "x, " * 9000 + "]\nb: [" + "*a, " * 400 + "]", "too large"),
        ("a: \ud800", "no text"),
        ("a: \x07", "not YAML"),
    ],
)
def test_a_million_characters_of_nonsense_cost_no_time(text: str, words: str) -> None:
    assert words in refusal(text).problem


def loop(*rules: str, **parts: str) -> Fault:
    """The fault of a sheet with these rules more."""
    above = "".join(f"{name}: {value}\n" for name, value in parts.items())
    return refusal(above + SHEET + "".join(f"  - {rule}\n" for rule in rules))


def share(name: str, of: str) -> str:
    counted = f"quantity: {{unit: pound, of: [{of}]}}, amount: 0.1"
    return f"{{id: {name}, target: {{fee: Fee {name}}}, {counted}}}"


@pytest.mark.parametrize(
    ("fault", "names"),
    [
        (lambda: loop(share("a", "a")), "a → a"),
        (lambda: loop(share("a", "b"), share("b", "a")), "a → b → a"),
        (lambda: loop(share("a", "Fee b"), share("b", "c"), share("c", "fee-a"), share("d", "a")),
         "a → b → c → a"),
        (lambda: loop(share("d", "a"), share("a", "b"), share("b", "hire, a")), "a → b → a"),
        (lambda: loop(derive="{regular: {regular: true}}"), "regular → regular"),
        (lambda: loop(derive="{regular: {any: [{resident: true}]}, resident: {regular: false}}"),
         "regular → resident → regular"),
        (lambda: loop(spaces="{a: {parts: [b, hall]}, b: {parts: [A]}, hall: Hall}"), "a → b → a"),
        (lambda: loop(spaces="{a: {parts: [a]}, hall: Hall}"), "a → a"),
    ],
)  # fmt: skip
def test_a_circle_is_refused_with_the_names_in_it(fault: Any, names: str) -> None:
    found = fault()

    assert f"{names}." in found.problem
    assert found.where.startswith("line ")


def test_a_whole_of_wholes_is_refused() -> None:
    fault = loop(spaces="{a: {parts: [b, hall]}, b: {parts: [c]}, c: C, hall: Hall}")

    assert "“b” is part of “a”" in fault.problem


@pytest.mark.parametrize("value", ["2 unit", "ask", "2 other", "-1", "1e3"])
def test_a_constant_is_a_plain_figure(value: str) -> None:
    fault = loop(constants=f"{{unit: '{value}', other: 3}}")

    assert "unit" in fault.problem
    assert fault.where.startswith("line 1,")


def test_a_cell_of_a_grid_without_a_quantity_is_refused() -> None:
    grid = "table: {by: [category], prices: {group: {amount: 5, quantity: null}}}"

    assert "quantity" in refusal(SHEET.replace("amount: 12.50", grid)).problem


def test_a_long_chain_is_no_circle() -> None:
    chain: dict[str, set[str]] = {f"n{n}": {f"n{n + 1}"} for n in range(5000)}

    assert circle(chain) == []
    assert circle({**chain, "n4999": {"n4998"}}) == ["n4998", "n4999", "n4998"]
    assert circle({"a": {"b", "c"}, "b": {"d"}, "c": {"d"}, "d": set()}) == []


def test_the_last_line_of_a_great_file_that_is_no_yaml_is_named() -> None:
    with pytest.raises(TariffRefused) as refused:
        read_yaml("a: 1\n" * 3 + "b: [1, 2\n")

    assert refused.value.faults[0].where.startswith("line ")
