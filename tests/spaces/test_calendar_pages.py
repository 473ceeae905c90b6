"""A manager brings a calendar in: looks at it first, says yes, and may stop it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from accounts.models import StaffRole
from core import clock, outgoing
from core.outgoing import CannotFetch, Fetched, Trouble
from spaces.models import CalendarSource, Claim, ImportedDate, Space
from spaces.models.claim import ClaimKind
from spaces.services import subscriptions
from tests.factories import SpaceFactory
from tests.factories.roles import VenueRoleFactory
from tests.spaces.ics import calendar, event

pytestmark = pytest.mark.django_db

SOON = (clock.now() + timedelta(days=30)).replace(hour=18, minute=0, second=0, microsecond=0)
ADDRESS = "https://calendar.example/private-4711/basic.ics"


def yoga(hours_later: int = 0, *more: str) -> str:
    start = SOON + timedelta(hours=hours_later)
    stamps = [f"{moment:%Y%m%dT%H%M%SZ}" for moment in (start, start + timedelta(hours=1))]
    return event("yoga", *stamps, *more)


@pytest.fixture
def space(client: Client) -> Space:
    """A space whose manager has signed in."""
    found = SpaceFactory(venue__booking_window_days=100)
    client.force_login(VenueRoleFactory(venue=found.venue).user)
    return found


def page(space: Space) -> str:
    return reverse("manage_calendars", args=[space.venue.slug])


def upload(client: Client, space: Space, raw: bytes, name: str = "Our diary"):
    answers = {
        "how": "upload",
        "upload-space": space.pk,
        "upload-name": name,
        "upload-file": SimpleUploadedFile("a.ics", raw),
    }
    return client.post(page(space), answers)


def subscribe(client: Client, space: Space, address: str = ADDRESS, name: str = "School"):
    answers = {
        "how": "subscribe",
        "subscribe-space": space.pk,
        "subscribe-address": address,
        "subscribe-name": name,
    }
    return client.post(page(space), answers)


def step(client: Client, said: str):
    source = CalendarSource.objects.select_related("space__venue").get()
    address = reverse("manage_calendar", args=[source.space.venue.slug, source.pk])
    return client.post(address, {"step": said})


def live() -> int:
    return Claim.objects.filter(active=True, kind=ClaimKind.IMPORTED).count()


def test_an_upload_is_looked_at_before_anything_is_claimed(client: Client, space: Space) -> None:
    answer = upload(client, space, calendar(yoga()))
    shown = client.get(answer["Location"]).content.decode()
    assert "yoga class" in shown
    assert "Yes, import it" in shown
    assert live() == 0
    step(client, "confirm")
    assert live() == 1


def test_what_is_not_wanted_leaves_nothing(client: Client, space: Space) -> None:
    upload(client, space, calendar(yoga()))
    step(client, "discard")
    assert not CalendarSource.objects.exists()


def test_a_new_version_says_what_becomes_free_again(client: Client, space: Space) -> None:
    upload(client, space, calendar(yoga()))
    step(client, "confirm")
    answer = upload(client, space, calendar())
    assert "1 free again" in client.get(answer["Location"]).content.decode()
    step(client, "discard")
    assert live() == 1
    assert CalendarSource.objects.get().state == CalendarSource.State.ACTIVE


def test_stopping_frees_the_times_ahead(client: Client, space: Space) -> None:
    upload(client, space, calendar(yoga()))
    step(client, "confirm")
    step(client, "stop")
    assert live() == 0
    assert "Our diary" not in client.get(page(space)).content.decode()


@pytest.mark.parametrize("raw", [b"", b"<html>", b"Name;Date", b"\xff\xfe\x00"])
def test_a_file_that_is_no_calendar_is_refused_beside_its_box(
    client: Client, space: Space, raw: bytes
) -> None:
    answer = upload(client, space, raw, name="Choir")
    assert answer.status_code == 422
    shown = answer.content.decode()
    assert 'href="#id_upload-file"' in shown
    assert 'value="Choir"' in shown
    assert not CalendarSource.objects.exists()


@pytest.mark.parametrize("address", ["", "school", "ftp://a.example/", "https://u:p@a.example/"])
def test_what_is_no_address_is_refused_beside_its_box(
    client: Client, space: Space, address: str
) -> None:
    answer = subscribe(client, space, address)
    assert answer.status_code == 422
    assert 'href="#id_subscribe-address"' in answer.content.decode()


def test_another_venues_space_cannot_be_chosen(client: Client, space: Space) -> None:
    other = SpaceFactory()
    answers = {"how": "upload", "upload-space": other.pk, "upload-name": "x",
               "upload-file": SimpleUploadedFile("a.ics", calendar(yoga()))}  # fmt: skip
    assert client.post(page(space), answers).status_code == 422


@pytest.mark.parametrize("role", [StaffRole.CARETAKER, StaffRole.VIEWER])
def test_only_those_who_run_the_venue_see_the_page(client: Client, role: StaffRole) -> None:
    held = VenueRoleFactory(role=role)
    client.force_login(held.user)
    assert client.get(reverse("manage_calendars", args=[held.venue.slug])).status_code == 403


def test_a_calendar_of_another_venue_does_not_exist(client: Client, space: Space) -> None:
    other = CalendarSource.objects.create(
        space=SpaceFactory(), name="x", created_at=clock.now(), state="active"
    )
    address = reverse("manage_calendar", args=[space.venue.slug, other.pk])
    assert client.get(address).status_code == 404
    assert client.post(address, {"step": "stop"}).status_code == 404


def test_the_list_costs_the_same_for_many_calendars(
    client: Client, space: Space, count_queries: Callable[[Callable[[], object]], int]
) -> None:
    def add(n: int) -> None:
        source = CalendarSource.objects.create(
            space=space, name=f"c{n}", created_at=clock.now(), state="active", content=b"x" * 1000
        )
        ImportedDate.objects.create(
            source=source, event_uid="a", starts_at=SOON, ends_at=SOON + timedelta(hours=1)
        )

    add(0)
    one = count_queries(lambda: client.get(page(space)))
    for n in range(1, 20):
        add(n)
    assert count_queries(lambda: client.get(page(space))) == one


class Web:
    """What the other website would say; nothing leaves this computer."""

    def __init__(self) -> None:
        self.answer: Fetched | CannotFetch = Fetched(calendar(yoga()), '"1"', "Monday")
        self.asked: list[dict[str, object]] = []

    def fetch(self, address: str, **said: object) -> Fetched:
        self.asked.append({"address": address, **said})
        if isinstance(self.answer, CannotFetch):
            raise self.answer
        return self.answer


@pytest.fixture
def web(monkeypatch: pytest.MonkeyPatch) -> Web:
    found = Web()
    monkeypatch.setattr(subscriptions, "fetch", found.fetch)
    monkeypatch.setattr(outgoing, "_connection", lambda *_args: pytest.fail("it went out"))
    return found


def fetched(now: datetime | None = None) -> CalendarSource:
    subscriptions.fetch_one(CalendarSource.objects.get().pk, now=now or clock.now())
    return CalendarSource.objects.get()


def test_an_address_is_fetched_by_the_worker_and_waits_for_a_yes(
    client: Client, space: Space, web: Web
) -> None:
    answer = subscribe(client, space, "webcal://calendar.example/private-4711/basic.ics")
    assert web.asked == []
    assert "We are fetching" in client.get(answer["Location"]).content.decode()
    fetched()
    assert web.asked[0]["address"] == ADDRESS
    shown = client.get(answer["Location"]).content.decode()
    assert "yoga class" in shown
    assert "private-4711" not in shown
    assert live() == 0
    step(client, "confirm")
    assert live() == 1


def confirmed(client: Client, space: Space) -> CalendarSource:
    subscribe(client, space)
    fetched()
    step(client, "confirm")
    return CalendarSource.objects.get()


def test_a_fetched_calendar_is_kept_in_step(client: Client, space: Space, web: Web) -> None:
    confirmed(client, space)
    web.answer = Fetched(calendar(), '"2"', "")
    source = fetched()
    assert (live(), source.etag, source.failures) == (0, '"2"', 0)


def test_an_unchanged_calendar_is_asked_for_by_its_version(
    client: Client, space: Space, web: Web
) -> None:
    confirmed(client, space)
    web.answer = Fetched(b"", "", "", is_unchanged=True)
    source = fetched()
    assert web.asked[-1]["etag"] == '"1"'
    assert (live(), source.etag) == (1, '"1"')


def test_what_cannot_be_fetched_stays_and_is_tried_less_and_less(
    client: Client, space: Space, web: Web
) -> None:
    confirmed(client, space)
    web.answer = CannotFetch(Trouble.NO_ANSWER)
    now, waits = datetime(2027, 1, 1, tzinfo=UTC), []
    for _turn in range(7):
        source = fetched(now)
        assert source.next_try_at is not None
        waits.append((source.next_try_at - now) / timedelta(hours=1))
    assert waits == [1, 2, 4, 8, 16, 24, 24]
    assert live() == 1
    assert source.state == CalendarSource.State.FAILING
    address = reverse("manage_calendar", args=[space.venue.slug, source.pk])
    assert "does not answer" in client.get(address).content.decode()
    web.answer = Fetched(calendar(yoga()), "", "")
    source = fetched(now)
    assert (source.state, source.failures, source.last_error) == ("active", 0, "")


def test_a_log_in_page_in_place_of_the_calendar_releases_nothing(
    client: Client, space: Space, web: Web
) -> None:
    confirmed(client, space)
    web.answer = Fetched(b"<!doctype html><p>Sign in", "", "")
    assert "web page" in fetched().last_error
    assert live() == 1


def test_only_what_is_due_is_queued_and_old_drafts_go(
    client: Client, space: Space, web: Web
) -> None:
    source = confirmed(client, space)
    now = clock.now()
    assert subscriptions.defer_due(now=now) == 0
    assert subscriptions.defer_due(now=now + timedelta(hours=2)) == 1
    upload(client, space, calendar(yoga()), name="Never confirmed")
    subscriptions.defer_due(now=now + timedelta(days=8))
    assert list(CalendarSource.objects.all()) == [source]


def test_at_night_the_horizon_moves_on_and_a_failing_address_stays_failing(
    client: Client, space: Space, web: Web
) -> None:
    web.answer = Fetched(calendar(yoga(0, "RRULE:FREQ=DAILY")), "", "")
    confirmed(client, space)
    before = live()
    web.answer = CannotFetch(Trouble.GONE)
    fetched()
    assert subscriptions.extend_all(now=clock.now() + timedelta(days=5)) == []
    assert live() == before + 5
    assert CalendarSource.objects.get().state == CalendarSource.State.FAILING


@pytest.mark.parametrize(("size", "status"), [(9_900_000, 302), (10_000_001, 422)])
def test_a_calendar_may_have_ten_megabytes(
    client: Client, space: Space, size: int, status: int
) -> None:
    # Few events, each with a long file beside it, as calendar programs write them.
    long = "ATTACH;ENCODING=BASE64;VALUE=BINARY:" + "\r\n ".join(["QUJD" * 15] * 15_000)
    whole = calendar(*(yoga(n, long, f"UID:{n}@example.org") for n in range(10)))
    raw = whole.encode() if isinstance(whole, str) else whole
    answer = upload(client, space, raw[:-2].ljust(size, b"\n"))
    assert answer.status_code == status
    if status == 422:
        assert "it may have up to 10 megabytes" in answer.content.decode()
