"""`check` asks about what a sheet leaves open, with the line and what may be done."""

from __future__ import annotations

import io
import json
from pathlib import Path

import pytest
from django.core.management import call_command

from tariffs.errors import Fault
from tariffs.sheets import probing
from tariffs.sheets.gaps import questions_of
from tariffs.sheets.sheet import at_lines, examined
from tests.tariffs.test_sheets import NAMES, text_of

HALL = "  - {id: hall, target: {spaces: [hall]}, quantity: {unit: hour}, amount: 10%s}\n"


def asked(text: str) -> list[Fault]:
    """What `check` asks of a sheet without fault."""
    documents, faults = examined(text)
    assert faults == []
    return at_lines(questions_of(documents), text)


def hall(above: str = "", more: str = "", **when: str) -> str:
    """A sheet with one hall that is priced when the conditions hold."""
    said = ", ".join(f"{name}: {value}" for name, value in when.items())
    rule = HALL % (f", when: {{{said}}}" if said else "")
    return f"categories: {{group: Group}}\n{above}rules:\n{rule}{more}"


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (hall(day="[weekday, weekend]"), None),
        (hall(day="[monday, saturday]"), "tuesday 08:00-23:00"),
        (hall('seasons: {summer: ["05-01..09-30"], winter: ["11-01..04-30"]}\n',
              more=HALL.replace("hall,", "two,", 1) % ", when: {season: [winter]}",
              season="[summer]"), "just after season (2027-10-01)"),
        (hall('terms: ["2027-01-04..2027-02-12"]\n', term="true"), "just after term (2027-02-13)"),
        (hall(people='"<= 50"', more=HALL.replace("hall,", "two,", 1) % ', when: {people: "> 51"}'),
         "people = 51"),
        (hall(hours='"<= 6"', more=HALL.replace("hall,", "two,", 1) % ', when: {hours: "> 8"}'),
         "hours = 6.5"),
        (hall('holidays: ["12-24"]\n', day="[weekday, weekend]", more=(
            "  - {id: x, target: {spaces: [hall]}, when: {day: [bank_holiday], people: 5},"
            " quantity: {unit: hour}, amount: 3}\n"
            "  - {id: y, target: {spaces: [hall]}, when: {day: [bank_holiday]},"
            " quantity: {unit: hour}, amount: 3}\n"
            "  - {id: z, target: {spaces: [hall]}, when: {day: [bank_holiday], hours: 1},"
            " quantity: {unit: hour}, amount: 3}\n"
            "  - {id: w, target: {spaces: [hall]}, when: {day: [bank_holiday], rooms: 1,"
            " hours: \"< 2\"}, quantity: {unit: hour}, amount: 3}\n")), "a bank holiday"),
        (hall(more="  - {id: cup, target: {items: [cup]}, when: {day: [saturday]},"
              " quantity: {unit: item}, amount: 1}\n"), "cup: each"),
        (hall('dayparts: {night: {from: "20:00", until: "01:00"}, day: {from: "07:00", until:'
              ' "20:00"}}\n', daypart="day", more=HALL.replace("hall,", "two,", 1)
              % ", when: {daypart: night}"), "saturday 23:00 to 02:00"),
    ],
)  # fmt: skip
def test_check_looks_further_than_an_ordinary_week(text: str, words: str | None) -> None:
    found = [one for one in asked(text) if "pay for" in one.problem or "Two prices" in one.problem]

    assert any(words in one.problem for one in found) if words else found == []
    assert all(one.where.startswith("line ") and one.remedy for one in found)


def test_two_prices_are_named() -> None:
    one, two = (HALL.replace("hall,", f"{name},", 1) for name in ("saturday", "group"))
    text = hall(more=one % ", when: {day: [saturday]}" + two % ", when: {category: [group]}")

    (found,) = asked(text)

    assert "saturday" in found.problem
    assert "(group, saturday)" in found.problem
    assert found.where.startswith("line 5,")


