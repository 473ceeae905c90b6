"""Standing as a kind of hirer is claimed with evidence, decided by the council, and ends."""

from datetime import UTC, date, datetime
from typing import Any

import pytest

from accounts.errors import AlreadyClaimed, AlreadyDecided
from accounts.models import AuditEntry, Concession, Council, Membership
from accounts.services import (
    ConcessionClaim,
    ConcessionDecision,
    claim_concession,
    claim_for_oneself,
    decide_concession,
    expire_concessions,
    remind_of_ends,
)
from accounts.standing import category_of, standing_of, statuses_of
from core.errors import BadInput, NotAllowed
from notices.models import Notice
from tests.factories.accounts import CouncilFactory, MembershipFactory, UserFactory
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
    no = ConcessionDecision(state="refused", reason="The letter is from 2019.")
    decide_concession(claimed, no, actor=officer, now=NOW)
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


def answer(claimed: Concession, state: str, **more: Any) -> None:
    officer = CouncilRoleFactory(council_id=claimed.asked_of).user
    decide_concession(claimed, ConcessionDecision(state=state, **more), actor=officer, now=NOW)


def test_a_refusal_says_why_and_a_last_day_is_not_over(claimed: Concession) -> None:
    with pytest.raises(BadInput, match="Say why"):
        answer(claimed, "refused", reason=" ")
    with pytest.raises(BadInput, match="last day"):
        answer(claimed, "accepted", valid_to=date(2027, 1, 4))
    claimed.refresh_from_db()
    assert claimed.state == "claimed"


def test_a_renewal_before_the_end_keeps_the_price_without_a_gap(
    mine: Membership, claimed: Concession
) -> None:
    group = mine.organisation
    accept(claimed, valid_to=date(2027, 1, 31))
    renewal = claim_concession(group, CLAIM, actor=mine.user, now=NOW)
    late = datetime(2027, 2, 2, 9, tzinfo=UTC)
    assert expire_concessions(now=late) == 1
    group.refresh_from_db()
    assert category_of(group, on=late.date()) == "young_people"
    answer(renewal, "accepted", valid_to=date(2028, 1, 31))
    group.refresh_from_db()
    assert category_of(group, on=date(2028, 1, 31)) == "young_people"
    assert category_of(group, on=date(2028, 2, 1)) == "community"


def test_a_renewal_replaces_what_still_counts(mine: Membership, claimed: Concession) -> None:
    accept(claimed, valid_to=date(2027, 1, 31))
    accept(claim_concession(mine.organisation, CLAIM, actor=mine.user, now=NOW))
    states = Concession.objects.order_by("pk").values_list("state", flat=True)
    assert list(states) == ["renewed", "accepted"]


def test_what_was_accepted_outlives_a_refused_renewal(
    mine: Membership, claimed: Concession
) -> None:
    group = mine.organisation
    accept(claimed, valid_to=date(2027, 1, 31))
    answer(claim_concession(group, CLAIM, actor=mine.user, now=NOW), "refused", reason="Old")
    group.refresh_from_db()
    assert category_of(group, on=date(2027, 1, 31)) == "young_people"
    assert category_of(group, on=date(2027, 2, 1)) == "community"


def test_asking_again_after_a_refusal_does_not_bring_the_price_back(
    mine: Membership, claimed: Concession
) -> None:
    group = mine.organisation
    group.category = "young_people"
    group.save()
    assert category_of(group, on=NOW.date()) == "young_people"
    answer(claimed, "refused", reason="No letter")
    claim_concession(group, CLAIM, actor=mine.user, now=NOW)
    group.refresh_from_db()
    group.category = "young_people"
    assert category_of(group, on=NOW.date()) == "community"


