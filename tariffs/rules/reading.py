"""From a checked document to values: the document and its rates."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from core.money import Rounding
from tariffs.rules.document import TariffDocument
from tariffs.rules.editions import edition_of
from tariffs.rules.names import short, shorts
from tariffs.rules.reading_bands import bands_of
from tariffs.rules.reading_more import more_of
from tariffs.rules.reading_when import Book, when_of
from tariffs.rules.shape import (
    ANY,
    Fit,
    Quantity,
    RateRule,
    Reach,
    Target,
    Unit,
)
from tariffs.rules.tables import expanded

__all__ = ["read", "target_of"]


def read(document: Mapping[str, Any]) -> TariffDocument:
    """The values a document stands for, by the edition it was published in.

    The document has passed `require_valid`, as every published one has.
    """
    book = Book.of(document)
    rates: list[Mapping[str, Any]] = []
    others: list[Mapping[str, Any]] = []
    for rule in expanded(document["rules"]):
        (rates if rule.get("kind", "rate") in ("rate", "standing") else others).append(rule)
    rounding = document.get("rounding", Rounding.HALF_UP)
    own_words = "categories" in document
    return TariffDocument(
        rules=tuple(_rate(rule, book) for rule in rates),
        rounding=Rounding.HALF_UP if rounding == "ask" else Rounding(rounding),
        list_category=short(document.get("list_category", "" if own_words else "commercial")),
        more=more_of(document, others, book),
        edition=edition_of(document),
    )


def _rate(rule: Mapping[str, Any], book: Book) -> RateRule:
    bands = rule.get("bands")
    target = target_of(rule["target"], book.parts)
    unit = Unit(rule["quantity"]["unit"])
    return RateRule(
        id=rule["id"],
        target=target,
        when=when_of(rule, book),
        quantity=_quantity(rule["quantity"]),
        amount=book.pounds(rule.get("amount", "0" if bands else "ask")),
        why=rule.get("why", ""),
        rank=int(rule.get("rank", 0)),
        bands=bands_of(bands, book, own=_own_number(target, unit)) if bands else None,
        options=frozenset(rule.get("option", ())),
        question=rule.get("question", ""),
        overage=book.pounds(rule["overage"]) if "overage" in rule else None,
        overage_step=Decimal(str(rule["overage_step"])) if "overage_step" in rule else None,
    )


def _own_number(target: Target, unit: Unit) -> str:
    return "quantity" if target.is_item and unit is not Unit.HOUR else unit.value


def _quantity(quantity: Mapping[str, Any]) -> Quantity:
    figures = {
        key: Decimal(str(quantity.get(word, 0)))
        for key, word in (
            ("least", "min"),
            ("step", "step"),
            ("included", "included"),
            ("length", "length"),
            ("pack", "pack"),
        )
    }
    return Quantity(
        unit=Unit(quantity["unit"]),
        most=Decimal(str(quantity["max"])) if "max" in quantity else None,
        times=tuple(quantity.get("times", ())),
        of=tuple(map(short, quantity.get("of", ()))),
        fit=Fit(quantity["fit"]) if "fit" in quantity else None,
        **figures,
    )


def target_of(target: Mapping[str, Any], parts: Mapping[str, frozenset[str]]) -> Target:
    """Spaces together (a whole is its parts), each of some, items (always each), or a fee."""
    word, names = next(iter(target.items()))
    if word in ("fee", "staff"):
        return Target(Reach(word), frozenset({short(names)}), label=names)
    is_item = word == "items"
    if ANY in names:
        return Target(Reach.ANY, is_item=is_item)
    reach = Reach.TOGETHER if word == "spaces" else Reach.EACH
    known = shorts(names)
    if reach is Reach.TOGETHER:
        known = frozenset().union(*(parts.get(name, {name}) for name in known))
    return Target(reach, known, is_item=is_item)
