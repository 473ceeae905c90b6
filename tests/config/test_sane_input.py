"""Odd input is answered 400 before any view sees it."""

from io import BytesIO

import pytest
from django import forms
from django.core.exceptions import BadRequest, RequestDataTooBig
from django.core.handlers.wsgi import WSGIRequest
from django.db import DataError
from django.http import HttpRequest, HttpResponse, QueryDict
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


@pytest.mark.parametrize("odd", ["a\x00b", "a\ud800b"], ids=["nul", "half a character"])
def test_a_field_by_a_name_that_cannot_be_stored_is_refused(odd: str) -> None:
    with pytest.raises(BadRequest):
        passed(odd_form({odd: "name"}))


@pytest.mark.parametrize("odd", ["a\x00b", "a\ud800b"], ids=["nul", "half a character"])
def test_the_api_takes_no_form_with_what_cannot_be_stored(odd: str) -> None:
    with pytest.raises(BadRequest):
        passed(odd_form({"name": odd}, path="/api/v1/bookings/"))


@pytest.mark.parametrize("odd", ["a\x00b", "a\ud800b"], ids=["nul", "half a character"])
def test_an_answer_that_cannot_be_stored_reaches_the_form_as_one_it_refuses(odd: str) -> None:
    request = odd_form({"name": odd, "phone": "020 7946 0001"})
    answer = passed(request)
    form = Question(request.POST)
    assert form.errors.as_data()["name"][0].code == "null_characters_not_allowed"
    assert form.cleaned_data == {"phone": "020 7946 0001"}
    assert answer.content == b"What was typed: ab"
    assert answer["Content-Length"] == "18"


def test_what_no_field_catches_is_refused_and_never_a_500() -> None:
    request = odd_form({"name": "\x00"})
    middleware = SaneInputMiddleware(lambda _: HttpResponse())
    middleware(request)
    with pytest.raises(BadRequest):
        middleware.process_exception(request, DataError())
    clean = odd_form({"name": "Ada"})
    middleware(clean)
    middleware.process_exception(clean, DataError())


class Question(forms.Form):
    name = forms.CharField()
    phone = forms.CharField()


def odd_form(answers: dict[str, str], *, path: str = "/account/") -> WSGIRequest:
    """A form as it stands once it is read: half a character comes by an odd charset only."""
    request = RequestFactory().post(path, {"is": "replaced"})
    request.POST = QueryDict(mutable=True)
    request.POST.update(answers)
    return request


def passed(request: WSGIRequest) -> HttpResponse:
    """What the page says that shows the name again."""

    def shown(request: HttpRequest) -> HttpResponse:
        answer = HttpResponse(f"What was typed: {request.POST['name']}")
        answer["Content-Length"] = str(len(answer.content))
        return answer

    return SaneInputMiddleware(shown)(request)


@pytest.mark.django_db
def test_half_a_character_by_an_odd_charset_is_not_a_500(client: Client) -> None:
    lines = ["--x", 'Content-Disposition: form-data; name="login"', "", "a\\ud800", "--x--", ""]
    kind = "multipart/form-data; boundary=x; charset=unicode_escape"
    answer = client.post("/account/login/", "\r\n".join(lines).encode(), content_type=kind)
    assert answer.status_code in (400, 422)


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


@pytest.mark.parametrize(
    ("path", "kind", "length", "is_read"),
    [
        ("/manage/venues/hall/add-photo/", "multipart/form-data; boundary=x", 9_000_000, True),
        ("/manage/venues/hall/add-photo/", "multipart/form-data; boundary=x", 13_000_000, False),
        ("/manage/venues/hall/calendars/", "multipart/form-data; boundary=x", 10_100_000, True),
        ("/manage/imports/", "multipart/form-data; boundary=x", 20_100_000, True),
        ("/manage/imports/", "multipart/form-data; boundary=x", 23_000_000, False),
        ("/manage/imports/", "application/x-www-form-urlencoded", 9_000_000, False),
        ("/my-visits/7/photo/", "multipart/form-data; boundary=x", 9_000_000, True),
        ("/my-visits/7/photo/", "multipart/form-data; boundary=x", 13_000_000, False),
        ("/manage/venues/hall/details/", "application/x-www-form-urlencoded", 9_000_000, False),
        ("/account/login/", "multipart/form-data; boundary=x", 9_000_000, False),
    ],
)
def test_only_pages_that_ask_for_files_take_long_forms_with_files(
    path: str, kind: str, length: int, is_read: bool
) -> None:
    said = {"CONTENT_LENGTH": str(length), "CONTENT_TYPE": kind, "wsgi.input": BytesIO(b"--x--")}
    request = WSGIRequest(RequestFactory().post(path).environ | said)
    middleware = SaneInputMiddleware(lambda _: HttpResponse())
    if is_read:
        assert middleware(request).status_code == 200
    else:
        with pytest.raises(RequestDataTooBig):
            middleware(request)


def test_what_is_too_big_is_told_so_with_the_sizes_that_are_taken() -> None:
    client = Client(raise_request_exception=False)
    answer = client.generic(
        "POST", "/manage/imports/", b"x" * 25_000_000, "multipart/form-data; boundary=b"
    )
    assert answer.status_code == 413
    assert "A list of venues may have up to 20 megabytes" in answer.content.decode()
