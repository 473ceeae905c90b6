"""The search page: what a group reads, what it is told when nothing fits, and what it costs us."""

import re
from collections.abc import Callable
from datetime import date, datetime, time
from html import unescape
from urllib.parse import urlencode

import pytest
from django.core.cache import cache
from django.test import Client
from rest_framework.throttling import SimpleRateThrottle

from bookings.models import SearchMiss
from core import clock
from spaces.models import AccessFact, Place, Space, Venue, Ward
from tests.factories import CouncilFactory, SpaceFactory, VenueFactory, open_daily
from tests.factories.access import say, work_out
from tests.factories.bookings import NOW, book, evening
from tests.factories.tariffs import flat_rates

pytestmark = pytest.mark.django_db
TUESDAY = "on_day=12&on_month=1&on_year=2027"
WEEKLY = f"/?{TUESDAY}&starts=7pm&ends=9pm&repeat=weekly&times=3"


@pytest.fixture(autouse=True)
def _at_nine(monkeypatch: pytest.MonkeyPatch) -> None:
    """A Tuesday morning in January."""
    monkeypatch.setattr(clock, "now", lambda: NOW)
    cache.clear()


def hall(*, days: int = 430, **fields: object) -> Space:
    space = SpaceFactory(**fields)
    open_daily(space, date(2027, 1, 4), days=days, opens=time(8), closes=time(23))
    flat_rates(space.venue)
    return space


def read(client: Client, address: str, status: int = 200) -> str:
    """The page's words as people read them, in one line."""
    answer = client.get(address)
    assert answer.status_code == status, address
    return " ".join(unescape(answer.content.decode()).split())


def test_before_any_search_there_is_the_form_and_a_way_to_look_around(client: Client) -> None:
    venue = VenueFactory(kind="library", council__name="Northmere")
    page = read(client, "/")
    assert "Find a place for your group" in page
    assert "How it works" in page
    assert f'href="?council={venue.council.slug}&kind=library"' in page
    assert "There is a problem" not in page


def test_a_weekly_search_shows_dates_price_and_the_way_on(client: Client) -> None:
    space = hall(name="Main hall", venue__name="Mill Lane")
    page = read(client, f"{WEEKLY}&people=40")
    assert "1 place is free on all 3 dates." in page
    assert "Free on all 3 dates" in page
    assert "£20.00" in page
    assert "a date, 2 hours at £10.00" in page
    assert "£60.00 for 3 dates" in page
    assert f"/venues/{space.venue.slug}/book/?spaces={space.pk}&on_day=12" in page
    onward = client.get(f"/venues/{space.venue.slug}/book/?spaces={space.pk}&{WEEKLY[2:]}&people=4")
    assert "Free on 3 of your 3 dates" in onward.content.decode()


def test_what_was_asked_for_is_still_there_when_booking_from_the_venue(client: Client) -> None:
    space = hall(name="Main hall", venue__name="Mill Lane")
    found = read(client, f"{WEEKLY}&people=40&needs=hearing_loop&unchecked=on")
    link = next(one for one in re.findall(r'href="(/venues/[^"]*)"', found) if "asked=" in one)
    venue = read(client, unescape(link).partition("#")[0])
    book = re.findall(r'href="([^"]*/book/[^"]*)"', venue)[0]
    assert "hearing_loop" not in link + book
    picked = read(client, book)
    assert f"spaces={space.pk}" in book
    assert "3 dates" in picked
    assert 'value="40"' in picked


def test_some_dates_free_says_which_are_not_and_why(client: Client) -> None:
    space = hall()
    book(space, pattern=evening(date(2027, 1, 19)))
    page = read(client, WEEKLY)
    assert "0 places are free on all 3 dates. 1 more is free on some of them." in page
    assert "Free on 2 of your 3 dates" in page
    assert "Tuesday 19 January 2027: taken" in page
    assert "Tuesday 12 January 2027: taken" not in page


def test_prices_are_for_this_kind_of_hirer(client: Client) -> None:
    hall()
    page = read(client, f"{WEEKLY}&category=commercial")
    assert "Prices are for: Business." in page
    assert "£40.00" in page


def test_without_a_date_places_that_fit_are_listed(client: Client) -> None:
    hall(capacity=50)
    hall(capacity=10)
    page = read(client, "/?people=40")
    assert "1 place fits." in page


def test_an_end_before_the_start_is_the_next_day_and_says_so(client: Client) -> None:
    space = SpaceFactory()
    open_daily(space, date(2027, 1, 4), days=60, opens=time(0), closes=time(0))
    page = read(client, f"/?{TUESDAY}&starts=10pm&ends=2am")
    assert "10pm to 2am on Wednesday 13 January 2027" in page


