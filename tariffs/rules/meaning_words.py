"""Words that a document uses and does not define."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from django.utils.translation import gettext as _

from accounts.models import HirerCategory
from tariffs.errors import Fault
from tariffs.rules.names import short
from tariffs.rules.reading_when import minute_of
from tariffs.rules.words import WHOLE_HIRE


def undefined_words(document: Mapping[str, Any], rules: Sequence[Any]) -> Iterator[Fault]:
    """Dayparts, seasons, kinds of hirer, constants, facts and school terms nobody defined."""
    for word, part in document.get("dayparts", {}).items():
        yield from _clock_faults("", f"dayparts.{word}", part)
    yield from _assumed(document)
    for number, rule in enumerate(rules):
        for where in ("when", "unless"):
            yield from _when(document, rule, rule.get(where, {}), where, number)
        yield from _constants(document, rule)
    for name, when in document.get("derive", {}).items():
        yield from _when(document, {"id": f"derive.{name}"}, when, "when", 0)


def _when(
    document: Mapping[str, Any],
    rule: Mapping[str, Any],
    when: Mapping[str, Any],
    where: str,
    n: int,
) -> Iterator[Fault]:
    name = rule["id"]
    yield from _clock_faults(name, where, when)
    yield from _daypart(document, name, when, where)
    for season in when.get("season", ()):
        if season not in document.get("seasons", {}):
            yield _undefined(
                name, f"{where}.season", season, _("Add it to the seasons, with its dates.")
            )
    yield from _categories(document, name, when, where, n)
    for fact in when.get("fact", {}):
        if fact not in document.get("facts", {}):
            yield _undefined(
                name, f"{where}.fact", fact, _("Add it to the facts, with its kind and question.")
            )
    if "term" in when and "terms" not in document:
        yield _undefined(
            name, f"{where}.term", "term", _("Add the first and last days of terms as “terms”.")
        )
    for choice in when.get("any", ()):
        yield from _when(document, rule, choice, where, n)


def _categories(
    document: Mapping[str, Any], name: str, when: Mapping[str, Any], where: str, n: int
) -> Iterator[Fault]:
    known = {*HirerCategory.values, *(short(word) for word in document.get("categories", {}))}
    for place, category in enumerate(when.get("category", ())):
        if short(category) not in known:
            yield Fault(
                name,
                f"rules.{n}.{where}.category.{place}",
                _("“%(field)s” cannot be %(value)s.")
                % {"field": "category", "value": f'"{category}"'},
                _("Use one of: %(words)s.") % {"words": ", ".join(sorted(known))}
                + " "
                + _("Or add it to the categories."),
            )


def _daypart(
    document: Mapping[str, Any], name: str, when: Mapping[str, Any], where: str
) -> Iterator[Fault]:
    if "daypart" not in when:
        return
    if when["daypart"] not in document.get("dayparts", {}):
        yield Fault(
            name,
            f"{where}.daypart",
            _("Nobody has said when “%(word)s” is.") % {"word": when["daypart"]},
            _("Add it to the dayparts, with a time it is from and a time it is until."),
        )
    if "from" in when or "until" in when:
        yield Fault(
            name,
            where,
            _("It names both a daypart and times of its own."),
            _("Keep one of them."),
        )


def _undefined(rule: str, where: str, word: str, remedy: str) -> Fault:
    problem = _("Nobody has said what “%(word)s” is.") % {"word": word}
    return Fault(rule, where, problem, remedy)


def _clock_faults(rule: str, where: str, clock: Mapping[str, Any]) -> Iterator[Fault]:
    if ("from" in clock) != ("until" in clock):
        yield Fault(
            rule,
            where,
            _("A time it is from needs a time it is until."),
            _("Give both. The whole day is “00:00” until “24:00”."),
        )
    elif "from" in clock and minute_of(clock["from"]) == minute_of(clock["until"]):
        yield Fault(
            rule,
            where,
            _("It starts and ends at the same time."),
            _("For the whole day leave both out, or write “00:00” until “24:00”."),
        )


def _assumed(document: Mapping[str, Any]) -> Iterator[Fault]:
    own = document.get("facts", {})
    for name in document.get("unless_told", {}):
        if name not in WHOLE_HIRE and name not in own:
            yield _undefined(
                "", f"unless_told.{name}", name, _("Use a word that conditions use, or a fact.")
            )


def _constants(document: Mapping[str, Any], rule: Mapping[str, Any]) -> Iterator[Fault]:
    bands = rule.get("bands", {}).get("bands", ())
    amounts = [rule.get(word) for word in ("amount", "overage", "floor", "ceiling")]
    for amount in [*amounts, *(band["amount"] for band in bands)]:
        _figure, space, constant = str(amount).partition(" ")
        if space and constant not in document.get("constants", {}):
            yield _undefined(
                rule["id"], "amount", constant, _("Add it to the constants, with its pounds.")
            )
