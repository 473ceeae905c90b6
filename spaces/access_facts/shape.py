"""How a fact is described: its type, where it belongs, its question, and what each answer says.

Sentences speak of the building, never of people. A count of none and a choice of "none" are
kept with the value `no`, so that one column answers "is there any?".
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from django.utils.functional import Promise
from django.utils.translation import gettext as _

Words = str | Promise
Choices = tuple[tuple[str, Words], ...]


class Kind(StrEnum):
    """What is kept with the value: nothing, a measure, two of them, choices, or words."""

    YES_NO = "yes_no"
    NUMBER = "number"
    SIZE = "size"
    CHOICE = "choice"
    MULTI = "multi"
    TEXT = "text"
    DERIVED = "derived"


class Where(StrEnum):
    """What a fact is about. A fact of rooms may be said of all rooms of a venue at once."""

    VENUE = "venue"
    ENTRANCE = "entrance"
    ROUTE = "route"
    LIFT = "lift"
    TOILET = "toilet"
    SPACE = "space"


@dataclass(frozen=True, slots=True)
class Fact:
    """One of the things that can be known about a way in, a room or a toilet.

    `yes` may hold %(measure)s and, of a size, %(measure_2)s. `choices` go with yes and
    `no_choices` with no: (slug, words). `where`: what it is said of.
    `here`: yes and no of one door, way or toilet, where the others speak of the whole venue.
    """

    code: str
    question: Words
    yes: Words
    no: Words
    kind: Kind = Kind.YES_NO
    unit: str = ""
    choices: Choices = ()
    no_choices: Choices = ()
    where: tuple[Where, ...] = (Where.VENUE,)
    here: tuple[Words, Words] | None = None

    @property
    def per_space(self) -> bool:
        """Whether it differs from room to room."""
        return Where.SPACE in self.where

    @property
    def unknown(self) -> str:
        """Is there a way in without steps? Not checked yet."""
        return _("%(question)s Not checked yet.") % {"question": self.question}

    def belongs_to(self, where: Where) -> bool:
        """Whether it can be said of such a place."""
        return where in self.where or (where is Where.VENUE and self.per_space)

    def choices_for(self, value: str) -> Choices:
        """The kinds that go with yes or with no."""
        return {"yes": self.choices, "no": self.no_choices}.get(value, ())

    def choice_words(self, slug: str) -> str:
        """The words of a choice, or of several with spaces between; unknown ones are left out."""
        known = dict((*self.choices, *self.no_choices))
        return ", ".join(str(known[one]) for one in slug.split() if one in known)
