"""When spaces are open, and when they are kept quiet."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import date, datetime

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from accounts.audit import record
from accounts.models import User
from core.errors import BadInput
from spaces import horizon, locks, timetable
from spaces.locks import LockClass
from spaces.models import HoursVariant, Space, TimeRule
from spaces.models.timetable import Loudness
from spaces.services.closures import close_spaces, lift_closure, would_displace
from spaces.services.permission import require_can_manage
from spaces.timetable import Pattern

_LONGEST_PROMISE = 200

__all__ = [
    "add_quiet_time",
    "close_spaces",
    "extend_horizon",
    "lift_closure",
    "remove_quiet_time",
    "set_opening_rules",
    "set_opening_rules_of_many",
    "would_displace",
]


def set_opening_rules(
    space: Space, rules: Sequence[Pattern], *, actor: User | None, now: datetime
) -> None:
    """Say when `space` is open: during the spans of any of `rules`, from today on.

    No rules: nobody knows, which is not the same as closed. A rule that skips bank holidays is
    closed on them. Raises: NotAllowed; BadInput for a whole, whose hours are its parts'.
    """
    set_opening_rules_of_many({space.pk: rules}, actor=actor, now=now)


@transaction.atomic
def set_opening_rules_of_many(
    rules: Mapping[int, Sequence[Pattern]], *, actor: User | None, now: datetime
) -> None:
    """As `set_opening_rules`, by space id; the spans are worked out once for all of them."""
    atoms = locks.atoms_of(rules)
    spaces = list(
        Space.objects.filter(pk__in=rules)
        .select_related("venue__council", "venue__operator")
        .order_by("pk")
    )
    require_can_manage(actor, {space.venue for space in spaces})
    if any(atoms[space.pk] != [space.pk] for space in spaces):
        raise BadInput(_("A space with parts opens when all its parts do. Set their hours."))
    locks.take((LockClass.SPACE, space.pk) for space in spaces)
    forget_opening(spaces)
    TimeRule.objects.bulk_create(
        _rule(space, TimeRule.Kind.OPENING, pattern)
        for space in spaces
        for pattern in rules[space.pk]
    )
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


@transaction.atomic
def add_quiet_time(
    space: Space,
    pattern: Pattern,
    *,
    loudest: Loudness,
    promise: str = "",
    loudest_next_door: Loudness = Loudness.TALK,
    activities: Sequence[str] = (),
    why: str = "",
    actor: User | None,
    now: datetime,
) -> TimeRule:
    """Keep `space` to `loudest`, and those who hear it to `loudest_next_door`.

    During the pattern's spans. `activities`: only these may be held; none named: any. `promise`
    is what the public is told about it. Raises: NotAllowed, BadInput.
    """
    require_can_manage(actor, [space.venue])
    if len(promise) > _LONGEST_PROMISE or "\x00" in promise:
        raise BadInput(_("Say what is promised in up to 200 letters."), field="promise")
    locks.take((LockClass.SPACE, atom) for atom in locks.atoms_of([space.pk])[space.pk])
    rule = _rule(space, TimeRule.Kind.QUIET, pattern)
    rule.loudest, rule.loudest_next_door = loudest, loudest_next_door
    rule.activities, rule.why, rule.promise = list(activities), why, promise
    rule.save()
    horizon.rewrite_quiet([space.pk], now=now)
    _record_quiet("add-quiet-time", space, actor=actor, now=now)
    return rule


@transaction.atomic
def remove_quiet_time(rule: TimeRule, *, actor: User | None, now: datetime) -> None:
    """Take a quiet time away, its past spans too. Raises: NotAllowed, BadInput."""
    space = rule.space
    require_can_manage(actor, [space.venue])
    if rule.kind != TimeRule.Kind.QUIET:
        raise BadInput(_("That is not a quiet time."))
    locks.take((LockClass.SPACE, atom) for atom in locks.atoms_of([space.pk])[space.pk])
    _forget(TimeRule.objects.filter(pk=rule.pk))
    horizon.rewrite_quiet([space.pk], now=now)
    _record_quiet("remove-quiet-time", space, actor=actor, now=now)


def extend_horizon(space_ids: Collection[int], *, until: date, now: datetime) -> int:
    """Work times out up to the London date `until`. Returns for how many spaces it was needed."""
    return horizon.extend(space_ids, until=until, now=now)


def _rule(space: Space, kind: TimeRule.Kind, pattern: Pattern) -> TimeRule:
    """The rule with its stored pattern; not yet saved itself."""
    skips = pattern.skip_bank_holidays
    return TimeRule(
        space=space,
        kind=kind,
        series=timetable.store(
            pattern,
            calendar_slug=f"venue-{space.venue_id}",
            title=f"{kind.value} of space {space.pk}",
        ),
        bank_holidays=TimeRule.BankHolidays.SKIP if skips else TimeRule.BankHolidays.AS_USUAL,
    )


def forget_opening(spaces: Sequence[Space]) -> None:
    """Remove all that was said about when these spaces open. The caller holds their locks."""
    _forget(TimeRule.objects.filter(space__in=spaces, kind=TimeRule.Kind.OPENING))
    HoursVariant.objects.filter(space__in=spaces).delete()


def _forget(rules: QuerySet[TimeRule]) -> None:
    series = [rule.series for rule in rules.select_related("series")]
    rules.delete()
    timetable.forget(series)


def _record_quiet(verb: str, space: Space, *, actor: User | None, now: datetime) -> None:
    record(
        verb,
        space,
        _("Quiet times of %(space)s changed") % {"space": space.name},
        actor=actor,
        now=now,
        council=space.venue.council,
        operator=space.venue.operator,
    )
