"""A charge sheet from a file: one document, or several versions of one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from tariffs.errors import Fault, TariffRefused
from tariffs.rules import TariffDocument, check, read
from tariffs.rules.editions import stamped
from tariffs.rules.meaning import too_many
from tariffs.rules.schema import MOST_RULES
from tariffs.sheets.files import Path, SheetFile, read_yaml


def load(text: str) -> list[TariffDocument]:
    """The versions of a sheet by their first day, checked; of the current edition unless they say.

    Raises: TariffRefused with every fault, each with its line.
    """
    documents, faults = examined(text)
    if faults:
        raise TariffRefused(faults)
    return [read(stamped(document)) for document in documents]


def examined(text: str) -> tuple[list[dict[str, Any]], list[Fault]]:
    """The documents of a file, and all that is wrong with them.

    Raises: TariffRefused where the file cannot be read at all.
    """
    file = read_yaml(text)
    documents = versions_of(file.data)
    faults = _too_many(documents)
    if faults:
        return documents, faults
    for document, base in zip(documents, _bases(file.data, documents), strict=True):
        faults += [placed(fault, file, document, base) for fault in check(document)]
    if not faults:
        faults = _version_faults(documents)
    return documents, faults


def _too_many(documents: Sequence[Any]) -> list[Fault]:
    """What stands above the versions counts once for each of them."""
    lists = [document.get("rules") for document in documents if isinstance(document, dict)]
    number = sum(len(rules) for rules in lists if isinstance(rules, list))
    return [too_many(number)] if len(documents) > 1 and number > MOST_RULES else []


def _is_many(data: Any) -> bool:
    return isinstance(data, dict) and isinstance(data.get("versions"), list)


def versions_of(data: Any) -> list[Any]:
    """Each version with what stands above them all."""
    if not _is_many(data):
        return [data]
    shared = {key: value for key, value in data.items() if key != "versions"}
    made = []
    for version in data["versions"]:
        if not isinstance(version, dict):
            made.append(version)
            continue
        rules = [*shared.get("rules", []), *version.get("rules", [])]
        made.append({**shared, **version, "rules": rules})
    return sorted(made, key=_first_day)


def at_lines(questions: Sequence[Fault], text: str) -> list[Fault]:
    """Questions of a file that is without fault, each with the line at which it looks."""
    file = read_yaml(text)
    documents = versions_of(file.data)
    found = []
    for question in questions:
        spots = [
            (document, base)
            for document, base in zip(documents, _bases(file.data, documents), strict=True)
            if _is_of(question, document)
        ]
        document, base = spots[0] if spots else (documents[0], ())
        found.append(placed(question, file, document, base))
    return found


def _is_of(question: Fault, document: Any) -> bool:
    return _path(question, document)[:1] == ("rules",) or not question.rule


def _bases(data: Any, documents: Sequence[Any]) -> list[Path]:
    """Where in the file each version stands; versions are sorted by their first day."""
    if not _is_many(data):
        return [()]
    order = sorted(range(len(data["versions"])), key=lambda n: _first_day(data["versions"][n]))
    return [("versions", number) for number in order]


def _first_day(version: Any) -> str:
    return str(version.get("valid_from", "")) if isinstance(version, dict) else ""


def _version_faults(documents: Sequence[dict[str, Any]]) -> list[Fault]:
    starts = [document.get("valid_from") for document in documents]
    if len(documents) > 1 and (None in starts or len(set(starts)) < len(starts)):
        return [
            Fault(
                "",
                "versions",
                _("Each version needs a first day of its own."),
                _("Give each a valid_from, like “2027-04-01”."),
            )
        ]
    return []


def placed(fault: Fault, file: SheetFile, document: Any, base: Path) -> Fault:
    """The fault with the line on which it stands."""
    path = _path(fault, document)
    line = max(file.line_of((*base, *path)), file.line_of(path))
    where = _("line %(n)d, %(where)s") % {"n": line, "where": fault.where}
    return replace(fault, where=where)


def _path(fault: Fault, document: Any) -> Path:
    steps: list[str | int] = [int(s) if s.isdigit() else s for s in fault.where.split(".")]
    rules = document.get("rules", []) if isinstance(document, dict) else []
    if not fault.rule or steps[:1] == ["rules"] or not isinstance(rules, list):
        return tuple(steps)
    for number, rule in enumerate(rules):
        name = rule.get("id") if isinstance(rule, dict) else None
        is_cell = isinstance(name, str) and "table" in rule and fault.rule.startswith(f"{name}-")
        if fault.rule == name or is_cell:
            return ("rules", number, *steps)
    return tuple(steps)


def in_force(documents: Sequence[TariffDocument], day: date | None) -> TariffDocument | None:
    """The version of a day; without a day the only one. None: there is none for it."""
    if len(documents) == 1 and (day is None or documents[0].more.valid_from is None):
        return documents[0]
    if day is None:
        return None
    begun = [one for one in documents if (one.more.valid_from or date.min) <= day]
    return begun[-1] if begun else None
