"""Security headers stand on every answer, whatever its status."""

import pytest
from django.conf import settings
from django.core.exceptions import BadRequest, ImproperlyConfigured, PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.test import Client, override_settings
from django.urls import path

from config.middleware.headers import CONTENT_SECURITY_POLICY, tile_host


def _raise(error: Exception) -> HttpResponse:
    raise error


def forbidden(request: HttpRequest) -> HttpResponse:
    return _raise(PermissionDenied())


def missing(request: HttpRequest) -> HttpResponse:
    return _raise(Http404())


def bad(request: HttpRequest) -> HttpResponse:
    return _raise(BadRequest("a private matter"))


def crash(request: HttpRequest) -> HttpResponse:
    return _raise(RuntimeError("a private matter"))


def fine(request: HttpRequest) -> HttpResponse:
    return HttpResponse("fine")


def limited(request: HttpRequest) -> HttpResponse:
    from config.errors import too_many

    return too_many(request)


urlpatterns = [
    path("200", fine), path("400", bad), path("403", forbidden), path("404", missing),
    path("429", limited), path("500", crash),
    path("api/v1/400", bad), path("api/v1/403", forbidden), path("api/v1/404", missing),
    path("api/v1/429", limited), path("api/v1/500", crash),
]  # fmt: skip
handler400 = "config.errors.bad_request"
handler403 = "config.errors.not_allowed"
handler404 = "config.errors.not_found"
handler500 = "config.errors.broken"

STATUSES = [200, 400, 403, 404, 429, 500]


@pytest.fixture
def calm_client() -> Client:
    return Client(raise_request_exception=False)


@pytest.mark.django_db
@override_settings(ROOT_URLCONF=__name__)
@pytest.mark.parametrize("status", STATUSES)
def test_every_status_carries_the_policy(calm_client: Client, status: int) -> None:
    response = calm_client.get(f"/{status}")
    assert response.status_code == status
    assert response.headers["Content-Security-Policy"] == CONTENT_SECURITY_POLICY
    assert response.headers["X-Content-Type-Options"] == "nosniff"
    assert response.headers["Referrer-Policy"] == "same-origin"
    assert response.headers["Cross-Origin-Opener-Policy"] == "same-origin"
    assert "geolocation=()" in response.headers["Permissions-Policy"]
    assert response.headers["X-Frame-Options"] == "DENY"
    assert "private matter" not in response.text


def test_the_policy_lets_nothing_in_from_outside() -> None:
    parts = dict(part.split(" ", 1) for part in CONTENT_SECURITY_POLICY.split("; "))
    assert parts["default-src"] == "'none'"
    assert parts["frame-ancestors"] == "'none'"
    assert parts["base-uri"] == "'none'"
    assert parts["script-src"] == parts["style-src"] == parts["form-action"] == "'self'"
    assert "unsafe" not in CONTENT_SECURITY_POLICY
    assert "http" not in CONTENT_SECURITY_POLICY


@pytest.mark.django_db
@override_settings(ROOT_URLCONF=__name__)
@pytest.mark.parametrize("status", STATUSES[1:])
def test_the_api_answers_errors_as_problems(calm_client: Client, status: int) -> None:
    response = calm_client.get(f"/api/v1/{status}")
    assert response.status_code == status
    assert response.headers["Content-Type"] == "application/problem+json"
    problem = response.json()
    assert problem["status"] == status
    assert problem["request_id"] == response.headers["X-Request-ID"]


@pytest.mark.django_db
@override_settings(ROOT_URLCONF=__name__)
@pytest.mark.parametrize("status", STATUSES[1:])
def test_error_pages_say_it_in_words_with_a_reference(calm_client: Client, status: int) -> None:
    response = calm_client.get(f"/{status}")
    assert "<h1" in response.text
    if status != 500:
        assert response.headers["X-Request-ID"] in response.text


@override_settings(ROOT_URLCONF=__name__)
def test_the_error_page_needs_no_database(calm_client: Client) -> None:
    # No database mark: a query would fail the test.
    assert calm_client.get("/500").status_code == 500


@pytest.mark.parametrize(
    ("name", "secure"),
    [("SESSION_COOKIE", True), ("CSRF_COOKIE", True), ("LANGUAGE_COOKIE", True)],
)
def test_cookies_are_closed_to_scripts_and_other_sites(name: str, secure: bool) -> None:
    assert getattr(settings, f"{name}_HTTPONLY") is secure
    assert getattr(settings, f"{name}_SAMESITE") == "Lax"


@pytest.mark.parametrize(
    ("address", "host"),
    [
        ("", ""),
        ("https://tiles.example.org/{z}/{x}/{y}.png", "https://tiles.example.org"),
        ("https://{s}.tiles.example.org:8443/{z}/{x}/{y}", "https://*.tiles.example.org:8443"),
    ],
)
def test_pictures_may_come_from_the_tile_server_that_was_named(address: str, host: str) -> None:
    assert tile_host(address) == host


@pytest.mark.parametrize(
    "address",
    [
        "http://tiles.example.org/{z}/{x}/{y}.png",
        "https://*/{z}/{x}/{y}.png",
        "https://tiles.example.org/; script-src *",
        "https://tiles.example.org 'unsafe-inline'/",
        "tiles.example.org",
    ],
)
def test_a_tile_server_says_no_more_than_a_host(address: str) -> None:
    with pytest.raises(ImproperlyConfigured):
        tile_host(address)


def test_without_a_tile_server_pictures_come_from_here_alone() -> None:
    assert "img-src 'self' data:;" in CONTENT_SECURITY_POLICY
