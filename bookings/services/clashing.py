"""What of a wish is taken already: spaces by others or by the hirer, and things that are lent.

Several wishes are looked at in as many queries as one; only one of them will be had.
"""

from __future__ import annotations

import uuid
from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta

from django.utils.translation import gettext as _

from bookings import claiming
from bookings.claiming import OwnUse
from bookings.errors import Breach
from bookings.requests import BookingRequest
from bookings.services.gather import Wish, window_of
from bookings.services.hirer import Hirer
from core.intervals import Span
from core.words import long_day, times
from spaces import claims, stock
from spaces.claims import Wanted
from spaces.errors import Conflict
from spaces.models import Space
from spaces.models.claim import ClaimKind

_NOBODY = uuid.UUID(int=0)
_Key = tuple[int, datetime, datetime, int]


def clashes(
    wishes: Sequence[Wish], own: Sequence[OwnUse], *, now: datetime
) -> list[dict[Span, list[Breach]]]:
    """For each wish its clashes by date, in one query for all of them.

    One breach for each space and date, however many parts are taken. `own`: what the hirer has
    in or near the same spaces.
    """
    claimed = [_claimed(wish) for wish in wishes]
    wanted = [_wanted(*key) for key in dict.fromkeys(key for row in claimed for key in row)]
    found: dict[_Key, list[Conflict]] = defaultdict(list)
    for conflict in claims.conflicts(wanted, now=now, ignoring={use.occurrence_id for use in own}):
        key = (conflict.space_id, conflict.starts_at, conflict.ends_at, conflict.wanted_kind)
        found[key].append(conflict)
    return [_breaches(wish, row, found, own) for wish, row in zip(wishes, claimed, strict=True)]


def own_uses(hirer: Hirer, wishes: Sequence[Wish], *, now: datetime) -> list[OwnUse]:
    """What the hirer has already in or near what is wished for; the same for all wishes."""
    if hirer.organisation is None and hirer.person is None:
        return []
    return claiming.uses_of_hirer(
        organisation_id=hirer.organisation.pk if hirer.organisation else None,
        person_id=hirer.person.pk if hirer.person else None,
        space_ids=set().union(*(wish.land.sharing for wish in wishes)),
        window=window_of(wishes),
        now=now,
    )


def _claimed(wish: Wish) -> dict[_Key, tuple[Span, Space]]:
    """What the wish would claim, with the date and the space that it is for."""
    return {
        (atom, piece.start, piece.end, kind): (span, space)
        for span in wish.spans
        for space in wish.land.spaces
        for kind, piece in _pieces(span, *wish.land.buffers[space.id])
        for atom in wish.land.building[space.id]
    }


def _breaches(
    wish: Wish,
    claimed: Mapping[_Key, tuple[Span, Space]],
    found: Mapping[_Key, Sequence[Conflict]],
    own: Sequence[OwnUse],
) -> dict[Span, list[Breach]]:
    breaches: dict[Span, dict[int, Breach]] = defaultdict(dict)
    for key in sorted(claimed, key=lambda key: (key[1], key[0])):
        span, space = claimed[key]
        for conflict in found.get(key, ()):
            words = _clash_words(conflict, space.name, space.id, span)
            breaches[span].setdefault(space.id, words)
    for use, span in _own_overlaps(own, wish.spans):
        taken = set(wish.land.building[use.space_id])
        for space in wish.land.spaces:
            if not taken.isdisjoint(wish.land.building[space.id]):
                breaches[span].setdefault(space.id, _yours(space.name, space.id, use.span, span))
    return {span: list(by_space.values()) for span, by_space in breaches.items()}


def _own_overlaps(own: Sequence[OwnUse], spans: Sequence[Span]) -> list[tuple[OwnUse, Span]]:
    return [(use, span) for use in own for span in spans if use.span.overlaps(span)]


def _pieces(span: Span, setup: int, cleardown: int) -> list[tuple[ClaimKind, Span]]:
    pieces = [(ClaimKind.USE, span)]
    if setup:
        before = Span(span.start - timedelta(minutes=setup), span.start)
        pieces.append((ClaimKind.SETUP, before))
    if cleardown:
        after = Span(span.end, span.end + timedelta(minutes=cleardown))
        pieces.append((ClaimKind.CLEARDOWN, after))
    return pieces


def _wanted(atom_id: int, starts_at: datetime, ends_at: datetime, kind: int) -> Wanted:
    return Wanted(atom_id, starts_at, ends_at, ClaimKind(kind), claiming.OWNER, 0, _NOBODY)


def _clash_words(conflict: Conflict, name: str, space_id: int, span: Span) -> Breach:
    names = {
        "space": name,
        "times": times(conflict.taken_from, conflict.taken_until),
        "day": long_day(conflict.taken_from),
    }
    if conflict.kind == ClaimKind.CLOSURE:
        message = _("%(space)s is closed %(times)s on %(day)s.") % names
    elif conflict.kind in (ClaimKind.SETUP, ClaimKind.CLEARDOWN):
        message = _("%(space)s is kept free %(times)s on %(day)s to clear up or set up.") % names
    else:
        message = _("%(space)s is taken %(times)s on %(day)s.") % names
    return Breach("space_taken", message, span.start, space_id)


def _yours(name: str, space_id: int, taken: Span, span: Span) -> Breach:
    message = _("You have already booked %(space)s %(times)s on %(day)s.") % {
        "space": name,
        "times": times(taken.start, taken.end),
        "day": long_day(taken.start),
    }
    return Breach("space_taken", message, span.start, space_id)


def short_items(
    request: BookingRequest, wishes: Sequence[Sequence[Span]], *, now: datetime
) -> list[dict[Span, list[Breach]]]:
    """For each wish, given by its spans, of which items too few are left then."""
    found: list[dict[Span, list[Breach]]] = [defaultdict(list) for _spans in wishes]
    if not request.items:
        return found
    for shortfall in stock.shortfalls_for_each(request.venue_id, request.items, wishes, now=now):
        message = _("There are only %(free)d of “%(item)s” left %(times)s on %(day)s.") % {
            "free": shortfall.free,
            "item": shortfall.name,
            "times": times(shortfall.span.start, shortfall.span.end),
            "day": long_day(shortfall.span.start),
        }
        breach = Breach("stock_short", message, shortfall.span.start)
        found[shortfall.wish][shortfall.span].append(breach)
    return found
