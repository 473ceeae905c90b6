"""What a discount, a surcharge, a minimum or VAT is called, and why it is there."""

from __future__ import annotations

from decimal import Decimal

from django.utils.translation import gettext as _

from tariffs.engine.draft import Changed


def what(change: Changed) -> str:
    """10% off; Minimum charge; VAT 20%."""
    if change.kind == "vat":
        return _("VAT %(rate)s%%") % {"rate": plain(change.percent)}
    if change.kind == "bound":
        return _("Minimum charge") if change.amount > 0 else _("Most that is charged")
    if change.percent is not None:
        rate = {"rate": plain(abs(change.percent))}
        return _("%(rate)s%% off") % rate if change.percent < 0 else _("%(rate)s%% more") % rate
    return _("Reduction") if change.amount < 0 else _("Addition")


def why(change: Changed) -> str:
    """The rule's own words, or its sense."""
    if change.why:
        return change.why
    if change.kind == "vat":
        return _("VAT is added to this price.")
    if change.kind == "bound":
        limit = {"limit": change.detail.get("limit", "")}
        if change.amount > 0:
            return _("Raised to the least that is charged, £%(limit)s.") % limit
        return _("Cut to the most that is charged, £%(limit)s.") % limit
    return change.rule.replace("-", " ").replace("_", " ").capitalize()


def plain(number: Decimal | None) -> str:
    """A number without needless noughts."""
    text = f"{number or Decimal(0):f}"
    return text.rstrip("0").rstrip(".") if "." in text else text
