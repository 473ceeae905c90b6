"""What columns are called in the lists that councils publish, and what each then means."""

from __future__ import annotations

import re
from enum import StrEnum

from django.utils.translation import gettext_lazy as _


class Target(StrEnum):
    """What a column is taken for. Facts and facilities add theirs: fact:lift, facility:wifi."""

    NOTHING = ""
    KEY = "key"
    NAME = "name"
    KIND = "kind"
    SPACE = "space"
    STATUS = "status"
    CLOSED = "closed"
    HIRE = "hire"
    NUMBER = "number"
    ADDRESS = "address"
    TOWN = "town"
    POSTCODE = "postcode"
    UPRN = "uprn"
    X = "x"
    Y = "y"
    POINT = "point"
    PHONE = "phone"
    EMAIL = "email"
    WEBSITE = "website"
    BOOKING_URL = "booking_url"
    HOURS = "hours"
    CAPACITY = "capacity"
    RUN_BY = "run_by"
    DESCRIPTION = "description"
    WARD = "ward"
    WARD_CODE = "ward_code"
    AUTHORITY = "authority"
    UPDATED = "updated"
    HOLDING = "holding"
    TENURE = "tenure"
    ACCESS_NOTE = "access_note"


WORDS = {
    Target.NOTHING: _("Not used"),
    Target.KEY: _("Its number or code in this list"),
    Target.NAME: _("Name of the place"),
    Target.KIND: _("Kind of place"),
    Target.SPACE: _("Kind of room or pitch"),
    Target.STATUS: _("Whether it is open or closed"),
    Target.CLOSED: _("When it was closed"),
    Target.HIRE: _("Who may use or hire it"),
    Target.NUMBER: _("House number"),
    Target.ADDRESS: _("Address (several columns are joined)"),
    Target.TOWN: _("Town"),
    Target.POSTCODE: _("Postcode"),
    Target.UPRN: _("UPRN"),
    Target.X: _("Longitude or easting"),
    Target.Y: _("Latitude or northing"),
    Target.POINT: _("Coordinates in one cell"),
    Target.PHONE: _("Phone"),
    Target.EMAIL: _("E-mail"),
    Target.WEBSITE: _("Website"),
    Target.BOOKING_URL: _("Website where people book"),
    Target.HOURS: _("Opening hours in words"),
    Target.CAPACITY: _("How many people it takes"),
    Target.RUN_BY: _("Who runs it"),
    Target.DESCRIPTION: _("Description"),
    Target.WARD: _("Ward"),
    Target.WARD_CODE: _("Code of the ward"),
    Target.AUTHORITY: _("Council of the place"),
    Target.UPDATED: _("When it was last checked"),
    Target.HOLDING: _("Land or building"),
    Target.TENURE: _("Owned, let or vacant"),
    Target.ACCESS_NOTE: _("Access, in words"),
}
# Several columns may mean these; of the others only one.
JOINED = frozenset(
    {
        *(Target.ADDRESS, Target.KIND, Target.HOURS, Target.DESCRIPTION, Target.STATUS),
        *(Target.CLOSED, Target.TENURE, Target.ACCESS_NOTE, Target.HOLDING),
    }
)

