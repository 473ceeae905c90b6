"""One shape for everything that goes wrong: application/problem+json (RFC 9457)."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from typing import Any

from django.core.exceptions import (
    BadRequest,
    PermissionDenied,
    RequestDataTooBig,
    SuspiciousOperation,
)
from django.db import Error
from django.http import Http404
from rest_framework import exceptions
from rest_framework.response import Response

from api.codes import CODES
from api.errors import CsrfFailed, TooLarge
from bookings.errors import Breach
from core import outage
from core.errors import (
    BadInput,
    DomainError,
    NotAllowed,
    NotFound,
    StateConflict,
    TryAgain,
)
from spaces.errors import SpaceTaken, StockShort

CONTENT_TYPE = "application/problem+json"
# What we read, for whoever sends something else.
MEDIA_TYPES = "application/json"

# Where a service's word for a part of a request is not the body's.
_NAMES = {"pattern": "when"}

# The first that fits counts. A domain error that is none of these is a refusal by rule: 422.
_STATUSES: tuple[tuple[type[DomainError], int], ...] = (
    (TooLarge, 413),
    (BadInput, 400),
    (NotAllowed, 403),
    (NotFound, 404),
    (SpaceTaken, 409),
    (StockShort, 409),
    (StateConflict, 409),
    (TryAgain, 503),
)

# What Django and the framework raise, by code. Order matters: subclasses first.
_FRAMEWORK: tuple[tuple[type[BaseException], str], ...] = (
    (CsrfFailed, "csrf_failed"),
    (exceptions.ParseError, "parse_error"),
    (exceptions.NotAuthenticated, "not_authenticated"),
    (exceptions.AuthenticationFailed, "token_refused"),
    (exceptions.PermissionDenied, "not_allowed"),
    (exceptions.NotFound, "not_found"),
    (exceptions.MethodNotAllowed, "method_not_allowed"),
    (exceptions.NotAcceptable, "not_acceptable"),
    (exceptions.Throttled, "throttled"),
    (Http404, "not_found"),
    (PermissionDenied, "not_allowed"),
    (RequestDataTooBig, "too_large"),
    (SuspiciousOperation, "bad_input"),
    (BadRequest, "bad_input"),
)


def handle(error: Exception, context: Mapping[str, Any]) -> Response | None:
    """The exception handler of the whole interface; None lets a fault of ours through as 500."""
    answer = _answer(error)
    if answer is None:
        return None
    for name, value in _headers(error).items():
        answer[name] = value
    return answer


def body(code: str, *, detail: str = "", **members: Any) -> dict[str, Any]:
    """The members of a problem; `type` is the page that explains the code."""
    kind = CODES[code]
    return {
        "type": f"/api/v1/errors/#{code}",
        "title": str(kind.title),
        "status": kind.status,
        "detail": detail or str(kind.remedy),
        "code": code,
        **{name: value for name, value in members.items() if value},
    }


def _answer(error: Exception) -> Response | None:
    if isinstance(error, DomainError):
        return _from_domain(error)
    if isinstance(error, exceptions.ValidationError):
        return _response(body("invalid", errors=list(_field_errors(error.detail))))
    if isinstance(error, Error):
        return _from_database(error)
    if isinstance(error, exceptions.UnsupportedMediaType):
        return _response(body("unsupported_media_type"))
    for kind, code in _FRAMEWORK:
        if isinstance(error, kind):
            detail = str(error.detail) if isinstance(error, exceptions.APIException) else ""
            return _response(body(code, detail=detail))
    if isinstance(error, exceptions.APIException):
        return _response({**body("refused", detail=str(error.detail)), "status": error.status_code})
    return None


def _from_domain(error: DomainError) -> Response:
    status = next((status for kind, status in _STATUSES if isinstance(error, kind)), 422)
    code = error.code if error.code in CODES else _code_for(status)
    problem = body(
        code,
        detail=str(error.message),
        errors=error.details.get("errors") or list(_field_of(error)),
        breaches=[_breach(breach) for breach in getattr(error, "breaches", [])],
        conflicts=list(_conflicts(error)),
        short=error.details.get("short"),
    )
    return _response({**problem, "status": status, "code": error.code})


def _field_of(error: DomainError) -> Iterator[dict[str, str]]:
    """The field that the service named, as the checks of the body name theirs."""
    if isinstance(error, BadInput) and "field" in error.details:
        code = str(error.details.get("reason", error.code))
        field = _NAMES.get(error.details["field"], error.details["field"])
        yield {"field": field, "code": code, "detail": str(error.message)}


def _from_database(error: Error) -> Response | None:
    if outage.is_passing(error):
        return _response(body("try_again"))
    if outage.is_overtaken(error):
        return _response(body("state_conflict"))
    return _response(body("unavailable")) if outage.is_outage(error) else None


def _code_for(status: int) -> str:
    return {400: "bad_input", 403: "not_allowed", 404: "not_found", 409: "state_conflict"}.get(
        status, "refused"
    )


def _breach(breach: Breach) -> dict[str, Any]:
    starts_at = instant(breach.starts_at) if breach.starts_at else None
    return {**breach.as_data(), "starts_at": starts_at}


def _conflicts(error: DomainError) -> Iterator[dict[str, Any]]:
    """When it is taken, without a word about who has it."""
    for clash in getattr(error, "conflicts", []):
        yield {
            "space": clash.space_id,
            "starts_at": instant(clash.starts_at),
            "ends_at": instant(clash.ends_at),
        }


def instant(value: datetime) -> str:
    """An aware instant as the interface writes it: UTC, with a Z."""
    return value.astimezone(UTC).isoformat().replace("+00:00", "Z")


def _field_errors(detail: Any, *, path: str = "") -> Iterator[dict[str, str]]:
    """Nested errors as a flat list: `when.first`, `spaces[2]`."""
    if isinstance(detail, Mapping):
        for name, inner in detail.items():
            yield from _field_errors(inner, path=_step(path, name))
    elif isinstance(detail, list):
        for index, inner in enumerate(detail):
            if isinstance(inner, exceptions.ErrorDetail):
                yield {"field": path, "code": str(inner.code), "detail": str(inner)}
            else:
                yield from _field_errors(inner, path=f"{path}[{index}]")


def _step(path: str, name: Any) -> str:
    if isinstance(name, int):
        return f"{path}[{name}]"
    return path if name == "non_field_errors" else f"{path}.{name}".strip(".")


def _headers(error: Exception) -> dict[str, str]:
    found: dict[str, str] = {}
    challenge = getattr(error, "auth_header", None)
    if challenge:
        found["WWW-Authenticate"] = challenge
    if isinstance(error, exceptions.Throttled):
        found["Retry-After"] = str(
            max(1, math.ceil(getattr(error, "wait", None) or outage.AGAIN_SECONDS))
        )
    if isinstance(error, exceptions.UnsupportedMediaType):
        found["Accept"] = MEDIA_TYPES
    if isinstance(error, TryAgain) or outage.is_passing(error):
        found["Retry-After"] = str(outage.AGAIN_SECONDS)
    elif outage.is_outage(error):
        found["Retry-After"] = str(outage.AWAY_SECONDS)
    return found


def _response(problem: dict[str, Any]) -> Response:
    return Response(
        problem,
        status=problem["status"],
        content_type=CONTENT_TYPE,
        headers={"Cache-Control": "no-store"},
    )
