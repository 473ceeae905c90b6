"""Opening hours, quiet times and closures as people say them, and the rows they become."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

import pytest
from schedule.models import Event, Rule

from accounts.models import AuditEntry, CouncilRole, StaffRole
from core.clock import at, london, start_of_day
from core.errors import BadInput, NotAllowed, StateConflict
from core.intervals import Span, merge
from spaces import claims, closures, horizon
from spaces.errors import SpaceTaken
from spaces.models import Claim, Closure, OpeningSpan, QuietSpan, Space, TimeRule
from spaces.models.claim import ClaimKind
from spaces.models.timetable import Loudness
from spaces.services import times
from spaces.timetable import Frequency, Pattern
from tests.factories import SpaceFactory, UserFactory, VenueFactory, divisible_hall
from tests.spaces.conftest import Plain
from tests.spaces.test_claims import want

pytestmark = [pytest.mark.django_db, pytest.mark.db15]

TODAY = date(2027, 3, 22)  # a Monday, the week before the clocks go forward
NOW = datetime(2027, 3, 22, 12, tzinfo=UTC)
EVERY_DAY = tuple(range(7))


def weekly(opens: int, closes: int, days: tuple[int, ...] = EVERY_DAY, **fields: Any) -> Pattern:
    first = fields.pop("first", TODAY - timedelta(days=14))
    return Pattern(first, time(opens), time(closes), Frequency.WEEKLY, weekdays=days, **fields)


def room(**fields: Any) -> Space:
    return SpaceFactory(venue=VenueFactory(booking_window_days=30), **fields)


def set_rules(space: Space, *rules: Pattern, now: datetime = NOW) -> None:
    times.set_opening_rules(space, rules, actor=None, now=now)


def rows(space: Space, model: Any = OpeningSpan) -> list[Span]:
    found = model.objects.filter(space=space).order_by("starts_at")
    return [Span(row.starts_at, row.ends_at) for row in found]


def walls(spans: list[Span]) -> list[str]:
    return [f"{london(one.start):%d %H:%M}-{london(one.end):%d %H:%M}" for one in spans]


def hours_on(space: Space, day: date) -> list[str]:
    inside = Span(start_of_day(day), start_of_day(day + timedelta(days=1)))
    return [
        f"{london(one.start):%H:%M}-{london(one.end):%H:%M}"
        for span in merge(rows(space))
        if (one := span.clip(inside))
    ]


class TestOpening:
    def test_hours_are_worked_out_from_today_to_the_horizon(self) -> None:
        space = room()
        set_rules(space, weekly(9, 17))
        space.refresh_from_db()
        assert space.hours_known
        assert space.expanded_until == TODAY + timedelta(days=90)
        found = rows(space)
        assert len(found) == 90
        assert found[0].start == at(TODAY, time(9))
        assert {(london(s.start).hour, london(s.end).hour) for s in found} == {(9, 17)}

    def test_a_night_ends_at_six_when_the_clocks_go_forward(self) -> None:
        space = room()
        set_rules(space, weekly(22, 6, (5,)))
        assert walls(rows(space))[0] == "27 22:00-28 06:00"
        assert rows(space)[0].length == timedelta(hours=7)

    def test_spans_that_touch_or_overlap_are_joined(self) -> None:
        space = room()
        set_rules(space, weekly(9, 12, (1,)), weekly(12, 15, (1,)), weekly(14, 18, (1,)))
        assert walls(rows(space))[0] == "23 09:00-23 18:00"
        assert len(rows(space)) == 13

    def test_round_the_clock_is_cut_at_midnight_in_london(self) -> None:
        space = room()
        set_rules(space, weekly(0, 0))
        found = rows(space)
        assert len(found) == 90
        assert merge(found) == [Span(start_of_day(TODAY), start_of_day(TODAY + timedelta(days=90)))]
        by_day = {london(one.start).date(): one.length for one in found}
        assert by_day[date(2027, 3, 28)] == timedelta(hours=23)
        assert all(london(one.start).time() == time(0) for one in found)

    def test_the_long_day_of_autumn_is_one_span(self) -> None:
        space = room()
        set_rules(space, weekly(0, 0), now=datetime(2027, 10, 29, 12, tzinfo=UTC))
        longest = max(rows(space), key=lambda one: one.length)
        assert longest.length == timedelta(hours=25)

    def test_a_weekend_without_a_break_is_cut_at_each_midnight(self) -> None:
        space = room()
        set_rules(space, Pattern(date(2027, 4, 2), time(18), time(12), more_days=2))
        assert walls(rows(space)) == ["02 18:00-03 00:00", "03 00:00-04 00:00", "04 00:00-04 12:00"]

    def test_bank_holidays_close_only_those_who_say_so(self) -> None:
        usual, skips = room(), room()
        set_rules(usual, weekly(9, 17))
        set_rules(skips, weekly(9, 17, skip_bank_holidays=True))
        good_friday = date(2027, 3, 26)
        assert hours_on(usual, good_friday) == ["09:00-17:00"]
        assert hours_on(skips, good_friday) == []
        assert TimeRule.objects.get(space=skips).bank_holidays == TimeRule.BankHolidays.SKIP

    def test_dates_struck_out_and_added_by_hand(self) -> None:
        space = room()
        set_rules(
            space,
            weekly(9, 17, (1,), struck=(date(2027, 3, 30),), added=(date(2027, 3, 31),)),
        )
        assert hours_on(space, date(2027, 3, 30)) == []
        assert hours_on(space, date(2027, 3, 31)) == ["09:00-17:00"]

    def test_new_rules_replace_the_old_from_today_and_keep_the_past(self) -> None:
        space = room()
        set_rules(space, weekly(22, 6, first=date(2027, 3, 1)), now=NOW - timedelta(days=3))
        set_rules(space, weekly(10, 11))
        found = walls(rows(space))
        assert found[:5] == [
            "19 00:00-19 06:00",
            "19 22:00-20 06:00",
            "20 22:00-21 06:00",
            "21 22:00-22 00:00",
            "22 10:00-22 11:00",
        ]
        assert TimeRule.objects.count() == Rule.objects.count() == Event.objects.count() == 1

    def test_no_rules_means_nobody_knows(self) -> None:
        space = room()
        set_rules(space, weekly(9, 17))
        set_rules(space)
        space.refresh_from_db()
        assert not space.hours_known
        assert all(one.end <= start_of_day(TODAY) for one in rows(space))

    def test_a_whole_is_open_when_all_its_parts_are(self) -> None:
        hall = divisible_hall(venue=VenueFactory(booking_window_days=30))
        set_rules(hall.left, weekly(9, 17))
        hall.whole.refresh_from_db()
        assert not hall.whole.hours_known
        set_rules(hall.right, weekly(8, 12), weekly(16, 20))
        hall.whole.refresh_from_db()
        assert hall.whole.hours_known
        assert hours_on(hall.whole, TODAY) == ["09:00-12:00", "16:00-17:00"]
        with pytest.raises(BadInput):
            set_rules(hall.whole, weekly(9, 17))

    def test_the_change_is_seen_by_feeds_and_kept_in_words(self) -> None:
        space, actor = room(), UserFactory()
        CouncilRole.objects.create(user=actor, council=space.venue.council, role=StaffRole.MANAGER)
        times.set_opening_rules(space, [weekly(9, 17)], actor=actor, now=NOW)
        space.refresh_from_db()
        assert space.change_no == 1
        entry = AuditEntry.objects.get()
        assert (entry.actor, entry.verb, entry.at) == (actor, "set-opening-hours", NOW)

    def test_somebody_else_may_not(self) -> None:
        space = room()
        with pytest.raises(NotAllowed):
            times.set_opening_rules(space, [weekly(9, 17)], actor=UserFactory(), now=NOW)
        assert not TimeRule.objects.exists()


class TestHorizon:
    def test_a_night_later_it_moves_on_by_a_day_without_seams(self) -> None:
        one, other = room(), room()
        rules = (weekly(22, 6, (4, 5)), weekly(0, 0, (0,)), weekly(9, 17, (1, 2)))
        set_rules(one, *rules)
        set_rules(other, *rules, now=NOW + timedelta(days=40))
        for n in range(1, 41):
            moved = horizon.extend_all(now=NOW + timedelta(days=n))
            assert moved == (1 if n <= 40 else 0)
        later = start_of_day(TODAY + timedelta(days=41))
        assert [s for s in rows(one) if s.start > later] == [
            s for s in rows(other) if s.start > later
        ]
        assert horizon.extend_all(now=NOW + timedelta(days=40)) == 0

    def test_a_longer_booking_window_is_caught_up_with(self) -> None:
        space = room()
        set_rules(space, weekly(9, 17))
        space.venue.booking_window_days = 100
        space.venue.save()
        assert horizon.extend_all(now=NOW) == 1
        assert len(rows(space)) == 160

    def test_quiet_times_move_on_too(self) -> None:
        space = room()
        times.add_quiet_time(space, weekly(13, 14), loudest=Loudness.SILENT, actor=None, now=NOW)
        times.extend_horizon([space.pk], until=TODAY + timedelta(days=120), now=NOW)
        assert len(rows(space, QuietSpan)) == 120
        set_rules(space, weekly(9, 17))
        assert len(rows(space, QuietSpan)) == 120
        assert len(rows(space)) == 120

    def test_many_spaces_cost_as_many_statements_as_one(self, count_queries: Any) -> None:
        venue = VenueFactory(booking_window_days=10)
        spaces = [SpaceFactory(venue=venue) for _ in range(12)]
        times.set_opening_rules_of_many(
            {space.pk: [weekly(9, 17)] for space in spaces}, actor=None, now=NOW
        )

        def extend(chosen: list[Space], days: int) -> int:
            ids, until = [space.pk for space in chosen], TODAY + timedelta(days=days)
            return count_queries(lambda: times.extend_horizon(ids, until=until, now=NOW))

        assert extend(spaces[:1], 80) == extend(spaces[1:], 80)

    def test_half_a_thousand_days_of_many_rooms_take_seconds(self) -> None:
        venue = VenueFactory(booking_window_days=490)
        spaces = [SpaceFactory(venue=venue) for _ in range(30)]
        began = datetime.now(UTC)
        times.set_opening_rules_of_many(
            {space.pk: [weekly(9, 22), weekly(8, 9, (5, 6))] for space in spaces},
            actor=None,
            now=NOW,
        )
        assert OpeningSpan.objects.count() == 30 * 550
        assert datetime.now(UTC) - began < timedelta(seconds=30)


class TestQuiet:
    def test_a_quiet_time_says_how_loud_and_what_is_promised(self) -> None:
        space = room()
        rule = times.add_quiet_time(
            space,
            weekly(13, 14, (4,)),
            loudest=Loudness.SILENT,
            promise="Friday prayers",
            actor=None,
            now=NOW,
        )
        assert walls(rows(space, QuietSpan))[0] == "26 13:00-26 14:00"
        assert set(QuietSpan.objects.values_list("loudest", "rule")) == {(1, rule.pk)}
        times.remove_quiet_time(rule, actor=None, now=NOW)
        assert not QuietSpan.objects.exists()
        assert not Event.objects.exists()

    def test_it_leaves_opening_hours_alone(self) -> None:
        space = room()
        set_rules(space, weekly(9, 17))
        before = rows(space)
        times.add_quiet_time(space, weekly(22, 7), loudest=Loudness.TALK, actor=None, now=NOW)
        assert rows(space) == before
        assert walls(rows(space, QuietSpan))[:2] == ["22 00:00-22 07:00", "22 22:00-23 07:00"]

    def test_an_opening_rule_is_not_removed_as_a_quiet_time(self) -> None:
        space = room()
        set_rules(space, weekly(9, 17))
        with pytest.raises(BadInput):
            times.remove_quiet_time(TimeRule.objects.get(), actor=None, now=NOW)


SOON = Span(at(date(2027, 4, 6), time(9)), at(date(2027, 4, 9), time(17)))


def close(*spaces: Space, span: Span = SOON, **fields: Any) -> Closure:
    fields.setdefault("reason", "New floor")
    fields.setdefault("actor", None)
    ids = [space.pk for space in spaces]
    return times.close_spaces(spaces[0].venue, ids, span, now=NOW, **fields)


class TestClosures:
    def test_a_closure_claims_each_atom_once_under_its_own_uid(self) -> None:
        hall = divisible_hall()
        closure = close(hall.whole, hall.left)
        found = Claim.objects.filter(active=True)
        assert {one.space_id for one in found} == {hall.left.pk, hall.right.pk}
        assert len(found) == 2
        assert {(one.uid, one.owner_kind, one.kind) for one in found} == {
            (closure.uid, "closure", ClaimKind.CLOSURE)
        }
        wanted = list(closures.derive(None))
        assert {one.space_id for one in wanted} == {hall.left.pk, hall.right.pk}

    def test_what_it_would_displace_is_refused_and_named(self, plain: Plain) -> None:
        space = room()
        use = replace(want(space, 0, 1), starts_at=SOON.start, ends_at=SOON.end)
        claims.sync("plain", [1], [use], now=NOW)
        span = Span(use.starts_at - timedelta(days=1), use.ends_at + timedelta(days=1))
        with pytest.raises(SpaceTaken) as refusal:
            close(space, span=span)
        assert [one.taken_from for one in refusal.value.conflicts] == [use.starts_at]
        assert [one.words for one in times.would_displace([space.pk], span, now=NOW)] == ["Choir 1"]
        assert not Claim.objects.filter(owner_kind="closure").exists()

    def test_closures_may_overlap_and_nobody_books_inside(self) -> None:
        space = room()
        close(space)
        close(space, reason="Painters")
        use = replace(
            want(space, 0, 1), starts_at=SOON.start, ends_at=SOON.start + timedelta(hours=1)
        )
        with pytest.raises(SpaceTaken):
            claims.sync("plain", [1], [use], now=NOW)

    def test_lifting_frees_the_space(self) -> None:
        space = room()
        closure = close(space)
        times.lift_closure(closure, actor=None, now=NOW)
        assert not Claim.objects.filter(active=True).exists()
        assert list(closures.derive(None)) == []
        with pytest.raises(StateConflict):
            times.lift_closure(closure, actor=None, now=NOW)

    def test_lifting_one_that_has_begun_keeps_what_has_been(self) -> None:
        closure = close(room())
        later = SOON.start + timedelta(days=1)
        times.lift_closure(closure, actor=None, now=later)
        assert [(c.starts_at, c.ends_at) for c in Claim.objects.filter(active=True)] == [
            (SOON.start, later)
        ]
        assert [one.ends_at for one in closures.derive(None)] == [later]

    @pytest.mark.parametrize(
        "wrong",
        [
            {"reason": " "},
            {"reason": "x" * 201},
            {"reason": "a\x00b"},
            {"span": Span(NOW - timedelta(hours=2), NOW)},
        ],
    )
    def test_what_makes_no_sense_is_refused(self, wrong: dict[str, Any]) -> None:
        with pytest.raises(BadInput):
            close(room(), **wrong)
        assert not Closure.objects.exists()

    def test_only_spaces_of_the_venue(self) -> None:
        with pytest.raises(BadInput):
            close(room(), room())

    def test_somebody_else_may_not(self) -> None:
        with pytest.raises(NotAllowed):
            close(room(), actor=UserFactory())

    def test_it_is_described_for_staff_without_names_for_others(self) -> None:
        closure = close(room())
        described = closures._describe([closure.pk])[closure.pk]
        assert "New floor" in described.words
        assert "New floor" not in described.public_words
