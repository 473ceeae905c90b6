"""How old a reader of a quote has to be.

Names are not the quote's own words: what stands in quotation marks is the venue's, days of the
week are known to all, spaces and things are called what they are called. They are replaced by a
short name, and figures by a short number, before the rest is measured.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

import textstat

# A child in grade 4 is nine years old; above 80 is "easy".
OLDEST_GRADE = 4.0
LEAST_EASE = 80.0
_DAY = re.compile(r"\b(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day\b")
_QUOTED = re.compile(r"“[^”]*”")
_FIGURE = re.compile(r"£?\d[\d,.:/]*\d%?(?:am|pm)?|£?\d%?(?:am|pm)?")


def text_of(answer: dict[str, Any]) -> str:
    """Every reason and every question of an answer, as one text of whole sentences."""
    said = [line["why"] for line in answer["lines"]]
    said += [due["why"] for due in answer["due"]]
    said += [one["words"] for one in answer["needs_decision"]]
    return " ".join(one if one.endswith((".", "?")) else f"{one}." for one in said)


def without_names(text: str, names: Iterable[str] = ()) -> str:
    """The text with each name and figure replaced."""
    for name in sorted(names, key=len, reverse=True):
        text = text.replace(name, "Hall") if name else text
    text = _QUOTED.sub("“Hall”", text)
    return _FIGURE.sub("ten", _DAY.sub("Sunday", text))


def is_plain(text: str) -> bool:
    """Whether somebody of nine can read it."""
    return grade(text) <= OLDEST_GRADE and ease(text) >= LEAST_EASE


def grade(text: str) -> float:
    """Flesch and Kincaid's grade."""
    return float(textstat.flesch_kincaid_grade(text))


def ease(text: str) -> float:
    """Flesch's reading ease, about 0 to 120."""
    return float(textstat.flesch_reading_ease(text))