# For each target what columns are called, the surest first.
_CALLED = {
    Target.NAME: (
        "venue name|name of venue|site name|property name|asset name|library name|centre name|"
        "center name|hub name|facility name|building name|premises name|hall name|place name|"
        "placename|location name|polling station name|establishment name|park name|church name|"
        "club name|polling place name|polling venue name|site title|name of centre|name of hall|"
        "name of building|name of library|"
        "name of site|name of property|name of place|name of premises|community centre|"
        "community hub|name|venue|site|premises|building|title|library|centre|hall|property|"
        "facility|place|asset|enw|organisation name"
    ),
    Target.KEY: (
        "site id|venue id|asset code|asset id|asset ref|asset reference|asset number|"
        "unique asset identity|unique asset identifier|unique asset id|property id|property ref|"
        "property reference|property code|property number|site code|site ref|site reference|"
        "osm id|polling place id|polling venue id|library id|centre id|building id|facility id|"
        "place id|location id|polling station id|"
        "pollingstationid|urn|unique id|unique identifier|uid|reference|ref|ref no|id|code"
    ),
    Target.KIND: (
        "venue type|type of venue|site type|type of site|library type|type of library|asset type|"
        "type of asset|building type|type of building|property type|premises type|centre type|"
        "place type|kind|type|category|asset category|property category|sub category|use|"
        "asset use|property use|current use|usage|function|service|facility type|subtype|"
        "sub type|other detail|use class"
    ),
    Target.STATUS: "status|operational status|current status|site status|operation",
    Target.CLOSED: "year closed|closed|date closed|closure date|closed date|close date",
    Target.HIRE: (
        "access type|available for hire|available to hire|for hire|hireable|can be hired|"
        "hire available|public hire|community use"
    ),
    Target.NUMBER: "street number|house number|building number|paon|number|property no",
    Target.ADDRESS: (
        "address|full address|postal address|site address|venue address|street address|"
        "location address|property address|asset address|street|street name|thoroughfare name|road|"
        "thoroughfare|locality|saon|street locality|cyfeiriad"
    ),
    Target.TOWN: "town|post town|posttown|city|town city|town or city|village|town village",
    Target.POSTCODE: "postcode|post code|postal code|zip|zip code|cod post|post code full",
    Target.UPRN: (
        "uprn|unique property reference number|unique property reference|os uprn|property uprn|"
        "llpg uprn|nlpg uprn|uprn number"
    ),
    Target.X: (
        "longitude|long|lng|lon|geo longitude|easting|eastings|x|geo x|x coordinate|x coord|"
        "coord x|xcoord|x ordinate|xordinate|x easting|osx|os x|map east|geo lon|pos x"
    ),
    Target.Y: (
        "latitude|lat|geo latitude|northing|northings|y|geo y|y coordinate|y coord|coord y|"
        "ycoord|y ordinate|yordinate|y northing|osy|os y|map north|geo lat|pos y"
    ),
    Target.POINT: (
        "coordinates|coordinate|coords|lat long|latlong|lat lng|lat lon|latitude longitude|"
        "lat long coordinates|geom|geometry|the geom|wkt|wkt geom|point|geo point|geopoint|"
        "grid ref|grid reference|os grid ref|os grid reference|national grid reference|ngr|geo"
    ),
    Target.PHONE: (
        "phone|telephone|tel|tel number|telephone number|phone number|tel no|telephone no|phone no|"
        "contact number|contact telephone|contact phone|contact tel|main phone|ffon"
    ),
    Target.EMAIL: "email|e mail|email address|e mail address|contact email|mail|ebost",
    Target.BOOKING_URL: (
        "booking url|booking link|book online|booking website|online booking|booking web address|"
        "bookings website|bookings url"
    ),
    Target.WEBSITE: (
        "website|web site|url|web|web address|website address|website url|web page|webpage|"
        "link|homepage|home page|site url|weblink|web link|gwefan"
    ),
    Target.HOURS: (
        "opening hours|opening times|open hours|open times|hours of opening|times open|"
        "opening|hours|monday|tuesday|wednesday|thursday|friday|saturday|sunday|"
        "mon|tue|tues|wed|thu|thur|thurs|fri|sat|sun"
    ),
    Target.CAPACITY: (
        "capacity|max capacity|maximum capacity|capacity max|hall capacity|seating capacity|"
        "max people|maximum people|number of people"
    ),
    Target.RUN_BY: "managed by|run by|operator|operated by|operating organisation|management",
    Target.DESCRIPTION: (
        "description|about|summary|facilities|services|activities|what we offer|details|"
        "asset description|property description|facilities available|comments"
    ),
    Target.WARD: "ward|ward name|area name|electoral ward|council ward",
    Target.WARD_CODE: "ward code|area code|ward gss code|wardcode",
    Target.AUTHORITY: (
        "authority|local authority|local authority name|council|organisation label|reporting|"
        "reporting authority|local authority code|district|borough|library service|la name"
    ),
    Target.UPDATED: (
        "site last updated date|last updated|date updated|updated|last checked|date checked|"
        "last modified|date modified|survey date|effective date|date of audit|updated on|"
        "last update|access checked|rec last chkd date|record last checked date"
    ),
    Target.HOLDING: "holding type|asset holding|land or building|land building|land buildings",
    Target.TENURE: "tenure|tenure type|tenure detail|interest|legal interest|occupancy",
    Target.ACCESS_NOTE: (
        "disability notes|access notes|accessibility|accessibility notes|access information|"
        "disabled access notes|access details|access statement"
    ),
}
_TARGETS = {
    called: (target, rank)
    for target, all_of_them in _CALLED.items()
    for rank, called in enumerate(all_of_them.split("|"))
}
_FACTS = (
    ("changing_places", r"changing places"),
    (
        "parking_blue_badge_count",
        r"blue badge|(disabled|disability|accessible) (car )?(park|bay)|parking (disabled|access)",
    ),
    (
        "accessible_toilet",
        r"(access\w*|disab\w*|wheelchair) (\w+ )?(toilet|wc|lavator)|toilets? (disab|access|wheel)",
    ),
    ("hearing_loop", r"(hearing|induction|audio) (\w+ )?loop"),
    ("baby_changing", r"baby chang|nappy|changing table"),
    ("assistance_dogs_welcome", r"(assistance|guide) dogs?"),
    ("lift", r"^(passenger )?(lift|elevator)s?( available| access)?$|^has lift$"),
    ("quiet_space", r"quiet (room|space|area)"),
    ("drop_off_point", r"drop off|setting down"),
    (
        "entrance_step_free",
        r"step free|level (access|entrance|entry)|wheelchair|disab\w+ access|ramped|"
        r"access\w* entrance|finding reaching entrance|accessible$|disabled$|(is )?accessible ",
    ),
    ("recorded_reception", r"disab\w+ reception"),
    ("internal_route_step_free", r"disab\w+ activity area"),
    ("recorded_social_areas", r"disab\w+ social"),
    ("recorded_spectator_areas", r"disab\w+ spectator"),
    ("recorded_doorways", r"disab\w+ doorways"),
    ("recorded_emergency_exits", r"disab\w+ emergency"),
    ("recorded_changing_rooms", r"disab\w+ changing"),
)
_FACILITIES = (
    ("kitchenette", r"kitchenette|tea (and )?coffee|tea point"),
    ("kitchen", r"\bkitchen"),
    ("stage", r"^(has )?stage$"),
    ("pa", r"sound system|pa system|^pa$"),
    ("projector", r"projector|av equipment"),
    ("piano", r"piano"),
    ("wifi", r"wi ?fi|internet"),
    ("bar", r"^(licensed )?bar$"),
    ("garden", r"^garden"),
    ("cycle_parking", r"(cycle|bike|bicycle) (park|rack|stand|storage)"),
    ("car_park", r"^(car )?park(ing)?( spaces| capacity| available| on site)?$|car park"),
    ("prayer_room", r"prayer room"),
    ("ablution", r"ablution|wudu"),
)
_MORE = (
    *((f"fact:{code}", pattern) for code, pattern in _FACTS),
    *((f"facility:{code}", pattern) for code, pattern in _FACILITIES),
)


