"""What people may do for organisations, and the rows always agree."""

import pytest
from django.contrib.auth.models import AnonymousUser

from accounts.models import Membership, StaffRole
from accounts.policies import MANAGERS, OFFICERS, OrganisationPolicy, StaffScope
from tests.factories.accounts import MembershipFactory, OrganisationFactory, UserFactory
from tests.factories.roles import CouncilRoleFactory, OperatorRoleFactory

pytestmark = pytest.mark.django_db

OWNER, BOOKER, TREASURER = Membership.Role


@pytest.mark.parametrize(
    ("role", "sees", "books", "pays", "manages"),
    [
        (OWNER, True, True, True, True),
        (BOOKER, True, True, False, False),
        (TREASURER, True, False, True, False),
        (None, False, False, False, False),
    ],
)
def test_a_member_may_do_what_their_role_says(
    role: Membership.Role | None, sees: bool, books: bool, pays: bool, manages: bool
) -> None:
    user, group = UserFactory(), OrganisationFactory()
    if role:
        MembershipFactory(user=user, organisation=group, role=role)
    policy = OrganisationPolicy(user)
    assert policy.can_see(group) is sees
    assert (group in policy.visible()) is sees
    assert policy.can_book_for(group) is books
    assert (group in policy.bookable()) is books
    assert (group in policy.payable()) is pays
    assert policy.can_manage(group) is manages
    assert policy.can_decide_concession(group) is False


@pytest.mark.parametrize(
    ("role", "sees"),
    [
        (StaffRole.OFFICER, True),
        (StaffRole.MANAGER, True),
        (StaffRole.CARETAKER, False),
        (StaffRole.VIEWER, False),
    ],
)
def test_council_staff_see_groups_of_their_council_and_book_for_none(
    role: StaffRole, sees: bool
) -> None:
    group, elsewhere = OrganisationFactory(), OrganisationFactory()
    policy = OrganisationPolicy(CouncilRoleFactory(council=group.council, role=role).user)
    assert policy.can_see(group) is sees
    assert policy.can_decide_concession(group) is sees
    assert list(policy.visible()) == ([group] if sees else [])
    assert not policy.can_see(elsewhere)
    assert not policy.can_book_for(group)
    assert not policy.can_manage(group)


def test_nobody_decides_on_the_evidence_of_their_own_group() -> None:
    group = OrganisationFactory()
    officer = CouncilRoleFactory(council=group.council).user
    MembershipFactory(user=officer, organisation=group, role=OWNER)
    assert not OrganisationPolicy(officer).can_decide_concession(group)


def test_two_roles_in_one_group_add_up() -> None:
    user, group = UserFactory(), OrganisationFactory()
    for role in (BOOKER, TREASURER):
        MembershipFactory(user=user, organisation=group, role=role)
    policy = OrganisationPolicy(user)
    assert policy.can_book_for(group)
    assert list(policy.payable()) == [group]


def test_strangers_have_no_organisations_and_cost_no_query(max_queries) -> None:
    group = OrganisationFactory()
    with max_queries(0):
        policy = OrganisationPolicy(AnonymousUser())
        assert not policy.can_see(group)
        assert not policy.can_book_for(group)
        assert not StaffScope(AnonymousUser()).is_staff


def test_a_scope_names_councils_and_operators_by_role() -> None:
    user = UserFactory()
    at_council = CouncilRoleFactory(user=user, role=StaffRole.CARETAKER)
    at_operator = OperatorRoleFactory(user=user, role=StaffRole.OFFICER)
    scope = StaffScope(user)
    assert scope.council_ids() == {at_council.council_id}
    assert scope.council_ids(MANAGERS) == frozenset()
    assert scope.operator_ids(OFFICERS) == {at_operator.operator_id}
    assert scope.is_staff


@pytest.mark.parametrize("groups", [1, 30])
def test_judging_many_groups_costs_the_same(groups: int, max_queries) -> None:
    user = UserFactory()
    MembershipFactory.create_batch(groups, user=user)
    policy = OrganisationPolicy(user)
    with max_queries(2):  # memberships; the groups
        assert all(policy.can_book_for(group) for group in policy.bookable())
