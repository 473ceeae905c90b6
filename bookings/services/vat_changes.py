"""Keeps on record that a block stopped being a series for VAT, until a manager settles it.

Cancelling never charges anybody: the kept price stays as it is, and the manager sees what became
due. To add it to the price, or to bear it, is the manager's step, and only then lines change.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from decimal import Decimal

from django.db import transaction
from django.utils.translation import gettext as _

from accounts import audit
from accounts.models import User
from bookings import notifications
from bookings.models import Booking, Occurrence, QuoteLine, VatChange
from bookings.policies import BookingPolicy
from bookings.services import steps, terms
from bookings.services.vat import Breaks, if_cancelled, series_lines
from core import words
from core.errors import BadInput, NotAllowed, StateConflict
from tariffs.services import Due
from tariffs.vat.amounts import shared
from tariffs.vat.rules import Rule

_ADDED = VatChange.Settled.ADDED
_MARKS = ["vat", "vat_rate", "vat_amount", "vat_rule", "vat_why"]


def retest(booking: Booking, *, actor: User | None, now: datetime) -> VatChange | None:
    """Test a block again after dates of it went; the change that is open now, if any.

    Callers hold the locks of its dates. `actor` None: nobody answered in time.
    """
    if not _is_series(booking):
        return None
    breaks = if_cancelled(_fresh(booking))
    held = booking.vat_changes.filter(settled="").first()
    if breaks is None:
        if held is not None:
            held.delete()
        return None
    change = held or VatChange(booking=booking)
    change.at = now
    change.failed = [failed.code for failed in breaks.answer.failed_conditions]
    change.words = breaks.words[:500]
    change.amount, change.rate, change.is_added = breaks.amount, breaks.rate, breaks.is_added
    change.save()
    audit.record(
        "vat_series_broken",
        booking,
        _("Booking %(reference)s is no series for VAT any more: %(amount)s is due")
        % {"reference": booking.reference, "amount": words.pounds(change.amount)},
        actor=actor,
        now=now,
    )
    notifications.tell_vat_due(booking, list(breaks.dates), change.words, now=now)
    return change


@transaction.atomic
def settle_vat_change(change: VatChange, how: str, *, actor: User, now: datetime) -> VatChange:
    """Add the VAT to the price of each date, or let the venue bear it within the price.

    Raises: NotAllowed, BadInput, StateConflict where it is settled already or no date is left.
    """
    booking = change.booking
    if not BookingPolicy(actor).can_decide(booking):
        raise NotAllowed
    if how not in VatChange.Settled.values or (how == _ADDED and not change.is_added):
        raise BadInput(_("Choose whether the VAT is added or not."), field="how")
    steps.lock(booking, now=now)
    steps.locked_dates(booking)
    held = VatChange.objects.select_for_update().get(pk=change.pk)
    breaks = None if held.settled else if_cancelled(_fresh(booking))
    if breaks is None:
        raise StateConflict
    held.amount = _add(breaks) if how == _ADDED else _bear(breaks)
    held.settled, held.settled_at = how, now
    held.save(update_fields=["amount", "settled", "settled_at"])
    audit.record(
        "vat_change_settled",
        booking,
        _("Booking %(reference)s: %(amount)s VAT: %(how)s")
        % {
            "reference": booking.reference,
            "amount": words.pounds(held.amount),
            "how": held.get_settled_display(),
        },
        actor=actor,
        now=now,
    )
    if how == _ADDED:
        terms.spread_anew(booking, now=now)
        notifications.tell_vat_added(booking, list(breaks.dates), held.amount, now=now)
    return held


def _add(breaks: Breaks) -> Decimal:
    """A line of VAT for each date, on top of what was agreed."""
    for date, due, lines in _with_lines(breaks):
        for line in lines:
            _mark(line, due, "exclusive", breaks)
        position = max(line.position for line in date.quote_lines.all()) + 1
        QuoteLine.objects.create(
            occurrence=date,
            version_id=lines[0].version_id,
            position=position,
            kind="vat",
            rule=Rule.SPORTS.value,
            what=_("VAT"),
            quantity=1,
            unit="percent",
            unit_price=due.rate,
            amount=due.amount,
            list_amount=due.amount,
            vat="outside",
            vat_amount=due.amount,
            vat_rule=Rule.SPORTS.value,
            vat_why=lines[0].vat_why,
            why=_("The block is no series for VAT any more."),
            is_estimate=lines[0].is_estimate,
        )
        QuoteLine.objects.bulk_update(lines, _MARKS)
    return breaks.amount


def _bear(breaks: Breaks) -> Decimal:
    """The same price, with VAT within it."""
    total = Decimal("0.00")
    for _date, due, lines in _with_lines(breaks):
        parts = shared([line.amount for line in lines], due.rate)
        for line, part in zip(lines, parts, strict=True):
            _mark(line, due, "inclusive", breaks)
            line.vat_amount = part
            total += part
        QuoteLine.objects.bulk_update(lines, _MARKS)
    return total


def _mark(line: QuoteLine, due: Due, treatment: str, breaks: Breaks) -> None:
    line.vat, line.vat_rate, line.vat_rule = treatment, due.rate, Rule.SPORTS.value
    line.vat_why = breaks.answer.words[:500]


def _with_lines(breaks: Breaks) -> Iterable[tuple[Occurrence, Due, list[QuoteLine]]]:
    for date, due in zip(breaks.dates, breaks.due, strict=True):
        yield date, due, series_lines(date)


def _is_series(booking: Booking) -> bool:
    kept = QuoteLine.objects.filter(occurrence__booking=booking, vat_rule=Rule.SERIES)
    return kept.exists()


def _fresh(booking: Booking) -> Booking:
    """The booking with its dates and kept prices as they are now."""
    rows = Booking.objects.select_related("organisation", "venue")
    return rows.prefetch_related("occurrences__quote_lines").get(pk=booking.pk)
