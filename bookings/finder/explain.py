"""Why places do not meet a need, why it is not known, and by which door it is a yes."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace

from django.db.models import Q

from bookings.finder.deciding import best, holds_at, weakest
from bookings.finder.query import FoundSpace, NeedAnswer, RuledOut, Unknowns
from bookings.finder.suiting import Wish, by_venue
from bookings.finder.wishes import suiting, wishes
from spaces.access_facts import State
from spaces.faults import lines_by_venue
from spaces.models import Space, SpaceNeed
from spaces.routes.words import why
from spaces.search import Fit

# More than anybody reads; the rest are counted.
MOST_RULED_OUT = 10

Whys = dict[tuple[int, str], str]


def ruled_out(
    wish: Wish, ruled: Iterable[tuple[Fit, str | None]]
) -> tuple[tuple[RuledOut, ...], int]:
    """Venues that fit but for a need that is a known no, with the reason; and how many there are.

    `ruled`: what `wishes.ruled_out` says of each space. Two queries for any number of them, none
    where nothing was needed.
    """
    needs = wish.query.needs
    if not needs:
        return (), 0
    suit = _suiting_but_for_needs(wish, ruled)
    is_no = {masks: State.NO in states for masks, states in _known_states(wish, suit).items()}
    open_venues = {fit.venue_id for fit in suit if not is_no[fit.yes_mask, fit.no_mask]}
    without = replace(wish, query=replace(wish.query, needs=()))
    closed = by_venue(without, [fit for fit in suit if fit.venue_id not in open_venues])
    shown = [each[0] for each in closed[:MOST_RULED_OUT]]
    spaces = Space.objects.select_related("venue").in_bulk([fit.space_id for fit in shown])
    whys = whys_of(wish, list(spaces))
    found = [
        RuledOut(
            space=spaces[fit.space_id],
            needs=tuple(
                NeedAnswer(need, state, whys.get((fit.space_id, need), ""))
                for need, state in zip(needs, _states(wish, fit), strict=True)
                if state is State.NO
            ),
        )
        for fit in shown
        if fit.space_id in spaces
    ]
    return tuple(found), len(closed)


def _suiting_but_for_needs(wish: Wish, ruled: Iterable[tuple[Fit, str | None]]) -> list[Fit]:
    """The spaces that nothing but a need rules out, or nothing at all."""
    needs = wish.query.needs
    others = [holds for name, holds in wishes(wish) if name not in needs]
    return [
        fit
        for fit, failed in ruled
        if failed == ""
        or failed in needs
        or (failed is None and all(holds(fit) for holds in others))
    ]


def unsure_count(wish: Wish, fits: Sequence[Fit], shown: int) -> int:
    """How many more venues there are of which a need is not known; 0 where they are shown."""
    if wish.query.unknowns is Unknowns.SHOW or not wish.query.needs:
        return 0
    open_to_all = replace(wish, query=replace(wish.query, unknowns=Unknowns.SHOW))
    return max(0, len({fit.venue_id for fit in suiting(open_to_all, fits)}) - shown)


def _known_states(wish: Wish, fits: Iterable[Fit]) -> dict[tuple[int, int], list[State]]:
    """By the masks of the answers, of which there are few, what is known of each need."""
    one_of_each = {(fit.yes_mask, fit.no_mask): fit for fit in fits}
    return {masks: _states(wish, fit) for masks, fit in one_of_each.items()}


def _states(wish: Wish, fit: Fit) -> list[State]:
    return [wish.state(fit, need) for need in wish.query.needs]


def with_whys(wish: Wish, places: Iterable[FoundSpace]) -> tuple[FoundSpace, ...]:
    """The same places, each need with what decides it, and what is out of order. Two queries."""
    found = tuple(places)
    if not found:
        return found
    faults = lines_by_venue({one.venue.pk for one in found}, now=wish.now)
    whys = whys_of(wish, [one.space.pk for one in found]) if wish.query.needs else {}
    return tuple(
        replace(
            one,
            needs=tuple(
                replace(need, why=whys.get((one.space.pk, need.slug), "")) for need in one.needs
            ),
            faults=tuple(
                line.words
                for line in faults.get(one.venue.pk, ())
                if line.space_id in {None, one.space.pk}
            ),
        )
        for one in found
    )


def whys_of(wish: Wish, space_ids: Collection[int]) -> Whys:
    """In words, what decides each need of each space at the times asked for. One query."""
    at_times = Q()
    if not wish.spans:
        at_times = Q(starts_at=None) | Q(starts_at__lte=wish.now)
        at_times &= Q(ends_at=None) | Q(ends_at__gt=wish.now)
    rows = SpaceNeed.objects.filter(at_times, space__in=space_ids, need__in=wish.query.needs)
    by_need: dict[tuple[int, str], list[SpaceNeed]] = defaultdict(list)
    for row in rows.order_by("starts_at", "from_minute"):
        if row.space_id and (not wish.spans or holds_at(row, wish.spans)):
            by_need[row.space_id, row.need].append(row)
    # With times the weakest counts; without, the best of the week.
    decide = weakest if wish.spans else best
    return {key: why(decide(mine).why) for key, mine in by_need.items()}
