"""Who charges VAT on what, from when, and how it goes with what a rate sheet says."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tariffs.engine import AskedItem, Line, PriceAsk, Priced, price
from tariffs.rules import read
from tariffs.vat.amounts import shared, with_vat
from tariffs.vat.charges import vat_in_charge
from tariffs.vat.compose import treated
from tariffs.vat.law import LAWS, law_on, standard_since
from tariffs.vat.premises import Premises, Spell
from tariffs.vat.rules import HireFacts
from tariffs.vat.series import SeriesAnswer, SeriesFacts, Treatment, series_test
from tariffs.vat.standing import Kind, standing, treatment_of
from tests.tariffs.documents import HALL, KITCHEN, TUESDAY, ask, rule, sheet

SINCE = Spell(date(2020, 4, 1))
ADDS = Spell(date(2020, 4, 1), adds_vat=True)
PLAIN = sheet(rule("all", "12.00", target={"spaces": ["any"]}))
EXEMPT = SeriesAnswer(Treatment.EXEMPT, least=10)
PROJECTOR = AskedItem("projector", "Projector", 1)


def quoted(
    document: dict[str, Any],
    premises: Premises | None,
    asked: PriceAsk | None = None,
    hire: HireFacts | None = None,
) -> Priced:
    asked = asked or ask(TUESDAY, "10:00", "12:00")
    by = treated(read(document), premises, asked, hire or HireFacts(), booked_on=TUESDAY)
    return with_vat(price(by.document, asked), why=by.why, is_registered=by.is_registered)


def marks(priced: Priced) -> dict[str, tuple[str, Decimal]]:
    return {line.what: (line.vat, line.vat_rate) for line in priced.lines}


def tax(**more: Any) -> dict[str, Any]:
    return {"id": "vat", "kind": "tax", "treatment": "exclusive", "rate": 20, **more}


def test_the_standard_rate_is_twenty_percent_since_4_january_2011() -> None:
    assert law_on(date(2011, 1, 3)).standard_rate == Decimal("17.5")
    assert law_on(date(2011, 1, 4)).standard_rate == Decimal(20)
    assert standard_since(TUESDAY) == date(2011, 1, 4)
    assert standard_since(date(2010, 6, 1)) == date(2010, 1, 1)
    assert [law.first_on for law in LAWS] == sorted(law.first_on for law in LAWS)


@pytest.mark.parametrize(
    ("kind", "exempt"),
    [
        (Kind.HIRE, True),
        (Kind.SPORTS, False),
        (Kind.CATERING, False),
        (Kind.STORAGE, False),
        (Kind.EQUIPMENT, False),
    ],
)
def test_a_registered_operator_charges_vat_on_all_but_the_hire_of_rooms(
    kind: Kind, exempt: bool
) -> None:
    said = treatment_of(kind, standing(Premises((SINCE,)), TUESDAY))
    assert said.treatment is (Treatment.EXEMPT if exempt else Treatment.STANDARD)
    assert said.rate == (0 if exempt else 20)
    assert said.why


@pytest.mark.parametrize("kind", list(Kind))
def test_in_a_building_that_is_opted_to_tax_everything_carries_vat(kind: Kind) -> None:
    held = standing(Premises((SINCE,), (Spell(date(2027, 1, 12)),)), TUESDAY)
    assert treatment_of(kind, held, series=EXEMPT).treatment is Treatment.STANDARD


@pytest.mark.parametrize("kind", list(Kind))
def test_who_is_not_registered_charges_none_even_with_an_option(kind: Kind) -> None:
    held = standing(Premises((), (SINCE,)), TUESDAY)
    assert treatment_of(kind, held).treatment is Treatment.NONE


def test_an_option_counts_from_its_first_day_to_its_last() -> None:
    premises = Premises((SINCE,), (Spell(date(2027, 1, 12), date(2027, 1, 13)),))
    days = [date(2027, 1, 11) + timedelta(days=n) for n in range(4)]
    assert [standing(premises, day).is_opted for day in days] == [False, True, True, False]


@pytest.mark.parametrize("own", [{}, {"treatment": "inclusive"}, {"on": ["hall"], "rank": 5}])
def test_an_operator_that_is_not_registered_never_charges_vat_whatever_its_sheet_says(
    own: Mapping[str, Any],
) -> None:
    document = sheet(rule("all", "12.00", target={"spaces": ["any"]}), tax(**own))
    for premises in (None, Premises((Spell(date(2028, 1, 1)),))):
        priced = quoted(document, premises)
        assert (priced.total, priced.vat) == (Decimal("24.00"), Decimal("0.00"))
        assert [(line.vat, line.vat_amount) for line in priced.lines] == [("outside", 0)]
        assert "not registered" in priced.lines[0].vat_why


def test_room_hire_of_a_registered_operator_costs_what_the_sheet_says() -> None:
    priced = quoted(PLAIN, Premises((SINCE,)))
    assert (priced.total, priced.vat) == (Decimal("24.00"), 0)
    assert marks(priced) == {"Main Hall": ("exempt", 0)}
    assert priced.lines[0].vat_why == "Hire of a room is exempt from VAT."


def test_an_opted_building_includes_vat_or_adds_it_as_the_operator_says() -> None:
    inside = quoted(PLAIN, Premises((SINCE,), (SINCE,)))
    on_top = quoted(PLAIN, Premises((ADDS,), (SINCE,)))
    assert (inside.total, inside.vat) == (Decimal("24.00"), Decimal("4.00"))
    assert (on_top.total, on_top.vat) == (Decimal("28.80"), Decimal("4.80"))
    assert [line.kind for line in on_top.lines] == ["rate", "vat"]


def test_what_the_sheet_says_of_prices_goes_before_what_the_operator_says() -> None:
    document = sheet(
        rule("all", "12.00", target={"spaces": ["any"]}), tax(on=["kitchen"], treatment="inclusive")
    )
    assert quoted(document, Premises((ADDS,), (SINCE,))).total == Decimal("24.00")


def test_a_rule_of_the_sheet_that_names_as_closely_goes_first_and_ties_with_none() -> None:
    document = sheet(
        rule("all", "12.00", target={"spaces": ["any"]}),
        {"id": "free", "kind": "tax", "treatment": "exempt", "why": "Advice of 2026"},
    )
    priced = quoted(document, Premises((SINCE,), (SINCE,)))
    assert (priced.total, priced.needs_decision) == (Decimal("24.00"), ())
    assert (priced.lines[0].vat, priced.lines[0].vat_why) == ("exempt", "Advice of 2026")


def test_a_sports_space_carries_vat_and_its_block_does_not() -> None:
    premises = Premises((SINCE,), sports={"hall": True})
    broken = series_test([], SeriesFacts())
    assert quoted(PLAIN, premises, hire=HireFacts(series=broken)).vat == Decimal("4.00")
    free = quoted(PLAIN, premises, hire=HireFacts(series=EXEMPT))
    assert (free.vat, free.lines[0].vat_rule) == (0, "vat.series")


def test_the_reason_of_vat_on_sport_names_every_condition_that_failed() -> None:
    premises = Premises((SINCE,), sports={"hall": True})
    broken = series_test([], SeriesFacts(is_paid_as_a_whole=True))
    why = quoted(PLAIN, premises, hire=HireFacts(series=broken)).lines[0].vat_why
    assert why == (
        "Hire of a sports space carries VAT. There are 0 dates, and a series needs 10. "
        "The hirer is not known to be a school or a club. The rate is 20%."
    )


def test_one_let_of_a_sports_space_for_more_than_a_day_is_exempt() -> None:
    premises = Premises((SINCE,), sports={"hall": True})
    long = ask(TUESDAY, "10:00", "11:00", nights=1)
    assert quoted(PLAIN, premises, long).lines[0].vat_rule == "vat.long-let"


def test_a_sports_space_beside_a_room_leaves_the_room_exempt() -> None:
    priced = quoted(
        PLAIN,
        Premises((SINCE,), sports={"hall": True, "kitchen": False}),
        ask(TUESDAY, "10:00", "12:00", spaces=(HALL, KITCHEN)),
    )
    assert marks(priced) == {"Main Hall": ("inclusive", 20), "Kitchen": ("exempt", 0)}


def test_a_fee_follows_the_sports_space() -> None:
    document = sheet(
        rule("all", "12.00", target={"spaces": ["any"]}),
        rule("lights", "6.00", target={"fee": "Floodlights"}, unit="booking"),
    )
    priced = quoted(document, Premises((SINCE,), sports={"hall": True}))
    assert marks(priced)["Floodlights"] == ("inclusive", 20)
    assert priced.vat == Decimal("5.00")


def test_sport_in_a_space_that_nobody_decided_on_is_marked_and_not_guessed() -> None:
    sport = HireFacts(is_sport=True)
    undecided = quoted(PLAIN, Premises((SINCE,)), hire=sport).lines[0]
    decided = quoted(PLAIN, Premises((SINCE,), sports={"hall": False}), hire=sport).lines[0]
    assert (undecided.vat, undecided.vat_rule) == ("exempt", "vat.undecided")
    assert "Nobody has decided yet" in undecided.vat_why
    assert (decided.vat, decided.vat_rule) == ("exempt", "")


@pytest.mark.parametrize("kind", ["catering", "storage", "equipment"])
def test_things_hired_by_themselves_carry_vat_and_the_room_does_not(kind: str) -> None:
    document = sheet(
        rule("all", "12.00", target={"spaces": ["any"]}),
        rule("things", "6.00", target={"items": ["any"]}, unit="item"),
    )
    asked = ask(TUESDAY, "10:00", "12:00", items=(PROJECTOR,))
    priced = quoted(document, Premises((SINCE,), items={"projector": kind}), asked)
    assert marks(priced) == {"Main Hall": ("exempt", 0), "Projector": ("inclusive", 20)}
    assert priced.vat == Decimal("1.00")
    follows = quoted(document, Premises((SINCE,)), asked)
    assert follows.vat == 0


def test_a_sheet_is_made_anew_only_once_for_each_set_of_rules() -> None:
    document = read(PLAIN)
    asked = ask(TUESDAY, "10:00", "12:00")
    premises = Premises((SINCE,), (SINCE,))
    one, other = (
        treated(document, premises, asked, HireFacts(), booked_on=TUESDAY).document
        for _n in range(2)
    )
    assert one is other
    plain = treated(document, None, asked, HireFacts(), booked_on=TUESDAY).document
    assert plain is document


@given(
    pence=st.lists(st.integers(0, 50_000), min_size=1, max_size=12),
    rate=st.sampled_from([Decimal(20), Decimal(5), Decimal("17.5")]),
)
def test_vat_within_lines_sums_to_the_vat_within_the_whole(pence: list[int], rate: Decimal) -> None:
    gross = [Decimal(n) / 100 for n in pence]
    whole = sum(gross, Decimal(0)) * rate / (100 + rate)
    assert abs(sum(shared(gross, rate), Decimal(0)) - whole) <= Decimal("0.005")


@given(amounts=st.lists(st.integers(1, 9_999), min_size=1, max_size=5))
def test_the_vat_of_a_quote_is_the_sum_of_that_of_its_lines(amounts: list[int]) -> None:
    rules = [
        rule(f"fee-{n}", f"{pence / 100:.2f}", target={"fee": f"Fee {n}"}, unit="booking")
        for n, pence in enumerate(amounts)
    ]
    document = sheet(rule("all", "0.99", target={"spaces": ["any"]}), *rules)
    for registration in (SINCE, ADDS):
        priced = quoted(document, Premises((registration,), (SINCE,)))
        assert sum((line.vat_amount for line in priced.lines), Decimal(0)) == priced.vat
        assert priced.total == sum((line.amount for line in priced.lines), Decimal(0))


@pytest.mark.parametrize(
    ("on", "charge", "expected"),
    [
        (TUESDAY, "24.00", "4.00"),
        (TUESDAY, "12.00", "2.00"),
        (TUESDAY, "0.00", "0.00"),
        (date(2019, 2, 28), "24.00", "0.00"),
    ],
)
def test_what_is_kept_of_a_cancelled_hire_is_taxed_as_the_hire(
    on: date, charge: str, expected: str
) -> None:
    priced = quoted(PLAIN, Premises((SINCE,), (SINCE,)))
    found = vat_in_charge(Decimal(charge), of=priced.lines, on=on)
    assert found == Decimal(expected)


def test_what_is_kept_of_a_hire_that_cost_nothing_has_no_vat() -> None:
    assert vat_in_charge(Decimal(10), of=(), on=TUESDAY) == 0


def test_a_line_without_a_price_has_no_vat() -> None:
    assert with_vat(Priced(), why={}, is_registered=True).lines == ()
    line = Line("rate", "r", "Hall", Decimal(1), "hour", Decimal(1), Decimal(1), Decimal(1), "")
    found = with_vat(Priced(lines=(line,)), why={"": "So"}, is_registered=True).lines[0]
    assert (found.vat_amount, found.vat_why) == (0, "So")
