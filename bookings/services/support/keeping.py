"""Keeps what helped with a booking, and gives it back when a date is given up."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django.db import IntegrityError, transaction

from bookings.models import AllowanceSpend, Booking, GrantShare, Occurrence, VoucherUse
from bookings.services.support.offers import Help
from bookings.transitions import LIVE
from core.errors import TryAgain
from spaces.claims import violated_constraint

if TYPE_CHECKING:
    from bookings.services.planning import PlannedDate

_SPENT = {"allowance_not_overspent", "voucher_not_overused", "grant_not_overspent"}


def keep(booking: Booking, pairs: Iterable[tuple[Occurrence, PlannedDate]]) -> None:
    """Write what each date uses. At most three statements, none where nothing helped.

    Raises: TryAgain where the database says that it was used up, which the locks prevent.
    """
    used = [(occurrence, one) for occurrence, date in pairs for one in date.helps]
    if not used:
        return
    try:
        with transaction.atomic():
            AllowanceSpend.objects.bulk_create(
                AllowanceSpend(occurrence=occurrence, **_row(one))
                for occurrence, one in used
                if one.kind == "allowance"
            )
            _keep_voucher(booking, [one for _date, one in used if one.kind == "voucher"])
            GrantShare.objects.bulk_create(
                GrantShare(occurrence=occurrence, **_row(one))
                for occurrence, one in used
                if one.kind == "grant"
            )
    except IntegrityError as error:
        if violated_constraint(error) not in _SPENT:
            raise
        raise TryAgain from error


def _row(one: Help) -> dict[str, Any]:
    return {"source_id": one.source, "counted": one.counted, "amount": one.amount}


def _keep_voucher(booking: Booking, helps: list[Help]) -> None:
    """One use, however many dates it helped with."""
    if helps:
        amount = sum((one.amount for one in helps), Decimal("0.00"))
        VoucherUse.objects.create(
            source_id=helps[0].source, booking=booking, counted=1, amount=amount
        )


def give_back(occurrence_ids: Collection[int], *, now: datetime) -> None:
    """What these dates used is there again; a voucher once no date of its booking stands.

    Called with the locks of `steps.keys_of` held, after the states were changed.
    """
    for model in (AllowanceSpend, GrantShare):
        model._default_manager.filter(
            occurrence__in=occurrence_ids, released_at__isnull=True
        ).update(released_at=now)
    standing = Occurrence.objects.filter(state__in=LIVE).values("booking")
    VoucherUse.objects.filter(
        booking__occurrences__in=occurrence_ids, released_at__isnull=True
    ).exclude(booking__in=standing).update(released_at=now)
