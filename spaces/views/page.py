"""A page with one form: its heading, its questions in groups, one button and the way back."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.forms import BaseForm
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from core.errors import BadInput, NotAllowed, StateConflict
from spaces.forms.groups import GroupedForm
from spaces.models import Venue

READ_WRITE = ["GET", "HEAD", "POST"]


def form_page(
    request: HttpRequest,
    form: BaseForm,
    *,
    title: Any,
    back: str,
    button: Any = None,
    **more: Any,
) -> HttpResponse:
    """`more`: venue, lead, and what the page's own template needs in `template`."""
    template = more.pop("template", "spaces/form.html")
    context = {"form": form, "title": title, "back": back, "button": button or _("Save"), **more}
    return render(request, template, context, status=422 if form.errors else 200)


def answer(
    request: HttpRequest,
    form: GroupedForm,
    *,
    save: Callable[[], object],
    said: Any,
    go_to: str,
) -> HttpResponse | None:
    """Save what a valid form says and go on; None where the page is to be shown (again).

    A service's refusal becomes an error of the form, which keeps its answers.
    """
    if request.method != "POST" or not form.is_valid():
        return None
    try:
        save()
    except NotAllowed:
        raise
    except (BadInput, StateConflict) as error:
        form.refuse(error)
        return None
    messages.success(request, said)
    return redirect(go_to)


def back_to(venue: Venue, name: str = "manage_venue", *more: Any) -> str:
    """The address of a page of this venue."""
    return reverse(name, args=[venue.slug, *more])
