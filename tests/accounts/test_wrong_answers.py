"""A form that is not right answers 422, keeps what was typed and stores nothing."""

import pytest
from django.test import Client
from django.urls import reverse

from accounts.models import Membership, Organisation
from tests.factories import MembershipFactory

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
