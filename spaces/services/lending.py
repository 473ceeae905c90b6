"""Things that are counted and lent with a space: chairs, gazebos, study places."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction
from django.db.models import ProtectedError
from django.utils.translation import gettext as _

from accounts.audit import record
from accounts.models import User
from core.errors import BadInput, StateConflict
from spaces import locks, stock
from spaces.locks import LockClass
from spaces.models import StockItem, Venue
from spaces.services.permission import require_can_manage

_LONGEST_NAME = 80
_MOST = 100_000


@transaction.atomic
def set_stock(
    venue: Venue, quantities: Mapping[str, int], *, actor: User | None, now: datetime
) -> None:
    """Say what there is and how many, by name; what is not named is taken off the list.

    Raises: NotAllowed; BadInput; StateConflict for fewer than are promised at once already, or
    for a thing taken off that somebody has booked.
    """
    require_can_manage(actor, [venue])
    for name, quantity in quantities.items():
        if not name.strip() or len(name) > _LONGEST_NAME or "\x00" in name:
            raise BadInput(_("Give each thing a name of up to 80 letters."), field="name")
        if not 0 < quantity <= _MOST:
            raise BadInput(_("Give a number from 1 to 100,000."), field="quantity")
    held = {item.name: item for item in venue.stock.all()}
    locks.take((LockClass.STOCK, item.pk) for item in held.values())
    for name, quantity in quantities.items():
        _keep(venue, held.pop(name, None), name, quantity, now=now)
    for item in held.values():
        try:
            item.delete()
        except ProtectedError as error:
            raise StateConflict(
                _("%(name)s have been booked, so they stay on the list.") % {"name": item.name}
            ) from error
    record(
        "set-stock",
        venue,
        _("Things to borrow at %(name)s changed") % {"name": venue.name},
        actor=actor,
        now=now,
        council=venue.council,
        operator=venue.operator,
    )


def _keep(venue: Venue, item: StockItem | None, name: str, quantity: int, *, now: datetime) -> None:
    if item is None:
        StockItem.objects.create(venue=venue, name=name, quantity=quantity)
        return
    most = stock.most_out(item.pk, now=now) if quantity < item.quantity else 0
    if quantity < most:
        said = {"most": most, "name": item.name}
        raise StateConflict(_("%(most)d of %(name)s are promised at once already.") % said)
    item.quantity = quantity
    item.save(update_fields=["quantity"])
