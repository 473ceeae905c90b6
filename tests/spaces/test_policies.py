"""Who may see and run which venues: role by action, and the rows always agree."""

from itertools import product

import pytest
from django.contrib.auth.models import AnonymousUser

from accounts.models import StaffRole, User
from spaces.models import Venue
from spaces.policies import May, VenuePolicy
from tests.factories.accounts import OperatorFactory, UserFactory
from tests.factories.roles import CouncilRoleFactory, OperatorRoleFactory, VenueRoleFactory
from tests.factories.spaces import VenueFactory

pytestmark = pytest.mark.django_db

OFFICER, MANAGER, CARETAKER, VIEWER = StaffRole
EXPECTED = {
    May.LOOK: {OFFICER, MANAGER, CARETAKER, VIEWER},
    May.DIARY: {OFFICER, MANAGER, VIEWER},
    May.TODAY: {OFFICER, MANAGER, CARETAKER, VIEWER},
    May.PEOPLE: {OFFICER, MANAGER},
    May.PEOPLE_TODAY: {OFFICER, MANAGER, CARETAKER},
    May.MANAGE: {OFFICER, MANAGER},
    May.FIGURES: {OFFICER},
}
AT = ["council", "operator", "venue"]


def hire(at: str, role: StaffRole, venue: Venue) -> User:
    """Somebody with `role` at the venue, its operator or its council."""
    if at == "council":
        return CouncilRoleFactory(council=venue.council, role=role).user
    if at == "operator":
        return OperatorRoleFactory(operator=venue.operator, role=role).user
    return VenueRoleFactory(venue=venue, role=role).user


def test_every_action_has_an_expectation() -> None:
    assert set(EXPECTED) == set(May)


@pytest.mark.parametrize(("at", "role", "may"), list(product(AT, StaffRole, May)))
def test_a_role_allows_what_the_table_says_and_only_at_home(
    at: str, role: StaffRole, may: May
) -> None:
    venue, elsewhere = VenueFactory(), VenueFactory()
    policy = VenuePolicy(hire(at, role, venue))
    expected = role in EXPECTED[may]
    assert policy.may(may, venue) is expected
    assert set(policy.venues(may)) == ({venue} if expected else set())
    assert policy.may(may, elsewhere) is False


@pytest.mark.parametrize("may", May)
def test_hirers_and_strangers_may_do_nothing_of_the_staff(may: May) -> None:
    venue = VenueFactory()
    for user in (AnonymousUser(), UserFactory()):
        assert VenuePolicy(user).may(may, venue) is False
        assert not VenuePolicy(user).venues(may).exists()


@pytest.mark.parametrize(
    ("visibility", "at", "role", "opens"),
    [
        *[("public", at, role, True) for at, role in product(AT, StaffRole)],
        *[("partners", at, role, True) for at, role in product(AT, StaffRole)],
        *[("confidential", "venue", role, True) for role in StaffRole],
        *[("confidential", at, r, True) for at in AT[:2] for r in (OFFICER, MANAGER)],
        *[("confidential", at, r, False) for at in AT[:2] for r in (CARETAKER, VIEWER)],
    ],
)
def test_staff_open_hidden_venues_of_their_own(
    visibility: str, at: str, role: StaffRole, opens: bool
) -> None:
    venue = VenueFactory(visibility=visibility)
    policy = VenuePolicy(hire(at, role, venue))
    assert policy.can_see(venue) is opens
    assert list(policy.visible()) == ([venue] if opens else [])
    if not opens:
        assert not any(policy.may(may, venue) for may in May)


@pytest.mark.parametrize("visibility", ["partners", "confidential"])
def test_hidden_venues_do_not_exist_for_others(visibility: str) -> None:
    venue = VenueFactory(visibility=visibility)
    elsewhere = VenueFactory()
    others = [
        AnonymousUser(),
        UserFactory(),
        *[hire(at, OFFICER, elsewhere) for at in AT],
    ]
    for user in others:
        policy = VenuePolicy(user)
        assert policy.can_see(venue) is False
        assert venue not in policy.visible()
        assert venue not in policy.listed()


@pytest.mark.parametrize(("at", "role"), list(product(AT, StaffRole)))
def test_a_confidential_venue_is_in_no_list_at_all(at: str, role: StaffRole) -> None:
    venue = VenueFactory(visibility="confidential")
    assert not VenuePolicy(hire(at, role, venue)).listed().exists()


def test_a_role_at_an_operator_gives_nothing_at_its_neighbours_in_the_council() -> None:
    ours = VenueFactory()
    theirs = VenueFactory(operator=OperatorFactory(council=ours.council), visibility="partners")
    policy = VenuePolicy(hire("operator", OFFICER, ours))
    assert not policy.can_see(theirs)
    assert list(policy.manageable()) == [ours]


def test_a_caretaker_sees_only_today_unless_another_role_says_more() -> None:
    venue = VenueFactory()
    user = hire("venue", CARETAKER, venue)
    assert VenuePolicy(user).sees_only_today(venue)
    VenueRoleFactory(user=user, venue=venue, role=MANAGER)
    assert not VenuePolicy(user).sees_only_today(venue)


def test_someone_who_may_no_longer_sign_in_loses_every_role() -> None:
    venue = VenueFactory(visibility="confidential")
    user = hire("council", OFFICER, venue)
    user.is_active = False
    assert not VenuePolicy(user).can_see(venue)
    assert not VenuePolicy(user).manageable().exists()


def test_the_administrator_of_the_installation_runs_all_venues() -> None:
    venue = VenueFactory(visibility="confidential")
    policy = VenuePolicy(UserFactory(is_superuser=True))
    assert policy.can_manage(venue)
    assert list(policy.manageable()) == [venue]
    assert not policy.listed().exists()


@pytest.mark.parametrize("venues", [1, 20])
def test_asking_about_many_venues_costs_the_same(venues: int, max_queries) -> None:
    first = VenueFactory()
    user = hire("council", OFFICER, first)
    rows = [first, *VenueFactory.create_batch(venues - 1, operator=first.operator)]
    policy = VenuePolicy(user)
    with max_queries(4):  # council, operator and venue roles; the rows
        assert all(policy.can_manage(venue) for venue in rows)
        assert len([venue.operator.organisation.name for venue in policy.manageable()]) == venues


def test_anonymous_people_cost_no_query_to_judge(max_queries) -> None:
    venue = VenueFactory()
    with max_queries(0):
        assert VenuePolicy(AnonymousUser()).can_see(venue)
