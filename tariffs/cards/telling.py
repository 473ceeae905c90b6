"""A rule in words, for people who do not read YAML."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from core import words
from tariffs.cards.naming import DAYS, UNITS, Names, clock_words, spoken
from tariffs.rules.names import short

_Rule = Mapping[str, Any]


def told(rule: _Rule, names: Names) -> str:
    """One sentence: what it charges, and when."""
    teller = _TELLERS.get(rule.get("kind", "rate"), _rate)
    what = teller(rule, names)
    when = _conditions(rule.get("when") or {}, names)
    unless = _conditions(rule.get("unless") or {}, names)
    if when:
        what = _("%(what)s, if %(when)s") % {"what": what, "when": when}
    if unless:
        what = _("%(what)s, but not if %(when)s") % {"what": what, "when": unless}
    return f"{what}."


def pounds_words(amount: object) -> str:
    """£12.50, or that somebody must ask; "1.35 unit" stays as it is written."""
    text = str(amount)
    if text == "ask":
        return _("ask the venue")
    figure, _space, constant = text.partition(" ")
    return f"{figure} {constant}" if constant else _money(figure)


def _money(figure: str) -> str:
    exact = Decimal(figure)
    places = -int(exact.as_tuple().exponent)
    return words.pounds(exact) if places <= 2 else f"£{exact:,f}"


def _rate(rule: _Rule, names: Names) -> str:
    said = {"what": _target(rule.get("target") or {}, names), "unit": _unit(rule["quantity"])}
    if "table" in rule:
        heads = ", ".join(spoken(head) for head in rule["table"]["by"])
        return _("%(what)s: a grid of prices by %(heads)s") % {**said, "heads": heads.lower()}
    if "bands" in rule:
        amounts = [pounds_words(band["amount"]) for band in rule["bands"]["bands"]]
        return _("%(what)s: prices in steps, %(amounts)s %(unit)s") % {
            **said,
            "amounts": ", ".join(amounts[:6]),
        }
    return _("%(what)s: %(amount)s %(unit)s") % {
        **said,
        "amount": pounds_words(rule.get("amount", "ask")),
    }


def _target(target: _Rule, names: Names) -> str:
    if not target:
        return _("Several")
    word, said = next(iter(target.items()))
    if word in ("fee", "staff"):
        return str(said)
    label = names.item if word == "items" else names.space
    return (" + " if word == "spaces" else ", ").join(label(short(one)) for one in said)


def _unit(quantity: _Rule) -> str:
    said = [str(UNITS.get(quantity["unit"], spoken(quantity["unit"]).lower()))]
    if "min" in quantity:
        said.append(_("at least %(n)s") % {"n": quantity["min"]})
    if "step" in quantity:
        said.append(_("rounded up to steps of %(n)s") % {"n": quantity["step"]})
    more = sorted(set(quantity) - {"unit", "min", "step"})
    said += [f"{spoken(word).lower()} {_value(quantity[word])}" for word in more]
    return ", ".join(said)


def _adjust(rule: _Rule, names: Names) -> str:
    if "percent" in rule:
        percent = str(rule["percent"])
        words_for = _("%(n)s%% off") if percent.startswith("-") else _("%(n)s%% more")
        what = words_for % {"n": percent.lstrip("-")}
    else:
        amount = str(rule.get("amount", "0"))
        words_for = _("%(amount)s off") if amount.startswith("-") else _("%(amount)s more")
        unit = str(UNITS.get(rule.get("per", "booking"), ""))
        what = f"{words_for % {'amount': pounds_words(amount.lstrip('-'))}} {unit}".strip()
    return _("%(what)s on %(lines)s") % {"what": what, "lines": _value(rule.get("on", ["hire"]))}


def _bound(rule: _Rule, _names: Names) -> str:
    said = []
    if "floor" in rule:
        said.append(_("at least %(amount)s") % {"amount": pounds_words(rule["floor"])})
    if "ceiling" in rule:
        said.append(_("at most %(amount)s") % {"amount": pounds_words(rule["ceiling"])})
    each = spoken(rule.get("per", "booking")).lower()
    return _("The price is %(amounts)s for each %(each)s") % {
        "amounts": _(" and ").join(said),
        "each": each,
    }


def _choose(rule: _Rule, _names: Names) -> str:
    by = spoken(rule["by"]).lower()
    return _("Of %(ways)s the way that counts: %(by)s") % {
        "ways": _value(rule["options"]),
        "by": by,
    }


def _ask(rule: _Rule, _names: Names) -> str:
    return _("No price, but a question: “%(question)s”") % {
        "question": str(rule["question"]).rstrip(".")
    }


def _tax(rule: _Rule, _names: Names) -> str:
    how = {
        "exclusive": _("VAT of %(n)s%% is added"),
        "inclusive": _("VAT of %(n)s%% is in the price"),
        "exempt": _("No VAT: exempt"),
        "outside": _("No VAT: outside its scope"),
    }[rule["treatment"]]
    return how % {"n": rule.get("rate", 0)} if "%(n)s" in how else how


def _deposit(rule: _Rule, _names: Names) -> str:
    name = spoken(rule.get("name", _("deposit")))
    if "bands" in rule:
        return _("%(name)s, given back: in steps") % {"name": name}
    amount = pounds_words(rule["amount"]) if "amount" in rule else f"{rule.get('percent', 0)}%"
    return _("%(name)s, given back: %(amount)s") % {"name": name, "amount": amount}


def _schedule(rule: _Rule, _names: Names) -> str:
    said = [_part(part) for part in rule["parts"]]
    return _("When it is paid: %(parts)s") % {"parts": "; ".join(said)}


def _part(part: _Rule) -> str:
    if "percent" in part:
        much = f"{part['percent']}%"
    else:
        much = pounds_words(part["amount"]) if "amount" in part else _("the rest")
    return f"{much}, {part['due']}"


def _cancel(rule: _Rule, _names: Names) -> str:
    said = []
    for step in rule["steps"]:
        word = _("refund") if "refund" in step else _("charge")
        share = step.get("refund", step.get("charge", ""))
        said.append(f"{step['notice']} {step.get('unit', 'days')}: {word} {share}")
    return _("Cancelling: %(steps)s") % {"steps": "; ".join(said)}


_TELLERS: dict[str, Callable[[_Rule, Names], str]] = {
    "rate": _rate,
    "standing": _rate,
    "adjust": _adjust,
    "bound": _bound,
    "choose": _choose,
    "ask": _ask,
    "tax": _tax,
    "deposit": _deposit,
    "schedule": _schedule,
    "cancel": _cancel,
}


def _conditions(when: _Rule, names: Names) -> str:
    said = []
    for word, value in when.items():
        if word == "until":
            continue
        said.append(_condition(word, value, when, names))
    return _(" and ").join(said)


def _condition(word: str, value: Any, when: _Rule, names: Names) -> str:
    if word == "category":
        return names.who([short(kind) for kind in value])
    if word == "day":
        return ", ".join(str(DAYS[day]) for day in value)
    if word == "daypart":
        return spoken(value)
    if word == "from":
        pair = {"start": clock_words(value), "end": clock_words(when["until"])}
        return _("%(start)s to %(end)s") % pair
    if word == "any":
        return _("one of: %(choices)s") % {
            "choices": "; ".join(_conditions(choice, names) for choice in value)
        }
    return f"{spoken(word).lower()}: {_value(value)}"


def _value(value: Any) -> str:
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, Mapping):
        return ", ".join(f"{spoken(str(key)).lower()} {_value(one)}" for key, one in value.items())
    if isinstance(value, list | tuple):
        return ", ".join(_value(one) for one in value)
    return str(value)
