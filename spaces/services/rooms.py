"""Several spaces at once, as somebody who sets a venue up thinks of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from core.errors import BadInput
from spaces.models import Space, Venue
from spaces.models.venue import NOT_BY_THE_HOUR
from spaces.services.catalogue import create_space
from spaces.services.permission import require_can_manage
from spaces.services.times import set_opening_rules_of_many
from spaces.timetable import Pattern

MOST_ALIKE = 60


@dataclass(frozen=True, slots=True)
class NewRoom:
    """A space to be; of `alike` above 1 each gets a number: Desk 1, Desk 2."""

    name: str
    kind: Space.Kind
    people: int | None = None
    alike: int = 1


@transaction.atomic
def add_rooms(
    venue: Venue,
    rooms: Sequence[NewRoom],
    *,
    hours: Sequence[Pattern] = (),
    actor: User | None,
    now: datetime,
) -> list[Space]:
    """Add spaces in this order; with `hours` all are open then, without nobody knows yet.

    Raises: NotAllowed, BadInput.
    """
    require_can_manage(actor, [venue])
    if any(not 1 <= room.alike <= MOST_ALIKE for room in rooms):
        raise BadInput(_("Add up to %(most)d that are alike.") % {"most": MOST_ALIKE})
    bookable = venue.kind not in NOT_BY_THE_HOUR
    names = [(room, name) for room in rooms for name in _names(room)]
    first = venue.spaces.count()
    made = [
        create_space(
            Space(
                venue=venue,
                name=name,
                kind=room.kind,
                capacity=room.people,
                position=position,
                is_bookable=bookable,
            ),
            actor=actor,
            now=now,
        )
        for position, (room, name) in enumerate(names, start=first)
    ]
    if hours and made:
        rules = {space.pk: hours for space in made}
        set_opening_rules_of_many(rules, actor=actor, now=now)
    return made


def _names(room: NewRoom) -> list[str]:
    if room.alike == 1:
        return [room.name]
    return [f"{room.name} {n}" for n in range(1, room.alike + 1)]
