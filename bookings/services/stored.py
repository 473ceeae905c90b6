"""Dates as they are stored, and what they asked of the rates when they were booked.

Three statements for any number of dates; nothing is read while they are priced.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from bookings.models import State
from core import sql
from core.intervals import Span
from spaces.models import Space, StockItem
from tariffs.engine import AskedItem, AskedSpace, PriceAsk
from tariffs.services import asked_item, asked_space


@dataclass(frozen=True, slots=True)
class StoredDate:
    """One date of a booking. `ordinal` of `count`: its place among all dates that were asked for.

    `charged` is the sum of its kept lines; None where it has none. `version_id`: the rates that
    the lines come from.
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
    ordinal: int
    count: int
    spaces: tuple[AskedSpace, ...]
    items: tuple[AskedItem, ...]
    charged: Decimal | None
    is_estimate: bool
    version_id: int | None


def ask_of(date: StoredDate) -> PriceAsk:
    """What this date asks of the rates; the same facts as when it was booked."""
    return PriceAsk(
        spaces=date.spaces,
        span=date.span,
        category=date.category,
        people=date.people,
        items=date.items,
        told={"series.count": Decimal(date.count), "series.ordinal": Decimal(date.ordinal)},
    )


_WANTED = """
SELECT date.id, date.booking_id, date.starts_at, date.ends_at
FROM bookings_occurrence date JOIN bookings_booking booking ON booking.id = date.booking_id
WHERE booking.venue_id = %(venue)s AND date.state = ANY(%(states)s)
  AND date.starts_at >= %(start)s AND (%(end)s::timestamptz IS NULL OR date.starts_at < %(end)s)
  AND (date.hold_until IS NULL OR date.hold_until > %(now)s)
  AND (%(bookings)s::bigint[] IS NULL OR date.booking_id = ANY(%(bookings)s::bigint[]))
"""
_DATES = f"""
WITH wanted AS MATERIALIZED ({_WANTED}),
     mine AS MATERIALIZED (SELECT DISTINCT booking_id FROM wanted),
     asked AS (
       SELECT booking_id, starts_at,
              row_number() OVER (PARTITION BY booking_id ORDER BY starts_at) AS ordinal,
              count(*) OVER (PARTITION BY booking_id) AS many
       FROM (SELECT booking_id, starts_at FROM bookings_occurrence
             WHERE booking_id IN (SELECT booking_id FROM mine)
             UNION
             SELECT booking_id, starts_at FROM bookings_refuseddate
             WHERE booking_id IN (SELECT booking_id FROM mine)) every),
     used AS (
       SELECT occurrence_id, array_agg(DISTINCT space_id) AS spaces
       FROM bookings_use WHERE occurrence_id IN (SELECT id FROM wanted) GROUP BY 1),
     lent AS (
       SELECT occurrence_id, array_agg(item_id ORDER BY item_id) AS items,
              array_agg(quantity ORDER BY item_id) AS quantities
       FROM bookings_itemuse WHERE occurrence_id IN (SELECT id FROM wanted) GROUP BY 1),
     kept AS (
       SELECT occurrence_id, sum(amount) AS charged, bool_or(is_estimate) AS is_estimate,
              max(version_id) AS version_id
       FROM bookings_quoteline WHERE occurrence_id IN (SELECT id FROM wanted) GROUP BY 1)
SELECT wanted.id, wanted.booking_id, booking.reference, wanted.starts_at, wanted.ends_at,
       booking.category, booking.people, booking.organisation_id, booking.private_hirer_id,
       booking.visibility = 'sensitive', booking.created_at, asked.ordinal, asked.many,
       used.spaces, lent.items, lent.quantities,
       kept.charged, COALESCE(kept.is_estimate, false), kept.version_id
FROM wanted
JOIN bookings_booking booking ON booking.id = wanted.booking_id
JOIN asked ON asked.booking_id = wanted.booking_id AND asked.starts_at = wanted.starts_at
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
    found = Space.objects.filter(pk__in={pk for row in rows for pk in row[13]})
    in_order = enumerate(found.order_by("position", "name", "pk"))
    spaces = {space.pk: (n, asked_space(space)) for n, space in in_order}
    items = StockItem.objects.in_bulk({pk for row in rows for pk in row[14] or ()})
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
            ordinal=row[11],
            count=row[12],
            spaces=tuple(space for _n, space in sorted(spaces[pk] for pk in row[13])),
            items=_items(items, row[14], row[15]),
            charged=row[16],
            is_estimate=row[17],
            version_id=row[18],
        )
        for row in rows
    ]


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
