"""Who may take what: the database refuses, the service explains."""

from __future__ import annotations

import uuid
from dataclasses import replace
from datetime import date, time, timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from core.clock import at
from core.clock import now as clock_now
from core.intervals import Span
from spaces import claims
from spaces.claims import Wanted
from spaces.errors import SpaceTaken
from spaces.locks import atoms_of, hearers_of
from spaces.models import Claim, Space, SpacePart
from spaces.models.claim import ClaimKind
from tests.factories import SpaceFactory, divisible_hall
from tests.spaces.conftest import Plain

pytestmark = [pytest.mark.django_db, pytest.mark.db15]

NOW = clock_now()
DAY = date(NOW.year + 1, 1, 12)
USE, SETUP, CLEARDOWN, CLOSURE, IMPORTED, OCCUPATION = ClaimKind


@pytest.fixture
def hall() -> Space:
    return SpaceFactory()


def want(
    space: Space, starts: float, ends: float, kind: ClaimKind = USE, owner: int = 1, **fields: Any
) -> Wanted:
    midnight = at(DAY, time(0))
    return Wanted(
        space.pk,
        midnight + timedelta(hours=starts),
        midnight + timedelta(hours=ends),
        kind,
        "plain",
        owner,
        uuid.UUID(int=owner),
        **fields,
    )


def sync(*wanted: Wanted) -> None:
    claims.sync("plain", {one.owner_id for one in wanted}, wanted, now=NOW)


def live(space: Space) -> list[tuple[int, int, int]]:
    rows = Claim.objects.filter(space=space, active=True).order_by("starts_at", "owner_id")
    return [(row.owner_id, row.starts_at.hour, row.ends_at.hour) for row in rows]


def test_hire_may_start_the_moment_the_previous_one_ends(hall: Space) -> None:
    sync(want(hall, 9, 12))
    sync(want(hall, 12, 14, owner=2), want(hall, 7, 9, owner=3))
    assert live(hall) == [(3, 7, 9), (1, 9, 12), (2, 12, 14)]


ACCEPTED = [
    (SETUP, SETUP),
    (SETUP, CLEARDOWN),
    (CLEARDOWN, CLOSURE),
    (CLOSURE, CLOSURE),
    (CLOSURE, IMPORTED),
    (IMPORTED, IMPORTED),
    (IMPORTED, CLEARDOWN),
    (OCCUPATION, CLOSURE),
    (OCCUPATION, SETUP),
]
REFUSED = [(USE, kind) for kind in ClaimKind] + [(OCCUPATION, OCCUPATION)]


@pytest.mark.parametrize(("first", "second"), ACCEPTED + [(b, a) for a, b in ACCEPTED])
def test_what_keeps_others_out_may_overlap(
    hall: Space, first: ClaimKind, second: ClaimKind
) -> None:
    sync(want(hall, 9, 12, first))
    assert claims.conflicts([want(hall, 11, 13, second, owner=2)], now=NOW) == []
    sync(want(hall, 11, 13, second, owner=2))
    assert len(live(hall)) == 2


@pytest.mark.parametrize(("first", "second"), REFUSED + [(b, a) for a, b in REFUSED])
def test_a_use_meets_nothing_and_occupations_do_not_meet(
    hall: Space, first: ClaimKind, second: ClaimKind
) -> None:
    sync(want(hall, 9, 12, first))
    wanted = want(hall, 11, 13, second, owner=2)
    assert len(claims.conflicts([wanted], now=NOW)) == 1
    with pytest.raises(SpaceTaken) as refusal:
        sync(wanted)
    (clash,) = refusal.value.conflicts
    assert (clash.space_id, clash.kind) == (hall.pk, first)
    assert (clash.starts_at, clash.ends_at) == (wanted.starts_at, wanted.ends_at)
    assert (clash.taken_from.hour, clash.taken_until.hour) == (9, 12)
    assert live(hall) == [(1, 9, 12)]


def test_thirty_minutes_to_clear_and_thirty_to_set_up_need_a_gap_of_thirty(hall: Space) -> None:
    sync(want(hall, 9, 12), want(hall, 12, 12.5, CLEARDOWN))
    sync(want(hall, 12.5, 14, owner=2), want(hall, 12, 12.5, SETUP, owner=2))
    with pytest.raises(SpaceTaken):
        sync(want(hall, 14.25, 15, owner=3), want(hall, 13.75, 14.25, SETUP, owner=3))


