"""The pages of help with the price: giving it, seeing it on the way to a booking, and figures."""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from accounts.models import StaffRole, User
from bookings.models import Allowance, Booking, Grant, Voucher
from core import clock
from spaces.models import Space
from tests.bookings.manager_pages import date_parts, hall, manager, tuesday, url
from tests.factories import UserFactory
from tests.factories.accounts import OrganisationFactory
from tests.factories.bookings import evening
from tests.factories.roles import CouncilRoleFactory, OperatorRoleFactory, VenueRoleFactory
from tests.factories.support import allowance, grant, group_of, member_for, voucher

pytestmark = pytest.mark.django_db
__all__ = ["hall", "manager", "tuesday"]


def days(first: date | None = None) -> dict[str, Any]:
    today = first or clock.today()
    return {
        **date_parts("first_on", today),
        **date_parts("last_on", today + timedelta(days=90)),
        "reason": "Food bank",
    }


def given(space: Space, group: Any, hours: str = "40") -> Allowance:
    today = clock.today()
    last = today + timedelta(days=90)
    return allowance(space, group, hours, now=clock.now(), first_on=today, last_on=last)


@pytest.fixture
def officer(client: Client, hall: Space) -> Client:
    client.force_login(CouncilRoleFactory(council=hall.venue.council).user)
    return client


def test_hours_vouchers_and_grants_are_given_and_ended(officer: Client, hall: Space) -> None:
    group = OrganisationFactory(council=hall.venue.council, name="Soup Kitchen")
    facts = {"organisation": group.pk, "hours": "40", "at": "here", **days()}
    assert officer.post(url("manage_hours_add", hall), facts).status_code == 302
    facts = {"organisation": group.pk, "funder": "Ward fund", "budget": "100", "percent": "50",
             "at": "everywhere", **days()}  # fmt: skip
    assert officer.post(url("manage_grant_add", hall), facts).status_code == 302
    facts = {"kind": "pounds", "value": "5", "uses": "3", "at": "here", **days()}
    made = officer.post(url("manage_voucher_add", hall), facts)
    assert made.status_code == 201
    code = re.search(r"<code>([\w-]+)</code>", made.content.decode())
    assert code is not None
    page = officer.get(url("manage_support", hall)).content.decode()
    assert "40 hours of 40 hours left" in page
    assert "£100.00 of £100.00 left" in page
    assert "3 of 3 bookings left" in page
    assert code[1] not in page
    for kind, model in (("hours", Allowance), ("grant", Grant), ("voucher", Voucher)):
        row = model._default_manager.get()
        assert officer.post(url("manage_support_end", hall, kind, row.pk)).status_code == 302
        row.refresh_from_db()
        assert row.ended_at is not None
    assert officer.post(url("manage_support_end", hall, "cake", 1)).status_code == 404


def test_a_wrong_answer_is_shown_beside_its_question(officer: Client, hall: Space) -> None:
    group = OrganisationFactory(council=hall.venue.council)
    facts = {"organisation": group.pk, "funder": "Ward fund", "budget": "100", "at": "here"}
    page = officer.post(url("manage_grant_add", hall), {**facts, **days()})
    assert page.status_code == 422
    assert b"not both" in page.content
    assert b"Ward fund" in page.content


def test_a_venues_manager_gives_there_and_only_to_groups_they_know(
    manager: Client,
    hall: Space,
) -> None:
    stranger = OrganisationFactory(council=hall.venue.council, name="Quiet Refuge")
    page = manager.get(url("manage_hours_add", hall))
    assert b"Quiet Refuge" not in page.content
    facts = {"organisation": stranger.pk, "hours": "40", "at": "everywhere", **days()}
    assert manager.post(url("manage_hours_add", hall), facts).status_code == 422
    assert Allowance.objects.count() == 0


@pytest.mark.parametrize("name", ["manage_support", "manage_hours_add", "manage_voucher_add"])
def test_others_do_not_get_in(client: Client, hall: Space, name: str) -> None:
    strangers = (UserFactory(), CouncilRoleFactory().user)
    viewer = VenueRoleFactory(venue=hall.venue, role=StaffRole.VIEWER).user
    for user in (*strangers, viewer):
        client.force_login(user)
        assert client.get(url(name, hall)).status_code in (403, 404)


@pytest.mark.parametrize("kind", ["hours", "vouchers"])
def test_the_list_costs_the_same_for_any_number(
    officer: Client,
    hall: Space,
    kind: str,
    count_queries: Any,
) -> None:
    costs = []
    for n in (1, 12):
        for _n in range(n):
            if kind == "hours":
                given(hall, OrganisationFactory(council=hall.venue.council))
            else:
                voucher(hall.venue, now=clock.now())
        costs.append(count_queries(lambda: officer.get(url("manage_support", hall))))
    assert costs[0] == costs[1]


