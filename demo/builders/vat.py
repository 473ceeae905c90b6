"""Who is registered for VAT, what is opted to tax, and which spaces are for sport."""

from __future__ import annotations

from datetime import date, timedelta

from accounts.models import VatRegistration
from demo.builders.world import World
from demo.content.operators import OPERATORS
from spaces.models import OptionToTax, SportsDecision, StockItem

_SINCE = date(2011, 4, 1)
_OPTED = "the-blue-lantern"
_CENTRE = "northmere-leisure-centre"
_FOR_SPORT = {"Sports Hall": True, "Sports Hall North": True, "Sports Hall South": True}
# The studio is left for its manager to decide on.
_NOT_FOR_SPORT = {"Poolside Party Room": False}


def build(world: World) -> None:
    """Write registrations, one option to tax, and the decisions of one leisure centre."""
    registered = [spec for spec in OPERATORS if spec.vat == "registered"]
    VatRegistration.objects.bulk_create(
        VatRegistration(
            operator=world.operators[spec.key], first_on=_SINCE, number=f"9900000{n:02d}"
        )
        for n, spec in enumerate(registered, start=1)
    )
    OptionToTax.objects.create(
        venue=world.venues[_OPTED].row, first_on=_SINCE, note="The tax office was told in April"
    )
    centre = world.venues[_CENTRE]
    for name, is_sports in (_FOR_SPORT | _NOT_FOR_SPORT).items():
        SportsDecision.objects.create(
            space=centre.spaces[name].row,
            is_sports_facility=is_sports,
            note="Courts are marked on the floor" if is_sports else "A room for parties",
            decided_at=world.now - timedelta(days=300),
        )
    nets = StockItem.objects.filter(venue=centre.row, name="Badminton nets")
    nets.update(vat_class=StockItem.VatClass.EQUIPMENT)
