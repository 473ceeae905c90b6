"""How to read a list: which column is what. Some are known; a council keeps its own."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from hashlib import sha256

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from spaces.importing import own
from spaces.importing.columns import columns_of, guess, known_targets
from spaces.importing.headings import plain
from spaces.importing.table import Table
from spaces.importing.vocabulary import Target
from spaces.models import VenueKind

AUTO = "auto"


@dataclass(frozen=True, slots=True)
class Profile:
    """A way to read a list. `source`: what the venues' records are filed under.

    `needs`: the columns by which such a list is known. `is_register`: a list of property, most
    of which nobody hires. `is_own`: a file that an Openhall wrote.
    """

    name: str
    label: str | Promise
    source: str
    mapping: Mapping[str, str]
    needs: frozenset[str] = frozenset()
    default_kind: VenueKind | None = None
    is_register: bool = False
    is_own: bool = False
    said_of_source: str | Promise = field(default="")

    def fits(self, columns: Iterable[str]) -> bool:
        """Whether a list with these columns is one of this kind."""
        return bool(self.needs) and self.needs <= {plain(name) for name in columns}

    def mapped(self, columns: Iterable[str]) -> dict[str, str]:
        """Each of `columns` and what it means here."""
        known = {squeezed(name): target for name, target in self.mapping.items()}
        return {name: known.get(squeezed(name), "") for name in columns}


def squeezed(name: str) -> str:
    """The name of a column without spaces: one publisher writes PostCode, another Postcode."""
    return plain(name).replace(" ", "")


def _profile(
    name: str, label: Promise, mapping: Mapping[str, str], needs: str, **more: object
) -> Profile:
    columns = frozenset(plain(one) for one in needs.split(","))
    more = {"source": name, **more}
    return Profile(name=name, label=label, mapping=mapping, needs=columns, **more)  # type: ignore[arg-type]


_ACTIVE = {
    "site_id": Target.KEY,
    "site_name": Target.NAME,
    "facility_type": Target.SPACE,
    "access_type": Target.HIRE,
    "street": Target.ADDRESS,
    "town": Target.TOWN,
    "postcode": Target.POSTCODE,
    "telephone": Target.PHONE,
    "email": Target.EMAIL,
    "website": Target.WEBSITE,
    "car_park": "facility:car_park",
    "car_park_capacity": "facility:car_park",
    "cycle_park": "facility:cycle_parking",
    "disability_parking": "fact:parking_blue_badge_count",
    "disability_finding_reaching_entrance": "fact:entrance_step_free",
    "disability_reception_area": "fact:recorded_reception",
    "disability_activity_area": "fact:internal_route_step_free",
    "disability_social_areas": "fact:recorded_social_areas",
    "disability_spectator_areas": "fact:recorded_spectator_areas",
    "disability_doorways": "fact:recorded_doorways",
    "disability_emergency_exits": "fact:recorded_emergency_exits",
    "disability_toilets": "fact:accessible_toilet",
    "disability_changing_facilities": "fact:recorded_changing_rooms",
    "disability_notes": Target.ACCESS_NOTE,
    "ward_code": Target.WARD_CODE,
    "ward_name": Target.WARD,
    "lon": Target.X,
    "lat": Target.Y,
    "site_last_updated_date": Target.UPDATED,
}
_ACTIVE_OLD = {
    "SiteID": Target.KEY,
    "SiteName": Target.NAME,
    "ThoroughfareName": Target.ADDRESS,
    "PostTown": Target.TOWN,
    "PostCode": Target.POSTCODE,
    "Latitude": Target.Y,
    "Longitude": Target.X,
    "TelNumber": Target.PHONE,
    "Email": Target.EMAIL,
    "Website": Target.WEBSITE,
    "CarParkExist": "facility:car_park",
    "NumCarPark": "facility:car_park",
    "CyclePark": "facility:cycle_parking",
    "RecLastChkdDate": Target.UPDATED,
    "BuildingName": Target.ADDRESS,
    "UPRN": Target.UPRN,
    "LocalAuthorityName": Target.AUTHORITY,
    "WardName": Target.WARD,
    "Closed": Target.CLOSED,
    "ClosureDate": Target.CLOSED,
}
_REGISTER = {
    "OrganisationLabel": Target.AUTHORITY,
    "EffectiveDate": Target.UPDATED,
    "UPRN": Target.UPRN,
    "AssetCode": Target.KEY,
    "PropertyName": Target.NAME,
    "StreetNumber": Target.NUMBER,
    "StreetName": Target.ADDRESS,
    "PostTown": Target.TOWN,
    "PostCode": Target.POSTCODE,
    "GeoX": Target.X,
    "GeoY": Target.Y,
    "TenureType": Target.TENURE,
    "TenureDetail": Target.TENURE,
    "OtherDetail": Target.KIND,
    "HoldingType": Target.HOLDING,
}
_ENGLAND = {
    "reporting": Target.AUTHORITY,
    "name": Target.NAME,
    "address1": Target.ADDRESS,
    "address2": Target.ADDRESS,
    "address3": Target.ADDRESS,
    "postcode": Target.POSTCODE,
    "uprn": Target.UPRN,
    "type": Target.KIND,
    "operation_23": Target.STATUS,
    "closed": Target.CLOSED,
    "operating_organisation": Target.RUN_BY,
    "email": Target.EMAIL,
}
_WALES = {
    "Local authority code": Target.AUTHORITY,
    "Library name": Target.NAME,
    "Address 1": Target.ADDRESS,
    "Address 2": Target.ADDRESS,
    "Address 3": Target.ADDRESS,
    "Postcode": Target.POSTCODE,
    "Type of library": Target.NOTHING,
    "Year closed": Target.CLOSED,
    "URL": Target.WEBSITE,
    "Email address": Target.EMAIL,
}
_HUBS = {
    "community_hub": Target.NAME,
    "address": Target.ADDRESS,
    "postcode": Target.POSTCODE,
    "website": Target.WEBSITE,
    "email": Target.EMAIL,
    "telephone": Target.PHONE,
    "opening_hours": Target.HOURS,
    "lon": Target.X,
    "lat": Target.Y,
}
_LEISURE = {
    "name": Target.NAME,
    "address": Target.ADDRESS,
    "postcode": Target.POSTCODE,
    "telephone": Target.PHONE,
    "website": Target.WEBSITE,
    "opening_hours": Target.HOURS,
    "facilities": Target.DESCRIPTION,
    "managed_by": Target.RUN_BY,
}
_COUNTS = {
    **{f"Add{n}": Target.ADDRESS for n in range(1, 7)},
    "PlaceName": Target.NAME,
    "PostCode": Target.POSTCODE,
    "Xordinate": Target.X,
    "Yordinate": Target.Y,
}
# Its other columns are the homes of those who vote there: they are not read.
_HALAROSE = {
    "PollingStationName": Target.NAME,
    **{f"PollingStationAddress_{n}": Target.ADDRESS for n in range(1, 6)},
    "PollingStationPostCode": Target.POSTCODE,
}
BUILT_IN: dict[str, Profile] = {
    one.name: one
    for one in (
        _profile(
            "openhall-venues",
            _("Venues from Openhall"),
            own.MAPPING,
            own.VENUES_NEED,
            source=own.VENUES_SOURCE,
            is_own=True,
        ),
        _profile(
            "openhall-spaces",
            _("Spaces from Openhall"),
            own.MAPPING,
            own.SPACES_NEED,
            source=own.SPACES_SOURCE,
            is_own=True,
        ),
        _profile(
            "activeplaces",
            _("Active Places: sports places of England"),
            _ACTIVE,
            "site_id,site_name,facility_type",
            default_kind=VenueKind.LEISURE_CENTRE,
            said_of_source=_("From Active Places, not measured."),
        ),
        _profile(
            "activeplaces-old",
            _("Active Places, as it was until 2019"),
            _ACTIVE_OLD,
            "SiteID,SiteName,ThoroughfareName,PostTown",
            source="activeplaces",
            default_kind=VenueKind.LEISURE_CENTRE,
            said_of_source=_("From Active Places, not measured."),
        ),
        _profile(
            "council-property",
            _("Land and building assets, by the Transparency Code"),
            _REGISTER,
            "AssetCode,PropertyName,HoldingType",
            is_register=True,
        ),
        _profile(
            "libraries-england",
            _("Public libraries of England"),
            _ENGLAND,
            "reporting,name,address1,postcode,statutory_23",
            default_kind=VenueKind.LIBRARY,
        ),
        _profile(
            "libraries-wales",
            _("Public libraries of Wales"),
            _WALES,
            "Local authority code,Library name,Type of library",
            default_kind=VenueKind.LIBRARY,
        ),
        _profile(
            "community-hubs",
            _("Community hubs"),
            _HUBS,
            "community_hub,address,opening_hours",
            default_kind=VenueKind.COMMUNITY_CENTRE,
        ),
        _profile(
            "leisure-centres",
            _("Leisure centres and their parking"),
            _LEISURE,
            "name,address,opening_hours,facilities,managed_by",
            default_kind=VenueKind.LEISURE_CENTRE,
        ),
        _profile(
            "polling-places",
            _("Polling places, one row for each station"),
            _COUNTS,
            "PlaceName,PollingStationID,PostCode,Xordinate",
        ),
        _profile(
            "polling-places-by-home",
            _("Polling places, one row for each home"),
            _HALAROSE,
            "PollingStationName,PollingStationNumber,PollingStationPostCode,HouseID",
        ),
    )
}
_HINTS = (
    ("librar", VenueKind.LIBRARY),
    ("llyfrgell", VenueKind.LIBRARY),
    ("allotment", VenueKind.ALLOTMENT),
    ("youth", VenueKind.YOUTH_CENTRE),
    ("leisure", VenueKind.LEISURE_CENTRE),
    ("sport", VenueKind.LEISURE_CENTRE),
    ("church", VenueKind.PLACE_OF_WORSHIP),
    ("worship", VenueKind.PLACE_OF_WORSHIP),
    ("school", VenueKind.SCHOOL),
    ("museum", VenueKind.HERITAGE_SITE),
    ("community", VenueKind.COMMUNITY_CENTRE),
    ("village hall", VenueKind.COMMUNITY_CENTRE),
    ("village_hall", VenueKind.COMMUNITY_CENTRE),
    ("hub", VenueKind.COMMUNITY_CENTRE),
    ("parks", VenueKind.PARK),
)


def known_profile(table: Table, saved: Iterable[Profile] = ()) -> Profile | None:
    """The profile a list is known by: the council's own first."""
    found = [one for one in (*saved, *BUILT_IN.values()) if one.fits(table.columns)]
    return found[0] if found else None


