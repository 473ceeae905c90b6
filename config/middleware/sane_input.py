"""Refuse input that no form of ours sends, before it reaches a view or the database.

A character that cannot be stored is another matter in an answer to a form: it may come along with
something pasted, and the other answers are not to be lost. The form says which answer it is in.
"""

import re
from collections.abc import Callable, Iterable
from urllib.parse import unquote_to_bytes

from django.conf import settings
from django.core.exceptions import BadRequest, RequestDataTooBig
from django.db import DataError
from django.http import HttpRequest, HttpResponse, HttpResponseBase

LONGEST_QUERY = 8_192
MOST_PARAMETERS = 200
_NUL = "\x00"
_SURROGATE = re.compile("[\ud800-\udfff]")
_BROKEN_ESCAPE = re.compile(r"%(?![0-9A-Fa-f]{2})")
_WITH_FILES = "multipart/form-data"
_FORMS = {"application/x-www-form-urlencoded", _WITH_FILES}


class SaneInputMiddleware:
    """Answer 400 to NUL bytes, broken escapes, over-long query strings and over-long forms.

    PostgreSQL cannot store a NUL byte: without this the answer would be a 500. Django's own limit
    leaves out the files of a form, which would fill the disk: the forms of managers and of checkers
    alone take any, up to `settings.OPENHALL_LONGEST_UPLOADS` in all. What is longer than a little
    is written to a file as it comes, not kept in memory.

    In the answers to a form of a page, half a character (a lone surrogate) becomes a NUL byte,
    which every text field of Django refuses by name; the form is shown again without it.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        _check_query(request.META.get("QUERY_STRING", ""))
        _refuse_nul([request.path, *request.COOKIES.keys(), *request.COOKIES.values()])
        if request.method == "POST" and request.content_type in _FORMS:
            _check_length(request)
            if _has_unstorable(request):
                return self._ask_again(request)
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, error: Exception) -> None:
        """Where no field took the NUL byte for its own mistake, the database or a number did."""
        if getattr(request, "has_unstorable", False) and isinstance(error, (DataError, ValueError)):
            message = "The request has a character that cannot be stored."
            raise BadRequest(message) from error

    def _ask_again(self, request: HttpRequest) -> HttpResponseBase:
        request.has_unstorable = True  # type: ignore[attr-defined]
        response = self.get_response(request)
        if isinstance(response, HttpResponse):
            response.content = response.content.replace(b"\x00", b"")
            if response.has_header("Content-Length"):
                response["Content-Length"] = str(len(response.content))
        return response


def _has_unstorable(request: HttpRequest) -> bool:
    """Whether an answer has a character that cannot be stored; each is a NUL byte afterwards.

    Raises: BadRequest where it is in the name of a field, or was sent to the API.
    """
    answers = request.POST.copy()
    _refuse_unstorable(answers.keys())
    found = False
    for name, values in request.POST.lists():
        storable = [_SURROGATE.sub(_NUL, value) for value in values]
        if any(_NUL in value for value in storable):
            found = True
            answers.setlist(name, storable)
    if found and request.path.startswith("/api/"):
        _refuse_unstorable([_NUL])
    if found:
        request.POST = answers  # type: ignore[assignment]
    return found


def _refuse_unstorable(values: Iterable[str]) -> None:
    _refuse_nul(_SURROGATE.sub(_NUL, value) for value in values)


def _check_length(request: HttpRequest) -> None:
    said = request.META.get("CONTENT_LENGTH") or "0"
    most = settings.DATA_UPLOAD_MAX_MEMORY_SIZE
    if request.content_type == _WITH_FILES:
        places = settings.OPENHALL_LONGEST_UPLOADS.items()
        most = next((long for path, long in places if request.path.startswith(path)), most)
    if not said.isdecimal() or int(said) > most:
        message = "The form is too long."
        raise RequestDataTooBig(message)


def _check_query(query: str) -> None:
    if len(query) > LONGEST_QUERY or query.count("&") >= MOST_PARAMETERS:
        message = "The address is too long."
        raise BadRequest(message)
    if _BROKEN_ESCAPE.search(query):
        message = "The address has a broken escape."
        raise BadRequest(message)
    try:
        text = unquote_to_bytes(query.encode("latin-1")).decode()
    except UnicodeError as error:
        message = "The address is not valid UTF-8."
        raise BadRequest(message) from error
    _refuse_nul([text])


def _refuse_nul(values: Iterable[str]) -> None:
    if any(_NUL in value for value in values):
        message = "The request has a NUL byte."
        raise BadRequest(message)
