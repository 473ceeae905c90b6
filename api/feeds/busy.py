"""`/feeds/spaces/<id>/busy.ics`: a calendar of busy time for anybody, cheap to poll."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import UTC, datetime, timedelta

from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest, HttpResponse, HttpResponseNotFound
from django.urls import reverse
from django.utils import translation
from django.utils.http import http_date, parse_http_date_safe
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from api import coding
from api.base import open_to_all
from api.feeds.limit import seconds_to_wait
from api.feeds.rows import BusyRow, busy_rows
from api.feeds.state import FeedState, feed_state
from core import clock, ical
from core.errors import NotFound
from notices.links import absolute
from spaces.models.claim import ClaimKind

_FRESH_SECONDS = 900
_REMEMBERED_SECONDS = 60 * 60 * 24 * 60


@require_http_methods(["GET", "HEAD", "OPTIONS"])
def busy_feed(request: HttpRequest, pk: int) -> HttpResponse:
    """The feed, or 304 after one read where the caller has it already. No session is opened."""
    now = clock.now()
    try:
        state = feed_state(pk, now=now)
    except NotFound:
        return _gone()
    if request.method == "OPTIONS":
        return _with_headers(HttpResponse(status=204), etag=state.etag)
    accepted = request.headers.get("Accept-Encoding")
    brought = request.headers.get("If-None-Match")
    if known := coding.known_tag(brought, state.etag, accept_encoding=accepted):
        return _with_headers(HttpResponse(status=304), etag=known)
    etag = coding.tag_for(state.etag, accept_encoding=accepted)
    since = _known_since(state, now=now)
    if _is_unchanged(request, since):
        return _dated(_with_headers(HttpResponse(status=304), etag=etag), since)
    if wait := seconds_to_wait(request):
        return _later(wait)
    whole = _whole(request, state, now=now)
    return _dated(_with_headers(whole, etag=etag), since)


def _whole(request: HttpRequest, state: FeedState, *, now: datetime) -> HttpResponse:
    response = HttpResponse(content_type="text/calendar; charset=utf-8")
    accepted = request.headers.get("Accept-Encoding")
    content = coding.pack(response, _content(state, now=now), accept_encoding=accepted)
    response.content = b"" if request.method == "HEAD" else content
    response.headers["Content-Length"] = str(len(content))
    name = f"{state.venue_slug}-{state.slug}-busy.ics"
    response.headers["Content-Disposition"] = f'inline; filename="{name}"'
    return response


def _content(state: FeedState, *, now: datetime) -> bytes:
    rows = busy_rows(state.atoms, state.window, now=now)
    # The bytes belong to the tag, so they cannot follow the caller's language.
    with translation.override(settings.LANGUAGE_CODE):
        return ical.feed(
            f"{state.name}, {state.venue_name}",
            absolute(reverse("venue", args=[state.venue_slug])),
            _events(rows),
            source=absolute(reverse("space_busy_feed", args=[state.space_id])),
            window_starts_at=state.window.start,
        )


def _events(rows: Iterable[BusyRow]) -> Iterator[ical.BusyRow]:
    said: dict[int, str] = {
        ClaimKind.USE: _("Busy"),
        ClaimKind.CLOSURE: _("Closed"),
        ClaimKind.IMPORTED: _("Busy"),
        ClaimKind.OCCUPATION: _("Busy"),
    }
    seen = set()
    for row in rows:
        uid = ical.uid_of(row.uid)
        if row.uid in seen:
            # An occupation by the hour has one UID; each of its times needs its own.
            uid = f"{row.starts_at.astimezone(UTC):%Y%m%dT%H%M%SZ}-{uid}"
        seen.add(row.uid)
        yield ical.BusyRow(
            uid,
            row.starts_at,
            row.ends_at,
            row.changed_at,
            row.sequence,
            row.is_held,
            said[row.kind],
        )


def _known_since(state: FeedState, *, now: datetime) -> datetime:
    """When this version was first asked for: a date for callers that do not know tags.

    Later than the change itself, so nobody keeps an old version by it; each version gets a
    second of its own, because that is how fine HTTP dates are.
    """
    key = f"busy-feed-{state.space_id}"
    remembered = cache.get(key)
    if remembered is not None and remembered[0] == state.etag:
        return datetime.fromtimestamp(remembered[1], UTC)
    since = now.replace(microsecond=0)
    if remembered is not None:
        since = max(since, datetime.fromtimestamp(remembered[1], UTC) + timedelta(seconds=1))
    cache.set(key, (state.etag, int(since.timestamp())), _REMEMBERED_SECONDS)
    return since


def _is_unchanged(request: HttpRequest, since: datetime) -> bool:
    """Whether If-Modified-Since says so; it counts only where no tag was sent."""
    if "If-None-Match" in request.headers:
        return False
    asked = parse_http_date_safe(request.headers.get("If-Modified-Since", "")[:64])
    return asked is not None and asked >= int(since.timestamp())


def _dated(response: HttpResponse, since: datetime) -> HttpResponse:
    response.headers["Last-Modified"] = http_date(since.timestamp())
    return response


def _with_headers(response: HttpResponse, *, etag: str) -> HttpResponse:
    response.headers["ETag"] = etag
    coding.vary(response)
    response.headers["Cache-Control"] = f"public, max-age={_FRESH_SECONDS}"
    response.headers["X-Robots-Tag"] = "noindex"
    open_to_all(response)
    return response


def _later(seconds: int) -> HttpResponse:
    response = HttpResponse(
        _("Too many tries. Keep the ETag and send it in If-None-Match."),
        status=429,
        content_type="text/plain; charset=utf-8",
    )
    response.headers["Retry-After"] = str(seconds)
    open_to_all(response)
    return response


def _gone() -> HttpResponse:
    response = HttpResponseNotFound(
        _("There is no such calendar."), content_type="text/plain; charset=utf-8"
    )
    open_to_all(response)
    return response
