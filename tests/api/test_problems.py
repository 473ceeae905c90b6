"""Whatever goes wrong is one JSON object with a code that never changes."""

import json
import re
from datetime import UTC, datetime
from pathlib import Path

import pytest
from django.db import (
    Error,
    IntegrityError,
    InterfaceError,
    OperationalError,
    ProgrammingError,
)
from django.test import Client
from rest_framework import exceptions
from rest_framework.test import APIClient

from accounts.models import User
from api import problem
from api.codes import CODES
from api.errors import BadCursor, BadIdempotencyKey, CsrfFailed, IdempotencyMismatch, TooLarge
from bookings.errors import AlreadyStarted, BookingRefused, Breach, StepNotPossible
from core.errors import (
    BadInput,
    DomainError,
    NotAllowed,
    NotFound,
    StateConflict,
    TryAgain,
)
from spaces.errors import Conflict, SpaceTaken, StockShort

pytestmark = pytest.mark.django_db

_AT = datetime(2027, 1, 5, 19, 0, tzinfo=UTC)
_LATER = datetime(2027, 1, 5, 21, 0, tzinfo=UTC)
RAISED = [
    (NotAllowed(), 403, "not_allowed"),
    (NotFound(), 404, "not_found"),
    (BadInput(), 400, "bad_input"),
    (TooLarge(), 413, "too_large"),
    (BadCursor(), 400, "bad_cursor"),
    (BadIdempotencyKey(), 400, "bad_idempotency_key"),
    (IdempotencyMismatch(), 409, "idempotency_mismatch"),
    (BookingRefused([Breach("notice_period", "Too late.", _AT, 3)]), 422, "booking_refused"),
    (SpaceTaken([Conflict(3, _AT, _LATER, _AT, _LATER, 1, 1)]), 409, "space_taken"),
    (StockShort({4: 2}), 409, "stock_short"),
    (StateConflict(), 409, "state_conflict"),
    (StepNotPossible(), 409, "step_not_possible"),
    (AlreadyStarted(), 409, "already_started"),
    (TryAgain(), 503, "try_again"),
    (DomainError(), 422, "refused"),
    (exceptions.ParseError(), 400, "parse_error"),
    (exceptions.ValidationError({"people": ["no"]}), 400, "invalid"),
    (exceptions.NotAuthenticated(), 401, "not_authenticated"),
    (exceptions.AuthenticationFailed(), 401, "token_refused"),
    (CsrfFailed(), 403, "csrf_failed"),
    (exceptions.PermissionDenied(), 403, "not_allowed"),
    (exceptions.MethodNotAllowed("PUT"), 405, "method_not_allowed"),
    (exceptions.NotAcceptable(), 406, "not_acceptable"),
    (exceptions.UnsupportedMediaType("text/plain"), 415, "unsupported_media_type"),
    (exceptions.Throttled(wait=12.3), 429, "throttled"),
]


@pytest.mark.parametrize(("error", "status", "code"), RAISED, ids=lambda value: str(value)[:30])
def test_each_error_has_its_status_and_code(error: Exception, status: int, code: str) -> None:
    answer = problem.handle(error, {})
    assert answer is not None
    assert (answer.status_code, answer.data["code"]) == (status, code)
    assert answer.data["status"] == status
    assert answer.content_type == "application/problem+json"
    assert CODES[code].status == status
    assert answer.data["type"] == f"/api/v1/errors/#{code}"
    assert {"title", "detail"} <= set(answer.data)


def test_a_refusal_lists_every_breach_with_its_date() -> None:
    breaches = [Breach("notice_period", "Too late.", _AT, 3), Breach("capacity", "Too many.")]
    answer = problem.handle(BookingRefused(breaches), {})
    assert answer is not None
    assert [breach["code"] for breach in answer.data["breaches"]] == ["notice_period", "capacity"]
    assert answer.data["breaches"][0]["space"] == 3


