"""The way into the back office, and what it calls itself."""

import pytest
from allauth.mfa.models import Authenticator
from django.test import Client

from accounts.models import Organisation
from core import clock
from tests.factories.accounts import CouncilFactory, UserFactory
from tests.factories.roles import CouncilRoleFactory
from tests.factories.spaces import VenueFactory

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("may_open", [True, False])
def test_the_menu_leads_there_whoever_may_open_it(client: Client, *, may_open: bool) -> None:
    client.force_login(CouncilRoleFactory(user=UserFactory(is_staff=may_open)).user)
    assert (b'href="/back-office/"' in client.get("/").content) is may_open


def test_it_has_our_name_and_a_way_back(client: Client) -> None:
    client.force_login(CouncilRoleFactory(user=UserFactory(is_staff=True)).user)
    page = client.get("/back-office/").content.decode()
    assert "Openhall back office</title>" in page
    assert "Django" not in page
    assert 'href="/">Back to the site' in page


def test_a_filter_names_no_other_council(client: Client) -> None:
    role = CouncilRoleFactory(user=UserFactory(is_staff=True))
    VenueFactory(council=role.council)
    other = VenueFactory().council
    client.force_login(role.user)
    page = client.get("/back-office/spaces/venue/").content.decode()
    assert other.name not in page


def test_a_second_step_is_taken_away_without_seeing_its_secret(client: Client) -> None:
    secret = "never-to-be-shown"
    step = Authenticator.objects.create(
        user=UserFactory(), type=Authenticator.Type.TOTP, data={"secret": secret}
    )
    client.force_login(UserFactory(is_staff=True, is_superuser=True))
    page = f"/back-office/mfa/authenticator/{step.pk}"
    assert secret not in client.get(f"{page}/change/").content.decode()
    assert client.get("/back-office/mfa/authenticator/add/").status_code == 403
    assert client.post(f"{page}/delete/", {"post": "yes"}).status_code == 302
    assert not Authenticator.objects.exists()


def test_a_group_is_added_without_being_asked_since_when(client: Client) -> None:
    client.force_login(UserFactory(is_staff=True, is_superuser=True))
    facts = {"name": "New here", "kind": "charity", "category": "charity"}
    facts["council"] = str(CouncilFactory().pk)
    assert client.post("/back-office/accounts/organisation/add/", facts).status_code == 302
    assert Organisation.objects.get().created_at.date() == clock.now().date()
