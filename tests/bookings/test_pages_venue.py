"""The page of a venue: what anybody reads there, what nobody may, and what it costs us."""

from collections.abc import Callable
from datetime import date, time

import pytest
from django.test import Client

from accounts.models import User
from bookings.models import Booking
from core.clock import at
from spaces.models import (
    AccessFact,
    Facility,
    Layout,
    MapShape,
    OpeningSpan,
    Space,
    StockItem,
    Stop,
    Venue,
    Ward,
)
from tariffs.services import rebuild_guide
from tests.bookings.venue_pages import at_nine, hall, plain, read
from tests.factories import SpaceFactory, UserFactory, VenueFactory, divisible_hall, open_daily
from tests.factories.bookings import NOW, book, evening
from tests.factories.roles import VenueRoleFactory
from tests.factories.tariffs import flat_rates

__all__ = ["at_nine"]
pytestmark = pytest.mark.django_db
MONDAY = date(2027, 1, 11)


def test_it_says_what_the_place_is_and_how_to_have_it(client: Client) -> None:
    space = hall(
        name="Main hall",
        area_m2="120.0",
        setup_minutes=30,
        venue__description="A bright hall.\n\nWith a garden.",
        venue__house_rules="No smoking.",
        venue__confirmation="request",
        venue__answer_hours=48,
        venue__phone="020 7946 0000",
    )
    Layout.objects.create(space=space, kind="theatre", people=80, wheelchair_places=4)
    Facility.objects.create(venue=space.venue, space=space, code="stage")
    Facility.objects.create(venue=space.venue, code="kitchen", note="induction")
    StockItem.objects.create(venue=space.venue, name="Chairs", quantity=90)
    page = plain(read(client, space.venue))
    for words in (
        "A bright hall.", "No smoking.", "Ask to book", "within 2 days", "020 7946 0000",
        "Rows of chairs: 80, with 4 wheelchair places", "120 square metres", "Stage",
        "Kitchen (induction)", "Chairs: 90", "30 minutes before", "Up to 60 people",
    ):  # fmt: skip
        assert words in page, words


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"booking_mode": "elsewhere", "booking_url": "https://hall.example/"},
         "You book this place on its own website."),
        ({"booking_mode": "phone", "phone": "020 7946 0000"}, "To book, ring 020 7946 0000."),
        ({"booking_mode": "not_for_hire", "how_to_ask": "Ask the warden."},
         "This place is not for hire. Ask the warden."),
    ],
)  # fmt: skip
def test_a_place_that_is_not_booked_here_says_how_and_shows_no_free_time(
    client: Client, fields: dict[str, str], words: str
) -> None:
    space = hall(venue__name="Scout hut")
    Venue.objects.filter(pk=space.venue_id).update(**fields)
    page = read(client, space.venue)
    assert words in plain(page)
    assert "/book/" not in page
    assert "oh-week" not in page


def test_the_week_shows_what_is_free_and_links_from_there(client: Client) -> None:
    space = hall(name="Main hall")
    book(space, pattern=evening(MONDAY))
    page = read(client, space.venue, "?week=2027-01-13")
    assert "Week of Monday 11 January 2027" in page
    assert "Booked" in page
    assert f"/book/?spaces={space.pk}&on=2027-01-12&starts=9am" in page
    onward = client.get(f"/venues/{space.venue.slug}/book/?spaces={space.pk}&on=2027-01-12")
    assert onward.status_code == 200
    assert b'value="12"' in onward.content
    assert b"There is a problem" not in onward.content


def test_the_same_week_as_a_list(client: Client) -> None:
    space = hall()
    book(space, pattern=evening(MONDAY))
    page = plain(read(client, space.venue, "?week=2027-01-11&as=list"))
    assert "Monday 11 January 2027" in page
    assert "7pm to 9pm" in page
    assert "See this week as a grid" in page


def test_time_that_is_over_or_too_soon_leads_nowhere(client: Client) -> None:
    space = hall(venue__notice_hours=24 * 14)
    assert "/book/?spaces=" not in read(client, space.venue, "?week=2027-01-11")
    assert "/book/?spaces=" in read(client, space.venue, "?week=2027-01-25")


