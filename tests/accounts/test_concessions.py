"""Standing as a kind of hirer is claimed with evidence, decided by the council, and ends."""

from datetime import UTC, date, datetime

import pytest

from accounts.errors import AlreadyClaimed, AlreadyDecided
from accounts.models import Concession, Membership
from accounts.services import (
    ConcessionClaim,
    ConcessionDecision,
    claim_concession,
    decide_concession,
    expire_concessions,
)
from core.errors import NotAllowed
from tests.factories.accounts import MembershipFactory, UserFactory
from tests.factories.roles import CouncilRoleFactory

pytestmark = pytest.mark.django_db
NOW = datetime(2027, 1, 5, 12, tzinfo=UTC)
CLAIM = ConcessionClaim(category="young_people", evidence="Scout group 1st Mill Lane")


@pytest.fixture
def mine() -> Membership:
    return MembershipFactory(role="owner")


@pytest.fixture
def claimed(mine: Membership) -> Concession:
    return claim_concession(mine.organisation, CLAIM, actor=mine.user, now=NOW)


def accept(claimed: Concession, valid_to: date | None = None) -> None:
    officer = CouncilRoleFactory(council=claimed.organisation.council).user
    decision = ConcessionDecision(state="accepted", valid_to=valid_to)
    decide_concession(claimed, decision, actor=officer, now=NOW)


def test_a_claim_changes_no_price_until_it_is_accepted(
    mine: Membership, claimed: Concession
) -> None:
    mine.organisation.refresh_from_db()
    assert mine.organisation.category == "community"
    accept(claimed)
    mine.organisation.refresh_from_db()
    assert mine.organisation.category == "young_people"
    assert (claimed.state, claimed.decided_at) == ("accepted", NOW)


def test_a_refusal_leaves_the_category_and_allows_a_new_claim(
    mine: Membership, claimed: Concession
) -> None:
    officer = CouncilRoleFactory(council=mine.organisation.council).user
    decide_concession(claimed, ConcessionDecision(state="refused"), actor=officer, now=NOW)
    mine.organisation.refresh_from_db()
    assert mine.organisation.category == "community"
    claim_concession(mine.organisation, CLAIM, actor=mine.user, now=NOW)


def test_the_same_claim_twice_is_refused(mine: Membership, claimed: Concession) -> None:
    with pytest.raises(AlreadyClaimed):
        claim_concession(mine.organisation, CLAIM, actor=mine.user, now=NOW)


def test_a_decision_stands(claimed: Concession) -> None:
    accept(claimed)
    with pytest.raises(AlreadyDecided):
        accept(claimed)


def test_owners_strangers_and_the_other_council_cannot_decide(
    mine: Membership, claimed: Concession
) -> None:
    for actor in (mine.user, UserFactory(), CouncilRoleFactory().user):
        with pytest.raises(NotAllowed):
            decide_concession(claimed, ConcessionDecision(state="accepted"), actor=actor, now=NOW)
    with pytest.raises(NotAllowed):
        claim_concession(mine.organisation, CLAIM, actor=UserFactory(), now=NOW)


def test_an_acceptance_counts_on_its_last_day_and_not_after(
    mine: Membership, claimed: Concession
) -> None:
    accept(claimed, valid_to=date(2027, 3, 31))
    assert expire_concessions(now=datetime(2027, 3, 31, 22, 59, tzinfo=UTC)) == 0
    assert expire_concessions(now=datetime(2027, 3, 31, 23, 0, tzinfo=UTC)) == 1
    mine.organisation.refresh_from_db()
    claimed.refresh_from_db()
    assert (mine.organisation.category, claimed.state) == ("community", "expired")
