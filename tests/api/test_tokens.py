"""Tokens: shown once, kept as a digest, ended at once; sessions need the form key."""

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from django.test import Client
from rest_framework.test import APIClient

from accounts.models import AuditEntry, User
from api import personal_data, tokens
from api.models import PersonalToken
from core.errors import NotFound, StateConflict
from tests.api.conftest import NOW
from tests.factories import UserFactory

pytestmark = pytest.mark.django_db
_BOOKINGS = "/api/v1/bookings/"


def _bearer(secret: str) -> APIClient:
    client = APIClient()
    client.credentials(HTTP_AUTHORIZATION=f"Bearer {secret}")
    return client


def _fresh(person: User, now: datetime = NOW, days: int = 30) -> tokens.Fresh:
    return tokens.create_token(name="Website", days=days, actor=person, now=now)


def test_only_a_digest_of_a_long_random_secret_is_kept(person: User) -> None:
    fresh = _fresh(person)
    row = PersonalToken.objects.values().get(pk=fresh.token.pk)
    assert fresh.secret not in str(row)
    assert len(fresh.secret) > 40
    assert row["prefix"] == fresh.secret[:8]
    assert _fresh(person).secret != fresh.secret
    assert AuditEntry.objects.filter(verb="create_token", actor=person).count() == 2


@pytest.mark.parametrize(
    "header",
    ["Bearer oh_nonsense", "Bearer ", "Basic eDp5", "Bearer \u00e9", "Bearer " + "x" * 5000],
)
def test_a_wrong_token_is_401_and_asks_for_one(anybody: APIClient, header: str) -> None:
    response = anybody.get(_BOOKINGS, HTTP_AUTHORIZATION=header)
    assert response.status_code == 401
    assert response.json()["code"] == "token_refused"
    assert response["WWW-Authenticate"] == "Bearer"


def test_nobody_is_401(anybody: APIClient) -> None:
    response = anybody.get(_BOOKINGS)
    assert (response.status_code, response.json()["code"]) == (401, "not_authenticated")


def test_a_token_works_until_it_runs_out_is_revoked_or_its_person_may_not_sign_in(
    person: User, frozen: Callable[[datetime], None]
) -> None:
    fresh = _fresh(person, days=30)
    client = _bearer(fresh.secret)
    assert client.get(_BOOKINGS).status_code == 200
    frozen(NOW + timedelta(days=30))
    assert client.get(_BOOKINGS).status_code == 401
    frozen(NOW)
    User.objects.filter(pk=person.pk).update(is_active=False)
    assert client.get(_BOOKINGS).status_code == 401
    User.objects.filter(pk=person.pk).update(is_active=True)
    tokens.revoke_token(fresh.token.pk, actor=person, now=NOW)
    assert client.get(_BOOKINGS).status_code == 401


def test_the_day_of_last_use_is_remembered(
    person: User, frozen: Callable[[datetime], None]
) -> None:
    fresh = _fresh(person)
    _bearer(fresh.secret).get(_BOOKINGS)
    fresh.token.refresh_from_db()
    assert fresh.token.last_used_on == NOW.date()


def test_somebody_elses_token_does_not_exist(person: User, client: Client) -> None:
    fresh = _fresh(person)
    other = UserFactory()
    with pytest.raises(NotFound):
        tokens.revoke_token(fresh.token.pk, actor=other, now=NOW)
    client.force_login(other)
    assert client.post(f"/account/tokens/{fresh.token.pk}/revoke/").status_code == 404
    assert fresh.token.prefix not in client.get("/account/tokens/").content.decode()


def test_there_is_a_limit_on_working_tokens(person: User) -> None:
    made = [_fresh(person) for _n in range(tokens.MOST_TOKENS)]
    with pytest.raises(StateConflict):
        _fresh(person)
    tokens.revoke_token(made[0].token.pk, actor=person, now=NOW)
    assert _fresh(person).token.pk


def test_the_pages_make_show_once_and_revoke(person: User, client: Client) -> None:
    client.force_login(person)
    assert client.get("/account/tokens/new/").status_code == 200
    made = client.post("/account/tokens/new/", {"name": "Our site", "days": "90"})
    assert made.status_code == 201
    assert "no-store" in made["Cache-Control"]
    secret = made.context["fresh"].secret
    assert secret in made.content.decode()
    listed = client.get("/account/tokens/").content.decode()
    assert "Our site" in listed
    assert secret not in listed
    token = PersonalToken.objects.get()
    assert client.get(f"/account/tokens/{token.pk}/revoke/").status_code == 200
    assert PersonalToken.objects.get().revoked_at is None
    assert client.post(f"/account/tokens/{token.pk}/revoke/").status_code == 302
    assert PersonalToken.objects.get().revoked_at is not None


@pytest.mark.parametrize(
    "posted",
    [{}, {"name": "x\x00", "days": "90"}, {"name": "x" * 61, "days": "90"}, {"name": "x"}],
)
def test_a_wrong_form_makes_nothing(person: User, client: Client, posted: dict[str, str]) -> None:
    client.force_login(person)
    assert client.post("/account/tokens/new/", posted).status_code in {200, 400, 422}
    assert not PersonalToken.objects.exists()


@pytest.mark.parametrize("path", ["/account/tokens/", "/account/tokens/new/"])
def test_the_pages_are_for_people_who_are_signed_in(client: Client, path: str) -> None:
    assert client.get(path).status_code == 302


def test_a_session_reads_but_changes_nothing_without_the_form_key(person: User) -> None:
    client = APIClient(enforce_csrf_checks=True)
    client.force_login(person)
    assert client.get(_BOOKINGS).status_code == 200
    response = client.post(_BOOKINGS, {}, format="json")
    assert (response.status_code, response.json()["code"]) == (403, "csrf_failed")


def test_a_token_needs_no_form_key(person: User) -> None:
    client = APIClient(enforce_csrf_checks=True)
    client.credentials(HTTP_AUTHORIZATION=f"Bearer {_fresh(person).secret}")
    assert client.post(_BOOKINGS, {}, format="json").status_code == 400


def test_personal_data_is_given_out_without_secrets_and_forgotten(person: User) -> None:
    fresh = _fresh(person)
    told = str(personal_data.export(person.pk))
    assert "Website" in told
    assert fresh.token.digest not in told
    personal_data.anonymise(person.pk, NOW)
    assert not PersonalToken.objects.exists()
