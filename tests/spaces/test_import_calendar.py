"""A calendar becomes claims: once, kept in step, and never over a booking."""

from __future__ import annotations

import json
import uuid
from datetime import UTC, datetime, timedelta
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from accounts.models import AuditEntry
from core.calendars.read import CalendarRefused
from core.errors import NotAllowed, StateConflict
from core.intervals import Span
from spaces import claims, drift
from spaces.calendars import ownership
from spaces.claims import Wanted
from spaces.models import CalendarSource, Claim, ImportedDate, Space
from spaces.models.claim import ClaimKind
from spaces.services import calendars
from spaces.services.calendars import Imported, Mode
from tests.factories import SpaceFactory, UserFactory, divisible_hall
from tests.spaces.conftest import Plain
from tests.spaces.ics import CHOIR, YOGA, calendar, event

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 11, 20, 9, 0, tzinfo=UTC)
EVENING = Span(datetime(2027, 1, 5, 18, tzinfo=UTC), datetime(2027, 1, 5, 19, tzinfo=UTC))


def bring(
    space: Space, raw: bytes, *, now: datetime = NOW, mode: Mode = Mode.WRITE, **more: Any
) -> Imported:
    source = calendars.source_named(space, "Council diary", now=now)
    return calendars.import_calendar(source, raw, mode=mode, actor=None, now=now, **more)


def live(space: Space) -> list[tuple[datetime, datetime]]:
    rows = Claim.objects.filter(space=space, active=True, kind=ClaimKind.IMPORTED)
    return list(rows.order_by("starts_at").values_list("starts_at", "ends_at"))


def in_step() -> bool:
    return list(drift.differences(now=NOW)) == []


def booked(plain: Plain, space: Space, span: Span, owner: int = 1) -> None:
    want = Wanted(space.pk, span.start, span.end, ClaimKind.USE, "plain", owner, uuid.uuid4())
    plain.wanted.append(want)
    claims.take([want], now=NOW)


def test_what_is_busy_is_claimed_for_every_part_of_a_whole() -> None:
    hall = divisible_hall()
    done = bring(hall.whole, calendar(YOGA, CHOIR))
    assert (done.events, done.added, done.clashes) == (2, 2, [])
    assert live(hall.left) == live(hall.right)
    assert live(hall.left)[0] == (EVENING.start, EVENING.end)
    assert in_step()


def test_a_second_import_changes_nothing() -> None:
    space = SpaceFactory()
    bring(space, calendar(YOGA, CHOIR))
    before = list(Claim.objects.order_by("pk").values())
    number = Space.objects.get(pk=space.pk).change_no
    done = bring(space, calendar(CHOIR, YOGA), now=NOW + timedelta(minutes=5))
    assert (done.added, done.changed, done.gone, done.unchanged) == (0, 0, 0, 2)
    assert list(Claim.objects.order_by("pk").values()) == before
    assert Space.objects.get(pk=space.pk).change_no == number
    assert CalendarSource.objects.count() == 1


def test_a_moved_event_keeps_its_name_in_feeds_and_frees_its_old_time() -> None:
    space = SpaceFactory()
    bring(space, calendar(YOGA, CHOIR))
    uid = Claim.objects.get(starts_at=EVENING.start, active=True).uid
    moved = event("yoga", "20270105T200000Z", "20270105T210000Z", "SEQUENCE:1")
    done = bring(space, calendar(moved, CHOIR))
    assert (done.changed, done.unchanged) == (1, 1)
    claim = Claim.objects.get(starts_at=EVENING.start + timedelta(hours=2), active=True)
    assert (claim.uid, claim.sequence) == (uid, 1)
    assert len(live(space)) == 2
    assert in_step()


def test_an_event_that_is_gone_or_cancelled_is_released() -> None:
    space = SpaceFactory()
    bring(space, calendar(YOGA, CHOIR))
    cancelled = event("choir", "20270106T180000Z", "20270106T200000Z", "STATUS:CANCELLED")
    assert bring(space, calendar(cancelled)).gone == 2
    assert live(space) == []
    assert in_step()


def test_what_is_over_stays_when_it_leaves_the_calendar() -> None:
    space = SpaceFactory()
    bring(space, calendar(YOGA, CHOIR))
    later = EVENING.end + timedelta(hours=1)
    assert bring(space, calendar(), now=later).gone == 1
    assert live(space) == [(EVENING.start, EVENING.end)]


