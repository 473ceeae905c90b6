"""Spaces, items and kinds of hirer of a request, in the names of a sheet."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import Any

from tariffs.engine import AskedItem, AskedSpace
from tariffs.rules import TariffDocument
from tariffs.rules.names import short, word
from tariffs.sheets import values


def category_of(given: str, document: TariffDocument) -> str:
    """The kind of hirer as the sheet writes it."""
    known = {category for when in document.conditions() for category in when.categories or ()}
    known |= set(document.more.labels) | {document.list_category}
    return {word(one): one for one in sorted(known)}.get(word(given), short(given))


def spaces_of(data: dict[str, Any], document: TariffDocument) -> Iterator[AskedSpace]:
    """The spaces by short name, wholes as their parts, the same named twice as two."""
    known = _names(document, is_item=False) | set(document.more.spaces)
    by_word = {word(name): name for name in sorted(known)}
    by_word |= {word(label): slug for slug, label in document.more.spaces.items()}
    counts: Counter[str] = Counter()
    names: dict[str, str] = {}
    for given in values.listing(data.get("spaces", []), "spaces"):
        name = values.words(given, "spaces")
        slug = by_word.get(word(name), short(name))
        for part in sorted(document.more.parts.get(slug, {slug})):
            counts[part] += 1
            names[part] = document.more.spaces.get(part) or (name if part == slug else part)
    for slug, number in counts.items():
        yield AskedSpace(slug, names[slug], number)


def items_of(data: dict[str, Any], document: TariffDocument) -> Iterator[AskedItem]:
    """The items by short name."""
    by_word = {word(name): name for name in sorted(_names(document, is_item=True))}
    by_word |= {
        word(label): slug
        for slug, label in document.more.labels.items()
        if word(label) not in by_word
    }
    counts: Counter[str] = Counter()
    names: dict[str, str] = {}
    for given in values.listing(data.get("items") or [], "items"):
        pair = values.mapping(given, "items")
        name = values.words(pair.get("item"), "items.item")
        slug = by_word.get(word(name), short(name))
        counts[slug] += values.count(pair.get("quantity", 1), "items.quantity")
        names[slug] = document.more.labels.get(slug, name)
    for slug, number in counts.items():
        yield AskedItem(slug, names[slug], number)


def _names(document: TariffDocument, *, is_item: bool) -> set[str]:
    rules = (rule for rule in document.rules if not rule.target.is_fee)
    return {name for rule in rules if rule.target.is_item is is_item for name in rule.target.names}
