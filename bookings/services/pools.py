"""Pools of spaces that are alike: people ask for a number of desks, and get desks that are free."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from django.utils.translation import gettext as _

from bookings.errors import PoolTooSmall
from bookings.requests import BookingRequest
from bookings.services import planning
from bookings.services.gather import Ground
from bookings.services.hirer import Hirer
from core.errors import NotFound
from core.intervals import Span
from spaces.models import Pool, Space


def widen(request: BookingRequest) -> BookingRequest:
    """The request with every space that its pools could give, to be locked and looked at.

    Raises: NotFound for a pool that is not the venue's, PoolTooSmall for more than it has.
    """
    if not request.pools:
        return request
    chosen = list(request.space_ids)
    for (pool_id, quantity), members in zip(request.pools, _members(request), strict=True):
        # A desk that is also named by itself cannot be one of the desks to choose from.
        left = sum(member not in request.space_ids for member in members)
        if quantity > left:
            message = _("There are only %(n)d in all. Ask for fewer.") % {"n": left}
            raise PoolTooSmall(message, field="pools", reason="pool_too_small", pool=pool_id)
        chosen += members
    return replace(request, space_ids=tuple(dict.fromkeys(chosen)), pools=())


def settle(
    request: BookingRequest, land: Ground, spans: Sequence[Span], who: Hirer, *, now: datetime
) -> BookingRequest:
    """The request with the spaces its pools give: those with the fewest clashes, in their order.

    `land` is the ground of the widened request, with its locks held where anything is written.
    """
    if not request.pools:
        return request
    own = planning.own_uses(who, land, spans, now=now)
    found = planning.clashes(spans, land, own, now=now)
    taken = Counter(breach.space_id for breaches in found.values() for breach in breaches)
    chosen = list(request.space_ids)
    for (_pool_id, quantity), members in zip(request.pools, _members(request), strict=True):
        free_first = sorted(
            (member for member in members if member not in chosen), key=lambda pk: taken[pk]
        )
        chosen += free_first[:quantity]
    return replace(request, space_ids=tuple(chosen), pools=())


def _members(request: BookingRequest) -> list[list[int]]:
    """The bookable spaces of each pool asked for, in the order of the request and of the venue."""
    ids = [pool_id for pool_id, _quantity in request.pools]
    known = set(Pool.objects.filter(pk__in=ids, venue_id=request.venue_id).values_list("pk"))
    if len(known) != len(set(ids)):
        raise NotFound(_("We could not find that. Choose from the venue’s page."))
    by_pool: dict[int, list[int]] = defaultdict(list)
    rows = Space.objects.filter(pool_id__in=ids, is_bookable=True).order_by("position", "name")
    for pk, pool_id in rows.values_list("pk", "pool_id"):
        if pool_id is not None:
            by_pool[pool_id].append(pk)
    return [by_pool[pool_id] for pool_id in ids]
