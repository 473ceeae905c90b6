"""The shape of a request, checked before anything is looked up. Every caller gets the same."""

from __future__ import annotations

from itertools import pairwise

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import gettext as _

from bookings.models import Booking
from bookings.requests import BookingRequest, ContactDetails
from core import plain_text
from core.errors import BadInput
from core.intervals import Span
from spaces.access_facts import FAULT_NEEDS
from spaces.models import Activity
from spaces.models.timetable import Loudness
from spaces.timetable import spans

MOST_PEOPLE = 100_000
MOST_SPACES = 20
MOST_ANSWERS = 200
_LONGEST = {"title": 120, "purpose": 2000, "adjustment": 500}
# These may have several lines.
_PASSAGES = {"purpose", "adjustment"}
_LONGEST_CONTACT = {"name": 120, "email": 254, "phone": 30}


def check(request: BookingRequest) -> list[Span]:
    """The spans of the request's dates, in UTC and in time order.

    Raises: BadInput, in words, for whatever cannot be stored or makes no sense.
    """
    _check_words(request)
    _check_choices(request)
    _check_answers(request)
    _check_spaces(request)
    _check_items(request)
    return _spans(request)


def _check_words(request: BookingRequest) -> None:
    if not request.title.strip():
        raise BadInput(_("Say what the booking is for."), field="title")
    for name, longest in _LONGEST.items():
        _check_text(getattr(request, name), name, longest)
    for contact in (request.responsible_adult, request.on_the_day):
        if contact is not None:
            _check_contact(contact)
    if (request.needs or request.adjustment.strip()) and not request.adjustment_consent:
        raise BadInput(
            _("Tick the box to let us pass on what would help, or leave it empty."),
            field="adjustment_consent",
        )


def _check_choices(request: BookingRequest) -> None:
    if not 1 <= request.people <= MOST_PEOPLE:
        raise BadInput(_("Give the number of people, at least 1."), field="people")
    if request.loudness not in Loudness.values:
        raise BadInput(_("Say how loud it will be."), field="loudness")
    if request.activity not in Activity.values:
        raise BadInput(_("Say what kind of thing it is."), field="activity")
    if request.visibility not in Booking.Visibility.values:
        raise BadInput(_("Say who may see what it is."), field="visibility")
    if not set(request.needs) <= set(FAULT_NEEDS):
        raise BadInput(_("Choose from the list what would help."), field="needs")


def _check_answers(request: BookingRequest) -> None:
    """How many; what they say is checked against the questions of the rates."""
    if len(request.answers) > MOST_ANSWERS:
        raise BadInput(
            _("Give at most %(most)d answers.") % {"most": MOST_ANSWERS}, field="answers"
        )


def _check_spaces(request: BookingRequest) -> None:
    if not (request.space_ids or request.pools):
        raise BadInput(_("Choose at least one space."), field="spaces")
    wanted = len(request.space_ids) + sum(quantity for _pool, quantity in request.pools)
    if wanted > MOST_SPACES:
        raise BadInput(
            _("Choose at most %(most)d spaces at a time.") % {"most": MOST_SPACES}, field="spaces"
        )
    if any(quantity < 1 for _pool, quantity in request.pools):
        raise BadInput(_("Ask for at least 1, or leave it out."), field="pools")
    if len({pool for pool, _n in request.pools}) != len(request.pools):
        raise BadInput(_("Name each pool once."), field="pools")


def _check_items(request: BookingRequest) -> None:
    for _item, quantity in request.items:
        if not 1 <= quantity <= MOST_PEOPLE:
            raise BadInput(_("Ask for at least 1 of each item, or leave it out."), field="items")
    if len({item for item, _n in request.items}) != len(request.items):
        raise BadInput(_("Name each item once."), field="items")


def _spans(request: BookingRequest) -> list[Span]:
    found = spans(request.pattern)
    if any(later.start < earlier.end for earlier, later in pairwise(found)):
        raise BadInput(
            _("Two of your dates run into each other. Make them shorter or further apart."),
            field="pattern",
        )
    return found


def _check_text(text: str, field: str, longest: int) -> None:
    try:
        (plain_text.passage if field in _PASSAGES else plain_text.one_line)(text)
    except ValidationError as error:
        raise BadInput(error.message, field=field, reason=error.code) from error
    if len(text) > longest:
        raise BadInput(
            _("That is too long: use at most %(longest)d characters.") % {"longest": longest},
            field=field,
        )


def _check_contact(contact: ContactDetails) -> None:
    for name, longest in _LONGEST_CONTACT.items():
        _check_text(getattr(contact, name), name, longest)
    if contact.email:
        try:
            validate_email(contact.email)
        except ValidationError as error:
            raise BadInput(
                _("Give an e-mail address like name@example.org."), field="email"
            ) from error
