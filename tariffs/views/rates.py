"""The rates of a venue: its versions and drafts, a new draft, and the end of one."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.views.person import signed_in
from core import clock, words
from spaces.models import Venue
from spaces.views.manage import crumbs, managed_or_404
from tariffs.cards import document_of
from tariffs.errors import DraftExists
from tariffs.forms.start import StartForm, next_month
from tariffs.models import TariffVersion
from tariffs.queries import Row, State, items_of, listed, spaces_of, versions_of
from tariffs.services.drafts import copy_to_draft, discard_draft
from tariffs.views.page import trail, what_if_url


@login_required
@require_safe
def rates(request: HttpRequest, slug: str) -> HttpResponse:
    """Every version with what it is today."""
    venue = managed_or_404(request, slug)
    rows = listed(versions_of(venue), on=clock.today())
    context = {
        "venue": venue,
        "crumbs": crumbs(venue),
        "drafts": [_entry(row) for row in rows if row.state is State.DRAFT],
        "published": [_entry(row) for row in rows if row.state is not State.DRAFT],
        "has_spaces": venue.spaces.exists(),
    }
    return render(request, "tariffs/rates.html", context)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def start(request: HttpRequest, slug: str) -> HttpResponse:
    """A new draft from rates there are, a pattern, or a file."""
    venue = managed_or_404(request, slug)
    spaces = spaces_of(venue)
    rows = listed(versions_of(venue), on=clock.today())
    form = StartForm(
        request.POST if request.method == "POST" else None,
        request.FILES if request.method == "POST" else None,
        versions=[(f"version-{row.version.pk}", _copy_words(row)) for row in rows],
        spaces=spaces,
        items=items_of(venue),
        initial={"first_day": next_month(clock.today())},
    )
    if request.method == "POST" and form.is_valid():
        try:
            draft = copy_to_draft(
                venue,
                _source(form, venue, list(spaces)),
                form.cleaned_data["first_day"],
                actor=signed_in(request),
                now=clock.now(),
            )
        except DraftExists as error:
            form.add_error("first_day", str(error.message))
        else:
            messages.success(request, _("The draft is made. Nobody else sees it yet."))
            return redirect("manage_rates_draft", slug=venue.slug, pk=draft.pk)
    context = {"venue": venue, "form": form, "crumbs": trail(venue), "has_spaces": bool(spaces)}
    status = 422 if form.errors else 200
    return render(request, "tariffs/start.html", context, status=status)


@login_required
@require_POST
def discard(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Throw a draft away."""
    venue = managed_or_404(request, slug)
    found = draft_or_404(venue, pk)
    discard_draft(found, actor=signed_in(request), now=clock.now())
    messages.success(request, _("The draft is thrown away."))
    return redirect("manage_rates", slug=venue.slug)


def draft_or_404(venue: Venue, pk: int) -> TariffVersion:
    """A draft of this venue, with its tariff and venue.

    Raises: Http404.
    """
    rows = TariffVersion.objects.select_related("tariff").filter(published_at__isnull=True)
    found = get_object_or_404(rows, pk=pk, tariff__venue=venue)
    found.tariff.venue = venue
    return found


def _source(form: StartForm, venue: Venue, spaces: list[str]) -> dict[str, Any]:
    pattern = form.pattern()
    if pattern is not None:
        return document_of(*pattern.build(spaces, Decimal(form.cleaned_data["standard"])))
    if form.sheet is not None and form.cleaned_data["source"] == "file":
        return form.sheet.document
    pk = form.cleaned_data["source"].removeprefix("version-")
    if not pk.isdecimal():
        raise Http404
    found = get_object_or_404(TariffVersion, pk=pk, tariff__venue=venue)
    document: dict[str, Any] = found.document
    return document


def _copy_words(row: Row) -> str:
    said = {"day": words.long_day(row.version.valid_from)}
    if row.state is State.DRAFT:
        return _("A copy of the draft from %(day)s") % said
    if row.state is State.IN_FORCE:
        return _("A copy of the rates in force, from %(day)s") % said
    return _("A copy of the rates from %(day)s") % said


def _entry(row: Row) -> dict[str, Any]:
    version = row.version
    state = {
        State.DRAFT: _("Draft"),
        State.COMING: _("To come"),
        State.IN_FORCE: _("In force"),
        State.OVER: _("Over"),
    }
    return {
        "pk": version.pk,
        "from": words.long_day(version.valid_from),
        "until": words.long_day(version.valid_to) if version.valid_to else "",
        "state": state[row.state],
        "is_estimate_after": row.is_last and version.valid_to is not None,
        "what_if": what_if_url(version.pk) if row.state is State.DRAFT else "",
    }