def test_what_nobody_checked_is_left_out_until_asked_for_and_never_no(client: Client) -> None:
    space = hall(venue__name="Unsure hall")
    page = read(client, "/?needs=hearing_loop")
    assert "Unsure hall" not in page
    assert "1 more place has not been checked for this." in page
    assert "unchecked=on" in page
    page = read(client, "/?needs=hearing_loop&unchecked=on")
    assert "Unsure hall" in page
    assert "Hearing loop: not checked yet" in page
    say(space, "hearing_loop", "no")
    page = read(client, "/?needs=hearing_loop&unchecked=on")
    assert "1 place fits but for what you need" in page
    assert "Hearing loop: no. There is no hearing loop." in page


def test_nothing_found_says_which_wish_and_what_leaving_it_out_brings_back(client: Client) -> None:
    for _n in range(2):
        space = hall()
        say(space, "hearing_loop", "no")
    page = read(client, f"{WEEKLY}&needs=hearing_loop")
    assert "Nothing fits all of that." in page
    assert "What ruled out the last places: “Hearing loop”." in page
    assert "Without “Hearing loop”: 2 places" in page
    without = page.split("Without “Hearing loop”")[0].rsplit('href="', 1)[1].split('"')[0]
    assert "needs" not in without
    assert "free on all 3 dates" in read(client, f"/{without}")


def test_distance_is_told_and_an_unknown_place_is_explained(client: Client) -> None:
    space = hall(venue__name="Near hall")
    council = space.venue.council
    Place.objects.create(
        council=council, kind="area", name="Market", search_key="market",
        latitude=51.455, longitude=0.15,
    )  # fmt: skip
    page = read(client, "/?near=market")
    assert "0.3 miles, 10 minutes’ walk from Market" in page
    page = read(client, "/?near=Marzipan")
    assert "We do not know a place called “Marzipan”, so we looked everywhere." in page
    assert 'href="?near=Market"' in page
    assert "Near hall" in page


def test_the_map_has_a_pin_for_each_place_in_the_list(client: Client) -> None:
    for _n in range(3):
        hall()
    page = read(client, "/?people=2")
    for n in (1, 2, 3):
        assert f'href="#place-{n}"' in page
        assert f'id="place-{n}"' in page


def test_places_that_are_booked_elsewhere_are_worth_asking(client: Client) -> None:
    VenueFactory(name="Scout hut", booking_mode="phone", phone="020 7946 0000")
    page = read(client, "/?people=20")
    assert "Also worth asking" in page
    assert "Booked by phone: 020 7946 0000" in page


def test_more_than_a_page_of_places_is_shown_page_by_page(client: Client) -> None:
    for _n in range(23):
        SpaceFactory()
    page = read(client, "/?people=5")
    assert "23 places fit." in page
    assert "Page 1 of 2" in page
    second = read(client, "/?people=5&page=2")
    assert 'id="place-21"' in second
    assert 'id="place-1"' not in second
    assert client.get("/?people=5&page=3").status_code == 404


@pytest.mark.parametrize(
    ("query", "told"),
    [
        ("on_day=30&on_month=2&on_year=2027&starts=7pm&ends=9pm", "There is no such date"),
        ("on=2027-13-01&starts=7pm&ends=9pm", "There is no such date"),
        (f"{TUESDAY}&starts=25:00&ends=9pm", "Enter a time, like 7pm"),
        (f"{TUESDAY}&starts=7&ends=9pm", "morning or evening"),
        (f"{TUESDAY}&starts=7pm", "Enter when it ends, or leave the date out"),
        ("starts=7pm&ends=9pm", "Enter the date, or leave the times out"),
        (f"{TUESDAY}&starts=7pm&ends=9pm&repeat=weekly", "Say how many dates you want"),
        (f"{TUESDAY}&starts=7pm&ends=9pm&repeat=weekly&times=0", "greater than or equal to 1"),
        (f"{TUESDAY}&starts=7pm&ends=9pm&repeat=weekly&times=100000", "less than or equal to"),
        ("people=-1", "greater than or equal to 1"),
        ("people=many", "Enter a whole number"),
        (f"people={'9' * 400}", "There is a problem"),
        ("needs=levitation", "Choose one of the answers shown"),
        ("category=royal", "Choose one of the answers shown"),
        (f"near={'x' * 1000}", "at most 100 characters"),
        ("council=atlantis", "Choose one of the answers shown"),
        ("within=5", "Choose one of the answers shown"),
        ("on=2199-01-01&starts=7pm&ends=9pm", "Choose a date in this century"),
    ],
)
def test_bad_input_is_said_and_the_answers_stay(client: Client, query: str, told: str) -> None:
    page = read(client, f"/?{query}&near=Mill+Lane" if "near=" not in query else f"/?{query}", 422)
    assert told in page
    assert "<title>Error: " in page
    if "near=" not in query:
        assert 'value="Mill Lane"' in page


