"""What decides the needs of a few spaces at this moment, from the answers that are kept."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Q

from spaces.access_facts import State
from spaces.models import SpaceNeed

# Without a time the best of the week counts, as in the search.
_BEST = {State.YES: 0, State.UNKNOWN: 1, State.NO: 2}


@dataclass(frozen=True, slots=True)
class Known:
    """Whether a need is met, and what decides it (`spaces.routes.words` says it in words)."""

    state: State
    why: dict[str, Any]


def answers_of(space_ids: Collection[int], *, now: datetime) -> dict[tuple[int, str], Known]:
    """By space and need. One query."""
    rows = SpaceNeed.objects.filter(
        Q(starts_at=None) | Q(starts_at__lte=now),
        Q(ends_at=None) | Q(ends_at__gt=now),
        space_id__in=space_ids,
    ).values_list("space_id", "need", "state", "why")
    found: dict[tuple[int, str], Known] = {}
    for space_id, need, state, why in rows:
        known = Known(State(state), why)
        before = found.get((space_id, need))
        if before is None or _BEST[known.state] < _BEST[before.state]:
            found[space_id, need] = known
    return found
