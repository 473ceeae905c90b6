"""Sport England's Active Places: one row is one kind of facility at one site."""

from __future__ import annotations

import re
from datetime import date

from django.utils.translation import gettext as _

from spaces.importing.cells import Cells
from spaces.importing.records import FactRecord, VenueRecord
from spaces.importing.report import Problem
from spaces.models import AccessFact, Facility, Space, Venue, VenueKind

NAME = "activeplaces"
SOURCE = "Active Places"

# Column, fact, whether it is about the room. What the record asks is coarser than most of our
# facts, so the note says where the answer is from and that nobody measured.
_FACTS = (
    ("disability_parking", "parking_blue_badge_count", False),
    ("disability_finding_reaching_entrance", "entrance_step_free", False),
    ("disability_reception_area", "recorded_reception", False),
    ("disability_activity_area", "internal_route_step_free", True),
    ("disability_social_areas", "recorded_social_areas", False),
    ("disability_spectator_areas", "recorded_spectator_areas", False),
    ("disability_doorways", "recorded_doorways", False),
    ("disability_emergency_exits", "recorded_emergency_exits", False),
    ("disability_toilets", "accessible_toilet", False),
    ("disability_changing_facilities", "recorded_changing_rooms", False),
)
COLUMNS = (
    "site_id",
    "site_name",
    "facility_type",
    "access_type",
    "street",
    "town",
    "postcode",
    "telephone",
    "email",
    "website",
    "car_park",
    "car_park_capacity",
    "cycle_park",
    *(column for column, _code, _is_of_space in _FACTS),
    "disability_notes",
    "ward_code",
    "ward_name",
    "lon",
    "lat",
    "site_last_updated_date",
)
_SPACES = {
    "sports halls": (Space.Kind.HALL, "Sports hall"),
    "sports hall": (Space.Kind.HALL, "Sports hall"),
    "studios": (Space.Kind.STUDIO, "Studio"),
    "studio": (Space.Kind.STUDIO, "Studio"),
    "grass pitches": (Space.Kind.PITCH, "Grass pitch"),
    "artificial grass pitch": (Space.Kind.PITCH, "Artificial grass pitch"),
    "outdoor tennis courts": (Space.Kind.PITCH, "Tennis court"),
    "squash courts": (Space.Kind.PITCH, "Squash court"),
}
_KINDS = (
    (r"\b(school|academy|college|grammar|primary)\b", VenueKind.SCHOOL),
    (r"\bcommunity cent(re|er)\b", VenueKind.COMMUNITY_CENTRE),
    (r"\b(youth|boys|girls)\b", VenueKind.YOUTH_CENTRE),
    (r"\b(church|mosque|temple|gurdwara)\b", VenueKind.PLACE_OF_WORSHIP),
)


def key_of(named: dict[str, str]) -> str:
    """The site's own key."""
    return named.get("site_id", "")


def read(cells: Cells, *, today: date) -> VenueRecord | None:
    """A sports place as a venue; None where the row has problems, which `cells` then holds."""
    key = cells.needed("site_id", longest=60)
    if key and not re.fullmatch(r"[\w.-]+", key, re.ASCII):
        cells.problems.append(
            Problem(_("“site_id” is not a key."), _("Use letters, digits and dashes."))
        )
    name = cells.needed("site_name", longest=150)
    facility = cells.needed("facility_type", longest=60)
    kind, space_name = _SPACES.get(facility.casefold(), (None, ""))
    if facility and kind is None:
        cells.problems.append(
            Problem(
                _("“%(kind)s” is no kind of place this import knows.") % {"kind": facility},
                _("It reads sports halls, studios, pitches and courts."),
            )
        )
    place = cells.place("lat", "lon")
    if cells.problems or kind is None:
        return None
    access = cells.text("access_type", longest=60)
    return VenueRecord(
        key=key,
        fields=_fields(cells, name, place),
        first_fields=_first_fields(cells, name, access),
        space_name=space_name,
        space_kind=kind,
        space_description=_courts(cells),
        ward_name=cells.text("ward_name", longest=100),
        ward_code=cells.text("ward_code", longest=9),
        facilities=_facilities(cells),
        facts=_facts(cells),
        checked_on=cells.day("site_last_updated_date", today=today),
        warnings=tuple(cells.warnings),
    )


def _fields(cells: Cells, name: str, place: tuple[float, float] | None) -> dict[str, object]:
    return {
        "name": name,
        "address": cells.text("street", longest=200),
        "town": cells.text("town", longest=80),
        "postcode": cells.postcode("postcode"),
        "phone": cells.phone("telephone"),
        "email": cells.email("email"),
        "website": cells.website("website"),
        "latitude": place[0] if place else None,
        "longitude": place[1] if place else None,
    }


def _first_fields(cells: Cells, name: str, access: str) -> dict[str, object]:
    mode = Venue.BookingMode.HERE
    if access.casefold() == "private use":
        mode = Venue.BookingMode.NOT_FOR_HIRE
        cells.warnings.append(_("The record says private use: added as not for hire."))
    elif "membership" in access.casefold():
        cells.warnings.append(_("The record says members only: the venue answers each request."))
    return {
        "kind": _kind_of(name),
        "booking_mode": mode,
        "confirmation": Venue.Confirmation.REQUEST,
    }


def _kind_of(name: str) -> VenueKind:
    for pattern, kind in _KINDS:
        if re.search(pattern, name, re.IGNORECASE):
            return kind
    return VenueKind.LEISURE_CENTRE


def _courts(cells: Cells) -> str:
    """What the hall is marked out for, in one sentence."""
    marked = (
        ("badminton_courts_total", _("badminton courts")),
        ("basketball_courts_total", _("basketball courts")),
        ("netball_courts_total", _("netball courts")),
        ("volleyball_courts_total", _("volleyball courts")),
        ("five_a_side_pitches_total", _("five-a-side pitches")),
        ("futsal_courts_total", _("futsal courts")),
        ("cricket_nets_total", _("cricket nets")),
    )
    counted = [(words, cells.count(column, most=200)) for column, words in marked]
    listed = ", ".join(f"{words} {count}" for words, count in counted if count)
    return _("Marked for: %(list)s.") % {"list": listed} if listed else ""


def _facilities(cells: Cells) -> dict[Facility.Code, int | None]:
    found: dict[Facility.Code, int | None] = {}
    if cells.yes_no("car_park") == AccessFact.Value.YES:
        found[Facility.Code.CAR_PARK] = cells.count("car_park_capacity", most=20_000) or None
    if cells.yes_no("cycle_park") == AccessFact.Value.YES:
        found[Facility.Code.CYCLE_PARKING] = None
    return found


def _facts(cells: Cells) -> tuple[FactRecord, ...]:
    notes = cells.text("disability_notes", longest=200)
    source = _("From Active Places, not measured.")
    note = f"{source} {notes}" if notes else source
    return tuple(
        FactRecord(code, cells.yes_no(column), note, is_of_space=is_of_space)
        for column, code, is_of_space in _FACTS
    )