def test_a_clash_says_when_and_never_who() -> None:
    answer = problem.handle(SpaceTaken([Conflict(3, _AT, _LATER, _AT, _LATER, 1, 1)]), {})
    assert answer is not None
    assert answer.data["conflicts"] == [
        {"space": 3, "starts_at": "2027-01-05T19:00:00Z", "ends_at": "2027-01-05T21:00:00Z"}
    ]


@pytest.mark.parametrize("error", [TryAgain(), exceptions.Throttled(wait=12.3)])
def test_wait_is_said_in_whole_seconds(error: Exception) -> None:
    answer = problem.handle(error, {})
    assert answer is not None
    assert int(answer["Retry-After"]) >= 1


def _said_by_the_database(state: str | None, kind: type[Error] = OperationalError) -> Error:
    error = kind()
    error.__cause__ = type("Cause", (Exception,), {"sqlstate": state})()
    return error


@pytest.mark.parametrize(
    ("state", "code"),
    [
        ("40P01", "try_again"),
        ("55P03", "try_again"),
        (None, "unavailable"),
        ("57P01", "unavailable"),
        ("53300", "unavailable"),
        ("08006", "unavailable"),
    ],
)
def test_a_busy_database_is_a_try_again_and_a_lost_one_is_away(
    state: str | None, code: str
) -> None:
    answer = problem.handle(_said_by_the_database(state), {})
    assert answer is not None
    assert (answer.status_code, answer.data["code"]) == (503, code)
    assert int(answer["Retry-After"]) >= 1


@pytest.mark.parametrize(
    "error",
    [
        _said_by_the_database("54001"),
        _said_by_the_database("42601", ProgrammingError),
        # Our own misuse of a cursor: the connection is well.
        _said_by_the_database(None, InterfaceError),
        IntegrityError(),
    ],
    ids=repr,
)
def test_what_is_wrong_with_our_statements_stays_a_fault_of_ours(error: Error) -> None:
    assert problem.handle(error, {}) is None


def test_a_connection_that_broke_inside_a_transaction_is_away() -> None:
    error = ProgrammingError("Cannot open a new connection in an atomic block.")
    error.__context__ = _said_by_the_database("57P01")
    answer = problem.handle(error, {})
    assert answer is not None
    assert answer.data["code"] == "unavailable"


def test_a_field_that_a_service_refuses_is_named_as_in_the_body() -> None:
    answer = problem.handle(BadInput("Two run into each other.", field="pattern"), {})
    assert answer is not None
    assert answer.data["errors"] == [
        {"field": "when", "code": "bad_input", "detail": "Two run into each other."}
    ]


def test_nested_errors_name_their_field() -> None:
    detail = {"when": {"first": ["bad"]}, "items": [{}, {"quantity": ["bad"]}]}
    answer = problem.handle(exceptions.ValidationError(detail), {})
    assert answer is not None
    assert [line["field"] for line in answer.data["errors"]] == ["when.first", "items[1].quantity"]


def test_the_list_for_readers_names_every_code_with_its_status() -> None:
    listed = Path("docs/errors.md").read_text()
    found = dict(re.findall(r"^\| `(\w+)` \| (\d+) \|", listed, re.MULTILINE))
    assert found == {code.code: str(code.status) for code in CODES.values()}


def test_the_page_that_types_lead_to_names_every_code(client: Client) -> None:
    page = client.get("/api/v1/errors/").content.decode()
    assert all(f'id="{code}"' in page for code in CODES)


