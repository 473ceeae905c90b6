"""Nobody reaches what belongs to another council, by any address.

The walk finds every address by itself. What an address takes is said in
tests/isolation/routes.py; an address that is not known there fails the test.
"""

from __future__ import annotations

import json
import logging
from collections.abc import Callable, Iterator
from dataclasses import dataclass

import pytest
from django.contrib.auth import SESSION_KEY
from django.core.cache import cache
from django.http import HttpResponseBase
from django.test import Client

from accounts.models import User
from tests.factories.accounts import MembershipFactory, OrganisationFactory
from tests.isolation.routes import TABLE, UNNAMED, addresses, all_routes
from tests.isolation.world import (
    PLANTED,
    SEARCHED_FOR,
    Borough,
    damage,
    fingerprint,
    mark,
    plant,
)

pytestmark = pytest.mark.django_db
SENT = ("post", "put", "patch", "delete")
# Steps that end a session or send the person elsewhere say nothing about other people's rows.
REFUSALS = {301, 302, 400, 401, 403, 404, 405, 406, 409, 410, 415, 422, 429}


@dataclass(frozen=True)
class Towns:
    ours: Borough
    theirs: Borough
    neighbour: User


@pytest.fixture
def towns() -> Towns:
    """Ours has marks in every private word; theirs is where the visitors come from."""
    ours = plant("Northmere", private=mark)
    theirs = plant("Southmere", private=lambda word: f"{word}-of-theirs")
    group = OrganisationFactory(council=ours.council)
    neighbour = MembershipFactory(organisation=group, role="owner").user
    return Towns(ours=ours, theirs=theirs, neighbour=neighbour)


@pytest.fixture(autouse=True)
def _no_log_of_a_thousand_refusals() -> Iterator[None]:
    logging.disable(logging.CRITICAL)
    yield
    logging.disable(logging.NOTSET)


VISITORS: dict[str, Callable[[Towns], User | None]] = {
    "nobody": lambda towns: None,
    "hirer": lambda towns: towns.theirs.membership.user,
    "hirer of the same council": lambda towns: towns.neighbour,
    "officer of the other council": lambda towns: towns.theirs.officer,
}


def visits(user: User | None, path: str) -> Iterator[tuple[str, HttpResponseBase]]:
    """`path` by every method that anything behind it could know, signed in anew where needed."""
    client = Client(raise_request_exception=False)
    searched = f"{path}?q={SEARCHED_FOR}&search={SEARCHED_FOR}&page=1"
    body = json.dumps({"reason": "because", "answer": "accept"})
    for method, where in [("get", path), ("get", searched), ("post", path)]:
        _sign_in(client, user)
        yield f"{method.upper()} {where}", getattr(client, method)(where)
    # Nothing in the back office knows other methods, and it has most of the addresses.
    for method in () if path.startswith("/back-office/") else SENT:
        _sign_in(client, user)
        send = getattr(client, method)
        yield f"{method.upper()} {where}", send(where, body, content_type="application/json")


def _sign_in(client: Client, user: User | None) -> None:
    if user and client.session.get(SESSION_KEY) != str(user.pk):
        client.force_login(user)


def said(response: HttpResponseBase) -> str:
    """All that the visitor gets to read: body and headers."""
    body = b"".join(response) if response.streaming else response.content  # type: ignore[attr-defined]
    return f"{response.headers}\n{body.decode(errors='replace')}"


@pytest.mark.parametrize("visitor", VISITORS)
def test_no_address_shows_or_changes_what_is_another_councils(towns: Towns, visitor: str) -> None:
    user = VISITORS[visitor](towns)
    before = fingerprint()
    wrong = []
    for route in all_routes():
        for path, is_public in addresses(route, towns.ours):
            cache.clear()
            for visit, response in visits(user, path):
                found = PLANTED.findall(said(response))
                if found:
                    wrong.append(f"{visit} ({response.status_code}) shows {set(found)}")
                elif response.status_code >= 500:
                    wrong.append(f"{visit} breaks: {response.status_code}")
                elif not is_public and response.status_code not in REFUSALS:
                    wrong.append(f"{visit} answers {response.status_code}")
    theirs = {f"accounts.User {user.pk}"} if user else set()
    wrong += [f"{row} was changed" for row in damage(before) if row not in theirs]
    assert not wrong, "\n".join(wrong)


def test_the_walk_would_notice_a_leak(towns: Towns) -> None:
    """The council's own officer does see planted words, so the marks are where pages look."""
    seen = set()
    for route in all_routes():
        for path, _is_public in addresses(route, towns.ours):
            client = Client(raise_request_exception=False)
            client.force_login(towns.ours.officer)
            if PLANTED.search(said(client.get(path))):
                seen.add(route.name)
    assert {"organisation", "admin:accounts_organisation_changelist"} <= seen


def test_the_table_names_no_address_that_is_gone() -> None:
    routes = all_routes()
    names = {route.name for route in routes}
    gone = {name for name in TABLE if not name.startswith("admin:")} - names
    assert gone == set()
    assert set(UNNAMED) <= {route.pattern for route in routes}
