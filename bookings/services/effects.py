"""What publishing rates does to dates that are booked already: which keep their price."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from typing import Any

from bookings.queries import AHEAD
from bookings.services.by_rates import ByRates, by_rates
from bookings.services.stored import StoredDate, stored_dates
from bookings.services.what_if.answer import Sums
from bookings.services.what_if.replay import hirer_key, readable
from core.clock import london
from spaces.models import Venue
from tariffs.errors import AlreadyPublished
from tariffs.models import Tariff
from tariffs.rules import TariffDocument
from tariffs.versions import Published, day_that_counts, documents, in_force, published

_DRAFT = 0


class Fate(StrEnum):
    """What becomes of a booked date's price.

    KEPT: agreed, and it stays. FINAL: it was an estimate. CHANGED: the rates of the day are
    charged. FIRST: it had no price. OPEN: the rates of its day have no price for it, so that
    nothing changes. HELPED: free hours, a voucher or a grant took part off its price, so that it
    stays until somebody decides. ELSEWHERE: other rates concern it, or none yet.
    """

    KEPT = "kept"
    FINAL = "final"
    CHANGED = "changed"
    FIRST = "first"
    OPEN = "open"
    HELPED = "helped"
    ELSEWHERE = "elsewhere"


_ANEW = (Fate.FINAL, Fate.CHANGED, Fate.FIRST)


@dataclass(frozen=True, slots=True)
class Terms:
    """A venue's versions in time order with what they say, and what was agreed with hirers.

    `by_the_day_since`: bookings made from then on pay the rates of the day; None: nobody does.
    """

    versions: Sequence[Published]
    documents: dict[int, TariffDocument]
    by_the_day_since: datetime | None


@dataclass(frozen=True, slots=True)
class Judged:
    """`then` is what the date costs by the rates of its day, where it is priced anew."""

    date: StoredDate
    fate: Fate
    version_id: int | None = None
    then: Decimal | None = None


@dataclass(frozen=True, slots=True)
class PricedAnew:
    """A date that gets new lines, by which version, and what they come to."""

    date: StoredDate
    fate: Fate
    version_id: int
    then: Decimal


@dataclass(frozen=True, slots=True)
class Touched:
    """Dates of one booking that share a fate. `hirer`: as `hirer_key` names it."""

    reference: str
    hirer: str
    fate: Fate


@dataclass(slots=True)
class Effects:
    """By fate: sums of dates to come, now and then. An unpriced date counts as nothing now."""

    by_fate: dict[Fate, Sums] = field(default_factory=lambda: defaultdict(Sums))
    by_booking: dict[Touched, Sums] = field(default_factory=lambda: defaultdict(Sums))

    def sums(self, fate: Fate) -> Sums:
        return self.by_fate.get(fate, Sums())

    @property
    def bookings(self) -> int:
        """How many bookings the new rates concern."""
        return len({touched.reference for touched in self.by_booking})

    def rows(self) -> list[tuple[Touched, Sums]]:
        """What becomes of each booking, the greatest change first."""
        return sorted(
            self.by_booking.items(), key=lambda row: (-abs(row[1].more), row[0].reference)
        )


def effects(
    venue: Venue,
    document: dict[str, Any],
    valid_from: date,
    *,
    now: datetime,
    valid_to: date | None = None,
) -> Effects:
    """What would become of dates to come if `document` were published at `now`. Changes nothing.

    Raises: TariffRefused, AlreadyPublished as publishing would.
    """
    terms = terms_of(venue.pk)
    draft = _as_published(venue.pk, terms.versions, valid_from, valid_to, now=now)
    supposed = Terms(
        _with(terms.versions, draft),
        terms.documents | {_DRAFT: readable(venue, document)},
        terms.by_the_day_since,
    )
    found = Effects()
    dates = dates_ahead(venue.pk, now=now)
    for one in judge(dates, supposed, known_of(venue, dates, supposed)):
        if one.version_id == _DRAFT and one.fate is not Fate.ELSEWHERE:
            _count(found, one)
    return found


def terms_of(venue_id: int) -> Terms:
    """The published rates of a venue as they are now. Three queries at most."""
    versions = published([venue_id]).get(venue_id, [])
    tariff = Tariff.objects.filter(venue_id=venue_id).first()
    by_the_day = tariff is not None and tariff.agreed == Tariff.Agreed.ON_THE_DAY
    since = tariff.agreed_since if tariff and by_the_day else None
    return Terms(versions, documents(versions), since)


def dates_ahead(
    venue_id: int, *, now: datetime, booking_ids: Collection[int] | None = None
) -> list[StoredDate]:
    """The dates that have not begun and stand, or wait for the venue's answer."""
    return stored_dates(venue_id, AHEAD, start=now, booking_ids=booking_ids, now=now)