def test_every_clash_is_listed_and_one_s_own_is_none(hall: Space) -> None:
    other = SpaceFactory()
    sync(want(hall, 9, 10), want(hall, 12, 13), want(other, 9, 10))
    wanted = [want(hall, 8, 14, owner=2), want(other, 9.5, 11, owner=2)]
    found = claims.conflicts(wanted, now=NOW)
    assert sorted((one.space_id, one.taken_from.hour) for one in found) == sorted(
        [(hall.pk, 9), (hall.pk, 12), (other.pk, 9)]
    )
    assert claims.conflicts([replace(one, owner_id=1) for one in wanted], now=NOW) == []
    with pytest.raises(SpaceTaken) as refusal:
        sync(*wanted)
    assert len(refusal.value.conflicts) == 3
    assert len(live(other)) == 1


def test_a_refused_series_leaves_nothing_behind(hall: Space) -> None:
    sync(want(hall, 20, 21))
    sync(want(hall, 9, 10, owner=2))
    before = Space.objects.get(pk=hall.pk).change_no
    with pytest.raises(SpaceTaken), transaction.atomic():
        sync(want(hall, 11, 12, owner=2), want(hall, 20, 22, owner=2))
    assert live(hall) == [(2, 9, 10), (1, 20, 21)]
    assert Space.objects.get(pk=hall.pk).change_no == before


def test_the_database_refuses_what_goes_round_the_service(hall: Space) -> None:
    sync(want(hall, 9, 12))
    row = Claim.objects.get()
    row.pk, row.owner_id = None, 2
    with pytest.raises(IntegrityError) as refusal, transaction.atomic():
        row.save(force_insert=True)
    assert claims.violated_constraint(refusal.value) == Claim.NO_OVERLAP
    with pytest.raises(IntegrityError, match="claim_order"), transaction.atomic():
        Claim.objects.update(ends_at=row.starts_at)


def test_a_released_claim_comes_back_only_if_nobody_took_its_place(hall: Space) -> None:
    sync(want(hall, 9, 12))
    claims.sync("plain", [1], [], now=NOW)
    sync(want(hall, 11, 13, owner=2))
    with pytest.raises(SpaceTaken):
        sync(want(hall, 9, 12))
    with pytest.raises(IntegrityError), transaction.atomic():
        Claim.objects.update(active=True)


class TestHolds:
    def test_the_next_taker_releases_a_hold_that_ran_out(self, hall: Space, plain: Plain) -> None:
        sync(want(hall, 9, 12, hold_until=NOW - timedelta(seconds=1)))
        wanted = want(hall, 9, 12, owner=2)
        assert claims.conflicts([wanted], now=NOW) == []
        claims.release_lapsed([hall.pk], now=NOW)
        sync(wanted)
        assert live(hall) == [(2, 9, 12)]
        assert plain.lapsed == [{1}]

    def test_a_hold_is_over_at_its_very_instant(self, hall: Space, plain: Plain) -> None:
        sync(want(hall, 9, 12, hold_until=NOW))
        claims.release_lapsed([hall.pk], now=NOW - timedelta(microseconds=1))
        assert plain.lapsed == []
        claims.release_lapsed([hall.pk], now=NOW)
        assert plain.lapsed == [{1}]

    def test_only_the_spaces_asked_for_are_released(self, hall: Space, plain: Plain) -> None:
        other = SpaceFactory()
        past = NOW - timedelta(days=1)
        sync(want(hall, 9, 12, hold_until=past), want(other, 9, 12, owner=2, hold_until=past))
        claims.release_lapsed([other.pk], now=NOW)
        assert (len(live(hall)), len(live(other))) == (1, 0)
        assert plain.lapsed == [{2}]

    def test_a_hold_that_still_runs_stands(self, hall: Space, plain: Plain) -> None:
        sync(want(hall, 9, 12, hold_until=NOW + timedelta(hours=1)))
        claims.release_lapsed([hall.pk], now=NOW)
        with pytest.raises(SpaceTaken):
            sync(want(hall, 9, 12, owner=2))
        assert plain.lapsed == []

    def test_confirming_keeps_the_claim_and_drops_the_hold(self, hall: Space) -> None:
        sync(want(hall, 9, 12, hold_until=NOW + timedelta(hours=1)))
        before = Claim.objects.get()
        sync(want(hall, 9, 12, sequence=1))
        after = Claim.objects.get()
        assert (after.pk, after.uid) == (before.pk, before.uid)
        assert (after.hold_until, after.sequence) == (None, 1)