def guessed_profile(table: Table, *, file_name: str = "") -> Profile:
    """A way to read a list nobody has seen before."""
    return of_mapping(table, guess(table), file_name=file_name)


def of_mapping(
    table: Table,
    mapping: Mapping[str, str],
    *,
    file_name: str = "",
    name: str = AUTO,
    label: str = "",
    source: str = "",
) -> Profile:
    """A profile of `mapping`: what it is about is guessed from the words in it."""
    meant = {column: target for column, target in mapping.items() if target in known_targets()}
    headers = " ".join(plain(column) for column in table.columns)
    is_register = bool(
        columns_of(meant, Target.HOLDING)
        or columns_of(meant, Target.TENURE)
        or any(word in headers for word in ("asset id", "asset code", "unique asset", "asset ref"))
    )
    names = " ".join(plain(column) for column in columns_of(meant, Target.NAME))
    about = f"{names} {file_name.casefold()}"
    default = None
    if not is_register:
        default = next((kind for word, kind in _HINTS if word in about), None)
    digest = sha256("|".join(sorted(plain(one) for one in table.columns)).encode()).hexdigest()
    return Profile(
        name=name,
        label=label or _("A list of its own layout"),
        source=source or f"list-{digest[:12]}",
        mapping=meant,
        needs=frozenset(plain(one) for one in meant if meant[one]),
        default_kind=default,
        is_register=is_register,
    )