@pytest.mark.parametrize(
    ("visibility", "is_shown"),
    [("open", True), ("private", False), ("sensitive", False)],
)
def test_only_the_title_of_an_open_booking_is_shown_and_never_who_hires(
    client: Client, visibility: str, is_shown: bool
) -> None:
    space = hall()
    actor = UserFactory(name="Hilda Hirer")
    fields = {"title": "Forget-me-not club", "visibility": Booking.Visibility(visibility)}
    book(space, actor=actor, pattern=evening(MONDAY), purpose="Grief and loss", **fields)
    for address in ("?week=2027-01-11", "?week=2027-01-11&as=list"):
        page = read(client, space.venue, address)
        assert ("Forget-me-not club" in page) is is_shown
        for secret in ("Hilda", "Ada Moreno", "Grief", "ada@example.org", actor.email):
            assert secret not in page


def test_a_request_that_waits_shows_as_held_without_its_title(client: Client) -> None:
    space = hall(venue__confirmation="request")
    book(space, pattern=evening(MONDAY), title="Hopeful", visibility=Booking.Visibility.OPEN)
    page = read(client, space.venue, "?week=2027-01-11")
    assert "Held" in page
    assert "Hopeful" not in page


def test_a_whole_hall_shows_what_is_on_in_its_half(client: Client) -> None:
    parts = divisible_hall()
    for space in (parts.whole, parts.left, parts.right):
        open_daily(space, date(2027, 1, 4), days=60, opens=time(9), closes=time(22))
    flat_rates(parts.whole.venue)
    book(parts.left, pattern=evening(MONDAY), title="Choir", visibility=Booking.Visibility.OPEN)
    page = read(client, parts.whole.venue, "?week=2027-01-11")
    assert page.count(">Choir<") == 2


def test_hours_that_nobody_told_are_not_called_closed(client: Client) -> None:
    space = SpaceFactory()
    page = read(client, space.venue)
    assert "Nobody has told us when it opens." in page
    assert "Not known: ask them" in page


@pytest.mark.parametrize(
    "query",
    ["?week=2027-02-30", "?week=yesterday", "?week=0001-01-01", "?week=9999-12-31",
     "?week=2031-01-01", f"?week={'9' * 500}", "?week=%00"],
)  # fmt: skip
def test_a_week_that_cannot_be_shown_is_refused(client: Client, query: str) -> None:
    assert client.get(f"/venues/{VenueFactory().slug}/{query}").status_code == 400


def test_rates_are_told_by_kind_of_hirer_and_time_of_week(client: Client) -> None:
    space = hall(name="Main hall")
    other = hall(name="Small room", venue=space.venue)
    flat_rates(space.venue, amount="12.50")
    rebuild_guide([space.venue_id], on=NOW.date())
    page = plain(read(client, space.venue))
    assert "Main hall, Small room" in page
    assert "Community group £12.50 £12.50 £12.50" in page
    assert "Business £24.00 £24.00 £24.00" in page
    other.guide_prices.filter(category="community").update(amount=None)
    assert "Community group Ask the venue Ask the venue Ask the venue" in plain(
        read(client, space.venue)
    )


def test_without_published_rates_the_page_says_ask(client: Client) -> None:
    assert "The venue has not published its rates here." in read(client, hall().venue)


def test_access_facts_say_who_says_so_and_when_and_what_is_not_known(client: Client) -> None:
    venue = hall(name="Main hall").venue
    facts = [
        ("entrance_step_free", "yes", date(2026, 9, 3), "check"),
        ("accessible_toilet", "no", date(2022, 1, 5), "audit"),
        ("hearing_loop", "yes", None, "owner"),
    ]
    for code, value, checked_on, source in facts:
        AccessFact.objects.create(
            venue=venue, code=code, value=value, checked_on=checked_on, source=source
        )
    page = plain(read(client, venue))
    assert "Checked by visitors, Thursday 3 September 2026." in page
    assert "There is no accessible toilet." in page
    assert "From a council audit, Wednesday 5 January 2022. It may have changed." in page
    assert "The venue says so, no date. It may have changed." in page
    assert "Is there a Changing Places toilet, with a hoist and a bench? Not checked yet." in page
    assert "Way in yes" in page
    assert "Toilet no" in page
    assert "Not checked yet for: Main hall." in page


def test_reports_that_differ_are_not_taken_for_a_yes(client: Client) -> None:
    venue = hall().venue
    for source, value in (("owner", "yes"), ("check", "no")):
        AccessFact.objects.create(venue=venue, code="hearing_loop", value=value, source=source)
    assert "Is there a hearing loop? Reports differ." in plain(read(client, venue))