def picked(space: Space, day: date) -> str:
    when = evening(day)
    query = {
        "spaces": space.pk, "on_day": day.day, "on_month": day.month, "on_year": day.year,
        "starts": when.starts.strftime("%H:%M"), "ends": when.ends.strftime("%H:%M"),
        "people": 10, "repeat": "once",
    }  # fmt: skip
    return "&".join(f"{name}={value}" for name, value in query.items())


def details(group_id: int, **more: Any) -> dict[str, Any]:
    return {
        "hirer": group_id, "title": "Lunch club", "activity": "other", "loudness": "1",
        "visibility": "private", "adult_name": "Ada", "adult_phone": "020 7946 0001", **more,
    }  # fmt: skip


def check(client: Client, space: Space, day: date, said: dict[str, Any]) -> tuple[str, Any]:
    where = f"?{picked(space, day)}"
    slug = space.venue.slug
    answer = client.post(reverse("book_details", args=[slug]) + where, said)
    assert answer.status_code == 302, answer.context["form"].errors
    path = reverse("book_check", args=[slug]) + where
    return path, client.get(path)


@pytest.fixture
def member(client: Client, hall: Space) -> User:
    member = member_for(hall)
    client.force_login(member)
    return member


def test_free_hours_show_before_booking_after_and_on_the_groups_page(
    client: Client,
    hall: Space,
    member: User,
    tuesday: date,
) -> None:
    group = group_of(member)
    given(hall, group)
    path, page = check(client, hall, tuesday, details(group.pk))
    words = page.content.decode()
    assert "Free hours: Food bank" in words
    assert "You then have 38 hours of 40 hours left until" in words
    assert "Full price £40.00, you pay £0.00" in words
    assert (
        'name="voucher_code"' not in client.get(path.replace("check", "details")).content.decode()
    )
    answer = client.post(path, {"token": "t" * 20, "shown": "0.00"}, follow=True)
    assert "Full price £40.00, you pay £0.00" in answer.content.decode()
    shown = client.get(reverse("organisation", args=[group.pk])).content.decode()
    assert "38 hours of 40 hours left" in shown


def test_whoever_comes_too_late_is_shown_the_new_price(
    client: Client,
    hall: Space,
    member: User,
    tuesday: date,
) -> None:
    group = group_of(member)
    hours = given(hall, group, "2")
    path, _page = check(client, hall, tuesday, details(group.pk))
    Allowance.objects.filter(pk=hours.pk).update(ended_at=clock.now())
    answer = client.post(path, {"token": "t" * 20, "shown": "0.00"})
    assert answer.status_code == 409
    assert "The price is now £20.00" in answer.content.decode()
    assert Booking.objects.count() == 0
    answer = client.post(path, {"token": "u" * 20, "shown": "20.00"})
    assert answer.status_code == 302


def test_a_voucher_is_asked_for_where_there_are_some(
    client: Client,
    hall: Space,
    member: User,
    tuesday: date,
) -> None:
    today = clock.today()
    last = today + timedelta(days=9)
    _made, code = voucher(hall.venue, now=clock.now(), first_on=today, last_on=last)
    group = group_of(member)
    path, page = check(client, hall, tuesday, details(group.pk, voucher_code="WRONG"))
    assert "We do not know this voucher here" in page.content.decode()
    path, page = check(client, hall, tuesday, details(group.pk, voucher_code=code))
    assert "you pay £15.00" in page.content.decode()
    assert client.post(path, {"token": "t" * 20, "shown": "15.00"}).status_code == 302


def test_figures_are_for_officers_and_come_as_a_file(
    client: Client,
    hall: Space,
    member: User,
    tuesday: date,
) -> None:
    group = group_of(member)
    group.name = "=Soup"
    group.save()
    given(hall, group)
    span = {"first_on": clock.today(), "last_on": tuesday + timedelta(days=9)}
    grant(hall, group, "5", per_date="5", now=clock.now(), **span)
    path, _page = check(client, hall, tuesday, details(group.pk))
    client.post(path, {"token": "t" * 20})
    asked = f"?by=organisation&first={tuesday}&last={tuesday}"
    assert client.get(f"/manage/subsidy/{asked}").status_code == 403
    client.force_login(CouncilRoleFactory(council=hall.venue.council).user)
    page = client.get(f"/manage/subsidy/{asked}")
    assert [row.name for row in page.context["rows"]] == ["=Soup"]
    file = client.get(f"/manage/subsidy/{asked}&as=csv").content.decode("utf-8-sig")
    header, row = file.splitlines()
    assert header == "organisation,full,discount,allowance,voucher,subsidy,grant,charged"
    assert row == "'=Soup,40.00,20.00,20.00,0.00,40.00,0.00,0.00"
    late = f"?first={tuesday}&last={tuesday - timedelta(days=1)}"
    assert client.get(f"/manage/subsidy/{late}").status_code == 422
    client.force_login(CouncilRoleFactory().user)
    assert client.get(f"/manage/subsidy/{asked}").status_code == 403
    role = OperatorRoleFactory(operator=hall.venue.operator)
    client.force_login(role.user)
    assert client.get(f"/manage/subsidy/{asked}").status_code == 403
