"""Everything that may rule a space out, by name, in the order in which people are told."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from functools import partial

from bookings.finder.query import Unknowns
from bookings.finder.suiting import Wish
from bookings.finder.traits import LAYOUTS, Traits
from spaces.search import Fit

TIMES, PEOPLE, NEAR, WORDS = "times", "people", "near", "words"
KINDS, ROOMS, LAYOUT, PRICE = "kinds", "rooms", "layout", "price"

Check = Callable[[Fit], bool]


def wishes(wish: Wish) -> list[tuple[str, Check]]:
    """What was asked for beyond place, words and size, which the statement sees to."""
    query = wish.query
    found: list[tuple[str, Check]] = []
    if query.people:
        found.append((PEOPLE, wish.has_size))
    if query.venue_kinds:
        found.append((KINDS, partial(_has_kind, wish, frozenset(query.venue_kinds))))
    if query.space_kinds:
        found.append((ROOMS, partial(_has_room, wish, frozenset(query.space_kinds))))
    if wish.spans:
        found.append((TIMES, wish.has_time))
    found += [(need, partial(_meets, wish, need)) for need in query.needs]
    found += [(mark, partial(_has_mark, wish, mark)) for mark in query.marks]
    if query.layout:
        found.append((LAYOUT, partial(_has_layout, wish)))
    if query.most_an_hour is not None:
        found.append((PRICE, partial(_is_cheap, wish)))
    return found


def _has_kind(wish: Wish, kinds: frozenset[str], fit: Fit) -> bool:
    traits = wish.traits.get(fit.space_id)
    return traits is not None and traits.venue_kind in kinds


def _has_room(wish: Wish, kinds: frozenset[str], fit: Fit) -> bool:
    traits = wish.traits.get(fit.space_id)
    return traits is not None and traits.space_kind in kinds


def _meets(wish: Wish, need: str, fit: Fit) -> bool:
    return wish.meets(fit, need)


def _has_mark(wish: Wish, mark: str, fit: Fit) -> bool:
    traits = wish.traits.get(fit.space_id)
    return traits is not None and traits.has(mark)


def _has_layout(wish: Wish, fit: Fit) -> bool:
    traits = wish.traits.get(fit.space_id)
    if traits is None:
        return False
    return has_layout(wish, traits, traits.layouts[LAYOUTS.index(wish.query.layout)])


def has_layout(wish: Wish, traits: Traits, people: int | None) -> bool:
    """Whether a layout for `people` is enough, or might be where nobody has said any."""
    if people is None:
        return wish.query.unknowns is Unknowns.SHOW and not any(traits.layouts)
    return people >= (wish.query.people or 1)


def _is_cheap(wish: Wish, fit: Fit) -> bool:
    """By guide price; a place that has to be asked for its price only where that was wished."""
    traits = wish.traits.get(fit.space_id)
    if traits is None or wish.query.most_an_hour is None:
        return False
    if traits.an_hour is None:
        return wish.query.ask_price
    return traits.an_hour <= wish.query.most_an_hour


def ruled_out(wish: Wish, fits: Iterable[Fit]) -> Iterator[tuple[Fit, str | None]]:
    """Each fit with the one wish that rules it out, "" for none and None for several."""
    checks = wishes(wish)
    for fit in fits:
        failed: str | None = ""
        for name, holds in checks:
            if not holds(fit):
                if failed:
                    failed = None
                    break
                failed = name
        yield fit, failed


def suiting(wish: Wish, fits: Iterable[Fit]) -> list[Fit]:
    """The fits that nothing wished for rules out."""
    return [fit for fit, failed in ruled_out(wish, fits) if failed == ""]
