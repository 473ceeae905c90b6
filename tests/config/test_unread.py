"""A body that nobody wanted is read to its end, so that the connection is good for the next."""

from __future__ import annotations

from io import BytesIO
from typing import Any

import pytest
from django.core.handlers.wsgi import WSGIHandler
from django.test import RequestFactory

pytestmark = pytest.mark.django_db
BODY = b'{"reason": "Ill"}' * 10_000


def left_over(method: str, path: str, **more: Any) -> tuple[str, int]:
    """The status, and how much of the body is still waiting when the answer is there."""
    environ = RequestFactory().generic(method, path, HTTP_HOST="localhost", secure=True).environ
    started: list[Any] = []
    body = BytesIO(BODY)
    environ |= {"wsgi.input": body, "CONTENT_TYPE": "application/json", **more}
    answer = WSGIHandler()(environ, lambda *args: started.extend(args))
    answer.close()
    return started[0][:3], len(body.read())


@pytest.mark.parametrize(
    ("status", "method", "path"),
    [
        ("401", "POST", "/api/v1/bookings/"),
        ("401", "PUT", "/api/v1/bookings/"),
        ("403", "POST", "/account/login/"),
        ("404", "POST", "/no/such/page/"),
        ("200", "GET", "/healthz"),
    ],
)
def test_nothing_is_left_of_a_body_that_was_not_wanted(status: str, method: str, path: str) -> None:
    assert left_over(method, path, CONTENT_LENGTH=str(len(BODY))) == (status, 0)


def test_nor_of_one_that_comes_in_pieces() -> None:
    sent = {"HTTP_TRANSFER_ENCODING": "chunked", "CONTENT_LENGTH": ""}
    assert left_over("POST", "/api/v1/bookings/", **sent) == ("401", 0)


def test_what_comes_after_it_is_left_alone() -> None:
    assert left_over("POST", "/healthz", CONTENT_LENGTH="100") == ("403", len(BODY) - 100)
