"""The events of a busy feed: one for each use, hold, closure, imported event or occupation."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import NamedTuple

from django.db import connection

from core.intervals import Span
from spaces.models.claim import ClaimKind

# Seconds instead of timestamps: the driver takes longer to read one than we take to write it.
# A use takes a claim on each part of a divided hall, all with its one UID; buffers are nobody's
# business and stay out. One UID at several times (an occupation by the hour) gives several rows.
_EVENTS = """
SELECT c.uid::text, extract(epoch FROM c.starts_at)::bigint, extract(epoch FROM c.ends_at)::bigint,
       max(c.sequence), floor(extract(epoch FROM max(c.changed_at)))::bigint, min(c.kind),
       bool_and(c.hold_until IS NOT NULL)
FROM spaces_claim c
WHERE c.space_id = ANY(%(atoms)s::bigint[]) AND c.active AND c.kind = ANY(%(kinds)s::int[])
  AND c.starts_at < %(until)s AND c.ends_at > %(since)s
  AND (c.hold_until IS NULL OR c.hold_until > %(now)s::timestamptz)
GROUP BY c.uid, c.starts_at, c.ends_at
ORDER BY c.starts_at, c.ends_at, c.uid
"""
_SHOWN = (ClaimKind.USE, ClaimKind.CLOSURE, ClaimKind.IMPORTED, ClaimKind.OCCUPATION)


class BusyRow(NamedTuple):
    """[starts_at, ends_at) is not to be had. Nothing here tells who or what for."""

    uid: str
    starts_at: datetime
    ends_at: datetime
    sequence: int
    changed_at: datetime
    kind: int
    is_held: bool


def busy_rows(atoms: Sequence[int], window: Span, *, now: datetime) -> list[BusyRow]:
    """The events that touch `window`, in time order. One query."""
    with connection.cursor() as cursor:
        cursor.execute(
            _EVENTS,
            {
                "atoms": list(atoms),
                "kinds": [int(kind) for kind in _SHOWN],
                "since": window.start,
                "until": window.end,
                "now": now,
            },
        )
        return [
            BusyRow(uid, _at(starts_at), _at(ends_at), sequence, _at(changed_at), kind, is_held)
            for uid, starts_at, ends_at, sequence, changed_at, kind, is_held in cursor.fetchall()
        ]


def _at(seconds: int) -> datetime:
    return datetime.fromtimestamp(seconds, UTC)
