"""Put the question, rank the answers, and fill one page with what people decide by."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.utils.translation import gettext as _

from bookings.finder import explain, prices, relax
from bookings.finder.facets import facets
from bookings.finder.query import (
    PAGE_SIZE,
    AlsoHere,
    DateAnswer,
    FindQuery,
    FindResult,
    FoundSpace,
    ShownPrice,
)
from bookings.finder.suiting import Wish, by_venue
from bookings.finder.to_ask import needs_of, shown, to_ask
from bookings.finder.traits import LAYOUTS, Mark
from bookings.finder.wishes import ruled_out
from core.errors import BadInput
from core.intervals import Span
from spaces.access_facts import NEEDS
from spaces.models import Space
from spaces.places import FoundPlace, find_place
from spaces.search import Circle, Fit, Question, which_fit, which_match
from spaces.timetable import spans as spans_of

_ALSO = 4
# People ask about rooms, not stadiums; more is a slip of the hand.
MOST_PEOPLE = 100_000


def find(query: FindQuery, *, now: datetime) -> FindResult:
    """One page of the places that suit `query`, with dates, needs, distance and price.

    The same number of queries for any number of places.
    Raises: BadInput for a need nobody knows, a pattern without dates, or a page below 1.
    """
    _check(query)
    matched = which_match(query.text) if query.text.strip() else {}
    spans = tuple(spans_of(query.pattern)) if query.pattern else ()
    wish = Wish(query, spans, now, matched=matched)
    place = find_place(query.near, council_id=query.council_id) if query.near.strip() else None
    question = _question(wish, place)
    fits = which_fit(question, now=now)
    wish.learn(fits)
    ruled = list(ruled_out(wish, fits))
    venues = by_venue(wish, [fit for fit, failed in ruled if failed == ""])
    asks = to_ask(wish, question)
    relaxed, emptied_by = relax.relaxations(wish, question, fits) if not venues else ((), "")
    first = (query.page - 1) * PAGE_SIZE
    lost, lost_count = explain.ruled_out(wish, ruled) if query.page == 1 else ((), 0)
    return FindResult(
        query=query,
        place=place,
        is_place_unknown=bool(query.near.strip()) and place is None,
        spans=wish.spans,
        count=len(venues),
        on_every_date=sum(wish.is_free_throughout(fits[0]) for fits in venues),
        places=explain.with_whys(wish, _page(wish, venues[first : first + PAGE_SIZE])),
        to_ask=shown(wish, asks[:PAGE_SIZE]) if query.page == 1 else (),
        to_ask_count=len(asks),
        emptied_by=emptied_by,
        relaxed=relaxed,
        ruled_out=lost,
        ruled_out_count=lost_count,
        unsure_count=explain.unsure_count(wish, fits, len(venues)),
        facets=facets(wish, ruled) if query.with_facets else (),
    )


def _check(query: FindQuery) -> None:
    if any(need not in NEEDS for need in query.needs):
        raise BadInput(_("We do not know one of the needs you asked for."))
    if any(mark not in list(Mark) for mark in query.marks) or (
        query.layout and query.layout not in LAYOUTS
    ):
        raise BadInput(_("We do not know one of the things you asked for."))
    if query.most_an_hour is not None and query.most_an_hour < 0:
        raise BadInput(_("A price cannot be below 0."))
    if query.page < 1:
        raise BadInput(_("Pages are numbered from 1."))
    if query.people is not None and not 1 <= query.people <= MOST_PEOPLE:
        raise BadInput(_("Say how many people will come, as a number above 0."))
    if query.radius_m < 1:
        raise BadInput(_("The distance must be above 0."))


def _question(wish: Wish, place: FoundPlace | None) -> Question:
    query = wish.query
    # Kinds are looked at afterwards, and all needs are read, so that every choice can be counted.
    circle = Circle(place.latitude, place.longitude, query.radius_m) if place else None
    return Question(
        spans=wish.spans,
        people=query.people,
        near=circle,
        with_needs=query.with_facets or bool(query.needs),
        council_id=query.council_id,
        venue_ids=tuple(wish.matched) if query.text.strip() else None,
    )


def _page(wish: Wish, venues: Sequence[Sequence[Fit]]) -> tuple[FoundSpace, ...]:
    if not venues:
        return ()
    ids = [fit.space_id for fits in venues for fit in fits[: _ALSO + 1]]
    spaces = Space.objects.select_related("venue__council")
    by_id = spaces.in_bulk(ids)
    # A space that was removed since the question was put is left out.
    shown = [found for fits in venues if (found := [f for f in fits if f.space_id in by_id])]
    priced = _prices(wish, [fits[0] for fits in shown], by_id)
    return tuple(_found(wish, fits, by_id, priced[fits[0].space_id]) for fits in shown)


def _prices(wish: Wish, leads: Sequence[Fit], by_id: dict[int, Space]) -> dict[int, ShownPrice]:
    category, people = wish.query.category, wish.query.people or 0
    if not wish.spans:
        return prices.guides([by_id[fit.space_id] for fit in leads], category=category)
    wanted = {by_id[fit.space_id]: _priced_spans(wish, fit) for fit in leads}
    return prices.quotes(wanted, category=category, people=people, now=wish.now)


def _priced_spans(wish: Wish, fit: Fit) -> list[Span]:
    """The dates that can be had, or might be."""
    mask = fit.free_mask if fit.hours_known else fit.ask_mask(len(wish.spans))
    mask &= wish.allowed_mask(fit)
    return [span for n, span in enumerate(wish.spans) if mask >> n & 1]


def _found(
    wish: Wish, fits: Sequence[Fit], by_id: dict[int, Space], price: ShownPrice
) -> FoundSpace:
    lead = fits[0]
    space = by_id[lead.space_id]
    return FoundSpace(
        venue=space.venue,
        space=space,
        metres=lead.metres,
        dates=tuple(DateAnswer(span, wish.reasons(lead, n)) for n, span in enumerate(wish.spans)),
        needs=needs_of(wish, lead.facts),
        price=price,
        also=tuple(
            AlsoHere(by_id[fit.space_id], (fit.free_mask & wish.allowed_mask(fit)).bit_count())
            for fit in fits[1 : _ALSO + 1]
        ),
    )
