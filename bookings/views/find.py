"""The search page, which is the home page. GET only: its address can be kept and shared."""

from __future__ import annotations

from typing import Any

from django.core.paginator import Paginator
from django.db.models import Count
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from accounts.models import Council
from bookings.finder import PAGE_SIZE, FindResult, find
from bookings.forms.find import FindForm
from bookings.views import results, searches
from core import clock
from core.errors import DomainError
from spaces.models import Venue, VenueKind

_NOT_QUESTIONS = {"page", "compare", "csrfmiddlewaretoken"}
_MOST_PAGES = 10_000


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """The form, and what was found where something was asked."""
    councils = list(Council.objects.order_by("name"))
    if not request.GET.keys() - _NOT_QUESTIONS:
        context = {"form": FindForm(councils=councils), "areas": _areas(councils)}
        context["compared"] = results.compared(request.GET, [])
        return render(request, "bookings/home.html", context)
    if searches.is_too_often(request):
        return _wait(request)
    form = FindForm(request.GET, councils=councils)
    page = _page(request)
    now = clock.now()
    result = None
    if form.is_valid():
        try:
            result = find(form.query(page=page), now=now)
        except DomainError as error:
            form.add_error(None, str(error.message))
    if result is None:
        context = {"form": form, "areas": _areas(councils)}
        return render(request, "bookings/home.html", context, status=422)
    searches.count_miss(request, result, now=now)
    return render(request, "bookings/results.html", _found(request, form, result, page))


def _found(request: HttpRequest, form: FindForm, result: FindResult, page: int) -> dict[str, Any]:
    if page > result.pages:
        raise Http404
    kept = request.GET.copy()
    kept.pop("page", None)
    return {
        "form": form,
        "result": result,
        "page": Paginator(range(result.count), PAGE_SIZE).page(page),
        "query": f"{kept.urlencode()}&",
        **results.shown(form, result, request.GET),
    }


def _page(request: HttpRequest) -> int:
    asked = request.GET.get("page", "1")
    if not (asked.isascii() and asked.isdecimal()) or not 1 <= int(asked[:9]) <= _MOST_PAGES:
        raise Http404
    return int(asked)


def _wait(request: HttpRequest) -> HttpResponse:
    context = {"title": _("Too many searches"), "brand": None, "manages_venues": False}
    response = render(request, "errors/429.html", context, status=429)
    response.headers["Retry-After"] = "60"
    return response


def _areas(councils: list[Council]) -> list[dict[str, Any]]:
    """The public places of each council by kind, with how many there are. One query."""
    rows = (
        Venue.objects.filter(visibility=Venue.Visibility.PUBLIC)
        .order_by()
        .values_list("council_id", "kind")
        .annotate(n=Count("pk"))
    )
    counts: dict[int, list[tuple[str, int]]] = {}
    for council_id, kind, n in rows:
        counts.setdefault(council_id, []).append((kind, n))
    return [
        {
            "council": council,
            "total": sum(n for _kind, n in counts[council.pk]),
            "kinds": [
                {"kind": kind, "label": VenueKind(kind).label, "n": n}
                for kind, n in sorted(counts[council.pk], key=lambda row: (-row[1], row[0]))
            ],
        }
        for council in councils
        if council.pk in counts
    ]
