"""While the database is away every answer is a 503 that needs none, and it ends by itself."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import psycopg
import pytest
from django.contrib.messages.storage.base import BaseStorage
from django.db import OperationalError, connection
from django.db.backends.postgresql.base import DatabaseWrapper
from django.http import HttpRequest, HttpResponse
from django.test import Client, override_settings
from django.urls import include, path

from core import outage
from core.errors import TryAgain
from notices.tasks import deliver

pytestmark = pytest.mark.django_db


@pytest.fixture
def quiet_client() -> Client:
    return Client(raise_request_exception=False)


@contextmanager
def _away(state: str | None = None) -> Iterator[None]:
    """Every statement fails as it does when the server is gone."""
    said = type("Said", (psycopg.OperationalError,), {"sqlstate": state})

    def fail(*_: Any) -> Any:
        raise OperationalError("the connection is lost") from said("the connection is lost")

    with connection.execute_wrapper(fail):
        yield


def test_a_page_says_so_kindly_and_asks_to_come_back(quiet_client: Client) -> None:
    with _away():
        response = quiet_client.get("/")
    assert response.status_code == 503
    assert int(response["Retry-After"]) == outage.AWAY_SECONDS
    assert "no-store" in response["Cache-Control"]
    page = response.content.decode()
    assert "We are away for a moment" in page
    assert "<nav" not in page
    assert quiet_client.get("/").status_code == 200


def test_the_page_speaks_the_readers_language(quiet_client: Client) -> None:
    with _away():
        response = quiet_client.get("/", headers={"Accept-Language": "cy"})
    assert (response.status_code, response["Content-Language"]) == (503, "cy")
    assert '<html lang="cy"' in response.content.decode()


def test_the_interface_answers_with_a_problem(quiet_client: Client) -> None:
    with _away():
        response = quiet_client.get("/api/v1/venues/")
    assert response.status_code == 503
    assert response["Content-Type"] == "application/problem+json"
    assert response.json()["code"] == "unavailable"
    assert int(response["Retry-After"]) == outage.AWAY_SECONDS


def test_the_pages_about_the_interface_are_for_people(quiet_client: Client) -> None:
    with _away():
        response = quiet_client.get("/api/v1/docs/")
    assert response.status_code == 503
    assert response["Content-Type"].startswith("text/html")


def test_a_calendar_program_gets_one_line_of_text(quiet_client: Client) -> None:
    with _away():
        response = quiet_client.get("/feeds/spaces/1/busy.ics")
    assert response.status_code == 503
    assert response["Content-Type"].startswith("text/plain")
    assert "Retry-After" in response


def test_a_session_that_cannot_be_read_is_no_fault_of_ours(
    quiet_client: Client, admin_user: Any
) -> None:
    quiet_client.force_login(admin_user)
    with _away("57P01"):
        response = quiet_client.get("/account/tokens/")
    assert response.status_code == 503
    assert "We are away for a moment" in response.content.decode()
    assert quiet_client.get("/account/tokens/").status_code == 200


def test_what_only_a_middleware_asks_is_answered_too(
    quiet_client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: Any) -> Any:
        raise OperationalError("the connection is lost")

    # Stands after every view, so that no page can catch it.
    monkeypatch.setattr(BaseStorage, "update", fail)
    for address, kind in (("/", "text/html"), ("/api/v1/venues/", "application/problem+json")):
        response = quiet_client.get(address)
        assert (response.status_code, response["Retry-After"]) == (503, "15")
        assert response["Content-Type"].startswith(kind)


def test_a_connection_that_is_refused_is_an_outage(monkeypatch: pytest.MonkeyPatch) -> None:
    parameters = {**connection.get_connection_params(), "host": "127.0.0.1", "port": "1"}
    other = DatabaseWrapper(connection.settings_dict, alias="elsewhere")
    monkeypatch.setattr(other, "get_connection_params", lambda: parameters)
    with pytest.raises(OperationalError) as refused:
        other.ensure_connection()
    assert outage.is_outage(refused.value)
    assert not outage.is_passing(refused.value)


def busy(request: HttpRequest) -> HttpResponse:
    cause = type("Cause", (psycopg.OperationalError,), {"sqlstate": "55P03"})
    raise OperationalError from cause()


def queueing(request: HttpRequest, state: str) -> HttpResponse:
    """The queue puts what the driver said into an error of its own."""
    with _away(state):
        deliver.defer(notice_id=1)
    return HttpResponse()


urlpatterns = [
    path("busy/", busy),
    path("queueing/<str:state>/", queueing),
    path("", include("config.urls")),
]
handler500 = "config.errors.broken"


@override_settings(ROOT_URLCONF="tests.config.test_outage")
def test_a_lock_that_is_not_to_be_had_keeps_its_own_answer(client: Client) -> None:
    response = client.get("/busy/")
    assert (response.status_code, response["Retry-After"]) == (503, "2")
    assert str(TryAgain.default_message) in response.content.decode()


@override_settings(ROOT_URLCONF="tests.config.test_outage")
@pytest.mark.parametrize(("state", "again"), [("57P01", "15"), ("55P03", "2")])
def test_it_is_no_other_when_a_job_is_put_into_the_queue(
    quiet_client: Client, state: str, again: str
) -> None:
    response = quiet_client.get(f"/queueing/{state}/")
    assert (response.status_code, response["Retry-After"]) == (503, again)
