"""Councils, wards, the drawn map and the gazetteer."""

from __future__ import annotations

import re

from accounts.models import Council
from demo import geography
from demo.builders.world import World
from demo.content import map_eastwold, map_northmere
from demo.content.boroughs import COUNCILS
from demo.content.kinds import CouncilSpec, PlaceSpec, ShapeSpec
from spaces.models import MapShape, Place, Stop, Ward

_SHAPES = {"northmere": map_northmere.SHAPES, "eastwold": map_eastwold.SHAPES}
_PLACES = {"northmere": map_northmere.PLACES, "eastwold": map_eastwold.PLACES}
# Where in a ward the full postcodes stand; the letters follow the number of the ward.
_CORNERS = ((-0.45, 0.45), (0.45, 0.45), (-0.45, -0.45), (0.45, -0.45))
_KINDS_OF_STOPS = {"station": Stop.Kind.RAIL, "stop": Stop.Kind.BUS}
_STEP_FREE = (Stop.StepFree.YES, Stop.StepFree.NO, Stop.StepFree.UNKNOWN)
_ENDINGS = ("AB", "DH", "LN", "QW")
# Drawn in this order, so that roads lie over parks and rails over roads.
_ORDER = ("land", "park", "water", "road", "rail")


def build(world: World) -> None:
    """Write both boroughs."""
    for spec in COUNCILS:
        council = Council.objects.create(
            name=spec.name,
            slug=spec.slug,
            gss_code=spec.gss_code,
            website=f"https://www.{spec.slug}.example.org/",
            contact_email=f"contact@{spec.slug}.example.org",
            contact_phone="020 7946 0100" if spec.slug == "northmere" else "020 7946 0200",
        )
        world.councils[spec.slug] = council
        _wards(world, spec, council)
        _shapes(spec, council)
        _places(world, spec, council)


def search_key(name: str) -> str:
    """The name as people may type it: lower case, letters and figures only."""
    return re.sub(r"[^a-z0-9]", "", name.lower())


def _wards(world: World, spec: CouncilSpec, council: Council) -> None:
    rows = Ward.objects.bulk_create(
        Ward(
            council=council,
            name=name,
            code=f"E0599{spec.gss_code[-2:]}{n:02d}",
            boundary=geography.ward_ring(name),
        )
        for n, name in enumerate(spec.wards, start=1)
    )
    world.wards |= {ward.name: ward for ward in rows}


def _shapes(spec: CouncilSpec, council: Council) -> None:
    rows = [_shape(council, "land", spec.town, geography.council_ring(spec))]
    rows += [_drawn(council, shape) for shape in _SHAPES[spec.slug]]
    if spec.first_column == 0:
        rows.append(_shape(council, "water", "River Mere", geography.river_ring()))
        rows.append(_shape(council, "water", "Wold Brook", geography.brook_ring()))
    rows.sort(key=lambda shape: _ORDER.index(shape.kind))
    MapShape.objects.bulk_create(rows)


def _drawn(council: Council, shape: ShapeSpec) -> MapShape:
    return _shape(council, shape.kind, shape.name, geography.shape_points(shape))


def _shape(council: Council, kind: str, name: str, points: geography.Ring) -> MapShape:
    return MapShape(council=council, kind=kind, name=name, points=points)


def _places(world: World, spec: CouncilSpec, council: Council) -> None:
    places = list(_PLACES[spec.slug])
    for n, ward in enumerate(spec.wards, start=1):
        places.append(PlaceSpec("district", f"{spec.district}{n}", (ward, 0.0, 0.0)))
        for corner, (east, north) in enumerate(_CORNERS):
            name = f"{spec.district}{n} {corner + 1}{_ENDINGS[corner]}"
            place = PlaceSpec("postcode", name, (ward, east, north))
            world.postcodes[ward].append((name, *geography.anchor_point(place.anchor)))
            places.append(place)
    Place.objects.bulk_create(_place(world, council, place) for place in places)
    served = [place for place in places if place.kind in _KINDS_OF_STOPS]
    Stop.objects.bulk_create(_stop(spec, place, n) for n, place in enumerate(served))


def _stop(spec: CouncilSpec, place: PlaceSpec, n: int) -> Stop:
    longitude, latitude = geography.anchor_point(place.anchor)
    return Stop(
        code=f"DEMO{spec.gss_code[-2:]}{n:04d}",
        name=place.name,
        kind=_KINDS_OF_STOPS[place.kind],
        latitude=latitude,
        longitude=longitude,
        step_free=_STEP_FREE[n % len(_STEP_FREE)],
    )


def _place(world: World, council: Council, place: PlaceSpec) -> Place:
    longitude, latitude = geography.anchor_point(place.anchor)
    return Place(
        council=council,
        ward=world.wards[place.anchor[0]],
        kind=place.kind,
        name=place.name,
        search_key=search_key(place.name),
        latitude=latitude,
        longitude=longitude,
    )
