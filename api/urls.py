"""Addresses of the programming interface, its pages and its feeds."""

from __future__ import annotations

from typing import Any

from django.urls import URLPattern, path, re_path

from api.availability import AvailabilityView
from api.bookings import BookingView
from api.cheaper import CheaperView
from api.downloads import DownloadView
from api.feeds.busy import busy_feed
from api.quotes import QuoteView
from api.search import SearchView
from api.spaces import SpaceView
from api.venues import VenueView
from api.views import data, docs, tokens
from spaces.exporting import DOWNLOADS

_V1 = "api/v1"
_list: dict[str, Any] = {"get": "list"}
_one: dict[str, Any] = {"get": "retrieve"}

urlpatterns: list[URLPattern] = [
    path(f"{_V1}/venues/", VenueView.as_view(_list), name="api_venues"),
    path(f"{_V1}/venues/<slug:slug>/", VenueView.as_view(_one), name="api_venue"),
    path(f"{_V1}/spaces/", SpaceView.as_view(_list), name="api_spaces"),
    path(f"{_V1}/spaces/<int:pk>/", SpaceView.as_view(_one), name="api_space"),
    path(
        f"{_V1}/spaces/<int:pk>/availability/",
        AvailabilityView.as_view(_one),
        name="api_availability",
    ),
    path(
        f"{_V1}/availability/check/",
        AvailabilityView.as_view({"post": "check"}),
        name="api_availability_check",
    ),
    path(f"{_V1}/search/", SearchView.as_view({"post": "search"}), name="api_search"),
    path(f"{_V1}/quote/", QuoteView.as_view({"post": "quote"}), name="api_quote"),
    path(
        f"{_V1}/quote/cheaper/",
        CheaperView.as_view({"post": "cheaper"}),
        name="api_quote_cheaper",
    ),
    path(
        f"{_V1}/bookings/",
        BookingView.as_view({"get": "list", "post": "create"}),
        name="api_bookings",
    ),
    path(f"{_V1}/bookings/<slug:reference>/", BookingView.as_view(_one), name="api_booking"),
    *(
        path(
            f"{_V1}/bookings/<slug:reference>/{step}/",
            BookingView.as_view({"post": step}),
            name=f"api_booking_{step}",
        )
        for step in ("approve", "decline")
    ),
    path(
        f"{_V1}/bookings/<slug:reference>/cancel/",
        BookingView.as_view({"get": "before_cancel", "post": "cancel"}),
        name="api_booking_cancel",
    ),
    path(
        f"{_V1}/bookings/<slug:reference>/dates/<int:pk>/cancel/",
        BookingView.as_view({"get": "before_cancel_date", "post": "cancel_date"}),
        name="api_booking_date_cancel",
    ),
    path(f"{_V1}/schema/", docs.SchemaView.as_view(), name="api_schema"),
    path(f"{_V1}/docs/", docs.docs, name="api_docs"),
    path(f"{_V1}/errors/", docs.errors, name="api_errors"),
    path("data/", data.open_data, name="open_data"),
    *(
        path(
            f"data/{one.name}",
            DownloadView.as_view(_one),
            {"download": one},
            name=data.address_of(one.name),
        )
        for one in DOWNLOADS
    ),
    path("sitemap.xml", data.sitemap, name="sitemap"),
    path("robots.txt", data.robots, name="robots"),
    path("account/tokens/", tokens.token_list, name="token_list"),
    path("account/tokens/new/", tokens.token_create, name="token_create"),
    path("account/tokens/<int:pk>/revoke/", tokens.token_revoke, name="token_revoke"),
    path("feeds/spaces/<int:pk>/busy.ics", busy_feed, name="space_busy_feed"),
    re_path(r"^api/", docs.Elsewhere.as_view(), name="api_elsewhere"),
]
