"""A form that is shown again with its errors answers 422, whoever wrote the view."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.forms import BaseForm
from django.forms.utils import ErrorList
from django.http import HttpRequest, HttpResponseBase
from django.template.response import TemplateResponse

_UNPROCESSABLE = 422


class WrongAnswersMiddleware:
    """Our own views say 422 themselves; those of allauth and of the back office say 200."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        return self.get_response(request)

    def process_template_response(
        self, request: HttpRequest, response: TemplateResponse
    ) -> TemplateResponse:
        """The status before the page is drawn."""
        context = response.context_data or {}
        if (
            request.method == "POST"
            and response.status_code == 200
            and any(_is_wrong(value) for value in context.values())
        ):
            response.status_code = _UNPROCESSABLE
        return response


def _is_wrong(value: Any) -> bool:
    """Whether it is a form that has errors, or the list of them that the back office makes."""
    if isinstance(value, ErrorList):
        return bool(value)
    return isinstance(value, BaseForm) and bool(value.errors)
