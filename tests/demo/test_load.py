"""A few weeks of the demo in the database keep every rule of the house."""

import pytest
from allauth.account.models import EmailAddress
from django.contrib.auth import authenticate
from django.contrib.auth.models import AnonymousUser
from django.db import connection
from django.db.models import F, Sum

from accounts.models import User
from bookings.models import (
    Booking,
    CancelTerms,
    Deposit,
    DuePart,
    Occurrence,
    QuoteLine,
    State,
)
from bookings.transitions import LIVE
from core.clock import start_of_day
from demo.content.people import LOG_INS, PASSWORD
from demo.content.venues import CONFIDENTIAL_WORD
from spaces import drift, horizon
from spaces.models import Claim, OpeningSpan, Place, QuietSpan, Space, Venue
from spaces.models.claim import ClaimKind
from spaces.policies import VenuePolicy
from tests.demo.conftest import TODAY

pytestmark = [pytest.mark.usefixtures("demo"), pytest.mark.django_db]
NOW = start_of_day(TODAY)


def test_every_claim_is_what_its_owner_ought_to_have() -> None:
    assert [str(difference) for difference in drift.differences(now=NOW)] == []
    assert Claim.objects.filter(kind=ClaimKind.USE, active=True).count() > 1000


def test_stock_is_never_promised_twice() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("SET CONSTRAINTS ALL DEFERRED")


def test_live_dates_lie_in_opening_hours() -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT v.slug, s.slug, u.starts_at FROM bookings_use u"
            " JOIN bookings_occurrence o ON o.id = u.occurrence_id AND o.state = ANY(%s)"
            " JOIN spaces_space s ON s.id = u.space_id AND NOT s.open_through_closed_hours"
            " JOIN spaces_venue v ON v.id = s.venue_id AND v.slug <> %s"
            " WHERE NOT EXISTS (SELECT 1 FROM spaces_openingspan p WHERE p.space_id = s.id"
            "  AND p.starts_at <= u.starts_at AND p.ends_at >= u.ends_at)",
            [[state.value for state in LIVE], "northmere-together-online"],
        )
        assert cursor.fetchall() == []


def test_loud_dates_keep_out_of_quiet_times() -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT b.title, u.starts_at FROM bookings_use u"
            " JOIN bookings_occurrence o ON o.id = u.occurrence_id AND o.state = ANY(%s)"
            " JOIN bookings_booking b ON b.id = o.booking_id"
            " JOIN spaces_quietspan q ON q.space_id = u.space_id AND b.loudness > q.loudest"
            "  AND q.starts_at < u.ends_at AND q.ends_at > u.starts_at",
            [[state.value for state in LIVE]],
        )
        assert cursor.fetchall() == []


@pytest.mark.parametrize("model", [OpeningSpan, QuietSpan])
def test_the_stored_patterns_give_the_rows_that_were_written(
    model: type[OpeningSpan] | type[QuietSpan],
) -> None:
    def ahead() -> set[tuple[object, ...]]:
        rows = model.objects.filter(starts_at__gte=NOW)
        return set(rows.values_list("space_id", "starts_at", "ends_at"))

    before = ahead()
    atoms = list(Space.objects.filter(atom_rows__part=F("pk")).values_list("pk", flat=True))
    if model is OpeningSpan:
        horizon.rewrite_opening(atoms, now=NOW)
    else:
        horizon.rewrite_quiet(atoms, now=NOW)
    assert ahead() == before


def test_states_fit_the_calendar() -> None:
    states = set(Occurrence.objects.values_list("state", flat=True))
    assert states >= {
        State.REQUESTED, State.CONFIRMED, State.ATTENDED, State.NO_SHOW, State.CANCELLED_BY_HIRER,
    }  # fmt: skip
    assert not Occurrence.objects.filter(state=State.ATTENDED, ends_at__gt=NOW).exists()
    waiting = Occurrence.objects.filter(state=State.REQUESTED)
    assert not waiting.filter(hold_until__lte=NOW).exists()
    assert not Occurrence.objects.filter(booking__created_at__gt=NOW).exists()


def test_dates_keep_the_lines_of_their_price() -> None:
    priced = QuoteLine.objects.values("occurrence").distinct().count()
    assert priced == Occurrence.objects.count()
    assert QuoteLine.objects.filter(amount__gt=0, list_amount__gt=0).exists()


def test_bookings_to_come_keep_what_was_agreed_and_the_parts_come_to_the_price() -> None:
    assert Deposit.objects.exists()
    assert CancelTerms.objects.filter(by="venue").exists()
    parts = DuePart.objects.values("booking").annotate(sum=Sum("amount")).order_by()
    assert parts
    for row in parts:
        dates = Occurrence.objects.filter(booking=row["booking"], cancel_terms__isnull=False)
        lines = QuoteLine.objects.filter(occurrence__in=dates)
        assert row["sum"] == lines.aggregate(sum=Sum("amount"))["sum"]


def test_the_club_night_is_on_second_tuesdays_at_seven() -> None:
    nights = Occurrence.objects.filter(booking__title="Glow club night")
    assert nights.exists()
    for night in nights:
        assert (night.starts_at.weekday(), (night.starts_at.day - 1) // 7 + 1) == (1, 2)
        assert night.booking.people == 100
        assert night.uses.count() == 2


def test_the_confidential_place_is_shown_nowhere() -> None:
    policy = VenuePolicy(AnonymousUser())
    secret = Venue.objects.get(visibility=Venue.Visibility.CONFIDENTIAL)
    assert CONFIDENTIAL_WORD in secret.name
    assert not policy.listed().filter(pk=secret.pk).exists()
    assert not policy.can_see(secret)
    kept = secret.bookings.all()
    assert kept.exists()
    assert {booking.visibility for booking in kept} == {Booking.Visibility.SENSITIVE}
    assert not Place.objects.filter(name__icontains=CONFIDENTIAL_WORD).exists()


def test_everybody_of_the_table_can_sign_in() -> None:
    for entry in LOG_INS:
        assert authenticate(None, username=entry.email, password=PASSWORD) is not None, entry.email
    unverified = User.objects.exclude(
        pk__in=EmailAddress.objects.filter(verified=True).values("user_id")
    )
    assert not unverified.exists()
