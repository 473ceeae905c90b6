"""What is asked when, apart from the price: refundable deposits and parts of the price."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from django.utils.translation import gettext_lazy

from core.money import round_to_pence
from spaces.timetable import is_bank_holiday
from tariffs.engine.bands import reached
from tariffs.engine.closest import closest
from tariffs.engine.facts import Facts
from tariffs.engine.numbers import number
from tariffs.engine.questions import Asked, Stop
from tariffs.engine.slices import Slice
from tariffs.rules.document import TariffDocument
from tariffs.rules.terms import DepositRule, Offset, Part, ScheduleRule

_NOTHING = Decimal("0.00")
_WHEN = {
    "booking": gettext_lazy("when you book"),
    "event": gettext_lazy("on the day"),
    "month_end": gettext_lazy("at the end of the month"),
}


@dataclass(frozen=True, slots=True)
class Due:
    """A part of the price, the day by which it is paid (None: not known yet), and why."""

    on: date | None
    amount: Decimal
    why: str
    is_returned: bool


_ANCHORS = {
    "booking": gettext_lazy("you book"),
    "event": gettext_lazy("the day"),
    "approval": gettext_lazy("the venue says yes"),
    "invoice": gettext_lazy("you get the bill"),
}


@dataclass(frozen=True, slots=True)
class Held:
    """A refundable deposit in pounds, by the name that the sheet gives it."""

    name: str
    amount: Decimal
    why: str


def deposits(document: TariffDocument, facts: Facts, slices: Sequence[Slice]) -> list[Held]:
    """What is given back, beside the price; rules of one name stand for each other.

    `facts` knows the total. Raises: Stop where the sheet leaves it open.
    """
    groups: dict[str, list[DepositRule]] = defaultdict(list)
    for rule in document.more.deposits:
        groups[rule.name].append(rule)
    held = []
    for name, rules in groups.items():
        found = closest(rules, document, facts, slices)
        if found is not None:
            amount = round_to_pence(_amount(found, facts), rounding=document.rounding)
            held.append(Held(name, amount, found.why))
    return held


def _amount(rule: DepositRule, facts: Facts) -> Decimal:
    if rule.bands is not None:
        level = number(rule.bands.by, facts, rule=rule.id)
        found = reached(rule.bands, level, rule=rule.id).amount
        if found is None:
            raise Stop(Asked("ask", (rule.id,)))
        return found
    if rule.percent is not None:
        return number("total", facts, rule=rule.id) * rule.percent / 100
    if rule.amount is None:
        raise Stop(Asked("ask", (rule.id,), words=rule.why))
    return rule.amount


def parts_of(
    document: TariffDocument,
    rule: ScheduleRule,
    *,
    total: Decimal,
    booked_on: date | None,
    event_on: date | None,
) -> list[Due]:
    """The parts of `total` pounds by a schedule, and the day of each."""
    amounts = _parts(rule.parts, total, document)
    dues = []
    for part, amount in zip(rule.parts, amounts, strict=True):
        day = _day(part.due, booked_on=booked_on, event_on=event_on)
        dues.append(Due(day, amount, part.why or _due_words(part.due), part.is_returned))
    return dues


def _due_words(due: Offset) -> str:
    if not due.count:
        return str(_WHEN.get(due.anchor, due.words))
    rest, _space, last = due.words.rpartition(" ")
    return f"{rest} {_ANCHORS[last]}" if last in _ANCHORS else due.words


def _parts(parts: Sequence[Part], total: Decimal, document: TariffDocument) -> list[Decimal]:
    """Each part; the rest, or else the last by percent, takes the odd penny."""
    amounts: list[Decimal | None] = []
    left = total
    for part in parts:
        amount: Decimal | None = None
        if part.percent is not None:
            amount = round_to_pence(total * part.percent / 100, rounding=document.rounding)
        elif part.amount is not None:
            amount = min(part.amount, max(left, _NOTHING))
        amounts.append(amount)
        left -= amount or _NOTHING
    if None in amounts:
        return [left if amount is None else amount for amount in amounts]
    known = [amount for amount in amounts if amount is not None]
    if all(part.percent is not None for part in parts):
        known[-1] += left
    return known


def _day(offset: Offset, *, booked_on: date | None, event_on: date | None) -> date | None:
    anchor = event_on if offset.anchor == "event" else booked_on
    if offset.anchor == "month_end":
        anchor = event_on
        if anchor is None:
            return None
        first = anchor.replace(day=1)
        return (first + timedelta(days=32)).replace(day=1) - timedelta(days=1)
    if anchor is None:
        return None
    day = _moved(anchor, offset)
    return (
        max(day, booked_on) if booked_on and offset.anchor == "event" and day < booked_on else day
    )


def _moved(day: date, offset: Offset) -> date:
    if offset.unit == "months":
        return months_from(day, offset.count)
    if offset.unit == "weeks":
        return day + timedelta(weeks=offset.count)
    if offset.unit != "working_days":
        return day + timedelta(days=offset.count)
    step = timedelta(days=1 if offset.count > 0 else -1)
    left = abs(offset.count)
    while left:
        day += step
        if day.weekday() < 5 and not is_bank_holiday(day):
            left -= 1
    return day


def months_from(day: date, count: int) -> date:
    """The same day `count` months on (or back), or the last of a shorter month."""
    month = day.year * 12 + day.month - 1 + count
    year, month = divmod(month, 12)
    following = date(year + (month + 1) // 12, (month + 1) % 12 + 1, 1)
    last = (following - timedelta(days=1)).day
    return date(year, month + 1, min(day.day, last))
