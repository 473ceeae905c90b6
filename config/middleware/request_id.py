"""Give every request an id, and write one line about it when it is answered."""

import re
import time
import uuid
from collections.abc import Callable

import structlog
from django.conf import settings
from django.http import HttpRequest, HttpResponseBase

HEADER = "X-Request-ID"
_SAFE = re.compile(r"[A-Za-z0-9-]{8,64}")
_log = structlog.get_logger("openhall.request")


class RequestIdMiddleware:
    """Bind the id to all log lines of the request; a trusted proxy may bring its own."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        request_id = _id_of(request)
        request.request_id = request_id  # type: ignore[attr-defined]
        started = time.perf_counter()
        with structlog.contextvars.bound_contextvars(request_id=request_id):
            response = self.get_response(request)
            response.headers[HEADER] = request_id
            match = request.resolver_match
            _log.info(
                "answered",
                method=request.method if request.method in _METHODS else "other",
                # The route, not the address: addresses carry tokens and search words.
                route=match.route if match else "unmatched",
                status=response.status_code,
                ms=round((time.perf_counter() - started) * 1000, 1),
            )
        return response


_METHODS = {"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"}


def _id_of(request: HttpRequest) -> str:
    brought = request.headers.get(HEADER, "")
    if settings.OPENHALL_PROXIES and _SAFE.fullmatch(brought):
        return brought
    return uuid.uuid4().hex
