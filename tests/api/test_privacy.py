"""Marked names are planted everywhere; no public byte has one of them."""

from collections.abc import Callable
from datetime import datetime

import pytest
from rest_framework.test import APIClient

from accounts.models import User
from bookings.models import AccessRequest
from spaces.models import Space
from tests.api.asking import post, wish
from tests.factories import MembershipFactory, UserFactory

pytestmark = pytest.mark.django_db
_MARK = "ZQXMARK"


@pytest.fixture(autouse=True)
def _at_noon(frozen: Callable[[datetime], None]) -> None:
    """A Tuesday in January, a week before the bookings."""


@pytest.fixture
def marked(signed: Callable[[User], APIClient], hall: Space) -> str:
    """A sensitive booking with marks in every word of it; its reference."""
    person = UserFactory(name=f"{_MARK} Person", email=f"{_MARK}@example.org".lower())
    group = MembershipFactory(user=person, organisation__name=f"{_MARK} Refuge").organisation
    body = wish(
        hall,
        organisation=group.pk,
        title=f"{_MARK} title",
        purpose=f"{_MARK} purpose",
        needs=["changing_places"],
        adjustment=f"{_MARK} needs",
        adjustment_consent=True,
        visibility="sensitive",
        responsible_adult={
            "name": f"{_MARK} Adult",
            "email": f"{_MARK}a@example.org",
            "phone": "0207 000 4242",
        },
        on_the_day={"name": f"{_MARK} Day", "phone": "0207 000 4242"},
    )
    made = post(signed(person), "/api/v1/bookings/", body)
    assert made.status_code == 201, made.content
    assert _MARK in made.content.decode()
    return made.json()["reference"]


def _asked(client: APIClient, hall: Space) -> list[bytes]:
    window = "from=2027-01-11T00:00:00Z&until=2027-01-20T00:00:00Z"
    period = {"starts_at": "2027-01-12T19:00:00Z", "ends_at": "2027-01-12T20:00:00Z"}
    return [
        *(
            client.get(address).content
            for address in (
                "/api/v1/venues/",
                f"/api/v1/venues/{hall.venue.slug}/",
                "/api/v1/spaces/",
                f"/api/v1/spaces/{hall.pk}/",
                f"/api/v1/spaces/{hall.pk}/availability/?{window}",
                f"/feeds/spaces/{hall.pk}/busy.ics",
                "/api/v1/schema/",
                "/api/v1/docs/",
            )
        ),
        *(
            client.post(address, body, format="json").content
            for address, body in (
                ("/api/v1/availability/check/", {"spaces": [hall.pk], "periods": [period]}),
                ("/api/v1/quote/", {"spaces": [hall.pk], **period}),
                ("/api/v1/quote/cheaper/", {"spaces": [hall.pk], **period}),
            )
        ),
    ]


def test_no_public_answer_has_a_word_about_the_hirer(
    anybody: APIClient, marked: str, hall: Space
) -> None:
    for content in _asked(anybody, hall):
        text = content.decode()
        assert _MARK.lower() not in text.lower()
        assert "4242" not in text
        assert marked not in text


def test_a_stranger_with_a_token_learns_no_more(
    signed: Callable[[User], APIClient], marked: str, hall: Space
) -> None:
    stranger = signed(UserFactory())
    answers = [*_asked(stranger, hall), stranger.get("/api/v1/bookings/").content]
    clash = post(stranger, "/api/v1/bookings/", wish(hall))
    assert clash.status_code == 409
    for content in [*answers, clash.content]:
        assert _MARK.lower() not in content.decode().lower()
        assert marked not in content.decode()


def test_a_list_keeps_a_sensitive_booking_general_even_for_its_own(
    signed: Callable[[User], APIClient], marked: str
) -> None:
    owner = User.objects.get(email=f"{_MARK}@example.org".lower())
    (row,) = signed(owner).get("/api/v1/bookings/").json()["results"]
    assert (row["reference"], row["title"], row["organisation"]) == (marked, None, None)


def test_health_data_is_in_no_answer_at_all(
    signed: Callable[[User], APIClient], marked: str
) -> None:
    owner = User.objects.get(email=f"{_MARK}@example.org".lower())
    told = signed(owner).get(f"/api/v1/bookings/{marked}/").content.decode()
    assert f"{_MARK} title" in told
    assert f"{_MARK} needs" not in told
    assert AccessRequest.objects.get().needs == ["changing_places"]
    assert "changing_places" not in told
