"""What a file says of one fact or need: yes, no or not checked, never one for the other."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from spaces.access_facts import fact_state
from spaces.access_facts.states import State
from spaces.models import AccessFact, SpaceNeed

# Kept in the files, so never translated.
YES, NO, NOT_CHECKED, DIFFER = "yes", "no", "not checked", "reports differ"
YES_AT_SOME, NO_AT_SOME = "yes at some", "no at some"
AT_SOME_TIMES = "at some times"
FACT_ANSWERS = (YES, NO, NOT_CHECKED, DIFFER, YES_AT_SOME, NO_AT_SOME)
NEED_ANSWERS = (YES, NO, NOT_CHECKED, AT_SOME_TIMES)

Facts = Mapping[str, Sequence[AccessFact]]


@dataclass(frozen=True, slots=True)
class Answer:
    """One fact, with who said it last and when; nothing but the answer where nobody knows."""

    value: str = NOT_CHECKED
    source: str = ""
    checked_on: date | None = None
    choice: str = ""
    measure: Decimal | None = None
    measure_2: Decimal | None = None
    unit: str = ""
    note: str = ""


UNKNOWN = Answer()


def by_code(rows: Iterable[AccessFact]) -> dict[str, list[AccessFact]]:
    """The rows of each fact."""
    found: dict[str, list[AccessFact]] = defaultdict(list)
    for row in rows:
        found[row.code].append(row)
    return dict(found)


def answer(code: str, said: Sequence[AccessFact], at_places: Sequence[AccessFact]) -> Answer:
    """What is said of the whole; else what is known of single doors, lifts, toilets or ways.

    One door says nothing about the others, so that is never a plain yes or no.
    """
    known = fact_state(code, said)
    if known.reports_differ:
        return Answer(DIFFER)
    if known.state is not State.UNKNOWN:
        return _said(YES if known.state is State.YES else NO, known.rows)
    yes = [row for row in at_places if row.value == AccessFact.Value.YES]
    if yes:
        return _dated(YES_AT_SOME, yes)
    no = [row for row in at_places if row.value == AccessFact.Value.NO]
    return _dated(NO_AT_SOME, no) if no else UNKNOWN


def need_answer(states: Collection[str]) -> str:
    """The answer to a need; one that changes with the hour or with a fault says so."""
    if len(states) > 1:
        return AT_SOME_TIMES if SpaceNeed.State.YES in states else NOT_CHECKED
    said = next(iter(states), SpaceNeed.State.UNKNOWN)
    return {SpaceNeed.State.YES: YES, SpaceNeed.State.NO: NO}.get(
        SpaceNeed.State(said), NOT_CHECKED
    )


def newest(rows: Iterable[AccessFact]) -> AccessFact:
    """The one that was checked last; of those without a date the one written last."""
    return max(rows, key=lambda row: (row.checked_on or date.min, row.pk))


def _said(value: str, rows: Iterable[AccessFact]) -> Answer:
    row = newest(rows)
    return Answer(
        value,
        row.source,
        row.checked_on,
        row.choice,
        row.measure,
        row.measure_2,
        row.unit,
        row.note,
    )


def _dated(value: str, rows: Iterable[AccessFact]) -> Answer:
    row = newest(rows)
    return Answer(value, row.source, row.checked_on)
