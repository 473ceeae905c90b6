"""Help with the price: concessions that end soon or wait, free hours, a voucher and a grant."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal
from typing import Any

from accounts.models import Concession
from bookings.models import Allowance, Grant, Voucher
from bookings.services.support.codes import digest_of
from demo.builders.world import BuiltOrg, World

# A voucher that anybody who looks at the demo may try.
VOUCHER_CODE = "7KQD-22CF-XWYH"
_MINUTES = 40 * 60


def build(world: World) -> None:
    """The same groups at every load: the first of each council by name."""
    for council in world.councils.values():
        groups = sorted(
            (org for org in world.organisations.values() if org.row.council_id == council.pk),
            key=lambda org: org.row.name,
        )
        _concessions(world, groups)
        _help(world, groups)
    _voucher(world)


def _concessions(world: World, groups: list[BuiltOrg]) -> None:
    """Two that run out within six weeks, and two statuses: one accepted, one to be decided."""
    ids = [org.row.pk for org in groups]
    accepted = Concession.objects.filter(organisation__in=ids, state="accepted").order_by("pk")
    for n, concession in enumerate(accepted[:2]):
        concession.valid_to = world.today + timedelta(days=12 + 15 * n)
        concession.save(update_fields=["valid_to"])
    first, second = groups[0].row, groups[1].row
    Concession.objects.create(
        organisation=first,
        status="hardship",
        state="accepted",
        evidence="Runs the food bank; last year’s accounts",
        decided_at=world.now - timedelta(days=20),
        valid_to=world.today + timedelta(days=345),
    )
    Concession.objects.create(
        organisation=second, status="affiliated", evidence="Member of the voluntary action forum"
    )


def _help(world: World, groups: list[BuiltOrg]) -> None:
    """Free hours and a grant at the operator with the most venues of the council."""
    common = _common(world, groups[0].row.council_id)
    Allowance.objects.create(
        organisation=groups[0].row, total=_MINUTES, reason="Free hours for the food bank", **common
    )
    Grant.objects.create(
        organisation=groups[1].row,
        funder="Ward fund",
        percent=Decimal(50),
        total=Decimal("500.00"),
        reason="Half of the hall for older people’s lunches",
        **common,
    )


def _voucher(world: World) -> None:
    """At one operator only, since its code can be there once."""
    council = next(iter(world.councils.values()))
    Voucher.objects.create(
        digest=digest_of(VOUCHER_CODE),
        prefix=VOUCHER_CODE[:4],
        kind=Voucher.Kind.POUNDS,
        value=Decimal("10.00"),
        total=50,
        reason="Ten pounds off your first booking",
        **_common(world, council.pk),
    )


def _common(world: World, council_id: int) -> dict[str, Any]:
    operators = [
        built.row.operator_id
        for built in world.venues.values()
        if built.row.council_id == council_id
    ]
    return {
        "operator_id": max(sorted(set(operators)), key=operators.count),
        "first_on": world.today - timedelta(days=30),
        "last_on": world.today + timedelta(days=180),
        "made_at": world.now - timedelta(days=30),
    }
