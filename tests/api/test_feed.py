"""The busy calendar: valid, private, byte for byte the same, and cheap when nothing changed."""

import uuid
from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta

import pytest
import recurring_ical_events
from django.test import Client
from icalendar import Calendar

from core import clock
from spaces import claims
from spaces.claims import Wanted
from spaces.models import Claim, Space, Venue
from spaces.models.claim import ClaimKind
from tests.api.conftest import NOW
from tests.factories import SpaceFactory, VenueFactory, divisible_hall

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _at_noon(frozen: Callable[[datetime], None]) -> None:
    """A Tuesday in January."""


def _address(space: Space) -> str:
    return f"/feeds/spaces/{space.pk}/busy.ics"


def _wanted(
    space: Space,
    *,
    start: datetime,
    hours: float = 2,
    kind: ClaimKind = ClaimKind.USE,
    **more: object,
) -> Wanted:
    fields = {"owner_kind": "occurrence", "owner_id": 1, "uid": uuid.uuid4(), **more}
    end = start + timedelta(hours=hours)
    return Wanted(space.pk, start, end, kind, **fields)  # type: ignore[arg-type]


def _take(*wanted: Wanted, owner: int = 1) -> None:
    claims.sync("occurrence", [owner], wanted, now=clock.now())


def _events(content: bytes) -> list:
    calendar = Calendar.from_ical(content)
    assert not calendar.errors
    return [event for event in calendar.walk("VEVENT") if event["TRANSP"] == "OPAQUE"]


def test_real_readers_find_each_use_at_its_wall_time(client: Client) -> None:
    space = SpaceFactory()
    winter = clock.at(date(2027, 1, 12), time(19))
    summer = clock.at(date(2027, 6, 8), time(19))
    _take(_wanted(space, start=winter), _wanted(space, start=summer))
    response = client.get(_address(space))
    assert response["Content-Type"] == "text/calendar; charset=utf-8"
    assert [event["DTSTART"].dt.hour for event in _events(response.content)] == [19, 19]
    found = recurring_ical_events.of(Calendar.from_ical(response.content)).at((2027, 6, 8))
    assert [event["DTSTART"].dt.astimezone(UTC) for event in found] == [summer]
    assert len({str(event["UID"]) for event in _events(response.content)}) == 2


def test_the_bytes_keep_to_the_letter_of_the_standard(client: Client) -> None:
    space = SpaceFactory(
        name="Großer Saal, oben; Süd " * 4, venue=VenueFactory(name="Ein sehr langer Name " * 6)
    )
    _take(_wanted(space, start=NOW))
    content = client.get(_address(space)).content
    assert content.startswith(b"BEGIN:VCALENDAR\r\n")
    assert content.endswith(b"END:VCALENDAR\r\n")
    lines = content.split(b"\r\n")
    assert all(
        len(line) <= 75 and b"\n" not in line and line.decode() is not None for line in lines
    )
    assert b"METHOD:" not in content


def test_a_divided_hall_shows_one_event_for_each_use(client: Client) -> None:
    hall, uid = divisible_hall(), uuid.uuid4()
    _take(
        _wanted(hall.left, start=NOW, uid=uid),
        _wanted(hall.right, start=NOW, uid=uid),
        _wanted(hall.left, start=NOW + timedelta(hours=5)),
    )
    assert len(_events(client.get(_address(hall.whole)).content)) == 2
    assert len(_events(client.get(_address(hall.right)).content)) == 1


def test_each_kind_has_its_word_and_buffers_have_none(client: Client) -> None:
    space = SpaceFactory()
    hour = timedelta(hours=1)
    kinds = [ClaimKind.USE, ClaimKind.CLOSURE, ClaimKind.IMPORTED, ClaimKind.OCCUPATION]
    wanted = [_wanted(space, start=NOW + n * 3 * hour, kind=kind) for n, kind in enumerate(kinds)]
    wanted.append(_wanted(space, start=NOW + 20 * hour, hold_until=NOW + hour))
    wanted.append(_wanted(space, start=NOW - hour, hours=1, kind=ClaimKind.SETUP))
    wanted.append(_wanted(space, start=NOW + 2 * hour, hours=1, kind=ClaimKind.CLEARDOWN))
    _take(*wanted)
    told = [
        (str(e["SUMMARY"]), str(e["STATUS"])) for e in _events(client.get(_address(space)).content)
    ]
    assert told == [
        ("Busy", "CONFIRMED"),
        ("Closed", "CONFIRMED"),
        ("Busy", "CONFIRMED"),
        ("Busy", "CONFIRMED"),
        ("Busy", "TENTATIVE"),
    ]


