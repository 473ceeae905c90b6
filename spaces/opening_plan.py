"""What people say about opening hours, as one value for a space: the week, seasons, single days.

Read from the rules and turned into rules again; `spaces/services/opening.py` keeps it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, time
from enum import StrEnum

from spaces.models import HoursVariant, TimeRule
from spaces.timetable import Frequency, Pattern

# A span of wall time; an end at or before the start is on the next day.
Wall = tuple[time, time]
# From Monday to Sunday; no spans: closed.
Week = tuple[tuple[Wall, ...], ...]
CLOSED_WEEK: Week = ((),) * 7


class OnBankHolidays(StrEnum):
    AS_USUAL = "as_usual"
    CLOSED = "closed"
    OWN = "own"


@dataclass(frozen=True, slots=True)
class Season:
    """Other hours on some stretches of dates, both ends included: school terms, the summer."""

    name: str
    dates: tuple[tuple[date, date], ...]
    week: Week


@dataclass(frozen=True, slots=True)
class SingleDay:
    """Hours of one date; none: closed."""

    on: date
    hours: tuple[Wall, ...]
    name: str


@dataclass(frozen=True, slots=True)
class OpeningPlan:
    """When a space opens. `others`: rules that were said in another way and are not in here.

    `unreadable`: rules whose stored pattern is damaged; nobody knows what they said.
    """

    week: Week
    bank_holidays: OnBankHolidays = OnBankHolidays.AS_USUAL
    on_bank_holidays: tuple[Wall, ...] = ()
    seasons: tuple[Season, ...] = ()
    days: tuple[SingleDay, ...] = ()
    others: int = 0
    unreadable: int = 0

    @property
    def ever_opens(self) -> bool:
        weeks = [self.week, *(season.week for season in self.seasons)]
        return any(any(week) for week in weeks)


def patterns(week: Week, *, first: date) -> list[Pattern]:
    """One weekly pattern for each span of wall time, with the days on which it is."""
    days: dict[Wall, list[int]] = defaultdict(list)
    for day, walls in enumerate(week):
        for wall in walls:
            days[wall].append(day)
    return [
        Pattern(
            first=first,
            starts=starts,
            ends=ends,
            frequency=Frequency.WEEKLY,
            weekdays=tuple(weekdays),
        )
        for (starts, ends), weekdays in sorted(days.items())
    ]


def plans_of(space_ids: Collection[int]) -> dict[int, OpeningPlan]:
    """What was said about each of these spaces; those of which nobody knows are left out."""
    rules: dict[int, list[TimeRule]] = defaultdict(list)
    rows = (
        TimeRule.objects.filter(space_id__in=list(space_ids), kind=TimeRule.Kind.OPENING)
        .select_related("series__rule")
        .prefetch_related("series__occurrence_set")
    )
    for rule in rows:
        rules[rule.space_id].append(rule)
    variants: dict[int, list[HoursVariant]] = defaultdict(list)
    for variant in HoursVariant.objects.filter(space_id__in=list(space_ids)).prefetch_related(
        "dates"
    ):
        variants[variant.space_id].append(variant)
    return {
        space_id: _plan(rules[space_id], variants[space_id])
        for space_id in sorted({*rules, *variants})
    }


def _plan(every: list[TimeRule], variants: list[HoursVariant]) -> OpeningPlan:
    rules = [rule for rule in every if rule.series.is_readable]
    usual = [rule for rule in rules if rule.variant_id is None]
    only = [rule for rule in usual if rule.bank_holidays == TimeRule.BankHolidays.ONLY]
    week = [rule for rule in usual if rule not in only]
    said = [rule for rule in rules if rule not in only]
    if only:
        on_holidays = OnBankHolidays.OWN
    elif any(rule.bank_holidays == TimeRule.BankHolidays.SKIP for rule in said):
        on_holidays = OnBankHolidays.CLOSED
    else:
        on_holidays = OnBankHolidays.AS_USUAL
    own = {variant.pk: [r for r in rules if r.variant_id == variant.pk] for variant in variants}
    return OpeningPlan(
        week=_week(week),
        bank_holidays=on_holidays,
        on_bank_holidays=_walls(only),
        seasons=tuple(
            Season(
                variant.name,
                tuple((row.first_on, row.last_on) for row in variant.dates.all()),
                _week(own[variant.pk]),
            )
            for variant in sorted(variants, key=_first_date)
            if variant.kind == HoursVariant.Kind.SEASON
        ),
        days=tuple(
            SingleDay(
                row.first_on,
                _walls(own[variant.pk]),
                variant.name.removeprefix(str(row.first_on)).strip(),
            )
            for variant in sorted(variants, key=_first_date)
            if variant.kind == HoursVariant.Kind.DAY
            for row in variant.dates.all()
        ),
        others=sum(not _is_plain(rule) for rule in usual),
        unreadable=len(every) - len(rules),
    )


def _first_date(variant: HoursVariant) -> date:
    return min((row.first_on for row in variant.dates.all()), default=date.max)


def _is_plain(rule: TimeRule) -> bool:
    series = rule.series
    return (
        series.rule_id is not None
        and set(series.event_rule_params) == {"byweekday"}
        and series.rule.frequency == "WEEKLY"
        and series.end_recurring_period is None
        and not series.occurrence_set.all()
    )


def _week(rules: Iterable[TimeRule]) -> Week:
    days: list[list[Wall]] = [[] for _n in range(7)]
    for rule in rules:
        if not _is_plain(rule):
            continue
        for day in rule.series.event_rule_params["byweekday"]:
            days[day.weekday].append(_wall(rule))
    return tuple(tuple(sorted(walls)) for walls in days)


def _walls(rules: Iterable[TimeRule]) -> tuple[Wall, ...]:
    return tuple(sorted({_wall(rule) for rule in rules}))


def _wall(rule: TimeRule) -> Wall:
    first, last = rule.series.walls
    return first.time(), last.time()


def alike(plans: dict[int, OpeningPlan]) -> Iterator[tuple[list[int], OpeningPlan]]:
    """Spaces that say the same, together."""
    groups: dict[OpeningPlan, list[int]] = defaultdict(list)
    for space_id, plan in plans.items():
        groups[plan].append(space_id)
    for plan, ids in groups.items():
        yield ids, plan
