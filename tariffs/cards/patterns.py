"""Common ways to charge, filled with a venue's own spaces and its standard price of an hour.

The shares are those that councils publish: evenings a fifth dearer, Sundays half as much again,
community groups half price, businesses half as much again.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from django.utils.translation import gettext_lazy as _

from tariffs.cards.shape import (
    BLOCK,
    LAST,
    REGULAR,
    RESIDENT,
    Cell,
    Column,
    Deposit,
    Discount,
    Fee,
    Kept,
    Ladder,
    Line,
    Others,
    Part,
    RateCard,
    Section,
    Step,
)

_FIVE_PENCE = Decimal("0.05")
_ONE = Decimal(1)
_EVENING = Part("evening", ("monday", "tuesday", "wednesday", "thursday"), "18:00", "24:00")
_LATE = Part("friday-and-saturday-evening", ("friday", "saturday"), "18:00", "24:00")
_SUNDAY = Part("sunday-and-bank-holiday", ("sunday", "bank_holiday"), "00:00", "24:00")
_WEEK = ((None, _ONE), (_EVENING, Decimal("1.20")), (_LATE, Decimal("1.35")),
         (_SUNDAY, Decimal("1.50")))  # fmt: skip
_BY_KIND = (
    (("private",), Decimal("1.10")),
    (("community", "charity"), Decimal("0.50")),
    (("young_people",), Decimal("0.35")),
    (("social_enterprise",), Decimal("0.60")),
    (("faith", "statutory"), Decimal("0.75")),
    (("commercial",), Decimal("1.50")),
)
_GROUPS = (
    ((), _ONE),
    (("community", "charity", "young_people"), Decimal("0.50")),
    (("commercial",), Decimal("1.50")),
)
_ALL = (((), _ONE),)
_LADDER = Ladder((Step(28, "0"), Step(14, "25%"), Step(7, "50%"), Step(0, "100%")))
_Times = Sequence[tuple[Part | None, Decimal]]
_Kinds = Sequence[tuple[tuple[str, ...], Decimal]]


@dataclass(frozen=True, slots=True)
class Pattern:
    """A way to charge: what people call it, what it does, and the card it makes."""

    key: str
    name: Any
    words: Any
    build: Callable[[Sequence[str], Decimal], tuple[RateCard, Others]]


def _grid(
    spaces: Sequence[str],
    standard: Decimal,
    *,
    times: _Times = _WEEK,
    kinds: _Kinds = _ALL,
    unit: str = "hour",
    least: str = "1",
    step: str = "0.5",
) -> RateCard:
    """One section of all spaces, each by itself: the standard price times both shares."""
    parts = tuple(part for part, _share in times if part)
    lines = tuple(
        Line(
            parts.index(part) if part else None,
            tuple(Cell(_figure(standard * by_time * by_kind)) for _who, by_kind in kinds),
            unit,
            least if unit == "hour" else "",
            step if unit == "hour" else "",
        )
        for part, by_time in times
    )
    return RateCard(
        parts=parts,
        columns=tuple(Column(who) for who, _share in kinds),
        sections=(Section("each", tuple(spaces), lines),),
        full_price="commercial",
    )


def _figure(amount: Decimal) -> str:
    """To the nearest five pence, as charge sheets are."""
    steps = (amount / _FIVE_PENCE).quantize(_ONE, rounding=ROUND_HALF_UP)
    return f"{steps * _FIVE_PENCE:.2f}"


def _hourly(spaces: Sequence[str], standard: Decimal) -> tuple[RateCard, Others]:
    return _grid(spaces, standard, kinds=_BY_KIND), Others()


def _community_half(spaces: Sequence[str], standard: Decimal) -> tuple[RateCard, Others]:
    times = ((None, _ONE), (Part("evening", (), "18:00", "24:00"), Decimal("1.20")))
    return _grid(spaces, standard, times=times, kinds=_GROUPS), Others()


def _sessions(spaces: Sequence[str], standard: Decimal) -> tuple[RateCard, Others]:
    """Mornings and afternoons of four hours' price, evenings a fifth dearer."""
    times = (
        (Part("morning", (), "08:00", "13:00"), Decimal(4)),
        (Part("afternoon", (), "13:00", "18:00"), Decimal(4)),
        (Part("evening", (), "18:00", "24:00"), Decimal("4.80")),
    )
    return _grid(spaces, standard, times=times, kinds=_GROUPS, unit="session"), Others()


