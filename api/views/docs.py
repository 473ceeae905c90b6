"""The schema, the pages that explain it, and the answer to addresses that are none."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.urls import Resolver404, resolve, reverse
from django.utils.translation import get_language
from django.views.decorators.http import require_safe
from drf_spectacular.utils import extend_schema
from drf_spectacular.views import SpectacularAPIView
from rest_framework.permissions import AllowAny
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from api.base import open_to_all, tag
from api.codes import CODES
from api.reference import reference
from core.errors import NotFound


class SchemaView(SpectacularAPIView):
    """OpenAPI 3.1, as YAML or JSON, for any site."""

    authentication_classes: list[Any] = []

    def finalize_response(
        self, request: Request, response: Response, *args: Any, **kwargs: Any
    ) -> Response:
        """Open to all, kept for an hour."""
        answer = super().finalize_response(request, response, *args, **kwargs)
        open_to_all(answer)
        answer["Cache-Control"] = "public, max-age=3600"
        if answer.status_code == 200:
            answer.add_post_render_callback(lambda drawn: tag(request, drawn))
        return answer


@require_safe
def docs(request: HttpRequest) -> HttpResponse:
    """The schema as a page, which needs no script."""
    context = {
        "reference": reference(get_language() or ""),
        "schema_url": reverse("api_schema"),
    }
    return render(request, "api/docs.html", context)


@require_safe
def errors(request: HttpRequest) -> HttpResponse:
    """What each code means and what to do: the page that `type` of a problem leads to."""
    return render(request, "api/errors.html", {"codes": list(CODES.values())})


class Elsewhere(APIView):
    """Whatever else begins with /api/: an address without its last slash, or a problem.

    A redirect to the slash would lose the body of a POST. The route that answers in the end
    checks who asks, and the form key where there is a session.
    """

    authentication_classes: list[Any] = []
    permission_classes = [AllowAny]

    @extend_schema(exclude=True)
    def get(self, request: Request) -> Response:
        """Never reached: `initial` refuses first."""
        raise NotFound

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """The answer of the same address with a slash, where there is one."""
        try:
            match = resolve(f"{request.path_info}/")
        except Resolver404:
            match = None
        if match is None or match.url_name == "api_elsewhere":
            return super().dispatch(request, *args, **kwargs)
        request.resolver_match = match
        answer: HttpResponseBase = match.func(request, *match.args, **match.kwargs)
        return answer

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        """Raises: NotFound, whatever the method."""
        raise NotFound
