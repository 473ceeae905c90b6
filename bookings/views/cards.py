"""One place that was found as components/venue_card.html takes it."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from bookings.finder import (
    DateAnswer,
    FindResult,
    FoundSpace,
    NeedAnswer,
    PriceKind,
    ShownPrice,
    VenueToAsk,
    WhyNot,
)
from bookings.views.kept import PARAMETER, for_space
from core import words
from core.clock import london
from core.intervals import Span
from spaces.models import Space, Venue

_MILE = 1_609.344
_LONGEST_WALK_MINUTES = 45
_PENCE = Decimal("0.01")


def card(number: int, found: FoundSpace, result: FindResult, said: str) -> dict[str, Any]:
    """The card of a space; its links carry on what was `said` (bookings/views/kept.py)."""
    venue = reverse("venue", args=[found.venue.slug])
    state, word = _badge(found)
    return {
        "number": number,
        "space_id": found.space.pk,
        "title": found.space.name,
        "venue": found.venue.name,
        "href": f"{venue}{_week(found, said)}",
        "book_href": _book(found, found.space, said),
        "book_words": _book_words(found),
        "kind": found.venue.kind,
        "where": _where(found, result),
        "state": state,
        "word": word,
        "not_free": [_not_free(date) for date in found.not_free] if len(found.dates) > 1 else [],
        "facts": [*(_need(need, venue) for need in found.needs), *map(_fault, found.faults)],
        "also": _also(found, said),
        "price": _amount(found.price),
        "price_words": _price_words(found),
    }


def to_ask(found: VenueToAsk, result: FindResult) -> dict[str, Any]:
    """A place that is not booked here: what it is, how far, and how to ask."""
    venue = found.venue
    how = {
        Venue.BookingMode.ELSEWHERE: _("Booked on its own website"),
        Venue.BookingMode.PHONE: _("Booked by phone: %(phone)s") % {"phone": venue.phone},
    }.get(Venue.BookingMode(venue.booking_mode), _("Ask the venue"))
    lines = [str(venue.get_kind_display()), *_far(found, result), how]
    unknown = [need.label for need in found.needs if need.state == "unknown"]
    if unknown:
        lines.append(_("Not checked yet: %(needs)s") % {"needs": ", ".join(unknown)})
    return {
        "name": venue.name,
        "href": reverse("venue", args=[venue.slug]),
        "lines": ". ".join(lines),
    }


def _week(found: FoundSpace, said: str) -> str:
    """The page's part that shows this space in the week of the first date; what was asked for
    goes along, to be booked from there."""
    place = f"#space-{found.space.slug}"
    if not found.dates:
        return place
    query = {
        "week": london(found.dates[0].span.start).date().isoformat(),
        "space": found.space.slug,
        PARAMETER: said,
    }
    return f"?{urlencode(query)}{place}"


def _book(found: FoundSpace, space: Space, said: str) -> str:
    return f"{reverse('book_pick', args=[found.venue.slug])}?{for_space(said, space.pk)}"


def _book_words(found: FoundSpace) -> str:
    if found.venue.confirmation == Venue.Confirmation.INSTANT:
        return _("Book")
    return _("Ask to book")


def _badge(found: FoundSpace) -> tuple[str, str]:
    free, asked = found.free_count, len(found.dates)
    if not asked:
        return "", ""
    if found.is_for_the_venue_to_say and not free:
        return "unknown", _("Hours not known: ask them")
    if asked == 1:
        return "free", _("Free then")
    if free == asked:
        return "free", _("Free on all %(n)d dates") % {"n": asked}
    return "held", _("Free on %(free)d of your %(asked)d dates") % {"free": free, "asked": asked}


def _not_free(date: DateAnswer) -> str:
    told = {"day": words.long_day(date.span.start), "why": _reasons(date.reasons)}
    return _("%(day)s: %(why)s") % told


def _reasons(reasons: Sequence[WhyNot]) -> str:
    said = {
        WhyNot.TAKEN: _("taken"),
        WhyNot.OUTSIDE_HOURS: _("not open then"),
        WhyNot.HOURS_UNKNOWN: _("nobody has said when it opens"),
        WhyNot.BEYOND_HORIZON: _("opening hours are not known so far ahead"),
        WhyNot.IN_THE_PAST: _("already over"),
        WhyNot.TOO_LITTLE_NOTICE: _("too soon for the venue"),
        WhyNot.TOO_FAR_AHEAD: _("further ahead than the venue takes bookings"),
        WhyNot.TOO_SHORT: _("shorter than the venue lets it"),
        WhyNot.TOO_LONG: _("longer than the venue lets it"),
    }
    return ", ".join(said[why] for why in reasons)


def _where(found: FoundSpace, result: FindResult) -> str:
    capacity = found.space.capacity
    size = _("How many it takes is not known")
    if capacity is not None:
        size = ngettext("Up to %(n)d person", "Up to %(n)d people", capacity) % {"n": capacity}
    place = found.venue.town or (found.venue.council.name if found.metres is None else "")
    return ". ".join(part for part in (*_far(found, result), place, size) if part)


def _far(found: FoundSpace | VenueToAsk, result: FindResult) -> list[str]:
    """0.6 miles, 16 minutes' walk from NM3."""
    if found.metres is None or result.place is None:
        return []
    return [far_words(found.metres, found.walk_minutes or 1, result.place.name)]


