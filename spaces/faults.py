"""What is out of order at a venue, in words for its pages."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from core import words
from core.clock import london
from spaces.models import AccessFault, Venue

# After that nobody is asked any more whether it was mended.
ASK_FOR = timedelta(days=60)


@dataclass(frozen=True, slots=True)
class FaultLine:
    """Lift to the first floor: out of order until Tuesday 5 January 2027."""

    pk: int
    words: str
    note: str
    space_id: int | None


def open_faults(*, now: datetime) -> QuerySet[AccessFault]:
    """Faults that are not over, of any venue."""
    return AccessFault.objects.filter(
        Q(until__isnull=True) | Q(until__gt=now), ended_at__isnull=True
    ).order_by("starts_at", "pk")


def overdue_faults(*, now: datetime) -> QuerySet[AccessFault]:
    """Faults whose planned end has come, of which nobody has said that they are over."""
    return AccessFault.objects.filter(
        until__lte=now, until__gt=now - ASK_FOR, ended_at__isnull=True
    ).order_by("until", "pk")


def fault_lines(venue: Venue, *, now: datetime) -> list[FaultLine]:
    """One line for each fault, those to come too. One query."""
    return lines_by_venue([venue.pk], now=now)[venue.pk]


def overdue_lines(venue: Venue, *, now: datetime) -> list[FaultLine]:
    """One line for each that should work again by now, where nobody has said that it does."""
    rows = overdue_faults(now=now).filter(venue=venue).select_related("node", "space")
    return [FaultLine(row.pk, fault_words(row, now=now), row.note, row.space_id) for row in rows]


def lines_by_venue(venue_ids: Collection[int], *, now: datetime) -> dict[int, list[FaultLine]]:
    """The same for many venues. One query."""
    found: dict[int, list[FaultLine]] = defaultdict(list)
    rows = open_faults(now=now).filter(venue__in=venue_ids).select_related("node", "space")
    for row in rows:
        found[row.venue_id].append(line_of(row, now=now))
    return found


def line_of(fault: AccessFault, *, now: datetime) -> FaultLine:
    """One fault that was read with its place."""
    return FaultLine(fault.pk, _line(fault, now=now), fault.note, fault.space_id)


def fault_words(fault: AccessFault, *, now: datetime) -> str:
    """What is out of order and for how long; of one that is over, that it works or should work."""
    if fault.ended_at is not None:
        return _("%(name)s: working again.") % {"name": name_of(fault)}
    if fault.until is not None and fault.until <= now:
        told = {"name": name_of(fault), "day": words.long_day(london(fault.until))}
        return _("%(name)s: should be working again since %(day)s.") % told
    return _line(fault, now=now)


def name_of(fault: AccessFault) -> str:
    """Lift to the first floor; or the plain word where nobody said which."""
    what, place = str(fault.get_what_display()), fault.node or fault.space
    return str(place) if fault.node else f"{what}, {place}" if place else what


def _line(fault: AccessFault, *, now: datetime) -> str:
    told = {"name": name_of(fault), "first": words.long_day(london(fault.starts_at))}
    if fault.until is not None:
        told["last"] = words.long_day(london(fault.until))
    if fault.starts_at > now:
        if fault.until is None:
            return _("%(name)s: out of order from %(first)s.") % told
        return _("%(name)s: out of order from %(first)s until %(last)s.") % told
    if fault.until is None:
        return _("%(name)s: out of order since %(first)s. Nobody knows for how long.") % told
    return _("%(name)s: out of order until %(last)s.") % told
