"""Cheaper ways on the pages of booking: asked for by a link, each a link that fills the form."""

import re
from datetime import date, time
from html import unescape

import pytest
from django.test import Client

from core import clock
from spaces.models import Space
from tests.bookings.cheaper_sheets import BLOCK, by_hour, room
from tests.bookings.test_pages_details import SAID
from tests.factories import UserFactory
from tests.factories.bookings import NOW, book, evening
from tests.factories.tariffs import publish
from tests.tariffs.documents import rule, sheet

pytestmark = pytest.mark.django_db
TUESDAY = "on_day=12&on_month=1&on_year=2027&starts=5:30pm&ends=8pm&people=20&repeat=once"


@pytest.fixture(autouse=True)
def _at_nine(monkeypatch: pytest.MonkeyPatch) -> None:
    """A Tuesday morning in January."""
    monkeypatch.setattr(clock, "now", lambda: NOW)


@pytest.fixture
def hall() -> Space:
    space = room()
    publish(space.venue, by_hour("hall"))
    return space


def read(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200, address
    return " ".join(answer.content.decode().split())


def pick(space: Space, more: str = "") -> str:
    return f"/venues/{space.venue.slug}/book/?spaces={space.pk}&{TUESDAY}{more}"


def links(page: str) -> dict[str, str]:
    found = re.findall(r'<a class="govuk-link" href="([^"]*)">([^<]*less)</a>', page)
    return {unescape(words): unescape(href) for href, words in found}


def test_anybody_asks_by_a_link_and_each_way_fills_the_form(client: Client, hall: Space) -> None:
    page = read(client, pick(hall, "&category=community"))
    assert "Cheaper ways to do this" not in page
    (href,) = re.findall(r'href="(\?[^"]*)#cheaper">Is there a cheaper way\?', page)
    page = read(client, f"/venues/{hall.venue.slug}/book/{unescape(href)}")
    found = links(page)
    assert list(found) == [
        "Book 3:30pm to 6pm, not 5:30pm to 8pm: £8.00 less",
        "Start at 4:30pm, not 5:30pm: £4.00 less",
    ]
    assert "£29.00, not £33.00. The “evening” rate begins at 6pm." in page
    page = read(client, found["Start at 4:30pm, not 5:30pm: £4.00 less"])
    assert "This time is free" in page
    assert "4:30pm to 7pm" in page
    assert "£29.00" in page
    assert "Is there a cheaper way?" in page


def test_a_block_and_its_pattern_go_into_the_form(client: Client) -> None:
    space = room()
    publish(space.venue, sheet(rule("hour", "10"), BLOCK))
    (href,) = links(read(client, pick(space, "&cheaper=1"))).values()
    page = read(client, href)
    assert "Free on 6 of your 6 dates" in page
    assert "£135.00" in page


def test_an_overnight_stay_keeps_its_last_day(client: Client) -> None:
    space = room(longest_minutes=60 * 24 * 10, open_through_closed_hours=True)
    publish(space.venue, by_hour("hall"))
    stay = pick(space, "&last_day_day=14&last_day_month=1&last_day_year=2027&cheaper=1")
    for href in links(read(client, stay)).values():
        assert "last_day_day=" in href
        assert "This time is free" in read(client, href)


def test_where_nothing_costs_less_the_page_says_so(client: Client) -> None:
    space = room()
    publish(space.venue, sheet(rule("hour", "10")))
    assert "None that is free costs less." in read(client, pick(space, "&cheaper=1"))


def test_what_is_taken_or_has_no_price_offers_no_cheaper_way(client: Client, hall: Space) -> None:
    book(hall, pattern=evening(date(2027, 1, 12), starts=time(18), ends=time(19)))
    page = read(client, pick(hall, "&cheaper=1"))
    assert "heaper" not in page.replace("cheaper=1", "")
    open_price = room(name="Loft")
    assert "heaper" not in read(client, pick(open_price))


def test_before_sending_the_answers_can_be_had_cheaper_too(client: Client, hall: Space) -> None:
    client.force_login(UserFactory())
    base = f"/venues/{hall.venue.slug}/book"
    query = f"?spaces={hall.pk}&{TUESDAY}"
    answer = client.post(f"{base}/details/{query}", SAID)
    assert answer.status_code == 302
    page = read(client, f"{base}/check/{query}")
    (href,) = re.findall(r'href="(\?[^"]*)#cheaper">Is there a cheaper way\?', page)
    page = read(client, f"{base}/check/{unescape(href)}")
    assert '<details class="govuk-details" open>' in page
    href = links(page)["Start at 4:30pm, not 5:30pm: £4.00 less"]
    assert href.startswith(f"{base}/?")
    assert "category=private" in href
