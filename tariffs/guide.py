"""Guide prices: an hour at each time of week for each kind of hirer, for lists and facets."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator
from datetime import date, time, timedelta
from decimal import Decimal

from django.db import transaction

from accounts.models import HirerCategory
from core.clock import between
from core.intervals import Span
from spaces.models import Space
from spaces.timetable import is_bank_holiday
from tariffs.engine import AskedSpace, PriceAsk, hourly_rate
from tariffs.models import GuidePrice, Tariff
from tariffs.rules import TariffDocument
from tariffs.rules.names import short
from tariffs.versions import Published, documents, in_force, published

# An hour that stands for its time of week: a Tuesday morning, a Tuesday evening, a Saturday.
_HOURS = {
    GuidePrice.Daypart.WEEKDAY: (1, time(10)),
    GuidePrice.Daypart.EVENING: (1, time(19)),
    GuidePrice.Daypart.WEEKEND: (5, time(11)),
}
_CHUNK = 100
_PLACES = Decimal("0.000001")


def rebuild_all(*, on: date) -> int:
    """Write the guide prices of every venue with a tariff, a hundred venues at a time."""
    ids = list(Tariff.objects.order_by("pk").values_list("venue_id", flat=True))
    written = 0
    for start in range(0, len(ids), _CHUNK):
        written += rebuild(ids[start : start + _CHUNK], on=on)
    return written


@transaction.atomic
def rebuild(venue_ids: Collection[int], *, on: date) -> int:
    """Write the guide prices of `venue_ids` as of the London day `on`; how many rows.

    By the version in force then, or the first one to come. Five statements in all.
    """
    versions = published(venue_ids)
    chosen: dict[int, Published] = {}
    for venue_id, rows in versions.items():
        version, _is_late = in_force(rows, day=on)
        chosen[venue_id] = version or rows[0]
    read = documents(chosen.values())
    spaces = Space.objects.filter(venue_id__in=chosen).values_list("pk", "venue_id", "slug", "name")
    rows_to_write = [
        row
        for pk, venue_id, slug, name in spaces
        for row in _rows(pk, AskedSpace(short(slug), name), read[chosen[venue_id].id], on)
    ]
    GuidePrice.objects.filter(space__venue_id__in=venue_ids).delete()
    GuidePrice.objects.bulk_create(rows_to_write, batch_size=2000)
    return len(rows_to_write)


def guide_prices(space_ids: Collection[int], category: str) -> dict[int, dict[str, Decimal | None]]:
    """For each space, pounds an hour by time of week; None: ask the venue. One query.

    A space without rates is not in the answer.
    """
    rows = GuidePrice.objects.filter(space_id__in=space_ids, category=category)
    found: dict[int, dict[str, Decimal | None]] = defaultdict(dict)
    for space_id, daypart, amount in rows.values_list("space_id", "daypart", "amount"):
        found[space_id][daypart] = amount
    return dict(found)


def _rows(
    space_id: int, space: AskedSpace, document: TariffDocument, on: date
) -> Iterator[GuidePrice]:
    for daypart, (weekday, starts) in _HOURS.items():
        day = _ordinary_day(on, weekday)
        span = Span(*between(day, starts, time(starts.hour + 1)))
        for category in HirerCategory.values:
            rate = hourly_rate(document, PriceAsk(spaces=(space,), span=span, category=category))
            yield GuidePrice(
                space_id=space_id,
                category=category,
                daypart=daypart,
                amount=None if rate is None else rate.quantize(_PLACES),
            )


def _ordinary_day(on: date, weekday: int) -> date:
    """The first such weekday from `on` that is no bank holiday."""
    day = on + timedelta(days=(weekday - on.weekday()) % 7)
    while is_bank_holiday(day):
        day += timedelta(days=7)
    return day
