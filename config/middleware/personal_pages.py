"""Keep pages that belong to one person out of every cache."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponseBase


class PersonalPagesMiddleware:
    """Answer with `no-store` when a signed-in person or their session had a part in the page."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        # Reading request.user here would cost a query on pages that never asked who it is.
        user = getattr(request, "_cached_user", None)
        is_personal = (user is not None and user.is_authenticated) or (
            request.session.accessed and not request.session.is_empty()
        )
        if is_personal and not response.has_header("Cache-Control"):
            response.headers["Cache-Control"] = "private, no-store"
        return response
