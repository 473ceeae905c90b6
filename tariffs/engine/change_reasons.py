"""What a discount, a surcharge, a minimum or VAT is called, and why it is there."""

from __future__ import annotations

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tariffs.engine.because import because, plain, quoted
from tariffs.engine.draft import Changed
from tariffs.rules.conditions import When
from tariffs.rules.document import TariffDocument
from tariffs.rules.terms import Per

_LEAST = gettext_lazy("The least you pay is £%(limit)s.")
_MOST = gettext_lazy("The most you pay is £%(limit)s.")


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


def why(change: Changed, document: TariffDocument, *, who: str) -> str:
    """The rule's own words, or its sense."""
    if change.why:
        return change.why
    if change.kind == "vat":
        return _("VAT is a tax. It is added to the price.")
    if change.kind == "bound":
        return _bound(change)
    when = _conditions(document).get(change.rule)
    reason = because(when, who=who) if when else ""
    said = {"reason": reason, "rule": quoted({change.rule})}
    if change.amount < 0:
        plain_words = _("This comes off by the rule %(rule)s.")
        return (_("This comes off because %(reason)s.") if reason else plain_words) % said
    plain_words = _("This is added by the rule %(rule)s.")
    return (_("This is added because %(reason)s.") if reason else plain_words) % said


def _bound(change: Changed) -> str:
    limit = {"limit": change.detail.get("limit", "")}
    is_daily = change.detail.get("per") == Per.DAY.value
    if change.amount > 0:
        said = _("The least you pay a day is £%(limit)s.") if is_daily else _LEAST
    else:
        said = _("The most you pay a day is £%(limit)s.") if is_daily else _MOST
    return str(said) % limit


def _conditions(document: TariffDocument) -> dict[str, When]:
    made = document.worked_out.get("conditions")
    if not isinstance(made, dict):
        made = {rule.id: rule.when for rule in document.more.adjusts}
        document.worked_out["conditions"] = made
    return made
