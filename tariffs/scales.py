"""A scale of cancelling in plain words: what each length of notice costs."""

from __future__ import annotations

from decimal import Decimal

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from core.words import pounds
from tariffs.engine.cancel import Notice
from tariffs.rules.ranges import Range
from tariffs.rules.terms import CancelRule, Share, Step
from tariffs.terms import Charge


def scale(rule: CancelRule) -> list[str]:
    """One sentence for each step, and what else the scale says."""
    lines = [f"{_when(step)}: {_what(step)}." for step in rule.steps]
    if rule.is_waived_if_relet:
        lines.append(_("Nothing to pay if somebody else then takes the time."))
    return lines


def reason(charge: Charge, *, agreed: Decimal, notice: Notice) -> str:
    """Why a date costs this: the notice, the step, and the sum."""
    said = f"{_told(charge.step, notice)}: {_what(charge.step)}."
    share = charge.step.share
    if not share.percent or (share.percent == 100 and not share.pounds):
        return said
    sum_ = _("%(share)s of %(agreed)s comes to %(amount)s.") % {
        "share": _percent(share.percent) + _more(share),
        "agreed": pounds(agreed),
        "amount": pounds(agreed - charge.charge if charge.step.is_refund else charge.charge),
    }
    return f"{said} {sum_}"


def _told(step: Step, notice: Notice) -> str:
    if step.unit != "hours" and not notice.days:
        return _("On the day itself")
    told, unit = (notice.hours, "hours") if step.unit == "hours" else (notice.days, "days")
    return _("%(length)s before") % {"length": _length(Decimal(int(told)), unit)}


def _when(step: Step) -> str:
    range_, unit = step.notice, step.unit
    whole = _whole_days(range_) if unit == "days" else None
    if whole is not None:
        return _when_in_days(*whole)
    ends = [part for part in (_low(range_, unit), _high(range_, unit)) if part]
    return _upper(_(", but ").join(ends)) if ends else _("At any time")


def _when_in_days(low: int, high: int | None) -> str:
    if high is None:
        words = _("At any time before") if low <= 0 else _("%(length)s or more before")
        return words % {"length": _length(Decimal(low), "days")}
    if high == 0:
        return _("On the day itself")
    if low <= 0:
        return _("Less than %(length)s before") % {"length": _length(Decimal(high + 1), "days")}
    length = _length(Decimal(high), "days")
    if low == high:
        return _("%(length)s before") % {"length": length}
    return _("%(low)s to %(length)s before") % {"low": low, "length": length}


def _whole_days(range_: Range) -> tuple[int, int | None] | None:
    """Days are counted whole, so that edges may be; None where they are written in parts."""
    edges = [edge for edge in (range_.low, range_.high) if edge is not None]
    if not edges or any(edge != edge.to_integral_value() for edge in edges):
        return None
    low = 0 if range_.low is None else int(range_.low) + (0 if range_.has_low else 1)
    high = None if range_.high is None else int(range_.high) - (0 if range_.has_high else 1)
    return low, high


def _low(range_: Range, unit: str) -> str:
    if not range_.low:
        return ""
    words = _("%(length)s or more before") if range_.has_low else _("more than %(length)s before")
    return words % {"length": _length(range_.low, unit)}


def _high(range_: Range, unit: str) -> str:
    if range_.high is None:
        return ""
    words = _("%(length)s or less before") if range_.has_high else _("less than %(length)s before")
    return words % {"length": _length(range_.high, unit)}


def _length(number: Decimal, unit: str) -> str:
    figure = f"{number.normalize():f}"
    many = 1 if number == 1 else 2
    if unit == "hours":
        return ngettext("%(n)s hour", "%(n)s hours", many) % {"n": figure}
    if unit == "weeks":
        return ngettext("%(n)s week", "%(n)s weeks", many) % {"n": figure}
    if unit == "months":
        return ngettext("%(n)s month", "%(n)s months", many) % {"n": figure}
    return ngettext("%(n)s day", "%(n)s days", many) % {"n": figure}


def _what(step: Step) -> str:
    share = step.share
    if share.percent == 100 and not share.pounds:
        return _("all of it is given back") if step.is_refund else _("the full price to pay")
    if not share.percent and not share.pounds:
        return _("nothing is given back") if step.is_refund else _("nothing to pay")
    words = _("%(sum)s is given back") if step.is_refund else _("%(sum)s to pay")
    return words % {"sum": _sum(share)}


def _sum(share: Share) -> str:
    if not share.percent:
        return pounds(share.pounds)
    return _("%(percent)s of the price") % {"percent": _percent(share.percent)} + _more(share)


def _more(share: Share) -> str:
    if not share.pounds:
        return ""
    words = _(" and %(amount)s more") if share.pounds > 0 else _(" less %(amount)s")
    return words % {"amount": pounds(abs(share.pounds))}


def _percent(percent: Decimal) -> str:
    return f"{percent.normalize():f}%"


def _upper(words: str) -> str:
    return words[:1].upper() + words[1:]
