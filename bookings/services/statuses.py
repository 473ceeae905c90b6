"""Which statuses count for a price: those that somebody checked; of others, what the hirer says.

A status that the council decides on (`accounts.models.HirerStatus`) counts once it was accepted.
What only one venue knows, such as belonging to its own society, the hirer says.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from accounts.models import HirerStatus
from tariffs.asking import STATUSES, Question

_CHECKED = frozenset(HirerStatus.values)
Facts = Mapping[str, object]


def settled(facts: Facts, answers: Mapping[str, Any], known: Mapping[str, Question]) -> Facts:
    """`facts` with the statuses that count, or without any where the hirer has still to say."""
    if STATUSES not in facts or STATUSES not in known:
        return facts
    accepted = facts[STATUSES]
    on_word = {choice.value for choice in known[STATUSES].choices} - _CHECKED
    others = {name: value for name, value in facts.items() if name != STATUSES}
    if isinstance(accepted, frozenset) and (accepted or STATUSES in answers or not on_word):
        said = on_word.intersection(answers.get(STATUSES) or ())
        return {**others, STATUSES: accepted | said}
    return others


def askable(question: Question) -> Question:
    """The question without the statuses that nobody is believed on their word."""
    if question.name != STATUSES:
        return question
    left = tuple(choice for choice in question.choices if choice.value not in _CHECKED)
    return replace(question, choices=left)
