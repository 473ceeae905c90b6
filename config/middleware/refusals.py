"""A refusal that no page has put into words itself becomes the right error page, never a 500."""

from __future__ import annotations

from collections.abc import Callable

import structlog
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.utils.decorators import sync_only_middleware

from config.errors import away
from core import outage
from core.errors import BadInput, DomainError, NotAllowed, NotFound, StateConflict, TryAgain

_log = structlog.get_logger("openhall.errors")
_STATUS: dict[type[DomainError], int] = {BadInput: 400, TryAgain: 503}


@sync_only_middleware
class RefusalsMiddleware:
    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        """The page for a domain error, or for a busy or absent database; all else goes its way."""
        if outage.is_passing(error):
            error = TryAgain()
        if outage.is_overtaken(error):
            # Also what a forgotten check would look like: it is not to go unseen.
            _log.warning("overtaken", exc_info=error)
            error = StateConflict()
        if outage.is_outage(error):
            return away(request)
        if not isinstance(error, DomainError):
            return None
        if isinstance(error, NotFound):
            raise Http404 from error
        if isinstance(error, NotAllowed):
            raise PermissionDenied from error
        status = next((code for kind, code in _STATUS.items() if isinstance(error, kind)), 409)
        response = render(request, "errors/refused.html", {"error": error}, status=status)
        if isinstance(error, TryAgain):
            response["Retry-After"] = str(outage.AGAIN_SECONDS)
        return response
