"""What people look for, as the facts that decide it; yes, no, or not known.

One definition for pages, search and API. A fact's state comes from its current rows that say
yes or no, those of the space before those of its venue: all alike, that; else not known. A need
is met when all of its facts are yes, not met when one is no, and otherwise not known.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from types import MappingProxyType

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from spaces.access_facts.shape import Fact, Kind, Words
from spaces.models import AccessFact

STALE_AFTER_MONTHS = 24


class State(StrEnum):
    """Unknown is not no."""

    YES = "yes"
    NO = "no"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Need:
    """Something people look for: all of `codes` must be yes."""

    slug: str
    label: Words
    codes: tuple[str, ...]


NEEDS: Mapping[str, Need] = MappingProxyType(
    {
        need.slug: need
        for need in (
            Need(
                "step_free",
                gettext_lazy("Step-free"),
                ("entrance_step_free", "internal_route_step_free"),
            ),
            Need("accessible_toilet", gettext_lazy("Accessible toilet"), ("accessible_toilet",)),
            Need("hearing_loop", gettext_lazy("Hearing loop"), ("hearing_loop",)),
            Need("parking", gettext_lazy("Blue Badge parking"), ("parking_blue_badge_count",)),
            Need("quiet", gettext_lazy("A quiet place to go"), ("quiet_space",)),
        )
    }
)


@dataclass(frozen=True, slots=True)
class FactState:
    """What is known of one fact. `reports_differ`: its sources disagree, so it is not known."""

    code: str
    state: State = State.UNKNOWN
    reports_differ: bool = False
    rows: tuple[AccessFact, ...] = ()


@dataclass(frozen=True, slots=True)
class NeedState:
    """Whether a need is met. `missing`: its facts that are not known."""

    need: Need
    state: State
    reports_differ: bool = False
    missing: tuple[str, ...] = ()

    def words(self) -> str:
        """Step-free: yes; Step-free: not yet checked; Step-free: reports differ."""
        said = {
            State.YES: _("yes"),
            State.NO: _("no"),
            State.UNKNOWN: _("not yet checked"),
        }[self.state]
        if self.reports_differ:
            said = _("reports differ")
        return _("%(need)s: %(said)s") % {"need": self.need.label, "said": said}


def fact_state(code: str, rows: Iterable[AccessFact]) -> FactState:
    """The state of one fact from its current rows for one place: its own and its venue's."""
    known = [row for row in rows if row.value != AccessFact.Value.UNKNOWN]
    counted = [row for row in known if row.space_id] or known
    values = {row.value for row in counted}
    if len(values) == 1:
        return FactState(code, State(values.pop()), rows=tuple(counted))
    return FactState(code, reports_differ=len(values) > 1, rows=tuple(counted))


def need_state(need: Need, facts: Mapping[str, FactState]) -> NeedState:
    """Whether `need` is met by these facts; as good as the weakest of them."""
    states = [facts.get(code, FactState(code)) for code in need.codes]
    missing = tuple(each.code for each in states if each.state is State.UNKNOWN)
    if any(each.state is State.NO for each in states):
        return NeedState(need, State.NO, missing=missing)
    if missing:
        differ = any(each.reports_differ for each in states)
        return NeedState(need, State.UNKNOWN, reports_differ=differ, missing=missing)
    return NeedState(need, State.YES)


def sentence(fact: Fact, known: FactState) -> str:
    """What is known, in one sentence; a fact nobody checked says so."""
    if known.reports_differ:
        return _("%(question)s Reports differ.") % {"question": fact.question}
    if known.state is State.UNKNOWN:
        return fact.unknown
    if known.state is State.NO:
        return str(fact.no)
    row = known.rows[0]
    if fact.kind is Kind.NUMBER:
        if row.measure is None:
            return _("%(question)s Some, but not counted or measured.") % {
                "question": fact.question
            }
        return str(fact.yes) % {"measure": f"{row.measure.normalize():f}"}
    choice = fact.choice_words(row.choice)
    if choice:
        return _("%(sentence)s Which kind: %(choice)s.") % {"sentence": fact.yes, "choice": choice}
    return str(fact.yes)


def is_stale(checked_on: date | None, *, today: date) -> bool:
    """Whether a fact is older than 24 months and may have changed; an undated one may too."""
    if checked_on is None:
        return True
    months = (today.year - checked_on.year) * 12 + today.month - checked_on.month
    if today.day < checked_on.day:
        months -= 1
    return months >= STALE_AFTER_MONTHS
