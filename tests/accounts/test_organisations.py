"""Organisations: registered by anybody, run by their owners, never without one."""

from datetime import UTC, datetime

import pytest
from allauth.account.models import EmailAddress
from django.core.exceptions import ValidationError

from accounts.errors import AlreadyMember, LastOwner
from accounts.models import AuditEntry, Invitation, Membership, Organisation
from accounts.services import (
    OrganisationDetails,
    accept_invitation,
    add_member,
    change_organisation,
    change_role,
    invite_member,
    register_organisation,
    remove_member,
    withdraw_invitation,
)
from core.errors import NotAllowed, NotFound
from tests.factories.accounts import (
    CouncilFactory,
    MembershipFactory,
    OrganisationFactory,
    UserFactory,
)
from tests.races.harness import race

pytestmark = pytest.mark.django_db
NOW = datetime(2027, 1, 5, 12, tzinfo=UTC)
OWNER, BOOKER, TREASURER = Membership.Role


def owned(**fields: object) -> Membership:
    return MembershipFactory(role=OWNER, **fields)


@pytest.mark.parametrize(
    ("kind", "category"),
    [("community_group", "community"), ("company", "commercial"), ("charity", "community")],
)
def test_whoever_registers_a_group_owns_it_and_is_priced_by_its_kind(
    kind: str, category: str
) -> None:
    actor = UserFactory()
    details = OrganisationDetails(name="Mill Lane Players", kind=kind)
    group = register_organisation(details, council=CouncilFactory(), actor=actor, now=NOW)
    assert group.category == category
    assert Membership.objects.get(organisation=group).role == OWNER
    assert AuditEntry.objects.get().council == group.council


@pytest.mark.parametrize(
    "wrong", [{"charity_number": "12"}, {"company_number": "x"}, {"email": "no"}, {"name": ""}]
)
def test_details_the_model_refuses_store_nothing(wrong: dict) -> None:
    details = OrganisationDetails(**({"name": "Players", "kind": "charity"} | wrong))
    with pytest.raises(ValidationError):
        register_organisation(details, council=CouncilFactory(), actor=UserFactory(), now=NOW)
    assert not Organisation.objects.exists()


def test_only_an_owner_changes_details() -> None:
    mine = owned()
    booker = MembershipFactory(organisation=mine.organisation, role=BOOKER).user
    details = OrganisationDetails(name="New name", kind="charity")
    with pytest.raises(NotAllowed):
        change_organisation(mine.organisation, details, actor=booker, now=NOW)
    change_organisation(mine.organisation, details, actor=mine.user, now=NOW)
    mine.organisation.refresh_from_db()
    assert (mine.organisation.name, mine.organisation.category) == ("New name", "community")


def test_an_owner_adds_members_and_others_do_not() -> None:
    mine, friend = owned(), UserFactory()
    add_member(mine.organisation, friend, role=BOOKER, actor=mine.user, now=NOW)
    with pytest.raises(AlreadyMember):
        add_member(mine.organisation, friend, role=BOOKER, actor=mine.user, now=NOW)
    with pytest.raises(NotAllowed):
        add_member(mine.organisation, UserFactory(), role=BOOKER, actor=friend, now=NOW)
    assert mine.organisation.memberships.count() == 2


def test_the_last_owner_stays_owner() -> None:
    mine = owned()
    MembershipFactory(organisation=mine.organisation, role=BOOKER)
    with pytest.raises(LastOwner):
        remove_member(mine, actor=mine.user, now=NOW)
    with pytest.raises(LastOwner):
        change_role(mine, role=BOOKER, actor=mine.user, now=NOW)
    second = owned(organisation=mine.organisation)
    remove_member(mine, actor=mine.user, now=NOW)
    assert list(Membership.objects.filter(role=OWNER)) == [second]


def test_a_member_may_leave_but_not_remove_others() -> None:
    mine = owned()
    one, other = MembershipFactory.create_batch(2, organisation=mine.organisation)
    with pytest.raises(NotAllowed):
        remove_member(other, actor=one.user, now=NOW)
    remove_member(one, actor=one.user, now=NOW)
    assert set(mine.organisation.memberships.all()) == {mine, other}


def test_a_role_is_changed_and_recorded_without_the_members_name() -> None:
    mine = owned()
    member = MembershipFactory(organisation=mine.organisation, role=BOOKER)
    change_role(member, role=TREASURER, actor=mine.user, now=NOW)
    member.refresh_from_db()
    assert member.role == TREASURER
    words = AuditEntry.objects.get(verb="member_role_changed").words
    assert member.user.name not in words
    assert "Treasurer" in words


def test_an_invitation_waits_for_the_confirmed_address() -> None:
    mine, guest = owned(), UserFactory(email="ann@example.org")
    invitation = invite_member(
        mine.organisation, email="Ann@example.org", role=BOOKER, actor=mine.user, now=NOW
    )
    assert Membership.objects.count() == 1
    with pytest.raises(NotFound):
        accept_invitation(invitation, actor=guest, now=NOW)
    EmailAddress.objects.create(user=guest, email="ann@example.org", verified=True, primary=True)
    accept_invitation(invitation, actor=guest, now=NOW)
    assert guest.memberships.get().role == BOOKER
    assert not Invitation.objects.exists()


def test_inviting_answers_the_same_for_known_and_unknown_addresses() -> None:
    mine = owned()
    known = UserFactory(email="known@example.org")
    for email in (known.email, "unknown@example.org"):
        made = invite_member(mine.organisation, email=email, role=BOOKER, actor=mine.user, now=NOW)
        assert made.email == email
    again = invite_member(
        mine.organisation, email=known.email, role=BOOKER, actor=mine.user, now=NOW
    )
    assert Invitation.objects.count() == 2
    assert again.email == known.email


def test_only_owner_or_guest_end_an_invitation() -> None:
    mine, stranger = owned(), UserFactory()
    invitation = invite_member(
        mine.organisation, email="ann@example.org", role=BOOKER, actor=mine.user, now=NOW
    )
    with pytest.raises(NotFound):
        withdraw_invitation(invitation, actor=stranger, now=NOW)
    withdraw_invitation(invitation, actor=mine.user, now=NOW)
    assert not Invitation.objects.exists()


@pytest.mark.race
@pytest.mark.django_db(transaction=True)
def test_two_owners_who_leave_at_once_leave_one_behind() -> None:
    group = OrganisationFactory()
    owners = [owned(organisation=group) for _ in range(2)]
    calls = [lambda one=one: remove_member(one, actor=one.user, now=NOW) for one in owners]
    outcomes = race(calls)
    assert [outcome.won for outcome in outcomes].count(True) == 1
    assert isinstance(next(o.error for o in outcomes if not o.won), LastOwner)
    assert group.memberships.count() == 1
