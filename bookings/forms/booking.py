"""What the two forms of the booking journey ask for, as one request."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from bookings.forms.details import PRIVATE, DetailsForm
from bookings.forms.pick import PickForm
from bookings.requests import BookingRequest, ContactDetails, OnClash
from spaces.models import Venue
from spaces.models.timetable import Loudness


def booking_request(venue: Venue, pick: PickForm, details: DetailsForm | None) -> BookingRequest:
    """The request of two valid forms; without details, one that only serves to look ahead."""
    base = BookingRequest(
        venue_id=venue.pk,
        space_ids=tuple(space.pk for space in pick.cleaned_data["spaces"]),
        pattern=pick.pattern(),
        title="-",
        people=pick.cleaned_data["people"],
        pools=pick.chosen_pools(),
        items=pick.chosen_items(),
        responsible_adult=ContactDetails("-", phone="-"),
        on_clash=OnClash.BOOK_FREE,
    )
    if details is None:
        return base
    return replace(_with_details(base, details.cleaned_data), answers=details.answers())


def _with_details(base: BookingRequest, said: dict[str, Any]) -> BookingRequest:
    day = None
    if said["day_name"]:
        day = ContactDetails(said["day_name"], phone=said["day_phone"])
    return BookingRequest(
        venue_id=base.venue_id,
        space_ids=base.space_ids,
        pattern=base.pattern,
        people=base.people,
        pools=base.pools,
        items=base.items,
        organisation_id=None if said["hirer"] == PRIVATE else int(said["hirer"]),
        title=said["title"],
        purpose=said["purpose"],
        loudness=Loudness(said["loudness"]),
        needs_quiet=said["needs_quiet"],
        activity=said["activity"],
        sells_alcohol=said["sells_alcohol"],
        visibility=said["visibility"],
        responsible_adult=ContactDetails(
            said["adult_name"], said["adult_email"], said["adult_phone"]
        ),
        on_the_day=day,
        on_clash=OnClash(said.get("on_clash", OnClash.REFUSE_ALL)),
        needs=tuple(said["needs"]),
        adjustment=said["adjustment"],
        adjustment_consent=said["adjustment_consent"],
        pays_as_whole=said.get("pays_as_whole"),
        voucher_code=said.get("voucher_code", ""),
    )
