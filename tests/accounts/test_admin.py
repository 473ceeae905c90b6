"""The back office: council staff work on their own rows, and decide by actions."""

import pytest
from django.test import Client

from accounts.models import AuditEntry, Concession, User
from tests.factories.accounts import CouncilFactory, OrganisationFactory, UserFactory
from tests.factories.roles import CouncilRoleFactory

pytestmark = pytest.mark.django_db
OFFICE = "/back-office/accounts"


@pytest.fixture
def officer(client: Client) -> User:
    officer = CouncilRoleFactory(user=UserFactory(is_staff=True)).user
    client.force_login(officer)
    return officer


def test_an_officer_sees_groups_of_their_own_council_only(client: Client, officer: User) -> None:
    ours = OrganisationFactory(council=officer.council_roles.get().council, name="Ours to see")
    theirs = OrganisationFactory(name="Theirs to keep")
    page = client.get(f"{OFFICE}/organisation/").content
    assert b"Ours to see" in page
    assert b"Theirs to keep" not in page
    assert client.get(f"{OFFICE}/organisation/{ours.pk}/change/").status_code == 200
    assert client.get(f"{OFFICE}/organisation/{theirs.pk}/change/").status_code == 302


def test_an_officer_cannot_move_a_group_to_another_council(client: Client, officer: User) -> None:
    ours = OrganisationFactory(council=officer.council_roles.get().council)
    other = CouncilFactory()
    facts = {"name": "Moved", "kind": "charity", "council": other.pk}
    assert client.post(f"{OFFICE}/organisation/{ours.pk}/change/", facts).status_code == 422
    ours.refresh_from_db()
    assert ours.council != other
    facts["council"] = ours.council_id
    assert client.post(f"{OFFICE}/organisation/{ours.pk}/change/", facts).status_code == 302
    entry = AuditEntry.objects.get()
    assert (entry.verb, entry.actor, entry.council) == ("back_office", officer, ours.council)
    assert "name" in entry.words


@pytest.mark.parametrize("model", ["user", "contact", "membership", "councilrole", "operatorrole"])
def test_people_and_roles_are_the_administrators(client: Client, officer: User, model: str) -> None:
    assert client.get(f"{OFFICE}/{model}/").status_code == 403
    client.force_login(UserFactory(is_staff=True, is_superuser=True))
    assert client.get(f"{OFFICE}/{model}/").status_code == 200


def test_a_role_without_the_staff_flag_opens_nothing(client: Client) -> None:
    client.force_login(CouncilRoleFactory().user)
    assert client.get(f"{OFFICE}/organisation/").status_code == 302


def test_evidence_is_decided_by_an_action_of_the_own_council(client: Client, officer: User) -> None:
    ours = OrganisationFactory(council=officer.council_roles.get().council)
    rows = [
        Concession.objects.create(organisation=group, category="charity", evidence="1123456")
        for group in (ours, OrganisationFactory())
    ]
    client.post(
        f"{OFFICE}/concession/",
        {"action": "accept", "_selected_action": [row.pk for row in rows]},
    )
    for row in rows:
        row.refresh_from_db()
    assert [row.state for row in rows] == ["accepted", "claimed"]
    ours.refresh_from_db()
    assert ours.category == "charity"


def test_the_record_of_changes_cannot_be_changed(client: Client, officer: User) -> None:
    client.force_login(UserFactory(is_staff=True, is_superuser=True))
    assert client.get(f"{OFFICE}/auditentry/").status_code == 200
    assert client.get(f"{OFFICE}/auditentry/add/").status_code == 403


def test_the_back_office_has_no_sign_in_of_its_own(client: Client) -> None:
    answer = client.get("/back-office/login/")
    assert answer.status_code == 302
    assert answer["Location"].startswith("/account/login/")
