"""What a request brought along is read to its end before the answer goes out."""

from collections.abc import Callable
from contextlib import suppress

from django.conf import settings
from django.http import HttpRequest, HttpResponseBase

# Beyond the longest form there may be; of more than that the web server gets rid itself.
_A_LITTLE = 1_000_000
_PIECE = 65_536


class UnreadBodyMiddleware:
    """Read the rest of a body that nobody wanted: of a refused token, method or type.

    Whoever has the answer may send the next request on the same connection. The web server
    (gunicorn's threads) would take it along with the rest of the body, put it aside and wait for
    one: the client, or a proxy on behalf of somebody else, would be cut off without an answer.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response
        self.most = max(settings.OPENHALL_LONGEST_UPLOADS.values()) + _A_LITTLE

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        # Django leaves a body without a length alone; the server knows where it ends.
        is_chunked = "HTTP_TRANSFER_ENCODING" in request.META
        source = request.META["wsgi.input"] if is_chunked else request
        left = self.most
        # Whoever has hung up needs no answer either.
        with suppress(OSError):
            while left > 0 and (piece := source.read(_PIECE)):
                left -= len(piece)
        return response