def test_an_occupation_by_the_hour_has_a_name_for_each_time(client: Client) -> None:
    space, uid = SpaceFactory(), uuid.uuid4()
    kind = ClaimKind.OCCUPATION
    _take(*(_wanted(space, start=NOW + timedelta(days=n), kind=kind, uid=uid) for n in range(3)))
    uids = [str(event["UID"]) for event in _events(client.get(_address(space)).content)]
    assert len(set(uids)) == 3


def test_two_renders_are_the_same_bytes(client: Client) -> None:
    space = SpaceFactory()
    _take(*(_wanted(space, start=NOW + timedelta(days=n)) for n in range(20)))
    first, second = client.get(_address(space)), client.get(_address(space))
    assert first.content == second.content
    assert first["ETag"] == second["ETag"]
    assert not first["ETag"].startswith("W/")
    welsh = client.get(_address(space), headers={"Accept-Language": "cy"})
    assert welsh.content == first.content


def test_an_unchanged_poll_is_a_304_after_one_read(client: Client, max_queries: Callable) -> None:
    hall = divisible_hall()
    _take(*(_wanted(hall.left, start=NOW + timedelta(days=n)) for n in range(50)))
    etag = client.get(_address(hall.whole))["ETag"]
    with max_queries(1):
        again = client.get(_address(hall.whole), headers={"If-None-Match": etag})
    assert (again.status_code, again.content, again["ETag"]) == (304, b"", etag)
    listed = client.get(_address(hall.whole), headers={"If-None-Match": f'"other", {etag}'})
    assert listed.status_code == 304


@pytest.mark.parametrize("uses", [1, 200])
def test_a_whole_render_costs_the_same_for_any_number_of_uses(
    client: Client, count_queries: Callable[[Callable[[], object]], int], uses: int
) -> None:
    space = SpaceFactory()
    _take(*(_wanted(space, start=NOW + timedelta(days=n)) for n in range(uses)))
    client.get(_address(space))
    # The state, when this version was first asked for, and the events; six count who asks.
    assert count_queries(lambda: client.get(_address(space))) == 3 + 6


def test_the_tag_changes_when_a_use_comes_goes_or_its_hold_runs_out(
    client: Client, frozen: Callable[[datetime], None]
) -> None:
    hall = divisible_hall()

    def tag() -> str:
        return client.get(_address(hall.whole))["ETag"]

    empty = tag()
    _take(_wanted(hall.left, start=NOW, hold_until=NOW + timedelta(minutes=5)))
    held = tag()
    assert held != empty
    frozen(NOW + timedelta(minutes=5))
    lapsed = client.get(_address(hall.whole))
    assert lapsed["ETag"] not in {held, empty}
    assert _events(lapsed.content) == []
    _take(_wanted(hall.right, start=NOW))
    taken = tag()
    assert taken != lapsed["ETag"]
    _take()
    assert tag() not in {taken, held}


def test_the_window_moves_at_midnight_in_london(
    client: Client, frozen: Callable[[datetime], None]
) -> None:
    space = SpaceFactory()
    summer = datetime(2027, 7, 1, 22, 30, tzinfo=UTC)
    _take(
        _wanted(space, start=datetime(2027, 3, 31, 20, tzinfo=UTC)),
        _wanted(space, start=datetime(2027, 4, 1, 8, tzinfo=UTC)),
        _wanted(space, start=datetime(2029, 1, 1, 8, tzinfo=UTC)),
    )
    frozen(summer)
    before = client.get(_address(space))
    assert len(_events(before.content)) == 1
    frozen(summer + timedelta(minutes=29))
    assert client.get(_address(space))["ETag"] == before["ETag"]
    frozen(summer + timedelta(minutes=30))
    after = client.get(_address(space))
    assert after["ETag"] != before["ETag"]
    assert len(_events(after.content)) == 1
    frozen(datetime(2027, 7, 3, 12, tzinfo=UTC))
    assert len(_events(client.get(_address(space)).content)) == 1


