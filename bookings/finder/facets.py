"""How a list could be narrowed, with how many places each choice would leave; no query."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from decimal import Decimal

from bookings.finder.query import Facet, Option
from bookings.finder.suiting import Wish
from bookings.finder.traits import BITS, LAYOUTS, Mark, Traits
from bookings.finder.wishes import KINDS, LAYOUT, PRICE, ROOMS, has_layout
from spaces.access_facts import NEEDS
from spaces.models import Space, VenueKind
from spaces.search import Fit

# Pounds an hour, at the most.
CEILINGS = (10, 15, 20, 30, 50)
NEED, MARK, ASK_PRICE = "needs", "marks", "ask_price"


def facets(wish: Wish, ruled: Iterable[tuple[Fit, str | None]]) -> tuple[Facet, ...]:
    """Every group of choices, counted in venues, from what `ruled_out` says of each space.

    Of kinds, layouts and prices one choice replaces or joins the others of its group, so a choice
    is counted as if nothing of its group were chosen. Needs and marks add up.
    """
    counted = _Counted(wish)
    for fit, failed in ruled:
        if (failed == "" or failed in _GROUPS) and fit.space_id in wish.traits:
            counted.add(fit, failed)
    query = wish.query
    price = str(query.most_an_hour) if query.most_an_hour is not None else ""
    return (
        counted.facet(KINDS, VenueKind.values, query.venue_kinds),
        counted.facet(ROOMS, Space.Kind.values, query.space_kinds),
        counted.facet(NEED, NEEDS, query.needs),
        counted.facet(MARK, [mark.value for mark in Mark], query.marks),
        counted.facet(LAYOUT, LAYOUTS, (query.layout,)),
        counted.facet(PRICE, map(str, CEILINGS), (price,)),
        counted.facet(ASK_PRICE, ["on"], ("on",) if query.ask_price else ()),
    )


class _Counted:
    """The venues that each choice would leave.

    What two spaces have in common is worked out once: two thousand have few sets of answers.
    """

    def __init__(self, wish: Wish) -> None:
        self.wish = wish
        self.venues: dict[tuple[str, str], set[int]] = defaultdict(set)
        self._known: dict[tuple[object, ...], Sequence[set[int]]] = {}

    def add(self, fit: Fit, failed: str) -> None:
        """Count a space that everything lets through, or all but one group of choices."""
        traits = self.wish.traits[fit.space_id]
        groups: list[Sequence[set[int]]] = []
        if failed in {"", KINDS}:
            groups.append([self.venues[KINDS, traits.venue_kind]])
        if failed in {"", ROOMS}:
            groups.append([self.venues[ROOMS, traits.space_kind]])
        if failed in {"", LAYOUT}:
            key = (LAYOUT, traits.layouts)
            groups.append(self._once(key, lambda: self._layouts(traits)))
        if failed in {"", PRICE}:
            price = (PRICE, traits.an_hour)
            groups.append(self._once(price, lambda: _prices(traits.an_hour)))
        if not failed:
            needs = (NEED, fit.yes_mask, fit.no_mask)
            groups.append(self._once(needs, lambda: self._needs_met(fit)))
            groups.append(self._once((MARK, traits.marks), lambda: _marks(traits.marks)))
        for group in groups:
            for held in group:
                held.add(fit.venue_id)

    def _once(
        self, key: tuple[object, ...], choices: Callable[[], Iterable[tuple[str, str]]]
    ) -> Sequence[set[int]]:
        found = self._known.get(key)
        if found is None:
            found = self._known[key] = [self.venues[choice] for choice in choices()]
        return found

    def _layouts(self, traits: Traits) -> list[tuple[str, str]]:
        return [
            (LAYOUT, layout)
            for layout, people in zip(LAYOUTS, traits.layouts, strict=True)
            if has_layout(self.wish, traits, people)
        ]

    def _needs_met(self, fit: Fit) -> list[tuple[str, str]]:
        return [(NEED, need) for need in NEEDS if self.wish.meets(fit, need)]

    def facet(self, slug: str, values: Iterable[str], chosen: Sequence[str]) -> Facet:
        return Facet(
            slug,
            tuple(
                Option(value, len(self.venues.get((slug, value), ())), value in chosen)
                for value in values
            ),
        )


_GROUPS = {KINDS, ROOMS, LAYOUT, PRICE}


def _marks(marks: int) -> list[tuple[str, str]]:
    return [(MARK, mark.value) for mark, bit in BITS.items() if marks & bit]


def _prices(an_hour: Decimal | None) -> list[tuple[str, str]]:
    if an_hour is None:
        return [(ASK_PRICE, "on")]
    return [(PRICE, str(most)) for most in CEILINGS if an_hour <= most]
