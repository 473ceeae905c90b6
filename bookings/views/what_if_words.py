"""What rates would change, in words and rows for the pages and the file."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import HirerCategory, Organisation, User
from bookings.services.effects import Effects, Fate, Touched
from bookings.services.what_if import Sums, WhatIf
from core import words
from core.money import round_to_pence
from spaces.exporting.files import cell

# How long the longest bar of a drawing is.
BAR = 120
_FATES: tuple[tuple[Fate, Any], ...] = (
    (Fate.KEPT, gettext_lazy("keep their agreed price")),
    (Fate.FINAL, gettext_lazy("are estimates that become final")),
    (Fate.CHANGED, gettext_lazy("change to the rates of the day")),
    (Fate.FIRST, gettext_lazy("get a price for the first time")),
    (Fate.OPEN, gettext_lazy("have no price by these rates, so nothing changes for them")),
    (
        Fate.HELPED,
        gettext_lazy("have free hours, a voucher or a grant, so their price stays as it is"),
    ),
)
_FATE_WORDS = dict(_FATES)

Named = Sequence[tuple[str, Sums]]


def more(sums: Sums) -> str:
    """£15.00 more (25%); £4.00 less (10%); the same."""
    if not sums.more:
        return _("the same")
    facts = {"pounds": words.pounds(abs(sums.more)), "percent": _percent(sums)}
    if sums.percent is None:
        return _("%(pounds)s more; nothing before") % facts
    if sums.more > 0:
        return _("%(pounds)s more (%(percent)s%%)") % facts
    return _("%(pounds)s less (%(percent)s%%)") % facts


def _percent(sums: Sums) -> str:
    return "" if sums.percent is None else f"{abs(sums.percent).normalize():f}"


def by_category(answer: WhatIf) -> list[dict[str, Any]]:
    labels = dict(HirerCategory.choices)
    rows = [(str(labels.get(key, key)), sums) for key, sums in answer.by_category.items()]
    return drawn(sorted(rows))


def by_space(answer: WhatIf) -> list[dict[str, Any]]:
    return drawn(sorted(answer.by_space.items()))


def drawn(rows: Named) -> list[dict[str, Any]]:
    """Rows of a table, each with the lengths of its two bars."""
    longest = max((max(sums.now, sums.then) for _name, sums in rows), default=Decimal(0))
    return [row(name, sums) | {"bars": _bars(sums, longest)} for name, sums in rows]


def row(name: str, sums: Sums) -> dict[str, Any]:
    return {
        "name": name,
        "dates": sums.dates,
        "now": sums.now,
        "then": sums.then,
        "more": more(sums),
    }


def _bars(sums: Sums, longest: Decimal) -> dict[str, int]:
    if not longest:
        return {"now": 0, "then": 0}
    return {"now": int(sums.now * BAR / longest), "then": int(sums.then * BAR / longest)}


def named(rows: Named) -> list[tuple[str, Sums]]:
    """The same rows by the hirers' names. Two queries at most."""
    names = names_of(key for key, _sums in rows)
    return [(names[key], sums) for key, sums in rows]


def names_of(keys: Iterable[str]) -> dict[str, str]:
    """Hirers by the keys of an answer. Two queries at most."""
    names = {}
    wanted: dict[str, dict[str, int]] = {"organisation": {}, "person": {}}
    for key in keys:
        kind, _colon, number = key.partition(":")
        names[key] = _("Private bookings") if kind == "private" else _("Somebody")
        if number.isdecimal():
            wanted[kind][key] = int(number)
    for kind, model in (("organisation", Organisation), ("person", User)):
        found = model.objects.in_bulk(set(wanted[kind].values())) if wanted[kind] else {}
        names |= {key: str(found[pk]) for key, pk in wanted[kind].items() if pk in found}
    return names


def fates(found: Effects) -> list[dict[str, Any]]:
    """What becomes of the dates to come, a row for each fate there is."""
    return [row(str(said), found.sums(fate)) for fate, said in _FATES if found.sums(fate).dates]


def booked_rows(rows: Iterable[tuple[Touched, Sums]]) -> list[dict[str, Any]]:
    """A row for the dates of each booking that share a fate."""
    rows = list(rows)
    names = names_of({touched.hirer for touched, _sums in rows})
    return [
        row(names[touched.hirer], sums)
        | {"reference": touched.reference, "fate": str(_FATE_WORDS[touched.fate])}
        for touched, sums in rows
    ]


def as_csv(rows: Named) -> bytes:
    """Who pays what, for a spreadsheet, in which no name runs as a formula."""
    written = io.StringIO(newline="")
    writer = csv.writer(written)
    writer.writerow(
        [_("Hirer"), _("Dates"), _("Charged"), _("By these rates"), _("More"), _("Percent")]
    )
    for name, sums in named(rows):
        pounds = [round_to_pence(amount) for amount in (sums.now, sums.then, sums.more)]
        writer.writerow([cell(name), sums.dates, *map(cell, pounds), cell(sums.percent)])
    # With a mark, so that Excel reads it as UTF-8.
    return written.getvalue().encode("utf-8-sig")
