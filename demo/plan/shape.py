"""A booking as it is planned, and how its dates came out."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta

from accounts.models import Contact, User
from bookings.models import State
from bookings.transitions import LIVE
from core.clock import at
from core.intervals import Span
from demo.builders.times import wall
from demo.builders.world import BuiltOrg, BuiltSpace, World
from demo.content.slots import CANCEL_REASONS, DECLINE_REASONS, VENUE_CANCEL_REASONS
from demo.diary import Diary, Wish
from spaces.models import Activity
from spaces.timetable import Pattern

# Nobody has ticked off the last days yet.
_NOT_RECORDED = timedelta(days=2)
# A series is not booked where fewer than this share of its dates can be had.
_LEAST_SHARE = 0.55


@dataclass(frozen=True, slots=True)
class Hirer:
    """An organisation, or a private person."""

    org: BuiltOrg | None
    person: tuple[User, Contact] | None = None

    @property
    def key(self) -> str:
        if self.org is not None:
            return self.org.spec.name
        return self.person[0].email if self.person else ""

    @property
    def category(self) -> str:
        """What rates count: a proof that was refused or ran out counts no more."""
        if self.org is None:
            return "private"
        is_proven = self.org.spec.concession in {"accepted", "claimed"}
        return self.org.spec.category if is_proven else "commercial"


@dataclass(slots=True)
class PlannedDate:
    span: Span
    state: State
    changed_at: datetime
    hold_until: datetime | None = None
    reason: str = ""


@dataclass(slots=True)
class PlannedBooking:
    hirer: Hirer
    spaces: tuple[BuiltSpace, ...]
    title: str
    people: int
    loudness: int
    visibility: str
    needs_quiet: bool
    created_at: datetime
    pattern: Pattern | None = None
    dates: list[PlannedDate] = field(default_factory=list)
    items: dict[int, int] = field(default_factory=dict)
    activity: str = Activity.OTHER
    pays_as_whole: bool | None = None


@dataclass(slots=True)
class Planner:
    """Puts wishes into the diary and keeps the bookings that came of them."""

    world: World
    diary: Diary
    bookings: list[PlannedBooking] = field(default_factory=list)

    def offer(
        self,
        booking: PlannedBooking,
        days: Sequence[date],
        hours: str,
        rng: random.Random,
        *,
        more_days: int = 0,
    ) -> bool:
        """Keep the booking with the days that fit; not at all where too few do."""
        starts, ends = wall(hours)
        chosen: list[tuple[date, Wish]] = []
        for day in days:
            wish = self._wish(booking, day, span_on(day, starts, ends, more_days=more_days))
            if self.diary.fits(wish):
                chosen.append((day, wish))
        if not chosen or len(chosen) < len(days) * _LEAST_SHARE:
            return False
        fate = _fate(self.world, booking, chosen[0][1].span, rng, single=len(days) == 1)
        for _day, wish in chosen:
            planned = _date(self.world, booking, wish.span, fate, rng)
            booking.dates.append(planned)
            if planned.state in LIVE:
                self.diary.take(wish)
        booking.pattern = _pattern(booking.pattern, days, [day for day, _wish in chosen])
        self.bookings.append(booking)
        return True

    def promise(self, booking: PlannedBooking, days: Sequence[date], hours: str) -> bool:
        """Keep the booking with all of the days, each of them booked; or not at all."""
        starts, ends = wall(hours)
        wishes = [self._wish(booking, day, span_on(day, starts, ends)) for day in days]
        if not all(self.diary.fits(wish) for wish in wishes):
            return False
        for wish in wishes:
            booking.dates.append(PlannedDate(wish.span, State.CONFIRMED, booking.created_at))
            self.diary.take(wish)
        self.bookings.append(booking)
        return True

    def _wish(self, booking: PlannedBooking, day: date, span: Span) -> Wish:
        return Wish(
            booking.spaces, day, span, booking.hirer.key, booking.people, booking.loudness,
            booking.needs_quiet,
        )  # fmt: skip


def span_on(day: date, starts: time, ends: time, *, more_days: int = 0) -> Span:
    last = day + timedelta(days=more_days)
    if not more_days and ends <= starts:
        last += timedelta(days=1)
    return Span(at(day, starts), at(last, ends))


def _pattern(pattern: Pattern | None, asked: Sequence[date], had: Sequence[date]) -> Pattern | None:
    """What was said, with the dates that could not be had struck out."""
    if pattern is None:
        return None
    struck = tuple(sorted({*pattern.struck, *(set(asked) - set(had))}))
    return Pattern(
        first=pattern.first, starts=pattern.starts, ends=pattern.ends,
        frequency=pattern.frequency, more_days=pattern.more_days, interval=pattern.interval,
        weekdays=pattern.weekdays, nth=pattern.nth, until=pattern.until, struck=struck,
    )  # fmt: skip


def _fate(
    world: World, booking: PlannedBooking, first: Span, rng: random.Random, *, single: bool
) -> State:
    """What the venue made of it."""
    venue = booking.spaces[0].venue.spec
    if venue.instant:
        return State.CONFIRMED
    answer_by = booking.created_at + timedelta(hours=venue.answer_hours)
    if answer_by > world.now and first.start > answer_by:
        return State.REQUESTED
    luck = rng.random()
    if single and luck < 0.04:
        return State.DECLINED
    return State.EXPIRED if single and luck < 0.055 else State.CONFIRMED


def _date(
    world: World, booking: PlannedBooking, span: Span, fate: State, rng: random.Random
) -> PlannedDate:
    answer = timedelta(hours=booking.spaces[0].venue.spec.answer_hours)
    if fate is State.REQUESTED:
        return PlannedDate(span, fate, booking.created_at, hold_until=booking.created_at + answer)
    if fate is State.DECLINED:
        changed = min(booking.created_at + answer / 2, world.now)
        return PlannedDate(span, fate, changed, reason=rng.choice(DECLINE_REASONS))
    if fate is State.EXPIRED:
        return PlannedDate(span, fate, min(booking.created_at + answer, world.now))
    luck = rng.random()
    if luck < 0.04:
        return _called_off(world, booking, span, State.CANCELLED_BY_HIRER, rng)
    if luck < 0.046:
        return _called_off(world, booking, span, State.CANCELLED_BY_VENUE, rng)
    if span.end > world.now - _NOT_RECORDED:
        return PlannedDate(span, State.CONFIRMED, booking.created_at)
    state = State.NO_SHOW if luck < 0.06 else State.ATTENDED
    return PlannedDate(span, state, min(span.end + timedelta(hours=14), world.now))


def _called_off(
    world: World, booking: PlannedBooking, span: Span, state: State, rng: random.Random
) -> PlannedDate:
    reasons = CANCEL_REASONS if state is State.CANCELLED_BY_HIRER else VENUE_CANCEL_REASONS
    latest = min(span.start, world.now)
    at_ = booking.created_at + (latest - booking.created_at) * rng.uniform(0.3, 0.95)
    return PlannedDate(span, state, at_.replace(microsecond=0), reason=rng.choice(reasons))


def office_hour(day: date, now: datetime, rng: random.Random) -> datetime:
    """Some moment of that day at which people book things."""
    return datetime(day.year, day.month, day.day, 8, tzinfo=now.tzinfo) + timedelta(
        minutes=rng.randrange(0, 13 * 60)
    )
