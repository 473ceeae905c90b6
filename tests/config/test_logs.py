"""One JSON line a request, with its id, and nothing about the person."""

import io
import json
import logging
import logging.config
from collections.abc import Iterator
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction
from django.http import HttpRequest, HttpResponse
from django.test import Client, override_settings
from django.urls import path

from config.settings.logs import LOGGING


def crash(request: HttpRequest, token: str) -> HttpResponse:
    message = "jane@example.org is not here"
    raise RuntimeError(message)


def fine(request: HttpRequest, token: str) -> HttpResponse:
    return HttpResponse("fine")


urlpatterns = [path("feeds/<token>/crash", crash), path("feeds/<token>/fine", fine)]
handler500 = "config.errors.broken"


@pytest.fixture
def written() -> Iterator[io.StringIO]:
    """What the configured handler writes."""
    logging.config.dictConfig(LOGGING | {"disable_existing_loggers": False})
    root = logging.getLogger()
    handler = next(h for h in root.handlers if isinstance(h.formatter, logging.Formatter)
                   and type(h.formatter).__name__ == "ProcessorFormatter")  # fmt: skip
    assert isinstance(handler, logging.StreamHandler)
    stream = io.StringIO()
    before, level = handler.stream, root.level
    handler.setStream(stream)
    root.setLevel("INFO")
    logging.getLogger("django").setLevel("INFO")
    yield stream
    handler.setStream(before)
    root.setLevel(level)
    logging.getLogger("django").setLevel(level)


def _lines(stream: io.StringIO) -> list[dict[str, Any]]:
    return [json.loads(line) for line in stream.getvalue().splitlines()]


@override_settings(ROOT_URLCONF=__name__)
def test_a_request_is_one_line_with_its_route(client: Client, written: io.StringIO) -> None:
    response = client.get("/feeds/s3cret/fine?email=jane@example.org", REMOTE_ADDR="203.0.113.9")
    (line,) = [line for line in _lines(written) if line["event"] == "answered"]
    assert line["route"] == "feeds/<token>/fine"
    assert line["status"] == 200
    assert line["method"] == "GET"
    assert line["request_id"] == response.headers["X-Request-ID"]
    assert line["timestamp"].endswith("Z")


@pytest.mark.django_db
def test_what_somebody_needs_is_in_no_line_and_leaves_with_no_link(
    client: Client, written: io.StringIO
) -> None:
    for address in (
        "/?needs=hearing_loop&text=dialysis",
        "/?needs=levitation",
        "/compare/?space=x",
    ):
        response = client.get(address)
        assert response.headers["Referrer-Policy"] == "same-origin"
    assert written.getvalue().count("answered") == 3
    for word in ("hearing_loop", "dialysis", "levitation", "needs"):
        assert word not in written.getvalue()


@override_settings(ROOT_URLCONF=__name__)
def test_no_line_tells_who_or_with_which_token(written: io.StringIO) -> None:
    client = Client(raise_request_exception=False)
    for address in ("/feeds/s3cret/crash?email=jane@example.org", "/feeds/s3cret/nowhere"):
        client.get(address, REMOTE_ADDR="203.0.113.9")
    said = written.getvalue()
    assert said
    for secret in ("s3cret", "jane", "203.0.113.9"):
        assert secret not in said


@override_settings(ROOT_URLCONF=__name__)
def test_a_crash_names_its_type_and_place_and_request(written: io.StringIO) -> None:
    response = Client(raise_request_exception=False).get("/feeds/s3cret/crash")
    told = [line for line in _lines(written) if "exception" in line]
    assert told
    assert told[0]["exception"][0]["type"] == "RuntimeError"
    assert any("test_logs.py" in place for place in told[0]["exception"][0]["at"])
    assert told[0]["request_id"] == response.headers["X-Request-ID"]


@pytest.mark.django_db
def test_a_refused_row_names_the_constraint_without_the_value(written: io.StringIO) -> None:
    statements = (
        "CREATE TEMP TABLE people (email text CONSTRAINT one_each UNIQUE) ON COMMIT DROP",
        "INSERT INTO people VALUES ('jane@example.org')",
        "INSERT INTO people VALUES ('jane@example.org')",
    )
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            for statement in statements:
                cursor.execute(statement)
    except IntegrityError:
        logging.getLogger("openhall.test").exception("row refused")
    told = [line for line in _lines(written) if "exception" in line]
    assert "jane" not in written.getvalue()
    assert any(part.get("constraint") == "one_each" for part in told[0]["exception"])


def test_line_breaks_cannot_forge_a_line(written: io.StringIO) -> None:
    logging.getLogger("openhall.test").warning("said %s", 'x\n{"event": "forged"}')
    (line,) = _lines(written)
    assert "forged" in line["event"]
