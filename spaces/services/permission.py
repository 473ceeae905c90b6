"""Who may change what a venue is and when it opens."""

from __future__ import annotations

from collections.abc import Iterable

from accounts.models import User
from core.errors import NotAllowed
from spaces.models import Venue
from spaces.policies import VenuePolicy


def require_can_manage(actor: User | None, venues: Iterable[Venue]) -> None:
    """None is the system itself: an import, the demo, a nightly job. Raises: NotAllowed."""
    if actor is None:
        return
    policy = VenuePolicy(actor)
    if not all(policy.can_manage(venue) for venue in venues):
        raise NotAllowed
