"""What people ask about a building, in their order, each with the facts that answer it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date, datetime, time
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from bookings.views.fact_rows import Photos, fact_row
from core import words
from spaces.access_facts import FACTS, State
from spaces.faults import FaultLine, line_of
from spaces.models import AccessNode
from spaces.routes import Moment, Room, VenueAccess, route_to
from spaces.routes.load import VENUE_KEY, PlaceKey
from spaces.routes.sentences import route_sentence
from spaces.routes.timeline import moment_at
from spaces.routes.week import ALL_WEEK, Minutes

# The question; the facts that answer it; those that say more.
_QUESTIONS: tuple[tuple[Any, tuple[str, ...], tuple[str, ...]], ...] = (
    (
        gettext_lazy("Getting in"),
        ("entrance_step_free", "door_opening"),
        ("entrance_steps", "entrance_step_height_max", "entrance_handrail", "ramp_type",
         "ramp_gradient", "door_clear_width", "threshold_height", "door_entry_help",
         "approach_surface_firm"),
    ),
    (
        gettext_lazy("Getting to the room"),
        ("internal_route_step_free", "lift"),
        ("narrowest_route_width", "lift_car_size", "lift_audio_and_tactile", "room_turning_space",
         "wheelchair_spaces_in_room", "adjustable_or_roll_under_tables", "chairs_with_arms"),
    ),
    (
        gettext_lazy("Toilets"),
        ("accessible_toilet", "changing_places"),
        ("toilet_room_size", "toilet_transfer_side", "toilet_alarm_cord_works", "toilet_key",
         "baby_changing"),
    ),
    (gettext_lazy("Hearing"), ("hearing_loop",), ("acoustics", "sign_language_or_captions")),
    (gettext_lazy("Seeing"), ("signage",), ("lighting_control", "assistance_dogs_welcome")),
    (gettext_lazy("Calm and quiet"), ("quiet_space",), ("quiet_times",)),
    (
        gettext_lazy("Parking and getting there"),
        ("parking_blue_badge_count", "stop_route_step_free"),
        ("parking_to_entrance", "drop_off_point", "stop_distance"),
    ),
    (
        gettext_lazy("Getting out in an emergency"),
        ("emergency_evacuation",),
        ("staff_on_site_and_trained",),
    ),
    (
        gettext_lazy("From public records"),
        (),
        tuple(code for code in FACTS if code.startswith("recorded_")),
    ),
)  # fmt: skip


def questions(known: VenueAccess, *, today: date, photos: Photos) -> list[dict[str, Any]]:
    """Each with `answers`, `more` and `unchecked`; of doors, lifts and toilets one by one."""
    found = []
    for heading, first, rest in _QUESTIONS:
        answers = [row for code in first for row in _rows(known, code, today=today, photos=photos)]
        more = [row for code in first for row in _of_ways(known, code, today=today, photos=photos)]
        more += [row for code in rest for row in _rows(known, code, today=today, photos=photos)]
        more += [row for code in rest for row in _of_ways(known, code, today=today, photos=photos)]
        silent = [code for code in (*first, *rest) if not _is_known(known, code)]
        if heading == _QUESTIONS[-1][0] and not more:
            silent = []
        found.append(
            {
                "heading": str(heading),
                "answers": answers,
                "more": more,
                "unchecked": [FACTS[code].unknown for code in silent],
            }
        )
    return found


def _rows(known: VenueAccess, code: str, *, today: date, photos: Photos) -> list[dict[str, Any]]:
    places: list[tuple[PlaceKey, str]] = [(VENUE_KEY, "")]
    places += [(("node", node.pk), node.name) for node in known.nodes]
    return _at(known, places, code, today=today, photos=photos)


def _of_ways(known: VenueAccess, code: str, *, today: date, photos: Photos) -> list[dict[str, Any]]:
    places = [(("link", link.pk), _between(known, link)) for link in known.links]
    return _at(known, places, code, today=today, photos=photos)


def _is_known(known: VenueAccess, code: str) -> bool:
    return any(
        row.value != State.UNKNOWN for codes in known.rows.values() for row in codes.get(code, ())
    )


def _at(
    known: VenueAccess,
    places: Sequence[tuple[PlaceKey, str]],
    code: str,
    *,
    today: date,
    photos: Photos,
) -> list[dict[str, Any]]:
    found = []
    for key, name in places:
        rows = known.rows.get(key, {}).get(code, [])
        if any(row.value != State.UNKNOWN for row in rows):
            found.append(fact_row(FACTS[code], rows, today=today, place=name, photos=photos))
    return found


def _between(known: VenueAccess, link: Any) -> str:
    names = {node.pk: node.name for node in known.nodes}
    told = {"one": names[link.low_id], "other": names[link.high_id]}
    return _("%(one)s to %(other)s") % told


def rooms_in_words(known: VenueAccess, *, now: datetime) -> list[dict[str, Any]]:
    """For each bookable room the whole way as a sentence, and place by place where it is drawn.

    Hours are left aside and said beside it; what is out of order now counts.
    """
    moment = moment_at(known, now, piece=None)
    found = []
    for room in known.rooms:
        if room.is_bookable:
            answer = route_to(known, room, moment)
            told = route_sentence(answer)
            told |= {"room": room.name, "to_room": str(answer.to_room.state)}
            told["inside"] = str(known.of_room(room.id, "internal_route_step_free").state)
            told["only_while"] = _only_while(known, room, moment, answer.to_room.keys)
            found.append(told)
    return found


def _only_while(known: VenueAccess, room: Room, moment: Moment, keys: Sequence[int]) -> str:
    """Side door: Monday to Friday 9am to 5pm; empty where another door is as good."""
    nodes = {node.pk: node for node in known.nodes}
    doors = [nodes[key] for key in keys if key in nodes and nodes[key].hours != "venue"]
    if not doors:
        return ""
    if not known.hours.get(doors[0].pk):
        return _("Ask when %(door)s is open.") % {"door": doors[0].name}
    # With every door that has times of its own shut.
    elsewhere = replace(known, hours={})
    if route_to(elsewhere, room, Moment(ALL_WEEK, moment.faults)).to_room.state is State.YES:
        return ""
    told = {"door": doors[0].name, "hours": hours_words(known.hours[doors[0].pk])}
    return _("Only while this door is open: %(door)s. %(hours)s.") % told


def doors_in_words(known: VenueAccess) -> list[str]:
    """Every entrance with times of its own: Side door is open Monday to Friday 9am to 5pm."""
    found = []
    for node in known.nodes:
        if node.hours == AccessNode.Hours.OWN:
            told = {"door": node.name, "hours": hours_words(known.hours.get(node.pk, []))}
            found.append(_("%(door)s is open: %(hours)s.") % told)
        elif node.hours == AccessNode.Hours.UNKNOWN:
            found.append(_("Nobody has said when it is open: %(door)s.") % {"door": node.name})
    return found


def hours_words(hours: Iterable[Minutes]) -> str:
    """Monday to Friday 9am to 5pm, Saturday 9am to 1pm."""
    by_time: list[tuple[tuple[int, int], list[int]]] = []
    for start, end in hours:
        day, span = start // 1440, (start % 1440, (end - 1) % 1440 + 1)
        if by_time and by_time[-1][0] == span and by_time[-1][1][-1] == day - 1:
            by_time[-1][1].append(day)
        else:
            by_time.append((span, [day]))
    return ", ".join(f"{_days(days)} {_times(*span)}" for span, days in by_time)


def _days(days: Sequence[int]) -> str:
    # 4 January 2027 is a Monday.
    names = [date_format(date(2027, 1, 4 + day), "l") for day in days]
    if len(names) < 3:
        return ", ".join(names)
    return _("%(first)s to %(last)s") % {"first": names[0], "last": names[-1]}


def _times(start: int, end: int) -> str:
    told = {"opens": _clock(start), "closes": _clock(end % 1440)}
    return _("%(opens)s to %(closes)s") % told


def _clock(minute: int) -> str:
    return words.clock_time(time(minute // 60, minute % 60))


def fault_lines_of(known: VenueAccess, *, now: datetime) -> list[FaultLine]:
    """What is out of order, from what was read already."""
    return [line_of(fault, now=now) for fault in known.faults]
