"""Which help a booking may have as things stand; read again under the locks.

A code that cannot be used is refused in words. One that is not known, and one of another
operator or council, get the same words: nobody learns which codes there are.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from django.contrib.postgres.aggregates import ArrayAgg
from django.db.models import F, Q
from django.utils.translation import gettext as _

from accounts.models import HirerCategory, User
from bookings.errors import Breach
from bookings.models import Allowance, Grant, Voucher, VoucherUse
from bookings.requests import BookingRequest
from bookings.services.hirer import Actor, Hirer
from bookings.services.support import codes
from bookings.services.support.offers import Code, FreeHours, Funding, Offers
from core import words
from spaces.locks import LockClass
from spaces.models import Venue

_REFUSED = "voucher_refused"


def voucher_keys(request: BookingRequest, venue: Venue) -> list[tuple[LockClass, int]]:
    """What to lock so that a voucher's last use goes to one booking only."""
    if not request.voucher_code:
        return []
    found = _voucher(request.voucher_code, venue)
    return [(LockClass.VOUCHER, found.pk)] if found else []


def offers(
    request: BookingRequest,
    venue: Venue,
    who: Hirer,
    *,
    actor: Actor,
    days: Sequence[date],
    today: date,
) -> tuple[Offers, list[Breach]]:
    """What may help on `days`, and why a code cannot be used.

    Two queries for a group, two for a code.
    """  # fmt: skip
    code, refused = None, []
    if request.voucher_code:
        voucher, why = _usable(request.voucher_code, venue, who, actor=actor, today=today)
        if voucher is None:
            refused.append(Breach(_REFUSED, why))
        else:
            code = Code(voucher.pk, voucher.reason, voucher.kind, voucher.value)
    if who.organisation is None or not days:
        return Offers(code=code), refused
    hours = _free_hours(venue, who, days) if request.use_allowance else ()
    return Offers(hours, code, _grants(venue, who, days)), refused


def _here(venue: Venue) -> Q:
    return Q(operator=venue.operator_id) & (Q(venue__isnull=True) | Q(venue=venue.pk))


def _live(venue: Venue, who: Hirer, days: Sequence[date]) -> Q:
    return _here(venue) & Q(
        organisation=who.organisation,
        ended_at__isnull=True,
        used__lt=F("total"),
        first_on__lte=max(days),
        last_on__gte=min(days),
    )


def _free_hours(venue: Venue, who: Hirer, days: Sequence[date]) -> list[FreeHours]:
    """What ends first is spent first."""
    rows = Allowance.objects.filter(_live(venue, who, days)).annotate(
        in_spaces=ArrayAgg("spaces", filter=Q(spaces__isnull=False), default=[])
    )
    return [
        FreeHours(
            row.pk,
            row.reason,
            row.left,
            row.total,
            row.first_on,
            row.last_on,
            frozenset(row.weekdays),
            frozenset(row.in_spaces),
        )
        for row in rows.order_by("last_on", "pk")
    ]


def _grants(venue: Venue, who: Hirer, days: Sequence[date]) -> list[Funding]:
    rows = Grant.objects.filter(_live(venue, who, days)).order_by("last_on", "pk")
    return [
        Funding(
            row.pk, row.funder, row.left, row.first_on, row.last_on, row.percent, row.per_date
        )
        for row in rows
    ]  # fmt: skip


def _voucher(code: str, venue: Venue) -> Voucher | None:
    return Voucher.objects.filter(_here(venue), digest=codes.digest_of(code)).first()


def _usable(
    code: str, venue: Venue, who: Hirer, *, actor: Actor, today: date
) -> tuple[Voucher | None, str]:
    """The voucher, or None and why not."""
    if not isinstance(actor, User):
        return None, _("Sign in to use a voucher.")
    if codes.guesses_too_often(actor):
        return None, _("You entered many wrong codes. Wait an hour, or leave the voucher out.")
    found = _voucher(code, venue)
    if found is None:
        codes.note_miss(actor)
        return None, _("We do not know this voucher here. Check the code, or leave it empty.")
    why = _why_not(found, who, today=today)
    return (None, why) if why else (found, "")


def _why_not(voucher: Voucher, who: Hirer, *, today: date) -> str:
    """Empty where it may be used."""
    if voucher.ended_at is not None:
        return _("This voucher was stopped.")
    if today > voucher.last_on:
        return _("This voucher ran out on %(day)s.") % {"day": words.long_day(voucher.last_on)}
    if today < voucher.first_on:
        day = {"day": words.long_day(voucher.first_on)}
        return _("This voucher can be used from %(day)s on.") % day
    if voucher.left < 1:
        return _("This voucher has been used up.")
    if voucher.categories and who.category not in voucher.categories:
        kinds = ", ".join(str(HirerCategory(one).label) for one in voucher.categories)
        return _("This voucher is only for: %(kinds)s.") % {"kinds": kinds}
    if voucher.once_each and _has_used(voucher, who):
        return _("You have used this voucher already.")
    return ""


def _has_used(voucher: Voucher, who: Hirer) -> bool:
    uses = VoucherUse.objects.filter(source=voucher, released_at__isnull=True)
    if who.organisation is not None:
        return uses.filter(booking__organisation=who.organisation).exists()
    return uses.filter(booking__private_hirer=who.person).exists()
