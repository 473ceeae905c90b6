"""Who stands in the way of an imported date."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from datetime import datetime

from django.db import connection

from core import owners
from spaces.models.claim import ClaimKind

_IN_THE_WAY = """
SELECT DISTINCT d.id, c.owner_kind, c.owner_id
FROM spaces_importeddate d
JOIN spaces_calendarsource s ON s.id = d.source_id
JOIN spaces_spacepart p ON p.space_id = s.space_id
JOIN spaces_claim c
  ON c.space_id = p.part_id AND c.active AND c.kind = %(use)s
 AND tstzrange(c.starts_at, c.ends_at, '[)') && tstzrange(d.starts_at, d.ends_at, '[)')
 AND (c.hold_until IS NULL OR c.hold_until > %(now)s)
WHERE d.id = ANY(%(ids)s::bigint[])
ORDER BY 1, 2, 3
"""


def in_the_way(date_ids: Collection[int], *, now: datetime) -> dict[int, list[str]]:
    """For each of these imported dates the uses it clashes with, in words for staff.

    One query, and one for each kind of owner.
    """
    with connection.cursor() as cursor:
        cursor.execute(_IN_THE_WAY, {"use": int(ClaimKind.USE), "now": now, "ids": list(date_ids)})
        rows = cursor.fetchall()
    by_kind: dict[str, set[int]] = defaultdict(set)
    for _date, kind, owner_id in rows:
        by_kind[kind].add(owner_id)
    named = {kind: owners.kind_named(kind).describe(ids) for kind, ids in by_kind.items()}
    found: dict[int, list[str]] = {pk: [] for pk in date_ids}
    for date_id, kind, owner_id in rows:
        if displaced := named[kind].get(owner_id):
            found[date_id].append(displaced.words)
    return found
