"""Takes help off prices, in the written order: free hours, then a voucher, then grants.

Each works on what the one before it left, and none takes a price below zero. Dates come in the
order of time; what is used up on one date is not there for the next. Pure: no query, no clock.
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from django.utils.translation import gettext as _

from bookings.services.support.bill import Bill
from bookings.services.support.offers import Code, Help, Helped, Offers, ToHelp
from core import words
from tariffs.engine import Line

_SIXTY = Decimal(60)
_NOTHING = Decimal("0.00")


def apply(dates: Sequence[ToHelp], offers: Offers) -> list[Helped]:
    """The price of each date with what helps; a price that needs a decision stays as it is."""
    pots = _Pots(offers)
    return [_date(date, offers, pots) for date in dates]


class _Pots:
    """What is left of each offer while one date after the other takes its part."""

    def __init__(self, offers: Offers) -> None:
        self.hours = {one.pk: one.left for one in offers.free_hours}
        self.grants = {one.pk: one.left for one in offers.grants}
        code = offers.code
        self.code = code.value if code else _NOTHING
        if code and code.kind == "hours":
            self.code *= _SIXTY


class _Hire:
    """One date's bill, and how many of its minutes are still to be paid for."""

    def __init__(self, date: ToHelp) -> None:
        self.bill = Bill(date.priced)
        self.minutes = Decimal((date.span.end - date.span.start).total_seconds()) / _SIXTY
        self.unpaid = self.minutes
        self.price = self.bill.hire
        self.given = _NOTHING
        self.helps: list[Help] = []

    def free(self, minutes: Decimal, line: Line) -> tuple[Decimal, Decimal]:
        """Make so many minutes free, at most those unpaid: the minutes, and what they cost.

        Counted from the beginning, so that all minutes together cost exactly the hire.
        """
        counted = min(minutes, self.unpaid)
        if counted <= 0 or not self.price:
            return Decimal(0), _NOTHING
        paid_for = self.minutes - self.unpaid + counted
        worth = self.price * paid_for / self.minutes - self.given
        amount = self.bill.take_off_hire(worth, line)
        if not amount:
            return Decimal(0), _NOTHING
        self.unpaid -= counted
        self.given += amount
        return counted, amount


def _date(date: ToHelp, offers: Offers, pots: _Pots) -> Helped:
    if not date.priced.total:
        return Helped(date.priced)
    hire = _Hire(date)
    _free_hours(date, hire, offers, pots)
    if offers.code:
        _voucher(hire, offers.code, pots)
    _grants(date, hire, offers, pots)
    return Helped(hire.bill.priced(), tuple(hire.helps)) if hire.helps else Helped(date.priced)


def _free_hours(date: ToHelp, hire: _Hire, offers: Offers, pots: _Pots) -> None:
    for one in offers.free_hours:
        if not one.holds(date.day, date.space_ids):
            continue
        minutes = min(pots.hours[one.pk], hire.unpaid)
        said = {"hours": words.length(int(minutes)), "day": words.long_day(one.last_on)}
        why = _("%(hours)s of your free hours, which run until %(day)s") % said
        line = _line("allowance", one.pk, _("Free hours: %(reason)s") % {"reason": one.reason}, why)
        counted, amount = hire.free(minutes, line)
        if amount:
            pots.hours[one.pk] -= counted
            hire.helps.append(Help("allowance", one.pk, counted, amount))


def _voucher(hire: _Hire, code: Code, pots: _Pots) -> None:
    line = _line("voucher", code.pk, _("Voucher: %(reason)s") % {"reason": code.reason}, "")
    if code.kind == "percent":
        amount = hire.bill.take_off(hire.bill.left * code.value / 100, line)
    elif code.kind == "hours":
        counted, amount = hire.free(pots.code, line)
        pots.code -= counted
    else:
        amount = hire.bill.take_off(pots.code, line)
        pots.code -= amount
    if amount:
        hire.helps.append(Help("voucher", code.pk, Decimal(1), amount))


def _grants(date: ToHelp, hire: _Hire, offers: Offers, pots: _Pots) -> None:
    for one in offers.grants:
        if not one.first_on <= date.day <= one.last_on:
            continue
        share = one.per_date or hire.bill.left * (one.percent or 0) / 100
        why = _("%(funder)s pays this part for you") % {"funder": one.funder}
        line = _line("grant", one.pk, _("Grant: %(funder)s") % {"funder": one.funder}, why)
        amount = hire.bill.pay_a_part(min(share, pots.grants[one.pk]), line)
        if amount:
            pots.grants[one.pk] -= amount
            hire.helps.append(Help("grant", one.pk, amount, amount))


def _line(kind: str, source: int, what: str, why: str) -> Line:
    """A line yet without its amount. The full price of help is nothing: the list price stays."""
    return Line(
        kind=kind,
        rule=f"{kind}-{source}",
        what=what[:200],
        quantity=Decimal(1),
        unit="booking",
        unit_price=_NOTHING,
        amount=_NOTHING,
        list_amount=_NOTHING,
        why=why[:300],
    )
