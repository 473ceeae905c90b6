"""Venues and their spaces, with parts, pools, layouts, facilities, neighbours and stock."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta
from decimal import Decimal

from django.utils.text import slugify

from accounts.models import Operator, Organisation
from demo import geography
from demo.builders.world import BuiltSpace, BuiltVenue, World
from demo.content.boroughs import COUNCILS
from demo.content.hours import HOURS
from demo.content.kinds import OperatorSpec, SpaceSpec, VenueSpec
from demo.content.operators import OPERATORS
from demo.content.venues import VENUES
from spaces.models import Facility, Layout, Pool, Space, SpacePart, StockItem, Venue

_TOWNS = {spec.slug: spec.town for spec in COUNCILS}


def build(world: World) -> None:
    """Write operators, venues and all that belongs to the venues but times and prices."""
    for operator in OPERATORS:
        world.operators[operator.key] = _operator(world, operator)
    rows = Venue.objects.bulk_create(
        _venue(world, spec, number=n) for n, spec in enumerate(VENUES, start=1)
    )
    for row, spec in zip(rows, VENUES, strict=True):
        world.venues[row.slug] = BuiltVenue(row, spec)
    venues = list(world.venues.values())
    _spaces(venues)
    spaces = [space for venue in venues for space in venue.spaces.values()]
    _parts(spaces)
    _neighbours(spaces)
    Layout.objects.bulk_create(row for space in spaces for row in _layouts(space))
    Facility.objects.bulk_create(row for venue in venues for row in _facilities(venue))
    for venue in venues:
        venue.stock = StockItem.objects.bulk_create(
            StockItem(venue=venue.row, name=name, quantity=quantity)
            for name, quantity in venue.spec.stock.items()
        )


def _operator(world: World, spec: OperatorSpec) -> Operator:
    council = world.councils[spec.key.split(".", maxsplit=1)[0]]
    organisation = Organisation.objects.create(
        council=council,
        name=spec.name,
        kind=spec.kind,
        is_incorporated=spec.is_incorporated,
        category=spec.category,
        charity_number=spec.charity_number,
        company_number=spec.company_number,
        created_at=world.now - timedelta(days=900),
    )
    return Operator.objects.create(
        organisation=organisation, council=council, contact_line=spec.contact_line
    )


def _venue(world: World, spec: VenueSpec, *, number: int) -> Venue:
    longitude, latitude = geography.anchor_point(spec.at)
    is_placed = spec.kind != "digital"
    is_secret = spec.visibility == "confidential"
    postcode = "" if is_secret or not is_placed else _postcode(world, spec)
    return Venue(
        council=world.councils[spec.council],
        operator=world.operators[spec.operator],
        ward=world.wards[spec.at[0]] if is_placed else None,
        name=spec.name,
        slug=slugify(spec.name),
        kind=spec.kind,
        description=spec.words,
        visibility=spec.visibility,
        address=spec.street if is_placed else "",
        town=_TOWNS[spec.council],
        postcode=postcode,
        uprn=str(100_900_000_000 + number * 37) if is_placed else "",
        latitude=latitude if is_placed else None,
        longitude=longitude if is_placed else None,
        getting_there=spec.getting_there,
        booking_mode=spec.mode,
        booking_url=spec.website if spec.mode == "elsewhere" else "",
        phone=f"020 7946 {300 + number:04d}",
        email="" if is_secret else f"bookings@{slugify(spec.name)[:40]}.example.org",
        website=spec.website,
        how_to_ask=spec.how_to_ask,
        procedure=spec.procedure,
        confirmation="instant" if spec.instant else "request",
        answer_hours=spec.answer_hours,
        notice_hours=spec.notice_hours,
        booking_window_days=spec.window_days,
        fire_limit=spec.fire_limit,
        house_rules=spec.house_rules,
        source="demo",
        source_key=f"v{number}",
        created_at=world.now - timedelta(days=900),
    )


def _postcode(world: World, spec: VenueSpec) -> str:
    longitude, latitude = geography.anchor_point(spec.at)
    near = min(
        world.postcodes[spec.at[0]],
        key=lambda place: (place[1] - longitude) ** 2 + (place[2] - latitude) ** 2,
    )
    return near[0]


def _spaces(venues: Iterable[BuiltVenue]) -> None:
    pending: list[tuple[BuiltVenue, SpaceSpec, Space]] = []
    for venue in venues:
        names = dict.fromkeys(spec.pool for spec in venue.spec.spaces if spec.pool)
        pools = {name: Pool.objects.create(venue=venue.row, name=name) for name in names}
        for position, spec in enumerate(venue.spec.spaces):
            row = _space(venue, spec, position=position)
            row.pool = pools.get(spec.pool)
            pending.append((venue, spec, row))
    Space.objects.bulk_create(row for _venue, _spec, row in pending)
    for venue, spec, row in pending:
        venue.spaces[spec.name] = BuiltSpace(row, spec, venue)


def _space(venue: BuiltVenue, spec: SpaceSpec, *, position: int) -> Space:
    return Space(
        venue=venue.row,
        name=spec.name,
        slug=slugify(spec.name),
        kind=spec.kind,
        description=spec.words,
        position=position,
        floor=None if spec.kind in {"outdoor", "pitch", "stall"} else spec.floor,
        area_m2=None if spec.area is None else Decimal(str(spec.area)),
        capacity=spec.people,
        is_bookable=spec.bookable and venue.spec.mode != "ask",
        hours_known=bool(HOURS[spec.hours or venue.spec.hours]),
        setup_minutes=spec.buffers[0],
        cleardown_minutes=spec.buffers[1],
        least_minutes=spec.least,
        longest_minutes=spec.longest,
        open_through_closed_hours=spec.through_closed,
    )


def _parts(spaces: Iterable[BuiltSpace]) -> None:
    rows = []
    for space in spaces:
        parts = [space.venue.spaces[name] for name in space.spec.parts] or [space]
        space.atoms = tuple(sorted(part.pk for part in parts))
        rows += [SpacePart(space=space.row, part_id=atom) for atom in space.atoms]
    SpacePart.objects.bulk_create(rows)


def _neighbours(spaces: Iterable[BuiltSpace]) -> None:
    table = Space.acoustic_neighbours.through
    rows = []
    for space in spaces:
        for name in space.spec.hears:
            other = space.venue.spaces[name]
            rows.append(table(from_space_id=space.pk, to_space_id=other.pk))
            rows.append(table(from_space_id=other.pk, to_space_id=space.pk))
    table.objects.bulk_create(rows)


def _layouts(space: BuiltSpace) -> list[Layout]:
    return [
        Layout(
            space=space.row,
            kind=kind,
            people=people,
            wheelchair_places=max(2, people // 30) if people >= 40 else None,
        )
        for kind, people in space.spec.layouts.items()
    ]


def _facilities(venue: BuiltVenue) -> list[Facility]:
    rows = [Facility(venue=venue.row, code=code) for code in dict.fromkeys(venue.spec.has)]
    rows += [Facility(venue=venue.row, code=code, value="no") for code in venue.spec.lacks]
    for space in venue.spaces.values():
        rows += [
            Facility(venue=venue.row, space=space.row, code=code)
            for code in dict.fromkeys(space.spec.has)
        ]
    return rows
