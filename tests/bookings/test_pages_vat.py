"""Pages of VAT: what managers keep, what hirers are told, and the warning before a block breaks."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from accounts.models import AuditEntry, User, VatRegistration
from bookings.models import Booking, QuoteLine, VatChange
from core import clock
from spaces.models import OptionToTax, Space, SportsDecision
from tests.factories import MembershipFactory, OrganisationFactory, SpaceFactory, open_always
from tests.factories.bookings import NOW, book
from tests.factories.roles import OperatorRoleFactory, VenueRoleFactory
from tests.factories.tariffs import flat_rates
from tests.factories.vat import club_block, opt, register, sports_hall
from tests.plugins.budgets import MaxQueries

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _in_january(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "now", lambda: NOW)


@pytest.fixture
def hall() -> Space:
    return sports_hall()


@pytest.fixture
def manager(client: Client, hall: Space) -> User:
    """Runs all places of the operator, signed in."""
    made: User = OperatorRoleFactory(operator=hall.venue.operator).user
    client.force_login(made)
    return made


def at(name: str, hall: Space, *more: Any) -> str:
    return reverse(name, args=[hall.venue.slug, *more])


def text(client: Client, address: str) -> str:
    page = client.get(address)
    assert page.status_code == 200, page.status_code
    return " ".join(page.content.decode().split())


def from_day(day: date, name: str = "first_on") -> dict[str, Any]:
    return {f"{name}_day": day.day, f"{name}_month": day.month, f"{name}_year": day.year}


@pytest.mark.usefixtures("manager")
def test_the_page_says_what_holds_and_that_it_is_guidance(client: Client, hall: Space) -> None:
    opt(hall.venue, note="Letter of May")
    page = text(client, at("manage_vat", hall))
    for words in (
        "This is guidance, not advice.",
        "30 November 2026",
        "20% since Tuesday 4 January 2011",
        "123456789",
        "Letter of May",
        "For sport. Lines on the floor",
    ):
        assert words in page
    assert at("manage_vat", hall) in text(client, reverse("manage_venue", args=[hall.venue.slug]))


@pytest.mark.usefixtures("manager")
def test_a_registration_is_added_changed_and_removed(client: Client, hall: Space) -> None:
    VatRegistration.objects.all().delete()
    said = {"number": "GB 987 6543 21", "prices": "added", **from_day(date(2027, 4, 1))}
    assert client.post(at("manage_vat_registration_add", hall), said).status_code == 302
    kept = VatRegistration.objects.get()
    assert (kept.number, kept.prices, kept.operator) == ("987654321", "added", hall.venue.operator)

    ends = said | from_day(date(2028, 3, 31), "last_on")
    assert client.post(at("manage_vat_registration", hall, kept.pk), ends).status_code == 302
    kept.refresh_from_db()
    assert kept.last_on == date(2028, 3, 31)

    client.post(at("manage_vat_registration_remove", hall, kept.pk))
    assert not VatRegistration.objects.exists()


@pytest.mark.usefixtures("manager")
def test_a_form_that_is_refused_keeps_its_answers(client: Client, hall: Space) -> None:
    said = {"number": "12", "prices": "added", **from_day(date(2027, 4, 1))}
    page = client.post(at("manage_vat_registration_add", hall), said)
    assert page.status_code == 422
    assert b'value="12"' in page.content
    assert "A VAT number has 9 digits" in page.content.decode()


def test_who_runs_one_venue_sees_the_registration_and_cannot_change_it(
    client: Client, hall: Space
) -> None:
    client.force_login(VenueRoleFactory(venue=hall.venue).user)
    page = text(client, at("manage_vat", hall))
    assert "123456789" in page
    assert "Add a VAT registration" not in page
    assert client.get(at("manage_vat_registration_add", hall)).status_code == 403
    held = VatRegistration.objects.get()
    assert client.post(at("manage_vat_registration_remove", hall, held.pk)).status_code == 403
    assert VatRegistration.objects.exists()


@pytest.mark.usefixtures("manager")
def test_an_option_to_tax_is_added_changed_and_removed(client: Client, hall: Space) -> None:
    said = {"note": "Letter", **from_day(date(2027, 4, 1))}
    client.post(at("manage_option_add", hall), said)
    option = OptionToTax.objects.get()
    assert client.post(at("manage_option_add", hall), said).status_code == 422
    client.post(at("manage_option", hall, option.pk), said | {"note": "Letter of May"})
    option.refresh_from_db()
    assert (option.venue, option.note) == (hall.venue, "Letter of May")
    client.post(at("manage_option_remove", hall, option.pk))
    assert not OptionToTax.objects.exists()
    assert AuditEntry.objects.filter(verb__startswith="option_to_tax").count() == 3


def test_a_space_is_decided_on_with_a_reason_and_undecided_again(
    client: Client, hall: Space, manager: User
) -> None:
    address = at("manage_sports", hall, hall.slug)
    assert client.post(address, {"decision": "no"}).status_code == 422
    client.post(address, {"decision": "no", "note": "No lines"})
    held = SportsDecision.objects.get()
    assert (held.is_sports_facility, held.note, held.decided_by) == (False, "No lines", manager)
    client.post(address, {"decision": "undecided"})
    assert not SportsDecision.objects.exists()


@pytest.mark.usefixtures("manager")
def test_things_are_classified_and_another_venues_are_not(client: Client, hall: Space) -> None:
    assert client.get(at("manage_vat_things", hall)).status_code == 404
    item = hall.venue.stock.create(name="Projector", quantity=1)
    other = SpaceFactory().venue.stock.create(name="Tea urn", quantity=1)
    said = {f"item_{item.pk}": "equipment", f"item_{other.pk}": "catering"}
    assert client.post(at("manage_vat_things", hall), said).status_code == 302
    item.refresh_from_db()
    other.refresh_from_db()
    assert (item.vat_class, other.vat_class) == ("equipment", "follows_hire")
    assert "Projector: Equipment hired by itself" in text(client, at("manage_vat", hall))


@pytest.mark.parametrize("spaces", [1, 12])
@pytest.mark.usefixtures("manager")
def test_the_page_costs_the_same_for_any_number_of_spaces(
    client: Client, hall: Space, spaces: int, max_queries: MaxQueries
) -> None:
    for _n in range(spaces):
        SpaceFactory(venue=hall.venue)
        hall.venue.stock.create(name=f"Thing {_n}", quantity=1)
    with max_queries(16):
        client.get(at("manage_vat", hall))


def _member(booking: Booking, client: Client) -> None:
    assert booking.made_by
    client.force_login(booking.made_by)


def _cancel_pages(booking: Booking) -> tuple[list[int], str]:
    ids = list(booking.occurrences.values_list("pk", flat=True))
    return ids, reverse("dates_cancel", args=[booking.reference])


def test_whoever_cancels_is_warned_first_with_the_sum(client: Client, hall: Space) -> None:
    booking = club_block(hall)
    _member(booking, client)
    ids, address = _cancel_pages(booking)
    harmless = text(client, f"{address}?cancel={ids[3]}")
    assert "series for VAT" not in harmless
    page = text(client, f"{address}?cancel={ids[3]}&cancel={ids[4]}")
    assert "no longer counts as a series for VAT" in page
    assert "a gap of 21 days" in page
    assert "£50.00 VAT becomes due on the other dates" in page
    assert "This is guidance, not tax advice." in page


def test_one_date_and_a_whole_booking_are_warned_of_too(client: Client, hall: Space) -> None:
    booking = club_block(hall, count=10)
    _member(booking, client)
    ids, _address = _cancel_pages(booking)
    one = text(client, reverse("date_cancel", args=[booking.reference, ids[0]]))
    assert "£45.00 VAT becomes due" in one
    whole = text(client, reverse("booking_cancel", args=[booking.reference]))
    assert "series for VAT" not in whole


def test_a_broken_block_is_on_its_page_and_the_manager_settles_it(
    client: Client, hall: Space, manager: User
) -> None:
    VatRegistration.objects.update(prices="added")
    booking = club_block(hall)
    ids, address = _cancel_pages(booking)
    page_of = reverse("booking", args=[booking.reference])
    client.post(address, {"cancel": ids[3:5], "reason": "The floor is mended"})

    page = text(client, page_of)
    assert "Add £60.00 to the price" in page
    assert f"{booking.reference}</a>: £60.00 VAT is due" in text(client, at("manage_vat", hall))
    _member(booking, client)
    mine = text(client, page_of)
    assert "Nothing was charged." in mine
    assert "Add £60.00" not in mine
    settle = reverse("vat_settle", args=[booking.reference])
    assert client.post(settle, {"how": "added"}).status_code == 404
    client.force_login(manager)
    assert client.post(settle, {"how": "never"}).status_code == 422
    assert client.post(settle, {"how": "added"}).status_code == 302
    assert VatChange.objects.get().settled == "added"
    assert "Plus VAT, in this total: £60.00" in text(client, page_of)
    assert client.post(settle, {"how": "added"}).status_code == 404


def _answers(hall: Space, **more: Any) -> tuple[str, dict[str, Any]]:
    query = (
        f"?spaces={hall.pk}&on_day=12&on_month=1&on_year=2027&starts=7pm&ends=9pm&people=20"
        "&repeat=weekly&times=12"
    )
    said = {
        "title": "Club night",
        "activity": "sport",
        "loudness": "1",
        "visibility": "private",
        "adult_name": "Ada Moreno",
        "adult_email": "ada@example.org",
        "on_clash": "refuse_all",
        **more,
    }
    return query, said


def test_a_club_is_asked_whether_it_pays_for_all_and_its_answer_counts(
    client: Client, hall: Space
) -> None:
    club = OrganisationFactory(council=hall.venue.council, kind="sports_club")
    client.force_login(MembershipFactory(organisation=club).user)
    query, said = _answers(hall, hirer=str(club.pk), pays_as_whole="True")
    details = reverse("book_details", args=[hall.venue.slug]) + query
    assert "Will you pay for all of these dates" in text(client, details)
    client.post(details, said)
    check = reverse("book_check", args=[hall.venue.slug]) + query
    page = text(client, check)
    assert "Yes, we agree to that" in page
    assert "VAT included" not in page
    client.post(check, {"token": "once"})
    assert Booking.objects.get().pays_as_whole is True
    assert {line.vat_rule for line in QuoteLine.objects.all()} == {"vat.series"}


def test_a_price_says_how_much_vat_it_includes_and_why(client: Client, hall: Space) -> None:
    query, said = _answers(hall, hirer="me")
    person = MembershipFactory().user
    client.force_login(person)
    client.post(reverse("book_details", args=[hall.venue.slug]) + query, said)
    page = text(client, reverse("book_check", args=[hall.venue.slug]) + query)
    assert "VAT included: £60.00" in page
    assert "The hirer is not known to be a school or a club." in page


def test_a_manager_is_asked_to_decide_where_sport_is_asked_for(client: Client) -> None:
    room = SpaceFactory(name="Small Hall")
    open_always(room, NOW)
    flat_rates(room.venue)
    register(room.venue.operator)
    booking = book(room, activity="sport")
    client.force_login(VenueRoleFactory(venue=room.venue).user)
    page = text(client, reverse("booking", args=[booking.reference]))
    assert "nobody has decided whether Small Hall is a space for sport" in page
    assert at("manage_sports", room, room.slug) in page
    assert booking.occurrences.get().state == "requested"
    client.force_login(booking.made_by)
    mine = text(client, reverse("booking", args=[booking.reference]))
    assert at("manage_sports", room, room.slug) not in mine
    assert QuoteLine.objects.get().amount == Decimal("20.00")
