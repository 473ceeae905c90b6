"""How often one address may say that something has changed."""

from __future__ import annotations

from typing import Any

from rest_framework.throttling import SimpleRateThrottle


class _ReportThrottle(SimpleRateThrottle):
    scope = "report"

    def get_cache_key(self, request: Any, view: Any) -> str:
        return self.cache_format % {"scope": "change_report", "ident": self.get_ident(request)}


def is_too_often(request: Any) -> bool:
    """Whether this address has to wait; counts the report where it has not."""
    throttle: Any = _ReportThrottle()
    return not throttle.allow_request(request, None)
