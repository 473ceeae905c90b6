"""Photos and floor plans, made of small drawn files."""

from __future__ import annotations

from io import BytesIO
from typing import Any

from PIL import Image

from spaces.models import FloorPlan, Photo, Venue
from spaces.services import pictures
from spaces.services.pictures import Said
from tests.factories.accounts import LONG_AGO


def file_of(kind: str = "JPEG", *, size: tuple[int, int] = (400, 300), **more: Any) -> bytes:
    """The bytes of a picture, blue from end to end."""
    written = BytesIO()
    Image.new("RGB", size, "#336699").save(written, kind, **more)
    return written.getvalue()


def a_photo(venue: Venue, alt: str = "The hall, with its stage.", **said: Any) -> Photo:
    return pictures.add_photo(venue, file_of(), Said(alt=alt, **said), actor=None, now=LONG_AGO)


def a_plan(venue: Venue, alt: str = "The ground floor.", floor: int = 0) -> FloorPlan:
    return pictures.add_floor_plan(venue, file_of(), floor=floor, alt=alt, actor=None, now=LONG_AGO)
