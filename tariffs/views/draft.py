"""The page of a draft: the grid, its times and extras, and a price to try. One form, no script."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.forms.utils import ErrorDict
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts.views.person import signed_in
from core import clock, words
from spaces.models import Venue
from spaces.views.manage import managed_or_404
from tariffs.cards import Others, RateCard, card_of
from tariffs.cards.naming import Names
from tariffs.cards.writing import document_of
from tariffs.errors import DraftChanged, DraftGone
from tariffs.forms.card import CardForm
from tariffs.forms.layout import Layout
from tariffs.forms.trying import TryForm
from tariffs.models import TariffVersion
from tariffs.queries import items_of, spaces_of
from tariffs.services.drafts import save_draft
from tariffs.trying import Tried, try_price
from tariffs.views import sheet
from tariffs.views.page import trail, what_if_url
from tariffs.views.rates import draft_or_404

_ADD = "add-"
_OVER = "over-"


@dataclass
class _Page:
    """The draft that is looked at, and what was sent."""

    request: HttpRequest
    venue: Venue
    draft: TariffVersion
    names: Names
    card: RateCard
    others: Others
    form: CardForm
    trying: TryForm
    tried: Tried | None = None
    conflict: int | None = None
    is_broken: bool = False


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def draft(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Look at a draft, change it, add rows to its form, or try a price by what is typed."""
    page = _page(request, managed_or_404(request, slug), pk)
    done = _answer(page) if request.method == "POST" else None
    return done or _show(page)


def _page(request: HttpRequest, venue: Venue, pk: int) -> _Page:
    draft = draft_or_404(venue, pk)
    names = Names.of(draft.document, spaces=spaces_of(venue), items=items_of(venue))
    card, others = card_of(draft.document)
    data = request.POST.copy() if request.method == "POST" else None
    layout = Layout.of(card)
    sent = Layout.read(data.get("layout", "")) if data is not None else None
    if data is not None and sent is not None:
        layout = sent
        asked = data.get("do", "")
        if asked.startswith(_ADD):
            layout = layout.with_one_more(asked.removeprefix(_ADD))
            data["layout"] = layout.said()
    is_broken = data is not None and sent is None
    if layout.is_too_large or is_broken:
        data = None
    shown = Layout() if layout.is_too_large else layout
    form = CardForm(
        data, card=card, others=others, layout=shown, names=names, revision=draft.revision
    )
    trying = TryForm(_tried_data(data), names=names)
    return _Page(request, venue, draft, names, card, others, form, trying, is_broken=is_broken)


def _tried_data(data: QueryDict | None) -> QueryDict | None:
    return data if data is not None and any(key.startswith("try-") for key in data) else None


def _answer(page: _Page) -> HttpResponse | None:
    """Do what the pressed button says; None where the page is to be shown again."""
    asked = page.request.POST.get("do", "save")
    if asked != "try" and page.trying.is_bound:
        _leave_unchecked(page.trying)
    if not page.form.is_bound:
        return None
    if asked.startswith(_ADD):
        _leave_unchecked(page.form)
        return None
    if asked == "try":
        if page.form.is_valid() and page.trying.is_valid():
            ask = page.trying.ask()
            document = _document(page)
            page.tried = try_price(page.venue, document, ask, booked_on=clock.today())
        return None
    return _save(page, asked) if page.form.is_valid() else None


def _leave_unchecked(form: CardForm | TryForm) -> None:
    """What is typed is shown as it is: nobody asked yet whether it is right."""
    form._errors = ErrorDict()  # type: ignore[union-attr]
    form.cleaned_data = {}


def _save(page: _Page, asked: str) -> HttpResponse | None:
    revision = page.form.cleaned_data["revision"]
    if asked.startswith(_OVER) and asked.removeprefix(_OVER).isdecimal():
        revision = int(asked.removeprefix(_OVER)[:9])
    try:
        save_draft(
            page.draft,
            _document(page),
            revision=revision,
            actor=signed_in(page.request),
            now=clock.now(),
        )
    except DraftChanged as error:
        page.conflict = error.details["revision"]
        page.form.add_error(None, str(error.message))
        return None
    except DraftGone as error:
        page.form.add_error(None, str(error.message))
        return None
    messages.success(page.request, _("The draft is saved."))
    name = "manage_rates_publish" if asked == "check" else "manage_rates_draft"
    return redirect(name, slug=page.venue.slug, pk=page.draft.pk)


def _document(page: _Page) -> dict[str, Any]:
    return document_of(
        page.form.card({one.id: one for _box, one in page.card.behinds() if one.id}), page.others
    )


def _show(page: _Page) -> HttpResponse:
    form, layout = page.form, page.form.layout
    errors = form.is_bound and bool(form.errors or (page.trying.is_bound and page.trying.errors))
    status = 409 if page.conflict is not None else 422 if errors or page.is_broken else 200
    rules = [] if form.is_bound else sheet.behind(page.card, page.others, page.names)
    context = {
        "venue": page.venue,
        "draft": page.draft,
        "day": words.long_day(page.draft.valid_from),
        "crumbs": trail(page.venue),
        "form": form,
        "trying": page.trying,
        "conflict": page.conflict,
        "is_broken": page.is_broken,
        "is_too_large": not layout.sections and bool(page.card.sections),
        "parts": sheet.parts(form),
        "columns": sheet.columns(form),
        "sections": sheet.grid(form, rules),
        "items": sheet.rows(form, "item", layout.items, ("names", "amount", "unit")),
        "fees": sheet.rows(form, "fee", layout.fees, ("name", "amount", "unit")),
        "deposits": sheet.rows(form, "deposit", layout.deposits, ("name", "amount")),
        "discounts": sheet.rows(form, "discount", layout.discounts, ("who", "percent", "least")),
        "steps": sheet.rows(form, "step", layout.steps, ("days", "charge")),
        "kept": sheet.kept(page.others, page.names),
        "tried": sheet.tried(page.tried) if page.tried else [],
        "what_if": what_if_url(page.draft.pk),
    }
    return render(page.request, "tariffs/draft.html", context, status=status)
