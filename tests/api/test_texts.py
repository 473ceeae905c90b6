"""What a text may hold is the same for the API, the page and the service behind them."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime
from typing import Any

import pytest
from rest_framework.test import APIClient

from accounts.models import User
from bookings.forms.details import DetailsForm
from bookings.models import Booking
from bookings.requests import BookingRequest
from bookings.services import request_booking
from core.errors import BadInput
from spaces.models import Space
from tests.api.asking import post, wish
from tests.api.conftest import NOW
from tests.factories.bookings import ADULT, evening

pytestmark = pytest.mark.django_db
_BOOKINGS = "/api/v1/bookings/"
Signed = Callable[[User], APIClient]
_ADULT = {"name": "Ada Okoro", "email": "ada@example.org"}
_SAID = {"purpose": "two\r\nlines", "adult_email": "ada@example.org"}


@pytest.fixture(autouse=True)
def _at_noon(frozen: Callable[[datetime], None]) -> None:
    """A Tuesday in January, a week before the dates."""


@pytest.mark.parametrize(
    ("changes", "field", "code"),
    [
        ({"title": "Choir\nBCC: all"}, "title", "line_break"),
        ({"title": "Choir\u2028again"}, "title", "line_break"),
        ({"title": "Choir\x1b[31m"}, "title", "control_character"),
        ({"title": "Choir\tagain"}, "title", "control_character"),
        (
            {"responsible_adult": {**_ADULT, "name": "Ada\r\nOkoro"}},
            "responsible_adult.name",
            "line_break",
        ),
        (
            {"on_the_day": {"name": "Bo", "phone": "07\x7f"}},
            "on_the_day.phone",
            "control_character",
        ),
        ({"purpose": "bell\x07"}, "purpose", "control_character"),
    ],
)
def test_a_text_that_cannot_be_shown_is_an_error_of_its_field(
    signed: Signed, person: User, hall: Space, changes: dict[str, Any], field: str, code: str
) -> None:
    response = post(signed(person), _BOOKINGS, wish(hall, **changes))
    assert response.status_code == 400, response.content
    assert response.json()["code"] == "invalid"
    assert [(one["field"], one["code"]) for one in response.json()["errors"]] == [(field, code)]
    assert not Booking.objects.exists()


def test_a_purpose_may_have_lines(signed: Signed, person: User, hall: Space) -> None:
    response = post(signed(person), _BOOKINGS, wish(hall, purpose="Tables:\n\t3 round"))
    assert response.status_code == 201, response.content
    assert response.json()["purpose"] == "Tables:\n\t3 round"


@pytest.mark.parametrize(
    ("said", "field", "code"),
    [
        ({"title": "Choir\nBCC: all"}, "title", "line_break"),
        ({"title": "Choir\x00"}, "title", "control_character"),
        ({"adult_phone": "07\n00"}, "adult_phone", "line_break"),
        ({"purpose": "bell\x07"}, "purpose", "control_character"),
    ],
)
def test_the_page_says_the_same_beside_its_field(
    person: User, said: dict[str, str], field: str, code: str
) -> None:
    errors = DetailsForm({**_SAID, **said}, actor=person, dates=1).errors
    assert [error.code for error in errors[field].as_data()] == [code]
    assert field == "purpose" or "purpose" not in errors


@pytest.mark.parametrize(
    ("changes", "field", "reason"),
    [
        ({"title": "Choir\nBCC: all"}, "title", "line_break"),
        ({"title": "Choir\x00"}, "title", "control_character"),
        ({"responsible_adult": replace(ADULT, phone="07\n00")}, "phone", "line_break"),
        ({"purpose": "bell\x07"}, "purpose", "control_character"),
    ],
)
def test_the_service_says_the_same_to_every_other_caller(
    person: User, hall: Space, changes: dict[str, Any], field: str, reason: str
) -> None:
    asked = BookingRequest(
        venue_id=hall.venue_id,
        space_ids=(hall.pk,),
        pattern=evening(date(2027, 1, 12)),
        title="Choir",
        people=30,
        responsible_adult=ADULT,
    )
    with pytest.raises(BadInput) as refused:
        request_booking(replace(asked, **changes), actor=person, now=NOW)
    assert (refused.value.details["field"], refused.value.details["reason"]) == (field, reason)
