"""Which column means what: guessed from its name, then from what stands in it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Mapping, Sequence

from django.utils.translation import gettext as _

from spaces.access_facts import FACTS
from spaces.importing.cells import is_nothing, tidy_postcode
from spaces.importing.headings import meaning_of, plain
from spaces.importing.table import Table
from spaces.importing.vocabulary import JOINED, WORDS, Target
from spaces.models import Facility

_SAMPLE = 300
_ENOUGH = 0.6
_POLLING = r"polling (place|station|venue) ?"


def choices() -> list[tuple[str, str]]:
    """All that a column can be taken for, with words."""
    return [
        *((target.value, str(words)) for target, words in WORDS.items()),
        *((f"fact:{code}", str(fact.question)) for code, fact in FACTS.items()),
        *(
            (f"facility:{code}", _("Has: %(what)s") % {"what": label})
            for code, label in Facility.Code.choices
        ),
    ]


def known_targets() -> frozenset[str]:
    """Whatever a saved mapping may name."""
    return frozenset(value for value, _words in choices())


def guess(table: Table) -> dict[str, str]:
    """Each column of `table` and what it is taken for; "" is not used."""
    polled = _polling_places(table.columns)
    if polled:
        return {name: str(polled.get(name, "")) for name in table.columns}
    found = _by_name(table.columns)
    values = {name: _values(table, name) for name in table.columns}
    _drop_contradicted(found, values)
    _add_by_value(found, values)
    if Target.NAME not in found.values() and (name := _likely_name(found, values)):
        found[name] = Target.NAME
    return {name: str(found.get(name, "")) for name in table.columns}


def columns_of(mapping: Mapping[str, str], target: str) -> list[str]:
    """The columns that are taken for `target`, in the order of the file."""
    return [name for name, meant in mapping.items() if meant == target]


def _polling_places(columns: Sequence[str]) -> dict[str, str]:
    """Of a list of homes and where they vote only the places: the homes are nobody's business."""
    cut = {
        name: re.sub(_POLLING, "", words)
        for name in columns
        if re.match(_POLLING, words := plain(name))
    }
    found = _by_name(list(cut.values()))
    mapping = {name: found.get(words, "") for name, words in cut.items()}
    addresses = columns_of(mapping, Target.ADDRESS)
    if not addresses:
        return {}
    if Target.NAME not in mapping.values():
        mapping[addresses[0]] = Target.NAME
    return mapping


def _by_name(columns: Sequence[str]) -> dict[str, str]:
    ranked = sorted(
        ((*meaning_of(name), at, name) for at, name in enumerate(columns)),
        key=lambda one: (one[1], one[2]),
    )
    found: dict[str, str] = {}
    taken: Counter[str] = Counter()
    for target, _rank, _at, name in ranked:
        if not target or (taken[target] and target not in JOINED):
            continue
        # Of "address" and "address 1" both belong; of "hall" and "venue name" only the surer.
        taken[target] += 1
        found[name] = target
    return found


def _values(table: Table, name: str) -> list[str]:
    cells = (row.cells.get(name, "") for row in table.rows if not row.problem)
    return [cell for cell in cells if not is_nothing(cell)][:_SAMPLE]


def _drop_contradicted(found: dict[str, str], values: Mapping[str, list[str]]) -> None:
    """A column whose cells are plainly something else than its name says."""
    for name, target in list(found.items()):
        cells = values[name]
        if not cells:
            continue
        if target == Target.POINT and not _share(cells, _is_point):
            found[name] = Target.ADDRESS if name.casefold() == "location" else Target.NOTHING
        elif (
            (target in (Target.X, Target.Y) and not _share(cells, _is_number, enough=0.3))
            or (target == Target.NAME and _share(cells, _is_number))
            or (target == Target.CAPACITY and not _share(cells, _is_number, enough=0.3))
        ):
            found[name] = Target.NOTHING


def _add_by_value(found: dict[str, str], values: Mapping[str, list[str]]) -> None:
    """What cells look like, where no name of a column has said it."""
    looks: tuple[tuple[str, Callable[[str], bool]], ...] = (
        (Target.POSTCODE, lambda cell: bool(tidy_postcode(cell))),
        (Target.EMAIL, lambda cell: bool(re.fullmatch(r"\S+@\S+\.\w+", cell))),
        (Target.WEBSITE, lambda cell: bool(re.match(r"(https?://|www\.)\S+$", cell))),
        (Target.PHONE, lambda cell: bool(re.fullmatch(r"(\+44|0)[\d\s()-]{9,15}", cell))),
        (Target.POINT, _is_point),
        (Target.Y, lambda cell: _is_between(cell, 49.5, 61.0) and "." in cell),
        (Target.X, lambda cell: _is_between(cell, -8.7, 2.0) and len(cell.partition(".")[2]) > 3),
    )
    for target, looks_like in looks:
        if target in found.values():
            continue
        for name, cells in values.items():
            if not found.get(name) and len(cells) > 1 and _share(cells, looks_like):
                found[name] = target
                break
    if Target.X not in found.values() or Target.Y not in found.values():
        for name in columns_of(found, Target.X) + columns_of(found, Target.Y):
            found[name] = Target.NOTHING


def _likely_name(found: Mapping[str, str], values: Mapping[str, list[str]]) -> str:
    """The first unused column of words that are nearly all different."""
    for name, cells in values.items():
        if found.get(name) or not cells:
            continue
        words = [cell for cell in cells if re.search(r"[A-Za-z]{3}", cell) and len(cell) <= 150]
        numbered = sum(1 for cell in words if re.match(r"\d+[a-z]?[ ,]", cell, re.IGNORECASE))
        if numbered * 2 > len(words):
            continue  # It is addresses.
        if len(words) > 0.8 * len(cells) and len(set(words)) > 0.7 * len(words):
            return name
    return ""


def _share(
    cells: Sequence[str], looks_like: Callable[[str], bool], *, enough: float = _ENOUGH
) -> bool:
    return sum(1 for cell in cells if looks_like(cell)) >= enough * len(cells)


def _is_number(cell: str) -> bool:
    return bool(re.fullmatch(r"[-+]?\d[\d,]*(\.\d+)?", cell.strip()))


def _is_between(cell: str, least: float, most: float) -> bool:
    return _is_number(cell) and least <= float(cell.replace(",", "")) <= most


def _is_point(cell: str) -> bool:
    return bool(
        re.match(r"(SRID=\d+;)?(MULTI)?(POINT|POLYGON|LINESTRING)\b", cell, re.IGNORECASE)
        or re.fullmatch(r"0[01][0-9A-F]{40,}", cell, re.IGNORECASE)
        or re.fullmatch(r"[([]?-?\d+\.?\d*\s*[,; ]\s*-?\d+\.?\d*[)\]]?", cell.strip())
        or re.fullmatch(r"[HNST][A-HJ-Z]\s?(\d{2,5}\s\d{2,5}|(\d\d){2,5})", cell.strip().upper())
    )
