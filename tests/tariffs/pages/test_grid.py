"""The grid in which managers write rates: what is typed, kept and refused."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from core import clock
from spaces.models import Venue
from tariffs.cards.patterns import PATTERNS
from tariffs.models import TariffVersion
from tariffs.services.drafts import save_draft
from tests.factories.roles import VenueRoleFactory
from tests.tariffs.pages.drafting import at, begun, pattern, typed

pytestmark = pytest.mark.django_db


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