def far_words(metres: float, minutes: int, place: str) -> str:
    """0.6 miles, 16 minutes' walk from NM3."""
    told: dict[str, Any] = {
        "miles": f"{max(metres / _MILE, 0.1):.1f}",
        "place": place,
        "n": minutes,
    }
    if minutes > _LONGEST_WALK_MINUTES:
        return _("%(miles)s miles from %(place)s") % told
    line = ngettext(
        "%(miles)s miles, %(n)d minute’s walk from %(place)s",
        "%(miles)s miles, %(n)d minutes’ walk from %(place)s",
        minutes,
    )
    return line % told


def _need(need: NeedAnswer, venue_href: str) -> dict[str, Any]:
    told = {"answer": str(need.state), "words": need.label, "note": need.why}
    return {**told, "ask_href": f"{venue_href}#access"}


def _fault(line: str) -> dict[str, Any]:
    """A whole sentence, marked as a no."""
    return {"answer": "no", "words": line}


def _also(found: FoundSpace, said: str) -> list[dict[str, str]]:
    many = len(found.dates)
    return [
        {
            "href": _book(found, other.space, said),
            "words": other.space.name,
            "note": _("free on %(free)d of %(asked)d") % {"free": other.free_count, "asked": many}
            if many > 1
            else "",
        }
        for other in found.also
    ]


def _amount(price: ShownPrice) -> Decimal | None:
    if price.kind is PriceKind.GUIDE:
        return price.an_hour
    return price.each if price.each is not None else price.total


def _price_words(found: FoundSpace) -> list[str]:
    price = found.price
    if price.kind is PriceKind.GUIDE:
        return [_("an hour, at the least")] if price.an_hour else []
    if price.kind is PriceKind.ASK or price.total is None:
        return []
    lines = _worked(price, found.dates[0].span)
    if price.is_estimate:
        lines.append(_("An estimate: not all rates are published yet"))
    return lines


def _worked(price: ShownPrice, span: Span) -> list[str]:
    """A date, 3½ hours at £12.00; £420.00 for all 10."""
    if price.each is None or price.total is None:
        return [ngettext("for %(n)d date", "for %(n)d dates", price.dates) % {"n": price.dates}]
    minutes = int(span.length.total_seconds() // 60)
    length = words.length(minutes)
    an_hour = price.each * 60 / minutes
    if an_hour and an_hour == an_hour.quantize(_PENCE):
        length = _("%(time)s at %(rate)s") % {"time": length, "rate": words.pounds(an_hour)}
    if price.dates == 1:
        return [length]
    total = {"total": words.price(price.total), "n": price.dates}
    return [
        _("a date, %(length)s") % {"length": length},
        *([_("%(total)s for %(n)d dates") % total] if price.total else []),
    ]
