"""What goes with a price: deposits, what is due when, and what cancelling costs.

Pure: no query, no clock. The command line and bookings call the same functions.
A deposit is asked once for a request, however many dates it has: by the version, the day and the
facts of its first date, and by the price of all.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from decimal import Decimal

from core.clock import london
from tariffs.engine import Decision, Line, PriceAsk
from tariffs.engine.cancel import Notice, charged
from tariffs.engine.closest import closest
from tariffs.engine.facts import Facts
from tariffs.engine.money import Due, Held, deposits, parts_of
from tariffs.engine.question_words import asked
from tariffs.engine.questions import Asked, Stop
from tariffs.engine.slices import Slice, slices_of
from tariffs.quoting import Quoted
from tariffs.rules import TariffDocument
from tariffs.rules.terms import CancelRule, ScheduleRule, Step

_NOTHING = Decimal("0.00")


@dataclass(frozen=True, slots=True)
class Deal:
    """A hire with its price in pounds, as the rules of terms look at it."""

    document: TariffDocument
    facts: Facts
    slices: Sequence[Slice]
    total: Decimal


@dataclass(frozen=True, slots=True)
class Terms:
    """`schedule` is the rule that gave `due`; what must be decided first is open."""

    deposits: tuple[Held, ...] = ()
    due: tuple[Due, ...] = ()
    schedule: str = ""
    open_deposit: Decision | None = None
    open_schedule: Decision | None = None

    @property
    def open(self) -> tuple[Decision, ...]:
        """What somebody must decide before the terms are known."""
        return tuple(one for one in (self.open_deposit, self.open_schedule) if one is not None)

    @property
    def deposit(self) -> Decimal:
        """All deposits together, in pounds."""
        return sum((held.amount for held in self.deposits), _NOTHING)


@dataclass(frozen=True, slots=True)
class Charge:
    """What calling a date off costs. `refund` is what is given back where all was paid."""

    charge: Decimal
    refund: Decimal
    step: Step
    rule: CancelRule


def deal_of(
    document: TariffDocument, ask: PriceAsk, *, total: Decimal, lines: Sequence[Line]
) -> Deal:
    """`ask` with what is known only when it is priced."""
    facts = Facts(document, ask, category=ask.category)
    facts.put("total", total)
    hired = (line.amount for line in lines if line.kind in ("rate", "adjust", "bound"))
    facts.put("hire", sum(hired, _NOTHING))
    return Deal(document, facts, slices_of(ask, document.boundaries), total)


def of_request(
    quotes: Sequence[Quoted], amounts: Sequence[Decimal], *, booked_on: date
) -> tuple[Terms, int | None]:
    """The terms of all dates together, and the version that gives them.

    `quotes` are those of the dates to be booked, in order; `amounts` is what is to pay for each.
    """
    first = quotes[0] if quotes else None
    if first is None or first.ask is None or first.document is None:
        return Terms(), None
    lines = [line for quoted in quotes for line in quoted.priced.lines]
    deal = deal_of(first.document, first.ask, total=sum(amounts, _NOTHING), lines=lines)
    return terms_of(deal, booked_on=booked_on, event_on=day_of(first.ask)), first.version_id


def terms_of(deal: Deal, *, booked_on: date | None, event_on: date | None) -> Terms:
    """Deposits and parts of the price; what a sheet leaves open is a question."""
    made = with_deposits(Terms(), deal)
    return with_schedule(made, deal, booked_on=booked_on, event_on=event_on)


def with_deposits(terms: Terms, deal: Deal) -> Terms:
    """`terms` and the deposits."""
    try:
        return replace(terms, deposits=tuple(deposits(deal.document, deal.facts, deal.slices)))
    except Stop as stop:
        return replace(terms, open_deposit=decision(stop.question, deal.document))


def with_schedule(
    terms: Terms, deal: Deal, *, booked_on: date | None, event_on: date | None
) -> Terms:
    """`terms` and the parts of the price."""
    try:
        rule = closest(deal.document.more.schedules, deal.document, deal.facts, deal.slices)
    except Stop as stop:
        return replace(terms, open_schedule=decision(stop.question, deal.document))
    if rule is None:
        return terms
    due = due_of(deal.document, rule, total=deal.total, booked_on=booked_on, event_on=event_on)
    return replace(terms, due=tuple(due), schedule=rule.id)


def due_of(
    document: TariffDocument,
    rule: ScheduleRule,
    *,
    total: Decimal,
    booked_on: date | None,
    event_on: date | None,
) -> list[Due]:
    """The parts of `total`, which they come to exactly.

    Where fixed sums ask for more than there is, the last ones are cut; what no part takes falls
    due with the last of them.
    """
    left, parts = total, []
    for due in parts_of(document, rule, total=total, booked_on=booked_on, event_on=event_on):
        amount = max(_NOTHING, min(due.amount, left))
        parts.append(replace(due, amount=amount))
        left -= amount
    if left > 0:
        parts[-1] = replace(parts[-1], amount=parts[-1].amount + left)
    return parts


def cancel_rule(deal: Deal, *, by: str) -> CancelRule | Decision | None:
    """The scale that holds where `by` (hirer, venue) calls it off. None: the sheet has none."""
    rules = [rule for rule in deal.document.more.cancels if rule.by == by]
    try:
        return closest(rules, deal.document, deal.facts, deal.slices)
    except Stop as stop:
        return decision(stop.question, deal.document)


def charge_for(
    document: TariffDocument,
    rule: CancelRule,
    *,
    agreed: Decimal,
    notice: Notice,
    event_on: date | None,
) -> Charge | Decision:
    """What becomes of `agreed` pounds by `rule`; a question where its steps leave it open."""
    try:
        step, charge = charged(document, rule, agreed=agreed, notice=notice, event_on=event_on)
    except Stop as stop:
        return decision(stop.question, document)
    return Charge(charge, max(_NOTHING, agreed - charge), step, rule)


def notice_between(now: datetime, starts_at: datetime) -> Notice:
    """Days by the London calendar, whatever the hour; hours as time passes."""
    days = (london(starts_at).date() - london(now).date()).days
    seconds = Decimal(int((starts_at - now).total_seconds()))
    return Notice(Decimal(days), seconds / 3600)


def day_of(ask: PriceAsk) -> date | None:
    """The London day on which a hire begins."""
    if ask.span is not None:
        return london(ask.span.start).date()
    return ask.loose.first if ask.loose else None


def decision(question: Asked, document: TariffDocument) -> Decision:
    """What is open, as somebody reads it."""
    fact = question.facts[0] if question.facts else ""
    return Decision(question.code, asked(question, document), question.rules, fact)
