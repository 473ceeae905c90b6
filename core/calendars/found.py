"""What reading a calendar gives, as plain values that cross from one process to another."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Occurrence:
    """One event on one date: [start, end) in UTC; both are equal where it takes no time.

    `uid` and `key` name it for life: `key` is the instant at which a repeated event first was
    to begin, empty for a single one. `is_listed`: it is inside the window that was asked for;
    a day around it is read as well, for those who compare instants.
    """

    uid: str
    key: str
    start: datetime
    end: datetime
    kind: str
    summary: str
    status: str
    transp: str
    sequence: int
    is_busy: bool
    is_listed: bool


@dataclass(frozen=True, slots=True)
class Remark:
    """Something about one event, or the file where `uid` is empty. `code` is stable."""

    code: str
    uid: str = ""
    summary: str = ""
    detail: str = ""


@dataclass(slots=True)
class Reading:
    """A whole file. `events`: how many it holds; `refused` says which are not in `occurrences`."""

    events: int = 0
    occurrences: list[Occurrence] = field(default_factory=list)
    refused: list[Remark] = field(default_factory=list)
    warnings: list[Remark] = field(default_factory=list)
