"""How the interface describes itself: OpenAPI parts that every route shares."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from django.conf import settings
from django.utils.translation import gettext_lazy as _
from drf_spectacular.extensions import OpenApiAuthenticationExtension
from drf_spectacular.utils import OpenApiExample, OpenApiParameter, OpenApiResponse, extend_schema
from rest_framework import serializers

from api.shapes import Instant, Output, Query

_PROBLEM = "application/problem+json"


class FieldErrorOutput(Output):
    field = serializers.CharField(help_text="Where: `when.first`, `spaces[2]`.")
    code = serializers.CharField()
    detail = serializers.CharField()


class BreachOutput(Output):
    code = serializers.CharField(help_text="The rule that is broken.")
    message = serializers.CharField()
    starts_at = Instant(allow_null=True, help_text="The date it concerns; null: every date.")
    space = serializers.IntegerField(allow_null=True, source="space_id")


class ConflictOutput(Output):
    space = serializers.IntegerField(help_text="The space, or the part of it, that is taken.")
    starts_at = Instant()
    ends_at = Instant()


class ProblemOutput(Output):
    """RFC 9457. `code` never changes; the words may."""

    type = serializers.CharField()
    title = serializers.CharField()
    status = serializers.IntegerField()
    detail = serializers.CharField()
    code = serializers.CharField()
    errors = FieldErrorOutput(many=True, required=False)  # type: ignore[assignment]
    breaches = BreachOutput(many=True, required=False)
    conflicts = ConflictOutput(many=True, required=False)


class TokenScheme(OpenApiAuthenticationExtension):
    target_class = "api.authentication.TokenAuthentication"
    name = "token"

    def get_security_definition(self, auto_schema: Any) -> dict[str, str]:
        """A personal token."""
        return {"type": "http", "scheme": "bearer", "description": str(_("A personal token."))}


class SessionScheme(OpenApiAuthenticationExtension):
    target_class = "api.authentication.BrowserSession"
    name = "session"

    def get_security_definition(self, auto_schema: Any) -> dict[str, str]:
        """A browser's session; changes need X-CSRFToken."""
        return {"type": "apiKey", "in": "cookie", "name": settings.SESSION_COOKIE_NAME}


_KEY = OpenApiParameter(
    "Idempotency-Key",
    str,
    OpenApiParameter.HEADER,
    pattern="^[A-Za-z0-9_.:-]{8,200}$",
    description="The same key with the same request is done once, for a day.",
)
_SAME = OpenApiParameter("If-None-Match", str, OpenApiParameter.HEADER, description="An ETag.")


def reads(
    summary: str,
    *,
    answer: Any,
    query: type[Query] | None = None,
    problems: Sequence[int] = (400, 404, 429, 503),
    headers: Sequence[OpenApiParameter] = (),
) -> Callable[[Any], Any]:
    """Describe a GET."""
    return _described(summary, answer=answer, query=query, problems=problems, headers=headers)


def validates(
    summary: str, *, answer: Any, query: type[Query] | None = None
) -> Callable[[Any], Any]:
    """Describe a GET that answers 304 to an ETag."""
    return _described(
        summary,
        answer=answer,
        query=query,
        problems=(400, 404, 429, 503),
        headers=(_SAME,),
        others={304: OpenApiResponse(description=str(_("You have it already.")))},
    )


def asks(
    summary: str, *, request: Any, answer: Any, examples: Sequence[OpenApiExample] = ()
) -> Callable[[Any], Any]:
    """Describe a POST that changes nothing."""
    return _described(
        summary,
        answer=answer,
        request=request,
        problems=(400, 404, 409, 413, 415, 422, 429, 503),
        examples=examples,
    )


def changes(
    summary: str,
    *,
    request: Any,
    answer: Any,
    status: int = 200,
    examples: Sequence[OpenApiExample] = (),
) -> Callable[[Any], Any]:
    """Describe a POST that changes something, once for each Idempotency-Key."""
    return _described(
        summary,
        answer=answer,
        request=request,
        status=status,
        problems=(400, 401, 403, 404, 409, 413, 415, 422, 429, 503),
        headers=(_KEY,),
        examples=examples,
    )


def _described(
    summary: str,
    *,
    answer: Any,
    request: Any = None,
    query: type[Query] | None = None,
    status: int = 200,
    problems: Sequence[int] = (),
    headers: Sequence[OpenApiParameter] = (),
    others: dict[int, OpenApiResponse] | None = None,
    examples: Sequence[OpenApiExample] = (),
) -> Callable[[Any], Any]:
    parameters: list[Any] = [*headers, *([query] if query else [])]
    responses: dict[Any, Any] = {status: answer, **(others or {})}
    for code in problems:
        responses[code, _PROBLEM] = ProblemOutput
    return extend_schema(
        summary=summary,
        parameters=parameters,
        request=request,
        responses=responses,
        examples=list(examples),
    )
