"""The catalogue as files at addresses that stay: CSV, GeoJSON and JSON."""

from __future__ import annotations

import gzip
from hashlib import sha256
from typing import Any, ClassVar

from django.core.cache import cache
from django.http import HttpResponse, HttpResponseBase
from django.utils.http import quote_etag
from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request

from accounts.models import Council
from api import coding
from api.base import PublicView
from api.shapes import Query
from core.errors import NotFound
from spaces.exporting import Download, export, state_of

_KEPT_SECONDS = 24 * 60 * 60
_LEVEL = 6


class DownloadQuery(Query):
    """Whose venues."""

    council = serializers.SlugField(required=False, max_length=60, help_text="A council's slug.")


class DownloadView(PublicView):
    """Anybody's; what a token or a session may see besides is never in a file."""

    authentication_classes: list[Any] = []
    queries: ClassVar = {"retrieve": DownloadQuery}

    def perform_content_negotiation(self, request: Request, force: bool = False) -> Any:  # noqa: FBT001, FBT002 # as the framework has it
        """The address names the form, whatever the caller says that it takes."""
        return super().perform_content_negotiation(request, force=True)

    @extend_schema(exclude=True)
    def retrieve(self, request: Request, download: Download) -> HttpResponseBase:
        """The file under a strong tag, or 304. Raises: NotFound."""
        council = council_named(self.asked["council"]) if "council" in self.asked else None
        etag, packed = _made(download, council)
        accepted = request.META.get("HTTP_ACCEPT_ENCODING")
        brought = request.META.get("HTTP_IF_NONE_MATCH")
        known = coding.known_tag(brought, etag, accept_encoding=accepted)
        response = HttpResponse(content_type=download.media_type)
        if known:
            response.status_code = 304
            del response.headers["Content-Type"]
        else:
            _fill(response, packed, accepted)
            name = f"{council.slug}-{download.name}" if council else download.name
            response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
        response.headers["ETag"] = known or coding.tag_for(etag, accept_encoding=accepted)
        # A venue that is hidden is gone at the next question.
        response.headers["Cache-Control"] = "public, no-cache"
        coding.vary(response)
        return response


def council_named(slug: str) -> Council:
    """Raises: NotFound."""
    council = Council.objects.filter(slug=slug).first()
    if council is None:
        raise NotFound(_("There is no such council."))
    return council


def _made(download: Download, council: Council | None) -> tuple[str, bytes]:
    """The tag and the packed bytes; made anew only where something has changed.

    What is kept under a state is never older than it, and a state never comes again.
    """
    key = f"download-{download.name}-{council.pk if council else 'all'}"
    state = state_of(council)
    kept = cache.get(key)
    if kept is not None and kept[0] == state:
        return kept[1], kept[2]
    content = export(download, council=council)
    etag = quote_etag(sha256(content).hexdigest()[:32])
    packed = gzip.compress(content, _LEVEL, mtime=0)
    cache.set(key, (state, etag, packed), _KEPT_SECONDS)
    return etag, packed


def _fill(response: HttpResponse, packed: bytes, accepted: str | None) -> None:
    if coding.takes_gzip(accepted):
        response.headers["Content-Encoding"] = "gzip"
        response.content = packed
    else:
        response.content = gzip.decompress(packed)
