"""How Openhall says dates, times, lengths and money to people."""

from __future__ import annotations

from datetime import date, datetime, time
from decimal import Decimal

from django.utils import formats
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from core import clock, money

_QUARTERS = {0: "", 15: "¼", 30: "½", 45: "¾"}


def _wall(value: datetime | time) -> time:
    """The London wall time of an instant; a plain time is already one."""
    return clock.london(value).time() if isinstance(value, datetime) else value


def _day(value: datetime | date) -> date:
    return clock.london(value).date() if isinstance(value, datetime) else value


def long_day(value: datetime | date) -> str:
    """Tuesday 5 January 2027."""
    return formats.date_format(_day(value), "l j F Y")


def short_day(value: datetime | date) -> str:
    """Tue 5 Jan, for the heads of narrow columns."""
    return formats.date_format(_day(value), "D j M")


def clock_time(value: datetime | time) -> str:
    """5:30pm, 7pm, midday, midnight."""
    wall = _wall(value)
    if (wall.hour, wall.minute) == (0, 0):
        return _("midnight")
    if (wall.hour, wall.minute) == (12, 0):
        return _("midday")
    half = "am" if wall.hour < 12 else "pm"
    minutes = f":{wall.minute:02d}" if wall.minute else ""
    return f"{wall.hour % 12 or 12}{minutes}{half}"


def times(starts_at: datetime, ends_at: datetime) -> str:
    """5:30pm to 7pm; an end on a later day names that day, unless it is the midnight between."""
    first, last = clock.london(starts_at), clock.london(ends_at)
    nights = (last.date() - first.date()).days
    if nights == 0 or (nights == 1 and last.time() == time(0)):
        return _("%(start)s to %(end)s") % {"start": clock_time(first), "end": clock_time(last)}
    return _("%(start)s to %(end)s on %(day)s") % {
        "start": clock_time(first),
        "end": clock_time(last),
        "day": long_day(last.date()),
    }


def when(starts_at: datetime, ends_at: datetime) -> str:
    """Tuesday 5 January 2027, 5:30pm to 7pm."""
    return f"{long_day(starts_at)}, {times(starts_at, ends_at)}"


def when_instant(instant: datetime) -> str:
    """Tuesday 5 January 2027, 5:30pm: a moment, such as a deadline."""
    return f"{long_day(instant)}, {clock_time(instant)}"


def length(minutes: int) -> str:
    """45 minutes, 1 hour, 3½ hours, 1 hour 20 minutes."""
    hours, rest = divmod(minutes, 60)
    if hours == 0:
        return ngettext("%(n)d minute", "%(n)d minutes", rest) % {"n": rest}
    if rest in _QUARTERS:
        number = f"{hours}{_QUARTERS[rest]}"
        return ngettext("%(n)s hour", "%(n)s hours", 1 if minutes == 60 else 2) % {"n": number}
    return f"{length(hours * 60)} {length(rest)}"


def pounds(amount: Decimal) -> str:
    """£12.50, £1,250.00, £0.00, -£5.00: for a line of a sum."""
    rounded = money.round_to_pence(amount)
    sign = "-" if rounded < 0 else ""
    return f"{sign}£{abs(rounded):,.2f}"


def reckoning(quantity: Decimal, unit: str, unit_price: Decimal) -> str:
    """3½ hours at £12.00: how a line of a price came about; empty where it is a single price."""
    if unit == "hour":
        many = length(int(quantity * 60))
    elif quantity == 1:
        return ""
    else:
        many = f"{quantity.normalize():f}"
    return _("%(many)s at %(price)s") % {"many": many, "price": pounds(unit_price)}


def price(amount: Decimal) -> str:
    """£12.50, and Free where there is nothing to pay."""
    return pounds(amount) if money.round_to_pence(amount) else _("Free")


def html_language(code: str) -> str:
    """A language code as HTML writes it: en-GB, cy."""
    language, dash, region = code.partition("-")
    return f"{language}{dash}{region.upper()}"
