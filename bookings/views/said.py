"""The second step of booking: its form, and what was said in it until it is sent."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.forms import MultipleChoiceField
from django.http import HttpRequest

from bookings import support_lists
from bookings.forms.booking import booking_request
from bookings.forms.details import DetailsForm
from bookings.forms.pick import PickForm
from bookings.requests import OnClash
from bookings.services import questions_to_ask
from bookings.services.vat import asks_about_series
from bookings.views.person import signed_in
from core import clock
from core.errors import BadInput
from spaces.models import Venue
from spaces.timetable import spans
from tariffs.asking import fits_in
from tariffs.errors import AnswerRefused

_SESSION = "booking_details"


def details_form(
    request: HttpRequest,
    venue: Venue,
    picked: PickForm,
    said: Mapping[str, Any] | None,
    *,
    dates: int,
) -> DetailsForm | None:
    """With what the price of the picked dates depends on; None where they make no sense."""
    actor = signed_in(request)
    try:
        asked = questions_to_ask(booking_request(venue, picked, None), actor=actor, now=clock.now())
    except BadInput:
        return None
    asks_whole = asks_about_series(venue, picked.cleaned_data["spaces"], dates=dates)
    return DetailsForm(
        said,
        actor=actor,
        dates=dates,
        asks_whole=asks_whole,
        has_vouchers=support_lists.has_vouchers(venue, today=clock.today()),
        questions=asked,
    )


def is_right(form: DetailsForm, picked: PickForm) -> bool:
    """Whether every box is right, by itself and beside the times that were picked."""
    if not form.is_valid():
        return False
    try:
        fits_in(form.answers(), spans(picked.pattern()))
    except AnswerRefused as error:
        box = next(name for name, one in form.questions.items() if one.name == error.name)
        form.add_error(box, error.remedy)
    return form.is_valid()


def keep(request: HttpRequest, form: DetailsForm) -> None:
    """What was said, until it is sent."""
    request.session[_SESSION] = {
        name: request.POST.getlist(name)
        if isinstance(field, MultipleChoiceField)
        else request.POST.get(name, "")
        for name, field in form.fields.items()
    }


def kept(request: HttpRequest) -> dict[str, Any] | None:
    """What was said before. Whoever adds dates later has not chosen, so nothing is risked."""
    kept: dict[str, Any] | None = request.session.get(_SESSION)
    return kept and {"on_clash": OnClash.REFUSE_ALL.value, **kept}


def forget(request: HttpRequest) -> None:
    """Once it is sent."""
    request.session.pop(_SESSION, None)
