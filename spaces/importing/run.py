"""A whole import: read, check, write in one transaction, and report every row."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import datetime
from enum import Enum

from django.db import DataError, IntegrityError, transaction
from django.utils.translation import gettext as _

from accounts.models import Council, Operator, User
from core.clock import london
from spaces.importing import own
from spaces.importing.cells import Cells
from spaces.importing.destination import destination
from spaces.importing.errors import FileRefused, NoNames
from spaces.importing.headings import is_known, is_of_a_place
from spaces.importing.keys import shared_keys, sole_uprns
from spaces.importing.outliers import far_from_all
from spaces.importing.profiles import AUTO, BUILT_IN, Profile, guessed_profile, known_profile
from spaces.importing.reading import Reader
from spaces.importing.records import VenueRecord
from spaces.importing.report import Note, Outcome, Problem, Report, RowReport
from spaces.importing.savepoint import saved_if_written
from spaces.importing.table import Row, Table, printable, read_table
from spaces.importing.tidying import tidied
from spaces.importing.vocabulary import Target
from spaces.importing.writing import Destination, foresee, make_way, write, write_waiting
from spaces.models import VenueImport
from spaces.services import needs

_VENUES_AT_ONCE = 200
_ROWS_AT_ONCE = 500


class Mode(Enum):
    """Write what is read, or do everything and then take it back."""

    WRITE = "write"
    REHEARSE = "rehearse"


# What a row is refused for that is about another place or no place, rather than a mistake in it.
LEFT_OUT = frozenset({"not_a_place_to_hire", "another_authority", "header_again", "note"})


@dataclass(frozen=True, slots=True)
class Wish:
    """What to read and where it belongs. `profile` is a way to read it, or None to find one."""

    file_name: str = ""
    profile: Profile | None = None
    profile_name: str = AUTO
    saved: tuple[Profile, ...] = ()
    council: Council | None = None
    council_slug: str = ""
    operator: Operator | None = None
    operator_name: str = ""
    only_authority: str = ""
    mode: Mode = Mode.WRITE
    log: VenueImport | None = None
    progress: Callable[[int, int], None] = field(default=lambda _done, _all: None)


def import_venues(data: bytes, wish: Wish, *, actor: User | None, now: datetime) -> Report:
    """Add or update a venue for each row; a second run of the same file changes nothing.

    All of it is one transaction. Raises: FileRefused where the file itself is wrong, NotAllowed
    where the actor may not write to the council or operator; nothing is then stored.
    """
    table = read_table(data, is_known=is_known)
    profile = choose(table, wish)
    reader = reader_of(table, profile, now=now)
    report = Report(
        profile=profile.name,
        encoding=table.encoding,
        delimiter=table.delimiter,
        columns={name: target for name, target in reader.mapping.items() if target},
        notes=list(table.notes),
    )
    with transaction.atomic():
        to = destination(wish, table, reader, profile, report, actor=actor, now=now)
        report.council = to.council.slug
        if wish.mode is Mode.REHEARSE:
            report.notes.append(_("A rehearsal: nothing is kept."))
        else:
            to.log = wish.log or _new_log(to, wish)
            report.number = to.log.pk
        only = wish.only_authority
        if not only and profile.is_own:
            only = own.authority((row.cells for row in table.rows), to.council.name)
        _write_all(table, reader, to, report, only_authority=only, wish=wish)
        if to.log is not None:
            refresh_needs(to.log, now=now)
            keep_report(to.log, report, state=VenueImport.State.DONE, now=now)
        if wish.mode is Mode.REHEARSE:
            transaction.set_rollback(True)
    return report


def refresh_needs(log: VenueImport, *, now: datetime) -> None:
    """Facts came or went: work out anew which needs the venues of an import meet."""
    changed = log.changes.exclude(venue=None).order_by("venue_id")
    ids = list(changed.values_list("venue_id", flat=True).distinct())
    for first in range(0, len(ids), _VENUES_AT_ONCE):
        needs.refresh(ids[first : first + _VENUES_AT_ONCE], now=now)


def keep_report(log: VenueImport, report: Report, *, state: str, now: datetime) -> None:
    """What became of the list; the file itself is not needed any more."""
    log.state, log.finished_at, log.report = state, now, report.as_record()
    log.profile_name = report.profile
    log.rows_total = log.rows_done = len(report.rows)
    if state == VenueImport.State.DONE:
        log.content = None
    log.save()


def _new_log(to: Destination, wish: Wish) -> VenueImport:
    return VenueImport.objects.create(
        council=to.council,
        operator=to.operator,
        file_name=printable(wish.file_name),
        profile_name=wish.profile_name[:60],
        only_authority=wish.only_authority[:150],
        created_by=to.actor,
        created_at=to.now,
        state=VenueImport.State.RUNNING,
    )


def choose(table: Table, wish: Wish) -> Profile:
    """The way to read a list: the one asked for, one that fits, or a guess.

    Raises: FileRefused where the one asked for is unknown, or no column holds names.
    """
    found = wish.profile
    if found is None and wish.profile_name != AUTO:
        by_name = {**BUILT_IN, **{one.name: one for one in wish.saved}}
        if wish.profile_name not in by_name:
            raise FileRefused(
                _("There is no profile “%(name)s”. Choose auto, or one of: %(names)s.")
                % {"name": wish.profile_name[:60], "names": ", ".join(sorted(by_name))}
            )
        found = by_name[wish.profile_name]
    found = found or known_profile(table, wish.saved)
    found = found or guessed_profile(table, file_name=wish.file_name)
    _refuse_turned(table, found)
    if Target.NAME not in found.mapped(table.columns).values():
        raise NoNames(
            _("No column holds the names of places. The columns are: %(names)s.")
            % {"names": printable(", ".join(table.columns))}
        )
    return found


def _refuse_turned(table: Table, profile: Profile) -> None:
    """A list whose places stand side by side has the names of columns where places should be."""
    named = [
        column for column, what in profile.mapped(table.columns).items() if what == Target.NAME
    ]
    said = [row.cells.get(named[0], "") for row in table.rows] if named else []
    if len(said) > 1 and sum(map(is_of_a_place, said)) * 2 > len(said):
        raise FileRefused(
            _("Each column is a place, and each row a thing about it. Turn the list round.")
        )


def reader_of(table: Table, profile: Profile, *, now: datetime) -> Reader:
    """A profile put to a list."""
    reader = Reader(profile, profile.mapped(table.columns), london(now).date())
    rows = [row.cells for row in table.rows if not row.problem]
    reader.sole_uprns = sole_uprns(rows, reader.column(Target.UPRN))
    reader.shared_keys = shared_keys(rows, reader.column(Target.KEY), reader.column(Target.NAME))
    return reader


def _write_all(
    table: Table,
    reader: Reader,
    to: Destination,
    report: Report,
    *,
    only_authority: str,
    wish: Wish,
) -> None:
    read = [_read(row, reader, only_authority) for row in table.rows]
    far = far_from_all([record for _row, _cells, record in read])
    added: dict[int, int] = {}
    for done, (row, cells, record) in enumerate(read, start=1):
        if done % _ROWS_AT_ONCE == 1:
            ahead = read[done - 1 : done - 1 + _ROWS_AT_ONCE]
            foresee((one for _row, _cells, one in ahead if one is not None), to)
        if record is not None and id(record) in far:
            words = _("It is %(n)d kilometres from most others: check its coordinates.")
            cells.warn("far_away", reader.column(Target.X), words % {"n": far[id(record)]})
        row_report, venue_id = _one(row, cells, record, reader, to)
        report.rows.append(row_report)
        if venue_id is not None:
            added[venue_id] = done - 1
        wish.progress(done, len(read))
    write_waiting(to)
    for venue_id in to.fresh.refused:
        at = added[venue_id]
        row, cells, _record = read[at]
        _refuse_unstored(cells)
        report.rows[at] = _report(row, Outcome.REFUSED, cells, reader)


def _refuse_unstored(cells: Cells) -> None:
    cells.refuse(
        "not_stored",
        "",
        _("The database did not accept it."),
        _("Look at its cells for what is unusual in them."),
    )


def _read(row: Row, reader: Reader, only_authority: str) -> tuple[Row, Cells, VenueRecord | None]:
    # Our own files have no formulas, and a "<" in them is what somebody wrote.
    named, notes = (row.cells, []) if reader.profile.is_own else tidied(row.cells)
    cells = Cells(named, warnings=[*row.warnings, *notes])
    if row.problem:
        cells.problems.append(row.problem)
        return row, cells, None
    said = cells.raw(reader.column(Target.AUTHORITY))
    if only_authority and said.casefold() != only_authority.casefold():
        words = _("It is a place of %(authority)s.") % {"authority": said[:60] or _("nobody")}
        cells.refuse("another_authority", reader.column(Target.AUTHORITY), words, "")
        return row, cells, None
    record = reader.read(cells)
    return row, cells, None if cells.problems else record


def _one(
    row: Row, cells: Cells, record: VenueRecord | None, reader: Reader, to: Destination
) -> tuple[RowReport, int | None]:
    """What became of a row; and the number of the venue, where it is a new one."""
    if record is not None and to.index.is_anothers(record):
        cells.refuse(
            "another_operator",
            "",
            _("Somebody else runs this venue."),
            _("Ask the council to bring in the list."),
        )
        record = None
    if record is None:
        return _report(row, _refused(cells.problems), cells, reader), None
    make_way(record, to)
    try:
        # A row of its own savepoint: what the database refuses harms no other.
        with saved_if_written():
            written = write(record, row=row.number, to=to)
    except (IntegrityError, DataError):
        _refuse_unstored(cells)
        return _report(row, Outcome.REFUSED, cells, reader), None
    cells.warnings.extend(written.warnings)
    told = _report(row, written.outcome, cells, reader, key=record.key, changed=written.changed)
    return told, written.venue_id


def _refused(problems: Iterable[Problem]) -> Outcome:
    is_left_out = all(one.code in LEFT_OUT for one in problems)
    return Outcome.LEFT_OUT if is_left_out else Outcome.REFUSED


def _report(
    row: Row,
    outcome: Outcome,
    cells: Cells,
    reader: Reader,
    *,
    key: str = "",
    changed: tuple[str, ...] = (),
) -> RowReport:
    taken = outcome not in {Outcome.REFUSED, Outcome.LEFT_OUT}
    return RowReport(
        number=row.number,
        key=printable(key),
        name=printable(reader.name_of(cells)),
        outcome=outcome,
        problems=tuple(cells.problems),
        warnings=tuple(_safe(one) for one in cells.warnings) if taken else (),
        changed=changed,
    )


def _safe(note: Note) -> Note:
    return Note(note.code, note.column, note.words.encode("utf-8", "replace").decode())
