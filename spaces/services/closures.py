"""Closing spaces for a time, and opening them again."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.audit import record
from accounts.models import User
from core import owners, words
from core.errors import BadInput, StateConflict
from core.intervals import Span
from core.owners import Displaced
from spaces import claims, closures, lapsing, locks
from spaces.errors import SpaceTaken
from spaces.locks import LockClass
from spaces.models import Claim, Closure, Space, Venue
from spaces.models.claim import ClaimKind
from spaces.services.permission import require_can_manage

_LONGEST_REASON = 200


@transaction.atomic
def close_spaces(
    venue: Venue,
    space_ids: Collection[int],
    span: Span,
    *,
    reason: str,
    actor: User | None,
    now: datetime,
) -> Closure:
    """Close these spaces of `venue` during `span`, for a reason that everybody may read.

    Raises: NotAllowed; BadInput; SpaceTaken, with every date that stands in the way
    (`would_displace` names them for staff).
    """
    require_can_manage(actor, [venue])
    check_closure(venue, space_ids, span, reason, now=now)
    _lock(space_ids, now=now)
    closure = Closure.objects.create(
        venue=venue, starts_at=span.start, ends_at=span.end, reason=reason.strip(), created_at=now
    )
    closure.spaces.set(space_ids)
    wanted = list(closures.derive([closure.pk]))
    if clashes := claims.conflicts(wanted, now=now):
        raise SpaceTaken(
            clashes, _("There are bookings at that time. Move or cancel them before you close.")
        )
    claims.sync(closures.OWNER, [closure.pk], wanted, now=now)
    _record("close-spaces", _("Closed %(when)s: %(reason)s"), closure, actor=actor, now=now)
    return closure


@transaction.atomic
def lift_closure(closure: Closure, *, actor: User | None, now: datetime) -> None:
    """End a closure: all of it where it has not begun, otherwise what is left of it.

    Raises: NotAllowed; StateConflict where it is over or was lifted before.
    """
    require_can_manage(actor, [closure.venue])
    _lock(closure.spaces.values_list("pk", flat=True), now=now)
    closure.refresh_from_db()
    if closure.is_lifted or closure.ends_at <= now:
        raise StateConflict(_("That closure is already over."))
    if closure.starts_at < now:
        closure.ends_at = now
    else:
        closure.is_lifted = True
    closure.save(update_fields=["ends_at", "is_lifted"])
    claims.sync(closures.OWNER, [closure.pk], closures.derive([closure.pk]), now=now)
    _record("lift-closure", _("Open again %(when)s: %(reason)s"), closure, actor=actor, now=now)


def would_displace(space_ids: Collection[int], span: Span, *, now: datetime) -> list[Displaced]:
    """Whose uses stand in the way of closing these spaces, in words; by kind and number."""
    atoms = {atom for found in locks.atoms_of(space_ids).values() for atom in found}
    in_the_way = (
        Claim.objects.filter(
            space_id__in=atoms,
            active=True,
            kind=ClaimKind.USE,
            starts_at__lt=span.end,
            ends_at__gt=span.start,
        )
        .exclude(hold_until__lte=now)
        .values_list("owner_kind", "owner_id")
    )
    by_kind: dict[str, set[int]] = defaultdict(set)
    for kind, owner_id in in_the_way:
        by_kind[kind].add(owner_id)
    return [
        displaced
        for kind, ids in sorted(by_kind.items())
        for _id, displaced in sorted(owners.kind_named(kind).describe(ids).items())
    ]


def check_closure(
    venue: Venue, space_ids: Collection[int], span: Span, reason: str, *, now: datetime
) -> None:
    """Whether such a closure makes sense. Raises: BadInput."""
    if not reason.strip() or len(reason) > _LONGEST_REASON or "\x00" in reason:
        raise BadInput(_("Say why, in up to 200 letters."), field="reason")
    if span.end <= now:
        raise BadInput(_("That time has passed. Choose a later one."), field="span")
    known = Space.objects.filter(venue=venue, pk__in=list(space_ids)).count()
    if not space_ids or known != len(set(space_ids)):
        raise BadInput(_("Choose spaces of this venue."), field="spaces")


def _lock(space_ids: Collection[int], *, now: datetime) -> None:
    atoms = {atom for found in locks.atoms_of(space_ids).values() for atom in found}
    lapsing.lock(((LockClass.SPACE, atom) for atom in atoms), now=now)


def _record(
    verb: str, sentence: str, closure: Closure, *, actor: User | None, now: datetime
) -> None:
    record(
        verb,
        closure,
        sentence
        % {"when": words.when(closure.starts_at, closure.ends_at), "reason": closure.reason},
        actor=actor,
        now=now,
        council=closure.venue.council,
        operator=closure.venue.operator,
    )
