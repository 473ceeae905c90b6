"""A whole import: read, check, write in chunks, and report every row."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime
from enum import Enum
from itertools import islice

from django.db import DatabaseError, transaction
from django.utils.translation import gettext as _

from accounts.models import Council, Operator, Organisation, User
from core.clock import london
from spaces.importing import activeplaces
from spaces.importing.cells import Cells
from spaces.importing.errors import FileRefused
from spaces.importing.records import VenueRecord
from spaces.importing.report import Outcome, Problem, Report, RowReport
from spaces.importing.table import Row, printable, read_rows
from spaces.importing.writing import Destination, write

PROFILES = {activeplaces.NAME: activeplaces}
_CHUNK = 100
_UNPLACED = "imported-venues"


class Mode(Enum):
    """Write what is read, or do everything and then take it back."""

    WRITE = "write"
    REHEARSE = "rehearse"


def import_venues(
    data: bytes,
    *,
    actor: User | None,
    now: datetime,
    profile: str = activeplaces.NAME,
    council_slug: str = "",
    operator_name: str = "",
    mode: Mode = Mode.WRITE,
) -> Report:
    """Add or update a venue for each row; a second run of the same file changes nothing.

    Each chunk of rows is one transaction, each row a savepoint of it.
    Raises: FileRefused where the file itself is wrong; nothing is then stored.
    """
    chosen = PROFILES[profile]
    rows = read_rows(data, needed=chosen.COLUMNS)
    report = Report()
    if mode is Mode.REHEARSE:
        report.notes.append(_("A rehearsal: nothing is kept."))
    with transaction.atomic():
        to = _destination(council_slug, operator_name, report, actor=actor, now=now)
        if mode is Mode.REHEARSE:
            _write_all(rows, to, report)
            transaction.set_rollback(True)
    if mode is Mode.WRITE:
        _write_all(rows, to, report)
    return report


def _write_all(rows: Sequence[Row], to: Destination, report: Report) -> None:
    seen: set[str] = set()
    for chunk in _chunks(rows):
        with transaction.atomic():
            report.rows.extend(_one(row, to, seen) for row in chunk)


def _one(row: Row, to: Destination, seen: set[str]) -> RowReport:
    key = activeplaces.key_of(row.cells)
    cells = Cells(row.cells)
    record: VenueRecord | None = None
    if row.problem:
        cells.problems.append(row.problem)
    elif key and key in seen:
        cells.problems.append(
            Problem(
                _("An earlier row has the same key, %(key)s.") % {"key": printable(key)},
                _("Remove one of the two."),
            )
        )
    else:
        record = activeplaces.read(cells, today=london(to.now).date())
    if record is None:
        return _report(row, Outcome.REFUSED, cells)
    seen.add(key)
    try:
        with transaction.atomic():
            outcome, changed = write(record, to=to)
    except DatabaseError:
        cells.problems.append(
            Problem(
                _("The database did not accept it."),
                _("Try again; another import may be writing the same venue."),
            )
        )
        return _report(row, Outcome.REFUSED, cells)
    return _report(row, outcome, cells, changed=changed)


def _report(
    row: Row, outcome: Outcome, cells: Cells, *, changed: tuple[str, ...] = ()
) -> RowReport:
    return RowReport(
        line=row.line,
        key=printable(activeplaces.key_of(row.cells)),
        name=printable(row.cells.get("site_name", "")),
        outcome=outcome,
        problems=tuple(cells.problems),
        warnings=tuple(cells.warnings),
        changed=changed,
    )


def _destination(
    council_slug: str, operator_name: str, report: Report, *, actor: User | None, now: datetime
) -> Destination:
    council = _council(council_slug, report)
    name = operator_name or _("%(council)s: operator not known yet") % {"council": council.name}
    operator = Operator.objects.filter(council=council, organisation__name=name).first()
    if operator is None:
        organisation = Organisation.objects.create(
            council=council, name=name, kind=Organisation.Kind.COUNCIL, created_at=now
        )
        operator = Operator.objects.create(council=council, organisation=organisation)
        report.notes.append(_("New operator: %(name)s.") % {"name": name})
    return Destination(council, operator, activeplaces.NAME, actor, now)


def _council(slug: str, report: Report) -> Council:
    """The council named; without a name the only one there is, or one set apart for imports."""
    if not slug:
        only = list(Council.objects.all()[:2])
        if len(only) == 1:
            return only[0]
        slug = _UNPLACED
    council, created = Council.objects.get_or_create(
        slug=slug, defaults={"name": slug.replace("-", " ").capitalize()}
    )
    if created:
        report.notes.append(_("New council: %(name)s.") % {"name": council.name})
    return council


def _chunks(rows: Sequence[Row]) -> Iterator[list[Row]]:
    waiting = iter(rows)
    while chunk := list(islice(waiting, _CHUNK)):
        yield chunk


__all__ = ["PROFILES", "FileRefused", "Mode", "import_venues"]
