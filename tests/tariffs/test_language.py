"""What the language says, one construct at a time, reckoned by hand."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tariffs.sheets.answers import answer_of
from tariffs.sheets.quote import quote
from tariffs.sheets.sheet import load

HALL = "{id: hall, @hall, @hourly, amount: 10}"
SHORT = {
    "@hall": "target: {spaces: [hall]}",
    "@hourly": "quantity: {unit: hour}",
    "@once": "quantity: {unit: booking}",
    "@adjust": "kind: adjust",
}
EVENING = {"date": "2027-01-12", "start": "18:00", "end": "21:00", "spaces": ["Hall"]}


def told(*rules: str, head: str = "", **request: Any) -> dict[str, Any]:
    """The answer for three hours on a Tuesday evening, by these rules."""
    lines = "\n".join(f"  - {rule}" for rule in rules)
    for short, long in SHORT.items():
        lines = lines.replace(short, long)
    text = f"categories: {{group: Group, firm: Firm}}\n{head}\nrules:\n{lines}\n"
    return answer_of(quote(load(text), {**EVENING, **request}))


def codes(answer: dict[str, Any]) -> list[str]:
    assert answer["total"] is None
    return [one["code"] for one in answer["needs_decision"]]


@pytest.mark.parametrize(
    ("rules", "request_", "total"),
    [
        (["{id: d, @adjust, percent: '-10'}"], {}, "27.00"),
        (["{id: d, @adjust, amount: '-2', per: hour}"], {}, "24.00"),
        (["{id: d, @adjust, amount: '-99'}"], {}, "0.00"),
        (["{id: b, kind: bound, floor: 45}"], {}, "45.00"),
        (["{id: b, kind: bound, ceiling: 25, per: day}"], {}, "25.00"),
        (
            ["{id: f, target: {fee: Heating}, @hourly, amount: 3}"],
            {},
            "39.00",
        ),
        (
            ["{id: f, target: {fee: Share}, quantity: {unit: pound, of: [takings]}, amount: 0.2}"],
            {"event": {"takings": "100.00"}},
            "50.00",
        ),
        (["{id: v, kind: tax, treatment: exclusive, rate: 20}"], {}, "36.00"),
        (["{id: v, kind: tax, treatment: inclusive, rate: 20}"], {}, "30.00"),
        (
            ["{id: s, @adjust, when: {during: [setup]}, percent: '-50'}"],
            {"setup_minutes": 60},
            "35.00",
        ),
        (
            [
                "{id: o, target: {fee: O}, amount: 9,"
                " quantity: {unit: measure, of: [overrun hours], step: 1}}"
            ],
            {"actuals": {"left_at": "21:10"}},
            "39.00",
        ),
        (
            ["{id: p, @hall, when: {people: '>= 50'}, quantity: {unit: person}, amount: 2}"],
            {"event": {"people": 60}},
            "120.00",
        ),
        (
            ["{id: n, @hall, when: {day_number: '> 1'}, @hourly, amount: 1}"],
            {"days": ["2027-01-12", "2027-01-13"], "end": "02:00"},
            "62.00",
        ),
        (
            ["{id: c, target: {items: [cup]}, quantity: {unit: item, pack: 30}, amount: 6}"],
            {"items": [{"item": "cup", "quantity": 31}]},
            "42.00",
        ),
    ],
)
def test_each_construct_comes_to_what_it_says(
    rules: list[str], request_: dict[str, Any], total: str
) -> None:
    answer = told(HALL, *rules, **request_)

    assert answer["needs_decision"] == []
    assert answer["total"] == total
    assert sum(Decimal(line["amount"]) for line in answer["lines"]) == Decimal(total)


def test_vat_that_is_included_is_told_and_not_added() -> None:
    answer = told(HALL, "{id: v, kind: tax, treatment: inclusive, rate: 20}")

    assert (answer["total"], answer["vat"]) == ("30.00", "5.00")


@pytest.mark.parametrize(
    ("stacking", "total"), [("add", "21.00"), ("compound", "21.60"), ("best", "24.00")]
)
def test_discounts_go_together_as_the_sheet_says(stacking: str, total: str) -> None:
    rules = (
        "{id: a, @adjust, percent: '-10'}",
        "{id: b, @adjust, percent: '-20'}",
    )

    assert told(HALL, *rules, head=f"stacking: {stacking}")["total"] == total
    assert codes(told(HALL, *rules)) == ["stacking"]


def test_a_discount_on_two_lines_is_rounded_once() -> None:
    rules = [
        "{id: a, @hall, when: {from: '00:00', until: '19:00'}, @hourly, amount: 0.05}",
        "{id: b, @hall, when: {from: '19:00', until: '20:00'}, @hourly, amount: 0.05}",
        "{id: c, @hall, when: {from: '20:00', until: '24:00'}, @hourly, amount: 0.05}",
        "{id: d, @adjust, percent: '-10'}",
    ]

    assert told(*rules)["total"] == "0.14"


@pytest.mark.parametrize(
    ("rule", "fact"),
    [
        (
            "{id: r, @hall, when: {resident: true}, @hourly, amount: 5}",
            "hirer.resident",
        ),
        (
            "{id: r, target: {fee: Licence}, when: {tag: [music]}, @once, amount: 5}",
            "event.tags",
        ),
        (
            "{id: r, @adjust, when: {hours_this_year: '> 50'}, percent: '-5'}",
            "hirer.hours_this_year",
        ),
        ("{id: r, target: {fee: Heads}, quantity: {unit: person}, amount: 1}", "event.people"),
        ("{id: r, kind: tax, treatment: exempt, when: {purpose: [sport]}}", "event.purpose"),
        ("{id: r, kind: deposit, when: {purpose: [party]}, amount: 50}", "event.purpose"),
        (
            "{id: r, target: {fee: Land}, quantity: {unit: measure, of: [feet]}, amount: 1}",
            "measure.feet",
        ),
    ],
)
def test_a_fact_that_nobody_told_needs_a_decision_that_names_it(rule: str, fact: str) -> None:
    answer = told(HALL, rule)

    assert codes(answer) == ["missing_fact"]
    assert answer["needs_decision"][0]["fact"] == fact


def test_a_fact_that_cannot_matter_is_not_asked_for() -> None:
    anyway = "{id: r, rank: 2, @hall, @hourly, amount: 4}"
    if_resident = "{id: s, @hall, when: {resident: true}, @hourly, amount: 5}"

    assert told(anyway, if_resident)["total"] == "12.00"


def test_what_a_sheet_takes_for_granted_is_taken() -> None:
    rule = "{id: r, target: {fee: Licence}, when: {tag: [music]}, @once, amount: 5}"

    assert told(HALL, rule, head="unless_told: {tag: []}")["total"] == "30.00"
    with_music = told(HALL, rule, head="unless_told: {tag: []}", event={"tags": ["Music"]})
    assert with_music["total"] == "35.00"


@pytest.mark.parametrize(("hours", "total"), [(99, None), (100, "decide"), (101, None)])
def test_an_open_edge_needs_a_decision_and_its_sides_do_not(hours: int, total: str | None) -> None:
    chairs = (
        "{id: c, target: {items: [chair]}, quantity: {unit: item},"
        " bands: {mode: flat, bands: [{under: 100, amount: 1}, {over: 100, amount: 2}]}}"
    )
    answer = told(HALL, chairs, items=[{"item": "chair", "quantity": hours}])

    assert (codes(answer) if total else answer["needs_decision"]) == (["no_band"] if total else [])


WAYS = (
    "{id: h, option: [hourly], @hall, @hourly, amount: 10}",
    "{id: s, option: [set], @hall, @once, amount: 25}",
)


@pytest.mark.parametrize(
    ("by", "total"),
    [
        ("cheapest", "25.00"),
        ("dearest", "30.00"),
        ("first", "30.00"),
        ("ask", None),
        ("ask_if_less", None),
    ],
)
def test_the_sheet_says_which_way_of_charging_counts(by: str, total: str | None) -> None:
    answer = told(*WAYS, f"{{id: c, kind: choose, options: [hourly, set], by: {by}}}")

    assert answer["total"] == total
    assert [one["code"] for one in answer["needs_decision"]] == ([] if total else ["ways_differ"])


def test_a_price_by_agreement_asks_in_the_words_of_the_sheet() -> None:
    rule = "{id: r, @hall, @hourly, amount: ask, question: Ask the clerk.}"

    answer = told(rule)

    assert codes(answer) == ["ask"]
    assert answer["needs_decision"][0]["words"] == "Ask the clerk."


def test_deposits_stand_beside_the_price_and_parts_add_up_to_it() -> None:
    answer = told(
        HALL,
        "{id: d, kind: deposit, amount: 50}",
        "{id: k, kind: deposit, name: key, amount: 20}",
        "{id: s, kind: schedule, parts: [{due: booking, percent: 33}, {due: 4 weeks before}]}",
        booked_on="2026-11-30",
    )

    assert (answer["total"], answer["deposit"]) == ("30.00", "70.00")
    assert [(due["on"], due["amount"]) for due in answer["due"]] == [
        ("2026-11-30", "9.90"),
        ("2026-12-15", "20.10"),
    ]


@pytest.mark.parametrize(
    ("days", "charge"), [(40, "10.00"), (28, None), (20, "65.00"), (5, "200.00"), (3, None)]
)
def test_cancelling_goes_by_steps_and_asks_where_they_overlap_or_end(
    days: int, charge: str | None
) -> None:
    answer = told(
        HALL,
        "{id: c, kind: cancel, steps: [{notice: '>= 28', charge: 10},"
        " {notice: '>= 14 <= 28', charge: '25% + 15'}, {notice: '>= 4 < 14', refund: '0%'}]}",
        agreed_total=200,
        cancel={"days_before": days},
    )

    assert answer.get("cancellation_charge") == charge
    assert bool(answer["needs_decision"]) is (charge is None)


def test_each_date_of_a_series_knows_its_place_and_lines_are_joined() -> None:
    block = "{id: b, @hall, when: {ordinal: '> 2', series: '>= 3'}, @hourly, amount: 5}"
    once = "{id: f, target: {fee: Application}, quantity: {unit: series}, amount: 7}"

    answer = told(HALL, block, once, date=None, dates=["2027-01-12", "2027-01-19", "2027-01-26"])

    assert answer["total"] == "82.00"
    assert [(line["rule"], line["quantity"]) for line in answer["lines"]] == [
        ("hall", "6"),
        ("f", "1"),
        ("b", "3"),
    ]


SESSIONS = (
    "{id: e, @hall, when: {from: '18:00', until: '22:00'}, quantity: {unit: session}, amount: 30}"
)


def test_heating_by_the_session_is_no_second_session() -> None:
    heating = (
        "{id: h, target: {fee: Heating}, when: {from: '18:00', until: '22:00'},"
        " quantity: {unit: session}, amount: 6}"
    )

    answer = told(SESSIONS, heating, "{id: two, @adjust, when: {sessions: '>= 2'}, percent: '-10'}")

    assert answer["total"] == "36.00"


@pytest.mark.parametrize(("bookings", "total"), [(12, "27.00"), (3, "30.00"), (None, "30.00")])
def test_a_test_for_regular_goes_before_what_is_taken_as_so(
    bookings: int | None, total: str
) -> None:
    head = (
        "unless_told: {regular: false}\n"
        "derive: {regular: {any: [{series: '>= 6'}, {bookings_this_year: '>= 10'}]}}"
    )
    hirer = {} if bookings is None else {"bookings_this_year": bookings}

    regular = "{id: r, @adjust, when: {regular: true}, percent: '-10'}"

    answer = told(HALL, regular, head=head, hirer=hirer)

    assert answer["total"] == total


def test_a_night_that_began_on_a_named_date_is_priced_by_that_date() -> None:
    eve = (
        "{id: nye, @hall, when: {dates: ['12-31'], from: '18:00', until: '01:00'}, @once,"
        " amount: 300}"
    )

    answer = told(HALL, eve, date="2027-12-31", start="19:00", end="01:00")

    assert answer["total"] == "300.00"
    assert told(HALL, eve, date="2027-12-31", start="19:00", end="02:00")["total"] == "310.00"


@pytest.mark.parametrize(("mode", "total"), [("marginal", "41.00"), ("slab", "47.00")])
def test_set_up_at_its_own_rate_uses_up_no_band_of_the_hire(mode: str, total: str) -> None:
    hall = (
        f"{{id: b, @hall, @hourly, bands: {{mode: {mode}, bands: [{{to: 1, amount: 9}},"
        " {to: 3, amount: 15}, {amount: 1}]}}"
    )
    setup = "{id: s, @hall, when: {during: [setup]}, @hourly, amount: 2}"

    answer = told(hall, setup, setup_minutes=60)

    assert answer["total"] == total


_PERCENTS = st.integers(-60, 60).map(str)


@settings(max_examples=60, deadline=None)
@given(
    st.lists(_PERCENTS, max_size=4),
    st.sampled_from(["add", "compound"]),
    st.integers(1, 40),
    st.randoms(use_true_random=False),
)
def test_totals_are_sums_of_lines_and_the_order_of_rules_does_not_matter(
    percents: list[str], stacking: str, floor: int, chance: Any
) -> None:
    rules = [
        HALL,
        "{id: fee, target: {fee: Fee}, quantity: {unit: pound, of: [hire]}, amount: 0.137}",
        f"{{id: least, kind: bound, floor: {floor}}}",
        "{id: vat, kind: tax, treatment: exclusive, rate: 17.5}",
        *(f"{{id: a{n}, @adjust, percent: '{p}'}}" for n, p in enumerate(percents)),
    ]
    shuffled = chance.sample(rules, len(rules))

    one, other = (told(*order, head=f"stacking: {stacking}") for order in (rules, shuffled))

    assert one["total"] == other["total"]
    assert sum(Decimal(line["amount"]) for line in one["lines"]) == Decimal(one["total"])
    assert sum(Decimal(line["list_amount"]) for line in one["lines"]) == Decimal(one["list_total"])
