"""How often somebody may search, and when a search that found nothing is counted."""

from __future__ import annotations

import hashlib
from datetime import datetime
from typing import Any

from django.core.cache import cache
from django.http import HttpRequest
from rest_framework.throttling import SimpleRateThrottle

from bookings.finder import FindResult, record_miss

_SAME_SEARCH_SECONDS = 30 * 60
_MACHINES = ("bot", "crawl", "spider", "preview")


class _SearchThrottle(SimpleRateThrottle):
    """The searches of one address, by the rate of the programming interface."""

    scope = "search"

    def get_cache_key(self, request: Any, view: Any) -> str:
        return self.cache_format % {"scope": "search_page", "ident": self.get_ident(request)}


def is_too_often(request: HttpRequest) -> bool:
    """Whether this address has to wait; counts the search where it has not."""
    throttle: Any = _SearchThrottle()
    return not throttle.allow_request(request, None)


def count_miss(request: HttpRequest, result: FindResult, *, now: datetime) -> None:
    """Count a search that found nothing: once for a person who reloads, never for a machine."""
    agent = request.headers.get("User-Agent", "").lower()
    is_looking_ahead = "prefetch" in request.headers.get("Sec-Purpose", "")
    if request.method != "GET" or is_looking_ahead or any(word in agent for word in _MACHINES):
        return
    if result.count == 0 and _is_first(request):
        record_miss(result, now=now)


def _is_first(request: HttpRequest) -> bool:
    """Whether this address has not asked just this in the last half hour."""
    who = _SearchThrottle().get_ident(request)  # type: ignore[arg-type]
    asked = f"{who} {request.META.get('QUERY_STRING', '')}"
    digest = hashlib.sha256(asked.encode()).hexdigest()
    return bool(cache.add(f"search_miss_{digest}", 1, _SAME_SEARCH_SECONDS))