def test_rooms_that_differ_are_told_one_by_one(client: Client) -> None:
    ground = hall(name="Ground room")
    upper = hall(name="Upper room", venue=ground.venue)
    AccessFact.objects.create(venue=ground.venue, code="entrance_step_free", value="yes")
    for space, value in ((ground, "yes"), (upper, "no")):
        AccessFact.objects.create(
            venue=ground.venue, space=space, code="internal_route_step_free", value=value
        )
    page = plain(read(client, ground.venue))
    assert "To the rooms some rooms" in page
    assert "Step-free from the street to: Ground room." in page
    assert "No step-free way to: Upper room." in page


def test_getting_there_names_the_nearest_stops_with_the_walk(client: Client) -> None:
    venue = hall(venue__address="1 Mill Lane", venue__postcode="NM3 1AB").venue
    venue.ward = Ward.objects.create(council=venue.council, name="Market")
    venue.save()
    for name, latitude in (("Far stop", 51.49), ("Second stop", 51.455), ("First stop", 51.451)):
        Stop.objects.create(
            code=name, name=name, kind="bus", latitude=latitude, longitude=0.15, step_free="yes"
        )
    MapShape.objects.create(
        council=venue.council, kind="road", points=[[0.14, 51.45], [0.16, 51.452]]
    )
    page = read(client, venue)
    said = plain(page)
    assert "Market ward" in said
    assert "First stop (Bus stop): 2 minutes’ walk, no steps at the stop" in said
    assert said.index("First stop") < said.index("Second stop")
    assert "Far stop" not in said
    assert 'class="oh-map__road"' in page


def test_each_space_can_be_followed_in_a_calendar(client: Client) -> None:
    space = hall()
    page = read(client, space.venue)
    assert f'/feeds/spaces/{space.pk}/busy.ics"' in page
    assert 'href="webcal://' in page
    assert "only a few times a day" in page


@pytest.mark.parametrize(
    ("visibility", "role", "status"),
    [("partners", None, 404), ("partners", "viewer", 200),
     ("confidential", None, 404), ("confidential", "manager", 200)],
)  # fmt: skip
def test_what_is_not_public_is_only_there_for_those_who_may(
    client: Client, visibility: str, role: str | None, status: int
) -> None:
    space = hall(venue__visibility=visibility)
    someone: User = UserFactory()
    if role:
        VenueRoleFactory(user=someone, venue=space.venue, role=role)
    assert client.get(f"/venues/{space.venue.slug}/").status_code == 404
    client.force_login(someone)
    answer = client.get(f"/venues/{space.venue.slug}/")
    assert answer.status_code == status
    assert b"busy.ics" not in answer.content


@pytest.mark.parametrize("slug", ["no-such-place", "x" * 1000])
def test_an_unknown_venue_is_not_found(client: Client, slug: str) -> None:
    assert client.get(f"/venues/{slug}/").status_code == 404


def test_text_of_the_venue_stays_text(client: Client) -> None:
    venue = hall(venue__description="<script>alert(1)</script>").venue
    page = client.get(f"/venues/{venue.slug}/").content.decode()
    assert "&lt;script&gt;alert(1)" in page
    assert "<script>alert" not in page


@pytest.mark.parametrize("spaces", [1, 20])
def test_the_page_costs_the_same_for_one_space_and_for_twenty(
    client: Client, count_queries: Callable[[Callable[[], object]], int], spaces: int
) -> None:
    venue = hall().venue
    made = [hall(venue=venue) for _n in range(spaces - 1)]
    for space in made:
        Layout.objects.create(space=space, kind="theatre", people=10)
        AccessFact.objects.create(venue=venue, space=space, code="hearing_loop", value="yes")
        book(space, pattern=evening(MONDAY), visibility=Booking.Visibility.OPEN)
    address = f"/venues/{venue.slug}/?week=2027-01-11"
    assert count_queries(lambda: client.get(address)) == 28


def test_the_week_the_clocks_change_keeps_its_wall_times(client: Client) -> None:
    space = SpaceFactory()
    day = date(2027, 3, 28)
    OpeningSpan.objects.create(space=space, starts_at=at(day, time(9)), ends_at=at(day, time(17)))
    Space.objects.filter(pk=space.pk).update(hours_known=True, expanded_until=date(2027, 6, 1))
    page = read(client, space.venue, "?week=2027-03-22")
    assert "on=2027-03-28&starts=9am" in page
