"""What columns are called in the lists that councils publish."""

from __future__ import annotations

from spaces.importing.vocabulary import Target

# For each target what columns are called, the surest first.
CALLED = {
    Target.NAME: (
        "venue name|name of venue|site name|property name|asset name|library name|centre name|"
        "center name|hub name|facility name|building name|premises name|hall name|place name|"
        "placename|location name|polling station name|establishment name|park name|church name|"
        "club name|polling place name|polling venue name|site title|name of centre|name of hall|"
        "name of building|name of library|"
        "name of site|name of property|name of place|name of premises|community centre|"
        "community hub|name|venue|site|premises|building|title|library|centre|hall|property|"
        "facility|place|asset|enw|organisation name|venue name and address|name and address|"
        "name address|venue and address|location text|charity name|enw r lleoliad|"
        "enw lleoliad|enw r adeilad|nazwa"
    ),
    Target.KEY: (
        "site id|venue id|asset code|asset id|asset ref|asset reference|asset number|"
        "unique asset identity|unique asset identifier|unique asset id|property id|property ref|"
        "property reference|property code|property number|site code|site ref|site reference|"
        "osm id|polling place id|polling venue id|library id|centre id|building id|facility id|"
        "place id|location id|polling station id|"
        "objectid|object id|globalid|global id|ogc fid|fid|case reference|"
        "registered charity number|charity number|organisation number|"
        "pollingstationid|urn|unique id|unique identifier|uid|reference|ref|ref no|id|code"
    ),
    Target.KIND: (
        "venue type|type of venue|site type|type of site|library type|type of library|asset type|"
        "type of asset|building type|type of building|property type|premises type|centre type|"
        "place type|kind|type|category|asset category|property category|sub category|use|"
        "asset use|property use|current use|usage|function|service|facility type|subtype|"
        "sub type|other detail|use class|typology|amenity|service type label|math|"
        "type of establishment name|establishment type|type of establishment"
    ),
    Target.SPACE: "room|room name|name of room|space|space name|room or space|room hall",
    Target.STATUS: "establishment status name|establishment status|charity registration status|"
    "status|operational status|current status|site status|operation",
    Target.CLOSED: (
        "year closed|closed|date closed|closure date|closed date|close date|date of removal"
    ),
    Target.HIRE: (
        "access type|available for hire|available to hire|for hire|hireable|can be hired|"
        "hire available|public hire|community use"
    ),
    Target.NUMBER: (
        "street number|house number|building number|paon|number|property no|addr housenumber"
    ),
    Target.ADDRESS: (
        "address|full address|postal address|site address|venue address|street address|"
        "location address|property address|asset address|street|street name|thoroughfare name|road|"
        "thoroughfare|locality|saon|street locality|cyfeiriad|street description|addr street|adres|"
        "district address|address line"
    ),
    Target.TOWN: (
        "town|post town|posttown|city|town city|town or city|village|town village|town name|"
        "addr city|tref"
    ),
    Target.POSTCODE: (
        "postcode|post code|postal code|zip|zip code|cod post|kod pocztowy|post code full"
    ),
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
        "contact number|contact telephone|contact phone|contact tel|main phone|ffon|rhif ffon|"
        "telephone num|tel num|phone num|contact phone number"
    ),
    Target.EMAIL: (
        "email|e mail|email address|e mail address|contact email|mail|ebost|e bost|"
        "contact e mail|report email"
    ),
    Target.BOOKING_URL: (
        "booking url|booking link|book online|booking website|online booking|booking web address|"
        "bookings website|bookings url|book at|where to book"
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
        "capacity|max capacity|seats|seating|maximum capacity|capacity max|hall capacity|"
        "seating capacity|"
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
        "reporting authority|local authority code|district|borough|library service|la name|"
        "authority name|borough name"
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
TARGETS = {
    called: (target, rank)
    for target, all_of_them in CALLED.items()
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
MORE = (
    *((f"fact:{code}", pattern) for code, pattern in _FACTS),
    *((f"facility:{code}", pattern) for code, pattern in _FACILITIES),
)