@pytest.mark.parametrize(
    ("conditions", "words"),
    [
        (("purpose: [wedding]", "purpose: [weding]"), "“wedding”"),
        (("tag: [amplified music]", "all_tags: [amplifed music]"), "“amplified-music”"),
        (("purpose: [party]", "purpose: [wedding]"), None),
        (("with: [hall]", "with: [kitchn]"), "“kitchn”"),
        (("item: [cup]", "with: [hall]"), "“cup”"),
    ],
)
def test_a_slip_of_the_pen_is_asked_about(conditions: tuple[str, str], words: str | None) -> None:
    fees = "".join(
        f"  - {{id: f{n}, target: {{fee: F{n}}}, when: {{{one}}}, quantity: {{unit: booking}},"
        " amount: 5}\n"
        for n, one in enumerate(conditions)
    )

    found = [one.problem for one in asked(hall(more=fees))]

    assert any(words in problem for problem in found) if words else found == []


def test_a_rule_that_can_never_count_is_told_with_its_line() -> None:
    over = '  - {id: gala, target: {spaces: [hall]}, when: {dates: ["2020-05-01"]}, quantity: {unit: hour}, amount: 2}\n'  # noqa: E501
    any_rule = (
        "  - {id: all, rank: 3, target: {spaces: [any]}, quantity: {unit: hour}, amount: 2}\n"
    )

    found = asked(hall('valid_from: "2026-01-01"\n', more=over))
    also = asked(hall(more=any_rule))

    assert [(one.rule, one.where) for one in found] == [("gala", "line 5, when")]
    assert [(one.rule, one.where) for one in also] == [("hall", "line 3, rank")]


def test_part_of_an_hour_beyond_a_standing_charge_is_asked_about() -> None:
    desk = (
        "  - {id: desk, kind: standing, target: {spaces: [desk]}, amount: 30, overage: 2,"
        " quantity: {unit: month, included: 15}%s}\n"
    )

    assert any("part of an hour" in one.problem for one in asked(hall(more=desk % "")))
    assert not any(
        "part of an hour" in one.problem for one in asked(hall(more=desk % ", overage_step: 1"))
    )


@pytest.mark.parametrize("name", NAMES)
def test_check_says_little_of_real_sheets_and_always_where(name: str) -> None:
    found = asked(text_of(name))

    assert len(found) <= 8
    assert all(one.where.startswith("line ") and one.remedy for one in found)
    assert not any("Two prices" in one.problem for one in found)


def test_so_many_rules_that_not_all_can_be_tried_are_said_to_be_too_many(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    text = "categories: {group: Group, firm: Firm, other: Other}\nrules:\n" + "".join(
        f"  - {{id: r{n}, target: {{spaces: [s{n % 20}]}}, when: {{day: [weekday], people:"
        f" {n}, category: [group, firm]}}, quantity: {{unit: hour}}, amount: 1}}\n"
        for n in range(200)
    )
    documents, faults = examined(text)
    assert faults == []
    assert not any("too many rules" in one.problem for one in questions_of(documents))

    monkeypatch.setattr(probing, "MOST_WORK", 2_000)

    assert any("too many rules" in one.problem for one in questions_of(documents))


def test_the_lines_of_versions_are_those_of_the_file() -> None:
    text = """\
categories: {group: Group}
versions:
  - valid_from: "2027-04-01"
    rules: [{id: hall, target: {spaces: [hall]}, quantity: {unit: hour}, amount: 11}]
  - valid_from: "2026-04-01"
    rules:
      - {id: club, target: {spaces: [c]}, when: {day: [monday]}, quantity: {unit: day}, amount: 9}
"""

    (found,) = asked(text)

    assert found.where == "line 7, when"


def test_the_command_prints_line_question_and_remedy(tmp_path: Path) -> None:
    sheet = tmp_path / "sheet.yaml"
    sheet.write_text(hall(day="[monday]"), encoding="utf-8")
    out, as_json = io.StringIO(), io.StringIO()

    call_command("tariff", "check", str(sheet), stdout=out)
    call_command("tariff", "check", str(sheet), "--format", "json", stdout=as_json)

    assert "? line 3, when: What does anybody pay for hall: tuesday" in out.getvalue()
    assert "1 questions" in out.getvalue()
    assert json.loads(as_json.getvalue())["questions"][0]["rule"] == "hall"
