"""Which questions a tariff has for the hirer of one hire, and what becomes of the answers."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest

from tariffs.asking import AnswerKind, answered, askable, checked, fits_in
from tariffs.engine import AskedItem, PriceAsk, price
from tariffs.errors import AnswerRefused, NotAsked
from tariffs.rules import TariffDocument, read, require_valid
from tests.tariffs.documents import FOYER, HALL, SATURDAY, TUESDAY, ask, rule, sheet

FOOD = rule("food", "15", target={"fee": "Cleaning"}, unit="booking", tag=["food"])
ANY = rule("all", "10", target={"spaces": ["any"]})


def document(*rules: Any, **more: Any) -> TariffDocument:
    made = sheet(*rules, **more)
    require_valid(made)
    return read(made)


def hire(day: Any = TUESDAY, starts: str = "10:00", ends: str = "12:00", **more: Any) -> PriceAsk:
    told = more.pop("told", {})
    return replace(ask(day, starts, ends, **more), told=told)


def names(made: TariffDocument, wanted: PriceAsk | None = None, **answers: Any) -> list[str]:
    """The questions that are open for this hire once these were answered."""
    said = {name.replace("__", "."): value for name, value in answers.items()}
    return [one.name for one in answered(made, wanted or hire(), said).open]


def total(made: TariffDocument, answers: dict[str, Any], wanted: PriceAsk | None = None) -> Any:
    said = checked(answers, askable(made))
    return price(made, answered(made, wanted or hire(), said).ask).total


def test_a_tariff_that_needs_nothing_asks_nothing() -> None:
    by_length = rule("long", "8", target={"spaces": ["any"]}, hours="> 6", people="< 20")
    known = rule("more", "7", target={"spaces": ["any"]}, ordinal="> 3", days_ahead=">= 28")
    assert names(document(ANY, by_length, known)) == []
    assert askable(document(ANY, by_length, known)) == {}


def test_food_is_asked_in_plain_words_and_answered_with_yes_or_no() -> None:
    made = document(ANY, FOOD)
    (question,) = answered(made, hire(), {}).open
    assert (question.name, question.words) == ("tag.food", "Will there be food?")
    assert (question.kind, question.assumed) == (AnswerKind.YES_NO, None)
    assert total(made, {}) is None
    assert total(made, {"tag.food": True}) == Decimal("35.00")
    assert total(made, {"tag.food": False}) == Decimal("20.00")
    assert names(made, tag__food=True) == []


def test_what_the_sheet_takes_as_so_is_said_with_the_question() -> None:
    made = document(ANY, FOOD, unless_told={"tag": []})
    (question,) = answered(made, hire(), {}).open
    assert question.assumed is False
    assert total(made, {}) == Decimal("20.00")
    assert total(made, {"tag.food": True}) == Decimal("35.00")


def test_one_tag_of_two_is_not_enough_unless_the_sheet_says_so() -> None:
    music = rule("music", "5", target={"fee": "Licence"}, unit="booking", tag=["music"])
    made = document(ANY, FOOD, music)
    assert names(made, tag__food=True) == ["tag.music"]
    assert total(made, {"tag.food": True}) is None
    assert total(made, {"tag.food": True, "tag.music": True}) == Decimal("40.00")
    assumed = document(ANY, FOOD, music, unless_told={"tag": ["music"]})
    assert total(assumed, {"tag.food": True}) == Decimal("40.00")
    assert total(assumed, {"tag.music": False}) == Decimal("20.00")


def test_a_tag_that_settles_a_rule_leaves_its_other_tags_unasked() -> None:
    both = rule("l", "5", target={"fee": "L"}, unit="booking", all_tags=["music", "tickets"])
    made = document(ANY, both)
    assert names(made) == ["tag.music", "tag.tickets"]
    assert names(made, tag__music=False) == []
    assert total(made, {"tag.music": False}) == Decimal("20.00")
    either = rule("l", "5", target={"fee": "L"}, unit="booking", tag=["music", "disco"])
    assert names(document(ANY, either), tag__music=True) == []
    assert total(document(ANY, either), {"tag.disco": True}) == Decimal("25.00")


def test_what_is_only_found_afterwards_is_not_asked() -> None:
    dirty = rule("dirty", "50", target={"fee": "Cleaning"}, unit="booking", tag=["left dirty"])
    made = document(ANY, dirty)
    assert names(made) == []
    assert total(made, {}) == Decimal("20.00")


def test_only_rules_about_the_chosen_spaces_and_items_ask() -> None:
    kitchen = rule("k", "8", target={"spaces": ["kitchen"]}, resident=True)
    bar = rule("bar", "8", target={"items": ["bar"]}, unit="booking", purpose=["wedding"])
    hall = rule("hall", "10", target={"spaces": ["hall"]})
    off = {"id": "off", "kind": "adjust", "on": ["bar"], "when": {"regular": True}, "percent": "-5"}
    made = document(hall, kitchen, bar, off, stacking="add")
    assert names(made) == []
    with_bar = hire(items=(AskedItem("bar", "Bar", 1),))
    assert names(made, with_bar) == ["event.purpose", "hirer.regular"]
    assert set(askable(made)) == {"event.purpose", "hirer.regular", "hirer.resident"}


def test_a_rule_that_cannot_hold_asks_nothing() -> None:
    charity = rule("c", "8", target={"spaces": ["any"]}, category=["charity"], resident=True)
    weekend = rule("w", "8", target={"spaces": ["any"]}, day=["saturday"], purpose=["wedding"])
    made = document(ANY, charity, weekend)
    assert names(made, hire(category="community")) == []
    assert names(made, hire(category="charity")) == ["hirer.resident"]
    assert names(made, hire(SATURDAY, category="community")) == ["event.purpose"]


def test_the_purposes_are_those_of_the_rules_and_something_else() -> None:
    wedding = rule("w", "50", target={"spaces": ["any"]}, purpose=["wedding", "evening social"])
    made = document(ANY, wedding)
    (question,) = answered(made, hire(), {}).open
    assert question.kind is AnswerKind.CHOICE
    assert [choice.value for choice in question.choices] == ["evening-social", "wedding", "other"]
    assert question.choices[0].words == "Evening social"
    assert total(made, {"event.purpose": "wedding"}) == Decimal("100.00")
    assert total(made, {"event.purpose": "other"}) == Decimal("20.00")


def test_statuses_are_several_and_may_be_none() -> None:
    member = rule("m", "5", target={"spaces": ["any"]}, status=["member", "affiliated"])
    made = document(ANY, member)
    (question,) = answered(made, hire(), {}).open
    assert question.kind is AnswerKind.SEVERAL
    assert [choice.value for choice in question.choices] == ["affiliated", "member"]
    assert total(made, {"hirer.statuses": ["member"]}) == Decimal("10.00")
    assert total(made, {"hirer.statuses": []}) == Decimal("20.00")


def test_money_and_numbers_are_asked_where_a_rule_reckons_with_them() -> None:
    share = {
        "id": "cut", "target": {"fee": "Share"}, "quantity": {"unit": "pound", "of": ["takings"]},
        "amount": "0.1",
    }  # fmt: skip
    ground = {
        "id": "g", "target": {"fee": "Ground"}, "amount": "3",
        "quantity": {"unit": "measure", "of": ["hectares"]},
    }  # fmt: skip
    made = document(ANY, share, ground)
    kinds = {one.name: one.kind for one in answered(made, hire(), {}).open}
    assert kinds == {"event.takings": AnswerKind.MONEY, "measure.hectares": AnswerKind.NUMBER}
    said = {"event.takings": "50.50", "measure.hectares": 2}
    assert checked(said, askable(made)) == {"event.takings": "50.50", "measure.hectares": "2"}
    assert total(made, said) == Decimal("31.05")


def test_a_fact_of_the_sheets_own_is_asked_in_its_words() -> None:
    power = rule("p", "4", target={"fee": "Power"}, unit="booking", fact={"powered": True})
    stalls = {
        "id": "s", "target": {"fee": "Stalls"}, "amount": "2",
        "quantity": {"unit": "measure", "of": ["stalls"]},
    }  # fmt: skip
    colour = rule("c", "1", target={"fee": "Zone"}, unit="booking", fact={"zone": ["blue"]})
    made = document(
        ANY, power, stalls, colour,
        facts={
            "powered": {"kind": "yes_no", "ask": "Do you need power?"},
            "stalls": {"kind": "number", "ask": "How many stalls?"},
            "zone": {"kind": "word"},
        },
    )  # fmt: skip
    asked = {one.name: one for one in answered(made, hire(), {}).open}
    assert asked["fact.powered"].words == "Do you need power?"
    assert asked["fact.stalls"].words == "How many stalls?"
    assert [choice.value for choice in asked["fact.zone"].choices] == ["blue", "other"]
    said = {"fact.powered": True, "fact.stalls": "3", "fact.zone": "blue"}
    assert total(made, said) == Decimal("31.00")
    assert total(made, {**said, "fact.zone": "other"}) == Decimal("30.00")


def test_regular_follows_from_its_test_and_is_not_asked() -> None:
    off = {"id": "off", "kind": "adjust", "when": {"regular": True}, "percent": "-50"}
    test = {"regular": {"any": [{"series": ">= 6"}, {"fact": {"monthly": True}}]}}
    facts = {"monthly": {"kind": "yes_no", "ask": "Do you come each month?"}}
    made = document(ANY, off, derive=test, facts=facts)
    assert names(made) == ["fact.monthly"]
    often = hire(told={"series.count": Decimal(6)})
    assert names(made, often) == []
    assert "hirer.regular" not in askable(made)


def test_setting_up_is_part_of_the_time_that_is_hired() -> None:
    cheap = rule("setup", "4", target={"spaces": ["any"]}, during=["setup"])
    made = document(ANY, cheap)
    (question,) = answered(made, hire(), {}).open
    assert (question.name, question.assumed) == ("setup_minutes", Decimal(0))
    assert total(made, {}) == Decimal("20.00")
    assert total(made, {"setup_minutes": 30}) == Decimal("17.00")
    with pytest.raises(AnswerRefused):
        fits_in({"setup_minutes": "120"}, [hire().span])  # type: ignore[list-item]


def test_deposits_taxes_and_open_questions_ask_too() -> None:
    deposit = {"id": "d", "kind": "deposit", "when": {"purpose": ["party"]}, "amount": "100"}
    vat = {"id": "v", "kind": "tax", "treatment": "exclusive", "rate": 20, "when": {"tag": ["bar"]}}
    ask_rule = {"id": "q", "kind": "ask", "when": {"resident": False}, "question": "Which rate?"}
    found = names(document(ANY, deposit, vat, ask_rule))
    assert found == ["event.purpose", "tag.bar", "hirer.resident"]


def test_what_the_system_knows_goes_before_an_answer() -> None:
    off = rule("r", "5", target={"spaces": ["any"]}, resident=True)
    made = document(ANY, off)
    known = hire(told={"hirer.resident": False})
    assert names(made, known) == []
    assert total(made, {"hirer.resident": True}, known) == Decimal("20.00")


def test_foyer_and_hall_each_bring_their_questions() -> None:
    hall = rule("h", "10", target={"each": ["hall"]}, tag=["music"])
    foyer = rule("f", "10", target={"each": ["foyer"]}, resident=True)
    both = hire(spaces=(HALL, FOYER))
    assert names(document(ANY, hall, foyer), both) == ["tag.music", "hirer.resident"]


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("tag.food", "yes"), ("tag.food", 1), ("event.purpose", "burglary"),
        ("event.purpose", ["wedding"]), ("hirer.statuses", "member"),
        ("hirer.statuses", ["king"]), ("event.takings", "-1"), ("event.takings", "1e3000"),
        ("event.takings", True), ("event.takings", "NaN"), ("event.takings", "1.234"),
        ("event.takings", {"a": 1}), ("event.seats_sold", "1.5"), ("event.seats_sold", "\u0661"),
    ],
)  # fmt: skip
def test_an_answer_that_is_none_is_refused(name: str, value: Any) -> None:
    made = document(
        ANY, FOOD,
        rule("w", "5", target={"spaces": ["any"]}, purpose=["wedding"], status=["member"]),
        rule("t", "5", target={"spaces": ["any"]}, takings="> 5", seats_sold="> 5"),
    )  # fmt: skip
    with pytest.raises(AnswerRefused) as refused:
        checked({name: value}, askable(made))
    assert refused.value.details["field"] == f"answers.{name}"


def test_an_answer_to_another_question_is_refused() -> None:
    with pytest.raises(NotAsked) as refused:
        checked({"hirer.hours_this_year": "60"}, askable(document(ANY, FOOD)))
    assert refused.value.details["known"] == ["tag.food"]


def test_no_answer_is_no_answer() -> None:
    assert checked({"tag.food": None}, askable(document(ANY, FOOD))) == {}
