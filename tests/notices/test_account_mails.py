"""Signing up, resetting and confirming go through the outbox, and tell strangers nothing."""

import re

import pytest
from allauth.account.models import EmailAddress
from django.contrib.auth.hashers import MD5PasswordHasher
from django.core import mail
from django.test import Client

from accounts.models import User
from notices import delivery
from notices.models import Notice
from tests.factories.accounts import UserFactory
from tests.notices.test_outbox import NOW

pytestmark = pytest.mark.django_db
PASSWORD = "a quite long pass phrase"


def sign_up(client: Client, email: str) -> None:
    response = client.post(
        "/account/signup/", {"email": email, "name": "Ann Other", "password1": PASSWORD}
    )
    assert response.status_code == 302, response.content
    assert response["Location"] == "/account/confirm-email/"


def test_somebody_signs_up_confirms_and_signs_in(client: Client) -> None:
    sign_up(client, "ann@example.org")
    person = User.objects.get()
    assert person.name == "Ann Other"
    notice = Notice.objects.get(event="account_email_confirmation_signup")
    assert notice.recipient == person
    assert mail.outbox == []
    delivery.deliver(notice.pk, now=NOW)
    link = re.search(
        r"^http://127.0.0.1:8000(/account/confirm-email/.+)$", mail.outbox[0].body, re.M
    )
    assert link
    assert client.get(link[1]).status_code == 200
    assert not EmailAddress.objects.get().verified
    client.post(link[1])
    assert EmailAddress.objects.get().verified
    response = client.post("/account/login/", {"login": "ann@example.org", "password": PASSWORD})
    assert response.status_code == 302
    assert client.session["_auth_user_id"] == str(person.pk)


def test_an_unconfirmed_person_cannot_sign_in(client: Client) -> None:
    sign_up(client, "ann@example.org")
    client.post("/account/login/", {"login": "ann@example.org", "password": PASSWORD})
    assert "_auth_user_id" not in client.session


def test_signing_up_twice_answers_the_same_and_tells_the_owner(client: Client) -> None:
    UserFactory(email="ann@example.org")
    sign_up(client, "Ann@example.org")
    assert User.objects.count() == 1
    assert Notice.objects.get().event == "account_account_already_exists"


def test_signing_up_takes_as_long_whether_the_address_is_known(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept: list[str] = []
    monkeypatch.setattr(
        MD5PasswordHasher, "encode", lambda self, password, salt: kept.append(password) or "md5$s$h"
    )
    UserFactory(email="ann@example.org")
    kept.clear()
    sign_up(client, "ben@example.org")
    for_a_stranger = len(kept)
    sign_up(client, "ann@example.org")
    assert len(kept) - for_a_stranger == for_a_stranger > 0


def test_a_reset_answers_the_same_for_known_and_unknown_addresses(client: Client) -> None:
    UserFactory(email="ann@example.org")
    answers = [
        client.post("/account/password/reset/", {"email": email})
        for email in ("ann@example.org", "nobody@example.org")
    ]
    assert len({(answer.status_code, answer["Location"]) for answer in answers}) == 1
    events = Notice.objects.order_by("id").values_list("event", flat=True)
    assert list(events) == ["account_password_reset_key", "account_unknown_account"]


def test_links_in_mails_never_follow_the_requests_host(client: Client) -> None:
    UserFactory(email="ann@example.org")
    client.post("/account/password/reset/", {"email": "ann@example.org"}, HTTP_HOST="localhost")
    url = Notice.objects.get().context["password_reset_url"]
    assert url.startswith("http://127.0.0.1:8000/account/password/reset/key/")


def test_whoever_guesses_is_slowed_down_even_when_right_at_last(client: Client) -> None:
    person = UserFactory(email="ann@example.org", password=PASSWORD)
    EmailAddress.objects.create(user=person, email=person.email, verified=True, primary=True)
    for _ in range(5):
        client.post("/account/login/", {"login": person.email, "password": "not the password"})
    client.post("/account/login/", {"login": person.email, "password": PASSWORD})
    assert "_auth_user_id" not in client.session