_NAMES_OF_OTHERS = (
    r".*\b(ward|area|street|road|contact|council|authority|district|officer|manager|owner|operator|"
    r"first|last|sur|file|user|msoa|lsoa|region|county|town|parish|polling district|constituency)\b"
)


def plain(header: str) -> str:
    """A header in small letters and single spaces: GeoX and geo_x are both "geo x"."""
    split = re.sub(r"(?<=[a-z])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])", " ", header)
    return " ".join(re.sub(r"[^\w]+|_", " ", split.casefold()).split())


def meaning_of(header: str) -> tuple[str, int]:
    """What a column of this name means, and how unsure that is (0 is sure); "" for unknown."""
    words = plain(header)
    if words in _TARGETS:
        return _TARGETS[words]
    if re.fullmatch(r"(address|addr?|add)( ?line)? ?\d+", words):
        return Target.ADDRESS, 0
    if re.fullmatch(
        r"(mon|tues|wednes|thurs|fri|satur|sun)day (staffed|opening) (hours|times)", words
    ):
        return Target.HOURS, 0
    short = re.sub(r"^(venue|site|centre|library|hall|property|asset|building|the) ", "", words)
    if short in _TARGETS and short != words:
        target, rank = _TARGETS[short]
        return target, rank + 20
    if found := next((one for one, pattern in _MORE if re.search(pattern, words)), ""):
        return found, 1 if "capacity" in words else 0
    if words.endswith(" name") and not re.match(_NAMES_OF_OTHERS, words):
        return Target.NAME, 60
    if words.endswith(("postcode", "post code")):
        return Target.POSTCODE, 50
    return Target.NOTHING, 99


def is_known(header: str) -> bool:
    """Whether this reads like the name of a column."""
    return len(header) < 80 and bool(meaning_of(header)[0])
