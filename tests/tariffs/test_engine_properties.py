"""What must hold of every price, whatever the sheet."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from tariffs.engine import PriceAsk, price, total
from tariffs.rules import check, read
from tests.tariffs.documents import HALL, KITCHEN, ask, rule, sheet

_CATEGORIES = ["community", "commercial", "charity"]
_DAYS = ["weekday", "weekend", "saturday", "monday", "bank_holiday"]
_pounds = st.integers(0, 20_000).map(lambda pence: f"{pence // 100}.{pence % 100:02d}")


def _clock(quarter: int) -> str:
    return f"{quarter // 4:02d}:{quarter % 4 * 15:02d}"


@st.composite
def conditions(draw: st.DrawFn) -> dict[str, Any]:
    when: dict[str, Any] = {}
    if draw(st.booleans()):
        when["category"] = draw(st.lists(st.sampled_from(_CATEGORIES), min_size=1, unique=True))
    if draw(st.booleans()):
        when["day"] = draw(st.lists(st.sampled_from(_DAYS), min_size=1, unique=True))
    if draw(st.booleans()):
        first, last = draw(st.lists(st.integers(0, 95), min_size=2, max_size=2, unique=True))
        when |= {"since": _clock(first), "until": _clock(last)}
    return when


@st.composite
def sheets(draw: st.DrawFn) -> dict[str, Any]:
    rules = [rule("base", draw(_pounds), target={"spaces": ["any"]})]
    for n in range(draw(st.integers(0, 6))):
        target = draw(
            st.sampled_from(
                [{"spaces": ["hall"]}, {"spaces": ["any"]}, {"spaces": ["hall", "kitchen"]}]
            )
        )
        more = draw(conditions())
        if draw(st.booleans()):
            more["step"] = draw(st.sampled_from(["0.25", "0.5", "1"]))
        rules.append(rule(f"r{n}", draw(_pounds), target=target, rank=n + 1, **more))
    return sheet(*rules)


@st.composite
def asks(draw: st.DrawFn) -> PriceAsk:
    day = date(2027, 1, 1) + timedelta(days=draw(st.integers(0, 364)))
    first = draw(st.integers(0, 94))
    last = draw(st.integers(first + 1, 95))
    return ask(
        day,
        _clock(first),
        _clock(last),
        nights=draw(st.integers(0, 2)),
        category=draw(st.sampled_from(_CATEGORIES)),
        spaces=draw(st.sampled_from([(HALL,), (HALL, KITCHEN), (KITCHEN,)])),
    )


@settings(max_examples=150, deadline=None)
@given(sheets(), asks())
def test_every_total_is_the_sum_of_its_lines(document: dict[str, Any], asked: PriceAsk) -> None:
    assert check(document) == []
    result = price(read(document), asked)

    assert result.needs_decision == ()
    assert result.total == sum(line.amount for line in result.lines)
    assert result.list_total == sum(line.list_amount for line in result.lines)
    assert all(isinstance(line.amount, Decimal) for line in result.lines)


@settings(max_examples=150, deadline=None)
@given(sheets(), asks())
def test_the_total_alone_is_that_of_the_whole_price(
    document: dict[str, Any], asked: PriceAsk
) -> None:
    rules = read(document)
    assert total(rules, asked) == price(rules, asked).total


@settings(max_examples=150, deadline=None)
@given(sheets(), asks(), st.randoms(use_true_random=False))
def test_the_order_of_rules_does_not_matter(
    document: dict[str, Any], asked: PriceAsk, chance: Any
) -> None:
    shuffled = document | {"rules": chance.sample(document["rules"], len(document["rules"]))}

    assert price(read(shuffled), asked) == price(read(document), asked)


@settings(max_examples=150, deadline=None)
@given(sheets(), asks(), st.integers(1, 95))
def test_a_boundary_that_concerns_nobody_changes_nothing(
    document: dict[str, Any], asked: PriceAsk, quarter: int
) -> None:
    elsewhere = rule(
        "elsewhere", "999.00", target={"spaces": ["attic"]}, since="00:00", until=_clock(quarter)
    )
    more = document | {"rules": [*document["rules"], elsewhere]}

    cut, whole = price(read(more), asked), price(read(document), asked)

    assert (cut.total, cut.list_total) == (whole.total, whole.list_total)


@settings(max_examples=150, deadline=None)
@given(asks(), st.integers(1, 95), st.integers(0, 5000))
def test_splitting_an_hourly_price_at_any_time_never_changes_its_total(
    asked: PriceAsk, quarter: int, pence: int
) -> None:
    amount = f"{pence * 4 // 100}.{pence * 4 % 100:02d}"  # a quarter of an hour is whole pence
    every = {"spaces": ["any"]}
    whole = sheet(rule("all", amount, target=every))
    halves = sheet(
        rule("early", amount, target=every, since="00:00", until=_clock(quarter)),
        rule("late", amount, target=every, since=_clock(quarter), until="24:00"),
    )

    assert price(read(halves), asked).total == price(read(whole), asked).total
