"""Bodies sent as they are or packed with gzip, each under a strong ETag of its own.

A strong tag promises the same bytes, so the packed form cannot share the tag of the plain one;
Django's GZipMiddleware makes the tag weak instead. Both tags are known before a body is made:
whoever brings either is told 304 without one.
"""

from __future__ import annotations

import gzip
import re

from django.http import HttpResponseBase
from django.utils.cache import patch_vary_headers

_PACKED = "-gzip"
_LEVEL = 6
_LONGEST_HEADER = 2_000
# `gzip`, `gzip;q=0.5`; a weight of nought, however written, means "never".
_CODING = re.compile(r"\s*([\w*-]+)\s*(?:;\s*q\s*=\s*([01](?:\.\d{0,3})?)\s*)?", re.ASCII)


def takes_gzip(accept_encoding: str | None) -> bool:
    """Whether the caller's Accept-Encoding lets us pack. Only what is named counts."""
    weights: dict[str, float] = {}
    for part in (accept_encoding or "")[:_LONGEST_HEADER].split(","):
        if found := _CODING.fullmatch(part):
            weights[found[1].lower()] = float(found[2] or 1)
    weight = weights.get("gzip", weights.get("x-gzip", weights.get("*", 0.0)))
    return weight > 0 and weight >= weights.get("identity", 0.0)


def tag_for(etag: str, *, accept_encoding: str | None) -> str:
    """The tag of what this caller would be sent; `etag` is that of the plain bytes."""
    return _packed(etag) if takes_gzip(accept_encoding) else etag


def known_tag(if_none_match: str | None, etag: str, *, accept_encoding: str | None) -> str | None:
    """The tag by which the caller has the present bytes, packed or plain; None where it has not.

    Weak marks do not matter for reading.
    """
    if not if_none_match or len(if_none_match) > _LONGEST_HEADER:
        return None
    named = {part.strip().removeprefix("W/") for part in if_none_match.split(",")}
    first = tag_for(etag, accept_encoding=accept_encoding)
    if first in named or "*" in named:
        return first
    return next((tag for tag in (etag, _packed(etag)) if tag in named), None)


def pack(response: HttpResponseBase, content: bytes, *, accept_encoding: str | None) -> bytes:
    """What to send of `content`; says so in the headers of `response`."""
    if not takes_gzip(accept_encoding):
        return content
    response.headers["Content-Encoding"] = "gzip"
    # Without a time, so that the same content is the same bytes.
    return gzip.compress(content, _LEVEL, mtime=0)


def vary(response: HttpResponseBase) -> None:
    """Tell caches that there are two forms."""
    patch_vary_headers(response, ["Accept-Encoding"])


def _packed(etag: str) -> str:
    return f'{etag[:-1]}{_PACKED}"'
