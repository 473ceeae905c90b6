"""The account pages: who may open them, what they change, what they cost."""

import json

import pytest
from allauth.account.models import EmailAddress
from django.test import Client

from accounts.models import Concession, Invitation, Membership, Organisation, User
from tests.factories.accounts import (
    CouncilFactory,
    MembershipFactory,
    OrganisationFactory,
    UserFactory,
)
from tests.factories.roles import CouncilRoleFactory

pytestmark = pytest.mark.django_db
PASSWORD = "a long enough password"


@pytest.fixture
def ann(client: Client) -> User:
    """Signed in by the front door, so that no page asks for the password again."""
    ann = UserFactory(email="ann@example.org", name="Ann Other")
    EmailAddress.objects.create(user=ann, email=ann.email, verified=True, primary=True)
    answer = client.post("/account/login/", {"login": ann.email, "password": PASSWORD})
    assert answer.status_code == 302, answer.content
    client.post("/account/reauthenticate/", {"password": PASSWORD})
    return ann


@pytest.fixture
def mine(ann: User) -> Membership:
    return MembershipFactory(user=ann, role="owner")


@pytest.mark.parametrize(
    "path",
    [
        "/account/",
        "/account/my-data/",
        "/account/close/",
        "/organisations/",
        "/organisations/add/",
        "/organisations/1/",
        "/organisations/1/details/",
        "/organisations/1/standing/",
        "/organisations/1/members/add/",
        "/organisations/1/members/1/",
        "/organisations/1/members/1/remove/",
    ],
)
def test_strangers_are_sent_to_sign_in(client: Client, path: str) -> None:
    answer = client.get(path)
    assert answer.status_code == 302
    assert answer["Location"].startswith("/account/login/?next=")


def test_details_are_saved_and_nothing_else_is(client: Client, ann: User) -> None:
    answer = client.post(
        "/account/",
        {
            "name": "Ann New",
            "phone": "020 7946 0999",
            "language": "cy",
            "is_staff": "1",
            "is_superuser": "1",
            "email": "evil@example.org",
        },
    )
    assert answer["Location"] == "/account/"
    ann.refresh_from_db()
    assert (ann.name, ann.phone, ann.language) == ("Ann New", "020 7946 0999", "cy")
    assert (ann.is_staff, ann.is_superuser, ann.email) == (False, False, "ann@example.org")


@pytest.mark.parametrize("wrong", [{"name": ""}, {"name": "x" * 121}, {"language": "fr"}])
def test_wrong_details_are_told_and_not_kept(client: Client, ann: User, wrong: dict) -> None:
    answer = client.post("/account/", {"name": "Ann", "language": "en-gb"} | wrong)
    assert answer.status_code == 422
    assert b"There is a problem" in answer.content
    ann.refresh_from_db()
    assert ann.name == "Ann Other"


def test_a_person_downloads_what_is_held(client: Client, mine: Membership) -> None:
    assert client.get("/account/my-data/").status_code == 200
    assert client.get("/account/my-data/download/")["Location"] == "/account/my-data/"
    answer = client.post("/account/my-data/download/")
    assert answer.status_code == 200
    assert answer["Content-Disposition"].startswith("attachment")
    assert answer["Cache-Control"] == "private, no-store"
    data = json.loads(answer.content)
    assert data["accounts"]["name"] == "Ann Other"
    assert data["accounts"]["organisations"][0]["role"] == "owner"


def test_data_is_not_given_out_on_an_old_session(client: Client) -> None:
    client.force_login(UserFactory())
    for answer in (client.get("/account/my-data/"), client.post("/account/my-data/download/")):
        assert answer.status_code == 302
        assert "reauthenticate" in answer["Location"]


def test_an_account_is_closed_only_with_its_own_address_typed(client: Client, ann: User) -> None:
    answer = client.post("/account/close/", {"email": "somebody@example.org"})
    assert b"not the email address of this account" in answer.content
    answer = client.post("/account/close/", {"email": "ANN@example.org"})
    assert answer["Location"] == "/account/login/"
    ann.refresh_from_db()
    assert ann.anonymised_at
    assert client.get("/account/").status_code == 302


def test_a_group_is_added_and_its_category_cannot_be_posted(client: Client, ann: User) -> None:
    council = CouncilFactory()
    answer = client.post(
        "/organisations/add/",
        {
            "name": "Mill Lane Players",
            "kind": "company",
            "council": council.pk,
            "category": "charity",
        },
    )
    group = Organisation.objects.get()
    assert answer["Location"] == f"/organisations/{group.pk}/"
    assert (group.category, group.council) == ("commercial", council)
    page = client.get(answer["Location"]).content
    assert b"Mill Lane Players" in page
    assert b"Change the details" in page


def test_a_wrong_number_is_told_beside_its_box(client: Client, mine: Membership) -> None:
    path = f"/organisations/{mine.organisation_id}/details/"
    answer = client.post(path, {"name": "A", "kind": "charity", "charity_number": "12"})
    assert b"A charity number looks like" in answer.content
    assert b'href="#id_charity_number"' in answer.content


