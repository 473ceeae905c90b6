"""Facts are yes, no or not known, and unknown never turns into no."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from spaces.access_facts import (
    FACTS,
    GROUPS,
    NEEDS,
    Fact,
    FactState,
    Kind,
    State,
    fact_state,
    facts_of_spaces,
    facts_of_venues,
    is_stale,
    need_state,
    needs_met,
    sentence,
)
from spaces.models import AccessFact, Space
from tests.factories import SpaceFactory
from tests.plugins.budgets import MaxQueries

YES, NO, UNKNOWN = AccessFact.Value.YES, AccessFact.Value.NO, AccessFact.Value.UNKNOWN
AUDIT, OWNER = AccessFact.Source.AUDIT, AccessFact.Source.OWNER


def say(place: Space, code: str, value: str, *, source: str = OWNER, whole: bool = False) -> None:
    AccessFact.objects.create(
        venue=place.venue, space=None if whole else place, code=code, value=value, source=source
    )


def test_there_are_the_42_facts_and_those_that_records_add() -> None:
    codes = [fact.code for _heading, facts in GROUPS for fact in facts]
    added = [code for code in codes if code.startswith("recorded_")]

    assert len(codes) - len(added) == 42
    assert len(codes) == len(set(codes)) == len(FACTS)
    assert all(len(code) <= 40 for code in codes)


def test_every_need_is_decided_by_facts_that_exist() -> None:
    assert list(NEEDS)[:5] == [
        "step_free",
        "accessible_toilet",
        "hearing_loop",
        "parking",
        "quiet",
    ]
    assert len(NEEDS) >= 10
    for need in NEEDS.values():
        assert set(need.codes) <= set(FACTS)


@pytest.mark.parametrize("fact", FACTS.values(), ids=lambda fact: fact.code)
def test_every_fact_has_a_question_and_three_sentences(fact: Fact) -> None:
    words = [str(fact.question), str(fact.yes), str(fact.no), fact.unknown]
    assert words[0].endswith("?")
    assert all(sentence_.endswith(".") for sentence_ in words[1:])
    assert len(set(words)) == 4
    if fact.kind is Kind.NUMBER:
        assert "%(measure)s" in words[1]
        assert fact.unit


@pytest.mark.parametrize(
    ("entrance", "route", "state"),
    [
        (State.YES, State.YES, State.YES),
        (State.YES, State.UNKNOWN, State.UNKNOWN),
        (State.UNKNOWN, State.UNKNOWN, State.UNKNOWN),
        (State.NO, State.UNKNOWN, State.NO),
        (State.YES, State.NO, State.NO),
    ],
)
def test_a_need_is_as_good_as_its_weakest_fact(entrance: State, route: State, state: State) -> None:
    facts = {
        "entrance_step_free": FactState("entrance_step_free", entrance),
        "internal_route_step_free": FactState("internal_route_step_free", route),
    }

    assert need_state(NEEDS["step_free"], facts).state is state


def test_a_need_nobody_has_looked_at_is_not_yet_checked() -> None:
    found = need_state(NEEDS["hearing_loop"], {})

    assert found.state is State.UNKNOWN
    assert found.missing == ("hearing_loop",)
    assert found.words() == "Hearing loop: not yet checked"


def test_sources_that_disagree_leave_it_unknown_and_say_so() -> None:
    rows = [
        AccessFact(code="accessible_toilet", value=YES, source=OWNER),
        AccessFact(code="accessible_toilet", value=NO, source=AUDIT),
    ]

    known = fact_state("accessible_toilet", rows)
    found = need_state(NEEDS["accessible_toilet"], {"accessible_toilet": known})

    assert (found.state, found.reports_differ) == (State.UNKNOWN, True)
    assert found.words() == "Accessible toilet: reports differ"
    assert sentence(FACTS["accessible_toilet"], known).endswith("Reports differ.")


def test_a_source_that_does_not_know_disagrees_with_nobody() -> None:
    rows = [
        AccessFact(code="lift", value=YES, source=OWNER, choice="platform"),
        AccessFact(code="lift", value=UNKNOWN, source=AUDIT),
    ]

    known = fact_state("lift", rows)

    assert known.state is State.YES
    assert sentence(FACTS["lift"], known) == "There is a lift. Which kind: a platform lift."


@pytest.mark.parametrize(
    ("value", "measure", "words"),
    [
        (YES, Decimal("3.00"), "Blue Badge parking bays: 3."),
        (YES, None, "How many Blue Badge parking bays are there? Some, but not counted"),
        (NO, Decimal(0), "There are no Blue Badge parking bays."),
        (UNKNOWN, None, "How many Blue Badge parking bays are there? Not checked yet."),
    ],
)
def test_a_count_says_how_many(value: str, measure: Decimal | None, words: str) -> None:
    row = AccessFact(code="parking_blue_badge_count", value=value, measure=measure)

    said = sentence(FACTS["parking_blue_badge_count"], fact_state(row.code, [row]))

    assert said.startswith(words)


@pytest.mark.django_db
def test_what_is_said_of_a_room_goes_before_what_is_said_of_its_venue() -> None:
    upstairs = SpaceFactory()
    downstairs = SpaceFactory(venue=upstairs.venue)
    say(upstairs, "entrance_step_free", YES, whole=True)
    say(upstairs, "internal_route_step_free", YES, whole=True)
    say(upstairs, "internal_route_step_free", NO)

    facts = facts_of_spaces([upstairs.pk, downstairs.pk])

    assert needs_met(facts[upstairs.pk])["step_free"].state is State.NO
    assert needs_met(facts[downstairs.pk])["step_free"].state is State.YES
    assert facts_of_venues([upstairs.venue_id])[upstairs.venue_id]["entrance_step_free"].rows


@pytest.mark.django_db
def test_a_fact_that_was_replaced_no_longer_counts() -> None:
    place = SpaceFactory()
    say(place, "lift", NO)
    old = AccessFact.objects.get()
    with_new = AccessFact.objects.create(
        venue=place.venue, space=place, code="lift", value=YES, source=AUDIT
    )
    AccessFact.objects.filter(pk=old.pk).update(superseded_by=with_new)

    assert facts_of_spaces([place.pk])[place.pk]["lift"].state is State.YES


@pytest.mark.django_db
@pytest.mark.parametrize("spaces", [1, 30])
def test_facts_cost_two_queries_for_any_number_of_spaces(
    spaces: int, max_queries: MaxQueries
) -> None:
    places = [SpaceFactory() for _n in range(spaces)]
    for place in places:
        say(place, "hearing_loop", YES)

    with max_queries(2):
        facts = facts_of_spaces([place.pk for place in places])

    assert {known["hearing_loop"].state for known in facts.values()} == {State.YES}
    assert len(facts) == spaces


@pytest.mark.parametrize(
    ("checked_on", "stale"),
    [
        (date(2025, 1, 10), True),
        (date(2025, 1, 11), False),
        (date(2026, 12, 1), False),
        (None, True),
    ],
)
def test_a_fact_of_two_years_ago_may_have_changed(checked_on: date | None, stale: bool) -> None:
    assert is_stale(checked_on, today=date(2027, 1, 10)) is stale
