"""A rate sheet as VAT has it for one hire: its own rules of tax, or none, and those to add."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, cast

from django.utils.translation import gettext as _

from core.clock import london
from tariffs.engine.ask import PriceAsk
from tariffs.rules.document import TariffDocument
from tariffs.rules.terms import TaxRule
from tariffs.rules.terms import Treatment as Marked
from tariffs.vat.premises import Premises
from tariffs.vat.rules import HireFacts, rules_for
from tariffs.vat.standing import Kind, standing, treatment_of

_KEPT = "vat"
_MOST_KEPT = 200


@dataclass(frozen=True, slots=True)
class Treated:
    """The sheet to price by, and why each rule of tax holds, by its name."""

    document: TariffDocument
    is_registered: bool
    why: Mapping[str, str]


def treated(
    document: TariffDocument,
    premises: Premises | None,
    ask: PriceAsk,
    hire: HireFacts,
    *,
    booked_on: date,
) -> Treated:
    """By the London day of the supply; `premises` None: the operator was never registered.

    Who is not registered charges no VAT, whatever the sheet says.
    """
    held = standing(premises or Premises(), _supplied_on(ask) or booked_on)
    if premises is None or not held.is_registered:
        nothing = {"": treatment_of(Kind.HIRE, held).why}
        return Treated(with_taxes(document, ()), is_registered=False, why=nothing)
    adds = adds_vat(document, held_adds=held.adds_vat)
    added = rules_for(premises, held, ask, hire, adds_vat=adds)
    own = document.more.taxes
    by_sheet = {rule.id: rule.why or _("The venue’s rates say so.") for rule in own}
    taxes = (*own, *added.rules)
    return Treated(with_taxes(document, taxes), is_registered=True, why={**added.why, **by_sheet})


def adds_vat(document: TariffDocument, *, held_adds: bool) -> bool:
    """Whether VAT comes on top: as the sheet's own rules have it, or else the operator."""
    said = {rule.treatment for rule in document.more.taxes}
    if Marked.EXCLUSIVE in said:
        return True
    return held_adds and Marked.INCLUSIVE not in said


def with_taxes(document: TariffDocument, taxes: tuple[TaxRule, ...]) -> TariffDocument:
    """The same sheet with these rules of tax; made once for each set of rules."""
    if taxes == document.more.taxes:
        return document
    kept: dict[tuple[TaxRule, ...], TariffDocument]
    kept = cast("Any", document.worked_out.setdefault(_KEPT, {}))
    if len(kept) > _MOST_KEPT:
        kept.clear()
    if taxes not in kept:
        kept[taxes] = replace(document, more=replace(document.more, taxes=taxes), worked_out={})
    return kept[taxes]


def _supplied_on(ask: PriceAsk) -> date | None:
    if ask.span is not None:
        return london(ask.span.start).date()
    return ask.loose.first if ask.loose else None
