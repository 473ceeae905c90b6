"""A venue in words for its page: how to book, its spaces, what an hour costs, who is near."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.models import HirerCategory
from bookings.views.getting_there import ON_THE_WAY, answer_of
from core import words
from notices.links import absolute
from spaces.models import Facility, Space, Venue
from spaces.models.space import CULTURAL
from tariffs.models import GuidePrice

MARKS = (Facility.Code.STUDY_SPACE, Facility.Code.FREE_TO_USE)
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
        (_("It has"), _said(space.facilities.all(), Facility.Value.YES)),
        (_("It does not have"), _said(space.facilities.all(), Facility.Value.NO)),
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


def _said(rows: Iterable[Facility], value: Facility.Value) -> list[str]:
    return [_facility(one) for one in rows if one.value == value]


def of_the_venue(venue: Venue) -> dict[str, Any]:
    """What the whole venue has, facts on prayer, food and toilets, and what can be borrowed.

    Two queries.
    """
    rows = list(venue.facilities.filter(space__isnull=True).order_by("code"))
    by_code = {row.code: row for row in rows}
    others = [row for row in rows if row.code not in {*CULTURAL, *ON_THE_WAY, *MARKS}]
    answers = [
        {"answer": answer_of(by_code.get(code.value)), "words": code.label} for code in CULTURAL
    ]
    return {
        "by_code": by_code,
        "facilities": _said(others, Facility.Value.YES),
        "lacks": _said(others, Facility.Value.NO),
        "cultural": [one for one in answers if one["answer"] != Facility.Value.UNKNOWN],
        "cultural_unknown": [one for one in answers if one["answer"] == Facility.Value.UNKNOWN],
        "stock": [f"{item.name}: {item.quantity}" for item in venue.stock.all()],
    }


def marks(by_code: Mapping[str, Facility], spaces: Iterable[Space]) -> list[str]:
    """Open after 9pm, open at weekends, a place to study, free to use: those that are so."""
    here = list(spaces)
    found: list[tuple[bool, str]] = [
        (any(space.opens_late for space in here), _("Open after 9pm")),
        (any(space.opens_at_weekends for space in here), _("Open at weekends")),
        *[
            (answer_of(by_code.get(code.value)) == Facility.Value.YES, str(code.label))
            for code in MARKS
        ],
    ]
    return [words for is_so, words in found if is_so]


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


def calendar_links(space: Space) -> dict[str, str] | None:
    """The space's busy calendar by https and as a webcal link; None where it is not public."""
    if space.venue.visibility != Venue.Visibility.PUBLIC:
        return None
    address = absolute(reverse("space_busy_feed", args=[space.pk]))
    return {"https": address, "webcal": f"webcal://{address.partition('://')[2]}"}
