"""Giving and ending help with the price: free hours, vouchers, grants.

Whoever runs a venue gives it there; for all venues of an operator it takes a role at the
operator or its council. What was given is never made smaller: it is ended, and what was used
before stays.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from django.db import transaction
from django.utils.translation import gettext as _

from accounts import audit
from accounts.models import HirerCategory, Organisation, User
from bookings.models import Allowance, Grant, Voucher
from bookings.models.support import Support
from bookings.services.support import codes
from core import words
from core.errors import BadInput, NotAllowed
from spaces.locks import LockClass, take
from spaces.models import Venue
from spaces.policies import VenuePolicy

_MOST_HOURS = Decimal(8760)
_MOST_POUNDS = Decimal(1_000_000)
_MOST_USES = 100_000
_SIXTY = Decimal(60)


@dataclass(frozen=True, slots=True, kw_only=True)
class Where:
    """At `venue`, or with `everywhere` at all venues of its operator; both days count."""

    venue: Venue
    everywhere: bool
    first_on: date
    last_on: date
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class HoursGiven:
    """`weekdays` (0 is Monday) and `space_ids` empty: every day, every space."""

    organisation: Organisation
    hours: Decimal
    weekdays: Sequence[int] = ()
    space_ids: Sequence[int] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class VoucherTerms:
    """`value`: pounds, percent or hours by `kind`; `uses`: for so many bookings."""

    kind: str
    value: Decimal
    uses: int = 1
    once_each: bool = True
    categories: Sequence[str] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class GrantTerms:
    """Either `percent` of each date or at most `per_date` pounds, until `budget` is used."""

    organisation: Organisation
    funder: str
    budget: Decimal
    percent: Decimal | None = None
    per_date: Decimal | None = None


@transaction.atomic
def grant_allowance(where: Where, given: HoursGiven, *, actor: User, now: datetime) -> Allowance:
    """Give a group free hours.

    Raises: NotAllowed, BadInput.
    """
    _may_give(where, actor)
    _of_the_council(where, given.organisation)
    _between(given.hours, Decimal("0.25"), _MOST_HOURS, field="hours")
    spaces = _spaces(where, given.space_ids)
    made = Allowance.objects.create(
        organisation=given.organisation,
        total=(given.hours * _SIXTY).quantize(Decimal(1)),
        weekdays=sorted(set(given.weekdays)),
        **_common(where, actor, now),
    )
    made.spaces.set(spaces)
    said = _("%(group)s may use %(hours)s free until %(day)s") % {
        "group": given.organisation.name,
        "hours": words.length(int(made.total)),
        "day": words.long_day(made.last_on),
    }
    _record("allowance_granted", made, said, actor=actor, now=now)
    return made


@transaction.atomic
def make_voucher(
    where: Where, terms: VoucherTerms, *, actor: User, now: datetime
) -> tuple[Voucher, str]:
    """A voucher and its code, which is told now and never again.

    Raises: NotAllowed, BadInput.
    """
    _may_give(where, actor)
    if terms.kind not in Voucher.Kind.values:
        raise BadInput(_("Choose what the voucher gives."), field="kind")
    most = Decimal(100) if terms.kind == Voucher.Kind.PERCENT else Decimal(99_999)
    _between(terms.value, Decimal("0.01"), most, field="value")
    _between(Decimal(terms.uses), Decimal(1), Decimal(_MOST_USES), field="uses")
    if not set(terms.categories) <= set(HirerCategory.values):
        raise BadInput(_("Choose kinds of hirer from the list."), field="categories")
    code = codes.new_code()
    made = Voucher.objects.create(
        digest=codes.digest_of(code),
        prefix=code[:4],
        kind=terms.kind,
        value=terms.value,
        total=terms.uses,
        once_each=terms.once_each,
        categories=list(terms.categories),
        **_common(where, actor, now),
    )
    said = _("A voucher that begins with %(prefix)s, for %(uses)d bookings") % {
        "prefix": made.prefix,
        "uses": terms.uses,
    }
    _record("voucher_made", made, said, actor=actor, now=now)
    return made, code


@transaction.atomic
def record_grant(where: Where, terms: GrantTerms, *, actor: User, now: datetime) -> Grant:
    """Note that a funder pays a part for a group.

    Raises: NotAllowed, BadInput.
    """
    _may_give(where, actor)
    _of_the_council(where, terms.organisation)
    _between(terms.budget, Decimal("0.01"), _MOST_POUNDS, field="budget")
    if (terms.percent is None) == (terms.per_date is None):
        message = _("Fill in the percent or the pounds for each date, not both.")
        raise BadInput(message, field="percent")
    if terms.percent is not None:
        _between(terms.percent, Decimal("0.01"), Decimal(100), field="percent")
    if terms.per_date is not None:
        _between(terms.per_date, Decimal("0.01"), _MOST_POUNDS, field="per_date")
    made = Grant.objects.create(
        organisation=terms.organisation,
        funder=terms.funder.strip(),
        total=terms.budget,
        percent=terms.percent,
        per_date=terms.per_date,
        **_common(where, actor, now),
    )
    said = _("%(funder)s pays up to %(budget)s for %(group)s") % {
        "funder": made.funder,
        "budget": words.pounds(made.total),
        "group": terms.organisation.name,
    }
    _record("grant_recorded", made, said, actor=actor, now=now)
    return made


@transaction.atomic
def end_allowance(allowance: Allowance, *, actor: User, now: datetime) -> None:
    """No more of these hours from now on; what was spent stays. Raises: NotAllowed."""
    take([(LockClass.ORGANISATION, allowance.organisation_id)])
    _end(allowance, "allowance_ended", _("Free hours ended"), actor=actor, now=now)


@transaction.atomic
def stop_voucher(voucher: Voucher, *, actor: User, now: datetime) -> None:
    """Nobody can use it from now on; bookings made with it stay. Raises: NotAllowed."""
    take([(LockClass.VOUCHER, voucher.pk)])
    _end(voucher, "voucher_stopped", _("Voucher stopped"), actor=actor, now=now)


@transaction.atomic
def end_grant(grant: Grant, *, actor: User, now: datetime) -> None:
    """It pays for no more bookings; what it pays already stays. Raises: NotAllowed."""
    take([(LockClass.ORGANISATION, grant.organisation_id)])
    _end(grant, "grant_ended", _("Grant ended"), actor=actor, now=now)


def can_give_everywhere(actor: User, venue: Venue) -> bool:
    """Whether the person may give help at all venues of this venue's operator."""
    return VenuePolicy(actor).operators().filter(pk=venue.operator_id).exists()


