"""How a list could be narrowed, with how many places each choice would leave; no query."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Hashable, Iterable, Sequence
from decimal import Decimal

from bookings.finder.query import Facet, Option, Unknowns
from bookings.finder.suiting import Wish
from bookings.finder.traits import BITS, LAYOUTS, Mark, Traits
from bookings.finder.wishes import KINDS, LAYOUT, PRICE, ROOMS
from spaces.access_facts import NEEDS
from spaces.models import Space, VenueKind
from spaces.search import Fit

# Pounds an hour, at the most.
CEILINGS = (10, 15, 20, 30, 50)
NEED, MARK, ASK_PRICE = "needs", "marks", "ask_price"

Choice = tuple[str, str]

_VALUES: dict[str, tuple[str, ...]] = {
    KINDS: tuple(VenueKind.values),
    ROOMS: tuple(Space.Kind.values),
    NEED: tuple(NEEDS),
    MARK: tuple(mark.value for mark in Mark),
    LAYOUT: LAYOUTS,
    PRICE: tuple(str(most) for most in CEILINGS),
    ASK_PRICE: ("on",),
}
_CHOICES: tuple[Choice, ...] = tuple(
    (slug, value) for slug, values in _VALUES.items() for value in values
)
_BIT = {choice: 1 << n for n, choice in enumerate(_CHOICES)}


def facets(wish: Wish, ruled: Iterable[tuple[Fit, str | None]]) -> tuple[Facet, ...]:
    """Every group of choices, counted in venues, from what `ruled_out` says of each space.

    Of kinds, layouts and prices one choice replaces or joins the others of its group, so a choice
    is counted as if nothing of its group were chosen. Needs and marks add up.
    """
    left_by = _LeftBy(wish)
    venues: dict[int, int] = defaultdict(int)
    for fit, failed in ruled:
        if failed is not None and fit.space_id in wish.traits:
            venues[fit.venue_id] |= left_by(fit, failed)
    counts = _counts(venues.values())
    chosen = _chosen(wish)
    return tuple(
        Facet(
            slug,
            tuple(Option(value, counts[slug, value], (slug, value) in chosen) for value in values),
        )
        for slug, values in _VALUES.items()
    )


def _counts(masks: Collection[int]) -> dict[Choice, int]:
    """In how many masks each choice is: they are written below each other and read in columns."""
    width = len(_CHOICES)
    written = "".join(f"{mask:0{width}b}" for mask in masks)
    return {choice: written[width - 1 - n :: width].count("1") for n, choice in enumerate(_CHOICES)}


def _chosen(wish: Wish) -> set[Choice]:
    query = wish.query
    found = {(KINDS, kind) for kind in query.venue_kinds}
    found |= {(ROOMS, kind) for kind in query.space_kinds}
    found |= {(NEED, need) for need in query.needs}
    found |= {(MARK, mark) for mark in query.marks}
    found |= {(LAYOUT, query.layout), (PRICE, str(query.most_an_hour))}
    return found | ({(ASK_PRICE, "on")} if query.ask_price else set())


class _LeftBy:
    """The choices that would leave a space in the list, as a mask of their bits.

    What two spaces have in common is worked out once: two thousand have few sets of answers.
    """

    def __init__(self, wish: Wish) -> None:
        self.wish = wish
        self._known: dict[Hashable, int] = {}

    def __call__(self, fit: Fit, failed: str) -> int:
        """Of a space that nothing rules out (""), or only what was chosen in the group `failed`."""
        traits = self.wish.traits[fit.space_id]
        if failed:
            return self._of_group(traits, failed)
        known = self._known
        plain: Hashable = traits[:4]
        if plain not in known:
            known[plain] = _mask(
                [(KINDS, traits.venue_kind), (ROOMS, traits.space_kind)],
                _prices(traits.an_hour),
                _marks(traits.marks),
            )
        needs: Hashable = (fit.yes_mask, fit.no_mask)
        if needs not in known:
            known[needs] = _mask(self._needs_met(fit))
        layouts: Hashable = traits.layouts
        if layouts not in known:
            known[layouts] = _mask(self._layouts(traits.layouts))
        return known[plain] | known[needs] | known[layouts]

    def _of_group(self, traits: Traits, slug: str) -> int:
        """What a space would be left by in the one group in which something else was chosen."""
        groups: dict[str, Iterable[Choice]] = {
            KINDS: [(KINDS, traits.venue_kind)],
            ROOMS: [(ROOMS, traits.space_kind)],
            LAYOUT: self._layouts(traits.layouts),
            PRICE: _prices(traits.an_hour),
        }
        return _mask(groups.get(slug, ()))

    def _layouts(self, layouts: Sequence[int | None]) -> Iterable[Choice]:
        """As `wishes.has_layout` says it of one layout."""
        if not any(layouts):
            is_shown = self.wish.query.unknowns is Unknowns.SHOW
            return [(LAYOUT, layout) for layout in LAYOUTS] if is_shown else []
        needed = self.wish.query.people or 1
        return [
            (LAYOUT, layout)
            for layout, people in zip(LAYOUTS, layouts, strict=True)
            if people is not None and people >= needed
        ]

    def _needs_met(self, fit: Fit) -> Iterable[Choice]:
        return [(NEED, need) for need in NEEDS if self.wish.meets(fit, need)]


def _mask(*groups: Iterable[Choice]) -> int:
    return sum(_BIT[choice] for group in groups for choice in group)


def _marks(marks: int) -> Iterable[Choice]:
    return [(MARK, mark.value) for mark, bit in BITS.items() if marks & bit]


def _prices(an_hour: Decimal | None) -> Iterable[Choice]:
    if an_hour is None:
        return [(ASK_PRICE, "on")]
    return [(PRICE, str(most)) for most in CEILINGS if an_hour <= most]
