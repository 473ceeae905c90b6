"""Security headers on every response: pages, errors, static files and feeds."""

import re
from collections.abc import Callable

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.http import HttpRequest, HttpResponseBase

_TILES = re.compile(r"(https://)((?:[a-z0-9-]+|\{s\})(?:\.[a-z0-9-]+)+(?::\d{1,5})?)/[^\s;,\"']*")


def tile_host(address: str) -> str:
    """The one host beside our own that pictures may come from; empty without a tile server.

    Raises: ImproperlyConfigured for an address that is not https or could say more than a host.
    """
    if not address:
        return ""
    found = _TILES.fullmatch(address)
    if found is None:
        message = "OPENHALL_MAP_TILES is an address like https://tiles.example.org/{z}/{x}/{y}.png"
        raise ImproperlyConfigured(message)
    return found[1] + found[2].replace("{s}", "*")


_PICTURES = " ".join(["img-src 'self' data:", tile_host(settings.OPENHALL_MAP_TILES)]).strip()

# Everything but map tiles comes from this host. The second-factor QR picture is a data: address.
CONTENT_SECURITY_POLICY = "; ".join(
    [
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        _PICTURES,
        "font-src 'self'",
        "connect-src 'self'",
        "manifest-src 'self'",
        "form-action 'self'",
        "frame-ancestors 'none'",
        "base-uri 'none'",
    ]
)
HEADERS = {
    "Content-Security-Policy": CONTENT_SECURITY_POLICY,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
    "Cross-Origin-Opener-Policy": "same-origin",
}


class SecurityHeadersMiddleware:
    """Set each header that the view has not set itself."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        for name, value in HEADERS.items():
            response.headers.setdefault(name, value)
        return response
