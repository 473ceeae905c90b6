"""Opening hours, quiet times and closures: said as patterns, expanded into rows."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, time, timedelta

from django.db import connection

from core.clock import at
from core.intervals import Span, merge
from demo import rhythm
from demo.builders.world import BuiltSpace, World
from demo.content.hours import BANK_HOLIDAYS_AS_USUAL, HOURS, TERM_TIME
from demo.content.kinds import QuietSpec
from spaces import timetable
from spaces.horizon import horizon_of
from spaces.models import HoursVariant, QuietSpan, Space, TimeRule, VariantDates
from spaces.timetable import Frequency, Pattern

_AS_USUAL = TimeRule.BankHolidays.AS_USUAL
_SKIP = TimeRule.BankHolidays.SKIP


def build(world: World) -> None:
    """Write the rules and their spans for every space whose hours are known."""
    quiet: list[QuietSpan] = []
    alike: dict[tuple[str, date], list[BuiltSpace]] = defaultdict(list)
    spaces = [space for venue in world.venues.values() for space in venue.spaces.values()]
    for space in spaces:
        until = horizon_of(space.venue.row, now=world.now)
        space.row.expanded_until = until
        last = until - timedelta(days=1)
        alike[hours_name(space), last].append(space)
        if not space.spec.parts:
            _store_opening(world, space, until=last)
            quiet += _quiet(world, space, until=last)
    for (_name, last), group in alike.items():
        _write_opening(group, opening(group[0], first=world.period.first, last=last))
    QuietSpan.objects.bulk_create(quiet, batch_size=5000)
    Space.objects.bulk_update([space.row for space in spaces], ["expanded_until"])


def _write_opening(spaces: Sequence[BuiltSpace], spans: Sequence[Span]) -> None:
    """The same spans for each of the spaces, multiplied by the database: they are many."""
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO spaces_openingspan (space_id, starts_at, ends_at)"
            " SELECT s.id, t.starts_at, t.ends_at FROM unnest(%s::bigint[]) AS s(id)"
            " CROSS JOIN unnest(%s::timestamptz[], %s::timestamptz[]) AS t(starts_at, ends_at)",
            [
                [space.pk for space in spaces],
                [span.start for span in spans],
                [span.end for span in spans],
            ],
        )


def hours_name(space: BuiltSpace) -> str:
    return space.spec.hours or space.venue.spec.hours


def wall(text: str) -> tuple[time, time]:
    """The two times of "08:00-22:30"."""
    starts, ends = text.split("-")
    return time.fromisoformat(starts), time.fromisoformat(ends)


def _store_opening(world: World, space: BuiltSpace, *, until: date) -> None:
    name = hours_name(space)
    usual = _AS_USUAL if name in BANK_HOLIDAYS_AS_USUAL else _SKIP
    first = world.period.first
    term = _school_terms(space, first, until) if name in TERM_TIME else None
    for days, text in HOURS[name]:
        rule = TimeRule(
            space=space.row, kind=TimeRule.Kind.OPENING, bank_holidays=usual, variant=term
        )
        _store(space, rule, _pattern(days, text, first=first, last=None))


def _school_terms(space: BuiltSpace, first: date, until: date) -> HoursVariant:
    """Open in the school terms alone: the usual week has no hours."""
    season = HoursVariant.objects.create(
        space=space.row, kind=HoursVariant.Kind.SEASON, name="School term"
    )
    VariantDates.objects.bulk_create(
        VariantDates(variant=season, first_on=term.first, last_on=term.last)
        for year in range(first.year, until.year + 1)
        for term in rhythm.terms(year)
        if term.last >= first
    )
    return season


def _pattern(days: tuple[int, ...], text: str, *, first: date, last: date | None) -> Pattern:
    starts, ends = wall(text)
    begin = next(
        first + timedelta(days=n) for n in range(7) if (first + timedelta(days=n)).weekday() in days
    )
    return Pattern(
        first=begin, starts=starts, ends=ends, frequency=Frequency.WEEKLY, weekdays=days, until=last
    )


def _store(space: BuiltSpace, rule: TimeRule, pattern: Pattern) -> TimeRule:
    rule.series = timetable.store(
        pattern,
        calendar_slug=f"venue-{space.row.venue_id}",
        title=f"{rule.kind} of space {space.pk}",
    )
    rule.save()
    return rule


def opening(space: BuiltSpace, *, first: date, last: date) -> list[Span]:
    """When the space is open on London dates in [first, last]; joined where spans touch.

    All parts of a whole keep the same hours here, so theirs are the whole's.
    """
    days = (first + timedelta(days=n) for n in range((last - first).days + 1))
    found = [span for day in days for span in opening_on(space, day)]
    return found if hours_name(space) == "always" else merge(found)


def opening_on(space: BuiltSpace, day: date) -> Iterator[Span]:
    """The opening spans that begin on `day`."""
    name = hours_name(space)
    if name in TERM_TIME and not rhythm.is_term(day):
        return
    if name not in BANK_HOLIDAYS_AS_USUAL and timetable.is_bank_holiday(day):
        return
    for days, text in HOURS[name]:
        if day.weekday() in days:
            yield _span(day, text)


def _span(day: date, text: str) -> Span:
    starts, ends = wall(text)
    return Span(at(day, starts), at(day + timedelta(days=1) if ends <= starts else day, ends))


def _quiet(world: World, space: BuiltSpace, *, until: date) -> Iterable[QuietSpan]:
    for quiet in space.spec.quiet:
        first = world.period.first
        rule = _store(
            space,
            TimeRule(
                space=space.row,
                kind=TimeRule.Kind.QUIET,
                bank_holidays=_SKIP,
                loudest=quiet.loudest,
                promise=quiet.promise,
                why=quiet.why,
            ),
            _pattern(quiet.days, quiet.hours, first=first, last=None),
        )
        for n in range((until - first).days + 1):
            for span in quiet_on(quiet, first + timedelta(days=n)):
                yield QuietSpan(
                    space=space.row,
                    rule=rule,
                    starts_at=span.start,
                    ends_at=span.end,
                    loudest=quiet.loudest,
                )


def quiet_on(quiet: QuietSpec, day: date) -> Iterator[Span]:
    if day.weekday() in quiet.days and not timetable.is_bank_holiday(day):
        yield _span(day, quiet.hours)
