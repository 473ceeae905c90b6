"""The audit names each kind of planted difference, and stays silent without one."""

from __future__ import annotations

import uuid
from dataclasses import replace
from datetime import timedelta
from io import StringIO
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from core.intervals import Span
from spaces import claims, drift, stock
from spaces.models import Claim, Space, StockClaim, StockItem
from spaces.models.claim import ClaimKind
from spaces.services import times
from tests.factories import SpaceFactory, divisible_hall
from tests.spaces.conftest import Plain
from tests.spaces.test_claims import NOW, want
from tests.spaces.test_stock import want as want_stock

pytestmark = [pytest.mark.django_db, pytest.mark.db15]


@pytest.fixture
def hall(plain: Plain) -> Space:
    """A room with three claims, a hold, a closure and five gazebos, two of them out."""
    space = SpaceFactory()
    hold = NOW + timedelta(days=1)
    plain.wanted = [
        want(space, 9, 12),
        want(space, 8, 9, ClaimKind.SETUP),
        want(space, 13, 14, owner=2, sequence=3),
        want(space, 15, 16, owner=3, hold_until=hold),
    ]
    claims.sync("plain", [1, 2, 3], plain.wanted, now=NOW)
    evening = plain.wanted[0].starts_at + timedelta(hours=11)
    times.close_spaces(
        space.venue,
        [space.pk],
        Span(evening, evening + timedelta(hours=1)),
        reason="New floor",
        actor=None,
        now=NOW,
    )
    item = StockItem.objects.create(venue=space.venue, name="Gazebo", quantity=5)
    plain.stock = [want_stock(item, 2, 9, 12)]
    stock.sync("plain", [1], plain.stock, now=NOW)
    return space


def audit() -> list[tuple[str, str]]:
    return [(one.what, one.words) for one in drift.differences(now=NOW)]


def kinds() -> list[str]:
    return sorted(what for what, _words in audit())


def plant(**fields: Any) -> Claim:
    first = Claim.objects.filter(kind=ClaimKind.USE, owner_id=1).get()
    row = Claim(
        space_id=first.space_id,
        starts_at=first.starts_at + timedelta(days=5),
        ends_at=first.ends_at + timedelta(days=5),
        kind=first.kind,
        owner_kind=first.owner_kind,
        owner_id=first.owner_id,
        changed_at=NOW,
    )
    for name, value in fields.items():
        setattr(row, name, value)
    row.save()
    return row


def without_its_guard(statement: str) -> None:
    """For this test's transaction only."""
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute(statement)
        cursor.execute("SET CONSTRAINTS ALL DEFERRED")


def test_all_is_well(hall: Space) -> None:
    assert audit() == []
    out = StringIO()
    call_command("audit_claims", stdout=out)
    assert "what its owner ought to have" in out.getvalue()


def test_the_command_prints_each_and_fails(hall: Space) -> None:
    Claim.objects.filter(owner_id__in=[1, 2], owner_kind="plain").update(active=False)
    out = StringIO()
    with pytest.raises(CommandError) as failure:
        call_command("audit_claims", stdout=out)
    assert failure.value.returncode == 1
    assert out.getvalue().count("missing: plain ") == 3
    assert f"on space {hall.pk}" in out.getvalue()


def test_a_missing_claim(hall: Space) -> None:
    Claim.objects.filter(kind=ClaimKind.SETUP).update(active=False)
    ((what, words),) = audit()
    assert what == "missing"
    assert words.startswith(f"plain 1 on space {hall.pk}, ")


def test_a_missing_closure(hall: Space) -> None:
    Claim.objects.filter(owner_kind="closure").update(active=False)
    ((what, words),) = audit()
    assert (what, words.split()[0]) == ("missing", "closure")


def test_an_extra_claim(hall: Space) -> None:
    row = plant()
    ((what, words),) = audit()
    assert (what, str(row.uid) in words) == ("extra", True)


def test_a_moved_claim_is_missing_here_and_extra_there(hall: Space) -> None:
    Claim.objects.filter(owner_kind="plain", owner_id=2).update(
        ends_at=want(hall, 13, 14.5).ends_at
    )
    assert kinds() == ["extra", "missing"]


def test_an_owner_that_nobody_knows(hall: Space) -> None:
    plant(owner_kind="ghost")
    assert kinds() == ["unknown owner"]


