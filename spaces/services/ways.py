"""Drawing the ways of a venue: its entrances, lifts, hallways and toilets, and what joins them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, time
from itertools import pairwise

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from accounts.audit import record
from accounts.models import User
from core.errors import BadInput
from spaces.models import AccessLink, AccessNode, EntranceHours, Venue
from spaces.services import needs
from spaces.services.permission import require_can_manage
from spaces.services.texts import require_line

# More than any building on the map has; every search for a way stays quick.
MOST_PLACES = 60
MOST_LINKS = 150


@dataclass(frozen=True, slots=True)
class DoorHours:
    """[opens, closes) on one day of the week, 0 is Monday; 11:59pm closes at midnight."""

    weekday: int
    opens: time
    closes: time


@transaction.atomic
def save_place(
    node: AccessNode,
    hours: Sequence[DoorHours] = (),
    *,
    actor: User | None,
    now: datetime,
) -> AccessNode:
    """Add a place on the ways, or keep what was changed. A room is called as its space is.

    Raises: NotAllowed, BadInput.
    """
    require_can_manage(actor, [node.venue])
    _lock(node.venue)
    if node.space is not None:
        if node.space.venue_id != node.venue_id:
            raise BadInput(_("Choose a room of this venue."), field="space")
        node.kind, node.name = AccessNode.Kind.SPACE, _free_name(node)
    is_new = node.pk is None
    if is_new and node.venue.access_nodes.count() >= MOST_PLACES:
        raise BadInput(_("That is more places than we can keep. Leave some hallways out."))
    if node.kind != AccessNode.Kind.ENTRANCE:
        node.hours = AccessNode.Hours.VENUE
    own = list(hours) if node.hours == AccessNode.Hours.OWN else []
    _check_hours(node, own)
    _clean(node)
    node.save()
    EntranceHours.objects.filter(node=node).delete()
    EntranceHours.objects.bulk_create(
        EntranceHours(node=node, weekday=one.weekday, opens=one.opens, closes=one.closes)
        for one in own
    )
    words = _("%(place)s added to the ways") if is_new else _("%(place)s on the ways changed")
    _done("save-access-place", node.venue, words % {"place": node.name}, actor=actor, now=now)
    return node


@transaction.atomic
def remove_place(node: AccessNode, *, actor: User | None, now: datetime) -> None:
    """Take a place off the ways, with the ways to it and all said of it. Raises: NotAllowed."""
    require_can_manage(actor, [node.venue])
    _lock(node.venue)
    words = _("%(place)s taken off the ways") % {"place": node.name}
    venue = node.venue
    node.delete()
    _done("remove-access-place", venue, words, actor=actor, now=now)


@transaction.atomic
def join(
    one: AccessNode, other: AccessNode, *, note: str = "", actor: User | None, now: datetime
) -> AccessLink:
    """Say that a way leads from one place to the other; both ways round.

    Raises: NotAllowed; BadInput for the same place twice, or another venue's.
    """
    require_can_manage(actor, [one.venue])
    _lock(one.venue)
    if one.pk == other.pk:
        raise BadInput(_("Choose two different places."), field="other")
    if one.venue_id != other.venue_id:
        raise BadInput(_("Choose places of this venue."), field="other")
    low, high = sorted((one, other), key=lambda node: node.pk)
    if AccessLink.objects.filter(low=low, high=high).exists():
        raise BadInput(_("There is a way between these two already."), field="other")
    if one.venue.access_links.count() >= MOST_LINKS:
        raise BadInput(_("That is more ways than we can keep."))
    link = AccessLink(venue=one.venue, low=low, high=high, note=note)
    _clean(link)
    link.save()
    words = _("Way added: %(way)s") % {"way": link}
    _done("join-access-places", one.venue, words, actor=actor, now=now)
    return link


@transaction.atomic
def unjoin(link: AccessLink, *, actor: User | None, now: datetime) -> None:
    """Take a way away, with what was said of it. Raises: NotAllowed."""
    require_can_manage(actor, [link.venue])
    _lock(link.venue)
    words, venue = _("Way removed: %(way)s") % {"way": link}, link.venue
    link.delete()
    _done("unjoin-access-places", venue, words, actor=actor, now=now)


def _lock(venue: Venue) -> None:
    Venue.objects.select_for_update(of=("self",), no_key=True).get(pk=venue.pk)


def _free_name(node: AccessNode) -> str:
    """The room's name; an entrance may have taken it."""
    name = str(node.space)[:70]
    taken = set(node.venue.access_nodes.exclude(pk=node.pk).values_list("name", flat=True))
    return name if name not in taken else f"{name} ({_('room')})"


def _check_hours(node: AccessNode, hours: Sequence[DoorHours]) -> None:
    if node.hours == AccessNode.Hours.OWN and not hours:
        raise BadInput(_("Say when it is open, on one day at least."), field="hours")
    for one in hours:
        if not 0 <= one.weekday <= 6 or one.opens >= one.closes:
            raise BadInput(_("It must close after it opens."), field="hours")
    ordered = sorted(hours, key=lambda one: (one.weekday, one.opens))
    for first, second in pairwise(ordered):
        if first.weekday == second.weekday and second.opens < first.closes:
            raise BadInput(_("The times of one day overlap."), field="hours")


def _clean(row: AccessNode | AccessLink) -> None:
    require_line(row.note, field="note")
    require_line(getattr(row, "name", ""), field="name")
    try:
        row.full_clean()
    except ValidationError as error:
        field, messages = next(iter(error.message_dict.items()))
        raise BadInput(messages[0], field=field, errors=error.message_dict) from error


def _done(verb: str, venue: Venue, words: str, *, actor: User | None, now: datetime) -> None:
    record(verb, venue, words, actor=actor, now=now, council=venue.council, operator=venue.operator)
    needs.refresh([venue.pk], now=now)
