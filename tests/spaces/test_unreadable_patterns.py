"""A stored pattern that was damaged is shown, kept from harm, and replaced; never an error page."""

from __future__ import annotations

from datetime import time, timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from schedule.models import Rule
from structlog.testing import capture_logs

from core import clock
from spaces import horizon
from spaces.models import OpeningSpan, QuietSpan, Space, TimeRule
from spaces.models.timetable import Loudness, Series
from spaces.services import times
from spaces.timetable import Frequency, Pattern
from tests.factories import SpaceFactory, VenueFactory
from tests.factories.roles import VenueRoleFactory
from tests.factories.tariffs import flat_rates

pytestmark = pytest.mark.django_db

DAMAGE: list[dict[str, Any]] = [
    {"params": "byweekday:XX"},
    {"params": "byday=monday"},
    {"params": "count:0"},
    {"params": "interval:²"},
    {"frequency": "HOURLY"},
    {"description": "yesterday/tomorrow"},
    {"description": "one"},
    {"description": "2027-01-05T09:00:00+00:00/2027-01-05T17:00:00+00:00"},
    {"description": "2027-01-05T17:00:00/2027-01-05T09:00:00"},
    {"description": "0001-01-01T00:00:00/9999-12-31T00:00:00"},
]


def every_day(starts: int, ends: int) -> Pattern:
    return Pattern(
        clock.today(), time(starts), time(ends), Frequency.WEEKLY, weekdays=tuple(range(7))
    )


@pytest.fixture
def hall(client: Client) -> Space:
    """Open 9am to 5pm, quiet from 1pm; its manager has signed in."""
    space = SpaceFactory(name="Main hall", venue=VenueFactory(booking_window_days=30))
    flat_rates(space.venue)
    now = clock.now()
    times.set_opening_rules(space, [every_day(9, 17)], actor=None, now=now)
    times.add_quiet_time(space, every_day(13, 14), loudest=Loudness.SILENT, actor=None, now=now)
    client.force_login(VenueRoleFactory(venue=space.venue).user)
    return space


def damage(space: Space, kind: str, **fields: Any) -> None:
    series = Series.objects.get(time_rule__space=space, time_rule__kind=kind)
    rows = Series.objects.filter(pk=series.pk)
    if "description" not in fields:
        Rule.objects.filter(pk=series.rule_id).update(**fields)
    else:
        rows.update(**fields)


@pytest.mark.parametrize("fields", DAMAGE)
def test_no_page_that_reads_it_breaks(client: Client, hall: Space, fields: dict[str, Any]) -> None:
    for kind in TimeRule.Kind.values:
        damage(hall, kind, **fields)
    slug, day = hall.venue.slug, clock.today() + timedelta(days=7)
    window = f"from={day}T00:00:00Z&until={day + timedelta(days=2)}T00:00:00Z"
    for address in (
        reverse("manage_week", args=[slug]),
        reverse("manage_season", args=[slug]),
        reverse("manage_day", args=[slug]),
        f"/venues/{slug}/",
        f"/?people=5&on={day}&starts=10am&ends=11am",
        f"/api/v1/spaces/{hall.pk}/availability/?{window}",
        f"/feeds/spaces/{hall.pk}/busy.ics",
    ):
        assert client.get(address).status_code == 200, address
    shown = client.get(reverse("manage_times", args=[slug])).content.decode()
    assert "Hours that are stored here cannot be read." in shown
    shown = client.get(reverse("manage_quiet", args=[slug])).content.decode()
    assert "When it is cannot be read. Remove it, and add it again." in shown


@pytest.mark.parametrize("kind", TimeRule.Kind.values)
def test_the_horizon_of_such_a_space_stays_and_that_of_others_moves_on(
    hall: Space, kind: str
) -> None:
    other = SpaceFactory(venue=hall.venue)
    times.set_opening_rules(other, [every_day(9, 17)], actor=None, now=clock.now())
    damage(hall, kind, params="byweekday:XX")
    hall.refresh_from_db()
    reached, later = hall.expanded_until, clock.now() + timedelta(days=5)
    counts = [OpeningSpan.objects.filter(space=hall).count(), QuietSpan.objects.count()]
    with capture_logs() as logs:
        assert horizon.extend_all(now=later) == 1
    assert [(one["event"], one["spaces"]) for one in logs] == [("pattern unreadable", [hall.pk])]
    hall.refresh_from_db()
    other.refresh_from_db()
    assert hall.expanded_until == reached
    assert other.expanded_until == reached + timedelta(days=5)
    assert counts == [OpeningSpan.objects.filter(space=hall).count(), QuietSpan.objects.count()]


def test_a_quiet_time_that_cannot_be_read_goes_on_to_protect(hall: Space) -> None:
    damage(hall, "quiet", params="byweekday:XX")
    before = set(QuietSpan.objects.values_list("starts_at", "ends_at"))
    now = clock.now() + timedelta(days=5)
    evening = times.add_quiet_time(
        hall, every_day(20, 22), loudest=Loudness.TALK, actor=None, now=now
    )
    old = QuietSpan.objects.exclude(rule=evening)
    assert set(old.values_list("starts_at", "ends_at")) == before

    # Removed and said again, all is worked out once and as far as it should be.
    times.remove_quiet_time(TimeRule.objects.get(loudest=1), actor=None, now=now)
    times.add_quiet_time(hall, every_day(13, 14), loudest=Loudness.SILENT, actor=None, now=now)
    hall.refresh_from_db()
    assert hall.expanded_until == horizon.horizon_of(hall.venue, now=now)
    for rows in (OpeningSpan.objects.filter(space=hall), QuietSpan.objects.filter(loudest=1)):
        days = list(rows.filter(starts_at__gte=now).values_list("starts_at__date", flat=True))
        assert len(days) == len(set(days))
        assert len(days) in {90, 89}


def test_saying_the_week_again_takes_the_place_of_what_cannot_be_read(
    client: Client, hall: Space
) -> None:
    damage(hall, "opening", frequency="HOURLY")
    page = reverse("manage_week", args=[hall.venue.slug])
    form = client.get(page).context["form"]
    said = {name: "9am to 5pm" for name in form.fields if name.startswith("day_")}
    assert len(said) == 7
    sent = said | {"spaces": [hall.pk], "bank_holidays": "as_usual"}
    assert client.post(page, sent).status_code == 302
    shown = client.get(reverse("manage_times", args=[hall.venue.slug])).content.decode()
    assert "cannot be read" not in shown
    assert all(series.is_readable for series in Series.objects.all())
