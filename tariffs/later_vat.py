"""VAT that becomes due on kept prices which were exempt when they were made."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from tariffs.models import TariffVersion
from tariffs.premises import premises_of
from tariffs.rules import TariffDocument, read
from tariffs.vat.amounts import due
from tariffs.vat.compose import adds_vat
from tariffs.vat.premises import Premises
from tariffs.vat.standing import standing

_UNSAID = TariffDocument(rules=())


@dataclass(frozen=True, slots=True)
class Kept:
    """One date: its London day, the version it was priced by, and the exempt amounts in pounds."""

    on: date
    version_id: int | None
    amounts: tuple[Decimal, ...]


@dataclass(frozen=True, slots=True)
class Due:
    """VAT on one date, at `rate` percent. `is_added`: by the rates it comes on top of the price."""

    amount: Decimal
    rate: Decimal
    is_added: bool


def due_on(venue_id: int, kept: Sequence[Kept]) -> list[Due]:
    """The VAT on each date at the rate of its day, in order. Two queries for any number."""
    known = premises_of([venue_id]).get(venue_id, Premises())
    ids = {one.version_id for one in kept if one.version_id is not None}
    rows = TariffVersion.objects.filter(pk__in=ids).values_list("pk", "document")
    documents = {pk: read(document) for pk, document in rows}
    found = []
    for one in kept:
        document = documents.get(one.version_id or 0, _UNSAID)
        held = standing(known, one.on)
        on_top = adds_vat(document, held_adds=held.adds_vat)
        amount = due(one.amounts, held.rate, on_top=on_top, document=document)
        found.append(Due(amount, held.rate, on_top))
    return found
