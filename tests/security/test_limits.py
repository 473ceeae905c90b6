"""Who asks too often is told to wait, and how long."""

from __future__ import annotations

import pytest
from django.test import Client

from api.feeds.limit import _FeedThrottle
from tests.factories.accounts import UserFactory
from tests.factories.spaces import SpaceFactory

pytestmark = pytest.mark.django_db


def test_guessing_a_password_ends_in_429(client: Client) -> None:
    UserFactory(email="ann@example.org")
    said = {"login": "ann@example.org", "password": "not the pass phrase"}
    answers = [client.post("/account/login/", said) for _ in range(7)]
    assert [answer.status_code for answer in answers[:4]] == [422] * 4
    assert answers[-1].status_code == 429
    assert int(answers[-1]["Retry-After"]) > 0
    # Somebody else at the same address may still sign in.
    said = {"login": "ben@example.org", "password": "not the pass phrase"}
    assert client.post("/account/login/", said).status_code == 422


def test_a_calendar_fetched_over_and_over_ends_in_429_but_not_for_who_keeps_the_tag(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(_FeedThrottle, "rate", "3/min", raising=False)
    address = f"/feeds/spaces/{SpaceFactory().pk}/busy.ics"
    answers = [client.get(address) for _ in range(4)]
    assert [answer.status_code for answer in answers] == [200, 200, 200, 429]
    assert int(answers[-1]["Retry-After"]) > 0
    known = {"if-none-match": answers[0]["ETag"]}
    assert [client.get(address, headers=known).status_code for _ in range(5)] == [304] * 5
