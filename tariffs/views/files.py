"""Rates as a file: any version to keep, and another file in place of a draft."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from accounts.views.person import signed_in
from core import clock, words
from core.errors import StateConflict
from spaces.views.manage import managed_or_404
from tariffs.forms.start import SheetForm
from tariffs.models import TariffVersion
from tariffs.queries import items_of, spaces_of
from tariffs.services.drafts import save_draft
from tariffs.sheets.files import write_yaml
from tariffs.views.page import trail
from tariffs.views.rates import draft_or_404


@login_required
@require_safe
def download(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """A version or a draft as YAML."""
    venue = managed_or_404(request, slug)
    found = get_object_or_404(TariffVersion, pk=pk, tariff__venue=venue)
    dated = {"valid_from": found.valid_from.isoformat(), **found.document}
    response = HttpResponse(write_yaml(dated), content_type="application/yaml; charset=utf-8")
    name = f"rates-{venue.slug}-{found.valid_from.isoformat()}.yaml"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def upload(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """A file in place of what a draft says."""
    venue = managed_or_404(request, slug)
    draft = draft_or_404(venue, pk)
    form = SheetForm(
        request.POST if request.method == "POST" else None,
        request.FILES if request.method == "POST" else None,
        spaces=spaces_of(venue),
        items=items_of(venue),
    )
    if request.method == "POST" and form.is_valid() and form.sheet:
        try:
            save_draft(
                draft,
                form.sheet.document,
                revision=_revision(request),
                actor=signed_in(request),
                now=clock.now(),
            )
        except StateConflict as error:
            form.add_error(None, str(error.message))
        else:
            messages.success(request, _("The draft says now what the file says."))
            return redirect("manage_rates_draft", slug=venue.slug, pk=draft.pk)
    context = {
        "venue": venue,
        "draft": draft,
        "form": form,
        "day": words.long_day(draft.valid_from),
        "crumbs": [
            *trail(venue),
            (_("Draft"), reverse("manage_rates_draft", args=[venue.slug, draft.pk])),
        ],
    }
    status = 422 if form.errors else 200
    return render(request, "tariffs/upload.html", context, status=status)


def _revision(request: HttpRequest) -> int:
    said = request.POST.get("revision", "")
    return int(said) if said.isascii() and said.isdecimal() and len(said) < 10 else -1
