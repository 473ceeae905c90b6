"""What stands between a hire and its price, as values; words come later."""

from __future__ import annotations

from dataclasses import dataclass, field

from tariffs.engine.choose import Rivals, Unknown, Unpriced


@dataclass(frozen=True, slots=True)
class Asked:
    """A question of another kind. `code` is a stable slug; `facts` are names of facts."""

    code: str
    rules: tuple[str, ...] = ()
    facts: tuple[str, ...] = ()
    words: str = ""
    detail: dict[str, str] = field(default_factory=dict, hash=False)


Question = Rivals | Unpriced | Unknown | Asked


def missing(facts: frozenset[str], *rules: str) -> Asked:
    """A rule needs a fact that nobody told."""
    return Asked("missing_fact", tuple(rules), tuple(sorted(facts)))


class Stop(Exception):
    """An amount cannot be said; carries the question."""

    def __init__(self, question: Asked) -> None:
        self.question = question
        super().__init__(question.code)
