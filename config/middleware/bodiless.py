"""HEAD gets the headers of GET, and no body."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse, HttpResponseBase, StreamingHttpResponse


class BodilessMiddleware:
    """Take the body off. Stands outermost, so that errors pass it too.

    The web server sends whatever it is given: on a connection that is kept, a client or proxy
    would take the bytes for the beginning of the next answer.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        if request.method == "HEAD":
            _empty(response)
        return response


def _empty(response: HttpResponseBase) -> None:
    if isinstance(response, StreamingHttpResponse):
        response.streaming_content = iter(())
    elif isinstance(response, HttpResponse) and response.content:
        response.headers.setdefault("Content-Length", str(len(response.content)))
        response.content = b""
