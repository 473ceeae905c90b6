"""When spaces open, said as one plan: the week, bank holidays, seasons and single days."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.audit import record
from accounts.models import User
from core.clock import london
from core.errors import BadInput
from spaces import horizon, locks, timetable
from spaces.locks import LockClass
from spaces.models import HoursVariant, Space, TimeRule, VariantDates
from spaces.opening_plan import OnBankHolidays, OpeningPlan, Wall, Week, patterns
from spaces.services.permission import require_can_manage
from spaces.services.times import forget_opening
from spaces.timetable import YEARS, Pattern

_MOST_SEASONS, _MOST_DAYS, _MOST_SPANS = 12, 120, 6
_LONGEST_NAME = 80
_SKIP, _ONLY = TimeRule.BankHolidays.SKIP, TimeRule.BankHolidays.ONLY
_AS_USUAL = TimeRule.BankHolidays.AS_USUAL


@transaction.atomic
def set_opening_plans(
    plans: Mapping[int, OpeningPlan | None], *, actor: User | None, now: datetime
) -> None:
    """Say when these spaces open, from today on; by space id. None: nobody knows any more.

    Raises: NotAllowed; BadInput for a whole, whose hours are its parts', or a plan that cannot
    be.
    """
    atoms = locks.atoms_of(plans)
    spaces = list(
        Space.objects.filter(pk__in=plans)
        .select_related("venue__council", "venue__operator")
        .order_by("pk")
    )
    require_can_manage(actor, {space.venue for space in spaces})
    if any(atoms[space.pk] != [space.pk] for space in spaces):
        raise BadInput(_("A space with parts opens when all its parts do. Set their hours."))
    for plan in plans.values():
        if plan is not None:
            check(plan)
    locks.take((LockClass.SPACE, space.pk) for space in spaces)
    forget_opening(spaces)
    for space in spaces:
        plan = plans[space.pk]
        if plan is not None:
            # A week back: what began last night is part of today.
            _keep(space, plan, first=london(now).date() - timedelta(days=7))
    horizon.rewrite_opening([space.pk for space in spaces], now=now)
    for space in spaces:
        record(
            "set-opening-hours",
            space,
            _("Opening hours of %(space)s changed") % {"space": space.name},
            actor=actor,
            now=now,
            council=space.venue.council,
            operator=space.venue.operator,
        )


def check(plan: OpeningPlan) -> None:
    """Whether the plan can be kept. Raises: BadInput."""
    if not plan.ever_opens:
        raise BadInput(_("Say at least one time when it is open."), field="week")
    for walls in _all_walls(plan):
        _check_walls(walls)
    if plan.bank_holidays is OnBankHolidays.OWN and not plan.on_bank_holidays:
        raise BadInput(_("Say when it is open on bank holidays."), field="on_bank_holidays")
    _check_seasons(plan)
    _check_days(plan)


def _check_seasons(plan: OpeningPlan) -> None:
    if len(plan.seasons) > _MOST_SEASONS:
        raise BadInput(_("Those are too many seasons. Remove some."), field="seasons")
    if len({season.name for season in plan.seasons}) != len(plan.seasons):
        raise BadInput(_("Two seasons have the same name. Change one."), field="seasons")
    for season in plan.seasons:
        _check_name(season.name)
        if not season.dates:
            words = _("Say on which dates “%(name)s” is.") % {"name": season.name}
            raise BadInput(words, field="seasons")
        for first, last in season.dates:
            _check_dates(first, last)


def _check_days(plan: OpeningPlan) -> None:
    if len(plan.days) > _MOST_DAYS:
        raise BadInput(_("Those are too many days. Remove some that have passed."), field="days")
    if len({day.on for day in plan.days}) != len(plan.days):
        raise BadInput(_("One date is there twice. Remove one."), field="days")
    for day in plan.days:
        _check_name(day.name)
        _check_dates(day.on, day.on)


def _all_walls(plan: OpeningPlan) -> Iterator[tuple[Wall, ...]]:
    yield from plan.week
    yield plan.on_bank_holidays
    for season in plan.seasons:
        yield from season.week
    for day in plan.days:
        yield day.hours


def _check_walls(walls: tuple[Wall, ...]) -> None:
    if len(walls) > _MOST_SPANS or len(set(walls)) != len(walls):
        raise BadInput(_("Say each time once, and at most six for a day."), field="week")


def _check_name(name: str) -> None:
    if len(name) > _LONGEST_NAME or "\x00" in name:
        raise BadInput(_("Use at most 80 letters for the name."), field="seasons")


def _check_dates(first: date, last: date) -> None:
    if last < first:
        raise BadInput(_("The last day must be on or after the first."), field="seasons")
    if first.year not in YEARS or last.year not in YEARS:
        raise BadInput(_("Choose a date in this century."), field="seasons")


def _keep(space: Space, plan: OpeningPlan, *, first: date) -> None:
    usual = _AS_USUAL if plan.bank_holidays is OnBankHolidays.AS_USUAL else _SKIP
    rules = [_rule(space, one, usual) for one in patterns(plan.week, first=first)]
    if plan.bank_holidays is OnBankHolidays.OWN:
        every_day: Week = (plan.on_bank_holidays,) * 7
        rules += [_rule(space, one, _ONLY) for one in patterns(every_day, first=first)]
    for season in plan.seasons:
        variant = HoursVariant.objects.create(
            space=space, kind=HoursVariant.Kind.SEASON, name=season.name
        )
        VariantDates.objects.bulk_create(
            VariantDates(variant=variant, first_on=begins, last_on=ends)
            for begins, ends in season.dates
        )
        rules += [_rule(space, one, usual, variant) for one in patterns(season.week, first=first)]
    for day in plan.days:
        variant = HoursVariant.objects.create(
            space=space, kind=HoursVariant.Kind.DAY, name=f"{day.on} {day.name}".strip()[:80]
        )
        VariantDates.objects.create(variant=variant, first_on=day.on, last_on=day.on)
        rules += [
            _rule(space, Pattern(day.on, starts, ends), _AS_USUAL, variant)
            for starts, ends in day.hours
        ]
    TimeRule.objects.bulk_create(rules)


def _rule(
    space: Space,
    pattern: Pattern,
    bank_holidays: TimeRule.BankHolidays,
    variant: HoursVariant | None = None,
) -> TimeRule:
    return TimeRule(
        space=space,
        kind=TimeRule.Kind.OPENING,
        variant=variant,
        bank_holidays=bank_holidays,
        series=timetable.store(
            pattern,
            calendar_slug=f"venue-{space.venue_id}",
            title=f"opening of space {space.pk}",
        ),
    )
