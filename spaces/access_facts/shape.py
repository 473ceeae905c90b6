"""How a fact is described: its type, its question, and what each answer says.

Sentences speak of the building, never of people. A count of none and a choice of "none" are
kept with the value `no`, so that one column answers "is there any?".
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from django.utils.functional import Promise
from django.utils.translation import gettext as _

Words = str | Promise


class Kind(StrEnum):
    """What is kept with the value: nothing, a measure, one choice, or words."""

    YES_NO = "yes_no"
    NUMBER = "number"
    CHOICE = "choice"
    TEXT = "text"
    DERIVED = "derived"


@dataclass(frozen=True, slots=True)
class Fact:
    """One of the things that can be known about a way in, a room or a toilet.

    `yes` may hold %(measure)s. `choices`: (slug, words). `per_space`: differs from room to room.
    """

    code: str
    question: Words
    yes: Words
    no: Words
    kind: Kind = Kind.YES_NO
    unit: str = ""
    choices: tuple[tuple[str, Words], ...] = ()
    per_space: bool = False

    @property
    def unknown(self) -> str:
        """Is there a way in without steps? Not checked yet."""
        return _("%(question)s Not checked yet.") % {"question": self.question}

    def choice_words(self, slug: str) -> str:
        """The words of a choice; empty for one that is not known."""
        return next((str(words) for known, words in self.choices if known == slug), "")
