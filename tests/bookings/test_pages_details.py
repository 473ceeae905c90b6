"""The two forms of the booking journey: what they ask, in which order, and when."""

import re
from datetime import date, time, timedelta
from urllib.parse import urlencode

import pytest
from django.urls import reverse

from bookings.models import Booking
from core import clock
from spaces.models import Pool
from tests.factories import SpaceFactory, UserFactory, open_daily
from tests.factories.tariffs import flat_rates

pytestmark = pytest.mark.django_db

SEVERAL = {"repeat": "weekly", "times": "3"}
SAID = {
    "hirer": "me",
    "title": "Choir practice",
    "loudness": "2",
    "visibility": "private",
    "adult_name": "Ada Moreno",
    "adult_phone": "020 7946 0001",
}


def hall(**fields: object):
    space = SpaceFactory(name="Main hall", **fields)
    open_daily(space, clock.today(), days=300, opens=time(8), closes=time(23))
    flat_rates(space.venue, amount="12.00")
    return space


def url(name: str, space, **more: str) -> str:
    day: date = clock.today() + timedelta(days=30)
    asked = {
        "spaces": space.pk, "people": "20", "on": day, "starts": "7pm", "ends": "9pm", **more,
    }  # fmt: skip
    return f"{reverse(name, args=[space.venue.slug])}?{urlencode(asked)}"


def test_one_date_is_had_or_not_so_nothing_is_asked_about_clashes(client):
    space = hall()
    client.force_login(UserFactory())
    page = client.get(url("book_details", space)).content.decode()
    assert "If some dates cannot be had" not in page
    answer = client.post(url("book_details", space), SAID)
    assert answer.status_code == 302
    check = client.get(answer["Location"]).content.decode()
    assert "If a date is taken" not in check
    client.post(url("book_check", space), {"token": "t"})
    assert Booking.objects.get().occurrences.count() == 1


def test_several_dates_bring_the_question_what_to_do_on_a_clash(client):
    space = hall()
    client.force_login(UserFactory())
    path = url("book_details", space, **SEVERAL)
    assert "If some dates cannot be had" in client.get(path).content.decode()
    left_out = client.post(path, SAID)
    assert left_out.status_code == 422
    assert 'href="#id_on_clash_0"' in left_out.content.decode()
    answer = client.post(path, SAID | {"on_clash": "book_free"})
    assert "Book the dates that are free" in client.get(answer["Location"]).content.decode()


def test_dates_that_are_added_later_are_not_booked_in_part_unasked(client):
    space = hall()
    client.force_login(UserFactory())
    client.post(url("book_details", space), SAID)
    check = client.get(url("book_check", space, **SEVERAL)).content.decode()
    assert "If a date is taken" in check
    assert "Book nothing and show me" in check


def test_a_pattern_that_has_no_date_goes_back_to_the_first_page(client):
    space = hall()
    client.force_login(UserFactory())
    holiday = {"on": "2027-12-25", "skip_bank_holidays": "on"}
    answer = client.get(url("book_details", space, **holiday))
    assert answer.status_code == 302
    assert reverse("book_pick", args=[space.venue.slug]) in answer["Location"]
    assert client.get(answer["Location"]).status_code == 422


def test_the_questions_stand_under_headings(client):
    space = hall()
    client.force_login(UserFactory())
    page = client.get(url("book_details", space, **SEVERAL)).content.decode()
    headings = re.findall(r'<h2 class="govuk-fieldset__heading">([^<]+)</h2>', page)
    assert headings == [
        "What is it for?",
        "Who is responsible?",
        "On the day",
        "Anything you need",
        "Your dates",
    ]
    names = dict.fromkeys(re.findall(r'name="(\w+)"', page.split("<h1")[1].split("</form>")[0]))
    in_order = [
        "title", "loudness", "needs_quiet", "visibility", "hirer", "adult_name", "adult_email",
        "adult_phone", "day_name", "day_phone", "purpose", "needs", "adjustment",
        "adjustment_consent", "on_clash",
    ]  # fmt: skip
    assert [name for name in names if name in in_order] == in_order


def test_every_error_leads_to_its_box_and_every_answer_is_kept(client):
    space = hall()
    client.force_login(UserFactory())
    wrong = {"title": "", "adult_name": "", "adjustment": "By the door"}
    kept = {"purpose": "Long tables", "day_name": "Bo", "day_phone": "07700 900000"}
    page = client.post(
        url("book_details", space, **SEVERAL),
        SAID | wrong | kept | {"needs_quiet": "on", "loudness": "3", "on_clash": "book_free"},
    )
    text = page.content.decode()
    assert page.status_code == 422
    targets = re.findall(r'<a href="#(id_\w+)">', text)
    assert targets == ["id_title", "id_adult_name", "id_adjustment_consent"]
    assert all(f'id="{target}"' in text for target in targets)
    for words in (*kept.values(), "By the door", "020 7946 0001"):
        assert words in text
    for name, value in (("loudness", "3"), ("on_clash", "book_free"), ("hirer", "me")):
        assert re.search(rf'name="{name}" value="{value}"[^>]*checked', text)
    assert re.search(r'name="needs_quiet"[^>]*checked', text)


@pytest.mark.parametrize("name", ["title", "purpose", "adult_name", "day_phone", "adjustment"])
def test_a_character_that_cannot_be_stored_is_named_where_it_is(client, name):
    space = hall()
    client.force_login(UserFactory())
    page = client.post(url("book_details", space), SAID | {name: "Long\x00 tables"})
    text = page.content.decode()
    assert page.status_code == 422
    assert f'href="#id_{name}"' in text
    assert "Long tables" in text
    assert "\x00" not in text
    assert "020 7946 0001" in text


@pytest.mark.parametrize(
    ("capacity", "said"),
    [(120, "Main hall, up to 120 people"), (1, "Main hall, up to 1 person"), (None, "Main hall")],
)
def test_each_space_says_how_many_people_it_takes(client, capacity, said):
    space = hall(capacity=capacity)
    page = client.get(reverse("book_pick", args=[space.venue.slug])).content.decode()
    assert f">{said}</label>" in page


@pytest.mark.parametrize(
    ("places", "said"),
    [
        ([1, 1, 1], "There are 3, for 1 person each."),
        ([4, 4], "There are 2, for up to 4 people each."),
        ([2, 6], "There are 2, the largest for up to 6 people."),
        ([2, None], "There are 2."),
        ([8], "There is 1, for up to 8 people."),
    ],
)
def test_a_pool_says_how_many_there_are_and_what_each_takes(client, places, said):
    space = hall()
    pool = Pool.objects.create(venue=space.venue, name="Tables")
    for capacity in places:
        SpaceFactory(venue=space.venue, pool=pool, capacity=capacity)
    SpaceFactory(venue=space.venue, pool=pool, capacity=500, is_bookable=False)
    page = client.get(reverse("book_pick", args=[space.venue.slug])).content.decode()
    assert said in page


def test_the_first_page_costs_the_same_for_one_space_and_for_many(client, count_queries):
    space = hall()
    path = reverse("book_pick", args=[space.venue.slug])
    pool = Pool.objects.create(venue=space.venue, name="Desks")
    SpaceFactory(venue=space.venue, pool=pool)
    client.get(path)
    few = count_queries(lambda: client.get(path))
    for n in range(12):
        SpaceFactory(venue=space.venue, name=f"Room {n}")
        SpaceFactory(venue=space.venue, pool=pool)
    assert count_queries(lambda: client.get(path)) == few
