"""The rules of tax that follow from where a venue stands, for one hire on one day.

They come below those of the rate sheet: a rule of the sheet that names a line as closely goes
before them (`TaxRule.order`). Their names have a dot, so no rule of a sheet has the same.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from django.utils.translation import gettext as _

from tariffs.engine.ask import PriceAsk
from tariffs.rules.conditions import When
from tariffs.rules.terms import TaxRule
from tariffs.rules.terms import Treatment as Marked
from tariffs.vat.premises import Premises
from tariffs.vat.series import SeriesAnswer, Treatment, is_long_let
from tariffs.vat.standing import Kind, Said, Standing, treatment_of

_ALL = ("all",)


class Rule(StrEnum):
    """Names of rules that no sheet wrote."""

    OPTION = "vat.option"
    SPORTS = "vat.sports"
    SERIES = "vat.series"
    LONG = "vat.long-let"
    ROOM = "vat.room"
    UNDECIDED = "vat.undecided"
    CATERING = "vat.catering"
    STORAGE = "vat.storage"
    EQUIPMENT = "vat.equipment"


@dataclass(frozen=True, slots=True)
class HireFacts:
    """What a booking tells besides its price: whether it is sport, and the test of its dates."""

    is_sport: bool = False
    series: SeriesAnswer | None = None


@dataclass(frozen=True, slots=True)
class Added:
    """The rules to add, and the reason of each by its name; "" is what no rule speaks of."""

    rules: tuple[TaxRule, ...]
    why: Mapping[str, str] = field(default_factory=dict)


def rules_for(
    premises: Premises, held: Standing, ask: PriceAsk, hire: HireFacts, *, adds_vat: bool
) -> Added:
    """What to add for a registered operator. `adds_vat`: VAT comes on top of prices."""
    made = list(_all_for(premises, held, ask, hire))
    why = {name.value: said.why for name, said, _on, _order in made}
    if Rule.UNDECIDED.value in why:
        words = _("Nobody has decided yet whether this is a space for sport, with VAT.")
        why[Rule.UNDECIDED.value] = f"{why[Rule.UNDECIDED.value]} {words}"
    why[""] = treatment_of(Kind.HIRE, held).why
    rules = tuple(
        TaxRule(
            id=name.value,
            when=When(),
            on=tuple(sorted(on)),
            treatment=_marked(said, adds_vat=adds_vat),
            rate=said.rate,
            order=order,
        )
        for name, said, on, order in made
    )
    return Added(rules, why)


_Made = tuple[Rule, Said, Collection[str], int]


def _all_for(premises: Premises, held: Standing, ask: PriceAsk, hire: HireFacts) -> Iterator[_Made]:
    if held.is_opted:
        yield Rule.OPTION, treatment_of(Kind.HIRE, held), _ALL, 0
        return
    yield from _of_spaces(premises, held, ask, hire)
    for kind in (Kind.CATERING, Kind.STORAGE, Kind.EQUIPMENT):
        slugs = [item.slug for item in ask.items if premises.items.get(item.slug) == kind]
        if slugs:
            yield Rule(f"vat.{kind}"), treatment_of(kind, held), slugs, 3


def _of_spaces(
    premises: Premises, held: Standing, ask: PriceAsk, hire: HireFacts
) -> Iterator[_Made]:
    """Fees, staff and things that follow the hire go as the sports space where there is one."""
    slugs = {space.slug for space in ask.spaces}
    sports = {slug for slug in slugs if premises.sports.get(slug)}
    room = treatment_of(Kind.HIRE, held)
    if sports:
        name, said = _of_sports(held, ask, hire)
        yield name, said, _ALL, 0
        yield name, said, sports, 2
    undecided = slugs - premises.sports.keys() if hire.is_sport else set()
    if undecided:
        yield Rule.UNDECIDED, room, undecided, 1
    others = slugs - sports - undecided
    if sports and others:
        yield Rule.ROOM, room, others, 1


def _of_sports(held: Standing, ask: PriceAsk, hire: HireFacts) -> tuple[Rule, Said]:
    is_long = ask.span is not None and is_long_let(ask.span)
    said = treatment_of(Kind.SPORTS, held, series=hire.series, is_long=is_long)
    if said.treatment is Treatment.STANDARD:
        return Rule.SPORTS, said
    return (Rule.LONG if is_long else Rule.SERIES), said


def _marked(said: Said, *, adds_vat: bool) -> Marked:
    if said.treatment is Treatment.STANDARD:
        return Marked.EXCLUSIVE if adds_vat else Marked.INCLUSIVE
    return Marked.EXEMPT