def known_of(venue: Venue, dates: Sequence[StoredDate], terms: Terms) -> ByRates:
    """What the rates of `terms` may ask of these dates. The same queries for any number."""
    return by_rates(venue, dates, terms.documents.values())


def judge(dates: Sequence[StoredDate], terms: Terms, rates: ByRates) -> list[Judged]:
    """What becomes of each date. Pure reckoning."""
    return [_judge(one, terms, rates) for one in dates]


def priced_anew(judged: Sequence[Judged]) -> list[PricedAnew]:
    """Those of the dates that get new lines."""
    return [
        PricedAnew(one.date, one.fate, one.version_id, one.then)
        for one in judged
        if one.fate in _ANEW and one.version_id is not None and one.then is not None
    ]


def _judge(one: StoredDate, terms: Terms, rates: ByRates) -> Judged:
    version, is_late = _version_of(one, terms)
    if version is None or is_late:
        return Judged(one, Fate.ELSEWHERE)
    if one.charged is not None and not one.is_estimate:
        by_the_day = terms.by_the_day_since is not None and one.booked_at >= terms.by_the_day_since
        if not by_the_day or one.version_id == version.id:
            return Judged(one, Fate.KEPT, version.id)
    elif one.charged is None and not _is_news(version, one):
        return Judged(one, Fate.OPEN, version.id)
    if one.is_helped:
        return Judged(one, Fate.HELPED, version.id)
    then = rates.total(terms.documents[version.id], one)
    return Judged(one, Fate.OPEN if then is None else _fate(one), version.id, then)


def _is_news(version: Published, one: StoredDate) -> bool:
    """Whether these rates were not known yet when the date was booked."""
    return version.published_at is not None and version.published_at > one.booked_at


def _fate(one: StoredDate) -> Fate:
    if one.charged is None:
        return Fate.FIRST
    return Fate.FINAL if one.is_estimate else Fate.CHANGED


def _version_of(one: StoredDate, terms: Terms) -> tuple[Published | None, bool]:
    if not terms.versions:
        return None, False
    day = day_that_counts(
        terms.versions[-1],
        event_on=london(one.span.start).date(),
        booked_on=london(one.booked_at).date(),
    )
    return in_force(terms.versions, day=day)


def _as_published(
    venue_id: int,
    versions: Sequence[Published],
    valid_from: date,
    valid_to: date | None,
    *,
    now: datetime,
) -> Published:
    """The draft as if it were published: it ends where the next one begins."""
    if any(version.valid_from == valid_from for version in versions):
        raise AlreadyPublished
    ends = [version.valid_from for version in versions if version.valid_from > valid_from]
    ends += [valid_to] if valid_to else []
    picked_by = Tariff.objects.filter(venue_id=venue_id).values_list("picked_by", flat=True).first()
    return Published(
        id=_DRAFT,
        venue_id=venue_id,
        picked_by=picked_by or Tariff.PickedBy.EVENT_DATE,
        published_at=now,
        valid_from=valid_from,
        valid_to=min(ends, default=None),
    )


def _with(versions: Sequence[Published], draft: Published) -> list[Published]:
    return sorted([*versions, draft], key=lambda version: version.valid_from)


def _count(found: Effects, one: Judged) -> None:
    now = one.date.charged or Decimal("0.00")
    then = now if one.then is None else one.then
    touched = Touched(one.date.reference, hirer_key(one.date), one.fate)
    found.by_fate[one.fate].add(now, then)
    found.by_booking[touched].add(now, then)
