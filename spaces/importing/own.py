"""Our own files (spaces/exporting), read back: every row is known by its short name."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from spaces.importing.cells import Cells
from spaces.importing.records import SpaceRecord
from spaces.importing.vocabulary import Target
from spaces.models import Space

# A file of spaces tells less of the venue: what it leaves out must not count as taken back.
VENUES_SOURCE, SPACES_SOURCE = "openhall", "openhall-spaces"
SOURCES = frozenset({VENUES_SOURCE, SPACES_SOURCE})
# Access facts are not read: they would lose who said them and when.
MAPPING = {
    "venue_id": Target.KEY,
    "name": Target.NAME,
    "kind": Target.KIND,
    "council_name": Target.AUTHORITY,
    "ward": Target.WARD,
    "ward_code": Target.WARD_CODE,
    "address": Target.ADDRESS,
    "town": Target.TOWN,
    "postcode": Target.POSTCODE,
    "uprn": Target.UPRN,
    "latitude": Target.Y,
    "longitude": Target.X,
    "booking_mode": Target.HIRE,
    "booking_url": Target.BOOKING_URL,
    "description": Target.DESCRIPTION,
    "phone": Target.PHONE,
    "email": Target.EMAIL,
    "website": Target.WEBSITE,
    "space_name": Target.SPACE,
}
# By these the two files are known, and told apart from anybody else's.
VENUES_NEED = "venue_id,council_name,booking_mode,space_count,need_step_free"
SPACES_NEED = "venue_id,council_name,booking_mode,space_id,space_slug,need_step_free"


def authority(rows: Iterable[Mapping[str, str]], council: str) -> str:
    """A file of several councils, read for one of them: only its own rows are meant."""
    named = {Cells(row).raw("council_name") for row in rows}
    return council if len(named) > 1 and council in named else ""


def words(cells: Cells) -> dict[str, Any]:
    """What is tidied in the lists of others stands here as it was written."""
    return {
        "name": cells.raw("name"),
        "address": cells.text("address", longest=200),
        "town": cells.text("town", longest=80),
        "description": cells.raw("description")[:4000],
    }


def space(cells: Cells) -> SpaceRecord:
    """The space of the row, by its short name within the venue."""
    said = cells.raw("space_kind")
    return SpaceRecord(
        name=cells.text("space_name", longest=100),
        kind=Space.Kind(said) if said in Space.Kind.values else Space.Kind.ROOM,
        description=cells.text("space_description", longest=2000),
        slug=cells.raw("space_slug")[:110],
        capacity=cells.count("capacity", most=1_000_000),
    )