class TestSync:
    def test_again_changes_nothing(self, hall: Space, max_queries: Any) -> None:
        wanted = [want(hall, 9, 12), want(hall, 8.5, 9, SETUP)]
        sync(*wanted)
        before = list(Claim.objects.order_by("pk").values())
        number = Space.objects.get(pk=hall.pk).change_no
        with max_queries(1):
            sync(*wanted)
        assert list(Claim.objects.order_by("pk").values()) == before
        assert Space.objects.get(pk=hall.pk).change_no == number

    def test_moving_within_one_s_own_time_is_no_clash(self, hall: Space) -> None:
        sync(want(hall, 9, 12))
        sync(want(hall, 10, 13))
        assert live(hall) == [(1, 10, 13)]

    def test_others_are_left_alone(self, hall: Space) -> None:
        sync(want(hall, 9, 12), want(hall, 13, 14, owner=2))
        claims.sync("plain", [1], [], now=NOW)
        assert live(hall) == [(2, 13, 14)]

    def test_the_change_number_goes_up_once_for_each_space_that_changed(self, hall: Space) -> None:
        other, third = SpaceFactory(), SpaceFactory()

        def numbers() -> list[int]:
            return [Space.objects.get(pk=one.pk).change_no for one in (hall, other, third)]

        sync(want(hall, 9, 12), want(hall, 13, 14), want(other, 9, 12))
        assert numbers() == [1, 1, 0]
        sync(want(hall, 9, 12), want(hall, 13, 14), want(third, 9, 12))
        assert numbers() == [1, 2, 1]

    @pytest.mark.parametrize("dates", [1, 150])
    def test_a_long_series_costs_as_many_statements_as_a_short_one(
        self, hall: Space, dates: int, max_queries: Any
    ) -> None:
        first = want(hall, 9, 12)
        wanted = [
            replace(
                first,
                starts_at=first.starts_at + timedelta(days=n),
                ends_at=first.ends_at + timedelta(days=n),
            )
            for n in range(dates)
        ]
        with max_queries(3):
            sync(*wanted)


class TestParts:
    def on(self, space: Space, starts: int, ends: int, owner: int) -> list[Wanted]:
        whole = want(space, starts, ends, owner=owner)
        return [replace(whole, space_id=atom) for atom in atoms_of([space.pk])[space.pk]]

    def test_half_a_hall_blocks_the_whole_and_leaves_the_other_half(self) -> None:
        hall = divisible_hall()
        sync(*self.on(hall.left, 9, 12, 1))
        with pytest.raises(SpaceTaken) as refusal:
            sync(*self.on(hall.whole, 11, 13, 2))
        assert [one.space_id for one in refusal.value.conflicts] == [hall.left.pk]
        sync(*self.on(hall.right, 9, 12, 3))
        sync(*self.on(hall.whole, 12, 13, 2))
        assert len(live(hall.left)) == len(live(hall.right)) == 2
        assert live(hall.whole) == []

    def test_the_whole_blocks_both_halves(self) -> None:
        hall = divisible_hall()
        sync(*self.on(hall.whole, 9, 12, 1))
        for n, half in enumerate((hall.left, hall.right)):
            with pytest.raises(SpaceTaken):
                sync(*self.on(half, 11, 13, 5 + n))


class TestLocks:
    def test_neighbours_hear_each_other_both_ways_and_through_a_whole(self) -> None:
        hall, chapel = divisible_hall(), SpaceFactory()
        hall.whole.acoustic_neighbours.add(chapel)
        assert hearers_of([hall.left.pk]) == {chapel.pk}
        assert hearers_of([chapel.pk]) == {hall.left.pk, hall.right.pk}
        assert hearers_of([hall.left.pk, chapel.pk]) == {hall.right.pk}

    def test_atoms_come_sorted(self) -> None:
        hall = divisible_hall()
        third = SpaceFactory(venue=hall.whole.venue)
        SpacePart.objects.create(space=hall.whole, part=third)
        parts = [hall.left.pk, hall.right.pk, third.pk]
        assert atoms_of([hall.whole.pk, third.pk]) == {hall.whole.pk: parts, third.pk: [third.pk]}


def test_spans_and_claims_agree_on_what_overlaps(hall: Space) -> None:
    taken = Span(at(DAY, time(9)), at(DAY, time(12)))
    sync(want(hall, 9, 12))
    for hour in range(7, 14):
        asked: Span = Span(at(DAY, time(hour)), at(DAY, time(hour + 1)))
        clash = claims.conflicts([want(hall, hour, hour + 1, owner=2)], now=NOW)
        assert bool(clash) == asked.overlaps(taken)
