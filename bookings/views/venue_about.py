"""A venue in words for its page: how to book, its spaces, what an hour costs, who is near."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from math import cos, hypot, radians
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.models import HirerCategory
from bookings.finder import walk_minutes
from core import words
from notices.links import absolute
from spaces.models import Place, Space, Venue
from tariffs.models import GuidePrice

_METRES_A_DEGREE = 111_200
_NEAR_METRES = 1_200
_MOST_NEAR = 4
_KINDS_NEAR = (Place.Kind.STATION, Place.Kind.STOP)

Rates = dict[tuple[str, str], Decimal | None]


def spaces_of(venue: Venue) -> list[Space]:
    """Its spaces in order, with all that the page shows of them. Four queries."""
    rows: QuerySet[Space] = venue.spaces.prefetch_related(
        "layouts", "facilities", "atom_rows__part"
    ).order_by("position", "name")
    found = list(rows)
    for space in found:
        space.venue = venue
    return found


def how_to_book(venue: Venue) -> list[str]:
    """What to know before booking, in sentences."""
    if venue.booking_mode != Venue.BookingMode.HERE:
        return []
    if venue.confirmation == Venue.Confirmation.INSTANT:
        lines = [_("You get an answer at once.")]
    else:
        told = {"time": _days(venue.answer_hours)}
        lines = [_("The venue answers each request, within %(time)s.") % told]
    if venue.notice_hours:
        told = {"time": _days(venue.notice_hours)}
        lines.append(_("Book at least %(time)s before.") % told)
    ahead = ngettext(
        "You can book up to %(n)d day ahead.",
        "You can book up to %(n)d days ahead.",
        venue.booking_window_days,
    )
    return [*lines, ahead % {"n": venue.booking_window_days}]


def _days(hours: int) -> str:
    """2 days, 36 hours."""
    days, rest = divmod(hours, 24)
    if rest or not days:
        return words.length(60 * hours)
    return ngettext("%(n)d day", "%(n)d days", days) % {"n": days}


def in_short(space: Space) -> str:
    """Hall, on the ground floor. Up to 90 people. 103.5 square metres."""
    kind = ", ".join([str(space.get_kind_display()), *_floor(space)])
    size = []
    if space.capacity:
        most = ngettext("Up to %(n)d person", "Up to %(n)d people", space.capacity)
        size.append(most % {"n": space.capacity})
    return f"{'. '.join([kind, *size, *_area(space)])}."


def facts_of(space: Space) -> list[dict[str, Any]]:
    """The rows of a space's summary list; what nobody gave is left out."""
    parts = [row.part for row in space.atom_rows.all() if row.part_id != space.pk]
    rows = [
        (_("How many people"), _people(space)),
        (_("It has"), [_facility(one) for one in space.facilities.all()]),
        (_("Made of"), [part.name for part in parts]),
        (_("Shortest booking"), [words.length(space.least_minutes)]),
        (_("Kept free"), _buffers(space)),
    ]
    return [{"key": key, "lines": lines} for key, lines in rows if lines]


def _floor(space: Space) -> list[str]:
    if space.floor is None:
        return []
    if space.floor == 0:
        return [_("on the ground floor")]
    return [_("on floor %(n)d") % {"n": space.floor}]


def _people(space: Space) -> list[str]:
    lines = []
    for layout in space.layouts.all():
        line = _("%(layout)s: %(n)d") % {"layout": layout.get_kind_display(), "n": layout.people}
        if layout.wheelchair_places:
            line += _(", with %(n)d wheelchair places") % {"n": layout.wheelchair_places}
        lines.append(line)
    if not lines and space.capacity:
        lines = [_("Up to %(n)d") % {"n": space.capacity}]
    return lines


def _area(space: Space) -> list[str]:
    if space.area_m2 is None:
        return []
    return [_("%(n)s square metres") % {"n": f"{space.area_m2.normalize():f}"}]


