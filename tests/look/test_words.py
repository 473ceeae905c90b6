"""Dates, times, lengths and money as Openhall says them."""

from datetime import UTC, date, datetime, time
from decimal import Decimal

import pytest
from django.template import engines
from django.utils import translation

from core import words


def at(day: int, hour: int, minute: int = 0, *, month: int = 1) -> datetime:
    return datetime(2027, month, day, hour, minute, tzinfo=UTC)


def test_a_day_is_said_in_full() -> None:
    assert words.long_day(date(2027, 1, 5)) == "Tuesday 5 January 2027"


def test_a_day_is_londons_day() -> None:
    assert words.long_day(at(30, 23, 30, month=6)) == "Thursday 1 July 2027"


@pytest.mark.parametrize(
    ("wall", "said"),
    [
        (time(17, 30), "5:30pm"), (time(19), "7pm"), (time(0, 5), "12:05am"),
        (time(12, 15), "12:15pm"), (time(0), "midnight"), (time(12), "midday"), (time(9), "9am"),
    ],
)  # fmt: skip
def test_a_time_is_said_without_needless_noughts(wall: time, said: str) -> None:
    assert words.clock_time(wall) == said


@pytest.mark.parametrize(
    ("start", "end", "said"),
    [
        (at(5, 17, 30), at(5, 19), "5:30pm to 7pm"),
        (at(5, 19), at(6, 0), "7pm to midnight"),
        (at(5, 22), at(6, 6), "10pm to 6am on Wednesday 6 January 2027"),
        (at(1, 18, month=7), at(1, 20, month=7), "7pm to 9pm"),
    ],
)
def test_a_span_is_said_by_londons_clock(start: datetime, end: datetime, said: str) -> None:
    assert words.times(start, end) == said


@pytest.mark.parametrize(
    ("minutes", "said"),
    [
        (1, "1 minute"), (45, "45 minutes"), (60, "1 hour"), (90, "1½ hours"), (210, "3½ hours"),
        (75, "1¼ hours"), (80, "1 hour 20 minutes"), (120, "2 hours"),
    ],
)  # fmt: skip
def test_a_length_is_said_in_hours(minutes: int, said: str) -> None:
    assert words.length(minutes) == said


@pytest.mark.parametrize(
    ("amount", "price", "pounds"),
    [
        ("12.5", "£12.50", "£12.50"), ("0", "Free", "£0.00"), ("1250", "£1,250.00", "£1,250.00"),
        ("-5", "-£5.00", "-£5.00"), ("0.004", "Free", "£0.00"), ("0.005", "£0.01", "£0.01"),
    ],
)  # fmt: skip
def test_money_is_pounds_and_pence_and_nothing_is_free(
    amount: str, price: str, pounds: str
) -> None:
    assert words.price(Decimal(amount)) == price
    assert words.pounds(Decimal(amount)) == pounds


def test_templates_have_the_same_words() -> None:
    page = engines["django"].from_string(
        "{% load words %}{{ day|long_day }}|{% when start end %}|{{ cost|price }}|"
        "{{ code|html_language }}"
    )
    said = page.render(
        {"day": date(2027, 1, 5), "start": at(5, 17, 30), "end": at(5, 19), "cost": Decimal(0),
         "code": "en-gb"}
    )  # fmt: skip
    assert said == ("Tuesday 5 January 2027|Tuesday 5 January 2027, 5:30pm to 7pm|Free|en-GB")


def test_welsh_pages_have_welsh_days_and_words() -> None:
    with translation.override("cy"):
        assert "Ionawr" in words.long_day(date(2027, 1, 5))
        assert words.clock_time(time(12)) == "canol dydd"
        assert words.price(Decimal(0)) == "Am ddim"


@pytest.mark.parametrize(
    ("quantity", "unit", "unit_price", "said"),
    [
        ("3.5", "hour", "12", "3½ hours at £12.00"),
        ("1", "booking", "30", ""),
        ("20", "person", "1.5", "20 at £1.50"),
    ],
)
def test_a_price_says_how_it_came_about(quantity, unit, unit_price, said):
    assert words.reckoning(Decimal(quantity), unit, Decimal(unit_price)) == said
