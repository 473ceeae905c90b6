"""Addresses that work from a mail: always this installation's own, whatever the request said."""

from __future__ import annotations

from urllib.parse import urlsplit

from django.conf import settings


def absolute(path: str) -> str:
    """The full address of `path`; of a full address only path and query are kept."""
    parts = urlsplit(path)
    query = f"?{parts.query}" if parts.query else ""
    return f"{settings.OPENHALL_BASE_URL}/{parts.path.lstrip('/')}{query}"


def host() -> str:
    """The name of this installation's host, for message ids and calendar UIDs."""
    return urlsplit(settings.OPENHALL_BASE_URL).hostname or "localhost"