def test_an_older_version_does_not_undo_a_newer_one() -> None:
    space = SpaceFactory()
    newer = event("yoga", "20270105T200000Z", "20270105T210000Z", "SEQUENCE:2")
    bring(space, calendar(newer))
    older = event("yoga", "20270105T180000Z", "20270105T190000Z", "SEQUENCE:1")
    done = bring(space, calendar(older))
    assert [one.code for one in done.warnings] == ["older"]
    assert live(space)[0][0].hour == 20


def test_a_date_that_clashes_with_a_booking_is_reported_and_the_rest_is_claimed(
    plain: Plain,
) -> None:
    space = SpaceFactory()
    booked(plain, space, EVENING, owner=7)
    done = bring(space, calendar(YOGA, CHOIR))
    (clash,) = done.clashes
    assert (clash.uid, clash.taken_by) == ("yoga", ("Choir 7",))
    assert [starts.day for starts, _ends in live(space)] == [6]
    assert in_step()


def test_a_clash_is_claimed_once_the_booking_is_gone(plain: Plain) -> None:
    space = SpaceFactory()
    booked(plain, space, EVENING)
    bring(space, calendar(YOGA))
    plain.wanted.clear()
    claims.sync("plain", [1], [], now=NOW)
    done = bring(space, calendar(YOGA))
    assert (done.changed, done.clashes) == (1, [])
    assert live(space) == [(EVENING.start, EVENING.end)]


def test_a_claimed_date_that_moves_onto_a_booking_lets_go_and_is_reported(plain: Plain) -> None:
    space = SpaceFactory()
    bring(space, calendar(CHOIR))
    booked(plain, space, EVENING)
    done = bring(space, calendar(event("choir", "20270105T180000Z", "20270105T190000Z")))
    assert len(done.clashes) == 1
    assert live(space) == []
    assert in_step()


def test_two_calendars_of_one_space_do_not_touch_each_other() -> None:
    space = SpaceFactory()
    bring(space, calendar(YOGA))
    other = calendars.source_named(space, "School", now=NOW)
    calendars.import_calendar(other, calendar(CHOIR), mode=Mode.WRITE, actor=None, now=NOW)
    assert len(live(space)) == 2


def test_a_rehearsal_says_the_same_and_keeps_nothing(plain: Plain) -> None:
    space = SpaceFactory()
    booked(plain, space, EVENING)
    done = bring(space, calendar(YOGA, CHOIR), mode=Mode.REHEARSE)
    assert (done.added, len(done.clashes)) == (2, 1)
    assert live(space) == []
    assert not CalendarSource.objects.exists()
    assert not AuditEntry.objects.exists()


def test_a_file_that_cannot_be_read_changes_nothing() -> None:
    space = SpaceFactory()
    bring(space, calendar(YOGA))
    with pytest.raises(CalendarRefused):
        bring(space, b"<html>Please sign in")
    assert len(live(space)) == 1


