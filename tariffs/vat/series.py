"""The ten-session test: when a block of sports lets is exempt. Pure.

VAT Act 1994, Schedule 9, Group 1, Note (16); VAT Notice 742, 5.4. Every condition must hold; a
fact that nobody told does not hold. There is no exception for a gap because the place is closed.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from itertools import pairwise

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from core import words
from core.clock import london
from core.intervals import Span
from tariffs.vat.law import LAWS, Law, law_on


class Treatment(StrEnum):
    NONE = "none"
    EXEMPT = "exempt"
    STANDARD = "standard"


@dataclass(frozen=True, slots=True)
class SeriesFacts:
    """What is known of a block; None is not known, and does not hold.

    `is_paid_as_a_whole`: there is written evidence that all is paid, used or not.
    `is_club`: the hirer is a school, a club, an association, or a body of such clubs.
    """

    is_paid_as_a_whole: bool | None = None
    is_club: bool | None = None
    is_same_sport: bool | None = True
    is_same_place: bool | None = True
    is_exclusive: bool | None = True


@dataclass(frozen=True, slots=True)
class Failed:
    """A condition that does not hold, by its stable code, and why in plain words."""

    code: str
    words: str


@dataclass(frozen=True, slots=True)
class SeriesAnswer:
    """Exempt where no condition failed, else standard-rated. `least`: periods that are needed."""

    treatment: Treatment
    failed_conditions: tuple[Failed, ...] = ()
    least: int = 0

    @property
    def is_exempt(self) -> bool:
        return self.treatment is Treatment.EXEMPT

    @property
    def words(self) -> str:
        """Why it does not count as a series; empty where it does."""
        return " ".join(failed.words for failed in self.failed_conditions)


def series_test(
    periods: Sequence[Span], facts: SeriesFacts, *, law: Law | None = None
) -> SeriesAnswer:
    """Whether these lets are one exempt series, whatever order they come in.

    `law` None: the one in force on the London day of the first. No periods are no series.
    """
    ordered = sorted(periods, key=lambda period: (period.start, period.end))
    held = law or (law_on(_wall(ordered[0]).date()) if ordered else LAWS[-1])
    failed = [*_of_number(len(ordered), held), *_of_gaps(ordered, held), *_of_facts(facts)]
    treatment = Treatment.STANDARD if failed else Treatment.EXEMPT
    return SeriesAnswer(treatment, tuple(failed), held.series_least)


def is_long_let(period: Span) -> bool:
    """Whether one let goes on for so long that it is exempt by itself."""
    return period.length > law_on(_wall(period).date()).long_let


def _of_number(count: int, law: Law) -> list[Failed]:
    if count >= law.series_least:
        return []
    message = ngettext(
        "There is %(n)d date, and a series needs %(least)d.",
        "There are %(n)d dates, and a series needs %(least)d.",
        count,
    )
    return [Failed("too_few", message % {"n": count, "least": law.series_least})]


def _of_gaps(ordered: Sequence[Span], law: Law) -> list[Failed]:
    """By the wall clock: the same hour on the next day is a day, on every night of the year."""
    found: dict[str, Failed] = {}
    for before, after in pairwise(ordered):
        first, second = _wall(before), _wall(after)
        names = {"first": words.long_day(first.date()), "second": words.long_day(second.date())}
        if second - first < law.shortest_gap:
            message = _("%(second)s begins less than a day after %(first)s.")
            if names["first"] == names["second"]:
                message = _("There are two times on %(first)s.")
            found.setdefault("too_close", Failed("too_close", message % names))
        days = (second.date() - first.date()).days
        if days > law.longest_gap:
            message = _(
                "After %(first)s there is a gap of %(days)d days, and %(most)d is the most."
            )
            said = message % {**names, "days": days, "most": law.longest_gap}
            found.setdefault("gap_too_long", Failed("gap_too_long", said))
    return list(found.values())


def _of_facts(facts: SeriesFacts) -> list[Failed]:
    asked = (
        ("not_same_sport", facts.is_same_sport, _("It is not the same sport each time.")),
        ("not_same_place", facts.is_same_place, _("It is not at the same place each time.")),
        (
            "not_paid_as_whole",
            facts.is_paid_as_a_whole,
            _("It is not agreed in writing that all dates are paid for, used or not."),
        ),
        (
            "not_a_club",
            facts.is_club,
            _("The hirer is not known to be a school or a club."),
        ),
        ("not_exclusive", facts.is_exclusive, _("The hirer does not have the place to itself.")),
    )
    return [Failed(code, said) for code, holds, said in asked if not holds]


def _wall(period: Span) -> datetime:
    """Its start on London's clock, without a zone, so that lengths are by the wall."""
    return london(period.start).replace(tzinfo=None)
