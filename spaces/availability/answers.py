"""Is it free? Yes, or every reason why not, for up to fifty spans at once."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from django.utils.translation import gettext as _

from core.errors import BadInput
from core.intervals import Span
from spaces.availability.rows import SpaceRow, Taken, live_claims, opening, space_rows
from spaces.models.claim import ClaimKind

MOST_SPANS = 50


class Reason(StrEnum):
    """Why a span may not be had."""

    TAKEN = "taken"
    CLOSED = "closed"
    OUTSIDE_HOURS = "outside_hours"
    HOURS_UNKNOWN = "hours_unknown"
    BEYOND_HORIZON = "beyond_horizon"


@dataclass(frozen=True, slots=True)
class Answer:
    """What can be said about one span on one space."""

    span: Span
    reasons: frozenset[Reason]

    @property
    def is_free(self) -> bool:
        return not self.reasons

    @property
    def is_for_the_venue_to_say(self) -> bool:
        """Nothing holds it, but nobody has said when the space opens."""
        return self.reasons == {Reason.HOURS_UNKNOWN}


def is_free(
    space_ids: Collection[int], spans: Sequence[Span], *, now: datetime
) -> dict[int, list[Answer]]:
    """An answer to each span, in their order, for each known space. Three queries.

    Raises: BadInput for more than fifty spans.
    """
    if len(spans) > MOST_SPANS:
        message = _("Ask about at most %(limit)d times at once.") % {"limit": MOST_SPANS}
        raise BadInput(message, limit=MOST_SPANS)
    spaces = space_rows(space_ids)
    hours = opening(spaces.keys(), spans)
    claims = live_claims(spaces.values(), spans, now=now)
    return {
        space_id: [
            Answer(
                span,
                frozenset(_blocks(space, claims[space_id], span) | _hours(space, hours, span)),
            )
            for span in spans
        ]
        for space_id, space in spaces.items()
    }


def _blocks(space: SpaceRow, claims: Sequence[Taken], span: Span) -> set[Reason]:
    return {
        Reason.CLOSED if taken.kind is ClaimKind.CLOSURE else Reason.TAKEN
        for taken in claims
        if taken.widened(space).overlaps(span)
    }


def _hours(space: SpaceRow, hours: dict[int, list[Span]], span: Span) -> set[Reason]:
    if not space.hours_known:
        return {Reason.HOURS_UNKNOWN}
    if _is_open(space, hours[space.id], span):
        return set()
    known_until = space.known_until
    if known_until is not None and span.end > known_until:
        return {Reason.BEYOND_HORIZON}
    return {Reason.OUTSIDE_HOURS}


def _is_open(space: SpaceRow, hours: Sequence[Span], span: Span) -> bool:
    if any(open_.covers(span) for open_ in hours):
        return True
    return (
        space.is_open_through
        and any(open_.start <= span.start < open_.end for open_ in hours)
        and any(open_.start < span.end <= open_.end for open_ in hours)
    )
