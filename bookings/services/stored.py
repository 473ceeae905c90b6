"""Dates as they are stored, and what they asked of the rates when they were booked.

Five statements for any number of dates; nothing is read while they are priced.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal

from bookings.models import Booking, Occurrence, State
from bookings.pricing import series_facts
from bookings.queries import AHEAD
from core import sql
from core.clock import london
from core.intervals import Span
from spaces.models import Space, StockItem
from tariffs.engine import AskedItem, AskedSpace, PriceAsk
from tariffs.services import asked_item, asked_space

_STANDING = (*AHEAD, State.ATTENDED)


@dataclass(frozen=True, slots=True)
class StoredDate:
    """One date of a booking. `series`: what follows from all dates that were booked with it.

    `charged` is the sum of its kept lines; None where it has none. `before_help`: the same
    without what free hours, a voucher or a grant took off; `is_helped`: whether any did.
    `version_id`: the rates that the lines come from. `stand`: the dates of the booking that
    stand, in time order, by number.
    """

    id: int
    booking_id: int
    reference: str
    span: Span
    category: str
    people: int
    organisation_id: int | None
    person_id: int | None
    is_sensitive: bool
    booked_at: datetime
    spaces: tuple[AskedSpace, ...]
    items: tuple[AskedItem, ...]
    charged: Decimal | None
    is_estimate: bool
    version_id: int | None
    before_help: Decimal | None
    is_helped: bool
    booking: Booking = field(repr=False)
    series: Mapping[str, object] = field(repr=False)
    stand: Sequence[tuple[int, Span]] = field(repr=False)


def ask_of(date: StoredDate) -> PriceAsk:
    """What this date asks of the rates, before anybody has answered what they ask."""
    return PriceAsk(
        spaces=date.spaces,
        span=date.span,
        category=date.category,
        people=date.people,
        items=date.items,
        told=date.series,
    )


_WANTED = """
SELECT date.id, date.booking_id, date.starts_at, date.ends_at
FROM bookings_occurrence date JOIN bookings_booking booking ON booking.id = date.booking_id
WHERE booking.venue_id = %(venue)s AND date.state = ANY(%(states)s)
  AND date.starts_at >= %(start)s AND (%(end)s::timestamptz IS NULL OR date.starts_at < %(end)s)
  AND (date.hold_until IS NULL OR date.hold_until > %(now)s)
  AND (%(bookings)s::bigint[] IS NULL OR date.booking_id = ANY(%(bookings)s::bigint[]))
"""
# Help has lines of its own, and so has the VAT that falls with it, under the same name.
_HELP = "(kind IN ('allowance', 'voucher', 'grant') OR (kind = 'vat' AND amount < 0))"
_DATES = f"""
WITH wanted AS MATERIALIZED ({_WANTED}),
     used AS (
       SELECT occurrence_id, array_agg(DISTINCT space_id) AS spaces
       FROM bookings_use WHERE occurrence_id IN (SELECT id FROM wanted) GROUP BY 1),
     lent AS (
       SELECT occurrence_id, array_agg(item_id ORDER BY item_id) AS items,
              array_agg(quantity ORDER BY item_id) AS quantities
       FROM bookings_itemuse WHERE occurrence_id IN (SELECT id FROM wanted) GROUP BY 1),
     kept AS (
       SELECT occurrence_id, sum(amount) AS charged, bool_or(is_estimate) AS is_estimate,
              max(version_id) AS version_id,
              sum(amount) FILTER (WHERE NOT {_HELP}) AS before_help, bool_or({_HELP}) AS is_helped
       FROM bookings_quoteline WHERE occurrence_id IN (SELECT id FROM wanted) GROUP BY 1)
SELECT wanted.id, wanted.booking_id, booking.reference, wanted.starts_at, wanted.ends_at,
       booking.category, booking.people, booking.organisation_id, booking.private_hirer_id,
       booking.visibility = 'sensitive', booking.created_at,
       used.spaces, lent.items, lent.quantities,
       kept.charged, COALESCE(kept.is_estimate, false), kept.version_id,
       kept.before_help, COALESCE(kept.is_helped, false)
