"""The door: a calendar's bytes and a window in, occurrences and remarks out."""

from __future__ import annotations

import json
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _

from core.calendars import words
from core.calendars.found import Occurrence, Reading, Remark
from core.calendars.why import Why
from core.errors import DomainError
from core.intervals import Span

LARGEST = 40 * 1024 * 1024
# What a page takes, and what is fetched from an address.
LARGEST_OF_A_PAGE = 10_000_000
LONGEST_WINDOW_DAYS = 3700
# Of work. A page asks for less than its server's patience.
SECONDS = 150.0
SECONDS_FOR_A_PAGE = 10.0
_GRACE_SECONDS = 5.0
_ROOT = Path(__file__).resolve().parent.parent.parent
_RUN = "import sys; sys.path.insert(0, {!r}); from core.calendars.child import main; main()"


class CalendarRefused(DomainError):
    """The file as a whole is of no use; `reason` is a stable word for programs."""

    code = "calendar_refused"

    def __init__(self, reason: str, detail: str = "") -> None:
        self.reason = reason
        super().__init__(words.of_refusal(reason, detail), reason=reason)


def read(raw: bytes, window: Span, *, seconds: float = SECONDS) -> Reading:
    """All that the calendar says about `window`, and the day around it.

    `seconds`: how much work it may take; it waits for twice as long.

    Raises: CalendarRefused.
    """
    if len(raw) > LARGEST:
        raise CalendarRefused(Why.TOO_LARGE, str(LARGEST // 1024 // 1024))
    if window.length.days > LONGEST_WINDOW_DAYS:
        raise CalendarRefused(Why.LONG_WINDOW, str(LONGEST_WINDOW_DAYS // 365))
    answer = _asked(raw, window, seconds)
    if refusal := answer.get("refusal"):
        raise CalendarRefused(refusal["code"], refusal["detail"])
    return Reading(
        events=answer["events"],
        occurrences=[_occurrence(one) for one in answer["occurrences"]],
        refused=[Remark(**one) for one in answer["refused"]],
        warnings=[Remark(**one) for one in answer["warnings"]],
    )


def _asked(raw: bytes, window: Span, seconds: float) -> dict[str, Any]:
    bounds = [one.astimezone(UTC).isoformat() for one in (window.start, window.end)]
    # -I: neither the folder we stand in nor the surroundings decide what is imported.
    command = [sys.executable, "-I", "-c", _RUN.format(str(_ROOT)), *bounds, str(seconds)]
    try:
        done = subprocess.run(  # noqa: S603 - our own program; the calendar is its input
            command,
            input=raw,
            capture_output=True,
            timeout=2 * seconds + _GRACE_SECONDS,
            env={"LANG": "C.UTF-8", "PYTHONDONTWRITEBYTECODE": "1"},
            check=True,
        )
        answer: dict[str, Any] = json.loads(done.stdout)
    except subprocess.TimeoutExpired as error:
        raise CalendarRefused(Why.TOO_SLOW) from error
    except (subprocess.CalledProcessError, ValueError) as error:
        raise CalendarRefused(Why.UNREADABLE) from error
    return answer


def _occurrence(data: dict[str, Any]) -> Occurrence:
    start, end = (datetime.fromisoformat(data.pop(name)) for name in ("start", "end"))
    return Occurrence(start=start, end=end, **data)


def remark_words(remark: Remark) -> str:
    """A remark in the reader's language, with the event it is about."""
    said = words.of_remark(remark.code, remark.detail)
    if not remark.uid:
        return said
    return _("%(event)s: %(remark)s") % {
        "event": remark.summary or _("An event without a title"),
        "remark": said,
    }
