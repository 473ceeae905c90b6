"""Odd input is answered 400 before any view sees it."""

from io import BytesIO

import pytest
from django.core.exceptions import RequestDataTooBig
from django.core.handlers.wsgi import WSGIRequest
from django.http import HttpResponse
from django.test import Client, RequestFactory

from config.middleware.sane_input import SaneInputMiddleware


@pytest.mark.parametrize(
    "query",
    [
        "q=%00",
        "q=hall%00%27",
        "%00=1",
        "q=%ff%fe",
        "q=%zz",
        "q=%",
        "q=" + "a" * 9_000,
        "&".join("q=1" for _ in range(300)),
    ],
    ids=["nul", "nul-inside", "nul-name", "not-utf8", "not-hex", "cut-off", "long", "many"],
)
def test_a_query_string_nobody_types_is_refused(client: Client, query: str) -> None:
    response = client.get("/healthz", QUERY_STRING=query)
    assert response.status_code == 400


@pytest.mark.parametrize("query", ["", "q=caf%C3%A9", "q=100%25", "q=a+b&q=c", "q=%F0%9F%8E%B8"])
def test_ordinary_query_strings_pass(client: Client, query: str) -> None:
    assert client.get("/healthz", QUERY_STRING=query).status_code == 200


def test_a_nul_in_the_path_is_refused(client: Client) -> None:
    assert client.get("/health%00z").status_code == 400


def test_a_nul_in_a_form_is_refused(client: Client) -> None:
    assert client.post("/healthz", {"name": "a\x00b"}).status_code == 400
    assert client.post("/healthz", {"a\x00b": "name"}).status_code == 400


def test_a_nul_hidden_in_a_quoted_cookie_is_refused(client: Client) -> None:
    # Django undoes the octal escape, and PostgreSQL would then refuse to look the session up.
    response = client.get("/healthz", headers={"cookie": 'openhall-8000="a\\000b"'})
    assert response.status_code == 400


@pytest.mark.django_db
def test_too_many_form_fields_are_refused(client: Client) -> None:
    body = "&".join(f"f{n}=1" for n in range(2_000))
    kind = "application/x-www-form-urlencoded"
    assert client.post("/healthz", body, content_type=kind).status_code == 400


def test_an_unknown_host_is_refused() -> None:
    answer = Client(raise_request_exception=False).get("/healthz", headers={"host": "evil.test"})
    assert answer.status_code == 400
    assert RequestFactory().get("/").get_host() == "testserver"


@pytest.mark.parametrize("said", ["300000000", "-1", "many"])
def test_a_form_too_long_to_be_one_of_ours_is_refused_before_it_is_read(said: str) -> None:
    body = BytesIO(b"--x")
    environ = RequestFactory().post("/healthz").environ | {"CONTENT_LENGTH": said}
    request = WSGIRequest(environ | {"wsgi.input": body})
    with pytest.raises(RequestDataTooBig):
        SaneInputMiddleware(lambda _: HttpResponse())(request)
    assert body.tell() == 0
