"""Prices by bands: each part of a number at its own price, or one band for all of it."""

from __future__ import annotations

from decimal import Decimal

from tariffs.engine.questions import Asked, Stop
from tariffs.rules.shape import Band, Bands, Mode


def reached(bands: Bands, amount: Decimal, *, rule: str) -> Band:
    """The one band that `amount` falls in.

    Raises: Stop where it falls in none, or in two that differ.
    """
    found = [band for band in bands.bands if band.range.holds(amount)]
    if not found:
        raise Stop(Asked("no_band", (rule,), words=_plain(amount), detail={"by": bands.by}))
    if len({(band.amount, band.is_flat) for band in found}) > 1:
        raise Stop(Asked("two_bands", (rule,), words=_plain(amount), detail={"by": bands.by}))
    return found[0]


def marginal(bands: Bands, first: Decimal, last: Decimal, *, rule: str) -> Decimal:
    """What the stretch from `first` to `last` costs, each part at the price of its band.

    Raises: Stop where a part has no band, or a block price has begun before `first`.
    """
    if not bands.every:
        return _marginal(bands, first, last, rule=rule)
    total = Decimal(0)
    full, rest = divmod(last, bands.every)
    total += full * _marginal(bands, Decimal(0), bands.every, rule=rule)
    return total + _marginal(bands, Decimal(0), rest, rule=rule)


def _marginal(bands: Bands, first: Decimal, last: Decimal, *, rule: str) -> Decimal:
    total = Decimal(0)
    at = first
    for band in bands.bands:
        low = band.range.low or Decimal(0)
        high = last if band.range.high is None else min(band.range.high, last)
        if high <= at or low >= last:
            continue
        if low > at:
            break
        if band.amount is None:
            raise Stop(Asked("ask", (rule,)))
        if band.is_flat and low < at:
            raise Stop(Asked("block_cut", (rule,), words=_plain(at), detail={"by": bands.by}))
        total += band.amount if band.is_flat else band.amount * (high - at)
        at = high
    if at < last:
        raise Stop(Asked("no_band", (rule,), words=_plain(last), detail={"by": bands.by}))
    return total


def single(bands: Bands, amount: Decimal, *, rule: str) -> Decimal:
    """The price of one where `amount` is another number than what is counted.

    Raises: Stop where the sheet leaves it open.
    """
    if bands.mode is Mode.MARGINAL:
        return marginal(bands, Decimal(0), amount, rule=rule)
    band = reached(bands, amount, rule=rule)
    if band.amount is None:
        raise Stop(Asked("ask", (rule,)))
    return band.amount


def _plain(amount: Decimal) -> str:
    text = f"{amount:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text
