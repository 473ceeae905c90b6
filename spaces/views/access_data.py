"""What is known of access to a public venue, for other programs. Never of a confidential one."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest, JsonResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.views.decorators.http import require_safe

from core import clock
from notices.links import absolute
from spaces import routes
from spaces.access_out import a11yjson, schema_org
from spaces.models import Venue
from spaces.policies import VenuePolicy


@require_safe
def a11y(request: HttpRequest, slug: str) -> JsonResponse:
    """A11yJSON."""
    venue, access = _read(slug)
    return _answer(a11yjson(venue, access, url=_url(venue), now=clock.now()))


@require_safe
def place(request: HttpRequest, slug: str) -> JsonResponse:
    """The schema.org place that stands in the venue's page too."""
    venue, access = _read(slug)
    spaces = list(venue.spaces.order_by("position", "name"))
    answer = _answer(schema_org(venue, spaces, access, url=_url(venue)))
    answer["Content-Type"] = "application/ld+json"
    return answer


def _read(slug: str) -> tuple[Venue, routes.VenueAccess]:
    # What anybody may see, whoever asks: these files are kept and passed on.
    venue = get_object_or_404(VenuePolicy(AnonymousUser()).listed(), slug=slug)
    now = clock.now()
    return venue, routes.load([venue.pk], today=clock.today(), now=now)[venue.pk]


def _url(venue: Venue) -> str:
    return absolute(reverse("venue", args=[venue.slug]))


def _answer(data: dict[str, Any]) -> JsonResponse:
    answer = JsonResponse(data, json_dumps_params={"ensure_ascii": False})
    answer["Access-Control-Allow-Origin"] = "*"
    return answer
