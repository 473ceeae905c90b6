"""The pages on which a manager tries rates out, and what hirers see of changed prices."""

from __future__ import annotations

import csv
import io
from datetime import date, datetime, time, timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from accounts.models import StaffRole
from bookings.models import Booking, WhatIfRun
from bookings.services.settle import settle_venue
from bookings.services.what_if import last_year, work_out
from core import clock
from core.clock import at
from spaces.models import Space
from tariffs.models import Tariff, TariffVersion
from tariffs.services import publish_version
from tests.bookings.manager_pages import date_parts, hall, manager
from tests.factories import (
    MembershipFactory,
    OrganisationFactory,
    SpaceFactory,
    UserFactory,
    VenueFactory,
)
from tests.factories.bookings import book, weekly
from tests.factories.roles import CouncilRoleFactory, VenueRoleFactory
from tests.factories.spaces import open_always
from tests.factories.tariffs import flat_rates
from tests.plugins.budgets import MaxQueries
from tests.tariffs.documents import rule, sheet

pytestmark = pytest.mark.django_db
__all__ = ["hall", "manager"]


def last_summer() -> tuple[date, datetime]:
    """A day some four months ago, and when it was booked."""
    day = clock.today() - timedelta(days=120)
    return day, at(day - timedelta(days=30), time(9))


def booked_then(space: Space, *, name: str = "Choir", dates: int = 1, **fields: Any) -> Booking:
    """A booking of last summer by a group: dates of two hours at £10."""
    day, when = last_summer()
    open_always(space, when, days=120)
    group = OrganisationFactory(council=space.venue.council, category="community", name=name)
    member = MembershipFactory(organisation=group, role="owner")
    pattern = fields.pop("pattern", None) or weekly(day, dates)
    return book(
        space,
        actor=member.user,
        organisation_id=group.pk,
        now=when,
        pattern=pattern,
        **fields,
    )


def draft_of(space: Space, amount: str, *, first: date | None = None, **when: Any) -> TariffVersion:
    return TariffVersion.objects.create(
        tariff=Tariff.objects.get(venue=space.venue),
        valid_from=first or clock.today() + timedelta(days=30),
        document=sheet(rule("all", amount, target={"spaces": ["any"]}, **when)),
    )


def address(name: str, version: TariffVersion, **query: Any) -> str:
    found = reverse(name, args=[version.tariff.venue.slug, version.pk])
    return found + ("?" + "&".join(f"{k}={v}" for k, v in query.items()) if query else "")


def test_a_manager_finds_the_way_from_the_venues_page(manager: Client, hall: Space) -> None:
    version = draft_of(hall, "12.00")
    start = manager.get(reverse("manage_venue", args=[hall.venue.slug])).content.decode()
    tries = reverse("rates_try", args=[hall.venue.slug])
    assert tries in start
    assert address("rates_what_if", version) in manager.get(tries).content.decode()


def test_the_page_tells_sums_and_who_pays_more(manager: Client, hall: Space) -> None:
    booked_then(hall, name="Mereside Choir", dates=2)
    version = draft_of(hall, "12.50")

    page = manager.get(address("rates_what_if", version)).content.decode()

    for said in ("£40.00", "£50.00", "£10.00 more (25%)", "Mereside Choir", "Community group"):
        assert said in page
    assert "1 hirer would pay over 10% more" in page
    calm = manager.get(address("rates_what_if", version, over=25)).content.decode()
    assert "0 hirers would pay over 25% more" in calm
    assert "Mereside Choir" not in calm


def test_who_would_pay_less_is_listed_too(manager: Client, hall: Space) -> None:
    booked_then(hall, name="Mereside Choir")
    version = draft_of(hall, "9.00")
    page = manager.get(address("rates_what_if", version, show="less")).content.decode()
    assert "Mereside Choir" in page
    assert "£2.00 less (10%)" in page


def test_what_would_need_a_decision_is_named(manager: Client, hall: Space) -> None:
    booking = booked_then(hall)
    version = draft_of(hall, "9.00", category=["commercial"])
    page = manager.get(address("rates_what_if", version)).content.decode()
    assert "1 would need a decision" in page
    assert reverse("booking", args=[booking.reference]) in page


