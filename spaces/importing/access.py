"""Columns about access and equipment, as facts and facilities. Blank is not known, never no."""

from __future__ import annotations

import re
from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext as _

from spaces.access_facts import FACTS
from spaces.access_facts.shape import Kind
from spaces.importing.cells import Cells
from spaces.importing.columns import columns_of
from spaces.importing.records import FactRecord
from spaces.importing.vocabulary import Target
from spaces.models import AccessFact, Facility

_FACT, _FACILITY = "fact:", "facility:"
_LONGEST_NOTE = 300


def facts(
    cells: Cells, mapping: Mapping[str, str], said_of_source: str | Promise
) -> tuple[FactRecord, ...]:
    """One fact for each column about access, with the list's own words."""
    notes = [cells.raw(column) for column in columns_of(mapping, Target.ACCESS_NOTE)]
    found = []
    for column, target in mapping.items():
        if not target.startswith(_FACT):
            continue
        code = target.removeprefix(_FACT)
        value, measure = _value(cells, column, code)
        source = str(said_of_source) or _("The list says “%(column)s: %(said)s”. Not measured.") % {
            "column": column[:60],
            "said": cells.raw(column)[:60],
        }
        note = " ".join([source, *filter(None, notes)])[:_LONGEST_NOTE]
        found.append(FactRecord(code, value, note, measure, is_of_space=FACTS[code].per_space))
    return tuple(found)


def facilities(cells: Cells, mapping: Mapping[str, str]) -> dict[Facility.Code, int | None]:
    """What the list says there is; a number says how many."""
    found: dict[Facility.Code, int | None] = {}
    for column, target in mapping.items():
        if not target.startswith(_FACILITY):
            continue
        code = Facility.Code(target.removeprefix(_FACILITY))
        number = _number(cells, column, most=20_000)
        if number is not None:
            is_there = number > 0 and (code in found or "capacity" not in column.casefold())
            if is_there:
                found[code] = number if number > 1 or code == Facility.Code.CAR_PARK else None
        elif cells.yes_no(column) == AccessFact.Value.YES:
            found.setdefault(code, None)
    return found


def courts(cells: Cells) -> str:
    """What a hall is marked out for, from the columns that Active Places has for it."""
    counted = []
    for column in cells.named:
        what = re.fullmatch(r"(\w+_(?:courts|pitches|nets|lanes))_total", column)
        count = cells.count(column, most=200) if what else None
        if what and count:
            counted.append(f"{what[1].replace('_', ' ')} {count}")
    listed = ", ".join(counted).replace("five a side", "five-a-side")
    return _("Marked for: %(list)s.") % {"list": listed} if listed else ""


def _value(cells: Cells, column: str, code: str) -> tuple[AccessFact.Value, int | None]:
    if FACTS[code].kind is Kind.NUMBER:
        number = _number(cells, column, most=10_000)
        if number is not None:
            is_there = AccessFact.Value.YES if number else AccessFact.Value.NO
            return is_there, number
    return cells.yes_no(column), None


def _number(cells: Cells, column: str, *, most: int) -> int | None:
    words = cells.raw(column).removesuffix(".0")
    if not re.fullmatch(r"\d{1,6}", words, re.ASCII) or int(words) > most:
        return None
    return int(words)
