"""A venue as a place of A11yJSON 31 (https://a11yjson.org): the building, never people."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from math import atan, degrees
from typing import Any

from spaces.access_facts import FactState, State
from spaces.models import AccessFault, AccessNode, Venue
from spaces.routes import VenueAccess
from spaces.routes.load import VENUE_KEY, PlaceKey
from spaces.routes.timeline import moment_at

_Data = dict[str, Any]
_LIFTS = {"passenger": "elevator", "platform": "wheelchairLift", "stair_lift": "stairLift"}


def a11yjson(venue: Venue, access: VenueAccess, *, url: str, now: datetime) -> _Data:
    """One place info; `url` is the venue's page."""
    place: _Data = {
        "properties": _known(
            {
                "name": venue.name,
                "originalId": venue.slug,
                "infoPageUrl": url,
                "address": venue.address or None,
                "accessibility": _accessibility(access, now=now),
            }
        )
    }
    if venue.latitude is not None:
        place["geometry"] = {"type": "Point", "coordinates": [venue.longitude, venue.latitude]}
    return place


def _accessibility(access: VenueAccess, *, now: datetime) -> _Data:
    def of(code: str) -> FactState:
        return access.state(VENUE_KEY, code)

    found: _Data = {
        "hasInductionLoop": _yes_no(of("hearing_loop")),
        "hasLowStimulusEnvironment": _yes_no(of("quiet_space")),
        "animalPolicy": _only(allowsAssistanceDogs=_yes_no(of("assistance_dogs_welcome"))),
        "staff": _only(canAssist=_yes_no(of("staff_on_site_and_trained"))),
        "entrances": _entrances(access),
        "restrooms": _restrooms(access),
        "equipment": _lifts(access, now=now),
        "signageSystems": _signage(of("signage")),
    }
    told = _known(found)
    parking = of("parking_blue_badge_count")
    if parking.state is not State.UNKNOWN:
        told["parking"] = {"forWheelchairUsers": _bays(access) if _is_yes(parking) else None}
    return told


def _entrances(access: VenueAccess) -> list[_Data]:
    nodes = access.nodes_of(AccessNode.Kind.ENTRANCE)
    if nodes:
        return [{"name": node.name, **_entrance(access, ("node", node.pk))} for node in nodes]
    told = _entrance(access, VENUE_KEY)
    return [told] if told else []


def _entrance(access: VenueAccess, key: PlaceKey) -> _Data:
    def of(code: str) -> FactState:
        return access.state(key, code)

    told = _only(isLevel=_yes_no(of("entrance_step_free")))
    steps = of("entrance_steps")
    if steps.state is State.NO:
        told["stairs"] = None
    elif _is_yes(steps):
        told["stairs"] = _only(
            count=_number(steps),
            stepHeight=_length(of("entrance_step_height_max"), "mm"),
            hasHandRail=_yes_no(of("entrance_handrail")),
        )
    told |= _ramp(of("ramp_type"))
    if _is_yes(of("ramp_gradient")) and (run := _number(of("ramp_gradient"))):
        told["slopeAngle"] = {"value": round(degrees(atan(1 / run)), 1), "unit": "deg"}
    if door := _door(of):
        told["door"] = door
    return told


def _ramp(known: FactState) -> _Data:
    """Fixed or put out; a fixed one rules the other out."""
    if known.state is State.UNKNOWN:
        return {}
    kind = known.rows[0].choice
    if known.state is State.YES and kind == "portable":
        return {"hasRemovableRamp": True}
    if known.state is State.YES and kind != "fixed":
        return {}
    return {"hasFixedRamp": known.state is State.YES}


def _door(of: Callable[[str], FactState]) -> _Data:
    opening, help_ = of("door_opening"), of("door_entry_help")
    door = _only(
        width=_length(of("door_clear_width"), "mm"),
        thresholdHeight=_length(of("threshold_height"), "mm"),
    )
    if _is_yes(opening) and opening.rows[0].choice:
        door["isAutomatic"] = opening.rows[0].choice in {"automatic", "powered_button"}
    if _is_yes(help_) and help_.rows[0].choice:
        door["hasIntercom"] = help_.rows[0].choice == "intercom"
        door["needsKeyPad"] = help_.rows[0].choice == "key_code"
    return door