def _half_days(spaces: Sequence[str], standard: Decimal) -> tuple[RateCard, Others]:
    """Half days by the session; a hire of more than six hours pays for the day."""
    times = (
        (Part("morning", (), "08:00", "13:00"), Decimal(4)),
        (Part("afternoon", (), "13:00", "18:00"), Decimal(4)),
        (Part("evening", (), "18:00", "24:00"), Decimal("4.80")),
        (Part(longer="6"), Decimal("7.50")),
    )
    card = _grid(spaces, standard, times=times, kinds=_GROUPS, unit="session")
    (section,) = card.sections
    lines = (*section.lines[:-1], replace(section.lines[-1], unit="day"))
    return replace(card, sections=(replace(section, lines=lines),)), Others()


def _party(spaces: Sequence[str], standard: Decimal) -> tuple[RateCard, Others]:
    """The usual hours, and a party at its own price with at least three hours and a deposit."""
    card = _grid(spaces, standard, kinds=_GROUPS)
    party = {
        "id": "party",
        "target": {"each": list(spaces)},
        "when": {"purpose": ["party"]},
        "quantity": {"unit": "hour", "min": "3", "step": "0.5"},
        "amount": _figure(standard * Decimal("1.10")),
    }
    held = {"id": "party-deposit", "kind": "deposit", "when": {"purpose": ["party"]},
            "amount": "150.00"}  # fmt: skip
    rules = (Kept(LAST, party), Kept(LAST, held))
    rest = {"unless_told": {"purpose": "other"}}
    return replace(card, fees=(Fee("Cleaning", "booking", "25.00"),)), Others(rules, rest)


def _residents(spaces: Sequence[str], standard: Decimal) -> tuple[RateCard, Others]:
    less = Discount(RESIDENT, "25")
    return replace(_grid(spaces, standard), discounts=(less,), stacking="best"), Others()


def _regulars(spaces: Sequence[str], standard: Decimal) -> tuple[RateCard, Others]:
    less = (Discount(REGULAR, "10"), Discount(BLOCK, "10", "10"))
    card = _grid(spaces, standard, kinds=_GROUPS)
    held = (Deposit("", "100.00"),)
    return (
        replace(card, discounts=less, stacking="best", deposits=held, ladder=_LADDER),
        Others(),
    )


def _desks(spaces: Sequence[str], standard: Decimal) -> tuple[RateCard, Others]:
    """A day costs six hours."""
    times = ((None, Decimal(6)),)
    return _grid(spaces, standard, times=times, unit="day"), Others()


PATTERNS: dict[str, Pattern] = {
    pattern.key: pattern
    for pattern in (
        Pattern(
            "hourly",
            _("By the hour, evenings and weekends dearer"),
            _("Six groups of hirers. Evenings cost a fifth more, Sundays half as much again."),
            _hourly,
        ),
        Pattern(
            "community-half",
            _("Community groups pay half"),
            _("By the hour. Businesses pay half as much again, evenings cost a fifth more."),
            _community_half,
        ),
        Pattern(
            "sessions",
            _("Morning, afternoon and evening sessions"),
            _("Each session costs four hours, evenings a fifth more."),
            _sessions,
        ),
        Pattern(
            "half-days",
            _("Half days and days"),
            _("Half days as sessions. More than six hours is a day, at seven and a half hours."),
            _half_days,
        ),
        Pattern(
            "party",
            _("By the hour, with a price for parties"),
            _("Parties pay a tenth more for at least 3 hours, and leave £150 that you give back."),
            _party,
        ),
        Pattern(
            "residents",
            _("Residents pay less"),
            _("By the hour. Residents pay a quarter less."),
            _residents,
        ),
        Pattern(
            "regulars",
            _("Regular hirers and blocks of dates pay less"),
            _("A tenth off for regular hirers and for 10 dates or more, with terms to cancel."),
            _regulars,
        ),
        Pattern(
            "desks",
            _("A desk or room by the day"),
            _("One price for the day, which is six hours."),
            _desks,
        ),
    )
}
