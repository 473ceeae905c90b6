"""What a search found, in words: the count, the map, and what to do where nothing fits."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from bookings.finder import PAGE_SIZE, FindResult, FoundSpace, Mark, Unknowns
from bookings.forms.find import MARKS, FindForm
from bookings.views import cards, narrowing, ruled_out
from bookings.views.kept import kept
from bookings.views.maps import Pin, Spot, drawn_map
from bookings.views.venue_pictures import first_photos
from core import words
from core.clock import london
from spaces.access_facts import NEEDS
from spaces.places import suggestions

_MOST_SUGGESTED = 5
_MOST_COMPARED = 3
_WHEN = ("on", "starts", "ends", "repeat", "week", "times", "last_day", "skip_bank_holidays")
_PARTS_OF = {
    "words": ("text",),
    "times": _WHEN,
    "near": ("near", "within"),
    "people": ("people",),
    "kinds": ("kind",),
    "rooms": ("room",),
    "layout": ("layout",),
    "price": ("price", "ask"),
}

Numbered = Sequence[tuple[int, FoundSpace]]


def shown(form: FindForm, result: FindResult, asked: QueryDict) -> dict[str, Any]:
    """The context of templates/bookings/results.html."""
    numbered = list(enumerate(result.places, start=1 + (result.query.page - 1) * PAGE_SIZE))
    return {
        "asked": _asked(form, result),
        "headline": _headline(result),
        "price_for": form.words_of("category"),
        "cards": _cards(numbered, result, asked),
        "to_ask": [cards.to_ask(found, result) for found in result.to_ask],
        "to_ask_more": max(0, result.to_ask_count - len(result.to_ask)),
        "map": _map(result, numbered),
        "place": _place(result, asked),
        "relaxed": _relaxed(result, asked),
        "emptied": _emptied(result),
        "unchecked_href": _unchecked(result, asked),
        "unsure": ruled_out.unsure(result),
        "ruled_out": ruled_out.ruled_out(result),
        "compared": compared(asked, [found.space.pk for _n, found in numbered]),
        "narrowed": narrowing.chosen(form, asked),
        "facets": narrowing.groups(form, result, asked),
    }


def _cards(numbered: Numbered, result: FindResult, asked: QueryDict) -> list[dict[str, Any]]:
    said, picked = kept(asked), set(asked.getlist("compare"))
    photos = first_photos([found.space for _n, found in numbered])
    return [
        {
            **cards.card(n, found, result, said),
            **photos.get(found.space.pk, {}),
            "is_compared": str(found.space.pk) in picked,
        }
        for n, found in numbered
    ]


def compared(asked: QueryDict, here: Sequence[int]) -> list[str]:
    """The spaces picked to be compared that are not on this page, where they can be unticked."""
    picked = dict.fromkeys(asked.getlist("compare"))
    return [one for one in picked if one.isdecimal() and one not in map(str, here)][:_MOST_COMPARED]


def _headline(result: FindResult) -> str:
    """6 places are free on all 10 dates. 3 more are free on most."""
    dates, free, rest = len(result.spans), result.on_every_date, result.count
    if not result.count:
        return _("Nothing fits all of that.")
    if not dates:
        return ngettext("%(n)d place fits.", "%(n)d places fit.", rest) % {"n": rest}
    rest -= free
    if dates == 1:
        first = ngettext("%(n)d place is free.", "%(n)d places are free.", free)
        more = ngettext("%(n)d more has to be asked.", "%(n)d more have to be asked.", rest)
    else:
        first = ngettext(
            "%(n)d place is free on all %(dates)d dates.",
            "%(n)d places are free on all %(dates)d dates.",
            free,
        )
        more = ngettext(
            "%(n)d more is free on some of them.", "%(n)d more are free on some of them.", rest
        )
    lines = [first % {"n": free, "dates": dates}]
    if rest:
        lines.append(more % {"n": rest})
    return " ".join(lines)


def _asked(form: FindForm, result: FindResult) -> list[str]:
    """The search in words, one line for each thing that was asked for."""
    said = form.cleaned_data
    lines = [f"“{said['text']}”"] if said["text"] else []
    lines += _times_asked(form, result)
    if said["people"]:
        many = ngettext("%(n)d person", "%(n)d people", said["people"])
        lines.append(many % {"n": said["people"]})
    if result.place:
        lines.append(_("Near %(place)s") % {"place": result.place.name})
    lines += [form.words_of(name) for name in ("council",) if said[name]]
    return lines


def _times_asked(form: FindForm, result: FindResult) -> list[str]:
    if not result.spans:
        return []
    first, last = result.spans[0], result.spans[-1]
    if len(result.spans) == 1:
        return [words.when(first.start, first.end)]
    return [
        words.times(first.start, first.end)
        if london(first.start).date() == london(first.end).date()
        else _("%(start)s to %(end)s the next day")
        % {"start": words.clock_time(first.start), "end": words.clock_time(first.end)},
        _("%(how_often)s, %(n)d dates from %(first)s to %(last)s")
        % {
            "how_often": form.words_of("repeat"),
            "n": len(result.spans),
            "first": words.long_day(first.start),
            "last": words.long_day(last.start),
        },
    ]


def _map(result: FindResult, numbered: Numbered) -> dict[str, Any] | None:
    pins = [
        Pin(
            number=n,
            latitude=found.venue.latitude,
            longitude=found.venue.longitude,
            href=f"#place-{n}",
            name=f"{found.space.name}, {found.venue.name}",
            kind="all" if found.free_count == len(found.dates) else "some",
        )
        for n, found in numbered
        if found.venue.latitude is not None and found.venue.longitude is not None
    ]
    if not pins:
        return None
    place = result.place
    return drawn_map(
        pins,
        council_ids={found.venue.council_id for _n, found in numbered},
        title=_("Map of the places in the list"),
        here=Spot(place.latitude, place.longitude, place.name) if place else None,
    )


def _place(result: FindResult, asked: QueryDict) -> dict[str, Any]:
    """Where distances are from; of a place that means nothing to us, what it might have been."""
    place = result.place
    if place:
        return {"name": place.name, "is_guess": place.is_guess, "typed": result.query.near}
    if not result.is_place_unknown:
        return {}
    typed = result.query.near
    alike = suggestions(typed) or suggestions(typed.split()[0]) or suggestions(typed[:3])
    return {
        "unknown": typed,
        "suggestions": [
            {"words": name, "href": f"?{_with(asked, near=name)}"}
            for name in alike[:_MOST_SUGGESTED]
        ],
    }


def _relaxed(result: FindResult, asked: QueryDict) -> list[dict[str, str]]:
    """What each wish keeps away, with the same search without it."""
    lines = []
    for one in result.relaxed:
        count = ngettext("%(n)d place", "%(n)d places", one.venues) % {"n": one.venues}
        said = _("Without %(wish)s: %(places)s") % {"wish": _wish(one.wish), "places": count}
        lines.append({"words": said, "href": f"?{_without(asked, one.wish)}"})
    return lines


def _emptied(result: FindResult) -> str:
    if not result.emptied_by:
        return ""
    return _("What ruled out the last places: %(wish)s.") % {"wish": _wish(result.emptied_by)}


def _wish(name: str) -> str:
    if name in NEEDS:
        return f"“{NEEDS[name].label}”"
    if name in MARKS:
        return f"“{MARKS[Mark(name)]}”"
    return {
        "words": _("your words"),
        "people": _("the number of people"),
        "near": _("the distance"),
        "times": _("the times"),
        "kinds": _("the kind of place"),
        "rooms": _("the kind of room"),
        "layout": _("how people sit or stand"),
        "price": _("the price"),
    }[name]


def _unchecked(result: FindResult, asked: QueryDict) -> str:
    """The same search with places of which something is not known; empty where that is moot."""
    query = result.query
    is_moot = not (query.needs or query.people or query.pattern or query.layout)
    if is_moot or query.unknowns is Unknowns.SHOW:
        return ""
    return f"?{_with(asked, unchecked='on')}"


def _with(asked: QueryDict, **more: str) -> str:
    again = asked.copy()
    again.pop("page", None)
    for name, value in more.items():
        again[name] = value
    return again.urlencode()


def _without(asked: QueryDict, wish: str) -> str:
    again = asked.copy()
    again.pop("page", None)
    if wish in NEEDS:
        again.setlist("needs", [need for need in again.getlist("needs") if need != wish])
        return again.urlencode()
    if wish in MARKS:
        again.setlist("has", [mark for mark in again.getlist("has") if mark != wish])
        return again.urlencode()
    for name in _PARTS_OF[wish]:
        for part in (name, f"{name}_day", f"{name}_month", f"{name}_year"):
            again.pop(part, None)
    return again.urlencode()
