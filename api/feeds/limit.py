"""How often one address may fetch a whole calendar; being told that nothing changed is free."""

from __future__ import annotations

import math
from typing import Any

from django.http import HttpRequest
from rest_framework.throttling import SimpleRateThrottle


class _FeedThrottle(SimpleRateThrottle):
    """As many as calls to the interface without an account."""

    scope = "anon"

    def get_cache_key(self, request: Any, view: Any) -> str:
        return self.cache_format % {"scope": "busy_feed", "ident": self.get_ident(request)}


def seconds_to_wait(request: HttpRequest) -> int:
    """0 where the caller may have it now, which is then counted."""
    throttle: Any = _FeedThrottle()
    if throttle.allow_request(request, None):
        return 0
    return max(1, math.ceil(throttle.wait() or 1))