def _facility(one: Any) -> str:
    name = str(one.get_code_display())
    if one.quantity:
        name = f"{name}: {one.quantity}"
    return f"{name} ({one.note})" if one.note else name


def _buffers(space: Space) -> list[str]:
    lines = []
    if space.setup_minutes:
        lines.append(_("%(time)s before") % {"time": words.length(space.setup_minutes)})
    if space.cleardown_minutes:
        lines.append(_("%(time)s after") % {"time": words.length(space.cleardown_minutes)})
    return lines


def of_the_venue(venue: Venue) -> dict[str, list[str]]:
    """What the whole venue has, and what can be borrowed. Two queries."""
    facilities = venue.facilities.filter(space__isnull=True).order_by("code")
    return {
        "facilities": [_facility(one) for one in facilities],
        "stock": [f"{item.name}: {item.quantity}" for item in venue.stock.all()],
    }


def rate_tables(spaces: Sequence[Space]) -> list[dict[str, Any]]:
    """What an hour costs, by kind of hirer and time of week; spaces that cost the same share
    a table. One query."""
    rates: dict[int, Rates] = defaultdict(dict)
    rows = GuidePrice.objects.filter(space__in=[space.pk for space in spaces])
    for space_id, category, daypart, amount in rows.values_list(
        "space_id", "category", "daypart", "amount"
    ):
        rates[space_id][category, daypart] = amount
    names: dict[tuple[Any, ...], list[str]] = defaultdict(list)
    for space in spaces:
        if space.is_bookable and space.pk in rates:
            names[tuple(sorted(rates[space.pk].items()))].append(space.name)
    return [
        {"title": ", ".join(found), "rows": _rate_rows(dict(key))} for key, found in names.items()
    ]


def _rate_rows(rates: Mapping[tuple[str, str], Decimal | None]) -> list[dict[str, Any]]:
    return [
        {
            "hirer": label,
            "amounts": [_an_hour(rates.get((value, part))) for part in GuidePrice.Daypart.values],
        }
        for value, label in HirerCategory.choices
    ]


def _an_hour(amount: Decimal | None) -> str:
    return _("Ask the venue") if amount is None else words.price(amount)


@dataclass(frozen=True, slots=True)
class Near:
    """A stop or station, and the way on foot."""

    place: Place
    metres: float

    @property
    def walk(self) -> str:
        """3 minutes' walk."""
        minutes = walk_minutes(self.metres)
        return ngettext("%(n)d minute’s walk", "%(n)d minutes’ walk", minutes) % {"n": minutes}


def stops_near(venue: Venue) -> list[Near]:
    """The nearest stops and stations, nearest first. One query."""
    if venue.latitude is None or venue.longitude is None:
        return []
    up = _NEAR_METRES / _METRES_A_DEGREE
    across = up / max(cos(radians(venue.latitude)), 0.01)
    rows = Place.objects.filter(
        kind__in=_KINDS_NEAR,
        latitude__range=(venue.latitude - up, venue.latitude + up),
        longitude__range=(venue.longitude - across, venue.longitude + across),
    )
    found = [Near(place, _metres(venue, place)) for place in rows]
    near = [one for one in found if one.metres <= _NEAR_METRES]
    return sorted(near, key=lambda one: (one.metres, one.place.name))[:_MOST_NEAR]


def _metres(venue: Venue, place: Place) -> float:
    up = (place.latitude - (venue.latitude or 0)) * _METRES_A_DEGREE
    across = (place.longitude - (venue.longitude or 0)) * _METRES_A_DEGREE
    return hypot(up, across * cos(radians(place.latitude)))


def calendar_links(space: Space) -> dict[str, str] | None:
    """The space's busy calendar by https and as a webcal link; None where it is not public."""
    if space.venue.visibility != Venue.Visibility.PUBLIC:
        return None
    address = absolute(reverse("space_busy_feed", args=[space.pk]))
    return {"https": address, "webcal": f"webcal://{address.partition('://')[2]}"}