def test_a_status_counts_once_it_is_accepted_and_changes_no_category(mine: Membership) -> None:
    group = mine.organisation
    here = group.council_id
    claim = ConcessionClaim(status="hardship", evidence="We run a food bank")
    asked = claim_concession(group, claim, actor=mine.user, now=NOW)
    assert statuses_of(group, on=NOW.date(), council_id=here) == ()
    answer(asked, "accepted", valid_to=date(2027, 6, 30))
    group.refresh_from_db()
    assert group.category == "community"
    assert statuses_of(group, on=date(2027, 6, 30), council_id=here) == ("hardship",)
    assert statuses_of(group, on=date(2027, 7, 1), council_id=here) == ()


@pytest.mark.parametrize(
    ("state", "more", "resident"),
    [(None, {}, None), ("accepted", {}, True), ("refused", {"reason": "Bexley"}, False)],
)
def test_residence_is_yes_no_or_not_known(
    mine: Membership, state: str | None, more: dict[str, str], resident: bool | None
) -> None:
    claim = ConcessionClaim(status="resident", evidence="A council tax bill")
    asked = claim_concession(mine.organisation, claim, actor=mine.user, now=NOW)
    if state:
        answer(asked, state, **more)
    found = standing_of(mine.organisation, on=NOW.date(), council_id=mine.organisation.council_id)
    assert (found.statuses, found.resident) == ((), resident)


def ask_oneself(council: Council, status: str = "hardship") -> Concession:
    claim = ConcessionClaim(status=status, evidence="Universal Credit")
    return claim_for_oneself(council, claim, actor=UserFactory(), now=NOW)


def test_a_person_counts_at_the_council_asked_and_at_no_other(max_queries: Any) -> None:
    asked = ask_oneself(CouncilFactory())
    answer(asked, "accepted")
    person = asked.person
    with max_queries(1):
        here = statuses_of(person, on=NOW.date(), council_id=asked.council_id)
    assert here == ("hardship",)
    elsewhere = CouncilFactory().pk
    assert statuses_of(asked.person, on=NOW.date(), council_id=elsewhere) == ()


def test_a_person_asks_only_for_what_people_can_be() -> None:
    with pytest.raises(BadInput):
        ask_oneself(CouncilFactory(), "affiliated")


def test_nobody_decides_on_their_own_and_no_other_council_does() -> None:
    council = CouncilFactory()
    officer = CouncilRoleFactory(council=council).user
    claim = ConcessionClaim(status="hardship", evidence="x")
    asked = claim_for_oneself(council, claim, actor=officer, now=NOW)
    yes = ConcessionDecision(state="accepted")
    for actor in (officer, CouncilRoleFactory().user, UserFactory()):
        with pytest.raises(NotAllowed):
            decide_concession(asked, yes, actor=actor, now=NOW)


def test_the_trail_never_says_what_a_person_asked_for() -> None:
    asked = ask_oneself(CouncilFactory())
    answer(asked, "accepted")
    words = " ".join(AuditEntry.objects.values_list("words", flat=True))
    assert "low income" not in words
    assert asked.person.name not in words


def test_owners_are_told_of_answers_of_a_near_end_once_and_of_the_end(
    mine: Membership, claimed: Concession
) -> None:
    MembershipFactory(organisation=mine.organisation, role="booker")
    accept(claimed, valid_to=date(2027, 1, 31))
    assert remind_of_ends(now=NOW) == 1
    assert remind_of_ends(now=NOW) == 0
    expire_concessions(now=datetime(2027, 2, 1, 9, tzinfo=UTC))
    told = Notice.objects.order_by("pk")
    assert [row.context["outcome"] for row in told] == ["accepted", "ends_soon", "expired"]
    assert {row.to_email for row in told} == {mine.user.email}


def test_whoever_has_renewed_is_not_reminded(mine: Membership, claimed: Concession) -> None:
    accept(claimed, valid_to=date(2027, 1, 31))
    claim_concession(mine.organisation, CLAIM, actor=mine.user, now=NOW)
    assert remind_of_ends(now=NOW) == 0
