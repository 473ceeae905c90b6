"""Try rates out: who would have paid what, and what becomes of prices that are agreed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from bookings.forms.what_if import AgreedForm, WhatIfForm
from bookings.models import WhatIfRun
from bookings.services import effects as future
from bookings.services import stored, what_if
from bookings.services.what_if import Period, Sums, WhatIf
from bookings.views import what_if_words as wording
from bookings.views.person import signed_in
from core import clock
from spaces.models import Venue
from spaces.views.manage import crumbs, managed_or_404
from spaces.views.page import READ_WRITE, answer, back_to
from tariffs.agreeing import choose_agreed
from tariffs.errors import AlreadyPublished, TariffRefused
from tariffs.models import Tariff, TariffVersion

_PER_PAGE = 50
_AGAIN_SECONDS = 5
_MOST_OPEN_SHOWN = 20
State = WhatIfRun.State


@login_required
@require_http_methods(READ_WRITE)
def versions(request: HttpRequest, slug: str) -> HttpResponse:
    """Rates to try, drafts first, and whether agreed prices stay."""
    venue = managed_or_404(request, slug)
    tariff = Tariff.objects.filter(venue=venue).first() or Tariff(venue=venue)
    form = AgreedForm(request.POST or None, initial={"agreed": tariff.agreed})
    done = answer(
        request,
        form,
        save=lambda: choose_agreed(
            venue, form.cleaned_data["agreed"], actor=signed_in(request), now=clock.now()
        ),
        said=_("Saved."),
        go_to=back_to(venue, "rates_try"),
    )
    rows = TariffVersion.objects.filter(tariff__venue=venue).defer("document")
    context = {
        "venue": venue,
        "crumbs": crumbs(venue),
        "form": form,
        "drafts": rows.filter(published_at__isnull=True).order_by("valid_from", "pk"),
        "published": rows.filter(published_at__isnull=False).order_by("-valid_from"),
    }
    status = 422 if form.errors else 200
    return done or render(request, "bookings/what_if/versions.html", context, status=status)


@dataclass(frozen=True, slots=True)
class Tried:
    """Rates, the days they are tried on, and who is listed. `show`: more or less."""

    version: TariffVersion
    form: WhatIfForm
    period: Period
    show: str

    @property
    def venue(self) -> Venue:
        return self.version.tariff.venue

    @property
    def query(self) -> str:
        """The same page again."""
        form = self.form.cleaned_data
        days = {"first": str(self.period.first), "last": str(self.period.last)}
        return urlencode(days | {"over": str(form["over"]), "show": self.show})

    def listed(self, found: WhatIf) -> list[tuple[str, Sums]]:
        if self.show == "less":
            return found.paying_less()
        return found.paying_over(self.form.over_percent())


@login_required
@require_http_methods(READ_WRITE)
def page(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """What the bookings of a year would have cost by these rates."""
    version = _version(request, slug, pk)
    form = WhatIfForm(
        request.POST if request.method == "POST" else request.GET, today=clock.today()
    )
    if not form.is_valid():
        return _render(request, version, {"form": form}, status=422)
    tried = Tried(version, form, form.period(), _shown(request))
    if request.method == "POST":
        what_if.begin(version, tried.period, actor=signed_in(request), now=clock.now())
        return redirect(f"{_address('rates_what_if', version)}?{tried.query}")
    try:
        found, run = _found(tried)
    except TariffRefused as refused:
        return _render(request, version, {"form": form, "faults": refused.faults})
    context = {"form": form, "tried": tried, "run": run, "too_many": found is None}
    if found is not None:
        context |= _in_words(request, tried, found)
    response = _render(request, version, context)
    if run is not None and run.state in {State.QUEUED, State.RUNNING}:
        response["Refresh"] = str(_AGAIN_SECONDS)
    return response


@login_required
@require_safe
def download(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Who is listed on the page, as a file for a spreadsheet."""
    version = _version(request, slug, pk)
    form = WhatIfForm(request.GET, today=clock.today())
    if not form.is_valid():
        raise Http404
    tried = Tried(version, form, form.period(), _shown(request))
    try:
        found, _run = _found(tried)
    except TariffRefused as refused:
        raise Http404 from refused
    if found is None:
        return redirect(f"{_address('rates_what_if', version)}?{tried.query}")
    data = wording.as_csv(tried.listed(found))
    response = HttpResponse(data, content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="who-pays-{tried.show}.csv"'
    return response


@login_required
@require_safe
def booked(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """What becomes of bookings to come when these rates are published."""
    version = _version(request, slug, pk)
    if version.published_at is not None:
        raise Http404
    context: dict[str, Any] = {}
    try:
        found = _effects(version)
    except TariffRefused as refused:
        context["faults"] = refused.faults
    except AlreadyPublished as refused:
        context["refusal"] = str(refused.message)
    else:
        rows = Paginator(found.rows(), _PER_PAGE).get_page(request.GET.get("page"))
        context |= {
            "fates": wording.fates(found),
            "bookings": found.bookings,
            "page": rows,
            "rows": wording.booked_rows(rows),
        }
    return _render(request, version, context, template="bookings/what_if/booked.html")


def _version(request: HttpRequest, slug: str, pk: int) -> TariffVersion:
    venue = managed_or_404(request, slug)
    rows = TariffVersion.objects.select_related("tariff__venue__operator__organisation")
    return get_object_or_404(rows, pk=pk, tariff__venue=venue)


def _found(tried: Tried) -> tuple[WhatIf | None, WhatIfRun | None]:
    """The answer, where there is one, and the worker's run, where there are many dates."""
    now, span = clock.now(), tried.period.span
    rules = what_if.rules_of(tried.version)
    dates = stored.how_many(tried.venue.pk, what_if.STOOD, start=span.start, end=span.end, now=now)
    if dates <= what_if.AT_ONCE:
        return what_if.what_if(tried.venue, rules, tried.period, now=now), None
    run = what_if.newest(tried.version, tried.period)
    if run is None or run.state != State.DONE:
        return None, run
    return what_if.from_json(run.result), run


def _effects(version: TariffVersion) -> future.Effects:
    return future.effects(
        version.tariff.venue,
        version.document,
        version.valid_from,
        valid_to=version.valid_to,
        now=clock.now(),
    )


def _in_words(request: HttpRequest, tried: Tried, found: WhatIf) -> dict[str, Any]:
    rows = Paginator(tried.listed(found), _PER_PAGE).get_page(request.GET.get("page"))
    over = found.paying_over(tried.form.over_percent())
    questions = sorted(found.questions.items(), key=lambda one: (-one[1], one[0]))
    return {
        "found": found,
        "total": wording.row("", found.total),
        "categories": wording.by_category(found),
        "spaces": wording.by_space(found),
        "page": rows,
        "rows": [wording.row(name, sums) for name, sums in wording.named(list(rows))],
        "paying_over": len(over),
        "paying_less": len(found.paying_less()),
        "questions": questions,
        "open_dates": found.open_dates[:_MOST_OPEN_SHOWN],
        "bar": wording.BAR,
        "query": f"{tried.query}&",
    }


def _render(
    request: HttpRequest,
    version: TariffVersion,
    context: dict[str, Any],
    *,
    status: int = 200,
    template: str = "bookings/what_if/page.html",
) -> HttpResponse:
    venue = version.tariff.venue
    trail = [*crumbs(venue), (_("Try rates out"), reverse("rates_try", args=[venue.slug]))]
    base = {"venue": venue, "version": version, "crumbs": trail}
    return render(request, template, base | context, status=status)


def _address(name: str, version: TariffVersion) -> str:
    return reverse(name, args=[version.tariff.venue.slug, version.pk])


def _shown(request: HttpRequest) -> str:
    return "less" if request.GET.get("show") == "less" else "more"
