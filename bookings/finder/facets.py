"""How a list could be narrowed, with how many places each choice would leave; no query."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from decimal import Decimal

from bookings.finder.query import Facet, Option
from bookings.finder.suiting import Wish
from bookings.finder.traits import LAYOUTS, Mark
from bookings.finder.wishes import KINDS, LAYOUT, PRICE, ROOMS, meets_layout, wishes
from spaces.access_facts import NEEDS
from spaces.models import Space, VenueKind
from spaces.search import Fit

# Pounds an hour, at the most.
CEILINGS = (10, 15, 20, 30, 50)
NEED, MARK, ASK_PRICE = "needs", "marks", "ask_price"


def facets(wish: Wish, fits: Iterable[Fit]) -> tuple[Facet, ...]:
    """Every group of choices, counted in venues.

    Of kinds, layouts and prices one choice replaces or joins the others of its group, so a choice
    is counted as if nothing of its group were chosen. Needs and marks add up.
    """
    counted = _Counted(wish)
    for fit in fits:
        counted.add(fit)
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
    """The venues that each choice would leave."""

    def __init__(self, wish: Wish) -> None:
        self.wish = wish
        self.venues: dict[tuple[str, str], set[int]] = defaultdict(set)
        self.checks: Sequence[tuple[str, Callable[[Fit], bool]]] = wishes(wish)
        self._met: dict[tuple[int, int], tuple[tuple[str, str], ...]] = {}
        self._marks: dict[int, tuple[tuple[str, str], ...]] = {}

    def add(self, fit: Fit) -> None:
        """Count a space that everything lets through, or all but one group of choices."""
        failed = ""
        for name, holds in self.checks:
            if not holds(fit):
                if failed or name not in _GROUPS:
                    return
                failed = name
        if fit.space_id not in self.wish.traits:
            return
        for choice in self._choices(fit, failed):
            self.venues[choice].add(fit.venue_id)

    def _choices(self, fit: Fit, failed: str) -> Iterable[tuple[str, str]]:
        traits = self.wish.traits[fit.space_id]
        if failed in {"", KINDS}:
            yield KINDS, traits.venue_kind
        if failed in {"", ROOMS}:
            yield ROOMS, traits.space_kind
        if failed in {"", LAYOUT}:
            for layout in LAYOUTS:
                if meets_layout(self.wish, traits, layout):
                    yield LAYOUT, layout
        if failed in {"", PRICE}:
            yield from _prices(traits.an_hour)
        if not failed:
            yield from self._needs_met(fit)
            yield from self._marks_of(traits.marks)

    def _needs_met(self, fit: Fit) -> tuple[tuple[str, str], ...]:
        key = (fit.yes_mask, fit.no_mask)
        if key not in self._met:
            self._met[key] = tuple((NEED, need) for need in NEEDS if self.wish.meets(fit, need))
        return self._met[key]

    def _marks_of(self, marks: int) -> tuple[tuple[str, str], ...]:
        if marks not in self._marks:
            held = (mark for n, mark in enumerate(Mark) if marks >> n & 1)
            self._marks[marks] = tuple((MARK, mark.value) for mark in held)
        return self._marks[marks]

    def facet(self, slug: str, values: Iterable[str], chosen: Sequence[str]) -> Facet:
        return Facet(
            slug,
            tuple(
                Option(value, len(self.venues.get((slug, value), ())), value in chosen)
                for value in values
            ),
        )


_GROUPS = {KINDS, ROOMS, LAYOUT, PRICE}


def _prices(an_hour: Decimal | None) -> Iterable[tuple[str, str]]:
    if an_hour is None:
        return [(ASK_PRICE, "on")]
    return [(PRICE, str(most)) for most in CEILINGS if an_hour <= most]
