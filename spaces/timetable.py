"""Patterns: what people say about repeated times, expanded once into spans.

With `spaces/models/timetable.py` the only door to django-scheduler. Wall time is London's: a
weekly 7pm stays 7pm across a clock change, and 10pm to 6am ends at 6am.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from functools import cache

import holidays
from dateutil.rrule import MONTHLY, WEEKLY, rrule
from django.utils.translation import gettext as _
from schedule.models import Calendar, Rule
from schedule.models import Occurrence as Exception_

from core.clock import at
from core.errors import BadInput
from core.intervals import Span
from spaces.models.timetable import Series, parse_params, wall_span

# The most dates one booking may have: three years of every week.
MOST_DATES = 160
# One span may last this many days; an exhibition or a fair does, a typing error does not.
MOST_DAYS = 366
YEARS = range(2000, 2100)
_DAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")


class Frequency(StrEnum):
    ONCE = "once"
    WEEKLY = "weekly"
    MONTHLY = "monthly"


@dataclass(frozen=True, slots=True)
class Pattern:
    """A span of wall time that may repeat.

    `ends` at or before `starts` means the next day; `more_days` moves the end further (a three
    week exhibition). Weekly: every `interval` weeks on `weekdays` (0 is Monday; empty: the
    first date's). Monthly: the `nth` (1 to 5, -1 is the last) of each of `weekdays`. `count`
    or `until` bounds a repeat. `struck` dates are left out, `added` ones come on top.
    """

    first: date
    starts: time
    ends: time
    frequency: Frequency = Frequency.ONCE
    more_days: int = 0
    interval: int = 1
    weekdays: tuple[int, ...] = ()
    nth: tuple[int, ...] = ()
    count: int | None = None
    until: date | None = None
    struck: tuple[date, ...] = ()
    added: tuple[date, ...] = ()
    skip_bank_holidays: bool = False

    @property
    def is_bounded(self) -> bool:
        """Whether it ends by itself."""
        return self.frequency is Frequency.ONCE or self.count is not None or self.until is not None

    def walls_on(self, day: date) -> tuple[datetime, datetime]:
        """Start and end, on London's wall clock and without a zone, of the span begun on `day`.

        Raises: BadInput for an end that is not after the start, or a year out of reach.
        """
        days = self.more_days or (1 if self.ends <= self.starts else 0)
        if not 0 <= days <= MOST_DAYS:
            raise BadInput(_("The end must be after the start, and within a year."))
        if day.year not in YEARS:
            raise BadInput(_("Choose a date in this century."))
        first = datetime.combine(day, self.starts)
        return first, datetime.combine(day + timedelta(days=days), self.ends)

    def span_on(self, day: date) -> Span:
        """The span that begins on `day`.

        Raises: BadInput, also where the clocks go forward and the whole span is left out.
        """
        span = wall_span(*self.walls_on(day))
        if span is None:
            raise BadInput(
                _("The clocks go forward that night, so there is no such time. Choose another.")
            )
        return span


def dates(pattern: Pattern, *, limit: int = MOST_DATES) -> list[date]:
    """The London dates on which the pattern begins, sorted, without duplicates.

    Raises: BadInput for a repeat without an end, one with no dates, or more than `limit`.
    """
    if pattern.frequency is Frequency.ONCE:
        found = {pattern.first}
    else:
        found = set(_repeat(pattern, limit=limit))
    if pattern.skip_bank_holidays:
        found = {day for day in found if not is_bank_holiday(day)}
    found = (found - set(pattern.struck)) | set(pattern.added)
    if any(day.year not in YEARS for day in found):
        raise BadInput(_("Choose a date in this century."))
    if not found:
        raise BadInput(_("There is no date left. Change the dates you asked for."))
    if len(found) > limit:
        raise BadInput(
            _("That is more than %(limit)d dates. Ask for fewer at a time.") % {"limit": limit}
        )
    return sorted(found)


def _repeat(pattern: Pattern, *, limit: int) -> list[date]:
    if not pattern.is_bounded:
        raise BadInput(_("Say how many times, or until which date."))
    if pattern.count is not None and not 1 <= pattern.count <= limit:
        raise BadInput(_("Ask for between 1 and %(limit)d dates.") % {"limit": limit})
    check(pattern)
    rule = rrule(
        WEEKLY if pattern.frequency is Frequency.WEEKLY else MONTHLY,
        dtstart=datetime.combine(pattern.first, time(12)),
        until=datetime.combine(pattern.until, time(12)) if pattern.until else None,
        **parse_params(_params(pattern)),
    )
    return [moment.date() for _n, moment in zip(range(limit + 1), rule, strict=False)]


def check(pattern: Pattern) -> None:
    """Whether the repeat can be said at all. Raises: BadInput."""
    pattern.walls_on(pattern.first)
    if pattern.count is not None and pattern.until is not None:
        raise BadInput(_("Say how many times, or until which date, but not both."))
    if not 1 <= pattern.interval <= 52:
        raise BadInput(_("The gap must be between 1 and 52."))
    if any(not 0 <= day <= 6 for day in pattern.weekdays):
        raise BadInput(_("Choose days from Monday to Sunday."))
    if any(n not in (1, 2, 3, 4, 5, -1) for n in pattern.nth):
        raise BadInput(_("Choose the first, second, third, fourth, fifth or last week."))


def _params(pattern: Pattern) -> str:
    weekdays = pattern.weekdays or (pattern.first.weekday(),)
    if pattern.frequency is Frequency.MONTHLY:
        nth = pattern.nth or ((pattern.first.day - 1) // 7 + 1,)
        days = [f"{n}{_DAYS[day]}" for n in nth for day in weekdays]
    else:
        days = [_DAYS[day] for day in weekdays]
    parts = [f"byweekday:{','.join(days)}"]
    if pattern.interval != 1:
        parts.append(f"interval:{pattern.interval}")
    if pattern.count is not None:
        parts.append(f"count:{pattern.count}")
    return ";".join(parts)


def spans(pattern: Pattern, *, limit: int = MOST_DATES) -> list[Span]:
    """The pattern's spans in UTC, in time order. Raises: BadInput, as `dates`."""
    return [pattern.span_on(day) for day in dates(pattern, limit=limit)]


def without(pattern: Pattern, left_out: Iterable[date]) -> Pattern:
    """The pattern with these dates struck out, whether they came by repeat or by hand."""
    gone = set(left_out)
    return replace(
        pattern,
        struck=tuple(sorted(set(pattern.struck) | gone)),
        added=tuple(day for day in pattern.added if day not in gone),
    )


def store(pattern: Pattern, *, calendar_slug: str, title: str) -> Series:
    """Keep the pattern as intent: an event with its own private rule, exceptions as rows.

    An open-ended repeat is allowed here (opening hours); its rows are made by the horizon, and
    it is read with `skip_bank_holidays` where it pauses then. Raises: BadInput.
    """
    check(pattern)
    calendar, _created = Calendar.objects.get_or_create(
        slug=calendar_slug, defaults={"name": calendar_slug}
    )
    walls = pattern.walls_on(pattern.first)
    start, end = (at(wall.date(), wall.time()) for wall in walls)
    if end <= start:
        # The first span falls into the hour left out in spring: the walls below still say it.
        end = start + (walls[1] - walls[0])
    series = Series(calendar=calendar, title=title[:255], start=start, end=end)
    series.walls = walls
    if pattern.frequency is not Frequency.ONCE:
        series.rule = Rule.objects.create(
            name=pattern.frequency.value,
            description=title[:255],
            frequency=pattern.frequency.value.upper(),
            params=_params(pattern),
        )
        if pattern.until is not None:
            # The scheduler's two readers disagree about an end on the very start: one second on.
            series.end_recurring_period = at(pattern.until, pattern.starts) + timedelta(seconds=1)
    series.save()
    _store_exceptions(series, pattern)
    return series


def forget(series: Collection[Series]) -> None:
    """Remove stored patterns with their rules and exceptions."""
    Series.objects.filter(pk__in=[one.pk for one in series]).delete()
    Rule.objects.filter(pk__in=[one.rule_id for one in series if one.rule_id]).delete()


def _store_exceptions(series: Series, pattern: Pattern) -> None:
    added = set(pattern.added)
    struck = set(pattern.struck)
    if pattern.skip_bank_holidays and pattern.is_bounded:
        struck |= {day for day in _begun(pattern) if is_bank_holiday(day)}
    gone = [wall_span(*pattern.walls_on(day)) for day in sorted(struck - added)]
    rows = [_exception(series, span, cancelled=True) for span in gone if span is not None]
    rows.extend(_exception(series, pattern.span_on(day), cancelled=False) for day in sorted(added))
    Exception_.objects.bulk_create(rows)


def _begun(pattern: Pattern) -> list[date]:
    if pattern.frequency is Frequency.ONCE:
        return [pattern.first]
    return _repeat(pattern, limit=MOST_DATES)


def _exception(series: Series, span: Span, *, cancelled: bool) -> Exception_:
    return Exception_(
        event_id=series.pk,
        title=series.title,
        start=span.start,
        end=span.end,
        original_start=span.start,
        original_end=span.end,
        cancelled=cancelled,
    )


def between(series: Series, window: Span, *, skip_bank_holidays: bool = False) -> list[Span]:
    """A stored pattern's spans that overlap `window`, in UTC and in time order."""
    if skip_bank_holidays:
        return series.between(window, left_out=is_bank_holiday)
    return series.between(window)


@cache
def _bank_holidays(year: int) -> frozenset[date]:
    return frozenset(holidays.country_holidays("GB", subdiv="ENG", years=year))


def is_bank_holiday(day: date) -> bool:
    """Whether `day` is a bank holiday in England and Wales."""
    return day in _bank_holidays(day.year)
