"""Worked prices, reckoned by hand."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from tariffs.engine import AskedItem, PriceAsk, Priced, price
from tariffs.rules import check, read
from tests.tariffs.documents import (
    BANK_HOLIDAY,
    FOYER,
    HALL,
    KITCHEN,
    SATURDAY,
    TUESDAY,
    ask,
    rule,
    sheet,
    village_hall,
)


def priced(document: dict[str, Any], asked: PriceAsk) -> Priced:
    assert check(document) == []
    return price(read(document), asked)


@pytest.mark.parametrize(
    ("asked", "total", "list_total"),
    [
        (ask(TUESDAY, "10:00", "12:00"), "20.00", "40.00"),
        (ask(TUESDAY, "10:00", "12:00", category="commercial"), "40.00", "40.00"),
        (ask(TUESDAY, "17:00", "20:00"), "34.00", "68.00"),
        (ask(SATURDAY, "10:00", "11:00"), "30.00", "60.00"),
        (ask(SATURDAY, "10:00", "13:30"), "52.50", "105.00"),
        (ask(BANK_HOLIDAY, "10:00", "12:00"), "30.00", "60.00"),
        (ask(BANK_HOLIDAY, "19:00", "21:00"), "30.00", "60.00"),
    ],
)
def test_a_village_hall_is_priced_by_hirer_day_and_time(
    asked: PriceAsk, total: str, list_total: str
) -> None:
    result = priced(village_hall(), asked)

    assert (result.total, result.list_total) == (Decimal(total), Decimal(list_total))
    assert result.needs_decision == ()


def test_each_line_says_why_in_plain_words() -> None:
    result = priced(village_hall(), ask(TUESDAY, "17:00", "20:00"))

    assert [line.why for line in result.lines] == [
        "This is the price for “community group” on Tuesday from 5pm to 6pm.",
        "This is the price for “community group” on Tuesday evening.",
    ]
    assert [(line.what, line.quantity, line.unit) for line in result.lines] == [
        ("Main Hall", Decimal(1), "hour"),
        ("Main Hall", Decimal(2), "hour"),
    ]
    assert [line.list_amount for line in result.lines] == [Decimal("20.00"), Decimal("48.00")]


def test_a_bank_holiday_and_a_raised_minimum_are_named() -> None:
    result = priced(village_hall(), ask(BANK_HOLIDAY, "10:00", "11:00"))

    assert result.lines[0].why == (
        "This is the price for “community group” on Monday, a bank holiday. It counts as 2 hours."
    )


def test_a_kind_of_hirer_without_a_price_needs_a_decision_and_is_never_free() -> None:
    result = priced(village_hall(), ask(TUESDAY, "10:00", "12:00", category="faith"))

    assert result.total is None
    assert result.list_total is None
    assert [decision.code for decision in result.needs_decision] == ["no_rate"]
    assert "Main Hall" in result.needs_decision[0].words


def test_two_prices_that_hold_equally_need_a_decision_that_names_both() -> None:
    document = sheet(
        rule("everybody", "20.00"),
        rule("groups", "10.00", category=["community"]),
        rule("saturdays", "30.00", day=["saturday"]),
    )

    result = priced(document, ask(SATURDAY, "10:00", "12:00"))

    assert result.total is None
    assert result.needs_decision[0].code == "rates_tie"
    assert result.needs_decision[0].rules == ("groups", "saturdays")
    assert priced(document, ask(TUESDAY, "10:00", "12:00")).total == Decimal("20.00")


def test_a_rank_settles_which_of_two_prices_holds() -> None:
    document = sheet(
        rule("everybody", "20.00"),
        rule("groups", "10.00", category=["community"], rank=1),
        rule("saturdays", "30.00", day=["saturday"]),
    )

    assert priced(document, ask(SATURDAY, "10:00", "12:00")).total == Decimal("20.00")


@pytest.mark.parametrize(
    ("day", "starts", "ends", "nights", "hours"),
    [
        (date(2027, 3, 27), "22:00", "06:00", 1, 8),
        (date(2027, 10, 30), "22:00", "06:00", 1, 8),
        (date(2027, 3, 28), "00:00", "24:00", 0, 24),
        (date(2027, 10, 31), "00:00", "24:00", 0, 24),
    ],
)
def test_a_night_on_which_the_clocks_change_costs_its_wall_clock_hours(
    day: date, starts: str, ends: str, nights: int, hours: int
) -> None:
    result = priced(sheet(rule("all", "10.00")), ask(day, starts, ends, nights=nights))

    assert result.total == Decimal(hours * 10)


def test_a_price_until_two_at_night_belongs_to_the_day_on_which_it_began() -> None:
    document = sheet(
        rule("all", "10.00"),
        rule("saturday-night", "50.00", day=["saturday"], since="20:00", until="02:00"),
    )

    result = priced(document, ask(SATURDAY, "19:00", "03:00", nights=1))

    assert result.total == Decimal(10 + 6 * 50 + 10)


def test_rooms_together_cost_their_own_price_and_not_the_sum() -> None:
    document = sheet(
        rule("hall", "20.00"),
        rule("kitchen", "8.00", target={"spaces": ["kitchen"]}),
        rule("both", "25.00", target={"spaces": ["hall", "kitchen"]}),
    )
    asked = ask(TUESDAY, "10:00", "12:00", spaces=(HALL, KITCHEN))

    result = priced(document, asked)

    assert result.total == Decimal("50.00")
    assert [line.what for line in result.lines] == ["Main Hall and Kitchen"]
    assert priced(document, ask(TUESDAY, "10:00", "12:00", spaces=(KITCHEN,))).total == 16


def test_sets_that_share_a_room_need_a_decision() -> None:
    document = sheet(
        rule("one-by-one", "10.00", target={"spaces": ["any"]}),
        rule("with-kitchen", "25.00", target={"spaces": ["hall", "kitchen"]}),
        rule("with-foyer", "22.00", target={"spaces": ["hall", "foyer"]}),
    )

    result = priced(document, ask(TUESDAY, "10:00", "11:00", spaces=(HALL, KITCHEN, FOYER)))

    assert result.total is None
    assert result.needs_decision[0].rules == ("with-foyer", "with-kitchen")


def test_a_price_for_each_of_some_rooms_goes_before_one_for_any() -> None:
    document = sheet(
        rule("any", "10.00", target={"spaces": ["any"]}),
        rule("small", "6.00", target={"each": ["kitchen", "foyer"]}),
    )

    result = priced(document, ask(TUESDAY, "10:00", "11:00", spaces=(HALL, KITCHEN, FOYER)))

    assert result.total == Decimal("22.00")


@pytest.mark.parametrize(
    ("starts", "ends", "least", "step", "hours"),
    [
        ("10:00", "10:20", "0", "0.5", "0.5"),
        ("10:00", "10:20", "1", "0.5", "1"),
        ("10:00", "11:10", "1", "0.5", "1.5"),
        ("10:00", "12:00", "1", "0.5", "2"),
        ("17:30", "19:30", "0", "1", "2"),
        ("17:30", "19:00", "2", "0.25", "2"),
    ],
)
def test_hours_are_raised_to_the_minimum_and_rounded_up_to_the_step(
    starts: str, ends: str, least: str, step: str, hours: str
) -> None:
    document = sheet(
        rule("day", "10.00", since="00:00", until="18:00", least=least, step=step),
        rule("evening", "10.00", since="18:00", until="24:00", least=least, step=step),
    )

    result = priced(document, ask(TUESDAY, starts, ends))

    assert result.total == Decimal(hours) * 10


def test_a_third_of_an_hour_is_charged_to_the_penny_and_rounded_once() -> None:
    result = priced(sheet(rule("all", "10.00")), ask(TUESDAY, "10:00", "10:20"))

    assert result.lines[0].amount == Decimal("3.33")
    assert result.lines[0].quantity == Decimal("0.3333")


@pytest.mark.parametrize(
    ("mode", "amount"), [("half_up", "0.63"), ("down", "0.62"), ("up", "0.63")]
)
def test_the_sheet_says_how_halves_of_a_penny_are_rounded(mode: str, amount: str) -> None:
    document = sheet(rule("all", "1.25")) | {"rounding": mode}

    assert priced(document, ask(TUESDAY, "10:00", "10:30")).total == Decimal(amount)


def test_items_cost_what_the_sheet_says_and_those_it_forgets_need_a_decision() -> None:
    document = sheet(
        rule("hall", "20.00"),
        rule("gazebo", "15.00", target={"items": ["gazebo"]}, unit="item"),
        rule("sound", "5.00", target={"items": ["sound-system"]}, unit="hour"),
    )
    gazebos = AskedItem("gazebo", "Gazebo", 2)
    sound = AskedItem("sound-system", "Sound system", 1)
    piano = AskedItem("piano", "Piano", 1)

    whole = priced(document, ask(TUESDAY, "10:00", "12:00", items=(gazebos, sound)))
    forgotten = priced(document, ask(TUESDAY, "10:00", "12:00", items=(piano,)))

    assert whole.total == Decimal("80.00")
    assert [line.what for line in whole.lines] == ["Main Hall", "Gazebo x 2", "Sound system"]
    assert forgotten.total is None
    assert "Piano" in forgotten.needs_decision[0].words


def test_things_that_come_with_the_hire_cost_nothing_because_the_sheet_says_so() -> None:
    document = sheet(
        rule("hall", "20.00"),
        rule("with-the-hire", "0.00", target={"items": ["any"]}, unit="booking", why="Included."),
    )

    result = priced(
        document, ask(TUESDAY, "10:00", "12:00", items=(AskedItem("chairs", "Chairs", 40),))
    )

    assert result.total == Decimal("40.00")
    assert result.lines[1].why == (
        "You asked for this. This is the price for “community group”. Included."
    )


def test_the_full_price_is_shared_over_lines_that_the_full_price_does_not_have() -> None:
    document = sheet(
        rule("business", "21.01", category=["commercial"]),
        rule("day", "10.00", category=["community"]),
        rule("evening", "12.00", category=["community"], since="18:00", until="24:00"),
    )

    result = priced(document, ask(TUESDAY, "17:00", "20:00"))

    assert result.list_total == Decimal("63.03")
    assert sum(line.list_amount for line in result.lines) == Decimal("63.03")


def test_a_free_price_is_a_price() -> None:
    document = sheet(
        rule("business", "20.00"), rule("young", "0.00", category=["young_people"], why="Our gift.")
    )

    result = priced(document, ask(TUESDAY, "10:00", "12:00", category="young_people"))

    assert (result.total, result.list_total) == (Decimal("0.00"), Decimal("40.00"))


@pytest.mark.parametrize("spaces", [(), (HALL, HALL)])
def test_an_ask_names_each_space_once(spaces: tuple[Any, ...]) -> None:
    with pytest.raises(ValueError, match="at least one space"):
        ask(TUESDAY, "10:00", "12:00", spaces=spaces)
