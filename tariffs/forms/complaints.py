"""What is wrong between the boxes of a card's form, each at the box to mend."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import time
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from tariffs.cards.naming import spoken
from tariffs.cards.shape import BLOCK

if TYPE_CHECKING:
    from tariffs.forms.gather import Gatherer

Complaint = tuple[str, str]
# An end up to here is taken to be the next morning.
_NEXT_MORNING = time(12)


def complaints(given: Gatherer) -> Iterator[Complaint]:
    """Every one, in the order of the page."""
    if not given.form.errors:
        yield from _parts(given)
        yield from given.crossings()
        yield from _columns(given)
        yield from _sections(given)
    yield from _priced(given, "item", given.layout.items, "names", _("Choose what is lent"))
    yield from _priced(given, "fee", given.layout.fees, "name", _("Say what the fee is for"))
    yield from _deposits(given)
    yield from _discounts(given)
    yield from _steps(given)


def _parts(given: Gatherer) -> Iterator[Complaint]:
    names: set[str] = set()
    yield from _used_elsewhere(given)
    for n, part in enumerate(given.parts):
        starts, ends = given.said.get(f"p{n}-from"), given.said.get(f"p{n}-until")
        if part is None:
            if given.said.get(f"p{n}-name") or given.figures(part=n):
                yield (
                    f"p{n}-days",
                    _(
                        "Say on which days or at what times it is. "
                        "To take it away, empty its name and all its prices"
                    ),
                )
            continue
        yield from _clock(n, starts, ends)
        if part.name and part.longer:
            yield (
                f"p{n}-name",
                _("Leave the name empty: it is called by its least length of hire"),
            )
        if part.name in names:
            yield f"p{n}-name", _("Another time has this name. Choose another one")
        names |= {part.name} - {""}


def _used_elsewhere(given: Gatherer) -> Iterator[Complaint]:
    """Rules that the grid does not show keep the names that they use."""
    names = {part.name for part in given.parts if part}
    for n, old in enumerate(given.form.before.parts):
        if old.name and old.name not in names and given.form.others.uses_part(old.name):
            message = _("Rules that are changed as a file use the name “%(name)s”. Leave it here")
            yield f"p{n}-name", message % {"name": spoken(old.name)}


def _clock(n: int, starts: time | None, ends: time | None) -> Iterator[Complaint]:
    if (starts is None) != (ends is None):
        yield (f"p{n}-until" if ends is None else f"p{n}-from", _("Give both times, or neither"))
    elif starts is not None and ends is not None and ends != time(0):
        if starts == ends:
            yield f"p{n}-until", _("It starts and ends at the same time")
        elif _NEXT_MORNING < ends < starts:
            yield f"p{n}-until", _("It ends before it starts. Check both times")


def _columns(given: Gatherer) -> Iterator[Complaint]:
    seen = []
    for n, column in enumerate(given.columns):
        if column is None:
            if given.figures(column=n):
                yield (
                    f"k{n}-kinds",
                    _("Say who pays these prices. To take them away, empty the prices"),
                )
        elif column in seen:
            yield f"k{n}-kinds", _("Another column is for the same hirers. Choose others")
        else:
            seen.append(column)


def _sections(given: Gatherer) -> Iterator[Complaint]:
    seen = []
    for i, parts in enumerate(given.layout.sections):
        reach, names = given.said.get(f"s{i}-reach"), given.said.get(f"s{i}-spaces") or ()
        key = (reach, () if reach == "any" else tuple(sorted(names)))
        if reach != "any" and not names:
            if given.figures(section=i):
                yield (
                    f"s{i}-spaces",
                    _("Choose the spaces that cost this. To take it away, empty its prices"),
                )
        elif key in seen:
            yield f"s{i}-spaces", _("These spaces have prices above. Choose others")
        seen.append(key)
        for j, _part in enumerate(parts):
            step = given.said.get(f"s{i}l{j}-step")
            if step and not step.strip("0."):
                yield f"s{i}l{j}-step", _("A step cannot be zero. Leave it empty")


def _priced(given: Gatherer, word: str, rows: int, name: str, lacking: str) -> Iterator[Complaint]:
    for n in range(rows):
        has_name = bool(given.said.get(f"{word}{n}-{name}"))
        has_amount = bool(given.said.get(f"{word}{n}-amount"))
        if has_amount and not has_name and f"{word}{n}-{name}" not in given.form.errors:
            yield f"{word}{n}-{name}", lacking
        elif has_name and not has_amount and f"{word}{n}-amount" not in given.form.errors:
            yield (
                f"{word}{n}-amount",
                _("Write the pounds. To take the line away, empty its name too"),
            )


def _deposits(given: Gatherer) -> Iterator[Complaint]:
    names: set[str] = set()
    for n in range(given.layout.deposits):
        name, amount = given.said.get(f"deposit{n}-name"), given.said.get(f"deposit{n}-amount")
        if name and not amount and f"deposit{n}-amount" not in given.form.errors:
            yield f"deposit{n}-amount", _("Write the pounds, or empty the name too")
        if amount and (name or "") in names:
            yield f"deposit{n}-name", _("Another deposit has this name. Choose another one")
        if amount:
            names.add(name or "")


def _discounts(given: Gatherer) -> Iterator[Complaint]:
    for n in range(given.layout.discounts):
        who, percent = given.said.get(f"discount{n}-who"), given.said.get(f"discount{n}-percent")
        least = given.said.get(f"discount{n}-least") or ""
        if percent and not who:
            yield f"discount{n}-who", _("Say who pays less")
        elif who and not percent and f"discount{n}-percent" not in given.form.errors:
            yield f"discount{n}-percent", _("Write the percent, or empty who it is for")
        is_whole = least.isdecimal() and int(least) > 1
        if who == BLOCK and not is_whole and f"discount{n}-least" not in given.form.errors:
            yield f"discount{n}-least", _("Write how many dates, like 10")


def _steps(given: Gatherer) -> Iterator[Complaint]:
    seen: set[str] = set()
    last = ""
    for n in range(given.layout.steps):
        days, charge = given.said.get(f"step{n}-days"), given.said.get(f"step{n}-charge")
        if not days and not charge:
            continue
        last = f"step{n}-days"
        if {f"step{n}-days", f"step{n}-charge"} & given.form.errors.keys():
            seen.add("0")
        elif not days or not days.isdecimal():
            yield f"step{n}-days", _("Write whole days, like 28")
        elif not charge:
            yield f"step{n}-charge", _("Write what they pay, like 50%. Nothing is 0")
        elif days in seen:
            yield f"step{n}-days", _("Another line has the same days")
        seen.add(days or "")
    if last and ("0" not in seen or len(seen - {""}) < 2):
        yield last, _("Write at least two lines, and let the last one be 0 days")
