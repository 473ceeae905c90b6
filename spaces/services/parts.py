"""Changing what a whole is made of, once people have begun to book it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Sequence
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.audit import record
from accounts.models import User
from core import owners
from core.errors import BadInput, StateConflict
from spaces import claims, horizon, lapsing, locks
from spaces.errors import SpaceTaken
from spaces.locks import LockClass
from spaces.models import Claim, Space, SpacePart
from spaces.services import needs
from spaces.services.catalogue import check_parts
from spaces.services.permission import require_can_manage


@transaction.atomic
def set_parts(whole: Space, parts: Sequence[Space], *, actor: User | None, now: datetime) -> None:
    """Make `whole` consist of `parts` instead.

    What was taken before is derived anew, so that claims still say what their owners have.
    Raises: NotAllowed; BadInput; StateConflict while anything is booked on old or new parts, or
    where past bookings would clash: then a new space is the honest way.
    """
    require_can_manage(actor, [whole.venue])
    old = set(locks.atoms_of([whole.pk])[whole.pk])
    if old == {whole.pk}:
        raise BadInput(_("A space that is taken by itself cannot be divided. Add a new one."))
    check_parts(whole, parts)
    new = {part.pk for part in parts}
    lapsing.lock(((LockClass.SPACE, atom) for atom in old | new), now=now)
    if Claim.objects.filter(space_id__in=old | new, active=True, ends_at__gt=now).exists():
        raise StateConflict(_("There are bookings to come. Change the parts when they are over."))
    SpacePart.objects.filter(space=whole).exclude(part_id__in=new).delete()
    SpacePart.objects.bulk_create(
        SpacePart(space=whole, part_id=part) for part in sorted(new - old)
    )
    _derive_anew(old, now=now)
    horizon.rewrite_opening([whole.pk], now=now)
    needs.refresh([whole.venue_id], now=now)
    record(
        "set-parts",
        whole,
        _("Parts of %(name)s changed") % {"name": whole.name},
        actor=actor,
        now=now,
        council=whole.venue.council,
        operator=whole.venue.operator,
    )


def _derive_anew(atom_ids: Collection[int], *, now: datetime) -> None:
    by_kind: dict[str, set[int]] = defaultdict(set)
    rows = Claim.objects.filter(space_id__in=atom_ids, active=True)
    for kind, owner_id in rows.values_list("owner_kind", "owner_id").distinct():
        by_kind[kind].add(owner_id)
    try:
        for kind, ids in sorted(by_kind.items()):
            claims.sync(kind, ids, owners.kind_named(kind).derive(ids), now=now)
    except SpaceTaken as clash:
        raise StateConflict(
            _("Past bookings of these parts would clash. Add a new space instead.")
        ) from clash
