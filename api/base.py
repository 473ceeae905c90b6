"""What every route has in common: strict parameters, throttles, caching and who may read."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from hashlib import sha256
from typing import Any, ClassVar

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.utils.cache import patch_vary_headers
from django.utils.http import quote_etag
from django.utils.translation import gettext as _
from rest_framework import viewsets
from rest_framework.exceptions import UnsupportedMediaType
from rest_framework.permissions import AllowAny, BasePermission, IsAuthenticated
from rest_framework.renderers import JSONRenderer
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.throttling import BaseThrottle, ScopedRateThrottle

from api import coding, idempotency
from api.authentication import BrowserSession, TokenAuthentication, person
from api.errors import UnknownParameter
from api.idempotency import Answer, Asked
from api.problem import MEDIA_TYPES
from api.shapes import Query
from core import clock

_READS = {"GET", "HEAD", "OPTIONS"}


class ApiView(viewsets.ViewSet):
    """`queries` names the Query of each action that takes parameters; all others refuse them."""

    queries: ClassVar[dict[str, type[Query]]] = {}
    post_scope = "write"
    asked: dict[str, Any]

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        """Check throttles and permission, then the parameters.

        Raises: UnsupportedMediaType, UnknownParameter, ValidationError.
        """
        _require_json(request)
        super().initial(request, *args, **kwargs)
        shape = self.queries.get(self.action or "", Query)
        given = request.query_params
        known = set(shape().fields)
        wrong = [name for name in given if name not in known or len(given.getlist(name)) > 1]
        if wrong:
            raise UnknownParameter(errors=[_unknown(name) for name in sorted(wrong)[:20]])
        query = shape(data=given.dict())
        query.is_valid(raise_exception=True)
        self.asked = query.validated_data

    def get_throttles(self) -> list[BaseThrottle]:
        """The general limits, and a tighter one for what changes something or is dear to find."""
        throttles = super().get_throttles()
        if self.request.method not in _READS:
            self.throttle_scope = self.post_scope
            throttles.append(ScopedRateThrottle())
        return throttles


class PublicView(ApiView):
    """Anybody may read, from any page on the web; a token shows what its owner may see.

    A browser's session counts for nothing here, so an answer can be kept by caches and another
    site can never read through somebody's cookies.
    """

    post_scope = "search"
    authentication_classes = [TokenAuthentication]
    permission_classes: Sequence[type[BasePermission]] = [AllowAny]

    def finalize_response(
        self, request: Request, response: Any, *args: Any, **kwargs: Any
    ) -> Response:
        """Open the answer to other sites, without credentials."""
        answer = super().finalize_response(request, response, *args, **kwargs)
        open_to_all(answer)
        patch_vary_headers(answer, ["Authorization"])
        if answer.status_code < 300 and not answer.has_header("Cache-Control"):
            is_personal = request.auth is not None or request.method not in _READS
            answer["Cache-Control"] = "private, no-store" if is_personal else "public, max-age=60"
        return answer


class PrivateView(ApiView):
    """Only for people: by token, or signed in on a page."""

    authentication_classes = [TokenAuthentication, BrowserSession]
    permission_classes: Sequence[type[BasePermission]] = [IsAuthenticated]

    def finalize_response(
        self, request: Request, response: Any, *args: Any, **kwargs: Any
    ) -> Response:
        """Keep the answer out of every cache."""
        answer = super().finalize_response(request, response, *args, **kwargs)
        answer["Cache-Control"] = "private, no-store"
        return answer

    def once(self, request: Request, act: Callable[[], Answer]) -> Response:
        """Answer with what `act` does; with an Idempotency-Key it is done only once.

        Raises: BadIdempotencyKey, IdempotencyMismatch, and whatever `act` raises.
        """
        key = idempotency.key_from(request.headers.get("Idempotency-Key"))
        if key is None:
            answer = act()
        else:
            asked = Asked(key, f"{request.method} {request.path}", request.data)
            answer = idempotency.once(asked, act, actor=person(request), now=clock.now())
        headers = {"Idempotent-Replay": "true"} if answer.is_repeat else {}
        return Response(answer.body, status=answer.status, headers=headers)


def _require_json(request: Request) -> None:
    """Raises: UnsupportedMediaType.

    Looks before anybody reads: a form of several parts is gone once it is read, and would count
    as an empty body.
    """
    kind = str(request.META.get("CONTENT_TYPE", "")).partition(";")[0].strip().lower()
    if kind not in ("", MEDIA_TYPES) and request.META.get("CONTENT_LENGTH") not in ("", "0", None):
        raise UnsupportedMediaType(kind)


def open_to_all(response: HttpResponseBase) -> None:
    """CORS for public, read-only answers: any origin, never with credentials."""
    response.headers["Access-Control-Allow-Origin"] = "*"
    response.headers["Access-Control-Allow-Methods"] = "GET, HEAD, POST, OPTIONS"
    response.headers["Access-Control-Allow-Headers"] = "Content-Type, If-None-Match"
    response.headers["Access-Control-Expose-Headers"] = "ETag, Last-Modified, Retry-After"
    response.headers["Access-Control-Max-Age"] = "86400"
    response.headers["Cross-Origin-Resource-Policy"] = "cross-origin"


def validated(request: Request, data: Any) -> HttpResponseBase:
    """`data` with a strong ETag over its bytes, or 304 where the caller has those already."""
    response = HttpResponse(JSONRenderer().render(data), content_type="application/json")
    tag(request, response)
    return response


def tag(request: HttpRequest | Request, response: HttpResponse) -> None:
    """Give the body its strong ETag and pack it, or make it a 304 where the caller has it."""
    content = response.content
    etag = quote_etag(sha256(content).hexdigest()[:32])
    accepted = request.META.get("HTTP_ACCEPT_ENCODING")
    brought = request.META.get("HTTP_IF_NONE_MATCH")
    known = coding.known_tag(brought, etag, accept_encoding=accepted)
    if known:
        response.status_code = 304
        response.content = b""
        del response.headers["Content-Type"]
    else:
        response.content = coding.pack(response, content, accept_encoding=accepted)
    response.headers["ETag"] = known or coding.tag_for(etag, accept_encoding=accepted)
    coding.vary(response)


def _unknown(name: str) -> dict[str, str]:
    words = _("There is no such parameter here, or it was given twice.")
    return {"field": name[:60], "code": "unknown_parameter", "detail": words}
