"""Price what was booked by other rates. Read first, then reckon: no query while pricing."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from decimal import Decimal
from typing import Any

from bookings.models import State
from bookings.services.by_rates import ByRates, by_rates
from bookings.services.stored import StoredDate, stored_dates
from bookings.services.what_if.answer import OpenDate, Sums, WhatIf
from bookings.services.what_if.period import Period
from spaces.models import Venue
from tariffs.models import TariffVersion, item_slug
from tariffs.rules import TariffDocument, read, require_valid
from tariffs.rules.names import shorts
from tariffs.services import Quoted

# More dates than these are worked out behind the scenes.
AT_ONCE = 2000
# Of so many dates without a price the page says what is open; the others are counted.
_MOST_OPEN = 200
STOOD = (State.CONFIRMED, State.ATTENDED)

Progress = Callable[[int, int], None]


def rules_of(version: TariffVersion) -> TariffDocument:
    """The rules of published rates, or of a draft.

    Raises: TariffRefused, listing what is wrong with a draft.
    """
    if version.published_at is not None:
        return read(version.document)
    return readable(version.tariff.venue, version.document)


def readable(venue: Venue, document: dict[str, Any]) -> TariffDocument:
    """The rules of a draft. Raises: TariffRefused, listing what is wrong with it."""
    require_valid(
        document,
        spaces=shorts(venue.spaces.values_list("slug", flat=True)),
        items={item_slug(name) for name in venue.stock.values_list("name", flat=True)},
    )
    return read(document)


def what_if(
    venue: Venue,
    document: TariffDocument,
    period: Period,
    *,
    now: datetime,
    progress: Progress | None = None,
) -> WhatIf:
    """The dates of `period` that stood, by their kept price and by `document`, both before help.

    A constant number of queries. `progress` is told of dates done and dates in all.
    """
    span = period.span
    dates = stored_dates(venue.pk, STOOD, start=span.start, end=span.end, now=now)
    rates = by_rates(venue, dates, [document])
    return replay(dates, document, rates, progress=progress)


def replay(
    dates: Sequence[StoredDate],
    document: TariffDocument,
    rates: ByRates,
    *,
    progress: Progress | None = None,
) -> WhatIf:
    """The sums over `dates`, by what `rates` know of them. Pure reckoning."""
    answer = WhatIf(dates=len(dates))
    for n, date in enumerate(dates, start=1):
        then = rates.total(document, date)
        _count(answer, date, then)
        if then is None:
            _note_open(answer, date, rates.quote(document, None, date))
        if progress is not None:
            progress(n, len(dates))
    return answer


def _count(answer: WhatIf, date: StoredDate, then: Decimal | None) -> None:
    now = date.before_help
    answer.unpriced += now is None
    answer.open += then is None
    if then and not now:
        answer.new_dates += 1
        seconds = Decimal(int(date.span.length.total_seconds()))
        answer.new_hours += seconds / 3600
    if now is None or then is None:
        return
    spaces = " + ".join(space.name for space in date.spaces)
    answer.total.add(now, then)
    answer.by_category.setdefault(date.category, Sums()).add(now, then)
    answer.by_space.setdefault(spaces, Sums()).add(now, then)
    answer.by_hirer.setdefault(hirer_key(date), Sums()).add(now, then)


def hirer_key(date: StoredDate) -> str:
    """Who hires, by number; bookings that asked to be kept private are counted as one."""
    if date.is_sensitive:
        return "private"
    if date.organisation_id is not None:
        return f"organisation:{date.organisation_id}"
    return f"person:{date.person_id}"


def _note_open(answer: WhatIf, date: StoredDate, quote: Quoted) -> None:
    if len(answer.open_dates) >= _MOST_OPEN:
        return
    asked = tuple(one.words for one in quote.priced.needs_decision)
    answer.open_dates.append(OpenDate(date.reference, date.span.start, date.span.end, asked))
    for question in asked:
        answer.questions[question] = answer.questions.get(question, 0) + 1
