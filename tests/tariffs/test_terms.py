"""What goes with a price: parts that come to it exactly, deposits, and scales in words."""

from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.money import PENNY
from tariffs.engine.cancel import Notice
from tariffs.engine.money import months_from
from tariffs.quoting import Quoted
from tariffs.rules import TariffDocument, read
from tariffs.scales import reason, scale
from tariffs.terms import (
    Charge,
    cancel_rule,
    charge_for,
    deal_of,
    due_of,
    notice_between,
    of_request,
)
from tests.tariffs.documents import TUESDAY, ask, rule, sheet

BOOKED = date(2026, 12, 1)


def document(*more: dict[str, Any], **parts: Any) -> TariffDocument:
    return read(sheet(rule("hall", "10"), *more, **parts))


def quoted(of: TariffDocument, day: date = TUESDAY, starts: str = "18:00") -> Quoted:
    from tariffs.engine import price

    asked = ask(day, starts, "20:00")
    return Quoted(7, False, price(of, asked), asked, of)


def schedule(*parts: dict[str, Any]) -> dict[str, Any]:
    return {"id": "s", "kind": "schedule", "parts": list(parts)}


def cancelling(*steps: dict[str, Any], **more: Any) -> dict[str, Any]:
    return {"id": "c", "kind": "cancel", "steps": list(steps), **more}


def said(*steps: dict[str, Any], **more: Any) -> list[str]:
    return scale(document(cancelling(*steps, **more)).more.cancels[0])


_AMOUNTS = st.integers(0, 10_000_000).map(lambda pence: pence * PENNY)
_PARTS = st.lists(
    st.one_of(
        st.integers(0, 100).map(lambda percent: {"percent": percent}),
        st.integers(0, 5000).map(lambda pounds: {"amount": pounds}),
        st.just({}),
    ),
    min_size=1,
    max_size=6,
)


@settings(deadline=None)
@given(total=_AMOUNTS, parts=_PARTS)
def test_the_parts_of_any_schedule_come_to_the_price_and_none_is_below_zero(total, parts):
    """Also of schedules that a check would refuse."""
    of = document(schedule(*({"due": "booking", **part} for part in parts)))
    (rule_,) = of.more.schedules
    due = due_of(of, rule_, total=total, booked_on=BOOKED, event_on=TUESDAY)
    assert sum(part.amount for part in due) == total
    assert all(part.amount >= 0 for part in due)


@settings(deadline=None)
@given(st.lists(_AMOUNTS, min_size=1, max_size=20))
def test_the_parts_go_by_what_is_to_pay_and_not_by_what_was_priced(amounts):
    of = document(schedule({"due": "booking", "percent": 33}, {"due": "4 weeks before"}))
    one = quoted(of)
    terms, version = of_request([one] * len(amounts), amounts, booked_on=BOOKED)
    assert sum(part.amount for part in terms.due) == sum(amounts)
    assert version == 7


def test_a_deposit_is_asked_once_for_all_dates_by_the_whole_price():
    share = {"id": "d", "kind": "deposit", "percent": 10}
    key = {"id": "k", "kind": "deposit", "name": "key", "amount": 20, "why": "Two keys"}
    of = document(share, key)
    dates = [quoted(of), quoted(of, date(2027, 1, 19))]
    terms, _version = of_request(dates, [Decimal(20), Decimal(20)], booked_on=BOOKED)
    assert [(held.name, held.amount, held.why) for held in terms.deposits] == [
        ("deposit", Decimal(4), ""),
        ("key", Decimal(20), "Two keys"),
    ]
    assert terms.deposit == Decimal(24)


def test_what_the_first_date_leaves_open_is_a_question_and_the_rest_is_known():
    party = {"id": "d", "kind": "deposit", "when": {"purpose": ["party"]}, "amount": 150}
    of = document(party, schedule({"due": "booking"}))
    terms, _version = of_request([quoted(of)], [Decimal(20)], booked_on=BOOKED)
    assert [one.fact for one in terms.open] == ["event.purpose"]
    assert terms.deposits == ()
    assert [part.amount for part in terms.due] == [Decimal(20)]


def test_days_of_notice_are_those_of_the_calendar_and_hours_those_that_pass():
    starts = datetime(2027, 3, 28, 18, 0, tzinfo=UTC)
    notice = notice_between(datetime(2027, 3, 27, 19, 0, tzinfo=UTC), starts)
    assert (notice.days, notice.hours) == (Decimal(1), Decimal(23))
    # Just before midnight is the day before, however few hours that are.
    late = notice_between(
        datetime(2027, 1, 11, 23, 59, tzinfo=UTC), datetime(2027, 1, 12, 0, 30, tzinfo=UTC)
    )
    assert late.days == 1