BAD_REQUESTS = [
    ("get", "/api/v1/venues/?colour=red", 400, "unknown_parameter"),
    ("get", "/api/v1/venues/?q=a&q=b", 400, "unknown_parameter"),
    ("get", "/api/v1/venues/?format=xml", 400, "unknown_parameter"),
    ("get", "/api/v1/venues/?q=%00", 400, "bad_input"),
    ("get", "/api/v1/venues/?q=%ff", 400, "bad_input"),
    ("get", f"/api/v1/venues/?q={'x' * 9000}", 400, "bad_input"),
    ("get", f"/api/v1/venues/?q={'x' * 101}", 400, "invalid"),
    ("get", "/api/v1/venues/?kind=castle", 400, "invalid"),
    ("get", "/api/v1/venues/?near=91,0", 400, "invalid"),
    ("get", "/api/v1/venues/?near=nan,inf", 400, "invalid"),
    ("get", "/api/v1/venues/?bbox=1,2,3", 400, "invalid"),
    ("get", "/api/v1/venues/?bbox=0.3,51.4,0.1,51.5", 400, "invalid"),
    ("get", "/api/v1/venues/?limit=0", 400, "invalid"),
    ("get", "/api/v1/venues/?limit=1e9", 400, "invalid"),
    ("get", "/api/v1/venues/?cursor=!!", 400, "bad_cursor"),
    ("get", "/api/v1/venues/?cursor=WzEsMV0", 400, "bad_cursor"),
    # Half of a surrogate pair, then a NUL: the database can be asked for neither.
    ("get", "/api/v1/venues/?cursor=WyJcdWQ4MDAiLDFd", 400, "bad_cursor"),
    ("get", "/api/v1/venues/?cursor=WyJhXHUwMDAwIiwxXQ", 400, "bad_cursor"),
    ("get", "/api/v1/venues/no-such-venue/", 404, "not_found"),
    ("get", "/api/v1/spaces/999999/", 404, "not_found"),
    ("get", f"/api/v1/spaces/{10**40}/", 404, "not_found"),
    ("get", "/api/v1/nothing/", 404, "not_found"),
    ("get", "/api/", 404, "not_found"),
    ("post", "/api/v1/nothing", 404, "not_found"),
    ("delete", "/api/v1/venues/", 405, "method_not_allowed"),
    ("post", "/api/v1/venues/", 405, "method_not_allowed"),
]


@pytest.mark.parametrize(("method", "path", "status", "code"), BAD_REQUESTS)
def test_a_bad_request_is_a_clear_answer(
    anybody: APIClient, method: str, path: str, status: int, code: str
) -> None:
    response = getattr(anybody, method)(path)
    assert response.status_code == status, response.content
    assert response["Content-Type"] == "application/problem+json"
    assert json.loads(response.content)["code"] == code


BAD_BODIES = [
    ("", "application/json", 400, "invalid"),
    ("{", "application/json", 400, "parse_error"),
    ("[]", "application/json", 400, "parse_error"),
    ('{"spaces": NaN}', "application/json", 400, "parse_error"),
    ('{"spaces": [1], "spaces": [2]}', "application/json", 400, "parse_error"),
    ('{"spaces": "\\u0000"}', "application/json", 400, "parse_error"),
    ('{"spaces": "\\ud800"}', "application/json", 400, "parse_error"),
    ('{"a":' * 50 + "1" + "}" * 50, "application/json", 400, "parse_error"),
    ("[" * 200_000, "application/json", 400, "parse_error"),
    (b"\xff\xfe", "application/json", 400, "parse_error"),
    ("1" * 5000, "application/json", 400, "parse_error"),
    (json.dumps({"spaces": "x" * 1_000_000}), "application/json", 413, "too_large"),
    ("spaces=1", "application/x-www-form-urlencoded", 415, "unsupported_media_type"),
    ("<a/>", "text/xml", 415, "unsupported_media_type"),
    (json.dumps({"spaces": []}), "application/json", 400, "invalid"),
    (json.dumps({"spaces": [1], "periods": [], "price": 0}), "application/json", 400, "invalid"),
    (json.dumps({"spaces": [10**30], "periods": [{}]}), "application/json", 400, "invalid"),
]


