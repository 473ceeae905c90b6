"""A form that is not right answers 422, keeps what was typed and stores nothing."""

import pytest
from allauth.account.models import EmailAddress
from django.test import Client
from django.urls import reverse

from accounts.models import Membership, Organisation
from tests.factories import MembershipFactory, UserFactory
from tests.journeys.visitor import PASSWORD

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("name", ["add_organisation", "change_organisation", "invite_member"])
def test_a_form_that_is_not_right_is_shown_again(client: Client, name: str) -> None:
    owner = MembershipFactory(role=Membership.Role.OWNER)
    client.force_login(owner.user)
    args = [] if name == "add_organisation" else [owner.organisation_id]
    page = client.post(reverse(name, args=args), {"name": "", "email": "nobody at all"})
    assert page.status_code == 422
    assert "There is a problem" in page.content.decode()
    assert Organisation.objects.count() == 1


@pytest.mark.parametrize(
    ("name", "answers"),
    [
        ("account_login", {"login": "nobody@example.org", "password": "not this one"}),
        ("account_login", {}),
        ("account_signup", {"email": "not an address"}),
        ("account_reset_password", {"email": ""}),
    ],
)
def test_a_page_for_strangers_that_is_shown_again_says_so(
    client: Client, name: str, answers: dict[str, str]
) -> None:
    page = client.post(reverse(name), answers)
    assert page.status_code == 422
    assert "There is a problem" in page.content.decode()


@pytest.mark.parametrize(
    ("name", "answers"),
    [
        ("account_email", {"action_add": "", "email": "not an address"}),
        ("account_change_password", {"oldpassword": "wrong"}),
        ("account_reauthenticate", {"password": "wrong"}),
        ("mfa_activate_totp", {"code": "000"}),
    ],
)
def test_a_page_of_an_account_that_is_shown_again_says_so(
    client: Client, name: str, answers: dict[str, str]
) -> None:
    person = UserFactory()
    EmailAddress.objects.create(user=person, email=person.email, verified=True, primary=True)
    client.post(reverse("account_login"), {"login": person.email, "password": PASSWORD})
    client.post(reverse("account_reauthenticate"), {"password": PASSWORD})
    assert client.get(reverse(name)).status_code == 200
    page = client.post(reverse(name), answers)
    assert page.status_code == 422
    assert "There is a problem" in page.content.decode()


@pytest.mark.parametrize("name", ["my_account", "account_signup"])
def test_a_character_that_cannot_be_stored_is_named_and_the_rest_is_kept(
    client: Client, name: str
) -> None:
    if name == "my_account":
        client.force_login(UserFactory())
    said = {"name": "Ada\x00 Moreno", "phone": "020 7946 0001", "email": "ada@example.org"}
    page = client.post(reverse(name), said)
    text = page.content.decode()
    assert page.status_code == 422
    assert text.count("There is a sign in that answer that we cannot keep") == 2
    assert 'href="#id_name"' in text
    assert 'value="Ada Moreno"' in text
    assert said["phone" if name == "my_account" else "email"] in text
    assert "\x00" not in text