@pytest.mark.parametrize(
    ("step", "words"),
    [
        ({"notice": ">= 28", "charge": 0}, "28 days or more before: nothing to pay."),
        ({"notice": "> 28", "charge": 10}, "29 days or more before: £10.00 to pay."),
        (
            {"notice": ">= 14 < 28", "charge": "25%"},
            "14 to 27 days before: 25% of the price to pay.",
        ),
        ({"notice": "< 14", "charge": "100%"}, "Less than 14 days before: the full price to pay."),
        ({"notice": ">= 0", "refund": "100%"}, "At any time before: all of it is given back."),
        ({"notice": "< 1", "refund": 0}, "On the day itself: nothing is given back."),
        (
            {"notice": "< 14", "refund": "75% - 15"},
            "Less than 14 days before: 75% of the price less £15.00 is given back.",
        ),
        (
            {"notice": "< 7", "charge": "12.5% + 5"},
            "Less than 7 days before: 12.5% of the price and £5.00 more to pay.",
        ),
        (
            {"notice": ">= 24 < 48", "unit": "hours", "charge": "50%"},
            "24 hours or more before, but less than 48 hours before: 50% of the price to pay.",
        ),
        (
            {"notice": "> 1", "unit": "months", "charge": 0},
            "More than 1 month before: nothing to pay.",
        ),
        ({"notice": "7", "charge": 5}, "7 days before: £5.00 to pay."),
    ],
)
def test_a_step_in_plain_words(step, words):
    assert said(step) == [words]


def test_a_scale_says_when_it_is_waived():
    lines = said({"notice": ">= 0", "charge": "50%"}, waived_if_relet=True)
    assert lines[-1] == "Nothing to pay if somebody else then takes the time."


@pytest.mark.parametrize(
    ("step", "charge", "words"),
    [
        (
            {"notice": ">= 0", "charge": "25%"},
            "5",
            "20 days before: 25% of the price to pay. 25% of £20.00 comes to £5.00.",
        ),
        (
            {"notice": ">= 0", "refund": "75% - 5"},
            "10",
            "20 days before: 75% of the price less £5.00 is given back. "
            "75% less £5.00 of £20.00 comes to £10.00.",
        ),
        ({"notice": ">= 0", "charge": 3}, "3", "20 days before: £3.00 to pay."),
        ({"notice": ">= 0", "charge": "100%"}, "20", "20 days before: the full price to pay."),
        (
            {"notice": ">= 0", "unit": "hours", "charge": 0},
            "0",
            "480 hours before: nothing to pay.",
        ),
    ],
)
def test_a_charge_says_its_notice_and_its_sum(step, charge, words):
    of = document(cancelling(step))
    notice = Notice(Decimal(20), Decimal(480))
    found = charge_for(of, of.more.cancels[0], agreed=Decimal(20), notice=notice, event_on=TUESDAY)
    assert isinstance(found, Charge)
    assert (found.charge, found.refund) == (Decimal(charge), Decimal(20) - Decimal(charge))
    assert reason(found, agreed=Decimal(20), notice=notice) == words


def test_months_are_those_of_the_calendar():
    of = document(
        cancelling(
            {"notice": ">= 1", "unit": "months", "charge": 0},
            {"notice": "< 1", "unit": "months", "charge": "50%"},
        )
    )
    (scale_,) = of.more.cancels
    event = date(2027, 3, 31)
    for given_on, charge in ((months_from(event, -1), 0), (date(2027, 3, 1), 10)):
        days = Decimal((event - given_on).days)
        found = charge_for(
            of, scale_, agreed=Decimal(20), notice=Notice(days, days * 24), event_on=event
        )
        assert isinstance(found, Charge)
        assert found.charge == charge


def test_the_scale_of_the_venue_is_another_one_and_may_be_missing():
    of = document(cancelling({"notice": ">= 0", "charge": 0}))
    one = quoted(of)
    assert one.ask
    deal = deal_of(of, one.ask, total=Decimal(20), lines=one.priced.lines)
    mine = cancel_rule(deal, by="hirer")
    assert getattr(mine, "id", "") == "c"
    assert cancel_rule(deal, by="venue") is None
