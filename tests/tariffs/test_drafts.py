"""A draft is begun, saved by one person at a time, thrown away, and published once."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from accounts.models import AuditEntry, User
from core.errors import BadInput, NotAllowed
from spaces.models import Venue
from tariffs.errors import AlreadyPublished, DraftChanged, DraftExists, DraftGone, TariffRefused
from tariffs.models import Tariff, TariffVersion
from tariffs.services import guide_prices, publish_version, quote_dates
from tariffs.services.drafts import copy_to_draft, discard_draft, publish_draft, save_draft
from tests.factories import SpaceFactory, UserFactory
from tests.factories.roles import VenueRoleFactory
from tests.tariffs.documents import TUESDAY, ask, rule, sheet

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 1, 9, 0, tzinfo=UTC)
APRIL = date(2027, 4, 1)


@pytest.fixture
def venue() -> Venue:
    made: Venue = SpaceFactory(name="Main Hall", slug="hall").venue
    return made


@pytest.fixture
def manager(venue: Venue) -> User:
    user: User = VenueRoleFactory(venue=venue).user
    return user


def rates(amount: str, **more: object) -> dict[str, object]:
    return sheet(rule("all", amount, target={"spaces": ["any"]}), **more)


@pytest.fixture
def draft(venue: Venue, manager: User) -> TariffVersion:
    return copy_to_draft(venue, rates("10.00"), APRIL, actor=manager, now=NOW)


def test_a_draft_prices_nothing_and_leaves_out_the_days_of_its_source(
    venue: Venue, manager: User
) -> None:
    source = rates("10.00", valid_from="2020-01-01", valid_to="2021-01-01")
    draft = copy_to_draft(venue, source, APRIL, actor=manager, now=NOW)
    assert draft.is_draft
    assert "valid_from" not in draft.document
    (quoted,) = quote_dates(venue.pk, [ask(TUESDAY, "10:00", "11:00")], booked_on=NOW.date())
    assert quoted.version_id is None


def test_there_is_one_draft_for_each_first_day(draft: TariffVersion, manager: User) -> None:
    with pytest.raises(DraftExists):
        copy_to_draft(draft.tariff.venue, rates("11"), APRIL, actor=manager, now=NOW)
    other = copy_to_draft(draft.tariff.venue, rates("11"), date(2027, 5, 1), actor=manager, now=NOW)
    assert other.pk != draft.pk


def test_a_save_that_has_not_seen_the_last_one_is_refused(
    draft: TariffVersion, manager: User
) -> None:
    save_draft(draft, rates("11.00"), revision=0, actor=manager, now=NOW)
    with pytest.raises(DraftChanged) as refused:
        save_draft(draft, rates("12.00"), revision=0, actor=manager, now=NOW)
    assert refused.value.details == {"revision": 1}
    draft.refresh_from_db()
    assert draft.document["rules"][0]["amount"] == "11.00"


def test_publishing_ends_the_rates_before_and_makes_guide_prices(
    venue: Venue, draft: TariffVersion, manager: User
) -> None:
    before = publish_version(venue, rates("8.00"), date(2026, 1, 1), actor=None, now=NOW)
    made = publish_draft(draft, date(2026, 11, 1), revision=0, actor=manager, now=NOW)
    before.refresh_from_db()
    assert (made.pk, before.valid_to, made.valid_to) == (draft.pk, date(2026, 11, 1), None)
    (hall,) = venue.spaces.all()
    assert guide_prices([hall.pk], "charity")[hall.pk]["weekday"] == Decimal(10)
    verbs = set(AuditEntry.objects.values_list("verb", flat=True))
    assert {"begin_rates_draft", "publish_tariff"} <= verbs


def test_a_draft_is_published_only_once(draft: TariffVersion, manager: User) -> None:
    publish_draft(draft, APRIL, revision=0, actor=manager, now=NOW)
    with pytest.raises(DraftGone):
        publish_draft(draft, date(2027, 6, 1), revision=0, actor=manager, now=NOW)
    with pytest.raises(DraftGone):
        save_draft(draft, rates("9"), revision=0, actor=manager, now=NOW)
    with pytest.raises(DraftGone):
        discard_draft(draft, actor=manager, now=NOW)


def test_two_versions_never_begin_on_one_day(
    venue: Venue, draft: TariffVersion, manager: User
) -> None:
    publish_version(venue, rates("8.00"), APRIL, actor=None, now=NOW)
    with pytest.raises(AlreadyPublished):
        publish_draft(draft, APRIL, revision=0, actor=manager, now=NOW)
    draft.refresh_from_db()
    assert draft.is_draft


def test_a_first_day_in_the_past_and_a_last_day_before_it_are_refused(
    draft: TariffVersion, manager: User
) -> None:
    with pytest.raises(BadInput):
        publish_draft(draft, date(2026, 10, 31), revision=0, actor=manager, now=NOW)
    with pytest.raises(BadInput):
        publish_draft(draft, APRIL, last_day=date(2027, 3, 31), revision=0, actor=manager, now=NOW)


def test_the_last_day_is_included(draft: TariffVersion, manager: User) -> None:
    made = publish_draft(draft, APRIL, last_day=APRIL, revision=0, actor=manager, now=NOW)
    assert made.valid_to == date(2027, 4, 2)


def test_rates_that_are_wrong_stay_a_draft(draft: TariffVersion, manager: User) -> None:
    wrong = sheet(rule("attic", "10.00", target={"spaces": ["attic"]}))
    save_draft(draft, wrong, revision=0, actor=manager, now=NOW)
    with pytest.raises(TariffRefused):
        publish_draft(draft, APRIL, revision=1, actor=manager, now=NOW)


def test_which_day_counts_is_said_by_what_is_published(
    venue: Venue, manager: User, draft: TariffVersion
) -> None:
    save_draft(draft, rates("9", picked_by="booking_date"), revision=0, actor=manager, now=NOW)
    assert Tariff.objects.get(venue=venue).picked_by == "event_date"
    publish_draft(draft, APRIL, revision=1, actor=manager, now=NOW)
    assert Tariff.objects.get(venue=venue).picked_by == "booking_date"


def test_somebody_who_does_not_run_the_venue_changes_nothing(draft: TariffVersion) -> None:
    stranger: User = UserFactory()
    venue = draft.tariff.venue
    steps = (
        lambda: copy_to_draft(venue, rates("1"), APRIL, actor=stranger, now=NOW),
        lambda: save_draft(draft, rates("1"), revision=0, actor=stranger, now=NOW),
        lambda: publish_draft(draft, APRIL, revision=0, actor=stranger, now=NOW),
        lambda: discard_draft(draft, actor=stranger, now=NOW),
    )
    for step in steps:
        with pytest.raises(NotAllowed):
            step()
    draft.refresh_from_db()
    assert (draft.revision, draft.is_draft) == (0, True)


def test_a_draft_that_is_thrown_away_is_gone(draft: TariffVersion, manager: User) -> None:
    discard_draft(draft, actor=manager, now=NOW)
    assert not TariffVersion.objects.exists()
    assert AuditEntry.objects.filter(verb="discard_rates_draft").exists()
