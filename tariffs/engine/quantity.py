"""How much of its unit a rule counts, and what that comes to."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import ROUND_CEILING, Decimal

from tariffs.engine import bands as by_bands
from tariffs.engine.facts import Facts
from tariffs.engine.hours import Stretch
from tariffs.engine.numbers import number
from tariffs.engine.questions import Asked, Stop, missing
from tariffs.rules.shape import ONCE, Mode, Quantity, RateRule, Unit

_ONE = Decimal(1)
_ROUNDED_UP = frozenset({Unit.SESSION, Unit.WEEK})


@dataclass(frozen=True, slots=True)
class Counted:
    """Units and what they cost before rounding. `unit_price` is what one came to."""

    quantity: Decimal
    unit_price: Decimal
    exact: Decimal


def counted(
    rule: RateRule,
    stretch: Stretch,
    facts: Facts,
    *,
    how_many: Decimal = _ONE,
    of_chain: Decimal = Decimal(0),
    base: Decimal = Decimal(0),
) -> Counted:
    """`how_many` items or rooms alike; `of_chain` hours of all stretches; `base` pounds.

    Raises: Stop where a fact, a band or the amount itself is open.
    """
    if rule.amount is None and rule.bands is None:
        raise Stop(Asked("ask", (rule.id,), words=rule.question))
    if rule.quantity.unit is Unit.HOUR and rule.bands is None and not rule.quantity.times:
        quick = _plain_hours(rule, stretch, how_many)
        if quick:
            return quick
    units = _limited(_units(rule, stretch, facts, base), rule.quantity, rule)
    for name in rule.quantity.times:
        units *= number(name, facts, rule=rule.id)
    if rule.bands is None:
        price = rule.amount or Decimal(0)
        quantity = units * _pieces(rule, how_many)
        return Counted(quantity, price, quantity * price)
    return _banded(rule, stretch, facts, units, how_many, of_chain)


def _plain_hours(rule: RateRule, stretch: Stretch, how_many: Decimal) -> Counted | None:
    quantity = rule.quantity
    if not stretch.is_timed or quantity.included or quantity.most is not None:
        return None
    hours = stretch.hours * how_many
    price = rule.amount or Decimal(0)
    return Counted(hours, price, hours * price)


def _pieces(rule: RateRule, how_many: Decimal) -> Decimal:
    """Items or rooms that are paid for, in packs where they are let in packs."""
    if rule.target.is_item and rule.quantity.unit in (*ONCE, Unit.SERIES):
        return _ONE
    if rule.quantity.pack:
        return (how_many / rule.quantity.pack).to_integral_value(ROUND_CEILING)
    if rule.target.is_item and rule.quantity.unit is Unit.ITEM and rule.quantity.least > how_many:
        return rule.quantity.least
    return how_many


def _banded(
    rule: RateRule,
    stretch: Stretch,
    facts: Facts,
    units: Decimal,
    how_many: Decimal,
    of_chain: Decimal,
) -> Counted:
    bands = rule.bands
    if bands is None:
        raise AssertionError
    if bands.by == "quantity":
        return _by_pieces(rule, units, how_many)
    if bands.by == "rooms":
        price = by_bands.single(bands, how_many, rule=rule.id)
        return Counted(units, price, units * price)
    if bands.by != rule.quantity.unit.value:
        level = number(bands.by, facts, rule=rule.id)
        price = by_bands.single(bands, level, rule=rule.id)
        quantity = units * _pieces(rule, how_many)
        return Counted(quantity, price, quantity * price)
    if bands.mode is Mode.MARGINAL:
        first = stretch.before
        exact = by_bands.marginal(bands, first, first + units, rule=rule.id) * how_many
        return Counted(units * how_many, _each(exact, units * how_many), exact)
    whole = of_chain if rule.quantity.unit is Unit.HOUR and of_chain else units
    band = by_bands.reached(bands, whole, rule=rule.id)
    if band.amount is None:
        raise Stop(Asked("ask", (rule.id,), words=rule.question))
    share = units / whole if whole else _ONE
    exact = band.amount * (share if band.is_flat else units) * how_many
    return Counted(units * how_many, _each(exact, units * how_many), exact)


def _by_pieces(rule: RateRule, units: Decimal, how_many: Decimal) -> Counted:
    """Items by their number: that many, for each day or hour where the unit is one."""
    bands = rule.bands
    if bands is None:
        raise AssertionError
    times = _ONE if rule.quantity.unit is Unit.ITEM else units
    if bands.mode is Mode.MARGINAL:
        exact = by_bands.marginal(bands, Decimal(0), how_many, rule=rule.id) * times
    else:
        band = by_bands.reached(bands, how_many, rule=rule.id)
        if band.amount is None:
            raise Stop(Asked("ask", (rule.id,), words=rule.question))
        exact = band.amount * (_ONE if band.is_flat else how_many) * times
    return Counted(how_many * times, _each(exact, how_many * times), exact)


def _each(exact: Decimal, quantity: Decimal) -> Decimal:
    return exact / quantity if quantity else exact


def _units(rule: RateRule, stretch: Stretch, facts: Facts, base: Decimal) -> Decimal:
    unit = rule.quantity.unit
    if unit is Unit.POUND:
        return base
    if unit is Unit.HOUR:
        return _hours(stretch, facts, rule)
    if unit is Unit.SESSION:
        return _sessions(rule, stretch, facts)
    if unit in (Unit.DAY, Unit.NIGHT, Unit.WEEK):
        return _days(rule, stretch, facts)
    if unit is Unit.SERIES:
        return Decimal(0) if facts.get("is_later_date") else _ONE
    return _told(rule, facts)


def _told(rule: RateRule, facts: Facts) -> Decimal:
    """Units that are a number of the request; all others count once."""
    unit = rule.quantity.unit
    if unit in (Unit.MONTH, Unit.YEAR):
        months = number("months", facts, rule=rule.id)
        return months if unit is Unit.MONTH else months / 12
    if unit is Unit.PERSON:
        return number("people", facts, rule=rule.id)
    if unit is Unit.MEASURE:
        return number(rule.quantity.of[0], facts, rule=rule.id)
    return _ONE


def _hours(stretch: Stretch, facts: Facts, rule: RateRule) -> Decimal:
    if stretch.is_timed:
        return stretch.hours
    hours = facts.get("hours")
    if hours is None:
        hours = facts.get("period.hours")
    if hours is None:
        raise Stop(missing(frozenset({"hours"}), rule.id))
    return Decimal(hours)


def _sessions(rule: RateRule, stretch: Stretch, facts: Facts) -> Decimal:
    if rule.quantity.length:
        return _hours(stretch, facts, rule) / rule.quantity.length
    window = rule.when.window
    days = {slice_.day_in(window) for slice_ in stretch.slices}
    return Decimal(max(1, len(days)))


def _days(rule: RateRule, stretch: Stretch, facts: Facts) -> Decimal:
    window = rule.when.window
    days = Decimal(len({slice_.day_in(window) for slice_ in stretch.slices}))
    if any(slice_.day is None for slice_ in stretch.slices) or facts.get("days") == 1:
        days = facts.get("days") or _ONE
    if rule.quantity.unit is Unit.NIGHT:
        return max(_ONE, days - 1)
    return days / 7 if rule.quantity.unit is Unit.WEEK else days


def _limited(units: Decimal, quantity: Quantity, rule: RateRule) -> Decimal:
    """Free ones off, raised to the minimum, rounded up to the step, cut to the most."""
    if quantity.included and rule.overage is None:
        units = max(Decimal(0), units - quantity.included)
    if quantity.unit is not Unit.HOUR:
        step = quantity.step or (_ONE if quantity.unit in _ROUNDED_UP and not quantity.least else 0)
        if step:
            units = (units / step).to_integral_value(ROUND_CEILING) * step
        if units and not (rule.target.is_item and quantity.unit is Unit.ITEM):
            units = max(units, quantity.least)
    elif quantity.included and quantity.step:
        units = (units / quantity.step).to_integral_value(ROUND_CEILING) * quantity.step
    return units if quantity.most is None else min(units, quantity.most)
