"""A place far from all others of its list is mostly a slip in its coordinates."""

from __future__ import annotations

from collections.abc import Sequence
from statistics import median

from spaces.importing.geography import metres_between
from spaces.importing.records import VenueRecord

_FEWEST = 8
_LEAST_METRES = 60_000
_TIMES = 8


def far_from_all(records: Sequence[VenueRecord | None]) -> dict[int, int]:
    """By `id` of the record: kilometres from the middle, for those absurdly far away."""
    placed = [
        (record, (record.fields["latitude"], record.fields["longitude"]))
        for record in records
        if record is not None and record.fields["latitude"] is not None
    ]
    if len(placed) < _FEWEST:
        return {}
    middle = (
        median(place[0] for _record, place in placed),
        median(place[1] for _record, place in placed),
    )
    metres = [metres_between(middle, place) for _record, place in placed]
    limit = max(_LEAST_METRES, _TIMES * median(metres))
    return {
        id(record): round(far / 1000)
        for (record, _place), far in zip(placed, metres, strict=True)
        if far > limit
    }
