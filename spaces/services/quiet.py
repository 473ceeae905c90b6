"""Quiet times: when spaces are kept quiet, why, how loud or what may be held, and who hears it."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from core.errors import BadInput
from spaces import locks
from spaces.locks import LockClass
from spaces.models import Activity, Space, TimeRule, Venue
from spaces.models.timetable import Loudness
from spaces.services.catalogue import set_acoustic_neighbours
from spaces.services.permission import require_can_manage
from spaces.services.times import add_quiet_time
from spaces.timetable import Pattern


@dataclass(frozen=True, slots=True)
class QuietRule:
    """A quiet time as somebody says it. `activities`: only these may be held; none named: any."""

    pattern: Pattern
    loudest: Loudness
    loudest_next_door: Loudness = Loudness.TALK
    activities: tuple[str, ...] = ()
    why: str = TimeRule.Why.OTHER
    promise: str = ""


@transaction.atomic
def keep_quiet(
    venue: Venue,
    spaces: Sequence[Space],
    rule: QuietRule,
    *,
    heard_in: Collection[Space] | None,
    actor: User | None,
    now: datetime,
) -> list[TimeRule]:
    """Keep these spaces of `venue` quiet, and those next door that can be heard there.

    `heard_in`: the spaces that hear these, from now on for everything; None leaves that alone.
    Raises: NotAllowed, BadInput.
    """
    require_can_manage(actor, [venue])
    if not spaces or any(space.venue_id != venue.pk for space in spaces):
        raise BadInput(_("Choose spaces of this venue."), field="spaces")
    if any(activity not in Activity.values for activity in rule.activities):
        raise BadInput(_("Choose kinds of activity from the list."), field="activities")
    if rule.loudest == Loudness.AMPLIFIED and not rule.activities:
        raise BadInput(_("That keeps nothing quiet. Choose less loud."), field="loudest")
    atoms = locks.atoms_in(venue.pk)
    locks.take((LockClass.SPACE, atom) for parts in atoms.values() for atom in parts)
    if heard_in is not None:
        for space in spaces:
            own = set(atoms[space.pk])
            beside = [one for one in heard_in if own.isdisjoint(atoms[one.pk])]
            set_acoustic_neighbours(space, beside, actor=actor, now=now)
    return [
        add_quiet_time(
            space,
            rule.pattern,
            loudest=rule.loudest,
            loudest_next_door=rule.loudest_next_door,
            activities=rule.activities,
            why=rule.why,
            promise=rule.promise,
            actor=actor,
            now=now,
        )
        for space in spaces
    ]