@pytest.mark.parametrize("page", ["0", "-1", "x", "1e3", "99999999999999999999", "²"])
def test_a_page_that_cannot_be_is_not_found(client: Client, page: str) -> None:
    assert client.get("/", {"people": "2", "page": page}).status_code == 404


@pytest.mark.parametrize("address", ["/?near=%00", "/?near=%FF", "/?near=%G1"])
def test_what_no_browser_sends_is_refused(client: Client, address: str) -> None:
    assert client.get(address).status_code == 400


def test_the_page_is_for_reading_only(client: Client) -> None:
    assert client.post("/", {"people": "2"}).status_code == 405
    assert client.head("/?people=2").status_code == 200


def test_a_search_that_finds_nothing_is_counted_once_and_not_for_machines(client: Client) -> None:
    venue = hall().venue
    ward = Ward.objects.create(council=venue.council, name="Market")
    Place.objects.create(
        council=venue.council, ward=ward, kind="area", name="Market", search_key="market",
        latitude=51.45, longitude=0.15,
    )  # fmt: skip
    address = "/?needs=hearing_loop&near=market"
    client.head(address)
    client.get(address, headers={"User-Agent": "Examplebot/1.0"})
    assert not SearchMiss.objects.exists()
    client.get(address)
    client.get(address)
    miss = SearchMiss.objects.get()
    assert (miss.ward, miss.need, miss.times) == (ward, "hearing_loop", 1)
    client.get("/?people=2")
    assert SearchMiss.objects.count() == 1


def test_too_many_searches_have_to_wait_a_minute(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(SimpleRateThrottle, "THROTTLE_RATES", {"search": "3/min"})
    codes = [client.get("/?people=2").status_code for _n in range(4)]
    assert codes == [200, 200, 200, 429]
    assert client.get("/?people=2")["Retry-After"] == "60"
    assert client.get("/").status_code == 200


@pytest.mark.parametrize("visibility", [Venue.Visibility.PARTNERS, Venue.Visibility.CONFIDENTIAL])
def test_what_is_not_public_is_in_no_list_and_no_count(client: Client, visibility: str) -> None:
    hall(venue__visibility=visibility, venue__name="Safe house", venue__kind="pub")
    for address in ("/", "/?people=2", WEEKLY, "/?near=Safe+house"):
        page = read(client, address)
        assert "kind=pub" not in page
        assert ">Safe house<" not in page


def test_who_hires_is_never_on_the_page(client: Client) -> None:
    space = hall()
    book(space, title="Secret meeting", pattern=evening(date(2027, 1, 19)))
    page = read(client, WEEKLY)
    assert "Secret meeting" not in page
    assert "Ada Moreno" not in page


@pytest.mark.parametrize("address", ["/", "/?people=2", f"{WEEKLY}&near=Market&needs=step_free"])
def test_a_search_costs_the_same_for_one_place_and_for_two_hundred(
    client: Client, count_queries: Callable[[Callable[[], object]], int], address: str
) -> None:
    def add(count: int, **fields: object) -> None:
        venues = [hall(days=40, **fields).venue for _n in range(count)]
        for code in ("entrance_step_free", "internal_route_step_free"):
            AccessFact.objects.bulk_create(
                AccessFact(venue=venue, code=code, value="yes") for venue in venues
            )
        work_out(*venues)

    council = CouncilFactory()
    Place.objects.create(
        council=council, kind="area", name="Market", search_key="market",
        latitude=51.45, longitude=0.15,
    )  # fmt: skip
    add(1)
    client.get(address)  # published rates are read once for a process
    one = count_queries(lambda: client.get(address))
    add(200, venue__council=council)
    client.get(address)
    assert count_queries(lambda: client.get(address)) == one


def test_the_address_alone_holds_the_search(client: Client) -> None:
    hall(name="Main hall")
    query = urlencode({"on": "2027-01-12", "starts": "19:00", "ends": "21:00", "people": "12"})
    page = read(client, f"/?{query}")
    assert "Main hall" in page
    assert "Tuesday 12 January 2027, 7pm to 9pm" in page
    assert 'name="people" value="12"' in page


def test_the_clock_is_asked_once(client: Client) -> None:
    """A date of this morning is over; one of this evening is too soon for a day's notice."""
    hall(venue__notice_hours=24)
    day = datetime(2027, 1, 5)  # noqa: DTZ001
    page = read(client, f"/?on={day:%Y-%m-%d}&starts=7pm&ends=9pm")
    assert "Nothing fits all of that." in page
    assert "Without the times: 1 place" in page
