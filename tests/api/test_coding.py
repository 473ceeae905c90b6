"""Packed answers: smaller, byte for byte the same, and each form with a strong tag of its own."""

from __future__ import annotations

import gzip
import json
from collections.abc import Callable
from datetime import datetime
from typing import Any

import pytest
from django.test import Client

from api import coding
from spaces.models import Space, Venue
from tests.factories import SpaceFactory

_GZIP = {"Accept-Encoding": "gzip, deflate, br"}


@pytest.mark.parametrize(
    ("accepted", "is_taken"),
    [
        (None, False),
        ("", False),
        ("br", False),
        ("identity", False),
        ("gzip", True),
        ("GZIP", True),
        ("x-gzip", True),
        ("br;q=1.0, gzip;q=0.8, *;q=0.1", True),
        ("*", True),
        ("*;q=0", False),
        ("gzip;q=0", False),
        ("gzip ; q=0.000, *", False),
        ("gzip;q=0.5, identity;q=1", False),
        ("gzip;q=nonsense", False),
        ("x" * 10_000, False),
    ],
)
def test_only_a_caller_that_takes_it_gets_it_packed(accepted: str | None, is_taken: bool) -> None:
    assert coding.takes_gzip(accepted) is is_taken


@pytest.fixture(autouse=True)
def _at_noon(frozen: Callable[[datetime], None]) -> None:
    """A Tuesday in January."""


@pytest.fixture
def space(db: None) -> Space:
    return SpaceFactory()


@pytest.fixture(params=["feed", "venue", "venues", "spaces", "space", "free", "schema"])
def address(request: pytest.FixtureRequest, space: Space) -> str:
    window = "from=2027-01-05T00:00:00Z&until=2027-01-12T00:00:00Z"
    return {
        "feed": f"/feeds/spaces/{space.pk}/busy.ics",
        "venue": f"/api/v1/venues/{space.venue.slug}/",
        "venues": "/api/v1/venues/",
        "spaces": "/api/v1/spaces/",
        "space": f"/api/v1/spaces/{space.pk}/",
        "free": f"/api/v1/spaces/{space.pk}/availability/?{window}",
        "schema": "/api/v1/schema/",
    }[request.param]


def test_both_forms_are_the_same_content_under_two_strong_tags(
    client: Client, address: str
) -> None:
    plain, packed = client.get(address), client.get(address, headers=_GZIP)
    assert "Content-Encoding" not in plain
    assert packed["Content-Encoding"] == "gzip"
    assert gzip.decompress(packed.content) == plain.content
    assert packed["Content-Type"] == plain["Content-Type"]
    assert plain["ETag"] != packed["ETag"]
    for response in (plain, packed):
        assert response["ETag"].startswith('"')
        assert response["ETag"].endswith('"')
        assert "Accept-Encoding" in response["Vary"]
        assert int(response.get("Content-Length", len(response.content))) == len(response.content)
    assert client.get(address, headers=_GZIP).content == packed.content


def test_either_tag_is_enough_for_a_304_that_names_it(client: Client, address: str) -> None:
    tags = [client.get(address, headers=headers)["ETag"] for headers in ({}, _GZIP)]
    for tag in tags:
        for headers in ({}, _GZIP):
            again = client.get(address, headers={**headers, "If-None-Match": f'"x", W/{tag}'})
            assert (again.status_code, again.content, again["ETag"]) == (304, b"", tag)
            assert "Accept-Encoding" in again["Vary"]
            assert "Content-Encoding" not in again
    other = client.get(address, headers={**_GZIP, "If-None-Match": '"x-gzip"'})
    assert other.status_code == 200


def test_head_has_the_headers_of_the_packed_form(client: Client, address: str) -> None:
    whole, head = client.get(address, headers=_GZIP), client.head(address, headers=_GZIP)
    assert (head.status_code, head.content) == (200, b"")
    for name in ("ETag", "Content-Encoding", "Vary"):
        assert head[name] == whole[name]
    assert int(head["Content-Length"]) == len(whole.content)


def test_a_changed_venue_has_new_tags(client: Client, space: Space) -> None:
    address = f"/api/v1/venues/{space.venue.slug}/"
    tag = client.get(address, headers=_GZIP)["ETag"]
    Venue.objects.update(name="Another name")
    again = client.get(address, headers={**_GZIP, "If-None-Match": tag})
    assert again.status_code == 200
    assert json.loads(gzip.decompress(again.content))["name"] == "Another name"


def test_an_unchanged_packed_feed_is_one_read_and_no_body_is_made(
    client: Client, space: Space, max_queries: Callable[..., Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    address = f"/feeds/spaces/{space.pk}/busy.ics"
    tag = client.get(address, headers=_GZIP)["ETag"]

    def never(*_: Any, **__: Any) -> Any:
        pytest.fail("a body was made")

    monkeypatch.setattr("api.feeds.busy._content", never)
    monkeypatch.setattr("api.coding.pack", never)
    with max_queries(1):
        again = client.get(address, headers={**_GZIP, "If-None-Match": tag})
    assert again.status_code == 304


def test_what_is_personal_is_not_packed(client: Client, person: Any, db: None) -> None:
    client.force_login(person)
    response = client.get("/api/v1/bookings/", headers=_GZIP)
    assert response.status_code == 200
    assert "Content-Encoding" not in response
