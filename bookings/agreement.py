"""What goes with the price of some dates, as values."""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal

from django.utils.translation import gettext as _

from bookings.models import By
from tariffs.engine.money import Due
from tariffs.rules.terms import CancelRule
from tariffs.terms import Terms

_NOTHING = Decimal("0.00")


@dataclass(frozen=True, slots=True)
class Scale:
    """What holds where `by` calls a date off; `rule` None: `question` says what is open."""

    by: str
    version_id: int
    rule: CancelRule | None
    question: str = ""


@dataclass(frozen=True, slots=True)
class Agreement:
    """What goes with the price of some dates; `scales` has an entry for each, in order."""

    terms: Terms = field(default_factory=Terms)
    total: Decimal = _NOTHING
    version_id: int | None = None
    scales: tuple[tuple[Scale, ...], ...] = ()

    @property
    def due(self) -> tuple[Due, ...]:
        """The parts of `total`; one without a day where the rates leave the schedule open."""
        if self.terms.open_schedule is not None:
            return (undated(self.total, self.terms.open_schedule.words),)
        return self.terms.due


def undated(total: Decimal, why: str) -> Due:
    """All of it, by a day that nobody has said; `why` is the question."""
    return Due(on=None, amount=total, why=why, is_returned=True)


def deposits_of(terms: Terms) -> list[tuple[str, Decimal | None, str]]:
    """Name, pounds and reason of each deposit; an open one has no amount, but the question."""
    if terms.open_deposit is not None:
        return [("deposit", None, terms.open_deposit.words)]
    return [(held.name, held.amount, held.why) for held in terms.deposits if held.amount]


def unsaid(by: str) -> str:
    """That the rates are silent."""
    if by == By.VENUE:
        return _("The rates do not say what is given back when the venue cancels. Ask the venue.")
    return _("The rates do not say what cancelling costs. Ask the venue.")
