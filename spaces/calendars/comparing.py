"""A calendar as it is now beside what was imported before: what is new, changed and gone."""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime

from core.calendars.found import Occurrence, Reading, Remark
from core.calendars.why import Why
from core.intervals import Span
from spaces.models import CalendarSource, ImportedDate

_NAMES = uuid.UUID("3f1c5c0e-6c0f-4a52-9d0b-6a4d1f1a8c55")
_Name = tuple[str, str]


@dataclass(slots=True)
class Plan:
    """Rows to add, change and remove; `older` are remarks on events that stay as they were."""

    added: list[ImportedDate] = field(default_factory=list)
    changed: list[ImportedDate] = field(default_factory=list)
    gone: list[ImportedDate] = field(default_factory=list)
    same: list[ImportedDate] = field(default_factory=list)
    older: list[Remark] = field(default_factory=list)


def compare(
    source: CalendarSource,
    rows: Iterable[ImportedDate],
    reading: Reading,
    window: Span,
    *,
    now: datetime,
) -> Plan:
    """What must be done to `rows`, all that `source` has, so that they say what `reading` says.

    Only dates inside `window` are touched, and none that is over is removed.
    """
    plan = Plan()
    known = {(row.event_uid, row.key): row for row in rows}
    wanted = {(one.uid, one.key): one for one in reading.occurrences if _counts(one, window)}
    older = _older(known, reading)
    plan.older = list(older.values())
    for name, row in known.items():
        one = wanted.get(name)
        if row.event_uid in older or (one is None and not _may_go(row, window, now=now)):
            plan.same.append(row)
        elif one is None:
            plan.gone.append(row)
        elif _take_over(row, one):
            plan.changed.append(row)
        else:
            plan.same.append(row)
    plan.added = [
        _row(source, one)
        for name, one in wanted.items()
        if name not in known and one.uid not in older
    ]
    return plan


def remark_once(remarks: Iterable[Remark]) -> list[Remark]:
    """Without repeats, in their order."""
    return list(dict.fromkeys(remarks))


def _counts(one: Occurrence, window: Span) -> bool:
    return one.is_busy and one.start < one.end and Span(one.start, one.end).overlaps(window)


def _may_go(row: ImportedDate, window: Span, *, now: datetime) -> bool:
    return row.ends_at > now and Span(row.starts_at, row.ends_at).overlaps(window)


def _older(known: dict[_Name, ImportedDate], reading: Reading) -> dict[str, Remark]:
    """Events of which the file has an older version than was imported (RFC 5546, 2.1.5)."""
    latest: dict[str, int] = {}
    for row in known.values():
        latest[row.event_uid] = max(row.sequence, latest.get(row.event_uid, 0))
    return {
        one.uid: Remark(Why.OLDER, one.uid, one.summary)
        for one in reading.occurrences
        if one.sequence < latest.get(one.uid, 0)
    }


def _take_over(row: ImportedDate, one: Occurrence) -> bool:
    """Make `row` say what the calendar says; whether anything was different."""
    is_moved = (row.starts_at, row.ends_at) != (one.start, one.end)
    said = (one.summary, one.sequence)
    if not is_moved and (row.summary, row.sequence) == said:
        return False
    row.starts_at, row.ends_at = one.start, one.end
    row.summary, row.sequence = said
    row.revision += int(is_moved)
    return True


def _row(source: CalendarSource, one: Occurrence) -> ImportedDate:
    return ImportedDate(
        source=source,
        event_uid=one.uid,
        key=one.key,
        uid=uuid.uuid5(_NAMES, f"{source.pk}/{one.uid}/{one.key}"),
        starts_at=one.start,
        ends_at=one.end,
        summary=one.summary,
        sequence=one.sequence,
    )
