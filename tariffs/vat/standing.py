"""How each kind of supply is treated on a day, with the reason in plain words."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from django.utils.translation import gettext as _

from tariffs.vat.law import law_on
from tariffs.vat.premises import Premises, on_day
from tariffs.vat.series import SeriesAnswer, Treatment
from tariffs.vat.words import percent


class Kind(StrEnum):
    """What is supplied. A space for sport is one that somebody has decided is."""

    HIRE = "hire"
    SPORTS = "sports"
    CATERING = "catering"
    STORAGE = "storage"
    EQUIPMENT = "equipment"


@dataclass(frozen=True, slots=True)
class Standing:
    """What holds at a venue on one day. `rate`: the standard rate in percent."""

    is_registered: bool
    is_opted: bool
    rate: Decimal
    adds_vat: bool = False


@dataclass(frozen=True, slots=True)
class Said:
    """A treatment, its rate in percent, and why."""

    treatment: Treatment
    rate: Decimal
    why: str


def standing(premises: Premises, on: date) -> Standing:
    """What holds on the London day of the supply."""
    registered = on_day(premises.registrations, on)
    return Standing(
        is_registered=registered is not None,
        is_opted=registered is not None and on_day(premises.options, on) is not None,
        rate=law_on(on).standard_rate,
        adds_vat=registered is not None and registered.adds_vat,
    )


def treatment_of(
    kind: Kind, held: Standing, *, series: SeriesAnswer | None = None, is_long: bool = False
) -> Said:
    """How a supply of that kind is treated.

    For sports lets `series` is the answer of the test and `is_long` says that one let goes on
    for more than 24 hours; without either it is an ordinary let.
    """
    if not held.is_registered:
        return _free(
            Treatment.NONE, _("The operator is not registered for VAT, so it charges none.")
        )
    if held.is_opted:
        return _standard(held, _("This building is opted to tax, so all hire carries VAT."))
    if kind is Kind.SPORTS:
        return _of_sports(held, series, is_long=is_long)
    if kind is Kind.CATERING:
        return _standard(held, _("Food, drink and service carry VAT."))
    if kind is Kind.STORAGE:
        return _standard(held, _("Storage by itself carries VAT."))
    if kind is Kind.EQUIPMENT:
        return _standard(held, _("Things hired by themselves carry VAT."))
    return _free(Treatment.EXEMPT, _("Hire of a room is exempt from VAT."))


def _of_sports(held: Standing, series: SeriesAnswer | None, *, is_long: bool) -> Said:
    if is_long:
        words = _("One let of a sports space for more than 24 hours is exempt from VAT.")
        return _free(Treatment.EXEMPT, words)
    if series is not None and series.treatment is Treatment.EXEMPT:
        words = _("A block of %(least)d or more sports dates that meets the rules is exempt.")
        return _free(Treatment.EXEMPT, words % {"least": series.least})
    words = _("Hire of a sports space carries VAT.")
    if series is not None and series.failed_conditions:
        words = f"{words} {series.words}"
    return _standard(held, words)


def _free(treatment: Treatment, why: str) -> Said:
    return Said(treatment, Decimal(0), why)


def _standard(held: Standing, why: str) -> Said:
    words = _("The rate is %(rate)s.") % {"rate": percent(held.rate)}
    return Said(Treatment.STANDARD, held.rate, f"{why} {words}")
