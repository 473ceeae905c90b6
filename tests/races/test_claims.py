"""Many want the same: exactly one gets it, nobody waits for a deadlock to be broken."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Callable, Iterator
from datetime import timedelta
from functools import partial

import pytest
from django.db import IntegrityError

from core import owners
from spaces import drift
from spaces.locks import LockClass
from spaces.locks import take as lock
from spaces.models import Claim, Space, StockClaim, StockItem
from tests.factories import SpaceFactory, VenueFactory, divisible_hall
from tests.plugins.rounds import Soak
from tests.races import contending
from tests.races.contending import FIRST, KIND, NOW, try_to_borrow, try_to_take
from tests.races.harness import race, race_processes

pytestmark = [
    pytest.mark.race,
    pytest.mark.db15,
    pytest.mark.django_db(transaction=True),
]

# With locks a racer waits a few hundredths of a second; a deadlock costs a whole one.
PATIENCE = 8.0
A_FEW_ROUNDS = 8


@pytest.fixture(autouse=True)
def racers(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Racers may own claims; afterwards no two claims overlap and none is on a whole."""
    monkeypatch.setattr(owners, "_kinds", dict(owners._kinds))
    contending.register()
    yield
    found = {one.what for one in drift.differences(now=NOW)}
    # What is borrowed has no second record here.
    assert found <= {"stock extra"}


def rounds(count: int) -> Iterator[int]:
    """So many rounds."""
    yield from range(count)


def winners(calls: list[Callable[[], bool]]) -> list[bool]:
    """Who won; any error but a refusal fails the test, and so does waiting for a deadlock."""
    began = time.monotonic()
    outcomes = race(calls)
    assert time.monotonic() - began < PATIENCE
    for outcome in outcomes:
        if outcome.error is not None:
            raise outcome.error
    return [outcome.value for outcome in outcomes]


def owners_on(space: Space) -> list[tuple[int, int]]:
    """(day, owner) of each live claim, in order."""
    rows = Claim.objects.filter(space=space, active=True).order_by("starts_at")
    return [((row.starts_at - FIRST).days, row.owner_id) for row in rows]


def one_slot(turns: Iterator[int], racers: int = 8) -> None:
    space = SpaceFactory()
    for n in turns:
        calls = [partial(try_to_take, [space.pk], n * 100 + r, [n]) for r in range(racers)]
        won = winners(calls)
        assert won.count(True) == 1
        assert owners_on(space)[-1] == (n, n * 100 + won.index(True))


def whole_and_halves(turns: Iterator[int]) -> None:
    hall = divisible_hall()
    left, right = hall.left.pk, hall.right.pk
    sets = [[left, right], [right, left], [left], [right], [right, left], [left], [right]]
    for n in turns:
        calls = [partial(try_to_take, atoms, n * 100 + r, [n]) for r, atoms in enumerate(sets)]
        won = winners(calls)
        taken = Counter(atom for atoms, has in zip(sets, won, strict=True) if has for atom in atoms)
        assert taken == {left: 1, right: 1}
        assert len(owners_on(hall.left)) == len(owners_on(hall.right)) == n + 1


def series_and_singles(turns: Iterator[int]) -> None:
    space = SpaceFactory()
    for n in turns:
        days = [n * 10 + k for k in range(10)]
        series = [
            partial(try_to_take, [space.pk], n * 100, days),
            partial(try_to_take, [space.pk], n * 100 + 1, days[::-1]),
        ]
        singles = [
            partial(try_to_take, [space.pk], n * 100 + 2 + r, [days[k]])
            for r, k in enumerate((0, 4, 9))
        ]
        won = winners([*series, *singles])
        here = Counter(owner for day, owner in owners_on(space) if day in days)
        assert set(here.values()) <= {1, 10}
        assert here == {n * 100 + r: 10 if r < 2 else 1 for r, has in enumerate(won) if has}
        assert won[:2].count(True) == 1 or any(won[2:])


def lapsed_hold(turns: Iterator[int]) -> None:
    space = SpaceFactory()
    for n in turns:
        contending.take([space.pk], n * 100 + 99, [n])
        held = Claim.objects.filter(owner_kind=KIND, owner_id=n * 100 + 99)
        held.update(hold_until=NOW - timedelta(seconds=1))
        won = winners([partial(try_to_take, [space.pk], n * 100 + r, [n]) for r in range(6)])
        assert won.count(True) == 1
        assert owners_on(space)[-1] == (n, n * 100 + won.index(True))


def last_item(turns: Iterator[int]) -> None:
    item = StockItem.objects.create(venue=VenueFactory(), name="Gazebo", quantity=3)
    for n in turns:
        won = winners([partial(try_to_borrow, item.pk, 1, n * 100 + r, n) for r in range(8)])
        assert won.count(True) == 3
        day = FIRST + timedelta(days=n)
        assert StockClaim.objects.filter(active=True, starts_at=day).count() == 3


GAMES = [one_slot, whole_and_halves, series_and_singles, lapsed_hold, last_item]


@pytest.mark.parametrize("game", GAMES)
def test_exactly_one_winner_each_round(game: Callable[[Iterator[int]], None]) -> None:
    game(rounds(A_FEW_ROUNDS))


@pytest.mark.soak
@pytest.mark.parametrize("game", GAMES)
def test_exactly_one_winner_for_a_long_time(
    game: Callable[[Iterator[int]], None], soak: Soak
) -> None:
    game(soak.rounds())


def test_sixteen_processes_race_for_one_slot_each_round() -> None:
    space = SpaceFactory()
    outcomes = race_processes(
        "tests.races.contending:contend",
        [([space.pk], r * 1000, A_FEW_ROUNDS) for r in range(16)],
    )
    assert [outcome.error for outcome in outcomes] == [None] * 16
    won = sorted(n for outcome in outcomes for n in outcome.value)
    assert won == list(range(A_FEW_ROUNDS))
    assert [day for day, _owner in owners_on(space)] == won


def test_the_last_item_is_not_lent_twice_to_those_who_do_not_ask() -> None:
    item = StockItem.objects.create(venue=VenueFactory(), name="Gazebo", quantity=1)
    for n in range(6):
        outcomes = race(
            [partial(contending.grab_without_asking, item.pk, 1, n * 100 + r, n) for r in range(4)]
        )
        refused = [outcome.error for outcome in outcomes if not outcome.won]
        assert len(refused) == 3
        assert all(isinstance(error, IntegrityError) for error in refused)
        assert "stock_over_use" in str(refused[0].__cause__.diag.constraint_name)


def test_locks_outside_a_transaction_would_hold_nothing() -> None:
    with pytest.raises(RuntimeError):
        lock([(LockClass.SPACE, 1)])
