"""A question that a tariff has for the hirer, as a value."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

# The tags of an event are asked one by one.
TAG = "tag."
TAGS = "event.tags"
PURPOSE = "event.purpose"
STATUSES = "hirer.statuses"
SETUP = "setup_minutes"
CLEARDOWN = "cleardown_minutes"
OTHER = "other"


class AnswerKind(StrEnum):
    """What an answer is. MONEY and NUMBER are Decimals, SEVERAL a list of choices."""

    YES_NO = "yes_no"
    CHOICE = "choice"
    SEVERAL = "several"
    NUMBER = "number"
    MONEY = "money"


@dataclass(frozen=True, slots=True)
class Choice:
    """One of the answers: the word that rules know, and the words for people."""

    value: str
    words: str


@dataclass(frozen=True, slots=True)
class Question:
    """What only the hirer can know. `name` is the fact: `hirer.resident`, `tag.food`.

    `choices` are those that rules speak of. `assumed`: what is taken as so where nobody says;
    None where there is no price without an answer. `is_whole`: a number without a fraction.
    """

    name: str
    kind: AnswerKind
    words: str
    choices: tuple[Choice, ...] = ()
    assumed: object = None
    is_whole: bool = False

    @property
    def fact(self) -> str:
        """What rules call it: all tags are one fact."""
        return TAGS if self.name.startswith(TAG) else self.name
