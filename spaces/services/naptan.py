"""The national list of stops and stations (NaPTAN), as CSV; read again it makes no duplicates."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import islice

from django.db import transaction
from django.utils.translation import gettext as _

from core.errors import BadInput
from spaces.importing.geography import from_pair
from spaces.models import Stop

_BATCH = 2_000
# Where one boards; ways in, platforms and taxi ranks of the same place are left out.
_KINDS = {
    **dict.fromkeys(("BCT", "BCS", "BCQ", "BST"), Stop.Kind.BUS),
    "RLY": Stop.Kind.RAIL,
    "MET": Stop.Kind.METRO,
    "FER": Stop.Kind.FERRY,
}
_NEEDED = ("atcocode", "commonname", "stoptype")
_KEPT = ("name", "indicator", "kind", "latitude", "longitude", "is_served")
_LONGEST = {"atcocode": 20, "commonname": 100, "indicator": 50}


@dataclass(slots=True)
class StopReport:
    """What became of the rows; `refused` has each by its line, with the reason."""

    rows: int = 0
    created: int = 0
    updated: int = 0
    unchanged: int = 0
    left_out: dict[str, int] = field(default_factory=dict)
    refused: list[dict[str, str | int]] = field(default_factory=list)


class _RowRefused(Exception):
    pass


@transaction.atomic
def import_stops(lines: Iterable[str], *, area: str = "") -> StopReport:
    """Add and update stops; `area` takes only codes that begin so, such as 490 for London.

    What people said about steps is left alone. Raises: BadInput where it is no list of stops.
    """
    reader = csv.DictReader(lines)
    reader.fieldnames = [name.strip().lower() for name in reader.fieldnames or ()]
    missing = [name for name in _NEEDED if name not in reader.fieldnames]
    if missing:
        raise BadInput(
            _("This is not a NaPTAN list of stops: it lacks the columns %(names)s.")
            % {"names": ", ".join(missing)}
        )
    report = StopReport()
    rows = _rows(reader, report, area)
    seen: set[str] = set()
    while batch := list(islice(rows, _BATCH)):
        _write(batch, seen, report)
    return report


def _rows(reader: csv.DictReader[str], report: StopReport, area: str) -> Iterator[tuple[int, Stop]]:
    while True:
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            report.rows += 1
            _refuse(report, reader.line_num, "", _("It cannot be read: %(why)s") % {"why": error})
            continue
        report.rows += 1
        said = {
            name: (value or "").strip()
            for name, value in cells.items()
            if isinstance(name, str) and not isinstance(value, list)
        }
        try:
            stop = _stop(said, report, area)
        except _RowRefused as why:
            _refuse(report, reader.line_num, said.get("atcocode", ""), str(why))
            continue
        if stop is not None:
            yield reader.line_num, stop


def _stop(said: dict[str, str], report: StopReport, area: str) -> Stop | None:
    """The stop of a row; None for what is no place to board, or not asked for."""
    kind = _KINDS.get(said["stoptype"].upper())
    if kind is None:
        _leave_out(report, said["stoptype"][:10] or "-")
        return None
    code = said["atcocode"]
    if not code.startswith(area):
        _leave_out(report, "area")
        return None
    for name, longest in _LONGEST.items():
        value = said.get(name, "")
        if len(value) > longest or any(ord(char) < 32 for char in value):
            raise _RowRefused(_("“%(column)s” is too long or cannot be shown.") % {"column": name})
    if not code or not said["commonname"]:
        raise _RowRefused(_("It has no code or no name."))
    latitude, longitude = _place(said)
    return Stop(
        code=code,
        name=said["commonname"],
        indicator=said.get("indicator", ""),
        kind=kind,
        latitude=latitude,
        longitude=longitude,
        is_served=said.get("status", "").lower() not in {"inactive", "ina", "del", "deleted"},
    )


def _leave_out(report: StopReport, why: str) -> None:
    report.left_out[why] = report.left_out.get(why, 0) + 1


def _place(said: dict[str, str]) -> tuple[float, float]:
    """By degrees where the row has them, else by metres on the National Grid."""
    for x, y in (("longitude", "latitude"), ("easting", "northing")):
        if said.get(x) and said.get(y):
            found = from_pair(said[x], said[y])
            if found.place is not None and not found.code:
                return found.place
            raise _RowRefused(found.words or _("It is at no place."))
    raise _RowRefused(_("It is at no place."))


def _write(batch: list[tuple[int, Stop]], seen: set[str], report: StopReport) -> None:
    held = {
        stop.code: stop
        for stop in Stop.objects.filter(code__in=[stop.code for _line, stop in batch])
    }
    new: list[Stop] = []
    changed: list[Stop] = []
    for line, stop in batch:
        if stop.code in seen:
            _refuse(report, line, stop.code, _("This code has come before in the list."))
            continue
        seen.add(stop.code)
        old = held.get(stop.code)
        if old is None:
            new.append(stop)
        elif any(getattr(old, name) != getattr(stop, name) for name in _KEPT):
            for name in _KEPT:
                setattr(old, name, getattr(stop, name))
            changed.append(old)
        else:
            report.unchanged += 1
    Stop.objects.bulk_create(new)
    Stop.objects.bulk_update(changed, _KEPT)
    report.created += len(new)
    report.updated += len(changed)


def _refuse(report: StopReport, line: int, code: str, why: str) -> None:
    report.refused.append({"line": line, "code": code[:20], "why": why})