def test_a_draft_with_faults_says_what_to_put_right(manager: Client, hall: Space) -> None:
    version = draft_of(hall, "9.00")
    version.document = {"rules": [{"id": "x", "amount": "1"}]}
    version.save()
    for name in ("rates_what_if", "rates_booked"):
        response = manager.get(address(name, version))
        assert response.status_code == 200
        assert "Put right what is listed" in response.content.decode()
    assert manager.get(address("rates_what_if_csv", version)).status_code == 404


@pytest.mark.parametrize(
    "asked",
    [
        {"first": "2026-02-01", "last": "2026-01-01", "over": "10"},
        {"first": "1990-02-01", "last": "2026-01-01", "over": "10"},
        {"first": "", "last": "2026-01-01", "over": "10"},
        {"first": "2026-01-01", "last": "2026-02-01", "over": "many"},
        {"first": "2026-01-01", "last": "2026-02-01", "over": "-1"},
        {**date_parts("first", date(2026, 1, 1)), "last_day": "x", "over": "NaN"},
    ],
)
def test_wrong_days_and_limits_are_asked_again(
    manager: Client, hall: Space, asked: dict[str, Any]
) -> None:
    version = draft_of(hall, "9.00")
    response = manager.get(address("rates_what_if", version), asked)
    assert response.status_code == 422
    assert "There is a problem" in response.content.decode()
    assert manager.get(address("rates_what_if_csv", version), asked).status_code == 404


def test_the_file_has_numbers_and_no_formula(manager: Client, hall: Space) -> None:
    booked_then(hall, name="=HYPERLINK(1)")
    version = draft_of(hall, "12.50")

    response = manager.get(address("rates_what_if_csv", version))

    assert response["Content-Type"].startswith("text/csv")
    rows = list(csv.reader(io.StringIO(response.content.decode("utf-8-sig"))))
    assert rows[1] == ["'=HYPERLINK(1)", "1", "20.00", "25.00", "5.00", "25.0"]
    cheaper = draft_of(hall, "9.00", first=clock.today() + timedelta(days=31))
    less = manager.get(address("rates_what_if_csv", cheaper, show="less"))
    assert "-2.00,-10.0" in less.content.decode()


