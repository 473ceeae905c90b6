"""How often somebody may ask."""

from __future__ import annotations

from typing import Any

from rest_framework.request import Request
from rest_framework.throttling import UserRateThrottle


class PersonRateThrottle(UserRateThrottle):
    """The limit of people who are known; anybody else is counted once, by their address."""

    def get_cache_key(self, request: Request, view: Any) -> str | None:
        """None: not counted here."""
        if not request.user.is_authenticated:
            return None
        return super().get_cache_key(request, view)
