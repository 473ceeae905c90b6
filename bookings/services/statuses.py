"""Which statuses count for a price: those that somebody checked; of others, what the hirer says.

A status that the council decides on (`accounts.models.HirerStatus`) counts once it was accepted.
What only one venue knows, such as belonging to its own society, the hirer says.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

from accounts.models import HirerStatus
from tariffs.asking import STATUSES, Question
from tariffs.services import Quoted

_CHECKED = frozenset(HirerStatus.values)
Facts = Mapping[str, object]


def settled(facts: Facts, answers: Mapping[str, Any], known: Mapping[str, Question]) -> Facts:
    """`facts` with the statuses that count, or without any where the hirer has still to say.

    `known`: the questions that are `askable`; `answers` to them.
    """
    if STATUSES not in facts or STATUSES not in known:
        return facts
    accepted = facts[STATUSES]
    others = {name: value for name, value in facts.items() if name != STATUSES}
    if isinstance(accepted, frozenset) and (accepted or STATUSES in answers):
        return {**others, STATUSES: accepted.union(answers.get(STATUSES) or ())}
    return others


def askable(questions: Iterable[Question]) -> list[Question]:
    """The questions without the statuses that nobody is believed on their word."""
    return [one for question in questions if (one := _on_word(question)) is not None]


def believable(known: Mapping[str, Question]) -> dict[str, Question]:
    """Those of `known`, by name, whose answer would count."""
    return {one.name: one for one in askable(known.values())}


def still_to_ask(facts: Facts, known: Mapping[str, Question]) -> Facts:
    """`facts` for a form: what a hirer says comes on top of the statuses that were accepted."""
    if STATUSES not in known:
        return facts
    return {name: value for name, value in facts.items() if name != STATUSES}


def believed(quoted: Quoted) -> Quoted:
    """The quote with only those questions whose answer would count."""
    return replace(quoted, questions=tuple(askable(quoted.questions)))


def _on_word(question: Question) -> Question | None:
    if question.name != STATUSES:
        return question
    left = tuple(choice for choice in question.choices if choice.value not in _CHECKED)
    return replace(question, choices=left) if left else None
