"""The pages for what went wrong: plain words, the request's id, never a trace."""

import sys

import structlog
from django.core.exceptions import RequestDataTooBig
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.template.exceptions import TemplateDoesNotExist
from django.utils.translation import gettext as _

from api.problem import body
from core import outage

_log = structlog.get_logger("openhall.errors")
# Below /api/, but for people to read.
_PAGES = {"api_docs", "api_errors"}


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """400: we could not read the request; 413: we did not, because it is too long."""
    if isinstance(exception, RequestDataTooBig) and not request.path.startswith("/api/"):
        title = _("That is too big to send")
        return _answer(request, status=413, code="bad_input", title=title)
    return _answer(request, status=400, code="bad_input", title=_("We could not read that"))


def not_allowed(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """403: signed in or not, this is not yours."""
    return _answer(request, status=403, code="not_allowed", title=_("You cannot do that"))


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """403: the form was not sent from a page of ours, or sat open too long."""
    return not_allowed(request)


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """404: nothing here."""
    return _answer(request, status=404, code="not_found", title=_("Page not found"))


def too_many(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """429: wait a little."""
    response = _answer(request, status=429, code="throttled", title=_("Too many tries"))
    response.headers["Retry-After"] = "60"
    return response


def away(request: HttpRequest) -> HttpResponse:
    """503: the database cannot be reached, or went away in the middle. Needs none."""
    _log.error("database away")
    try:
        response = _answer(
            request, status=503, code="unavailable", title=_("We are away for a moment")
        )
    except Exception:
        _log.exception("error page failed")
        text = _("We are away for a moment. Try again soon.")
        response = HttpResponse(text, status=503, content_type="text/plain; charset=utf-8")
    response.headers["Retry-After"] = str(outage.AWAY_SECONDS)
    response.headers["Cache-Control"] = "no-store"
    return response


def broken(request: HttpRequest) -> HttpResponse:
    """500: our fault. The page must work when the database does not.

    What a middleware could not do without the database ends here too, and is not our fault.
    """
    if outage.is_outage(sys.exc_info()[1]):
        return away(request)
    try:
        return _answer(
            request, status=500, code="server_error", title=_("Sorry, something went wrong")
        )
    except Exception:
        _log.exception("error page failed")
        text = _("Sorry, something went wrong. Try again later.")
        return HttpResponse(text, status=500, content_type="text/plain; charset=utf-8")


def _answer(request: HttpRequest, *, status: int, code: str, title: str) -> HttpResponse:
    request_id = getattr(request, "request_id", "")
    if request.path.startswith("/api/") and not _is_page(request):
        problem = {**body(code), "status": status, "request_id": request_id}
        return JsonResponse(problem, status=status, content_type="application/problem+json")
    if request.path.startswith("/feeds/"):
        return HttpResponse(title, status=status, content_type="text/plain; charset=utf-8")
    try:
        # Without a brand and a menu, which would ask the database.
        context = {"title": title, "brand": None, "manages_venues": False}
        return render(request, f"errors/{status}.html", context, status=status)
    except TemplateDoesNotExist:
        return HttpResponse(title, status=status, content_type="text/plain; charset=utf-8")


def _is_page(request: HttpRequest) -> bool:
    match = request.resolver_match
    return match is not None and match.url_name in _PAGES