def test_an_owner_invites_and_the_guest_accepts(client: Client, ann: User) -> None:
    group = OrganisationFactory()
    owner = MembershipFactory(organisation=group, role="owner").user
    host = Client()
    host.force_login(owner)
    path = f"/organisations/{group.pk}/members/add/"
    assert host.post(path, {"email": "Ann@Example.org", "role": "booker"}).status_code == 302
    assert b"Ann@Example.org" in host.get(f"/organisations/{group.pk}/").content
    invitation = Invitation.objects.get()
    assert f"{group.name} invites you" in client.get("/organisations/").content.decode()
    client.post(f"/invitations/{invitation.pk}/", {"answer": "accept"})
    assert Membership.objects.get(user=ann).role == "booker"


def test_other_peoples_invitations_do_not_exist(client: Client, ann: User) -> None:
    group = OrganisationFactory()
    row = Invitation.objects.create(
        organisation=group, email="bob@example.org", role="owner", created_at=ann.joined_at
    )
    assert client.post(f"/invitations/{row.pk}/", {"answer": "accept"}).status_code == 404
    assert not ann.memberships.exists()


def test_the_last_owner_is_told_why_they_cannot_leave(client: Client, mine: Membership) -> None:
    path = f"/organisations/{mine.organisation_id}/members/{mine.pk}/remove/"
    assert client.get(path).status_code == 200
    answer = client.post(path)
    assert answer.status_code == 409
    assert b"This is the last owner" in answer.content


def test_a_member_who_does_not_own_sees_no_addresses_and_changes_nothing(
    client: Client, ann: User
) -> None:
    seat = MembershipFactory(user=ann, role="booker")
    owner = MembershipFactory(organisation=seat.organisation, role="owner")
    page = client.get(f"/organisations/{seat.organisation_id}/").content
    assert owner.user.name.encode() in page
    assert owner.user.email.encode() not in page
    base = f"/organisations/{seat.organisation_id}"
    for path in (f"{base}/details/", f"{base}/members/{owner.pk}/remove/", f"{base}/standing/"):
        assert client.post(path, {"name": "x", "kind": "charity"}).status_code == 403
    assert Membership.objects.filter(pk=owner.pk).exists()


def test_strangers_and_the_other_councils_staff_get_404(client: Client, ann: User) -> None:
    group = OrganisationFactory()
    CouncilRoleFactory(user=ann)
    assert client.get(f"/organisations/{group.pk}/").status_code == 404
    CouncilRoleFactory(user=ann, council=group.council)
    assert client.get(f"/organisations/{group.pk}/").status_code == 200


def test_a_lower_rate_is_asked_for_once(client: Client, mine: Membership) -> None:
    path = f"/organisations/{mine.organisation_id}/standing/"
    facts = {"category": "young_people", "evidence": "1st Mill Lane Scouts"}
    assert client.post(path, facts).status_code == 302
    assert b"has been claimed or accepted already" in client.post(path, facts).content
    assert Concession.objects.get().state == "claimed"
    assert client.post(path, {"category": "private", "evidence": "x"}).status_code == 422
    assert Concession.objects.count() == 1


@pytest.mark.parametrize("members", [1, 30])
def test_a_group_page_costs_the_same_for_any_number_of_members(
    client: Client, mine: Membership, members: int, max_queries
) -> None:
    MembershipFactory.create_batch(members, organisation=mine.organisation)
    # session, person, memberships, roles, group, members, invitations, standing, brand and menu,
    # free hours, grants
    with max_queries(11):
        client.get(f"/organisations/{mine.organisation_id}/")


@pytest.mark.parametrize("groups", [1, 30])
def test_my_groups_cost_the_same_for_any_number(
    client: Client, ann: User, groups: int, max_queries
) -> None:
    MembershipFactory.create_batch(groups, user=ann)
    with max_queries(5):  # session, person, groups, invitations, brand and menu
        client.get("/organisations/")


def test_the_language_is_switched_and_kept(client: Client) -> None:
    answer = client.post("/language/setlang/", {"language": "cy", "next": "/account/login/"})
    assert answer["Location"] == "/account/login/"
    assert b'<html lang="cy">' in client.get("/account/login/").content
    evil = client.post("/language/setlang/", {"language": "cy", "next": "https://evil.example/"})
    assert "evil" not in evil["Location"]


@pytest.mark.parametrize(
    "elsewhere", ["http://[::1", "//[", "https://evil.example/", "//evil.example"]
)
def test_signing_in_goes_on_to_no_other_place(client: Client, elsewhere: str) -> None:
    ann = UserFactory(email="ann@example.org")
    EmailAddress.objects.create(user=ann, email=ann.email, verified=True, primary=True)
    assert client.get("/account/login/", {"next": elsewhere}).status_code == 200
    answers = {"login": ann.email, "password": PASSWORD, "next": elsewhere}
    answer = client.post("/account/login/", answers)
    assert answer.status_code == 302
    assert answer["Location"] == "/"
