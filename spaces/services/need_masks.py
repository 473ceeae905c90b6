"""The kept answers in short: what holds at any time, as bits, so that search adds nothing up.

Summed up from the rows of `SpaceNeed` by one statement, in the transaction that writes those.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator

from core import sql
from spaces.access_facts import NEEDS

_SUMMED = """
SELECT n.venue_id, n.space_id,
    coalesce(bit_or(b.bit) FILTER (WHERE n.is_always AND n.state = 'yes'), 0) AS yes,
    coalesce(bit_or(b.bit) FILTER (WHERE n.is_always AND n.state = 'no'), 0) AS no
FROM spaces_spaceneed n JOIN (
    SELECT need, 1::bigint << (n::int - 1) AS bit
    FROM unnest(%(needs)s::text[]) WITH ORDINALITY AS t(need, n)
) b ON b.need = n.need
WHERE n.venue_id = ANY(%(venues)s::bigint[]) GROUP BY 1, 2
"""
_REFRESH = f"""
WITH summed AS ({_SUMMED}), gone AS (
    DELETE FROM spaces_needmasks k WHERE k.venue_id = ANY(%(venues)s::bigint[]) AND NOT EXISTS (
        SELECT 1 FROM summed s
        WHERE s.venue_id = k.venue_id AND s.space_id IS NOT DISTINCT FROM k.space_id)
)
INSERT INTO spaces_needmasks AS k (venue_id, space_id, yes, no) SELECT * FROM summed
ON CONFLICT (venue_id, space_id) DO UPDATE SET yes = excluded.yes, no = excluded.no
WHERE (k.yes, k.no) <> (excluded.yes, excluded.no)
"""  # noqa: S608 - only our own words are put in
_DIFFERENCES = f"""
SELECT coalesce(s.venue_id, k.venue_id), coalesce(s.space_id, k.space_id)
FROM ({_SUMMED}) s FULL JOIN (
    SELECT * FROM spaces_needmasks WHERE venue_id = ANY(%(venues)s::bigint[])
) k ON k.venue_id = s.venue_id AND k.space_id IS NOT DISTINCT FROM s.space_id
WHERE (k.yes, k.no) IS DISTINCT FROM (s.yes, s.no)
ORDER BY 1, 2
"""  # noqa: S608 - only our own words are put in


def refresh(venue_ids: Collection[int]) -> None:
    """Sum the answers of these venues up anew. One statement; call it inside a transaction."""
    sql.run(_REFRESH, _of(venue_ids))


def differences(venue_ids: Collection[int]) -> Iterator[str]:
    """Where the sums are not what the rows say, in words for the log. One query."""
    for venue_id, space_id in sql.rows(_DIFFERENCES, _of(venue_ids)):
        yield f"venue {venue_id}, space {space_id}: the answers in short are out of date"


def _of(venue_ids: Collection[int]) -> dict[str, list[int] | list[str]]:
    return {"venues": sorted(venue_ids), "needs": list(NEEDS)}
