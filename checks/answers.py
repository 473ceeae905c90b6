"""One answer to the question of one fact: checked, tidied, and in words."""

from __future__ import annotations

from dataclasses import dataclass, replace
from decimal import Decimal

from django.utils.translation import gettext as _

from checks.models import Answered
from core.errors import BadInput
from spaces.access_facts import Fact, FactState, Kind, State, said_by
from spaces.models import AccessFact
from spaces.services.texts import require_line

_YES, _NO, _UNKNOWN = Answered.Value.YES, Answered.Value.NO, Answered.Value.UNKNOWN


@dataclass(frozen=True, slots=True)
class Given:
    """What was typed; `value` is empty where nothing was chosen."""

    value: str = ""
    choice: str = ""
    measure: Decimal | None = None
    measure_2: Decimal | None = None
    note: str = ""

    @property
    def is_empty(self) -> bool:
        return self == Given()


def tidied(fact: Fact, given: Given) -> Given:
    """The same, as an access fact can hold it: a measure says yes, and none says no.

    Raises: BadInput with the part to mend as `field`: value, measure, measure_2, choice or note.
    """
    require_line(given.note, field="note")
    value = given.value
    if given.measure is not None and value in {"", _YES}:
        value = _YES if given.measure > 0 else _NO
    if not value:
        value = _YES if given.choice else _UNKNOWN
    if given.measure and value != _YES:
        raise BadInput(_("You gave a measure and said there is none. Mend one."), field="measure")
    if given.measure_2 is not None and not (given.measure and given.measure_2):
        raise BadInput(_("Give both measures, or neither."), field="measure_2")
    if fact.kind is Kind.SIZE and given.measure and given.measure_2 is None:
        raise BadInput(_("Give both measures, or neither."), field="measure_2")
    if any(one not in dict(fact.choices_for(value)) for one in given.choice.split()):
        raise BadInput(_("That kind does not go with your answer. Mend one."), field="choice")
    is_yes = value == _YES
    return replace(
        given,
        value=value,
        measure=given.measure if is_yes else None,
        measure_2=given.measure_2 if is_yes and fact.kind is Kind.SIZE else None,
        note=given.note.strip(),
    )


def in_words(fact: Fact, row: Answered) -> str:
    """What was found, in one sentence: the same words as on the venue's page."""
    if not row.value or row.value == _UNKNOWN:
        return _("%(question)s Could not tell.") % {"question": fact.question}
    return said_by(fact, as_fact(fact, row))


def as_fact(fact: Fact, row: Answered) -> AccessFact:
    """The access fact that this answer makes, not saved."""
    return AccessFact(
        space_id=row.space_id,
        node_id=row.node_id,
        code=row.code,
        value=row.value,
        choice=row.choice,
        measure=row.measure,
        measure_2=row.measure_2,
        unit=fact.unit if row.measure is not None else "",
        note=row.note,
    )


def differs(known: FactState, row: Answered) -> bool:
    """Whether others said the opposite."""
    said = {one.value for one in known.rows}
    return known.state is not State.UNKNOWN and row.value in {_YES, _NO} and row.value not in said