FROM wanted
JOIN bookings_booking booking ON booking.id = wanted.booking_id
JOIN used ON used.occurrence_id = wanted.id
LEFT JOIN lent ON lent.occurrence_id = wanted.id
LEFT JOIN kept ON kept.occurrence_id = wanted.id
ORDER BY wanted.starts_at, wanted.id
"""  # noqa: S608 # put together of our own statements only
_HOW_MANY = f"SELECT count(*) FROM ({_WANTED}) wanted"  # noqa: S608 # the same


def stored_dates(
    venue_id: int,
    states: Iterable[State],
    *,
    start: datetime,
    end: datetime | None = None,
    booking_ids: Collection[int] | None = None,
    now: datetime,
) -> list[StoredDate]:
    """Dates that begin in [start, end), in time order, without holds that ran out by `now`.

    `end` None: all that are to come; `booking_ids`: of these bookings only.
    """
    rows = sql.rows(_DATES, _parameters(venue_id, states, start, end, booking_ids, now))
    found = Space.objects.filter(pk__in={pk for row in rows for pk in row[11]})
    in_order = enumerate(found.order_by("position", "name", "pk"))
    spaces = {space.pk: (n, asked_space(space)) for n, space in in_order}
    items = StockItem.objects.in_bulk({pk for row in rows for pk in row[12] or ()})
    bookings = _bookings({row[1] for row in rows})
    series, stand = _series(bookings)
    return [
        StoredDate(
            id=row[0],
            booking_id=row[1],
            reference=row[2],
            span=Span(row[3], row[4]),
            category=row[5],
            people=row[6],
            organisation_id=row[7],
            person_id=row[8],
            is_sensitive=row[9],
            booked_at=row[10],
            spaces=tuple(space for _n, space in sorted(spaces[pk] for pk in row[11])),
            items=_items(items, row[12], row[13]),
            charged=row[14],
            is_estimate=row[15],
            version_id=row[16],
            before_help=row[17] if row[17] is not None else row[14],
            is_helped=row[18],
            booking=bookings[row[1]],
            series=series[row[0]],
            stand=stand[row[1]],
        )
        for row in rows
    ]


def _bookings(booking_ids: Collection[int]) -> dict[int, Booking]:
    """With the group and the person that hire. One query."""
    with_hirers = Booking.objects.select_related("organisation", "private_hirer")
    return with_hirers.in_bulk(booking_ids)


def _series(
    bookings: Mapping[int, Booking],
) -> tuple[dict[int, dict[str, object]], dict[int, list[tuple[int, Span]]]]:
    """For each date what its series says, and for each booking the dates that stand. One query.

    The series is what was booked, whatever was cancelled since; a refused date never was in it.
    """
    dates = defaultdict(list)
    stand = defaultdict(list)
    rows = Occurrence.objects.filter(booking__in=bookings).order_by("starts_at", "pk")
    for row in rows.values_list("booking_id", "pk", "starts_at", "ends_at", "state"):
        booking_id, pk, starts_at, ends_at, state = row
        dates[booking_id].append((pk, Span(starts_at, ends_at)))
        if state in _STANDING:
            stand[booking_id].append((pk, Span(starts_at, ends_at)))
    series: dict[int, dict[str, object]] = {}
    for booking_id, of_booking in dates.items():
        booked_on = london(bookings[booking_id].created_at).date()
        facts = series_facts([span for _pk, span in of_booking], booked_on=booked_on)
        series |= {pk: fact for (pk, _span), fact in zip(of_booking, facts, strict=True)}
    return series, dict(stand)


def how_many(
    venue_id: int, states: Iterable[State], *, start: datetime, end: datetime, now: datetime
) -> int:
    """How many dates `stored_dates` would give. One query."""
    return int(sql.rows(_HOW_MANY, _parameters(venue_id, states, start, end, None, now))[0][0])


def _parameters(
    venue_id: int,
    states: Iterable[State],
    start: datetime,
    end: datetime | None,
    booking_ids: Collection[int] | None,
    now: datetime,
) -> dict[str, object]:
    return {
        "venue": venue_id,
        "states": [state.value for state in states],
        "start": start,
        "end": end,
        "bookings": None if booking_ids is None else list(booking_ids),
        "now": now,
    }


def _items(
    items: dict[int, StockItem], ids: list[int] | None, quantities: list[int] | None
) -> tuple[AskedItem, ...]:
    found = zip(ids or (), quantities or (), strict=True)
    return tuple(asked_item(items[pk], quantity=quantity) for pk, quantity in found)
