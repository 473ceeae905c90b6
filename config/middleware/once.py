"""A form that is sent twice, by a second press or over a bad line, is done once.

Every page that is drawn carries a token of its own for its forms. The same token, answers and
files from the same browser are therefore the same form, not somebody who wants two of a thing.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from django.conf import settings
from django.core.cache import cache
from django.db import DatabaseError, OperationalError, connection
from django.http import HttpRequest, HttpResponseBase, HttpResponseRedirect

from config.errors import away
from core import outage

_TOKEN = "csrfmiddlewaretoken"  # noqa: S105 - the name of a field
_FORMS = {"application/x-www-form-urlencoded", "multipart/form-data"}
_KEPT_SECONDS = 60
_MOVED = {302, 303}


class OnceMiddleware:
    """Let the same form through one at a time, and lead the second where the first went.

    Only what went well is remembered (it redirects), and of each browser only the last: whoever
    goes back, changes something and changes it back again is heard. Stands around the session, so
    that what the first left in it (its "saved") is there when the second looks.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        browser = _browser(request)
        if not browser:
            return self.get_response(request)
        form = _digest(request, browser)
        try:
            with _alone(form):
                return self._answer(request, f"once:{_hash(browser)}", form)
        except OperationalError as error:
            if not outage.is_passing(error):
                raise
            return away(request)

    def _answer(self, request: HttpRequest, place: str, form: str) -> HttpResponseBase:
        last = cache.get(place)
        if last and last[0] == form:
            return HttpResponseRedirect(last[1])
        response = self.get_response(request)
        if response.status_code in _MOVED and not _starts_session(request, response):
            cache.set(place, (form, response.headers["Location"]), _KEPT_SECONDS)
        return response


def _browser(request: HttpRequest) -> str:
    """Whose form it is; empty where it is none, or nobody could tell it from another's."""
    if request.method != "POST" or request.content_type not in _FORMS:
        return ""
    if not request.POST.get(_TOKEN):
        return ""
    names = (settings.SESSION_COOKIE_NAME, settings.CSRF_COOKIE_NAME)
    return next((request.COOKIES[name] for name in names if request.COOKIES.get(name)), "")


def _digest(request: HttpRequest, browser: str) -> str:
    files = []
    for name, sent in request.FILES.lists():
        for file in sent:
            content = hashlib.sha256()
            for piece in file.chunks():
                content.update(piece)
            file.seek(0)
            files.append((name, file.name, content.hexdigest()))
    whole = [browser, request.get_full_path(), list(request.POST.lists()), files]
    return _hash(json.dumps(whole))


def _hash(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def _starts_session(request: HttpRequest, response: HttpResponseBase) -> bool:
    """Signing in or out: who is sent on without the new session would not be signed in."""
    name = settings.SESSION_COOKIE_NAME
    return name in response.cookies and response.cookies[name].value != request.COOKIES.get(name)


@contextmanager
def _alone(form: str) -> Iterator[None]:
    """Wait for whoever is at the same form; the database lets go of those who are killed."""
    number = [int(form[:16], 16) - 2**63]
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_lock(%s)", number)
    try:
        yield
    finally:
        try:
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_advisory_unlock(%s)", number)
        except DatabaseError:
            connection.close()
