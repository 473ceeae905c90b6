"""The page of the files, and what search engines are told."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import Any
from xml.sax.saxutils import escape

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from accounts.models import Council
from api.base import tag
from api.downloads import council_named
from notices.links import absolute
from spaces.exporting import DOWNLOADS, LICENCE, LICENCE_URL, Column
from spaces.exporting.columns import SPACE_ONLY, VENUE_ONLY, VENUES
from spaces.exporting.rows import public_venues

# Of the protocol of sitemaps.
_MOST_ADDRESSES = 50_000
_PAGES = ("home", "how_it_works", "accessibility_statement", "privacy", "open_data", "api_docs")
# Pages of one's own, and every way of narrowing a search: nobody looks for those elsewhere.
_NOT_FOR_ROBOTS = (
    "/account/",
    "/api/",
    "/back-office/",
    "/bookings/",
    "/compare/",
    "/feeds/",
    "/manage/",
    "/*/book/",
    "/?",
)


@dataclass(frozen=True, slots=True)
class Told:
    """A row of the dictionary; `also` are the columns that stand beside an access fact."""

    column: Column
    also: tuple[Column, ...] = ()


@require_safe
def open_data(request: HttpRequest) -> HttpResponse:
    """What there is to take away, on what terms, and what every column means."""
    slug = request.GET.get("council", "")[:60]
    council = council_named(slug) if slug else None
    context = {
        "files": _files(council),
        "councils": Council.objects.filter(
            pk__in=public_venues().order_by().values("council")
        ).order_by("name"),
        "council": council,
        "licence": LICENCE,
        "licence_url": LICENCE_URL,
        "groups": dictionary(),
    }
    return render(request, "api/data.html", context)


@require_safe
def sitemap(request: HttpRequest) -> HttpResponse:
    """Every page that anybody may find, for search engines."""
    slugs = public_venues().order_by("slug").values_list("slug", flat=True)
    venues = (reverse("venue", args=[slug]) for slug in slugs[: _MOST_ADDRESSES - len(_PAGES)])
    addresses = chain((reverse(name) for name in _PAGES), venues)
    rows = "".join(f"<url><loc>{escape(absolute(one))}</loc></url>\n" for one in addresses)
    words = (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        f'<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">\n{rows}</urlset>\n'
    )
    response = HttpResponse(words, content_type="application/xml")
    tag(request, response)
    response.headers["Cache-Control"] = "public, no-cache"
    return response


@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    """What to leave alone, and where the sitemap is."""
    lines = [
        "User-agent: *",
        *(f"Disallow: {path}" for path in _NOT_FOR_ROBOTS),
        f"Sitemap: {absolute(reverse('sitemap'))}",
    ]
    response = HttpResponse("\n".join(lines) + "\n", content_type="text/plain; charset=utf-8")
    response.headers["Cache-Control"] = "public, max-age=3600"
    return response


def dictionary() -> list[dict[str, Any]]:
    """Every column there is, in groups, each once."""
    access = [one for one in VENUES if one.name.startswith("access_")]
    facts = [one for one in access if one.group == "fact"]
    return [
        {"anchor": "venue", "heading": _("The venue"), "rows": _rows(VENUE_ONLY)},
        {"anchor": "space", "heading": _("The space"), "rows": _rows(SPACE_ONLY)},
        {
            "anchor": "needs",
            "heading": _("Needs, as the search answers them"),
            "words": _(
                "Worked out from the ways through the venue and the facts below. At some times: "
                "yes, but not at every hour."
            ),
            "rows": _rows([one for one in VENUES if one.group == "need"]),
        },
        {
            "anchor": "access",
            "heading": _("Access facts"),
            "words": _(
                "Not checked never means no. Yes at some, no at some: said of one door, lift, "
                "toilet or way, not of all. A fact of a room stands before that of its venue."
            ),
            "rows": [Told(one, tuple(_beside(one, access))) for one in facts],
        },
    ]


def _files(council: Council | None) -> list[dict[str, Any]]:
    query = f"?council={council.slug}" if council else ""
    words = {
        "venues.csv": _("One row for each venue, for a spreadsheet."),
        "spaces.csv": _("One row for each space, for a spreadsheet."),
        "venues.geojson": _("Venues on a map. Those without a place have no geometry."),
        "venues.json": _("Venues with their spaces, doors and lifts inside, for programs."),
    }
    return [
        {
            "name": one.name,
            "address": f"{reverse(address_of(one.name))}{query}",
            "words": words[one.name],
        }
        for one in DOWNLOADS
    ]


def address_of(name: str) -> str:
    """The name of a file's address: data_venues_csv."""
    return f"data_{name.replace('.', '_')}"


def _rows(columns: Sequence[Column]) -> list[Told]:
    return [Told(one) for one in columns]


def _beside(fact: Column, access: Sequence[Column]) -> Iterator[Column]:
    code = fact.name.removeprefix("access_")
    beside = {f"access_{code}_{what}" for what in ("source", "checked_on", "measured", "kind")}
    return (one for one in access if one.name in beside)
