"""Three places side by side, and how they are picked from a list."""

from collections.abc import Callable
from datetime import date, datetime, time
from html import unescape

import pytest
from django.core.cache import cache
from django.test import Client

from core import clock
from spaces.models import Facility, Layout, Photo, Place, Space, Venue
from tariffs.models import GuidePrice
from tests.factories import SpaceFactory, VenueFactory, open_daily
from tests.factories.access import say
from tests.factories.bookings import NOW

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _at_nine(monkeypatch: pytest.MonkeyPatch) -> None:
    """A Tuesday morning in January."""
    monkeypatch.setattr(clock, "now", lambda: NOW)
    cache.clear()


def read(client: Client, address: str, status: int = 200) -> str:
    answer = client.get(address)
    assert answer.status_code == status, address
    return " ".join(unescape(answer.content.decode()).split())


def compared(*spaces: Space, more: str = "") -> str:
    return f"/compare/?{'&'.join(f'space={space.pk}' for space in spaces)}{more}"


def a_hall(name: str = "Main hall", venue: str = "Mill Lane") -> Space:
    space = SpaceFactory(name=name, venue__name=venue, capacity=80)
    open_daily(space, date(2027, 1, 5), days=6, opens=time(9), closes=time(22))
    for daypart, amount in (("weekday", "12.50"), ("evening", "15")):
        GuidePrice.objects.create(space=space, category="community", daypart=daypart, amount=amount)
    Layout.objects.create(space=space, kind="theatre", people=70, wheelchair_places=2)
    Facility.objects.create(venue=space.venue, code="stage", value="yes")
    Facility.objects.create(venue=space.venue, code="piano", value="no")
    say(space, "hearing_loop", "yes")
    say(space, "accessible_toilet", "no")
    return space


def test_everything_that_decides_stands_side_by_side(client: Client) -> None:
    one, other = a_hall(), SpaceFactory(name="Room 2", venue__name="The Grange", capacity=None)
    page = read(client, compared(one, other))
    assert "£12.50 an hour, at the least" in page
    assert "Ask for the price" in page
    assert "2 wheelchair places" in page
    assert "Stage" in page
    assert "Piano" not in page
    assert "Tue: 9am to 10pm" in page
    assert "Mon: closed" in page
    assert "Not known: ask them" in page
    row = page.split("Accessible toilet</th>")[1].split("</tr>")[0]
    assert "No." in row
    assert "Not checked yet" in row
    loop = page.split("Hearing loop</th>")[1].split("</tr>")[0]
    assert loop.count("Yes") == 1


def test_distance_is_told_where_somebody_looks_from(client: Client) -> None:
    space = a_hall()
    Place.objects.create(
        council=space.venue.council, kind="area", name="Market", search_key="market",
        latitude=51.455, longitude=0.15,
    )  # fmt: skip
    assert "0.3 miles, 10 minutes’ walk from Market" in read(
        client, compared(space, more="&near=market")
    )
    page = read(client, compared(space, more="&near=Marzipan"))
    assert "We do not know a place called “Marzipan”" in page
    assert "Distance" not in read(client, compared(space))


def test_the_price_is_for_the_kind_of_hirer(client: Client) -> None:
    page = read(client, compared(a_hall(), more="&category=commercial"))
    assert "Prices are for: Business." in page
    assert "Ask for the price" in page
    assert "Community group" in read(client, compared(a_hall(), more="&category=royal"))


def test_a_fourth_place_is_left_out_and_said_so(client: Client) -> None:
    spaces = [a_hall(name=f"Room {n}") for n in range(4)]
    page = read(client, compared(*spaces))
    assert "These are the first three" in page
    assert "Room 2" in page
    assert "Room 3" not in page
    assert "Find another place" not in page


def test_one_is_taken_away_and_another_looked_for(client: Client) -> None:
    one, other = a_hall(name="Room 1"), a_hall(name="Room 2")
    page = read(client, compared(one, other))
    assert f'href="?space={other.pk}"' in page
    assert f'href="/?compare={one.pk}&compare={other.pk}"' in page
    start = read(client, f"/?compare={one.pk}&compare={other.pk}")
    assert f'name="compare" value="{one.pk}"' in start
    found = read(client, f"/?people=2&compare={one.pk}")
    box = found.split(f'id="compare-{one.pk}"')[1].split(">")[0]
    assert "checked" in box
    assert 'type="checkbox" form="compare" name="space"' in found


def test_without_a_choice_the_page_says_how_to_choose(client: Client) -> None:
    assert "You have not picked a place yet." in read(client, "/compare/")
    assert "You have not picked a place yet." in read(client, "/compare/?space=999999")


@pytest.mark.parametrize("space", ["x", "-1", "1e3", "²", "9" * 40])
def test_what_is_no_number_is_not_found(client: Client, space: str) -> None:
    assert client.get("/compare/", {"space": space}).status_code == 404


@pytest.mark.parametrize(
    "visibility",
    [Venue.Visibility.PARTNERS, Venue.Visibility.CONFIDENTIAL, Venue.Visibility.DRAFT],
)
def test_what_is_not_public_is_not_compared(client: Client, visibility: str) -> None:
    space = SpaceFactory(venue=VenueFactory(name="Safe house", visibility=visibility))
    assert "Safe house" not in read(client, compared(space))


def test_the_picture_is_the_room_s_own_before_its_venue_s(client: Client) -> None:
    space = a_hall()
    said = {"venue": space.venue, "width": 10, "height": 10, "added_at": NOW}
    Photo.objects.create(alt="The front", **said)
    assert 'alt="The front"' in read(client, compared(space))
    Photo.objects.create(alt="The stage", space=space, **said)
    assert 'alt="The stage"' in read(client, compared(space))


def test_three_places_cost_no_more_queries_than_one(
    client: Client, count_queries: Callable[[Callable[[], object]], int]
) -> None:
    spaces = [a_hall() for _n in range(3)]
    one = count_queries(lambda: client.get(compared(spaces[0])))
    assert count_queries(lambda: client.get(compared(*spaces))) == one


def test_the_clock_is_london_s(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    """On a summer evening at half past eleven the week still begins today."""
    space = SpaceFactory(hours_known=True)
    open_daily(space, date(2027, 7, 6), days=1, opens=time(9), closes=time(22))
    summer = datetime.fromisoformat("2027-07-06T22:30:00+00:00")
    monkeypatch.setattr(clock, "now", lambda: summer)
    assert "Tue: 9am to 10pm" in read(client, compared(space))
