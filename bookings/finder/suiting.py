"""Which of the fits are worth showing, and in what order."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from math import inf

from bookings.finder.misses import daypart_of
from bookings.finder.query import FindQuery, Unknowns, WhyNot
from bookings.finder.traits import Traits, traits_of
from core.clock import london
from core.intervals import Span
from spaces.access_facts import NEEDS, State
from spaces.search import Fit
from tariffs.models import GuidePrice

_ANY_TIME = GuidePrice.Daypart.values


@dataclass(frozen=True, slots=True)
class Wish:
    """The query with its times worked out; `now` decides what is too soon or too far ahead.

    `traits`: of the spaces that were found; `matched`: how well the words describe each venue.
    """

    query: FindQuery
    spans: tuple[Span, ...]
    now: datetime
    traits: dict[int, Traits] = field(default_factory=dict)
    matched: Mapping[int, float] = field(default_factory=dict)
    _allowed: dict[tuple[int, ...], int] = field(default_factory=dict, init=False)
    _states: dict[tuple[int, int], dict[str, State]] = field(default_factory=dict, init=False)
    _unsure: dict[tuple[int, int], int] = field(default_factory=dict, init=False)

    def learn(self, fits: Iterable[Fit]) -> None:
        """Read the traits of these spaces where they matter and are new. At most one query."""
        if not self.query.asks_for_traits:
            return
        new = {fit.space_id for fit in fits} - self.traits.keys()
        if new:
            found = traits_of(
                new,
                spans=self.spans,
                category=self.query.category,
                dayparts=[daypart_of(self.spans)] if self.spans else _ANY_TIME,
                now=self.now,
            )
            self.traits.update(found)

    @property
    def everything(self) -> int:
        """The mask of all spans."""
        return (1 << len(self.spans)) - 1

    def allowed_mask(self, fit: Fit) -> int:
        """The spans that the venue's notice, its booking window and the space's lengths allow."""
        rules = (
            fit.notice_hours,
            fit.booking_window_days,
            fit.least_minutes,
            fit.longest_minutes,
        )
        if rules not in self._allowed:
            self._allowed[rules] = sum(
                (not self._when(fit, span) and not self._length(fit, span)) << n
                for n, span in enumerate(self.spans)
            )
        return self._allowed[rules]

    def reasons(self, fit: Fit, n: int) -> tuple[WhyNot, ...]:
        """Every reason why span `n` cannot be had at this space."""
        span = self.spans[n]
        hours = sorted(WhyNot(reason.value) for reason in fit.reasons(n, span))
        return (*hours, *self._when(fit, span), *self._length(fit, span))

    def _when(self, fit: Fit, span: Span) -> tuple[WhyNot, ...]:
        if span.start <= self.now:
            return (WhyNot.IN_THE_PAST,)
        if span.start - self.now < timedelta(hours=fit.notice_hours):
            return (WhyNot.TOO_LITTLE_NOTICE,)
        last = london(self.now).date() + timedelta(days=fit.booking_window_days)
        return (WhyNot.TOO_FAR_AHEAD,) if london(span.start).date() > last else ()

    def _length(self, fit: Fit, span: Span) -> tuple[WhyNot, ...]:
        minutes = span.length.total_seconds() / 60
        if minutes < fit.least_minutes:
            return (WhyNot.TOO_SHORT,)
        return (WhyNot.TOO_LONG,) if minutes > fit.longest_minutes else ()

    def has_time(self, fit: Fit) -> bool:
        """Whether at least one wanted date can be had, or might be where hours are not known."""
        if not self.spans:
            return True
        masks = fit.free_mask
        if self.query.unknowns is Unknowns.SHOW:
            masks |= fit.ask_mask(len(self.spans))
        return bool(masks and masks & self.allowed_mask(fit))

    def is_free_throughout(self, fit: Fit) -> bool:
        """Whether every wanted date can be had; never where no date is wanted."""
        free = (fit.free_mask & self.allowed_mask(fit)).bit_count()
        return bool(self.spans) and free == len(self.spans)

    def has_size(self, fit: Fit) -> bool:
        """Whether the space is large enough, or might be."""
        is_certain = fit.capacity is not None or not self.query.people
        return is_certain or self.query.unknowns is Unknowns.SHOW

    def state(self, fit: Fit, need: str) -> State:
        """What is known of one need; two thousand spaces have few different sets of answers."""
        key = (fit.yes_mask, fit.no_mask)
        found = self._states.get(key)
        if found is None:
            facts = fit.facts
            found = {need: facts.state_of(need) for need in NEEDS}
            self._states[key] = found
        return found[need]

    def unsure_needs(self, fit: Fit) -> int:
        """Of how many of the needs asked for nobody knows whether they are met."""
        key = (fit.yes_mask, fit.no_mask)
        found = self._unsure.get(key)
        if found is None:
            found = sum(self.state(fit, need) is State.UNKNOWN for need in self.query.needs)
            self._unsure[key] = found
        return found

    def meets(self, fit: Fit, need: str) -> bool:
        """Whether one need is met, or might be: what nobody has checked is not a no."""
        return self._is_met(self.state(fit, need))

    def _is_met(self, state: State) -> bool:
        if self.query.unknowns is Unknowns.SHOW:
            return state is not State.NO
        return state is State.YES


def by_venue(wish: Wish, fits: Sequence[Fit]) -> list[list[Fit]]:
    """One list for each venue, its best-fitting space first; the best venue first.

    A hall and its halves are one entry: the smallest that is large enough leads, so that a
    group of ten is not sent to the whole hall.
    """
    venues: dict[int, list[tuple[tuple[float, ...], Fit]]] = {}
    for fit in fits:
        venues.setdefault(fit.venue_id, []).append((_rank(wish, fit), fit))
    for entries in venues.values():
        entries.sort(key=lambda entry: (entry[0], entry[1].space_id))
    order = sorted(venues.values(), key=lambda entries: _venue_rank(wish, *entries[0]))
    return [[fit for _rank_, fit in entries] for entries in order]


def _rank(wish: Wish, fit: Fit) -> tuple[float, ...]:
    free = (fit.free_mask & wish.allowed_mask(fit)).bit_count() if wish.spans else 0
    unsure = wish.unsure_needs(fit)
    if wish.query.people and fit.capacity is None:
        unsure += 1
    room = inf if fit.capacity is None else float(fit.capacity)
    return (-free, unsure, room)


def _venue_rank(wish: Wish, rank: tuple[float, ...], fit: Fit) -> tuple[float, ...]:
    """Most free first, then what the words describe best, unless a place was named."""
    free, unsure, room = rank
    metres = 0.0 if fit.metres is None else fit.metres
    matched = wish.matched.get(fit.venue_id, 0.0) if fit.metres is None else 0.0
    return (free, -matched, unsure, metres, room, fit.venue_id)
