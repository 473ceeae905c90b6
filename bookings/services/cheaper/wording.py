"""Alternatives in words: what to do instead, why it costs less, and what is taken as so."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from decimal import Decimal

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from bookings.services.cheaper import rooms, times
from bookings.services.cheaper.answers import Alternative, Candidate, Kind
from bookings.services.cheaper.hints import Hints
from bookings.services.cheaper.rooms import Rooms
from bookings.services.planning import Plan
from core import words
from core.clock import london
from spaces.access_facts import NEEDS, State
from spaces.models import Space


def alternative(
    candidate: Candidate, then: Plan, plan: Plan, known: Rooms, hints: Hints, *, usual: Decimal
) -> Alternative:
    """The candidate, planned as `then` beside the `plan` that was asked for, in words."""
    if then.total is None:
        message = "an alternative has a price"
        raise RuntimeError(message)
    return Alternative(
        kind=candidate.kind,
        request=then.request,
        dates=len(then.dates),
        further=len(then.dates) - len(plan.dates),
        total=then.total,
        usual=usual,
        words=_instead(candidate, then, plan, known),
        why=_why(candidate, then, plan, hints),
        assumptions=(
            *_of_kind(candidate, then, plan, known),
            *_of_price(then),
            *_of_answer(then, plan),
        ),
        is_instant=then.is_instant,
        is_estimate=_is_estimate(then),
    )


def _instead(candidate: Candidate, then: Plan, plan: Plan, known: Rooms) -> str:
    new, old = then.dates[0].span, plan.dates[0].span
    match candidate.kind:
        case Kind.SHIFT:
            said = {"new": words.clock_time(new.start), "old": words.clock_time(old.start)}
            return _("Start at %(new)s, not %(old)s") % said
        case Kind.OTHER_DAY if len(plan.dates) == 1:
            said = {"new": words.long_day(new.start), "old": words.long_day(old.start)}
            return _("Come on %(new)s, not %(old)s") % said
        case Kind.OTHER_DAY:
            said = {"new": _weekday(new.start), "old": _weekday(old.start)}
            return _("Come each time on %(new)s, not %(old)s") % said
        case Kind.OTHER_SPACE | Kind.PART:
            before, after = _swapped(candidate, known)
            said = {"new": after.name, "old": before.name}
            if candidate.kind is Kind.PART:
                return _("Take only %(new)s, not all of %(old)s") % said
            return _("Take %(new)s, not %(old)s") % said
        case Kind.BLOCK:
            return _("Book %(n)d dates at once") % {"n": len(then.dates)}
    said = {"new": words.times(new.start, new.end), "old": words.times(old.start, old.end)}
    return _("Book %(new)s, not %(old)s") % said


def _why(candidate: Candidate, then: Plan, plan: Plan, hints: Hints) -> str:
    if candidate.kind is Kind.LONGER:
        return _("The longer time costs less.")
    if candidate.kind in (Kind.SHIFT, Kind.OFF_PEAK):
        return _change_of_price(times.walls(then.request.pattern), plan, hints)
    return ""


def _change_of_price(new: tuple[int, int], plan: Plan, hints: Hints) -> str:
    """The part of the day that less of the hire falls into; else the time at which prices change.

    Times are minutes, as `times.walls` counts them.
    """
    old = times.walls(plan.request.pattern)
    for name, window in hints.dayparts_on(plan.request.pattern.first):
        wall = (window.start, window.end)
        if times.minutes_in(wall, *new) < times.minutes_in(wall, *old):
            said = {"name": name.replace("-", " "), "time": _clock(window.start)}
            if new[0] < old[0]:
                return _("The “%(name)s” rate begins at %(time)s.") % said
            return _("The “%(name)s” rate ends at %(time)s.") % {**said, "time": _clock(window.end)}
    inside = [mark for mark in hints.minutes if old[0] < mark < old[1]]
    if not inside:
        return ""
    return _("The price changes at %(time)s.") % {"time": _clock(inside[-1])}


def _of_kind(candidate: Candidate, then: Plan, plan: Plan, known: Rooms) -> Iterator[str]:
    if candidate.kind is Kind.LONGER:
        yield _("You need not use all of the time.")
    elif candidate.kind is Kind.BLOCK:
        yield from _of_block(then)
    elif candidate.swapped is not None:
        before, after = _swapped(candidate, known)
        yield from _of_space(before, after, then, known)
    elif len(plan.dates) > 1:
        yield _("All %(n)d dates move.") % {"n": len(plan.dates)}


def _of_block(then: Plan) -> Iterator[str]:
    first, last = then.dates[0].span.start, then.dates[-1].span.start
    yield (
        _("Only if you want all %(n)d dates, from %(first)s to %(last)s. All are free now.")
        % {"n": len(then.dates), "first": words.long_day(first), "last": words.long_day(last)}
    )
    yield _("The saving is beside the price of each further date booked by itself.")


def _of_space(before: Space, after: Space, then: Plan, known: Rooms) -> Iterator[str]:
    people = then.request.people
    if after.capacity is None:
        yield _("Nobody has said how many people %(space)s takes.") % {"space": after.name}
    else:
        said = ngettext(
            "It takes up to %(n)d person.", "It takes up to %(n)d people.", after.capacity
        )
        yield said % {"n": after.capacity}
    lost = rooms.layouts_lost(before, after, people)
    if unsaid := ", ".join(layout for layout, takes in lost if takes is None):
        yield _("Nobody has said how many it takes like this: %(layouts)s.") % {"layouts": unsaid}
    for layout, takes in lost:
        if takes is not None:
            yield _("%(layout)s: it takes only %(n)d.") % {"layout": layout, "n": takes}
    if things := rooms.things_lost(before, after):
        yield _("We do not know that it has: %(things)s.") % {"things": ", ".join(things)}
    yield from _of_access(before, after, then, known)


def _of_access(before: Space, after: Space, then: Plan, known: Rooms) -> Iterator[str]:
    """Without what is out of order at that time."""
    needs = [slug for slug in NEEDS if slug in known.needs.get(before.pk, ())]
    if not needs:
        said = {"old": before.name, "new": after.name}
        yield _("Nothing is known yet of the access of %(old)s; ask about %(new)s.") % said
    place = ([after.pk], [date.span for date in then.dates])
    met = [slug for slug in needs if known.state(slug, place) is not State.NO]
    if met:
        labels = ", ".join(str(NEEDS[slug].label) for slug in met)
        yield _("It has the same access as %(old)s: %(needs)s.") % {
            "old": before.name,
            "needs": labels,
        }


def _of_price(then: Plan) -> Iterator[str]:
    if _is_estimate(then):
        yield _("The price is our best guess: the venue has not set its prices for then yet.")


def _of_answer(then: Plan, plan: Plan) -> Iterator[str]:
    if plan.is_instant and not then.is_instant:
        yield _("You do not get an answer at once: the venue answers your request.")


def _is_estimate(plan: Plan) -> bool:
    return any(date.quote.is_estimate for date in plan.dates if date.quote)


def _swapped(candidate: Candidate, known: Rooms) -> tuple[Space, Space]:
    old, new = candidate.swapped or (0, 0)
    return known.spaces[old], known.spaces[new]


def _weekday(instant: datetime) -> str:
    return date_format(london(instant), "l")


def _clock(minutes: int) -> str:
    return words.clock_time(times.wall_time(minutes))