def test_an_import_that_fails_in_the_middle_leaves_nothing_half(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    space = SpaceFactory()
    bring(space, calendar(YOGA))
    monkeypatch.setattr(calendars, "record", lambda *_a, **_k: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        bring(space, calendar(CHOIR))
    assert live(space) == [(EVENING.start, EVENING.end)]
    assert ImportedDate.objects.get().event_uid == "yoga"
    assert in_step()


def test_as_the_horizon_moves_on_more_dates_are_claimed() -> None:
    space = SpaceFactory(venue__booking_window_days=30)
    weekly = event("yoga", "20261201T180000Z", "20261201T190000Z", "RRULE:FREQ=WEEKLY")
    bring(space, calendar(weekly))
    first = len(live(space))
    assert bring(space, calendar(weekly), now=NOW + timedelta(days=21)).added == 3
    assert len(live(space)) == first + 3


def test_stopping_releases_what_is_to_come() -> None:
    space = SpaceFactory()
    bring(space, calendar(YOGA, CHOIR))
    source = CalendarSource.objects.get()
    later = EVENING.end + timedelta(hours=1)
    assert calendars.stop_calendar(source, actor=None, now=later) == 1
    assert live(space) == [(EVENING.start, EVENING.end)]
    source.refresh_from_db()
    assert (bytes(source.content), source.url) == (b"", "")
    with pytest.raises(StateConflict):
        calendars.stop_calendar(source, actor=None, now=later)


def test_only_those_who_run_the_venue_may_import_or_stop() -> None:
    space = SpaceFactory()
    bring(space, calendar(YOGA))
    source, stranger = CalendarSource.objects.get(), UserFactory()
    with pytest.raises(NotAllowed):
        calendars.import_calendar(source, calendar(), mode=Mode.REHEARSE, actor=stranger, now=NOW)
    with pytest.raises(NotAllowed):
        calendars.stop_calendar(source, actor=stranger, now=NOW)


def test_the_public_hears_the_time_and_not_the_title() -> None:
    bring(SpaceFactory(), calendar(YOGA))
    pk = ImportedDate.objects.get().pk
    said = ownership._describe([pk])[pk]
    assert "yoga" in said.words
    assert "yoga" not in said.public_words


def test_the_title_goes_90_days_after_and_the_time_stays() -> None:
    space = SpaceFactory()
    bring(space, calendar(YOGA))
    assert ownership.forget_titles(EVENING.end + timedelta(days=89)) == 0
    assert ownership.forget_titles(EVENING.end + timedelta(days=91)) == 1
    assert ImportedDate.objects.get().summary == ""
    assert live(space) == [(EVENING.start, EVENING.end)]


def test_an_import_takes_the_same_queries_for_many_clashes(
    plain: Plain, count_queries: Any
) -> None:
    counts = []
    for many in (2, 40):
        space = SpaceFactory()
        spans = [Span(EVENING.start + timedelta(days=n), EVENING.end + timedelta(days=n))
                 for n in range(many)]  # fmt: skip
        for n, span in enumerate(spans):
            booked(plain, space, span, owner=n)
        weekly = event(
            "yoga", "20270105T180000Z", "20270105T190000Z", f"RRULE:FREQ=DAILY;COUNT={many}"
        )
        counts.append(count_queries(lambda: bring(space, calendar(weekly))))  # noqa: B023
    assert counts[0] == counts[1]


def run(space: Space, raw: bytes, folder: Path, *more: str) -> dict[str, Any]:
    path, out = folder / "a.ics", StringIO()
    path.write_bytes(raw)
    command = ["import_calendar", f"{space.venue.slug}/{space.slug}", str(path), *more]
    call_command(*command, "--format", "json", stdout=out)
    return json.loads(out.getvalue())


def test_the_command_reports_the_window_that_was_asked_for(tmp_path: Path) -> None:
    space = SpaceFactory()
    said = run(
        space, calendar(YOGA, CHOIR), tmp_path, "--from", "2027-01-06", "--until", "2027-01-07"
    )
    assert said["events"] == 2
    assert [(one["start"], one["end"]) for one in said["busy"]] == [
        ("2027-01-06T18:00:00+00:00", "2027-01-06T20:00:00+00:00")
    ]
    assert (said["refused"], said["warnings"], said["conflicts"]) == ([], [], [])
    assert len(live(space)) == 1


def test_the_command_keeps_nothing_of_a_dry_run(tmp_path: Path) -> None:
    space = SpaceFactory()
    window = ("--from", "2027-01-01", "--until", "2027-02-01")
    said = run(space, calendar(YOGA), tmp_path, *window, "--dry-run")
    assert len(said["busy"]) == 1
    assert live(space) == []


def test_the_command_refuses_in_words(tmp_path: Path) -> None:
    space, out = SpaceFactory(), StringIO()
    path = tmp_path / "a.ics"
    path.write_bytes(b"<html>")
    with pytest.raises(CommandError, match="web page"):
        call_command("import_calendar", str(space.pk), str(path), "--format", "json", stdout=out)
    assert json.loads(out.getvalue())["refused"][0]["code"] == "web_page"


@pytest.mark.parametrize(
    "wrong",
    [
        ["0", "a.ics"],
        ["no/such", "a.ics"],
        ["{pk}", "missing.ics"],
        ["{pk}", "a.ics", "--from", "soon"],
        ["{pk}", "a.ics", "--from", "2027-01-02", "--until", "2027-01-01"],
        ["{pk}", "a.ics", "--from", "1990-01-01", "--until", "2090-01-01"],
        ["{pk}", "a.ics", "--name", " "],
    ],
)
def test_the_command_says_what_is_wrong_with_how_it_was_called(
    wrong: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    space = SpaceFactory()
    monkeypatch.chdir(tmp_path)
    Path("a.ics").write_bytes(calendar(YOGA))
    with pytest.raises(CommandError):
        call_command("import_calendar", *[word.format(pk=space.pk) for word in wrong])
    assert live(space) == []
