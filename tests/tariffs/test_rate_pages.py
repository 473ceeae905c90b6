"""A manager's pages about rates, through the client."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from core import clock
from spaces.models import Venue
from tariffs.cards import document_of
from tariffs.cards.patterns import PATTERNS
from tariffs.models import TariffVersion
from tariffs.services import publish_version
from tariffs.services.drafts import copy_to_draft, save_draft
from tests.factories import SpaceFactory
from tests.factories.accounts import CouncilFactory
from tests.factories.roles import CouncilRoleFactory, VenueRoleFactory
from tests.plugins.budgets import MaxQueries
from tests.tariffs.documents import rule, sheet

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 1, 9, 0, tzinfo=UTC)
APRIL = date(2199, 4, 1)


@pytest.fixture
def venue() -> Venue:
    made: Venue = SpaceFactory(name="Main Hall", slug="hall").venue
    SpaceFactory(name="Kitchen", slug="kitchen", venue=made)
    made.stock.create(name="Folding chairs", quantity=80)
    return made


@pytest.fixture
def manager(client: Client, venue: Venue) -> Client:
    client.force_login(VenueRoleFactory(venue=venue).user)
    return client


def pattern(key: str = "community-half") -> dict[str, Any]:
    from decimal import Decimal

    return document_of(*PATTERNS[key].build(["hall", "kitchen"], Decimal("20.00")))


def begun(venue: Venue, document: dict[str, Any] | None = None) -> TariffVersion:
    role = VenueRoleFactory(venue=venue)
    return copy_to_draft(venue, document or pattern(), APRIL, actor=role.user, now=NOW)


def at(name: str, venue: Venue, *more: Any) -> str:
    return reverse(name, args=[venue.slug, *more])


def typed(page: Any) -> dict[str, Any]:
    """What a browser would send if nobody touched the form."""
    sent: dict[str, Any] = {}
    for field in page.context["form"]:
        value = field.value()
        choices = getattr(field.field, "choices", None)
        if value is None and choices and not field.field.widget.allow_multiple_selected:
            value = choices[0][0]
        if value not in (None, ""):
            sent[field.html_name] = field.field.prepare_value(value)
    return sent


@pytest.fixture
def draft(venue: Venue) -> TariffVersion:
    return begun(venue)


@pytest.fixture
def address(draft: TariffVersion, venue: Venue) -> str:
    return at("manage_rates_draft", venue, draft.pk)


def parts(day: date, name: str = "first_day") -> dict[str, Any]:
    return {f"{name}_day": day.day, f"{name}_month": day.month, f"{name}_year": day.year}


class TestTheList:
    def test_says_what_each_version_is(self, manager: Client, venue: Venue) -> None:
        document = sheet(rule("all", "10.00", target={"spaces": ["any"]}))
        for year in (2020, 2021, 2198):
            publish_version(
                venue, document, date(year, 1, 1), actor=None, now=NOW,
                valid_to=date(2199, 1, 1) if year == 2198 else None,
            )  # fmt: skip
        begun(venue)
        page = manager.get(at("manage_rates", venue))
        assert [row["state"] for row in page.context["published"]] == [
            "To come", "In force", "Over",
        ]  # fmt: skip
        words = page.content.decode()
        assert "Draft from" in words
        assert words.count("From then on prices are estimates") == 1
        assert at("manage_rates", venue) in manager.get(at("manage_venue", venue)).content.decode()

    @pytest.mark.parametrize("versions", [1, 30])
    def test_costs_the_same_for_any_number_of_versions(
        self, manager: Client, venue: Venue, versions: int, max_queries: MaxQueries
    ) -> None:
        document = sheet(rule("all", "10.00", target={"spaces": ["any"]}))
        for n in range(versions):
            publish_version(venue, document, date(2000 + n, 1, 1), actor=None, now=NOW)
        with max_queries(12):
            manager.get(at("manage_rates", venue))


class TestStarting:
    def test_a_pattern_is_filled_with_the_spaces_and_the_standard_price(
        self, manager: Client, venue: Venue
    ) -> None:
        sent = {"source": "desks", "standard": "£5", **parts(APRIL)}
        answer = manager.post(at("manage_rates_new", venue), sent)
        draft = TariffVersion.objects.get()
        assert answer["Location"] == at("manage_rates_draft", venue, draft.pk)
        (one,) = draft.document["rules"]
        assert sorted(one["target"]["each"]) == ["hall", "kitchen"]
        assert one["amount"] == "30.00"

    def test_a_version_is_copied_and_stays_as_it_is(self, manager: Client, venue: Venue) -> None:
        version = publish_version(venue, pattern(), date(2026, 1, 1), actor=None, now=NOW)
        sent = {"source": f"version-{version.pk}", **parts(APRIL)}
        manager.post(at("manage_rates_new", venue), sent)
        draft = TariffVersion.objects.get(published_at__isnull=True)
        assert draft.document == version.document

    def test_a_file_is_checked_line_by_line(self, manager: Client, venue: Venue) -> None:
        text = (
            "rules:\n  - id: hall\n    target: {spaces: [attic]}\n"
            "    quantity: {unit: hour}\n    amount: 10\n"
        )
        file = SimpleUploadedFile("rates.yaml", text.encode())
        sent = {"source": "file", "file": file, **parts(APRIL)}
        page = manager.post(at("manage_rates_new", venue), sent)
        assert page.status_code == 422
        assert "line 3" in page.content.decode()
        assert "The venue has no “attic”" in page.content.decode()
        file = SimpleUploadedFile("rates.yaml", text.replace("attic", "hall").encode())
        assert (
            manager.post(at("manage_rates_new", venue), {**sent, "file": file}).status_code == 302
        )

    @pytest.mark.parametrize(
        "content",
        [b"a: b: c", b"\xff\xfe\x00", b"", b"rules: []", b"- 1", b"#" * 1_000_001,
         b"versions: [{valid_from: '2027-01-01', rules: []}]"],
    )  # fmt: skip
    def test_a_file_that_is_no_sheet_is_refused(
        self, manager: Client, venue: Venue, content: bytes
    ) -> None:
        file = SimpleUploadedFile("rates.yaml", content)
        page = manager.post(
            at("manage_rates_new", venue), {"source": "file", "file": file, **parts(APRIL)}
        )
        assert page.status_code == 422
        assert not TariffVersion.objects.exists()

    @pytest.mark.parametrize(
        ("sent", "field"),
        [
            ({"source": "desks", "standard": ""}, "standard"),
            ({"source": "desks", "standard": "0.00"}, "standard"),
            ({"source": "desks", "standard": "1,000.00"}, "standard"),
            ({"source": "file"}, "file"),
            ({"source": "version-999999999"}, "source"),
            ({}, "source"),
        ],
    )
    def test_what_is_lacking_is_asked_for(
        self, manager: Client, venue: Venue, sent: dict[str, str], field: str
    ) -> None:
        page = manager.post(at("manage_rates_new", venue), {**sent, **parts(APRIL)})
        assert page.status_code == 422
        assert field in page.context["form"].errors

    def test_a_second_draft_from_one_day_is_refused(
        self, manager: Client, venue: Venue, draft: TariffVersion
    ) -> None:
        sent = {"source": "desks", "standard": "5", **parts(APRIL)}
        page = manager.post(at("manage_rates_new", venue), sent)
        assert page.status_code == 422
        assert "There is a draft from that day already" in page.content.decode()


class TestTheGrid:
    def test_saving_what_is_there_changes_nothing(
        self, manager: Client, draft: TariffVersion, address: str
    ) -> None:
        before = draft.document
        assert manager.post(address, typed(manager.get(address))).status_code == 302
        draft.refresh_from_db()
        assert draft.document == before
        assert draft.revision == 1

    @pytest.mark.parametrize("key", PATTERNS)
    def test_every_pattern_can_be_saved_as_it_comes(
        self, manager: Client, venue: Venue, key: str
    ) -> None:
        draft = begun(venue, pattern(key))
        address = at("manage_rates_draft", venue, draft.pk)
        assert manager.post(address, typed(manager.get(address))).status_code == 302
        draft.refresh_from_db()
        assert draft.document == pattern(key)

    def test_a_price_is_changed_emptied_and_asked(
        self, manager: Client, draft: TariffVersion, address: str
    ) -> None:
        sent = typed(manager.get(address))
        sent |= {"s0l0c0": "21", "s0l0c1": "", "s0l1c2": "ask", "s0l1-least": "2"}
        manager.post(address, sent)
        draft.refresh_from_db()
        amounts = {one["id"]: one["amount"] for one in draft.document["rules"]}
        assert amounts["hall-kitchen"] == "21"
        assert len(amounts) == 5
        assert "ask" in amounts.values()
        assert draft.document["rules"][-1]["quantity"]["min"] == "2"

    @pytest.mark.parametrize(
        "amount",
        ["-5", "NaN", "1e9", "twelve", "1,000.00", "9" * 1_000_000, "100001", "1.23456", "Infinity",
         "0x10", "١٢", "12.", ".5", "1 2", "12\x00", "£"],
    )  # fmt: skip
    def test_what_is_no_price_is_refused_and_nothing_is_lost(
        self, manager: Client, draft: TariffVersion, address: str, amount: str
    ) -> None:
        sent = typed(manager.get(address))
        page = manager.post(address, {**sent, "s0l0c0": amount, "s0l0c1": "7.77"})
        assert page.status_code == 422
        assert list(page.context["form"].errors) == ["s0l0c0"]
        assert 'href="#id_s0l0c0"' in page.content.decode()
        assert 'value="7.77"' in page.content.decode()
        assert len(page.content) < 200_000
        draft.refresh_from_db()
        assert draft.revision == 0

    @pytest.mark.parametrize(
        ("changes", "field"),
        [
            ({"p0-until": "2pm", "p0-from": "6pm"}, "p0-until"),
            ({"p0-until": "6pm", "p0-from": "6pm"}, "p0-until"),
            ({"p0-until": ""}, "p0-until"),
            ({"p0-from": "lunch"}, "p0-from"),
            ({"p0-from": "", "p0-until": "", "p0-name": ""}, "p0-days"),
            ({"p0-longer": "6"}, "p0-name"),
            ({"k0-kinds": []}, "k0-kinds"),
            ({"k1-kinds": ["commercial"]}, "k2-kinds"),
            ({"k1-kinds": ["dragons"]}, "k1-kinds"),
            ({"s0-spaces": []}, "s0-spaces"),
            ({"s0-spaces": ["attic"]}, "s0-spaces"),
            ({"s0-reach": "sideways"}, "s0-reach"),
            ({"s0l0-step": "0"}, "s0l0-step"),
            ({"s0l0-least": "two"}, "s0l0-least"),
            ({"s0l0-unit": "minute"}, "s0l0-unit"),
        ],
    )
    def test_what_does_not_fit_together_is_said_at_its_box(
        self, manager: Client, address: str, changes: dict[str, Any], field: str
    ) -> None:
        page = manager.post(address, {**typed(manager.get(address)), **changes})
        assert page.status_code == 422
        assert field in page.context["form"].errors

    def test_a_new_time_and_its_prices_need_two_presses(
        self, manager: Client, draft: TariffVersion, address: str
    ) -> None:
        sent = {**typed(manager.get(address)), "s0l0c0": "odd", "do": "add-parts"}
        page = manager.post(address, sent)
        assert page.status_code == 200
        assert 'value="odd"' in page.content.decode()
        sent = typed(page) | {
            "s0l0c0": "20", "p1-name": "Bank holiday", "p1-days": ["bank_holiday"], "s0l2c0": "40",
            "s0l2-unit": "hour", "do": "save",
        }  # fmt: skip
        assert manager.post(address, sent).status_code == 302
        draft.refresh_from_db()
        assert draft.document["dayparts"]["bank-holiday"]["day"] == ["bank_holiday"]
        assert draft.document["rules"][-1]["when"] == {"daypart": "bank-holiday"}

    def test_times_that_cross_are_refused_while_they_are_new(
        self, manager: Client, address: str
    ) -> None:
        sent = {**typed(manager.get(address)), "do": "add-parts"}
        sent = typed(manager.post(address, sent)) | {
            "p1-name": "Late", "p1-from": "8pm", "p1-until": "2am", "s0l2-unit": "hour",
        }  # fmt: skip
        page = manager.post(address, sent)
        assert "It overlaps with “Evening”" in page.content.decode()

    @pytest.mark.parametrize(
        ("what", "boxes", "found"),
        [
            ("items", {"item0-names": "folding-chairs", "item0-amount": "0.50",
                       "item0-unit": "item"},
             {"target": {"items": ["folding-chairs"]}, "amount": "0.50"}),
            ("fees", {"fee0-name": "Cleaning", "fee0-amount": "25", "fee0-unit": "booking"},
             {"target": {"fee": "Cleaning"}, "amount": "25"}),
            ("deposits", {"deposit0-name": "Key", "deposit0-amount": "20"},
             {"kind": "deposit", "name": "Key"}),
            ("discounts", {"discount0-who": "block", "discount0-percent": "10",
                           "discount0-least": "10"},
             {"when": {"series": ">= 10"}, "percent": "-10"}),
        ],
    )  # fmt: skip
    def test_what_is_added_becomes_a_rule(
        self, manager: Client, draft: TariffVersion, address: str, what: str,
        boxes: dict[str, str], found: dict[str, Any],
    ) -> None:  # fmt: skip
        page = manager.post(address, {**typed(manager.get(address)), "do": f"add-{what}"})
        assert manager.post(address, typed(page) | boxes | {"do": "save"}).status_code == 302
        draft.refresh_from_db()
        made = draft.document["rules"][-1]
        assert {key: made[key] for key in found} == found

    def test_terms_to_cancel_are_a_ladder_down_to_no_days(
        self, manager: Client, draft: TariffVersion, address: str
    ) -> None:
        page = manager.get(address)
        for _n in range(2):
            page = manager.post(address, {**typed(page), "do": "add-steps"})
        sent = typed(page) | {"step0-days": "28", "step0-charge": "0", "do": "save"}
        wrong = manager.post(address, sent)
        assert "let the last one be 0 days" in wrong.content.decode()
        sent |= {"step1-days": "0", "step1-charge": "50%"}
        assert manager.post(address, sent).status_code == 302
        draft.refresh_from_db()
        assert draft.document["rules"][-1]["steps"] == [
            {"notice": ">= 28", "charge": "0"}, {"notice": "< 28", "charge": "50%"},
        ]  # fmt: skip

    def test_a_rule_the_grid_cannot_show_is_told_and_kept(
        self, manager: Client, venue: Venue
    ) -> None:
        wedding = {
            "id": "wedding", "target": {"spaces": ["hall"]}, "when": {"purpose": ["wedding"]},
            "quantity": {"unit": "booking"}, "amount": "500",
        }  # fmt: skip
        document = pattern()
        document["rules"].append(wedding)
        draft = begun(venue, document)
        address = at("manage_rates_draft", venue, draft.pk)
        page = manager.get(address)
        assert "Main Hall: £500.00 a booking, if purpose: wedding." in page.content.decode()
        manager.post(address, {**typed(page), "s0l0c0": "99"})
        draft.refresh_from_db()
        assert wedding in draft.document["rules"]

    def test_a_time_that_kept_rules_use_keeps_its_name(self, manager: Client, venue: Venue) -> None:
        document = pattern()
        document["rules"].append(
            {"id": "late", "kind": "bound", "when": {"daypart": "evening"}, "floor": "50"}
        )
        draft = begun(venue, document)
        address = at("manage_rates_draft", venue, draft.pk)
        page = manager.post(address, {**typed(manager.get(address)), "p0-name": "Night"})
        assert page.status_code == 422
        assert "p0-name" in page.context["form"].errors

    def test_a_page_that_did_not_arrive_whole_changes_nothing(
        self, manager: Client, draft: TariffVersion, address: str
    ) -> None:
        for layout in ("", "[]", "{}", '{"parts": 1e9}', "[" * 5000):
            page = manager.post(address, {"layout": layout, "revision": "0"})
            assert page.status_code == 422
            assert "did not arrive whole" in page.content.decode()
        draft.refresh_from_db()
        assert draft.revision == 0


class TestTwoPeople:
    def test_a_stale_save_keeps_what_was_typed_and_may_be_saved_over(
        self, manager: Client, venue: Venue, draft: TariffVersion, address: str
    ) -> None:
        sent = typed(manager.get(address)) | {"s0l0c0": "33.33"}
        other = VenueRoleFactory(venue=venue).user
        save_draft(draft, pattern("desks"), revision=0, actor=other, now=clock.now())
        page = manager.post(address, sent)
        assert page.status_code == 409
        assert "Somebody else saved these rates" in page.content.decode()
        assert 'value="33.33"' in page.content.decode()
        draft.refresh_from_db()
        assert draft.document == pattern("desks")
        assert manager.post(address, {**sent, "do": "over-1"}).status_code == 302
        draft.refresh_from_db()
        assert draft.document["rules"][0]["amount"] == "33.33"

    def test_an_upload_beside_a_save_is_refused(
        self, manager: Client, venue: Venue, draft: TariffVersion
    ) -> None:
        other = VenueRoleFactory(venue=venue).user
        save_draft(draft, pattern("desks"), revision=0, actor=other, now=clock.now())
        kept = manager.get(at("manage_rates_file", venue, draft.pk)).content
        file = SimpleUploadedFile("rates.yaml", kept)
        where = at("manage_rates_upload", venue, draft.pk)
        assert manager.post(where, {"file": file, "revision": "0"}).status_code == 422
        file = SimpleUploadedFile("rates.yaml", kept)
        assert manager.post(where, {"file": file, "revision": "1"}).status_code == 302


class TestTrying:
    def test_the_draft_stands_beside_the_rates_of_today(
        self, manager: Client, venue: Venue, draft: TariffVersion, address: str
    ) -> None:
        publish_version(
            venue, sheet(rule("all", "8.00", target={"spaces": ["any"]})), date(2026, 1, 1),
            actor=None, now=NOW,
        )  # fmt: skip
        sent = typed(manager.get(address)) | {
            "s0l0c0": "21.50", "try-spaces": ["hall"], "try-starts": "10am", "try-ends": "midday",
            "try-kind": "faith", **parts(date(2027, 1, 12), "try-day"), "do": "try",
        }  # fmt: skip
        page = manager.post(address, sent)
        assert page.status_code == 200
        draft_price, now_price = page.context["tried"]
        assert (str(draft_price["total"]), str(now_price["total"])) == ("43.00", "16.00")
        assert "£43.00" in page.content.decode()
        draft.refresh_from_db()
        assert draft.revision == 0

    def test_what_is_lacking_is_asked_for(self, manager: Client, address: str) -> None:
        sent = {**typed(manager.get(address)), "try-starts": "7", "do": "try"}
        page = manager.post(address, sent)
        assert page.status_code == 422
        assert {"spaces", "day", "starts", "ends", "kind"} <= set(page.context["trying"].errors)

    def test_no_price_says_why(self, manager: Client, address: str) -> None:
        sent = typed(manager.get(address)) | {
            "s0l0c0": "", "try-spaces": ["hall"], "try-starts": "10am", "try-ends": "midday",
            "try-kind": "faith", **parts(date(2027, 1, 12), "try-day"), "do": "try",
        }  # fmt: skip
        page = manager.post(address, sent)
        assert page.context["tried"][0]["decisions"]


class TestPublishing:
    def test_what_is_open_links_to_its_place(
        self, manager: Client, venue: Venue, draft: TariffVersion, address: str
    ) -> None:
        manager.post(address, {**typed(manager.get(address)), "s0l0c0": "", "do": "check"})
        page = manager.get(at("manage_rates_publish", venue, draft.pk))
        (first, *_others) = page.context["questions"]
        assert first["href"].startswith(f"{address}#id_s0l")
        assert "Main Hall" in first["words"]

    def test_a_fault_links_to_its_cell_and_hides_the_button(
        self, manager: Client, venue: Venue
    ) -> None:
        document = sheet(rule("attic", "10.00", target={"spaces": ["attic"]}))
        draft = begun(venue, document)
        page = manager.get(at("manage_rates_publish", venue, draft.pk))
        assert page.context["faults"][0]["href"].endswith("#id_s0l0c0")
        assert "Publish these rates" not in page.content.decode()
        sent = {"revision": "0", **parts(APRIL)}
        refused = manager.post(at("manage_rates_publish", venue, draft.pk), sent)
        assert refused.status_code == 422
        draft.refresh_from_db()
        assert draft.is_draft

    def test_publishing_says_what_it_replaces(
        self, manager: Client, venue: Venue, draft: TariffVersion
    ) -> None:
        publish_version(venue, pattern(), date(2026, 1, 1), actor=None, now=NOW)
        where = at("manage_rates_publish", venue, draft.pk)
        words = manager.get(where).content.decode()
        assert "The rates from Thursday 1 January 2026 end the day before." in words
        assert "keep the price they agreed" in words
        assert manager.post(where, {"revision": "0", **parts(APRIL)}).status_code == 302
        draft.refresh_from_db()
        assert not draft.is_draft
        assert manager.get(where).status_code == 404

    def test_a_day_in_the_past_is_refused_at_its_question(
        self, manager: Client, venue: Venue, draft: TariffVersion
    ) -> None:
        where = at("manage_rates_publish", venue, draft.pk)
        page = manager.post(where, {"revision": "0", **parts(date(2020, 1, 1))})
        assert page.status_code == 422
        assert "first_day" in page.context["form"].errors

    def test_a_draft_is_thrown_away(
        self, manager: Client, venue: Venue, draft: TariffVersion
    ) -> None:
        manager.post(at("manage_rates_discard", venue, draft.pk))
        assert not TariffVersion.objects.exists()


def test_nobody_of_another_council_or_venue_reaches_a_draft(
    client: Client, venue: Venue, draft: TariffVersion
) -> None:
    other = SpaceFactory().venue
    client.force_login(VenueRoleFactory(venue=other).user)
    for name in ("draft", "publish", "upload", "file"):
        where = at(f"manage_rates_{name}", other, draft.pk)
        assert client.get(where).status_code == 404
        assert client.get(at(f"manage_rates_{name}", venue, draft.pk)).status_code == 403
    Venue.objects.filter(pk=venue.pk).update(visibility="confidential")
    client.force_login(CouncilRoleFactory(council=CouncilFactory()).user)
    assert client.get(at("manage_rates", venue)).status_code == 404
    assert client.get(at("manage_rates_draft", venue, draft.pk)).status_code == 404


@pytest.mark.parametrize("spaces", [1, 12])
def test_a_draft_costs_the_same_queries_for_any_number_of_spaces(
    client: Client, spaces: int, max_queries: MaxQueries
) -> None:
    from decimal import Decimal

    venue = SpaceFactory(slug="room-0").venue
    for n in range(1, spaces):
        SpaceFactory(slug=f"room-{n}", venue=venue)
    names = [f"room-{n}" for n in range(spaces)]
    draft = begun(venue, document_of(*PATTERNS["hourly"].build(names, Decimal(20))))
    client.force_login(VenueRoleFactory(venue=venue).user)
    for name in ("manage_rates_draft", "manage_rates_publish"):
        with max_queries(12):
            assert client.get(at(name, venue, draft.pk)).status_code == 200
