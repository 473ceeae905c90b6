"""What the venue knows of a hirer by itself, so that nobody is asked: facts by name."""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal

from accounts.models import Concession, Organisation
from accounts.standing import Standing, claims_of, standing_by
from bookings.models import State
from bookings.services.hirer import Hirer
from core import sql
from core.clock import at, london
from core.intervals import Span
from spaces.models import Venue
from tariffs.asking import STATUSES

HOURS = "hirer.hours_this_year"
BOOKINGS = "hirer.bookings_this_year"
_RESIDENT = "hirer.resident"
_HOUR = Decimal(3600)
# An organisation or a person by number, the other None.
_Whose = tuple[int | None, int | None]
# Dates that are agreed or took place. What waits for an answer, or was given back, is none.
_STANDING = (State.CONFIRMED, State.ATTENDED)
_HIRED = """
SELECT booking.organisation_id, booking.private_hirer_id, date.starts_at, date.ends_at,
    booking.created_at
FROM bookings_occurrence date JOIN bookings_booking booking ON booking.id = date.booking_id
WHERE booking.venue_id = %(venue)s::bigint AND date.state = ANY(%(states)s::text[])
  AND date.starts_at >= %(from)s::timestamptz AND date.starts_at < %(until)s::timestamptz
  AND (booking.organisation_id = ANY(%(groups)s::bigint[])
       OR booking.private_hirer_id = ANY(%(people)s::bigint[]))
ORDER BY date.starts_at
"""


@dataclass(slots=True)
class _Past:
    """The dates of one hirer in time order: when each began, its hours, and when it was booked."""

    starts: list[datetime] = field(default_factory=list)
    hours: list[Decimal] = field(default_factory=list)
    booked: list[datetime] = field(default_factory=list)

    def add(self, starts_at: datetime, ends_at: datetime, booked_at: datetime) -> None:
        self.starts.append(starts_at)
        self.hours.append(Decimal(int((ends_at - starts_at).total_seconds())) / _HOUR)
        self.booked.append(booked_at)

    def before(self, moment: datetime, booked_at: datetime | None) -> dict[str, object]:
        """Dates and hours of the twelve months that end as `moment` begins.

        `booked_at`: only what was booked before that counted then; None: all of it.
        """
        first = bisect_left(self.starts, _a_year_before(moment))
        last = bisect_left(self.starts, moment)
        counted = [
            self.hours[n]
            for n in range(first, last)
            if booked_at is None or self.booked[n] < booked_at
        ]
        return {BOOKINGS: Decimal(len(counted)), HOURS: sum(counted, Decimal(0))}


def known(
    hirers: Sequence[Hirer], venue: Venue, spans: Sequence[Span], *, counts: bool
) -> list[list[dict[str, object]]]:
    """For each hirer, and for each date, the facts that need not be asked.

    `counts`: with the hours and dates of the year before; they cost one query, for any number of
    hirers and dates. `venue` brings its operator's organisation.
    """
    return known_of([(hirer, spans, None) for hirer in hirers], venue, counts=counts)


def known_of(
    hires: Sequence[tuple[Hirer, Sequence[Span], datetime | None]], venue: Venue, *, counts: bool
) -> list[list[dict[str, object]]]:
    """The same for hirers who each have dates of their own, and when they booked them (None:
    they are about to); as many queries.

    What the council decided on evidence counts as it is on the first date of each.
    """
    hirers = [hirer for hirer, spans, _booked_at in hires if spans]
    past = _past(
        hirers, venue, [span for _hirer, spans, _at in hires for span in spans], counts=counts
    )
    claims = _claims(hirers, venue)
    found: list[list[dict[str, object]]] = []
    for hirer, spans, booked_at in hires:
        if hirer.is_example or not spans:
            # A price for anybody is one for somebody without any standing.
            found.append([{STATUSES: frozenset()} for _span in spans])
            continue
        held = standing_by(claims.get(_whose(hirer), ()), on=london(spans[0].start).date())
        always = _of_hirer(hirer, venue, held)
        mine = past.get(_whose(hirer), _Past()) if counts else None
        found.append(
            [always | (mine.before(span.start, booked_at) if mine else {}) for span in spans]
        )
    return found


def _claims(hirers: Sequence[Hirer], venue: Venue) -> Mapping[_Whose, Sequence[Concession]]:
    """What they asked the council to accept. One query."""
    whose = [_whose(hirer) for hirer in hirers if not hirer.is_example]
    if not whose:
        return {}
    return claims_of(
        {group for group, _person in whose if group is not None},
        {person for _group, person in whose if person is not None},
        council_id=venue.council_id,
    )


def _of_hirer(hirer: Hirer, venue: Venue, held: Standing) -> dict[str, object]:
    """The statuses that were accepted, and residence. A group of another council is from
    elsewhere. One of the council's own is from here for the council's own venues; what a village
    or a church calls its area, the group must say, unless somebody has checked it."""
    known: dict[str, object] = {STATUSES: frozenset(held.statuses)}
    if held.resident is not None:
        return {**known, _RESIDENT: held.resident}
    group = hirer.organisation
    if group is None:
        return known
    if group.council_id != venue.council_id:
        return {**known, _RESIDENT: False}
    is_councils = venue.operator.organisation.kind == Organisation.Kind.COUNCIL
    return {**known, _RESIDENT: True} if is_councils else known


def _whose(hirer: Hirer) -> _Whose:
    if hirer.organisation is not None:
        return hirer.organisation.pk, None
    return None, hirer.person.pk if hirer.person else None


def _past(
    hirers: Sequence[Hirer], venue: Venue, spans: Sequence[Span], *, counts: bool
) -> dict[_Whose, _Past]:
    if not counts or not spans:
        return {}
    whose = [_whose(hirer) for hirer in hirers if not hirer.is_example]
    wanted = {
        "venue": venue.pk,
        "states": [state.value for state in _STANDING],
        "from": _a_year_before(min(span.start for span in spans)),
        "until": max(span.start for span in spans),
        "groups": [group for group, _person in whose if group is not None],
        "people": [person for _group, person in whose if person is not None],
    }
    found: dict[_Whose, _Past] = defaultdict(_Past)
    for group, person, *date in sql.rows(_HIRED, wanted):
        found[group, person].add(*date)
    return dict(found)


def _a_year_before(moment: datetime) -> datetime:
    local = london(moment)
    is_leap_day = (local.month, local.day) == (2, 29)
    day = local.date().replace(year=local.year - 1, day=28 if is_leap_day else local.day)
    return at(day, local.time())
