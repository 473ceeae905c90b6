"""The process that opens calendars: bytes in, JSON out, and nothing else at hand.

A file can be made to be read for hours, or into all memory. Here that costs one process.
"""

from __future__ import annotations

import contextlib
import json
import sys
import warnings
from dataclasses import asdict
from datetime import datetime
from typing import Any

from core.calendars.expand import read_text
from core.calendars.text import Refusal
from core.calendars.why import Why

_MEMORY = 1 << 30
_RESERVE_SECONDS = 5


def main() -> None:
    """Arguments: from, until (with a zone), seconds."""
    warnings.simplefilter("ignore")
    since, until, seconds = sys.argv[1:4]
    _limit(int(float(seconds)) + _RESERVE_SECONDS)
    window = (datetime.fromisoformat(since), datetime.fromisoformat(until))
    answer: dict[str, Any]
    try:
        answer = asdict(read_text(sys.stdin.buffer.read(), window, seconds=float(seconds)))
    except Refusal as refused:
        answer = {"refusal": {"code": refused.code, "detail": refused.detail}}
    except MemoryError:
        answer = {"refusal": {"code": Why.TOO_LARGE, "detail": ""}}
    json.dump(answer, sys.stdout, default=datetime.isoformat)


def _limit(seconds: int) -> None:
    """Where the system knows such limits; the caller's own clock holds everywhere."""
    with contextlib.suppress(ImportError, ValueError, OSError):
        import resource

        resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))
        resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
        resource.setrlimit(resource.RLIMIT_AS, (_MEMORY, _MEMORY))
