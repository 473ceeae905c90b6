"""Check a draft and publish it: what is wrong or open, the first day, and what follows from it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts.views.person import signed_in
from core import clock, words
from core.errors import BadInput, StateConflict
from spaces.models import Venue
from spaces.views.manage import managed_or_404
from tariffs.cards import card_of
from tariffs.cards.naming import Names
from tariffs.cards.review import Remark, remarks_of
from tariffs.forms.start import PublishForm
from tariffs.models import TariffVersion
from tariffs.queries import items_of, spaces_of, versions_of
from tariffs.services.drafts import publish_draft
from tariffs.views.page import trail, what_if_url
from tariffs.views.rates import draft_or_404


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def publish(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """What is wrong, what is open, and the button that puts the draft in force."""
    venue = managed_or_404(request, slug)
    draft = draft_or_404(venue, pk)
    form = PublishForm(
        request.POST if request.method == "POST" else None,
        initial={
            "first_day": max(draft.valid_from, clock.today()),
            "last_day": draft.valid_to,
            "revision": draft.revision,
        },
    )
    if request.method == "POST" and form.is_valid() and _published(request, draft, form):
        said = {"day": words.long_day(form.cleaned_data["first_day"])}
        messages.success(request, _("Published. These rates hold from %(day)s.") % said)
        return redirect("manage_rates", slug=venue.slug)
    status = 422 if form.errors else 200
    return render(request, "tariffs/publish.html", _context(venue, draft, form), status=status)


def _published(request: HttpRequest, draft: TariffVersion, form: PublishForm) -> bool:
    said = form.cleaned_data
    try:
        publish_draft(
            draft,
            said["first_day"],
            last_day=said["last_day"],
            revision=said["revision"],
            actor=signed_in(request),
            now=clock.now(),
        )
    except (BadInput, StateConflict) as error:
        form.refuse(error)
        return False
    return True


def _context(venue: Venue, draft: TariffVersion, form: PublishForm) -> dict[str, Any]:
    spaces, items = spaces_of(venue), items_of(venue)
    card, others = card_of(draft.document)
    names = Names.of(draft.document, spaces=spaces, items=items)
    remarks = remarks_of(card, others, spaces=spaces, items=items, names=names)
    address = reverse("manage_rates_draft", args=[venue.slug, draft.pk])
    told = [
        {"words": one.words, "href": address + _anchor(one), "is_fault": one.is_fault}
        for one in remarks
    ]
    return {
        "venue": venue,
        "draft": draft,
        "form": form,
        "day": words.long_day(draft.valid_from),
        "faults": [one for one in told if one["is_fault"]],
        "questions": [one for one in told if not one["is_fault"]],
        "replaced": _replaced(venue, draft),
        "what_if": what_if_url(draft.pk),
        "crumbs": [*trail(venue), (_("Draft"), address)],
    }


def _anchor(remark: Remark) -> str:
    """The box, or the section, that a remark is about."""
    if len(remark.spot) == 3:
        i, j, k = remark.spot
        return f"#id_s{i}l{j}c{k}"
    return f"#section-{remark.spot[0]}" if remark.spot else ""


def _replaced(venue: Venue, draft: TariffVersion) -> Sequence[str]:
    """The version that ends where this one begins, and the one that follows it, in words."""
    published = [version for version in versions_of(venue) if not version.is_draft]
    said = []
    before = next((one for one in published if one.valid_from < draft.valid_from), None)
    if before is not None and (before.valid_to is None or before.valid_to > draft.valid_from):
        said.append(
            _("The rates from %(day)s end the day before.")
            % {"day": words.long_day(before.valid_from)}
        )
    after = [one for one in published if one.valid_from > draft.valid_from]
    if after:
        said.append(
            _("They hold until the rates from %(day)s begin.")
            % {"day": words.long_day(after[-1].valid_from)}
        )
    return said
