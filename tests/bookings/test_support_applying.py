"""Help is taken off in the written order, never below zero, and VAT falls with the price."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, time, timedelta
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bookings.services.support.applying import apply
from bookings.services.support.offers import Code, FreeHours, Funding, Offers, ToHelp
from core.clock import at
from core.intervals import Span
from tariffs.engine import Line, Priced
from tariffs.vat.amounts import vat_amounts

FIRST, LAST = date(2027, 1, 1), date(2027, 3, 31)
D = Decimal


def line(amount: str, kind: str = "rate", vat: str = "exempt", rate: str = "0") -> Line:
    pounds = D(amount)
    return Line(kind, "r", "Hall", D(1), "hour", pounds, pounds, pounds, "", vat, D(rate))


def vat_line(amount: str, rate: str = "20") -> Line:
    return Line("vat", "v", "VAT", D(1), "percent", D(rate), D(amount), D(0), "", "outside")


def to_help(*lines: Line, hours: int = 2, day: date = FIRST, vat: str = "0.00") -> ToHelp:
    starts_at = at(day, time(18))
    total = sum((one.amount for one in lines), D("0.00"))
    priced = Priced(tuple(lines), total, total, (), D(vat))
    span = Span(starts_at, starts_at + timedelta(hours=hours))
    return ToHelp(span, day, frozenset({1}), priced)


def free_hours(hours: str, **more: Any) -> FreeHours:
    left = D(hours) * 60
    return FreeHours(7, "Food bank", left, D(2400), FIRST, LAST, **more)


def grant(left: str, **more: Any) -> Funding:
    return Funding(9, "Ward fund", D(left), FIRST, LAST, **more)


def totals(dates: list[ToHelp], offers: Offers) -> list[str]:
    helped = apply(dates, offers)
    for one in helped:
        assert one.priced.total == sum(line.amount for line in one.priced.lines)
    return [str(one.priced.total) for one in helped]


def test_free_hours_pay_for_what_they_cover_and_run_out() -> None:
    dates = [to_help(line("20.00"), day=FIRST + timedelta(days=n)) for n in range(3)]
    assert totals(dates, Offers([free_hours("3")])) == ["0.00", "10.00", "20.00"]


def test_free_hours_pay_for_spaces_and_not_for_things_or_fees() -> None:
    dates = [to_help(line("20.00"), line("5.00", "item"), line("8.00", "fee"))]
    assert totals(dates, Offers([free_hours("9")])) == ["13.00"]


@pytest.mark.parametrize(
    ("more", "day", "total"),
    [
        ({"weekdays": frozenset({4})}, FIRST, "0.00"),
        ({"weekdays": frozenset({0})}, FIRST, "20.00"),
        ({"space_ids": frozenset({1, 2})}, FIRST, "0.00"),
        ({"space_ids": frozenset({2})}, FIRST, "20.00"),
        ({}, LAST, "0.00"),
        ({}, LAST + timedelta(days=1), "20.00"),
    ],
)
def test_free_hours_hold_on_their_days_and_in_their_spaces(
    more: dict[str, Any], day: date, total: str
) -> None:
    assert totals([to_help(line("20.00"), day=day)], Offers([free_hours("9", **more)])) == [total]


def test_minutes_of_two_allowances_cost_exactly_the_hire() -> None:
    one = FreeHours(1, "A", D(20), D(20), FIRST, LAST)
    two = FreeHours(2, "B", D(999), D(999), FIRST, LAST)
    (helped,) = apply([to_help(line("10.00"), hours=1)], Offers([one, two]))
    assert [(h.counted, h.amount) for h in helped.helps] == [(20, D("3.33")), (40, D("6.67"))]
    assert helped.priced.total == 0


@pytest.mark.parametrize(
    ("kind", "value", "expected"),
    [
        ("pounds", "25", ["0.00", "15.00"]),
        ("percent", "25", ["15.00", "15.00"]),
        ("hours", "3", ["0.00", "10.00"]),
    ],
)
def test_a_voucher_is_for_the_whole_booking(kind: str, value: str, expected: list[str]) -> None:
    dates = [to_help(line("20.00"), day=FIRST + timedelta(days=n)) for n in range(2)]
    assert totals(dates, Offers(code=Code(3, "Open week", kind, D(value)))) == expected


def test_a_grant_pays_of_what_is_left_and_up_to_its_budget() -> None:
    dates = [to_help(line("20.00"), day=FIRST + timedelta(days=n)) for n in range(3)]
    assert totals(dates, Offers(grants=[grant("25", percent=D(50))])) == ["10.00", "10.00", "15.00"]
    assert totals(dates, Offers(grants=[grant("25", per_date=D(30))])) == ["0.00", "15.00", "20.00"]


def test_the_order_is_free_hours_then_the_voucher_then_grants() -> None:
    offers = Offers([free_hours("1")], Code(3, "V", "percent", D(50)), [grant("99", percent=D(50))])
    (helped,) = apply([to_help(line("40.00"))], offers)
    assert [(h.kind, str(h.amount)) for h in helped.helps] == [
        ("allowance", "20.00"),
        ("voucher", "10.00"),
        ("grant", "5.00"),
    ]
    assert [str(one.list_amount) for one in helped.priced.lines] == [
        "40.00",
        "0.00",
        "0.00",
        "0.00",
    ]


def test_vat_that_is_added_falls_with_the_price_and_stays_with_a_grant() -> None:
    lines = (line("20.00", vat="exclusive", rate="20"), vat_line("4.00"))
    offers = Offers([free_hours("1")], grants=[grant("99", percent=D(50))])
    (helped,) = apply([to_help(*lines, vat="4.00")], offers)
    said = [(one.kind, str(one.amount)) for one in helped.priced.lines[2:]]
    assert said == [("allowance", "-10.00"), ("vat", "-2.00"), ("grant", "-6.00")]
    assert (str(helped.priced.total), str(helped.priced.vat)) == ("6.00", "2.00")


def test_vat_that_is_included_falls_in_proportion() -> None:
    lines = (line("24.00", vat="inclusive", rate="20"), line("5.00", "item"))
    (helped,) = apply([to_help(*lines, vat="4.00")], Offers([free_hours("1")]))
    assert (str(helped.priced.total), str(helped.priced.vat)) == ("17.00", "2.00")


def test_a_price_of_nothing_and_a_price_to_be_decided_use_nothing() -> None:
    to_decide = to_help(line("20.00"))
    undecided = ToHelp(to_decide.span, FIRST, frozenset({1}), Priced())
    offers = Offers([free_hours("9")], Code(3, "V", "pounds", D(5)), [grant("9", percent=D(9))])
    for helped in apply([to_help(line("0.00")), undecided], offers):
        assert helped.helps == ()


POUNDS = st.decimals(min_value=0, max_value=300, places=2)


@settings(max_examples=150, deadline=None)
@given(
    hire=POUNDS,
    item=POUNDS,
    rate=st.sampled_from(["0", "5", "20"]),
    treatment=st.sampled_from(["exempt", "inclusive", "exclusive"]),
    minutes=st.integers(min_value=0, max_value=400),
    kind=st.sampled_from(["pounds", "percent", "hours"]),
    value=st.integers(min_value=1, max_value=100),
    budget=POUNDS,
)
def test_nothing_ever_falls_below_zero_and_lines_sum_to_the_total(
    hire: Decimal, item: Decimal, rate: str, treatment: str, minutes: int, kind: str,
    value: int, budget: Decimal,
) -> None:  # fmt: skip
    lines = [line(str(hire), vat=treatment, rate=rate), line(str(item), "item", treatment, rate)]
    vat = D("0.00")
    if treatment == "exclusive" and rate != "0":
        vat = ((hire + item) * D(rate) / 100).quantize(D("0.01"))
        lines.append(vat_line(str(vat), rate))
    elif treatment == "inclusive":
        vat = ((hire + item) * D(rate) / (100 + D(rate))).quantize(D("0.01"))
    offers = Offers(
        [FreeHours(1, "A", D(minutes), D(400), FIRST, LAST)],
        Code(2, "B", kind, D(value)),
        [grant(str(budget), percent=D(40))],
    )
    asked = to_help(*lines, vat=str(vat))
    within = vat_amounts(asked.priced)
    lines = [replace(one, vat_amount=held) for one, held in zip(lines, within, strict=True)]
    (helped,) = apply([to_help(*lines, vat=str(vat))], offers)
    priced = helped.priced
    assert priced.vat == sum(one.vat_amount for one in priced.lines)
    assert priced.total == sum(one.amount for one in priced.lines)
    assert 0 <= priced.total <= sum(one.amount for one in lines)
    assert 0 <= priced.vat <= vat
    grants = sum((h.amount for h in helped.helps if h.kind == "grant"), D(0))
    assert grants <= budget
    assert sum((h.counted for h in helped.helps if h.kind == "allowance"), D(0)) <= minutes
    before = sum(one.amount for one in lines)
    assert sum((h.amount for h in helped.helps), D(0)) == before - priced.total
