"""What bookings cost, what their hirers pay, and who makes up the difference.

The kept lines of each date are the record: the full price, the price charged, and what was
taken off by a discount or concession, by free hours and by vouchers. A grant is no subsidy:
somebody else pays it, so it is shown apart.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, fields
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Any

from django.db.models import F, Q, QuerySet, Sum, Value
from django.db.models.functions import Coalesce, TruncMonth
from django.utils import formats
from django.utils.translation import gettext as _

from accounts.models import HirerCategory
from bookings.models import QuoteLine, State
from core.clock import LONDON, day_bounds
from spaces.models import Venue

_NOTHING = Decimal("0.00")
# What the price was agreed for; asked for, given back and declined dates cost nobody anything.
_STANDING = (State.CONFIRMED, State.ATTENDED, State.NO_SHOW)


class By(StrEnum):
    """What the rows of the report stand for."""

    ORGANISATION = "organisation"
    CATEGORY = "category"
    MONTH = "month"


@dataclass(frozen=True, slots=True)
class Sums:
    """Pounds. `full` - `discount` - `allowance` - `voucher` - `grant` = `charged`."""

    full: Decimal = _NOTHING
    charged: Decimal = _NOTHING
    allowance: Decimal = _NOTHING
    voucher: Decimal = _NOTHING
    grant: Decimal = _NOTHING

    @property
    def discount(self) -> Decimal:
        """What the rates themselves take off: concessions, discounts, surcharges against it."""
        return self.full - self.charged - self.allowance - self.voucher - self.grant

    @property
    def subsidy(self) -> Decimal:
        """What those who run the venues go without; what others pay is not in it."""
        return self.full - self.charged - self.grant


@dataclass(frozen=True, slots=True)
class Row:
    """`name` in words; private hirers are one row and never named."""

    name: str
    sums: Sums


def subsidies(venues: QuerySet[Venue], *, by: By, first: date, last: date) -> list[Row]:
    """The dates of these venues from `first` to `last`, both included. One query."""
    lines = QuoteLine.objects.filter(
        occurrence__booking__venue__in=venues,
        occurrence__state__in=_STANDING,
        occurrence__starts_at__gte=day_bounds(first)[0],
        occurrence__starts_at__lt=day_bounds(last)[1],
    )
    # Two groups may have one name, so their number tells them apart.
    apart = ["key", "occurrence__booking__organisation"] if by is By.ORGANISATION else ["key"]
    rows: Any = lines.annotate(key=_KEYS[by]).values(*apart).annotate(**_SUMS).order_by(*apart)
    return [Row(_name(by, row["key"]), Sums(**{name: row[name] for name in _SUMS})) for row in rows]


def total(rows: Iterable[Row]) -> Sums:
    """All rows together."""
    kept = list(rows)
    return Sums(
        **{
            field.name: sum((getattr(row.sums, field.name) for row in kept), _NOTHING)
            for field in fields(Sums)
        }
    )


def of_lines(lines: Sequence[QuoteLine]) -> Sums:
    """The same of lines that are read already."""
    found = dict.fromkeys(("allowance", "voucher", "grant"), _NOTHING)
    for line in lines:
        cause = line.kind if line.kind in found else line.rule.partition("-")[0]
        if line.kind in found or (line.kind == "vat" and cause in found):
            found[cause] -= line.amount
    return Sums(
        full=sum((line.list_amount for line in lines), _NOTHING),
        charged=sum((line.amount for line in lines), _NOTHING),
        **found,
    )


def _off(cause: str) -> Any:
    """What a cause took off, the VAT that fell with it too."""
    mine = Q(kind=cause) | Q(kind="vat", rule__startswith=f"{cause}-")
    return Coalesce(-Sum("amount", filter=mine), Value(_NOTHING))


_SUMS = {
    "full": Sum("list_amount"),
    "charged": Sum("amount"),
    "allowance": _off("allowance"),
    "voucher": _off("voucher"),
    "grant": _off("grant"),
}
_KEYS: dict[By, Any] = {
    By.ORGANISATION: Coalesce(F("occurrence__booking__organisation__name"), Value("")),
    By.CATEGORY: F("occurrence__booking__category"),
    By.MONTH: TruncMonth("occurrence__starts_at", tzinfo=LONDON),
}


def _name(by: By, key: Any) -> str:
    if by is By.MONTH:
        return formats.date_format(key, "F Y")
    if by is By.CATEGORY:
        return str(HirerCategory(key).label)
    return key or _("Private people")
