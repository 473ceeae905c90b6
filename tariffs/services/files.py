"""A charge sheet from a file, checked for one venue."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from tariffs.errors import Fault, TariffRefused
from tariffs.rules import check
from tariffs.sheets.files import read_yaml
from tariffs.sheets.sheet import placed


@dataclass(frozen=True, slots=True)
class Sheet:
    """One document and the days it names."""

    document: dict[str, Any]
    first_day: date | None


def sheet_of(text: str, *, spaces: Collection[str], items: Collection[str]) -> Sheet:
    """The one document of a YAML text; `spaces` and `items` are those of the venue.

    Raises: TariffRefused with every fault, each with its line.
    """
    file = read_yaml(text)
    document = file.data
    if isinstance(document, dict) and "versions" in document:
        raise TariffRefused(
            [
                Fault(
                    "",
                    _("line %(n)d") % {"n": file.line_of(("versions",))},
                    _("A draft holds the rates of one time, and this file has several."),
                    _("Keep one of the versions in the file."),
                )
            ]
        )
    faults = check(document, spaces=spaces, items=items)
    if faults:
        raise TariffRefused([placed(fault, file, document, ()) for fault in faults])
    return Sheet(document, _day(document.get("valid_from")))


def _day(text: str | None) -> date | None:
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        return None
