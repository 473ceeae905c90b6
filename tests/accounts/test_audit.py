"""Audit rows say what was done, to what, by whom, and belong to the right council."""

from datetime import UTC, datetime

import pytest
from django.contrib.auth.models import AnonymousUser

from accounts import audit
from accounts.models import AuditEntry
from tests.factories.accounts import OrganisationFactory, UserFactory
from tests.factories.spaces import SpaceFactory, VenueFactory

pytestmark = pytest.mark.django_db
NOW = datetime(2027, 1, 5, 12, tzinfo=UTC)


def test_an_entry_belongs_to_the_council_and_operator_of_its_subject() -> None:
    venue, actor = VenueFactory(), UserFactory()
    audit.record("venue_opened", venue, "Opened the venue", actor=actor, now=NOW)
    entry = AuditEntry.objects.get()
    assert (entry.subject_kind, entry.subject_id) == ("spaces.venue", venue.pk)
    assert (entry.council, entry.operator) == (venue.council, venue.operator)
    assert (entry.actor, entry.at) == (actor, NOW)


def test_a_council_can_be_said_where_the_subject_has_none() -> None:
    space = SpaceFactory()
    entry = audit.record(
        "space_closed", space, "Closed", actor=None, now=NOW, council=space.venue.council
    )
    assert entry.council == space.venue.council
    assert entry.actor is None


def test_a_council_is_its_own_subject() -> None:
    council = OrganisationFactory().council
    entry = audit.record("council_named", council, "New name", actor=AnonymousUser(), now=NOW)
    assert entry.council == council
    assert entry.actor is None


def test_words_that_no_column_holds_are_cut_and_not_refused() -> None:
    entry = audit.record("named", OrganisationFactory(), "x\x00" * 600, actor=None, now=NOW)
    entry.refresh_from_db()
    assert entry.words == "x" * 500