def _may_give(where: Where, actor: User) -> None:
    if not VenuePolicy(actor).can_manage(where.venue):
        raise NotAllowed
    if where.everywhere and not can_give_everywhere(actor, where.venue):
        raise NotAllowed
    if where.last_on < where.first_on:
        raise BadInput(_("The last day must not be before the first."), field="last_on")
    if not where.reason.strip():
        raise BadInput(_("Say what it is for."), field="reason")


def _of_the_council(where: Where, organisation: Organisation) -> None:
    if organisation.council_id != where.venue.council_id:
        raise BadInput(_("Choose a group from the list."), field="organisation")


def _between(value: Decimal, least: Decimal, most: Decimal, *, field: str) -> None:
    if not value.is_finite() or not least <= value <= most:
        message = _("Enter a number from %(least)s to %(most)s.") % {
            "least": f"{least:f}",
            "most": f"{most:f}",
        }
        raise BadInput(message, field=field)


def _spaces(where: Where, space_ids: Sequence[int]) -> list[int]:
    found = list(where.venue.spaces.filter(pk__in=space_ids).values_list("pk", flat=True))
    if len(found) != len(set(space_ids)) or (found and where.everywhere):
        raise BadInput(_("Choose spaces of this venue only."), field="spaces")
    return found


def _common(where: Where, actor: User, now: datetime) -> dict[str, object]:
    return {
        "operator_id": where.venue.operator_id,
        "venue": None if where.everywhere else where.venue,
        "first_on": where.first_on,
        "last_on": where.last_on,
        "reason": where.reason.strip(),
        "made_by": actor,
        "made_at": now,
    }


def _end(support: Support, verb: str, said: str, *, actor: User, now: datetime) -> None:
    venue, policy = support.venue, VenuePolicy(actor)
    allowed = (
        policy.can_manage(venue)
        if venue is not None
        else policy.operators().filter(pk=support.operator_id).exists()
    )
    if not allowed:
        raise NotAllowed
    if support.ended_at is None:
        # Never the whole row: what is used of it is the database's to count.
        support.ended_at = now
        support.save(update_fields=["ended_at"])
        _record(verb, support, said, actor=actor, now=now)


def _record(verb: str, support: Support, said: str, *, actor: User, now: datetime) -> None:
    council = support.operator.council
    audit.record(verb, support, said, actor=actor, now=now, council=council)
