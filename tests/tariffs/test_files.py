"""Sheets as files: what is read, what is refused, with its line."""

from __future__ import annotations

import pytest

from tariffs.errors import TariffRefused
from tariffs.sheets.files import read_yaml, write_yaml
from tariffs.sheets.gaps import questions_of
from tariffs.sheets.sheet import examined, load

SHEET = """\
categories: {group: Group}
rules:
  - id: hall
    target: {spaces: [Hall]}
    quantity: {unit: hour}
    amount: 12.50
"""


def test_figures_and_times_stay_what_was_written() -> None:
    data = read_yaml("{a: 12.50, b: 18:00, c: 2027-01-02, d: 7, e: yes, f: 1e3, g: .nan}").data

    assert data == {
        "a": "12.50",
        "b": "18:00",
        "c": "2027-01-02",
        "d": 7,
        "e": True,
        "f": "1e3",
        "g": ".nan",
    }


@pytest.mark.parametrize(
    ("changed", "line", "words"),
    [
        (("12.50", "-1"), 6, "amount"),
        (("12.50", ".nan"), 6, "amount"),
        (("12.50", "1e9"), 6, "amount"),
        (("12.50", "2000000"), 6, "amount"),
        (("12.50", "150000"), 6, "100,000"),
        (("12.50", "3 groats"), 6, "groats"),
        (("unit: hour", "unit: fortnight"), 5, "unit"),
        (("amount: 12.50", "amount: 1\n    when: {daypart: teatime}"), 7, "teatime"),
        (("amount: 12.50", "amount: 1\n    when: {category: [wizard]}"), 7, "wizard"),
        (("amount: 12.50", "amount: 1\n    when: {hours: '> 6 < 2'}"), 7, "No number"),
        (("unit: hour", "unit: hour, min: 5, max: 2"), 5, "more than the most"),
        (("amount: 12.50", "bands: [{amount: 2}]"), 6, "bands"),
        (
            ("amount: 12.50", "amount: 1\n  - {id: b, kind: bound, floor: 9, ceiling: 4.50}"),
            7,
            "more than the most",
        ),
    ],
)
def test_a_fault_names_its_line_and_remedy(changed: tuple[str, str], line: int, words: str) -> None:
    _documents, faults = examined(SHEET.replace(*changed))

    assert faults[0].where.startswith(f"line {line},")
    assert words in faults[0].problem
    assert faults[0].remedy


def _bomb() -> str:
    lines = ["a0: &a0 [x, x, x, x, x, x, x, x, x, x]"]
    lines += [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]" for n in range(1, 9)]
    return "\n".join(lines)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "a: [1, 2",
        "a: 1\na: 2\n",
        "? [a, b]\n: 1\n",
        "&a [*a]",
        "[" * 40 + "]" * 40,
        "a: *nobody",
        _bomb(),
        "x" * 1_000_001,
        "a: &a 1\nb: [" + ", ".join(["*a"] * 600) + "]",
        "!!python/object/apply:os.system [ls]" + "\n  - : :",
    ],
)
def test_what_is_no_sheet_is_refused_with_a_reason(text: str) -> None:
    with pytest.raises(TariffRefused) as refused:
        read_yaml(text)

    assert refused.value.faults[0].where.startswith("line ")
    assert refused.value.faults[0].remedy


def test_a_tag_of_another_language_is_only_text() -> None:
    assert read_yaml("a: !!python/name:os.system x").data == {"a": "x"}


def test_a_grid_with_a_level_too_few_is_refused() -> None:
    grid = "table: {by: [category, day], prices: {group: 5}}"

    _documents, faults = examined(SHEET.replace("amount: 12.50", grid))

    assert faults[0].where.endswith("table")


def test_what_is_written_reads_back_the_same() -> None:
    (document,), _faults = examined(SHEET)
    again = read_yaml(write_yaml(document | {"notes": "yes: 12 & [x]", "title": "no"})).data

    assert again == document | {"notes": "yes: 12 & [x]", "title": "no"}


def test_check_asks_for_kinds_of_hirer_that_no_rule_names() -> None:
    sheet = SHEET.replace("{group: Group}", "{group: Group, other: Other}")
    documents, _faults = examined(
        sheet.replace("amount: 12.50", "amount: 5\n    when: {daypart: evening}").replace(
            "rules:", "dayparts: {evening: {from: '18:00', until: '23:00'}}\nrules:"
        )
        + "  - {id: free, rank: 1, target: {spaces: [Hall]}, when: {category: [group]},"
        " quantity: {unit: booking}, amount: 0}\n"
    )

    (asked,) = questions_of(documents)

    assert "What does other pay for hall: monday 08:00-18:00" in asked.problem


def test_check_asks_about_hours_without_a_price_and_rules_that_never_count() -> None:
    sheet = SHEET.replace(
        "amount: 12.50", "amount: 5\n    when: {category: [group], day: [weekday]}"
    )
    sheet += (
        "  - {id: all, rank: 1, target: {spaces: [Hall]}, when: {day: [weekday]},"
        " quantity: {unit: hour}, amount: 4}\n"
    )
    documents, faults = examined(sheet)

    asked = questions_of(documents)

    assert faults == []
    assert any("saturday" in one.problem and "hall" in one.problem for one in asked)
    assert any("“hall” never counts" in one.problem for one in asked)


def test_versions_share_what_stands_above_them() -> None:
    text = """\
categories: {group: Group}
rules:
  - {id: kitchen, target: {spaces: [kitchen]}, quantity: {unit: hour}, amount: 3}
versions:
  - valid_from: "2027-04-01"
    rules: [{id: hall, target: {spaces: [hall]}, quantity: {unit: hour}, amount: 11}]
  - valid_from: "2026-04-01"
    rules: [{id: hall, target: {spaces: [hall]}, quantity: {unit: hour}, amount: 10}]
"""
    first, second = load(text)

    assert [rule.amount for rule in first.rules] == [3, 10]
    assert [rule.amount for rule in second.rules] == [3, 11]
