"""No body follows the headers that answer HEAD, as the web server would send it."""

from __future__ import annotations

from io import BytesIO
from typing import Any

import pytest
from django.core.handlers.wsgi import WSGIHandler
from django.test import RequestFactory

pytestmark = pytest.mark.django_db


def sent(method: str, path: str) -> tuple[int, dict[str, str], bytes]:
    """What leaves the application; the test client would take the body off by itself."""
    environ = RequestFactory().generic(method, path, HTTP_HOST="localhost", secure=True).environ
    started: list[Any] = []
    environ["wsgi.input"] = BytesIO()
    answer = WSGIHandler()(environ, lambda *args: started.extend(args))
    body = b"".join(answer)
    answer.close()
    return int(started[0].split()[0]), dict(started[1]), body


@pytest.mark.parametrize(
    "path",
    [
        "/",
        "/no/such/page/",
        "/account/login/",
        "/?people=%00",
        "/?people=none",
        "/healthz",
        "/api/v1/venues/",
        "/api/v1/venues/?cursor=!!",
        "/api/v1/bookings/",
        "/api/v1/nothing",
        "/api/v1/schema/",
        "/feeds/spaces/999999/busy.ics",
        "/back-office/",
    ],
)
def test_head_has_the_headers_of_get_and_no_body(path: str) -> None:
    status, headers, body = sent("HEAD", path)
    as_got = sent("GET", path)
    assert body == b""
    assert status == as_got[0]
    assert headers.get("Content-Type") == as_got[1].get("Content-Type")
    assert int(headers["Content-Length"]) > 0 or as_got[2] == b""
