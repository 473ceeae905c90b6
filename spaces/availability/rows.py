"""The rows behind availability: spaces with their atoms, live claims, opening spans."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.contrib.postgres.aggregates import ArrayAgg
from django.db import connection

from core.clock import start_of_day
from core.intervals import Span, merge
from spaces.models import Space
from spaces.models.claim import LONG_CLAIM, ClaimKind

# No opening or quiet span is longer: 24 hours, 25 on the night the clocks go back.
LONGEST_SPAN = timedelta(hours=25)


@dataclass(frozen=True, slots=True)
class SpaceRow:
    """What availability needs to know of one space."""

    id: int
    atoms: tuple[int, ...]
    hours_known: bool
    expanded_until: date | None
    setup: timedelta
    cleardown: timedelta
    is_open_through: bool

    @property
    def known_until(self) -> datetime | None:
        """The instant from which nobody has worked out the opening hours yet."""
        if not self.hours_known or self.expanded_until is None:
            return None
        return start_of_day(self.expanded_until)


@dataclass(frozen=True, slots=True)
class Taken:
    """A live claim on an atom."""

    span: Span
    kind: ClaimKind
    is_held: bool

    def widened(self, space: SpaceRow) -> Span:
        """The time in which a use of `space` may not fall, with the space's own buffers.

        A buffer clashes with uses only: two neighbours' buffers may lie over each other, so
        the gap needed is the larger of the two.
        """
        if self.kind is not ClaimKind.USE:
            return self.span
        return Span(self.span.start - space.cleardown, self.span.end + space.setup)


def space_rows(space_ids: Collection[int]) -> dict[int, SpaceRow]:
    """One query. Unknown ids are left out."""
    rows = (
        Space.objects.filter(id__in=list(space_ids))
        .annotate(atoms=ArrayAgg("atom_rows__part_id", default=None))
        .order_by()
        .values_list(
            "id",
            "atoms",
            "hours_known",
            "expanded_until",
            "setup_minutes",
            "cleardown_minutes",
            "open_through_closed_hours",
        )
    )
    return {
        row[0]: SpaceRow(
            id=row[0],
            atoms=tuple(part for part in row[1] or () if part is not None),
            hours_known=row[2],
            expanded_until=row[3],
            setup=timedelta(minutes=row[4]),
            cleardown=timedelta(minutes=row[5]),
            is_open_through=row[6],
        )
        for row in rows
    }


# Short claims by the space's own index with a bound from below; the few long ones apart.
_CLAIMS = """
WITH w AS MATERIALIZED (
    SELECT a, b FROM unnest(%(starts)s::timestamptz[], %(ends)s::timestamptz[]) t(a, b)
)
SELECT c.space_id, c.starts_at, c.ends_at, c.kind, c.hold_until
FROM w CROSS JOIN unnest(%(atoms)s::bigint[]) AS atom(id)
CROSS JOIN LATERAL (
    SELECT c.space_id, c.starts_at, c.ends_at, c.kind, c.hold_until FROM spaces_claim c
    WHERE c.space_id = atom.id AND c.active
      AND c.starts_at > w.a - %(long)s::interval AND c.starts_at < w.b AND c.ends_at > w.a
      AND (c.hold_until IS NULL OR c.hold_until > %(now)s::timestamptz)
    OFFSET 0
) c
UNION
SELECT c.space_id, c.starts_at, c.ends_at, c.kind, c.hold_until
FROM w JOIN spaces_claim c ON c.active AND c.is_long
 AND c.starts_at <= w.a - %(long)s::interval AND c.ends_at > w.a
 AND c.space_id = ANY(%(atoms)s::bigint[])
 AND (c.hold_until IS NULL OR c.hold_until > %(now)s::timestamptz)
"""


def live_claims(
    spaces: Iterable[SpaceRow], windows: Sequence[Span], *, now: datetime
) -> dict[int, list[Taken]]:
    """The live claims on each space's atoms that matter to uses in `windows`. One query."""
    rows = list(spaces)
    margin = max((max(row.setup, row.cleardown) for row in rows), default=timedelta(0))
    with connection.cursor() as cursor:
        parameters: dict[str, Any] = {
            "starts": [window.start - margin for window in windows],
            "ends": [window.end + margin for window in windows],
            "atoms": sorted({atom for row in rows for atom in row.atoms}),
            "long": LONG_CLAIM,
            "now": now,
        }
        cursor.execute(_CLAIMS, parameters)
        by_atom: dict[int, list[Taken]] = defaultdict(list)
        for atom, starts_at, ends_at, kind, hold_until in cursor.fetchall():
            by_atom[atom].append(
                Taken(Span(starts_at, ends_at), ClaimKind(kind), hold_until is not None)
            )
    return {row.id: [taken for atom in row.atoms for taken in by_atom[atom]] for row in rows}


_OPENING = """
SELECT DISTINCT o.space_id, o.starts_at, o.ends_at
FROM unnest(%(starts)s::timestamptz[], %(ends)s::timestamptz[]) w(a, b)
CROSS JOIN unnest(%(spaces)s::bigint[]) AS s(id)
CROSS JOIN LATERAL (
    SELECT o.space_id, o.starts_at, o.ends_at FROM spaces_openingspan o
    WHERE o.space_id = s.id AND o.starts_at > w.a - %(longest)s::interval
      AND o.starts_at < w.b AND o.ends_at > w.a
    OFFSET 0
) o
"""


def opening(space_ids: Collection[int], windows: Sequence[Span]) -> dict[int, list[Span]]:
    """The opening spans that touch `windows`, joined where they meet. One query."""
    with connection.cursor() as cursor:
        parameters: dict[str, Any] = {
            "starts": [window.start for window in windows],
            "ends": [window.end for window in windows],
            "spaces": sorted(space_ids),
            "longest": LONGEST_SPAN,
        }
        cursor.execute(_OPENING, parameters)
        found: dict[int, list[Span]] = defaultdict(list)
        for space_id, starts_at, ends_at in cursor.fetchall():
            found[space_id].append(Span(starts_at, ends_at))
    return {space_id: merge(found[space_id]) for space_id in space_ids}