def test_a_different_sequence_or_hold_or_uid(hall: Space) -> None:
    Claim.objects.filter(owner_id=2, owner_kind="plain").update(sequence=4)
    ((what, words),) = audit()
    assert what == "different"
    assert "has sequence 4" in words
    assert "ought to have 3" in words
    Claim.objects.filter(owner_id=2, owner_kind="plain").update(sequence=3)
    Claim.objects.filter(owner_id=3, owner_kind="plain").update(hold_until=None)
    assert kinds() == ["different"]
    Claim.objects.filter(owner_id=3, owner_kind="plain").update(uid=uuid.uuid4())
    assert kinds() == ["extra", "missing"]


def test_holds_that_ran_out_are_free_on_both_sides(hall: Space, plain: Plain) -> None:
    gone = NOW - timedelta(seconds=1)
    plant(hold_until=gone)
    plain.wanted.append(replace(want(hall, 20, 21, owner=7), hold_until=gone))
    Claim.objects.filter(owner_id=3, owner_kind="plain").update(hold_until=gone)
    plain.wanted[3] = replace(plain.wanted[3], hold_until=gone)
    assert audit() == []


def test_a_buffer_taken_twice(hall: Space) -> None:
    row = Claim.objects.get(kind=ClaimKind.SETUP)
    row.pk = None
    row.save(force_insert=True)
    assert kinds() == ["extra"]


def test_a_whole_claimed_directly(hall: Space, plain: Plain) -> None:
    both = divisible_hall()
    wanted = want(both.whole, 9, 12, owner=9)
    plain.wanted.append(wanted)
    claims.sync("plain", [9], [wanted], now=NOW)
    ((what, words),) = audit()
    assert what == "claimed directly"
    assert f"space {both.whole.pk}" in words


@pytest.mark.parametrize(
    ("kind", "starts", "ends", "clash"),
    [
        (ClaimKind.USE, 11, 13, True),
        (ClaimKind.SETUP, 11, 13, True),
        (ClaimKind.USE, 8.5, 8.75, True),
        (ClaimKind.SETUP, 8, 9, False),
        (ClaimKind.USE, 12, 13, False),
    ],
)
def test_an_overlap_that_the_database_should_have_refused(
    hall: Space, plain: Plain, kind: ClaimKind, starts: float, ends: float, clash: bool
) -> None:
    without_its_guard("ALTER TABLE spaces_claim DROP CONSTRAINT claim_no_overlap")
    wanted = want(hall, starts, ends, kind, owner=9)
    plain.wanted.append(wanted)
    claims.sync("plain", [9], [wanted], now=NOW)
    assert set(kinds()) == ({"overlap"} if clash else set())


def test_two_occupations_at_once(hall: Space, plain: Plain) -> None:
    without_its_guard("ALTER TABLE spaces_claim DROP CONSTRAINT claim_no_overlap")
    for owner in (8, 9):
        wanted = want(hall, 17, 19, ClaimKind.OCCUPATION, owner=owner)
        plain.wanted.append(wanted)
        claims.sync("plain", [owner], [wanted], now=NOW)
    assert kinds() == ["overlap"]


@pytest.mark.parametrize(
    ("change", "found"),
    [
        ({"active": False}, ["stock missing"]),
        ({"quantity": 1}, ["stock different"]),
        ({"hold_until": NOW + timedelta(days=3)}, ["stock different"]),
        ({"owner_kind": "ghost"}, ["stock missing", "stock of unknown owner"]),
        ({"owner_id": 4}, ["stock extra", "stock missing"]),
    ],
)
def test_stock_that_differs(hall: Space, change: dict[str, Any], found: list[str]) -> None:
    StockClaim.objects.update(**change)
    assert kinds() == found


def test_more_out_than_there_are(hall: Space) -> None:
    without_its_guard("ALTER TABLE spaces_stockitem DISABLE TRIGGER USER")
    StockItem.objects.update(quantity=0)
    ((what, words),) = audit()
    assert what == "more out than there are"
    assert ": 2 of 0 at" in words


def test_many_claims_are_compared_in_batches(
    hall: Space, plain: Plain, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(drift, "_ROWS_AT_ONCE", 3)
    first = want(hall, 9, 12, owner=50)
    series = [
        replace(
            first,
            starts_at=first.starts_at + timedelta(days=n),
            ends_at=first.ends_at + timedelta(days=n),
        )
        for n in range(1, 12)
    ]
    plain.wanted += series
    claims.sync("plain", [50], series, now=NOW)
    assert audit() == []
    Claim.objects.filter(owner_id=50).update(active=False)
    assert kinds() == ["missing"] * 11
