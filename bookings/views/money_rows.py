"""What is paid and when, as rows of a summary list: on a plan and on a booking."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from bookings import paying
from bookings.agreement import Scale, deposits_of, unsaid
from bookings.models import Booking, By, Occurrence, State
from bookings.paying import Owed
from bookings.services import terms
from bookings.services.charging import Foreseen
from bookings.services.planning import Plan
from bookings.transitions import WAITING
from core import words
from core.clock import london

_STANDING = (State.REQUESTED, State.HELD, State.CONFIRMED, State.ATTENDED)
_NOTHING = Decimal("0.00")
Rows = list[dict[str, Any]]


def of_plan(plan: Plan, *, total: Decimal | None, listed: Decimal, today: date) -> Rows:
    """Full price, what is paid, deposits, what is due when, and what cancelling costs."""
    if total is None:
        return []
    deposits = [paying.deposit_line(*row) for row in deposits_of(plan.agreement.terms)]
    due = paying.owed(plan.agreement.due)
    at_once = _("now, when you book") if plan.is_instant else paying.at_yes()
    found: list[tuple[str, list[str]]] = [
        (_("Full price"), [words.price(listed)] if listed > total else []),
        (_("You pay"), [words.price(total)]),
        (_("Deposit"), deposits),
        (_("What is due when"), _due(due, total=total, today=today, at_once=at_once)),
    ]
    return _rows([*found, *_cancelling(plan.agreement.scales, total=total)])


def of_booking(booking: Booking, *, for_hirer: bool) -> Rows:
    """What is kept with a booking that `queries.for_page` read: of dates that stand, and of others.

    The payments are those that were agreed; what cancelling changed since has a row of its own.
    """
    cancelled = _rows([(_("Dates that were cancelled"), _cancelled(booking))])
    dates = [row for row in booking.occurrences.all() if row.state in _STANDING]
    if not dates or any(not row.quote_lines.all() for row in dates):
        return cancelled
    total = sum((line.amount for row in dates for line in row.quote_lines.all()), _NOTHING)
    asked = london(booking.created_at).date()
    waits = any(row.state in WAITING for row in dates)
    deposits = [
        paying.deposit_line(row.name, row.amount, row.why) for row in booking.deposits.all()
    ]
    due = paying.owed_rows(booking.due_parts.all())
    found = [
        (_("Deposit"), deposits),
        (
            _("What is due when"),
            _due(due, total=total, today=asked, at_once=paying.at_yes() if waits else ""),
        ),
    ]
    scales = _cancelling(terms.read_scales(dates), total=total, for_hirer=for_hirer)
    return [*_rows([*found, *scales]), *cancelled]


def of_cancelling(foreseen: Sequence[Foreseen], dates: Sequence[Occurrence]) -> dict[str, Any]:
    """What each date would cost, and what it comes to in all."""
    known = {one.occurrence.pk: one for one in foreseen}
    return {
        "rows": [
            {
                "when": words.when(date.starts_at, date.ends_at),
                "cost": _cost(known.get(date.pk), date),
            }
            for date in dates
        ],
        "charge": sum((one.charge for one in foreseen if one.charge is not None), _NOTHING),
        "refund": sum((one.refund for one in foreseen if one.refund is not None), _NOTHING),
        "is_open": any(one.charge is None for one in foreseen),
        "is_known": any(one.charge is not None for one in foreseen),
    }


def charge_of(date: Occurrence) -> str:
    """What a date that was called off costs, in words; empty where it costs nothing known."""
    row = getattr(date, "cancellation_charge", None)
    return paying.charge_line(row.charge, row.refund, row.why) if row else ""


def _cancelled(booking: Booking) -> list[str]:
    """What the dates that were called off come to."""
    charges = [getattr(date, "cancellation_charge", None) for date in booking.occurrences.all()]
    kept = [charge for charge in charges if charge is not None]
    known = [row for row in kept if row.charge is not None]
    lines = []
    if known:
        charge = sum((row.charge for row in known), _NOTHING)
        refund = sum((row.refund for row in known), _NOTHING)
        lines.append(paying.charge_line(charge, refund, ""))
    if len(known) < len(kept):
        lines.append(_("The venue must still decide on some of them."))
    return lines


def _cost(found: Foreseen | None, date: Occurrence) -> str:
    if found is not None:
        return paying.charge_line(found.charge, found.refund, found.why)
    if date.state == State.CONFIRMED:
        return _("No price was agreed for this date. Ask the venue.")
    return _("Nothing to pay: the venue has not said yes.")


def _due(due: Sequence[Owed], *, total: Decimal, today: date, at_once: str) -> list[str]:
    """`at_once`: in words, when that is due which is due `today`."""
    if not total:
        return []
    lines = [
        paying.due_line(part, when=at_once if part.on and part.on <= today else "") for part in due
    ]
    return lines or [_("The venue will tell you when to pay.")]


def _cancelling(
    scales: Sequence[tuple[Scale, ...]], *, total: Decimal, for_hirer: bool = True
) -> list[tuple[str, list[str]]]:
    by_hirer = _grouped(paying.groups(scales, By.HIRER))
    if not by_hirer and total:
        by_hirer = [unsaid(By.HIRER)]
    return [
        (_("If you cancel") if for_hirer else _("If the hirer cancels"), by_hirer),
        (_("If the venue cancels"), _grouped(paying.groups(scales, By.VENUE))),
    ]


def _grouped(groups: Iterable[paying.Group]) -> list[str]:
    return [line for group in groups for line in (group.heading, *group.lines) if line]


def _rows(found: Iterable[tuple[str, list[str]]]) -> Rows:
    return [{"key": key, "lines": lines} for key, lines in found if lines]