def _restrooms(access: VenueAccess) -> list[_Data]:
    nodes = access.nodes_of(AccessNode.Kind.TOILET)
    if nodes:
        return [{"name": node.name, **_restroom(access, ("node", node.pk))} for node in nodes]
    told = _restroom(access, VENUE_KEY)
    return [told] if told else []


def _restroom(access: VenueAccess, key: PlaceKey) -> _Data:
    def of(code: str) -> FactState:
        return access.state(key, code)

    changing = _yes_no(of("changing_places"))
    told = _only(
        isAccessibleWithWheelchair=_yes_no(of("accessible_toilet")),
        hasChangingTableForBabies=_yes_no(of("baby_changing")),
        hasChangingTableForAdults=changing,
        hasCeilingHoist=changing,
        hasEmergencyPullstring=_yes_no(of("toilet_alarm_cord_works")),
    )
    side = of("toilet_transfer_side")
    if _is_yes(side) and (choice := side.rows[0].choice):
        told["toilet"] = {
            "spaceOnUsersLeftSide": choice in {"left", "both"},
            "spaceOnUsersRightSide": choice in {"right", "both"},
        }
    key_ = of("toilet_key")
    if _is_yes(key_) and key_.rows[0].choice:
        told["entrance"] = {"door": {"needsRadarKey": key_.rows[0].choice == "radar"}}
    return told


def _lifts(access: VenueAccess, *, now: datetime) -> list[_Data]:
    broken = [
        fault
        for fault in moment_at(access, now, piece=None).faults
        if fault.what == AccessFault.What.LIFT
    ]
    found = []
    for node in access.nodes_of(AccessNode.Kind.LIFT):
        known = access.state(("node", node.pk), "lift")
        told: _Data = {"name": node.name}
        if _is_yes(known) and known.rows[0].choice in _LIFTS:
            told["category"] = _LIFTS[known.rows[0].choice]
        size = access.state(("node", node.pk), "lift_car_size")
        if _is_yes(size) and size.rows[0].measure and size.rows[0].measure_2:
            told["cabinWidth"] = _mm(size.rows[0].measure)
            told["cabinLength"] = _mm(size.rows[0].measure_2)
        mine = [fault for fault in broken if fault.node_id in {None, node.pk}]
        if mine:
            told |= {"isWorking": False, "outOfOrderReason": mine[0].note}
            told["stateLastUpdate"] = mine[0].reported_at.isoformat()
        found.append(told)
    return found


def _signage(known: FactState) -> list[_Data] | None:
    if not _is_yes(known) or not known.rows[0].choice:
        return None
    kinds = set(known.rows[0].choice.split())
    names = {
        "high_contrast": "isHighContrast", "braille": "hasBraille", "raised": "hasRaisedLetters",
        "pictograms": "hasPictograms", "tactile_paving": "hasTactilePaving",
    }  # fmt: skip
    return [{name: True for kind, name in names.items() if kind in kinds}]


def _bays(access: VenueAccess) -> _Data:
    return {
        **_only(count=_number(access.state(VENUE_KEY, "parking_blue_badge_count"))),
        **_only(distanceToEntrance=_length(access.state(VENUE_KEY, "parking_to_entrance"), "m")),
        "neededParkingPermits": ["Blue Badge"],
    }


def _is_yes(known: FactState) -> bool:
    return known.state is State.YES


def _yes_no(known: FactState) -> bool | None:
    return {State.YES: True, State.NO: False}.get(known.state)


def _number(known: FactState) -> int | None:
    measure = known.rows[0].measure if _is_yes(known) else None
    return int(measure) if measure is not None else None


def _length(known: FactState, unit: str) -> _Data | None:
    value = _number(known)
    return None if value is None else {"value": value, "unit": unit}


def _mm(measure: Any) -> _Data:
    return {"value": int(measure), "unit": "mm"}


def _only(**values: Any) -> _Data:
    """Without what is not known: a null would say that there is none."""
    return {name: value for name, value in values.items() if value is not None}


def _known(values: _Data) -> _Data:
    return {name: value for name, value in values.items() if value not in (None, {}, [])}
