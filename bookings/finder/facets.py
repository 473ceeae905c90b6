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
_LAYOUT_BITS = tuple(_BIT[LAYOUT, layout] for layout in LAYOUTS)
_EVERY_LAYOUT = sum(_LAYOUT_BITS)


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
        mask = known.get(plain)
        if mask is None:
            mask = known[plain] = _kinds(traits) | _prices(traits.an_hour) | _marks(traits.marks)
        needs: Hashable = (fit.yes_mask, fit.no_mask)
        met = known.get(needs)
        if met is None:
            met = known[needs] = self._needs_met(fit)
        layouts: Hashable = traits.layouts
        fits = known.get(layouts)
        if fits is None:
            fits = known[layouts] = self._layouts(traits.layouts)
        return mask | met | fits

    def _of_group(self, traits: Traits, slug: str) -> int:
        """What a space would be left by in the one group in which something else was chosen."""
        if slug == KINDS:
            return _BIT[KINDS, traits.venue_kind]
        if slug == ROOMS:
            return _BIT[ROOMS, traits.space_kind]
        if slug == LAYOUT:
            return self._layouts(traits.layouts)
        return _prices(traits.an_hour) if slug == PRICE else 0

    def _layouts(self, layouts: Sequence[int | None]) -> int:
        """As `wishes.has_layout` says it of one layout."""
        if not any(layouts):
            return _EVERY_LAYOUT if self.wish.query.unknowns is Unknowns.SHOW else 0
        needed = self.wish.query.people or 1
        mask = 0
        for bit, people in zip(_LAYOUT_BITS, layouts, strict=True):
            if people is not None and people >= needed:
                mask |= bit
        return mask

    def _needs_met(self, fit: Fit) -> int:
        return _mask((NEED, need) for need in NEEDS if self.wish.meets(fit, need))


def _mask(choices: Iterable[Choice]) -> int:
    return sum(_BIT[choice] for choice in choices)


def _kinds(traits: Traits) -> int:
    return _BIT[KINDS, traits.venue_kind] | _BIT[ROOMS, traits.space_kind]


def _marks(marks: int) -> int:
    return _mask((MARK, mark.value) for mark, bit in BITS.items() if marks & bit)


def _prices(an_hour: Decimal | None) -> int:
    if an_hour is None:
        return _BIT[ASK_PRICE, "on"]
    return _mask((PRICE, str(most)) for most in CEILINGS if an_hour <= most)
