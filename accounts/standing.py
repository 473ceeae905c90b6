"""What a hirer counts as on a day: its category, its statuses, and whether it is a resident.

Evidence makes the difference. A category counts on trust until its evidence was refused or ran
out (docs/decisions/0011); a status counts only once it was accepted.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Q, QuerySet

from accounts.models import Concession, HirerCategory, HirerStatus, Organisation, User

# Hirers are reminded, and officers see it, so long before the last day.
SOON = timedelta(weeks=6)

_State = Concession.State
_ENDED = (_State.REFUSED, _State.EXPIRED, _State.RENEWED)
# These need no evidence, and losing them would change nothing.
_WITHOUT_EVIDENCE = (HirerCategory.COMMUNITY, HirerCategory.COMMERCIAL)


@dataclass(frozen=True, slots=True)
class Standing:
    """`statuses`: accepted ones, by name. `resident`: None where nobody has checked it."""

    statuses: tuple[str, ...] = ()
    resident: bool | None = None


def standing_of(holder: Organisation | User, *, on: date, council_id: int) -> Standing:
    """What `holder` is besides its category, on the day `on`, for venues of one council.

    One query. What another council accepted does not count.
    """
    return standing_by(list(_of(holder, council_id).exclude(status="")), on=on)


def claims_of(
    groups: Iterable[int], people: Iterable[int], *, council_id: int
) -> dict[tuple[int | None, int | None], list[Concession]]:
    """The statuses that many asked for, to be looked at on any day by `standing_by`. One query.

    By organisation and person, one of them None. Who never asked is not in the answer.
    """
    of_groups = Q(organisation__in=list(groups), organisation__council=council_id)
    of_people = Q(person__in=list(people), council=council_id)
    asked: dict[tuple[int | None, int | None], list[Concession]] = {}
    for row in Concession.objects.filter(of_groups | of_people).exclude(status=""):
        asked.setdefault((row.organisation_id, row.person_id), []).append(row)
    return asked


def standing_by(rows: Sequence[Concession], *, on: date) -> Standing:
    """What follows from these rows of one holder on a day."""
    accepted = {row.status for row in rows if _counts(row, on)}
    resident = True if HirerStatus.RESIDENT in accepted else _refused_residence(rows)
    return Standing(tuple(sorted(accepted - {HirerStatus.RESIDENT})), resident)


def statuses_of(holder: Organisation | User, *, on: date, council_id: int) -> tuple[str, ...]:
    """The accepted statuses of `holder` on a day, as rates name them, in order. One query."""
    return standing_of(holder, on=on, council_id=council_id).statuses


def category_of(organisation: Organisation, *, on: date) -> str:
    """The category an organisation is priced as on a day. At most one query.

    Its own, on trust, until evidence for it was refused or ran out; then as a community group.
    What was accepted counts to its last day, also while a newer claim waits or was refused.
    """
    if organisation.category in _WITHOUT_EVIDENCE:
        return organisation.category
    rows = Concession.objects.filter(organisation=organisation, category=organisation.category)
    return counted_as(organisation, rows, on=on)


def counted_as(organisation: Organisation, rows: Iterable[Concession], *, on: date) -> str:
    """As `category_of`, from rows of the organisation that are read already."""
    own = organisation.category
    if own in _WITHOUT_EVIDENCE:
        return own
    mine = [row for row in rows if row.category == own]
    if not mine or any(_counts(row, on) for row in mine):
        return own
    is_asked = any(row.state == _State.CLAIMED for row in mine)
    return own if is_asked and not _was_refused(mine) else HirerCategory.COMMUNITY.value


def _was_refused(rows: Iterable[Concession]) -> bool:
    """Whether the newest answer was a no: asking again does not bring the price back."""
    answered = [row for row in rows if row.state in (*_ENDED, _State.ACCEPTED)]
    newest = max(answered, key=lambda row: row.pk, default=None)
    return newest is not None and newest.state == _State.REFUSED


def _counts(row: Concession, on: date) -> bool:
    return row.state == _State.ACCEPTED and (row.valid_to is None or row.valid_to >= on)


def _refused_residence(rows: Iterable[Concession]) -> bool | None:
    """False where the newest answer is a no; None where there is none."""
    asked = [row for row in rows if row.status == HirerStatus.RESIDENT]
    newest = max(asked, key=lambda row: row.pk, default=None)
    return False if newest is not None and newest.state == _State.REFUSED else None


def _of(holder: Organisation | User, council_id: int) -> QuerySet[Concession]:
    if isinstance(holder, Organisation):
        whose = Q(organisation=holder, organisation__council=council_id)
    else:
        whose = Q(person=holder, council=council_id)
    return Concession.objects.filter(whose)