def test_many_dates_are_worked_out_behind_the_scenes(
    manager: Client, hall: Space, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bookings.services.what_if.AT_ONCE", 0)
    booked_then(hall, name="Mereside Choir")
    version = draft_of(hall, "12.50")
    page = address("rates_what_if", version)
    assert "Work it out" in manager.get(page).content.decode()
    assert manager.get(address("rates_what_if_csv", version)).status_code == 302
    year = last_year(clock.today())

    sent = manager.post(page, {"first": str(year.first), "last": str(year.last), "over": "10"})

    assert sent.status_code == 302
    watched = manager.get(sent["Location"])
    assert watched["Refresh"]
    assert "<progress" in watched.content.decode()
    work_out(WhatIfRun.objects.get().pk, now=clock.now())
    done = manager.get(sent["Location"])
    assert "Refresh" not in done
    assert "Mereside Choir" in done.content.decode()


def test_bookings_to_come_say_what_becomes_of_their_price(manager: Client, hall: Space) -> None:
    day = clock.today() + timedelta(days=30)
    booking = book(hall, now=clock.now(), pattern=weekly(day, 2))
    version = draft_of(hall, "15.00", first=day)

    page = manager.get(address("rates_booked", version)).content.decode()
    assert "keep their agreed price" in page
    assert booking.reference in page

    manager.post(reverse("rates_try", args=[hall.venue.slug]), {"agreed": "on_the_day"})
    late = book(hall, now=clock.now(), pattern=weekly(day + timedelta(days=1), 2))
    page = manager.get(address("rates_booked", version)).content.decode()
    assert "change to the rates of the day" in page
    assert "£20.00 more (50%)" in page
    assert late.reference in page


def test_whoever_chooses_nothing_is_asked_again(manager: Client, hall: Space) -> None:
    response = manager.post(reverse("rates_try", args=[hall.venue.slug]), {"agreed": "never"})
    assert response.status_code == 422
    assert Tariff.objects.get(venue=hall.venue).agreed == Tariff.Agreed.AT_BOOKING


def test_published_rates_can_be_tried_but_change_no_booking(manager: Client, hall: Space) -> None:
    version = TariffVersion.objects.get(tariff__venue=hall.venue)
    assert manager.get(address("rates_what_if", version)).status_code == 200
    assert manager.get(address("rates_booked", version)).status_code == 404


NAMES = ("rates_what_if", "rates_what_if_csv", "rates_booked")


@pytest.mark.parametrize("name", NAMES)
def test_only_those_who_run_the_venue_may_look(client: Client, hall: Space, name: str) -> None:
    version = draft_of(hall, "9.00")
    where = address(name, version)
    assert client.get(where).status_code == 302
    for user, status in [
        (UserFactory(), 403),
        (VenueRoleFactory(venue=hall.venue, role=StaffRole.CARETAKER).user, 403),
        (CouncilRoleFactory().user, 403),
        (VenueRoleFactory(venue=hall.venue).user, 200),
    ]:
        client.force_login(user)
        assert client.get(where).status_code == status


@pytest.mark.parametrize("name", NAMES)
def test_rates_of_another_venue_are_not_found(manager: Client, hall: Space, name: str) -> None:
    elsewhere = TariffVersion.objects.create(
        tariff=Tariff.objects.create(venue=VenueFactory()),
        valid_from=clock.today(),
        document=sheet(rule("all", "9.00")),
    )
    where = reverse(name, args=[hall.venue.slug, elsewhere.pk])
    assert manager.get(where).status_code == 404


@pytest.mark.parametrize("groups", [1, 12])
def test_the_page_costs_the_same_for_any_number(
    manager: Client, hall: Space, groups: int, max_queries: MaxQueries
) -> None:
    day, _when = last_summer()
    spaces = [hall, *SpaceFactory.create_batch(groups - 1, venue=hall.venue)]
    flat_rates(hall.venue)
    for n, space in enumerate(spaces):
        booked_then(space, name=f"Group {n}", pattern=weekly(day + timedelta(days=n), 2))
    version = draft_of(hall, "12.50")
    manager.get(address("rates_what_if", version))
    with max_queries(18):
        page = manager.get(address("rates_what_if", version)).content.decode()
    assert f"{2 * groups} date" in page
    with max_queries(18):
        manager.get(address("rates_booked", version))


def test_the_bookings_page_says_estimate_and_then_what_it_was(client: Client) -> None:
    space = SpaceFactory(name="Main Hall", slug="hall")
    open_always(space, clock.now(), days=100)
    today = clock.today()
    document = sheet(rule("all", "10.00", target={"spaces": ["any"]}))
    publish_version(
        space.venue, document, today, actor=None, now=clock.now(),
        valid_to=today + timedelta(days=10),
    )  # fmt: skip
    hirer = UserFactory()
    booking = book(
        space, actor=hirer, now=clock.now(), pattern=weekly(today + timedelta(days=20), 1)
    )
    client.force_login(hirer)
    where = reverse("booking", args=[booking.reference])
    estimate = "This is an estimate until rates for that day are published"
    assert estimate in client.get(where).content.decode()

    dearer = sheet(rule("all", "12.00", target={"spaces": ["any"]}))
    first = today + timedelta(days=10)
    publish_version(space.venue, dearer, first, actor=None, now=clock.now())
    settle_venue(space.venue_id, now=clock.now())

    page = client.get(where).content.decode()
    assert estimate not in page
    assert "the estimate was £20.00" in page
    assert "£24.00" in page


def test_a_hirer_reads_beforehand_that_the_price_may_change(client: Client, hall: Space) -> None:
    Tariff.objects.update(agreed="on_the_day", agreed_since=clock.now() - timedelta(days=1))
    hirer = UserFactory()
    day = clock.today() + timedelta(days=20)
    booking = book(hall, actor=hirer, now=clock.now(), pattern=weekly(day, 1))
    client.force_login(hirer)
    page = client.get(reverse("booking", args=[booking.reference])).content.decode()
    assert "This venue charges the rates in force on the day" in page
