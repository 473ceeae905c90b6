"""The list of versions, how a draft begins, is tried and is published."""

from __future__ import annotations

from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from spaces.models import Venue
from tariffs.cards import document_of
from tariffs.cards.patterns import PATTERNS
from tariffs.models import TariffVersion
from tariffs.services import publish_version
from tests.factories import SpaceFactory
from tests.factories.accounts import CouncilFactory
from tests.factories.roles import CouncilRoleFactory, VenueRoleFactory
from tests.plugins.budgets import MaxQueries
from tests.tariffs.documents import rule, sheet
from tests.tariffs.pages.drafting import APRIL, NOW, at, begun, parts, pattern, typed

pytestmark = pytest.mark.django_db


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
