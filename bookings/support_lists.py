"""Free hours, vouchers and grants in words, for lists. Each list is one or two queries."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.models import Organisation
from bookings.models import Allowance, Grant, Voucher
from bookings.models.support import Support
from core import words
from spaces.models import Venue

_MOST = 100


def at_venue(venue: Venue, *, today: date) -> dict[str, list[dict[str, Any]]]:
    """All that is given at a venue, by kind, what still holds first."""
    here = Q(operator=venue.operator_id) & (Q(venue__isnull=True) | Q(venue=venue.pk))
    return {
        "allowances": _rows(_known(Allowance.objects.filter(here), "organisation"), today),
        "vouchers": _rows(_known(Voucher.objects.filter(here)), today),
        "grants": _rows(_known(Grant.objects.filter(here), "organisation"), today),
    }


def of_group(organisation: Organisation, *, today: date) -> list[dict[str, Any]]:
    """What a group has and may still use: free hours, then grants."""
    found: list[dict[str, Any]] = []
    for model in (Allowance, Grant):
        rows = model._default_manager.filter(
            organisation=organisation, ended_at__isnull=True, last_on__gte=today
        )
        found += _rows(_known(rows, "organisation"), today)
    return found


def has_vouchers(venue: Venue, *, today: date) -> bool:
    """Whether a code could be used here today."""
    return Voucher.objects.filter(
        Q(operator=venue.operator_id) & (Q(venue__isnull=True) | Q(venue=venue.pk)),
        ended_at__isnull=True,
        first_on__lte=today,
        last_on__gte=today,
    ).exists()


def _known(rows: QuerySet[Any], *more: str) -> QuerySet[Any]:
    return rows.select_related("venue", "operator__organisation", *more).order_by("-last_on", "pk")


def _rows(rows: QuerySet[Any], today: date) -> list[dict[str, Any]]:
    listed = [_row(row, today) for row in rows[:_MOST]]
    return sorted(listed, key=lambda row: row["is_over"])


def _row(row: Any, today: date) -> dict[str, Any]:
    return {
        "pk": row.pk,
        "title": _title(row),
        "reason": row.reason,
        "left": _left(row),
        "days": _("%(first)s to %(last)s")
        % {"first": words.long_day(row.first_on), "last": words.long_day(row.last_on)},
        "where": row.venue.name if row.venue else row.operator.organisation.name,
        "is_over": row.is_over(today),
        "is_everywhere": row.venue_id is None,
    }


def _title(row: Support) -> str:
    if isinstance(row, Voucher):
        return f"{row.prefix}…: {_gives(row)}"
    if isinstance(row, Grant):
        return _("%(group)s, paid by %(funder)s") % {
            "group": row.organisation.name,
            "funder": row.funder,
        }
    return row.organisation.name if isinstance(row, Allowance) else str(row)


def _gives(row: Voucher) -> str:
    plain = f"{row.value:f}".rstrip("0").rstrip(".")
    if row.kind == Voucher.Kind.POUNDS:
        return _("%(amount)s off") % {"amount": words.pounds(row.value)}
    if row.kind == Voucher.Kind.PERCENT:
        return _("%(percent)s%% off") % {"percent": plain}
    return _("%(hours)s free") % {"hours": words.length(int(row.value * 60))}


def _left(row: Support) -> str:
    """You have 14 hours of 40 hours left, in the words of each kind."""
    if isinstance(row, Allowance):
        said = {"left": words.length(int(row.left)), "total": words.length(int(row.total))}
        return _("%(left)s of %(total)s left") % said
    if isinstance(row, Voucher):
        uses = int(row.total)
        text = ngettext("%(n)d of %(total)d booking left", "%(n)d of %(total)d bookings left", uses)
        return text % {"n": int(row.left), "total": uses}
    said = {"left": words.pounds(row.left), "total": words.pounds(row.total)}
    return _("%(left)s of %(total)s left") % said
