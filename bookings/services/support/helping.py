"""Puts help into a plan: the preview shows what the booking will do, and both come from here."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from bookings.services.hirer import Actor
from bookings.services.support.applying import apply
from bookings.services.support.finding import offers
from bookings.services.support.offers import FreeHours, Helped, ToHelp
from core import words
from core.clock import london
from core.intervals import Span

if TYPE_CHECKING:
    from bookings.services.planning import Plan, PlannedDate


def helped(plan: Plan, *, actor: Actor, now: datetime) -> Plan:
    """The plan with help taken off the prices of its free dates, and what is left of it."""
    if plan.hirer.organisation is None and not plan.request.voucher_code:
        return plan
    free = plan.free
    days = [london(date.span.start).date() for date in free]
    found, refused = offers(
        plan.request,
        plan.land.venue,
        plan.hirer,
        actor=actor,
        days=days,
        today=london(now).date(),
    )
    spaces = frozenset(space.pk for space in plan.land.spaces)
    priced = [
        (date, ToHelp(date.span, day, spaces, date.quote.priced))
        for date, day in zip(free, days, strict=True)
        if date.quote is not None
    ]
    answers = apply([to_help for _date, to_help in priced], found)
    by_span = {date.span: answer for (date, _to_help), answer in zip(priced, answers, strict=True)}
    return replace(
        plan,
        dates=tuple(_with(date, by_span) for date in plan.dates),
        breaches=(*plan.breaches, *refused),
        notes=_notes(found.free_hours, answers),
    )


def _with(date: PlannedDate, by_span: Mapping[Span, Helped]) -> PlannedDate:
    answer = by_span.get(date.span) if date.is_free else None
    if date.quote is None or answer is None or not answer.helps:
        return date
    quote = replace(date.quote, priced=answer.priced)
    return replace(date, quote=quote, helps=answer.helps)


def _notes(free_hours: Sequence[FreeHours], answers: Sequence[Helped]) -> tuple[str, ...]:
    """What is left of each allowance that has anything to do with these dates."""
    return tuple(_note(one, answers) for one in free_hours)


def _note(one: FreeHours, answers: Sequence[Helped]) -> str:
    spent = sum(
        helps.counted
        for answer in answers
        for helps in answer.helps
        if (helps.kind, helps.source) == ("allowance", one.pk)
    )
    said = {
        "spent": words.length(int(spent)),
        "left": words.length(int(one.left - spent)),
        "total": words.length(int(one.total)),
        "day": words.long_day(one.last_on),
    }
    if spent:
        return (
            _(
                "This uses %(spent)s of your free hours. You then have %(left)s of %(total)s left "
                "until %(day)s."
            )
            % said
        )
    return _("You have %(left)s of %(total)s of free hours left until %(day)s.") % said