def test_callers_without_tags_may_ask_by_date(
    client: Client, frozen: Callable[[datetime], None]
) -> None:
    space = SpaceFactory()
    since = client.get(_address(space))["Last-Modified"]
    frozen(NOW + timedelta(minutes=1))
    headers = {"If-Modified-Since": since}
    assert client.get(_address(space), headers=headers).status_code == 304
    _take(_wanted(space, start=NOW))
    changed = client.get(_address(space), headers=headers)
    assert changed.status_code == 200
    assert changed["Last-Modified"] != since
    nonsense = client.get(_address(space), headers={"If-Modified-Since": "yesterday"})
    assert nonsense.status_code == 200
    both = {**headers, "If-None-Match": '"other"'}
    assert client.get(_address(space), headers=both).status_code == 200


def test_head_says_the_length_and_sends_nothing(client: Client) -> None:
    space = SpaceFactory()
    whole, head = client.get(_address(space)), client.head(_address(space))
    assert (head.status_code, head.content) == (200, b"")
    assert head["Content-Length"] == str(len(whole.content))
    assert head["ETag"] == whole["ETag"]


def test_any_site_and_any_cache_may_keep_it_and_no_cookie_is_touched(client: Client) -> None:
    space = SpaceFactory()
    response = client.get(_address(space), headers={"Accept-Encoding": "br"})
    assert response["Cache-Control"] == "public, max-age=900"
    assert response["Access-Control-Allow-Origin"] == "*"
    assert "Access-Control-Allow-Credentials" not in response
    assert "Cookie" not in response.get("Vary", "")
    assert "Content-Encoding" not in response
    assert response["Content-Disposition"].startswith("inline; filename=")
    assert response["Content-Disposition"].isascii()
    assert not response.cookies


def test_a_session_makes_no_difference(
    client: Client, person: object, max_queries: Callable
) -> None:
    space = SpaceFactory()
    etag = client.get(_address(space))["ETag"]
    client.force_login(person)
    with max_queries(1):
        again = client.get(_address(space), headers={"If-None-Match": etag})
    assert again.status_code == 304
    assert again["Cache-Control"] == "public, max-age=900"


@pytest.mark.parametrize("visibility", [Venue.Visibility.PARTNERS, Venue.Visibility.CONFIDENTIAL])
def test_a_venue_that_is_not_public_has_no_feed(client: Client, visibility: str) -> None:
    space = SpaceFactory(venue__visibility=visibility)
    known = client.get(_address(space), headers={"If-None-Match": "*"})
    assert known.status_code == client.get("/feeds/spaces/987654/busy.ics").status_code == 404
    assert space.venue.name not in known.content.decode()


def test_only_reading_is_allowed(client: Client) -> None:
    assert client.post(_address(SpaceFactory())).status_code == 405
    assert client.options(_address(SpaceFactory())).status_code == 204


def test_a_uid_stays_the_same_when_the_date_changes(client: Client) -> None:
    space, uid = SpaceFactory(), uuid.uuid4()
    _take(_wanted(space, start=NOW, uid=uid))
    (first,) = _events(client.get(_address(space)).content)
    _take(_wanted(space, start=NOW + timedelta(days=1), uid=uid, sequence=1))
    (second,) = _events(client.get(_address(space)).content)
    assert first["UID"] == second["UID"]
    assert (first["SEQUENCE"], second["SEQUENCE"]) == (0, 1)
    assert Claim.objects.filter(uid=uid).count() == 2


def test_a_number_too_long_for_any_space_is_not_found(client: Client) -> None:
    assert client.get(f"/feeds/spaces/{2**63}/busy.ics").status_code == 404
