"""One price while help is taken off it: how much of it is hire, and which VAT is in it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import replace
from decimal import Decimal

from django.utils.translation import gettext as _

from core.money import round_to_pence, split
from tariffs.engine import Line, Priced

_NOTHING = Decimal("0.00")
# Free hours pay for spaces, not for what is lent, for fees or for people.
_NOT_HIRE = {"item", "fee", "staff"}
_VAT = "vat"
_OUTSIDE = ("outside", Decimal(0), "")
# How it is treated, the percent, and the rule of VAT that says so.
_Tax = tuple[str, Decimal, str]


class Bill:
    """Pounds still to pay, by treatment for VAT. `hire`: what spaces came to, their VAT added.

    Raises: ValueError for a price that needs a decision.
    """

    def __init__(self, priced: Priced) -> None:
        if priced.total is None:
            message = "there is nothing to take off before there is a price"
            raise ValueError(message)
        self._priced = priced
        self._new: list[Line] = []
        self._vat = priced.vat
        self.left: Decimal = priced.total
        self._net = _sums(line for line in priced.lines if line.kind != _VAT)
        self._hire_net = _sums(
            line for line in priced.lines if line.kind != _VAT and line.kind not in _NOT_HIRE
        )
        self._added = {tax: _added(priced, tax) for tax in self._net}
        self.hire = sum((self._gross(tax, self._hire_net) for tax in self._hire_net), _NOTHING)

    def take_off_hire(self, amount: Decimal, line: Line) -> Decimal:
        """Take off what the spaces cost; `line` gets the amount. What was taken."""
        return self._reduce(amount, line, self._hire_net)

    def take_off(self, amount: Decimal, line: Line) -> Decimal:
        """Take off the whole price, so that VAT falls in proportion. What was taken."""
        return self._reduce(amount, line, self._net)

    def pay_a_part(self, amount: Decimal, line: Line) -> Decimal:
        """Somebody else pays; the price and its VAT stay. What they pay."""
        paid = min(round_to_pence(amount), self.left)
        if paid > 0:
            self._new.append(_of(line, paid, _OUTSIDE))
            self.left -= paid
        return max(paid, _NOTHING)

    def priced(self) -> Priced:
        """The price with the lines for what was taken off."""
        lines = (*self._priced.lines, *self._new)
        return replace(self._priced, lines=lines, total=self.left, vat=self._vat)

    def _gross(self, tax: _Tax, net: dict[_Tax, Decimal]) -> Decimal:
        whole = self._net.get(tax, _NOTHING)
        if not whole:
            return max(net[tax], _NOTHING)
        return max(net[tax] + self._added[tax] * net[tax] / whole, _NOTHING)

    def _reduce(self, amount: Decimal, line: Line, of: dict[_Tax, Decimal]) -> Decimal:
        weights = {tax: self._gross(tax, of) for tax in of}
        taken = min(round_to_pence(amount), round_to_pence(sum(weights.values(), _NOTHING)))
        taken = min(taken, self.left)
        if taken <= 0:
            return _NOTHING
        shares = split(taken, list(weights.values()))
        for tax, share in zip(weights, shares, strict=True):
            if share:
                self._take(tax, share, line)
        self.left -= taken
        return taken

    def _take(self, tax: _Tax, share: Decimal, line: Line) -> None:
        treatment, rate, _rule = tax
        before = self._net[tax] + self._added[tax]
        vat = within = _NOTHING
        if self._added[tax]:
            vat = min(round_to_pence(share * self._added[tax] / before), self._added[tax])
            self._added[tax] -= vat
            self._vat -= vat
        elif treatment == "inclusive":
            within = min(round_to_pence(share * rate / (100 + rate)), self._vat)
            self._vat -= within
        net = share - vat
        self._net[tax] -= net
        if tax in self._hire_net:
            self._hire_net[tax] = max(self._hire_net[tax] - net, _NOTHING)
        if net:
            self._new.append(_of(line, net, tax, vat=within))
        if vat:
            words = _("VAT on: %(what)s") % {"what": line.what}
            about = replace(line, kind=_VAT, what=words[:200], why=_("VAT falls with the price."))
            self._new.append(_of(about, vat, _OUTSIDE, vat=vat))


def _of(line: Line, amount: Decimal, tax: _Tax, *, vat: Decimal = _NOTHING) -> Line:
    """The line that takes `amount` off, and `vat` with it."""
    treatment, rate, rule = tax
    return replace(
        line,
        unit_price=-amount,
        amount=-amount,
        vat=treatment,
        vat_rate=rate,
        vat_rule=rule,
        vat_amount=-vat,
    )


def _sums(lines: Iterable[Line]) -> dict[_Tax, Decimal]:
    found: dict[_Tax, Decimal] = defaultdict(lambda: _NOTHING)
    for line in lines:
        found[line.vat, line.vat_rate, line.vat_rule] += line.amount
    return dict(found)


def _added(priced: Priced, tax: _Tax) -> Decimal:
    """The VAT that lines of its own add to what is treated so."""
    treatment, rate, rule = tax
    if treatment != "exclusive":
        return _NOTHING
    added = (
        line.amount
        for line in priced.lines
        if line.kind == _VAT and line.unit_price == rate and line.vat_rule == rule
    )
    return sum(added, _NOTHING)
