"""What a column of a list can be taken for."""

from __future__ import annotations

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
