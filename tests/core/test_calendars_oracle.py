"""Calendars of real programs give the busy time that the oracle worked out."""

from __future__ import annotations

import json
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings

from core.calendars.found import Reading
from core.calendars.read import CalendarRefused, read
from core.intervals import Span

FOLDER = Path(settings.OPENHALL_SHARED) / "data/ics"
_FILE = FOLDER / "expected.json"
EXPECTED: dict[str, dict[str, Any]] = json.loads(_FILE.read_text()) if _FILE.exists() else {}
DATED = sorted(name for name, want in EXPECTED.items() if "window_utc" in want)

pytestmark = pytest.mark.skipif(not EXPECTED, reason="the shared calendars are not here")


def reading(name: str) -> Reading:
    window = EXPECTED[name].get("window_utc", ["2014-01-01T00:00:00Z", "2015-01-01T00:00:00Z"])
    return read((FOLDER / name).read_bytes(), Span(*map(datetime.fromisoformat, window)))


def test_the_oracle_speaks_of_every_file() -> None:
    assert set(EXPECTED) == {path.name for path in FOLDER.glob("*.ics")}


@pytest.mark.parametrize("name", DATED)
def test_a_real_calendar_has_the_oracles_dates(name: str) -> None:
    want = EXPECTED[name]
    listed = [one for one in reading(name).occurrences if one.is_listed]
    assert len(listed) == want.get("occurrences", want.get("occurrences_skip_bad_series"))
    if "busy_occurrences" in want:
        assert sum(one.is_busy for one in listed) == want["busy_occurrences"]
        dates = [(one.start.isoformat(), one.end.isoformat(), one.kind) for one in listed]
        assert dates[:10] == [tuple(row[:3]) for row in want["first10"]]
        assert dates[-1] == tuple(want["last"][:3])


@pytest.mark.parametrize(
    ("name", "reason"),
    [
        ("icalendar__big_bad_calendar.ics", "no_calendar"),
        ("icalendar__issue_104_broken_calendar.ics", "bad_line"),
    ],
)
def test_a_calendar_that_the_oracle_refuses_is_refused_in_words(name: str, reason: str) -> None:
    with pytest.raises(CalendarRefused) as refused:
        reading(name)
    assert refused.value.reason == reason
    assert "Export" in str(refused.value.message)


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("icalendar__broken_ical.ics", "no_start"),
        ("nodeical__ms_timezones.ics", "bad_time"),
    ],
)
def test_an_event_without_a_time_is_named_and_spoils_no_other(name: str, code: str) -> None:
    assert [one.code for one in reading(name).refused] == [code]


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("khal__event_dt_local_missing_tz.ics", "unknown_zone"),
        ("khal__without_uid.ics", "no_uid"),
        ("nodeical__badRRULE.ics", "no_length"),
        ("nodeical__duplicate-uid-sequence.ics", "same_uid"),
    ],
)
def test_what_was_read_in_a_way_of_our_own_is_said(name: str, code: str) -> None:
    assert code in {one.code for one in reading(name).warnings}
