"""What a hirer asks for, as a value: the page, the API, the admin and commands make the same."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum
from typing import Any

from bookings.models import Booking
from spaces.models import Activity
from spaces.models.timetable import Loudness
from spaces.timetable import Pattern


class OnClash(StrEnum):
    """What to do when some dates cannot be had."""

    REFUSE_ALL = "refuse_all"
    BOOK_FREE = "book_free"


@dataclass(frozen=True, slots=True)
class ContactDetails:
    name: str
    email: str = ""
    phone: str = ""


@dataclass(frozen=True, slots=True)
class BookingRequest:
    """One or several spaces of one venue, for the dates of a pattern.

    `organisation_id` None: the actor hires privately. `items`: (stock item id, how many).
    `pools`: (pool id, how many of its spaces). `needs` (of `spaces.access_facts.FAULT_NEEDS`) and
    `adjustment`: what would help somebody take part, kept only with `adjustment_consent`.
    `pays_as_whole`: the hirer agrees in writing to pay for every date, used or not; None: not said.
    `answers` to what the rates of the venue ask, by fact (`tariffs.asking`).
    `use_allowance`: whether free hours of the organisation are spent. `at_most`: the price in
    pounds that was shown; what would cost more is refused.
    """

    venue_id: int
    space_ids: tuple[int, ...]
    pattern: Pattern
    title: str
    people: int
    organisation_id: int | None = None
    purpose: str = ""
    loudness: Loudness = Loudness.TALK
    needs_quiet: bool = False
    activity: str = Activity.OTHER
    sells_alcohol: bool = False
    visibility: str = Booking.Visibility.PRIVATE
    responsible_adult: ContactDetails = field(default_factory=lambda: ContactDetails(""))
    on_the_day: ContactDetails | None = None
    pools: tuple[tuple[int, int], ...] = ()
    items: tuple[tuple[int, int], ...] = ()
    on_clash: OnClash = OnClash.REFUSE_ALL
    needs: tuple[str, ...] = ()
    adjustment: str = ""
    adjustment_consent: bool = False
    pays_as_whole: bool | None = None
    answers: Mapping[str, Any] = field(default_factory=dict, hash=False)
    voucher_code: str = ""
    use_allowance: bool = True
    at_most: Decimal | None = None
