"""Short names: what people write, and the form in which it is compared."""

from __future__ import annotations

import re
from collections.abc import Iterable

from django.utils.text import slugify

_PLAIN = re.compile(r"[A-Za-z0-9_-]+")


def short(name: object) -> str:
    """`Main Hall` is `main-hall`; what is a short name already stays, in small letters."""
    text = str(name)
    return text.lower() if _PLAIN.fullmatch(text) else slugify(text)


def shorts(names: Iterable[object]) -> frozenset[str]:
    """The short forms of `names`."""
    return frozenset(map(short, names))


def word(text: object) -> str:
    """The form in which purposes, tags, statuses and the venue's own facts are compared."""
    return slugify(str(text).replace("_", "-"))


def words(texts: Iterable[object]) -> frozenset[str]:
    """The forms of `texts`."""
    return frozenset(map(word, texts))
