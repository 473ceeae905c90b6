"""Every column of the files, in order. The data dictionary is drawn from these very rows."""

from __future__ import annotations

from collections.abc import Iterable

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from notices.links import absolute
from spaces.exporting.access_columns import access_columns, need_columns
from spaces.exporting.column import Cell, Column
from spaces.exporting.rows import SpaceRow, VenueRow
from spaces.models import Facility, Layout, Space, Venue, VenueKind

_YES_NO = ("yes", "no")


def _has(rows: Iterable[Facility]) -> str:
    """kitchen; car_park 12: what is there, with how many where somebody counted."""
    there = [row for row in rows if row.value == Facility.Value.YES]
    return "; ".join(f"{row.code} {row.quantity}" if row.quantity else row.code for row in there)


def _has_not(rows: Iterable[Facility]) -> str:
    return "; ".join(row.code for row in rows if row.value == Facility.Value.NO)


def _page(row: VenueRow) -> str:
    return absolute(reverse("venue", args=[row.venue.slug]))


def _largest(row: VenueRow) -> Cell:
    return max((one.space.capacity or 0 for one in row.spaces), default=0) or None


def _yes_no(is_so: bool) -> str:  # noqa: FBT001 # what a cell says of it
    return "yes" if is_so else "no"


def _people(row: SpaceRow, kind: str) -> Cell:
    return next((one.people for one in row.space.layouts.all() if one.kind == kind), None)


def _wheelchairs(row: SpaceRow) -> Cell:
    said = [one.wheelchair_places for one in row.space.layouts.all()]
    return max((one for one in said if one is not None), default=None)


_IDENTITY = (
    Column("venue_id", _("The venue's short name: it stays the same."), lambda r: r.venue.slug),
    Column("name", _("What the venue is called."), lambda r: r.venue.name),
    Column("kind", _("What kind of place it is."), lambda r: r.venue.kind, tuple(VenueKind.values)),
    Column("council", _("The council's short name."), lambda r: r.venue.council.slug),
    Column("council_name", _("The council of the place."), lambda r: r.venue.council.name),
    Column("ward", _("The ward it is in."), lambda r: r.venue.ward.name if r.venue.ward else ""),
    Column(
        "ward_code",
        _("The code of the ward, from the Office for National Statistics."),
        lambda r: r.venue.ward.code if r.venue.ward else "",
    ),
    Column(
        "address",
        _("House and street. Empty for a digital space."),
        lambda r: r.venue.address,
    ),
    Column("town", _("Town or area."), lambda r: r.venue.town),
    Column("postcode", _("Postcode."), lambda r: r.venue.postcode),
    Column(
        "uprn",
        _("Unique property reference number. Several venues may share one."),
        lambda r: r.venue.uprn,
    ),
    Column(
        "latitude",
        _("Degrees north (WGS 84). Empty where nobody has said."),
        lambda r: r.venue.latitude,
    ),
    Column(
        "longitude",
        _("Degrees east (WGS 84); west of Greenwich it is below 0."),
        lambda r: r.venue.longitude,
    ),
    Column(
        "booking_mode",
        _("How people book the place."),
        lambda r: r.venue.booking_mode,
        tuple(Venue.BookingMode.values),
    ),
    Column("website", _("The venue's own website."), lambda r: r.venue.website),
    Column("page", _("The venue's page here."), _page),
)
_MORE = (
    Column("operator", _("Who runs it."), lambda r: r.venue.operator.organisation.name),
    Column("description", _("What the venue says of itself."), lambda r: r.venue.description),
    Column("booking_url", _("The website where people book."), lambda r: r.venue.booking_url),
    Column("how_to_ask", _("How people ask for it."), lambda r: r.venue.how_to_ask),
    Column("procedure", _("What happens then."), lambda r: r.venue.procedure),
    Column("phone", _("The venue's phone number."), lambda r: r.venue.phone),
    Column("email", _("The venue's e-mail address."), lambda r: r.venue.email),
    Column("getting_there", _("How to get there."), lambda r: r.venue.getting_there),
    Column("house_rules", _("The rules of the house."), lambda r: r.venue.house_rules),
    Column(
        "fire_limit",
        _("The most people in the building at once. Empty where nobody has said."),
        lambda r: r.venue.fire_limit,
    ),
    Column("space_count", _("How many spaces it has."), lambda r: len(r.spaces)),
    Column(
        "largest_capacity",
        _("The most people its largest space takes. Empty where nobody has said."),
        _largest,
    ),
    Column(
        "facilities",
        _("What it has, with how many after the word. What is not here is not known."),
        lambda r: _has(r.facilities),
        tuple(Facility.Code.values),
    ),
    Column(
        "facilities_not_there",
        _("What somebody says it does not have."),
        lambda r: _has_not(r.facilities),
        tuple(Facility.Code.values),
    ),
)
_OF_SPACE = (
    Column("space_id", _("The space's number: it stays the same."), lambda r: r.space.pk),
    Column(
        "space_slug", _("The space's short name within its venue."), lambda r: r.space.slug
    ),
    Column("space_name", _("What the space is called."), lambda r: r.space.name),
    Column(
        "space_kind", _("What kind of space it is."), lambda r: r.space.kind,
        tuple(Space.Kind.values),
    ),
    Column("space_description", _("More about the space."), lambda r: r.space.description),
    Column(
        "floor",
        _("Which floor; 0 is the ground. Empty where nobody has said."),
        lambda r: r.space.floor,
    ),
    Column(
        "area_m2",
        _("Square metres. Empty where nobody has said."),
        lambda r: r.space.area_m2,
    ),
    Column(
        "capacity",
        _("The most people over all layouts. Empty where nobody has said."),
        lambda r: r.space.capacity,
    ),
    *(
        Column(
            f"capacity_{kind.value}",
            kind.label,
            lambda r, kind=kind.value: _people(r, kind),  # type: ignore[misc]
            group="layout",
        )
        for kind in Layout.Kind
    ),
    Column(
        "wheelchair_places",
        _("The most wheelchair places over all layouts. Empty where nobody has said."),
        _wheelchairs,
    ),
    Column(
        "bookable",
        _("Whether it can be booked on this site."),
        lambda r: _yes_no(r.space.is_bookable),
        _YES_NO,
    ),
    Column("shortest_minutes", _("The shortest booking."), lambda r: r.space.least_minutes),
    Column("longest_minutes", _("The longest booking."), lambda r: r.space.longest_minutes),
    Column(
        "space_facilities",
        _("What the space has, with how many after the word. What is not here is not known."),
        lambda r: _has(r.facilities),
        tuple(Facility.Code.values),
    ),
)  # fmt: skip


def _of_its_venue(column: Column) -> Column:
    return Column(
        column.name,
        column.words,
        lambda row, of=column.of: of(row.venue),  # type: ignore[misc]
        column.values,
        column.group,
    )


VENUE_ONLY = (*_IDENTITY, *_MORE)
SPACE_ONLY = _OF_SPACE
VENUES: tuple[Column, ...] = (*VENUE_ONLY, *need_columns(), *access_columns())
SPACES: tuple[Column, ...] = (
    *map(_of_its_venue, _IDENTITY),
    *SPACE_ONLY,
    *need_columns(),
    *access_columns(),
)