@pytest.mark.parametrize(("body", "kind", "status", "code"), BAD_BODIES, ids=range(len(BAD_BODIES)))
def test_a_bad_body_is_a_clear_answer(
    anybody: APIClient, body: str | bytes, kind: str, status: int, code: str
) -> None:
    response = anybody.generic("POST", "/api/v1/availability/check/", body, content_type=kind)
    assert response.status_code == status, response.content
    assert response.json()["code"] == code


_FORM = (
    '--b\r\nContent-Disposition: form-data; name="spaces"\r\n\r\n1\r\n--b--\r\n',
    "multipart/form-data; boundary=b",
)


@pytest.mark.parametrize("address", ["/api/v1/availability/check/", "/api/v1/quote"])
@pytest.mark.parametrize(
    ("body", "kind"),
    [
        _FORM,
        ("spaces=1", "application/x-www-form-urlencoded"),
        ("{}", "text/plain"),
        ("{}", "application/jsonp; charset=utf-8"),
    ],
    ids=["parts", "form", "text", "nearly"],
)
def test_what_is_not_json_is_refused_by_its_kind_and_told_what_is_taken(
    anybody: APIClient, address: str, body: str, kind: str
) -> None:
    response = anybody.generic("POST", address, body, content_type=kind)
    assert response.status_code == 415, response.content
    assert response["Content-Type"] == "application/problem+json"
    assert response.json()["code"] == "unsupported_media_type"
    assert "application/json" in response.json()["detail"]
    assert response["Accept"] == "application/json"


def test_a_form_of_parts_in_a_session_is_refused_by_its_kind_too(person: User) -> None:
    client = APIClient()
    client.force_login(person)
    response = client.generic("POST", "/api/v1/bookings/", *_FORM[:1], content_type=_FORM[1])
    assert (response.status_code, response.json()["code"]) == (415, "unsupported_media_type")


@pytest.mark.parametrize("kind", ["application/json", "Application/JSON; charset=utf-8"])
def test_json_is_read_however_its_kind_is_spelt(anybody: APIClient, kind: str) -> None:
    response = anybody.generic("POST", "/api/v1/quote/", "{}", content_type=kind)
    assert (response.status_code, response.json()["code"]) == (400, "invalid")


def test_an_address_works_without_its_last_slash(anybody: APIClient) -> None:
    assert anybody.get("/api/v1/venues").status_code == 200
    assert anybody.post("/api/v1/availability/check", {}, format="json").status_code == 400


def test_an_address_without_its_slash_asks_for_the_form_key_as_with_it(person: User) -> None:
    strict = APIClient(enforce_csrf_checks=True)
    assert strict.post("/api/v1/nothing", {}, format="json").status_code == 404
    assert strict.post("/api/v1/quote", {}, format="json").status_code == 400
    strict.force_login(person)
    for address in ("/api/v1/bookings", "/api/v1/bookings/"):
        response = strict.post(address, {}, format="json")
        assert response.json()["code"] == "csrf_failed"


def test_questions_by_post_have_a_limit_of_their_own(
    anybody: APIClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    from rest_framework.throttling import ScopedRateThrottle

    monkeypatch.setattr(ScopedRateThrottle, "THROTTLE_RATES", {"search": "1/min", "write": "9/min"})
    answers = [anybody.post("/api/v1/quote/", {}, format="json") for _n in range(2)]
    assert [answer.status_code for answer in answers] == [400, 429]


def test_too_many_requests_are_told_how_long_to_wait(
    anybody: APIClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    from rest_framework.throttling import AnonRateThrottle

    monkeypatch.setattr(AnonRateThrottle, "THROTTLE_RATES", {"anon": "2/min"})
    answers = [anybody.get("/api/v1/venues/") for _n in range(3)]
    assert [answer.status_code for answer in answers] == [200, 200, 429]
    assert answers[2].json()["code"] == "throttled"
    assert 1 <= int(answers[2]["Retry-After"]) <= 60
