"""What is known of one fact from what its sources say: yes, no, or not known."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from django.utils.translation import gettext as _

from spaces.access_facts.shape import Fact, Kind
from spaces.models import AccessFact

STALE_AFTER_MONTHS = 24


class State(StrEnum):
    """Unknown is not no."""

    YES = "yes"
    NO = "no"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class FactState:
    """What is known of one fact. `reports_differ`: its sources disagree, so it is not known.

    `is_stale`: all that was said of it is older than 24 months, so it is not known either.
    """

    code: str
    state: State = State.UNKNOWN
    reports_differ: bool = False
    rows: tuple[AccessFact, ...] = ()
    is_stale: bool = False


def fact_state(code: str, rows: Iterable[AccessFact]) -> FactState:
    """The state of one fact from its current rows for one place: its own and its venue's."""
    known = [row for row in rows if row.value != AccessFact.Value.UNKNOWN]
    counted = [row for row in known if row.space_id] or known
    values = {row.value for row in counted}
    if len(values) == 1:
        return FactState(code, State(values.pop()), rows=tuple(counted))
    return FactState(code, reports_differ=len(values) > 1, rows=tuple(counted))


def fresh_state(code: str, rows: Iterable[AccessFact], *, today: date) -> FactState:
    """As `fact_state`, but what was checked more than 24 months ago decides nothing.

    What has no date is taken as it is said: nobody knows that it is old.
    """
    told = list(rows)
    fresh = [
        row for row in told if row.checked_on is None or not is_stale(row.checked_on, today=today)
    ]
    known = fact_state(code, fresh)
    if known.rows or len(fresh) == len(told):
        return known
    old = fact_state(code, told)
    return FactState(code, rows=old.rows, is_stale=bool(old.rows))


def is_stale(checked_on: date | None, *, today: date) -> bool:
    """Whether a fact is older than 24 months and may have changed; an undated one may too."""
    if checked_on is None:
        return True
    months = (today.year - checked_on.year) * 12 + today.month - checked_on.month
    if today.day < checked_on.day:
        months -= 1
    return months >= STALE_AFTER_MONTHS


def sentence(fact: Fact, known: FactState) -> str:
    """What is known, in one sentence; a fact nobody checked says so."""
    if known.reports_differ:
        return _("%(question)s Reports differ.") % {"question": fact.question}
    if known.state is State.UNKNOWN:
        return fact.unknown
    return said_by(fact, known.rows[0])


def said_by(fact: Fact, row: AccessFact) -> str:
    """What one source says, in one sentence."""
    if row.value == AccessFact.Value.UNKNOWN:
        return fact.unknown
    yes, no = fact.here if fact.here and (row.node_id or row.link_id) else (fact.yes, fact.no)
    words = str(yes)
    if row.value == AccessFact.Value.NO:
        words = str(no)
    elif "%(measure" in words:
        if row.measure is None or ("%(measure_2)s" in words and row.measure_2 is None):
            words = _("%(question)s Some, but not counted or measured.") % {
                "question": fact.question
            }
        else:
            words %= {"measure": _plain(row.measure), "measure_2": _plain(row.measure_2)}
    return _with_kind(fact, row, words)


def _with_kind(fact: Fact, row: AccessFact, words: str) -> str:
    choice = fact.choice_words(row.choice)
    if choice:
        words = _("%(sentence)s Which kind: %(choice)s.") % {"sentence": words, "choice": choice}
    if row.measure and fact.unit and fact.kind not in {Kind.NUMBER, Kind.SIZE}:
        measured = {"sentence": words, "measure": _plain(row.measure), "unit": row.unit}
        words = _("%(sentence)s Measured: %(measure)s %(unit)s.") % measured
    return words


def _plain(measure: object) -> str:
    return f"{measure.normalize():f}" if hasattr(measure, "normalize") else ""
