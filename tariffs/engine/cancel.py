"""What cancelling costs, and what it gives back."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from core.money import round_to_pence
from tariffs.engine.closest import closest
from tariffs.engine.facts import Facts
from tariffs.engine.money import months_from
from tariffs.engine.questions import Asked, Stop
from tariffs.engine.slices import Slice
from tariffs.rules.document import TariffDocument
from tariffs.rules.terms import CancelRule, Share, Step

_SHORT_MONTH, _LONG_MONTH = 28, 31


@dataclass(frozen=True, slots=True)
class Cancelled:
    """Pounds that are charged, and those given back where all was paid."""

    charge: Decimal
    refund: Decimal
    why: str


@dataclass(frozen=True, slots=True)
class Notice:
    """How long before the hire it is called off: days of the calendar, and elapsed hours."""

    days: Decimal
    hours: Decimal


def cancelled(
    document: TariffDocument,
    facts: Facts,
    slices: Sequence[Slice],
    *,
    agreed: Decimal,
    days_before: Decimal,
    by: str,
    is_relet: bool,
    event_on: date | None,
) -> Cancelled:
    """What becomes of `agreed` pounds where the hire is called off `days_before` its day.

    Raises: Stop where the notice is in no step, or in two that differ.
    """
    rules = [rule for rule in document.more.cancels if rule.by == by]
    rule = closest(rules, document, facts, slices)
    if rule is None:
        raise Stop(Asked("no_cancel_terms", words=str(days_before)))
    if is_relet and rule.is_waived_if_relet:
        return Cancelled(Decimal("0.00"), agreed, rule.why)
    notice = Notice(days_before, days_before * 24)
    _step, charge = charged(document, rule, agreed=agreed, notice=notice, event_on=event_on)
    return Cancelled(charge, agreed - charge, rule.why)


def charged(
    document: TariffDocument,
    rule: CancelRule,
    *,
    agreed: Decimal,
    notice: Notice,
    event_on: date | None,
) -> tuple[Step, Decimal]:
    """The step of `rule` that holds at this notice, and the pounds it charges.

    Raises: Stop where the notice is in no step, or in two that differ.
    """
    found: dict[Decimal, Step] = {}
    for step in rule.steps:
        if _is_in(step, notice, event_on, rule.id):
            found.setdefault(_charge(step, agreed, document), step)
    if len(found) != 1:
        code = "two_notices" if found else "no_notice"
        raise Stop(Asked(code, (rule.id,), words=str(notice.days)))
    ((charge, step),) = found.items()
    return step, charge


def _charge(step: Step, agreed: Decimal, document: TariffDocument) -> Decimal:
    pounds = round_to_pence(_of(step.share, agreed), rounding=document.rounding)
    if step.is_refund:
        return agreed - max(Decimal("0.00"), min(pounds, agreed))
    capped = min(pounds, agreed) if step.share.percent else pounds
    return max(Decimal("0.00"), capped)


def _of(share: Share, agreed: Decimal) -> Decimal:
    return agreed * share.percent / 100 + share.pounds


def _is_in(step: Step, given: Notice, event_on: date | None, rule: str) -> bool:
    if step.unit == "days":
        return step.notice.holds(given.days)
    if step.unit == "hours":
        return step.notice.holds(given.hours)
    if step.unit == "weeks":
        return step.notice.holds(given.days / 7)
    return _in_months(step, given.days, event_on, rule)


def _in_months(step: Step, days: Decimal, event_on: date | None, rule: str) -> bool:
    """A month has 28 to 31 days; only the day of the hire tells which."""
    if event_on is not None:
        given = event_on - timedelta(days=int(days))
        months = Decimal(0)
        while months_from(event_on, -int(months) - 1) >= given:
            months += 1
        is_exact = months_from(event_on, -int(months)) == given
        return step.notice.holds(months if is_exact else months + Decimal("0.5"))
    readings = {step.notice.holds(days / length) for length in (_SHORT_MONTH, _LONG_MONTH)}
    if len(readings) > 1:
        raise Stop(Asked("month_length", (rule,), words=str(days)))
    return readings.pop()
