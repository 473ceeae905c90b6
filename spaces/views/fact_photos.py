"""The photo of one access fact: added, described anew, removed."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from accounts.views.person import signed_in
from core import clock
from spaces.access_facts import FACTS, said_by
from spaces.forms.pictures import FactPhotoForm
from spaces.models import AccessFact, FactPhoto, Venue
from spaces.services.fact_photos import hide_fact, show_fact
from spaces.views.manage import managed_or_404
from spaces.views.page import READ_WRITE, answer, back_to, form_page


@login_required
@require_http_methods(READ_WRITE)
def photo(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """A photo of what is said, and what it shows in words."""
    venue = managed_or_404(request, slug)
    fact = _fact_or_404(venue, pk)
    held = FactPhoto.objects.filter(fact=fact).first()
    form = FactPhotoForm(
        request.POST or None,
        request.FILES or None,
        has_photo=held is not None,
        initial={"alt": held.alt} if held else {},
    )
    back = _facts_page(fact)
    done = answer(
        request,
        form,
        save=lambda: show_fact(
            fact,
            form.data_of_file(),
            alt=form.cleaned_data["alt"],
            actor=signed_in(request),
            now=clock.now(),
        ),
        said=_("The photo is saved."),
        go_to=back,
    )
    return done or form_page(
        request,
        form,
        title=_("Photo: %(fact)s") % {"fact": FACTS[fact.code].question},
        lead=said_by(FACTS[fact.code], fact),
        back=back,
        venue=venue,
        multipart=True,
        template="spaces/fact_photo.html",
        fact=fact,
        photo=held,
    )


@login_required
@require_POST
def remove(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Gone, with its files."""
    fact = _fact_or_404(managed_or_404(request, slug), pk)
    hide_fact(fact, actor=signed_in(request), now=clock.now())
    messages.success(request, _("The photo is removed."))
    return redirect(_facts_page(fact))


def rows_with_photos(rows: QuerySet[AccessFact]) -> list[dict[str, Any]]:
    """What was said of one place, each with its photo and where to add one. One query."""
    known = rows.exclude(value=AccessFact.Value.UNKNOWN).filter(code__in=FACTS)
    return [
        {
            "pk": row.pk,
            "question": FACTS[row.code].question,
            "photo": getattr(row, "picture", None),
        }
        for row in sorted(known.select_related("picture"), key=lambda row: [*FACTS].index(row.code))
    ]


def _fact_or_404(venue: Venue, pk: int) -> AccessFact:
    rows = AccessFact.objects.filter(venue=venue, superseded_by=None, code__in=FACTS)
    said = rows.exclude(value=AccessFact.Value.UNKNOWN)
    return get_object_or_404(said.select_related("venue__council", "venue__operator"), pk=pk)


def _facts_page(fact: AccessFact) -> str:
    """Where the questions about its place are answered, in the words of the same source."""
    kind, pk = "venue", 0
    for name, key in (("spaces", fact.space_id), ("places", fact.node_id), ("ways", fact.link_id)):
        if key:
            kind, pk = name, key
    address = back_to(fact.venue, "manage_access_facts", kind, pk)
    return address if fact.source == AccessFact.Source.OWNER else f"{address}?source={fact.source}"
