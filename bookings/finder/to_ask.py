"""Places that are not booked here: what is known of them rules out, what is not known does not."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace
from math import inf

from bookings.finder.query import NeedAnswer, VenueToAsk
from bookings.finder.suiting import Wish
from bookings.finder.traits import FACILITIES, Mark
from spaces.access_facts import State
from spaces.models import Facility, Venue
from spaces.search import Ask, Facts, Question, which_to_ask


def to_ask(wish: Wish, question: Question) -> list[Ask]:
    """Places booked elsewhere or by phone that no known fact rules out, nearest first.

    Where a place to study or one that is free is looked for, only those known to be that.
    """
    query = wish.query
    asked = replace(question, with_needs=bool(query.needs), venue_kinds=query.venue_kinds)
    found = [
        ask
        for ask in which_to_ask(asked, now=wish.now)
        if all(ask.facts.state_of(need) is not State.NO for need in query.needs)
    ]
    for code in (FACILITIES[Mark(mark)] for mark in query.marks if mark in FACILITIES):
        there = _that_have(code, [ask.venue_id for ask in found])
        found = [ask for ask in found if ask.venue_id in there]
    return sorted(found, key=lambda ask: (*_nearest(wish, ask), ask.venue_id))


def _nearest(wish: Wish, ask: Ask) -> tuple[float, float]:
    if ask.metres is not None:
        return (ask.metres, 0)
    return (inf, -wish.matched.get(ask.venue_id, 0.0))


def _that_have(code: str, venue_ids: Collection[int]) -> set[int]:
    rows = Facility.objects.filter(
        venue_id__in=venue_ids, code=code, value=Facility.Value.YES
    ).values_list("venue_id", flat=True)
    return set(rows)


def shown(wish: Wish, asks: Sequence[Ask]) -> tuple[VenueToAsk, ...]:
    """With what the page shows of them."""
    venues = Venue.objects.select_related("council", "operator__organisation")
    by_id = venues.in_bulk([ask.venue_id for ask in asks])
    return tuple(
        VenueToAsk(venue=by_id[ask.venue_id], metres=ask.metres, needs=needs_of(wish, ask.facts))
        for ask in asks
        if ask.venue_id in by_id
    )


def needs_of(wish: Wish, facts: Facts) -> tuple[NeedAnswer, ...]:
    """The needs asked for, answered."""
    return tuple(NeedAnswer(need, facts.state_of(need)) for need in wish.query.needs)
