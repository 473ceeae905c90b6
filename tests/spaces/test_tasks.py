"""What the worker does for spaces at night."""

from __future__ import annotations

import uuid
from datetime import timedelta

import pytest
from structlog.testing import capture_logs

from core.clock import now, today
from spaces import tasks
from spaces.models import Claim
from spaces.models.claim import ClaimKind
from tests.factories import SpaceFactory, VenueFactory

pytestmark = pytest.mark.django_db


def test_the_horizon_moves_on() -> None:
    space = SpaceFactory(venue=VenueFactory(booking_window_days=30))
    tasks.extend_horizons(timestamp=0)
    space.refresh_from_db()
    assert space.expanded_until == today() + timedelta(days=90)


def test_a_claim_that_nobody_owns_is_said_in_the_log() -> None:
    Claim.objects.create(
        space=SpaceFactory(),
        starts_at=now(),
        ends_at=now() + timedelta(hours=1),
        kind=ClaimKind.USE,
        owner_kind="ghost",
        owner_id=1,
        uid=uuid.uuid4(),
        changed_at=now(),
    )
    with capture_logs() as logs:
        tasks.audit_claims(timestamp=0)
    assert [(one["event"], one["what"]) for one in logs] == [("claim differs", "unknown owner")]
