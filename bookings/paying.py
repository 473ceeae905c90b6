"""What is paid and when, in words: for pages and mails, before and after a booking is made."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from bookings.agreement import Scale, unsaid
from bookings.models import DuePart
from core import words
from tariffs.engine.money import Due
from tariffs.scales import scale


@dataclass(frozen=True, slots=True)
class Owed:
    """A part of the price by a day; None is a day that nobody knows yet."""

    on: date | None
    amount: Decimal
    why: str
    is_returnable: bool


@dataclass(frozen=True, slots=True)
class Group:
    """What cancelling costs on some dates. `heading` is empty where it is so for all."""

    heading: str
    lines: list[str]


def owed(due: Iterable[Due]) -> list[Owed]:
    """What was worked out, without parts of nothing."""
    return [Owed(one.on, one.amount, one.why, one.is_returned) for one in due if one.amount]


def owed_rows(rows: Iterable[DuePart]) -> list[Owed]:
    """What is kept with a booking."""
    return [Owed(row.on, row.amount, row.why, row.is_returnable) for row in rows]


def deposit_line(name: str, amount: Decimal | None, why: str) -> str:
    """£150.00, given back after the hire; with its name where it has one of its own."""
    if amount is None:
        return why
    said = _("%(amount)s, given back after the hire.") % {"amount": words.pounds(amount)}
    label = "" if name == "deposit" else f"{capfirst(name)}: "
    return " ".join(part for part in (label + said, why) if part)


def due_line(part: Owed, *, when: str = "") -> str:
    """£20.00 by Tuesday 5 January 2027. Booking fee. `when` stands for the day."""
    if not when:
        when = _("by %(day)s") % {"day": words.long_day(part.on)} if part.on else _("later")
    said = [_("%(amount)s %(when)s.") % {"amount": words.pounds(part.amount), "when": when}]
    if part.why:
        said.append(f"{capfirst(part.why).rstrip('.')}.")
    if not part.is_returnable:
        said.append(_("This part is not given back."))
    return " ".join(said)


def at_yes() -> str:
    """When that is due which would be due at once, were the booking agreed."""
    return _("when the venue says yes")


def charge_line(charge: Decimal | None, refund: Decimal | None, why: str) -> str:
    """£5.00 to pay, £15.00 given back. 20 days before: 25% of the price to pay."""
    if charge is None or refund is None:
        return why
    sums = {"charge": words.pounds(charge), "refund": words.pounds(refund)}
    said = _("%(charge)s to pay, %(refund)s given back.") % sums
    return f"{said} {why}" if why else said


def groups(scales: Sequence[Sequence[Scale]], by: str) -> list[Group]:
    """The scales of these dates where `by` cancels; those that say the same are told once."""
    found: dict[tuple[str, ...], int] = {}
    for of_date in scales:
        lines = tuple(_lines(one for one in of_date if one.by == by))
        found[lines] = found.get(lines, 0) + 1
    if not any(found):
        return []
    return [
        Group("" if len(found) == 1 else _for_dates(many), list(lines) or [unsaid(by)])
        for lines, many in found.items()
    ]


def _lines(scales: Iterable[Scale]) -> list[str]:
    return [line for one in scales for line in (scale(one.rule) if one.rule else [one.question])]


def _for_dates(n: int) -> str:
    return ngettext("For %(n)d date:", "For %(n)d dates:", n) % {"n": n}
