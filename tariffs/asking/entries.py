"""The rules of a document as far as questions go: what each is about and which facts it needs."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from tariffs.engine import PriceAsk
from tariffs.rules import TariffDocument
from tariffs.rules.conditions import During, When
from tariffs.rules.names import word
from tariffs.rules.shape import ANY, Bands, RateRule, Reach, Unit
from tariffs.rules.terms import (
    AdjustRule,
    AskRule,
    BoundRule,
    CancelRule,
    ChooseRule,
    ScheduleRule,
    TaxRule,
)
from tariffs.rules.words import DURING, NUMBERS

# What bands may go by that is no fact.
_COUNTED = frozenset({"quantity", "rooms", *(unit.value for unit in Unit)})


@dataclass(frozen=True)
class Entry:
    """One rule. `rate` or `on` say what it is about; neither: the hire as a whole.

    `when` is without `during`, which stands beside it. `numbers`: facts it reckons with.
    """

    when: When
    during: frozenset[str] = frozenset()
    numbers: frozenset[str] = frozenset()
    rate: RateRule | None = None
    on: tuple[str, ...] = ()


def entries_of(document: TariffDocument) -> tuple[Entry, ...]:
    """Every rule of a document, found once."""
    made = document.worked_out.get("entries")
    if not isinstance(made, tuple):
        made = document.worked_out["entries"] = tuple(_entries(document))
    return made


def concerned(document: TariffDocument, ask: PriceAsk) -> list[Entry]:
    """The rules about the spaces and items of this hire."""
    entries = entries_of(document)
    rates = [one for one in entries if one.rate is not None and _prices(one.rate, ask)]
    named = {"all", "hire", "fees", "staff", "items", "total"}
    named |= {slug for one in rates if one.rate for slug in (one.rate.id, *one.rate.target.names)}
    named |= {space.slug for space in ask.spaces} | {item.slug for item in ask.items}
    if not ask.items:
        named -= {"items"}
    others = [
        one for one in entries if one.rate is None and (not one.on or not named.isdisjoint(one.on))
    ]
    return rates + others


def _prices(rule: RateRule, ask: PriceAsk) -> bool:
    target = rule.target
    if target.is_fee:
        return bool(ask.spaces)
    spaces, items = ({space.slug for space in ask.spaces}, {item.slug for item in ask.items})
    slugs = items if target.is_item else spaces
    if target.reach is Reach.TOGETHER:
        return target.names <= slugs
    if target.reach is Reach.ANY or ANY in target.names:
        return bool(slugs)
    return not slugs.isdisjoint(target.names)


def _entries(document: TariffDocument) -> Iterator[Entry]:
    own = {fact.name for fact in document.more.facts}
    for rule in document.rules:
        yield _entry(rule.when, numbers=frozenset(_reckoned(rule, own)), rate=rule)
    more = document.more
    changes: list[AdjustRule | BoundRule | TaxRule] = [*more.adjusts, *more.bounds, *more.taxes]
    for changed in changes:
        yield _entry(changed.when, on=changed.on)
    for deposit in more.deposits:
        yield _entry(deposit.when, numbers=frozenset(_banded(deposit.bands, own)))
    others: list[ChooseRule | AskRule | ScheduleRule | CancelRule] = [*more.chooses, *more.asks]
    for other in (*others, *more.schedules, *more.cancels):
        yield _entry(other.when)


def _entry(
    when: When,
    *,
    numbers: frozenset[str] = frozenset(),
    rate: RateRule | None = None,
    on: tuple[str, ...] = (),
) -> Entry:
    during: frozenset[str] = frozenset()
    for test in when.tests:
        if isinstance(test, During):
            # What holds only while people use the room leaves other prices for the rest.
            during |= test.words if test.words != {"use"} else frozenset(DURING)
    rest = tuple(test for test in when.tests if not isinstance(test, During))
    plain = replace(when, tests=rest) if len(rest) < len(when.tests) else when
    return Entry(plain, during - {"use"}, numbers, rate, on)


def _reckoned(rule: RateRule, own: set[str]) -> Iterator[str]:
    quantity = rule.quantity
    names = list(quantity.times)
    if quantity.unit is Unit.MEASURE:
        names += quantity.of
    elif quantity.unit is Unit.POUND:
        names += [name for name in quantity.of if _is_number(name, own)]
    for name in names:
        yield _fact(name, own)
    yield from _banded(rule.bands, own)


def _banded(bands: Bands | None, own: set[str]) -> Iterator[str]:
    if bands is not None and bands.by not in _COUNTED:
        yield _fact(bands.by, own)


def _is_number(name: str, own: set[str]) -> bool:
    return name.replace("-", "_") in NUMBERS or word(name) in own


def _fact(name: str, own: set[str]) -> str:
    plain = word(name).replace("-", "_")
    if plain in NUMBERS:
        return NUMBERS[plain]
    return f"fact.{word(name)}" if word(name) in own else f"measure.{plain}"
