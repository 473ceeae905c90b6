"""Cheaper ways to do this, as links that fill the first form of the booking journey."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django.http import HttpRequest, QueryDict
from django.urls import reverse
from django.utils.translation import gettext as _

from bookings.forms.when import FORTNIGHTLY, MONTHLY, ONCE, WEEKLY
from bookings.requests import BookingRequest
from bookings.services.cheaper import Alternative, Kind, cheaper_ways
from bookings.services.planning import Plan
from core import clock
from core.words import pounds
from spaces.models import Venue
from spaces.timetable import Frequency, Pattern

_ASKED = "cheaper"


def context(
    request: HttpRequest, venue: Venue, plan: Plan, *, category: str | None = None
) -> dict[str, Any]:
    """Either the link to look for cheaper ways, or what was found.

    Looking takes about as long as the rest of the page, so it is done only where it is asked
    for (docs/decisions/0028). Where there is no price to compare with, neither.
    """
    if plan.total is None or plan.refused or plan.breaches:
        return {}
    if _ASKED not in request.GET:
        return {"cheaper_href": f"?{_asking(request.GET)}#cheaper"}
    found = cheaper_ways(plan, actor=request.user, now=clock.now(), category=category)
    rows = [_row(way, venue, request, plan) for way in found]
    return {"looked_for_cheaper": True, "cheaper": rows}


def _asking(query: QueryDict) -> str:
    asking = query.copy()
    asking[_ASKED] = "1"
    return asking.urlencode()


def _row(way: Alternative, venue: Venue, request: HttpRequest, plan: Plan) -> dict[str, Any]:
    query = _filled(request.GET, way.request, category=plan.hirer.category)
    return {
        "href": f"{reverse('book_pick', args=[venue.slug])}?{query}",
        "words": _("%(instead)s: %(saving)s less")
        % {
            "instead": way.words,
            "saving": pounds(way.saving),
        },
        "sum": _sum(way),
        "notes": [note for note in (way.why, *way.assumptions) if note],
    }


def _sum(way: Alternative) -> str:
    said = {"total": pounds(way.total), "usual": pounds(way.usual)}
    if way.kind is Kind.BLOCK:
        return _("%(total)s for all of them, not %(usual)s.") % said
    return _("%(total)s, not %(usual)s.") % said


def _filled(query: QueryDict, wanted: BookingRequest, *, category: str) -> str:
    """What stands in the address, with the spaces and times of `wanted` in their place."""
    filled = query.copy()
    for name in list(filled):
        if name in (_ASKED, "on") or name.startswith(("on_", "last_day", "pool_")):
            del filled[name]
    filled.setlist("spaces", [str(pk) for pk in wanted.space_ids])
    filled["category"] = category
    for name, value in _times(wanted.pattern).items():
        filled[name] = value
    return filled.urlencode()


def _times(pattern: Pattern) -> dict[str, str]:
    """A pattern as the fields of the form; only such as the form itself can say."""
    repeat = {
        Frequency.ONCE: ONCE,
        Frequency.WEEKLY: FORTNIGHTLY if pattern.interval == 2 else WEEKLY,
        Frequency.MONTHLY: MONTHLY,
    }[pattern.frequency]
    fields = {
        **_date("on", pattern.first),
        "starts": f"{pattern.starts:%H:%M}",
        "ends": f"{pattern.ends:%H:%M}",
        "repeat": repeat,
        "times": str(pattern.count or ""),
    }
    if pattern.more_days:
        fields |= _date("last_day", pattern.first + timedelta(days=pattern.more_days))
    return fields


def _date(name: str, day: date) -> dict[str, str]:
    return {
        f"{name}_day": str(day.day),
        f"{name}_month": str(day.month),
        f"{name}_year": str(day.year),
    }
