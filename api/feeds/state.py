"""What a space's feed depends on, read in one query, so that an unchanged poll costs no more."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from datetime import date, datetime

from dateutil.relativedelta import relativedelta
from django.conf import settings
from django.db import connection
from django.utils.http import quote_etag

from core import clock, ical
from core.errors import NotFound
from core.intervals import Span
from spaces.models import Venue

# Written out, because putting it together took four fifths of an unchanged poll.
_STATE = """
SELECT space.name, space.slug, venue.name, venue.slug, of.atoms, of.changes,
       (SELECT min(c.hold_until) FROM spaces_claim c
        WHERE c.space_id = ANY(of.atoms) AND c.active AND c.hold_until > %(now)s::timestamptz)
FROM spaces_space space
JOIN spaces_venue venue ON venue.id = space.venue_id AND venue.visibility = %(public)s
CROSS JOIN LATERAL (
    SELECT coalesce(array_agg(atom.id ORDER BY atom.id), '{}') AS atoms,
           coalesce(array_agg(atom.change_no ORDER BY atom.id), '{}') AS changes
    FROM spaces_spacepart part JOIN spaces_space atom ON atom.id = part.part_id
    WHERE part.space_id = space.id
) of
WHERE space.id = %(space)s::bigint
"""
_MOST_ID = 2**63 - 1  # a bigint holds no more
_BACK = relativedelta(months=3)
_AHEAD = relativedelta(months=18)


@dataclass(frozen=True, slots=True)
class FeedState:
    """One public space's feed at one moment.

    `changes` are the change numbers of its atoms. A hold ends by the clock and raises no number
    when it does; `next_expiry`, the soonest of those still running, tells instead.
    """

    space_id: int
    slug: str
    name: str
    venue_slug: str
    venue_name: str
    atoms: tuple[int, ...]
    changes: tuple[int, ...]
    next_expiry: datetime | None
    today: date

    @property
    def window(self) -> Span:
        """Three months back to eighteen ahead, from midnight to midnight in London."""
        first, last = self.today - _BACK, self.today + _AHEAD
        return Span(clock.start_of_day(first), clock.start_of_day(last))

    @property
    def etag(self) -> str:
        """Strong: the same tag means the same bytes."""
        parts = [
            ical.RENDERER,
            settings.OPENHALL_BASE_URL,
            self.space_id,
            self.slug,
            self.name,
            self.venue_slug,
            self.venue_name,
            self.atoms,
            self.changes,
            self.next_expiry.isoformat() if self.next_expiry else None,
            self.today.isoformat(),
        ]
        return quote_etag(hashlib.sha256(json.dumps(parts).encode()).hexdigest()[:32])


def feed_state(space_id: int, *, now: datetime) -> FeedState:
    """The state of a public space's feed. One query.

    Raises: NotFound for an unknown space and for any venue that is not public.
    """
    if space_id > _MOST_ID:
        raise NotFound
    with connection.cursor() as cursor:
        cursor.execute(_STATE, {"space": space_id, "now": now, "public": Venue.Visibility.PUBLIC})
        row = cursor.fetchone()
    if row is None:
        raise NotFound
    name, slug, venue_name, venue_slug, atoms, changes, next_expiry = row
    return FeedState(
        space_id=space_id,
        slug=slug,
        name=name,
        venue_slug=venue_slug,
        venue_name=venue_name,
        atoms=tuple(atoms),
        changes=tuple(changes),
        next_expiry=next_expiry,
        today=clock.london(now).date(),
    )
