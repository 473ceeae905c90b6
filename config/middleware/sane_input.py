"""Refuse input that no form of ours sends, before it reaches a view or the database."""

import re
from collections.abc import Callable, Iterable
from urllib.parse import unquote_to_bytes

from django.conf import settings
from django.core.exceptions import BadRequest, RequestDataTooBig
from django.http import HttpRequest, HttpResponseBase

LONGEST_QUERY = 8_192
MOST_PARAMETERS = 200
_BROKEN_ESCAPE = re.compile(r"%(?![0-9A-Fa-f]{2})")
_FORMS = {"application/x-www-form-urlencoded", "multipart/form-data"}


class SaneInputMiddleware:
    """Answer 400 to NUL bytes, broken escapes, over-long query strings and over-long forms.

    PostgreSQL cannot store a NUL byte: without this the answer would be a 500. Django's own limit
    leaves out the files of a form, which would fill the disk; no form of ours takes any.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        _check_query(request.META.get("QUERY_STRING", ""))
        _refuse_nul([request.path, *request.COOKIES.keys(), *request.COOKIES.values()])
        if request.method == "POST" and request.content_type in _FORMS:
            _check_length(request)
            for name, values in request.POST.lists():
                _refuse_nul([name, *(value for value in values if isinstance(value, str))])
        return self.get_response(request)


def _check_length(request: HttpRequest) -> None:
    said = request.META.get("CONTENT_LENGTH") or "0"
    if not said.isdecimal() or int(said) > settings.DATA_UPLOAD_MAX_MEMORY_SIZE:
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
    if any("\x00" in value for value in values):
        message = "The request has a NUL byte."
        raise BadRequest(message)
