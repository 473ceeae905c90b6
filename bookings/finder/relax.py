"""Nothing found: which wish removed the last places, and what leaving each out would bring back."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from bookings.finder.query import Relaxed
from bookings.finder.suiting import Wish, suiting
from spaces.search import Fit, Question, which_fit

TIMES, PEOPLE, NEAR, KINDS = "times", "people", "near", "kinds"


def relaxations(wish: Wish, question: Question, fits: Sequence[Fit]) -> tuple[Relaxed, ...]:
    """How many venues each wish alone keeps away, most first; at most three more statements."""
    found = [
        Relaxed(name, len({fit.venue_id for fit in back}))
        for name, back in _without(wish, question, fits)
    ]
    return tuple(sorted((r for r in found if r.venues), key=lambda r: (-r.venues, r.wish)))


def _without(
    wish: Wish, question: Question, fits: Sequence[Fit]
) -> Iterable[tuple[str, list[Fit]]]:
    needs = wish.query.needs
    for need in needs:
        rest = tuple(other for other in needs if other != need)
        yield need, suiting(replace(wish, query=replace(wish.query, needs=rest)), fits)
    if wish.spans:
        yield TIMES, suiting(replace(wish, spans=()), fits)
    if question.people:
        larger = which_fit(replace(question, people=None), now=wish.now)
        yield PEOPLE, suiting(replace(wish, query=replace(wish.query, people=None)), larger)
    if question.near is not None:
        yield NEAR, suiting(wish, which_fit(replace(question, near=None), now=wish.now))
    if question.venue_kinds or question.space_kinds:
        any_kind = replace(question, venue_kinds=(), space_kinds=())
        yield KINDS, suiting(wish, which_fit(any_kind, now=wish.now))


def emptied_by(wish: Wish, fits: Sequence[Fit], relaxed: Sequence[Relaxed]) -> str:
    """The wish after which no place was left, in the order place and size, times, needs."""
    if not fits:
        return next((r.wish for r in relaxed if r.wish in {NEAR, PEOPLE, KINDS}), "")
    left = [fit for fit in fits if wish.has_size(fit)]
    if not left:
        return PEOPLE
    left = [fit for fit in left if wish.has_time(fit)]
    if not left:
        return TIMES
    for need in wish.query.needs:
        left = [fit for fit in left if wish.meets(fit, need)]
        if not left:
            return need
    return ""
