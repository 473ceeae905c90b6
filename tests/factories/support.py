"""Free hours, vouchers and grants, given by the services."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import Any

from accounts.models import Organisation, User
from bookings.models import Allowance, Grant, Voucher
from bookings.services.support import granting
from bookings.services.support.granting import GrantTerms, HoursGiven, VoucherTerms, Where
from spaces.models import Space, Venue
from tests.factories.accounts import MembershipFactory, OrganisationFactory
from tests.factories.bookings import NOW
from tests.factories.roles import VenueRoleFactory

FIRST, LAST = date(2027, 1, 1), date(2027, 3, 31)


def where(venue: Venue, **more: Any) -> Where:
    """At this venue from January to March 2027."""
    said: dict[str, Any] = {"everywhere": False, "first_on": FIRST, "last_on": LAST}
    return Where(venue=venue, **{**said, "reason": "Food bank", **more})


def member_for(space: Space) -> User:
    """The owner of a group of the space's council."""
    group = OrganisationFactory(council=space.venue.council)
    return MembershipFactory(organisation=group, role="owner").user


def group_of(user: User) -> Organisation:
    return user.organisations.get()


def manager_of(venue: Venue) -> User:
    return VenueRoleFactory(venue=venue).user


def allowance(
    space: Space, group: Organisation, hours: str = "40", *, now: datetime = NOW, **more: Any
) -> Allowance:
    given = {name: more.pop(name) for name in ("weekdays", "space_ids") if name in more}
    return granting.grant_allowance(
        where(space.venue, **more),
        HoursGiven(organisation=group, hours=Decimal(hours), **given),
        actor=manager_of(space.venue),
        now=now,
    )


def voucher(
    venue: Venue, value: str = "5", kind: str = "pounds", *, now: datetime = NOW, **more: Any
) -> tuple[Voucher, str]:
    names = ("uses", "once_each", "categories")
    terms = {name: more.pop(name) for name in names if name in more}
    return granting.make_voucher(
        where(venue, **more),
        VoucherTerms(kind=kind, value=Decimal(value), **terms),
        actor=manager_of(venue),
        now=now,
    )


def grant(
    space: Space, group: Organisation, budget: str, *, now: datetime = NOW, **more: Any
) -> Grant:
    names = ("percent", "per_date")
    terms = {name: Decimal(more.pop(name)) for name in names if name in more}
    return granting.record_grant(
        where(space.venue, **more),
        GrantTerms(organisation=group, funder="Ward fund", budget=Decimal(budget), **terms),
        actor=manager_of(space.venue),
        now=now,
    )
