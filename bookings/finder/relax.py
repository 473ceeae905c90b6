"""Nothing found: which wish removed the last places, and what leaving each out would bring back."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from bookings.finder.query import FindQuery, Relaxed
from bookings.finder.suiting import Wish
from bookings.finder.traits import Mark
from bookings.finder.wishes import (
    KINDS,
    LAYOUT,
    NEAR,
    PEOPLE,
    PRICE,
    ROOMS,
    TIMES,
    WORDS,
    suiting,
    wishes,
)
from spaces.access_facts import NEEDS
from spaces.search import Fit, Question, which_fit

_MARKS = frozenset(mark.value for mark in Mark)


def relaxations(
    wish: Wish, question: Question, fits: Sequence[Fit]
) -> tuple[tuple[Relaxed, ...], str]:
    """How many venues each wish alone keeps away, most first, and which removed the last places.

    At most four more statements: one for each of the wishes that the statement sees to, and one
    for what is known of the spaces that these bring back.
    """
    wider = _wider(wish, question)
    wish.learn([fit for more in wider.values() for fit in more])
    back = {
        name: suiting(_without(wish, name), wider.get(name, fits)) for name in _names(wish, wider)
    }
    found = [Relaxed(name, len({fit.venue_id for fit in more})) for name, more in back.items()]
    relaxed = tuple(sorted((r for r in found if r.venues), key=lambda r: (-r.venues, r.wish)))
    return relaxed, _emptied_by(wish, fits, relaxed)


def _wider(wish: Wish, question: Question) -> dict[str, list[Fit]]:
    """What the statement finds without one of the wishes that it sees to."""
    asked = {
        PEOPLE: (question.people, replace(question, people=None)),
        NEAR: (question.near, replace(question, near=None)),
        WORDS: (question.venue_ids is not None, replace(question, venue_ids=None)),
    }
    return {
        name: which_fit(wider, now=wish.now)
        for name, (is_asked, wider) in asked.items()
        if is_asked
    }


def _names(wish: Wish, wider: Iterable[str]) -> list[str]:
    return list(dict.fromkeys([*wider, *(name for name, _holds in wishes(wish))]))


def _without(wish: Wish, name: str) -> Wish:
    """The same wish but for one thing."""
    query = wish.query
    if name == TIMES:
        return replace(wish, spans=())
    if name in NEEDS:
        rest = tuple(need for need in query.needs if need != name)
        return replace(wish, query=replace(query, needs=rest))
    if name in _MARKS:
        left = tuple(mark for mark in query.marks if mark != name)
        return replace(wish, query=replace(query, marks=left))
    return replace(wish, query=_left_out(query, name))


def _left_out(query: FindQuery, name: str) -> FindQuery:
    return {
        PEOPLE: replace(query, people=None),
        KINDS: replace(query, venue_kinds=()),
        ROOMS: replace(query, space_kinds=()),
        LAYOUT: replace(query, layout=""),
        PRICE: replace(query, most_an_hour=None),
    }.get(name, query)


def _emptied_by(wish: Wish, fits: Sequence[Fit], relaxed: Sequence[Relaxed]) -> str:
    """The wish after which no place was left: place, words and size, then times, then the rest."""
    if not fits:
        return next((r.wish for r in relaxed if r.wish in {NEAR, PEOPLE, WORDS}), "")
    left = list(fits)
    for name, holds in wishes(wish):
        left = [fit for fit in left if holds(fit)]
        if not left:
            return name
    return ""
