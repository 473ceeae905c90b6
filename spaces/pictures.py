"""Pictures that people upload: decoded, turned upright, cut to sizes and written anew.

What is kept is never the bytes that came: no place where it was taken, no hidden second file, no
size beyond reason. The files lie in the media folder under names that nobody can guess and are
handed out by `spaces/views/pictures.py` alone.
"""

from __future__ import annotations

import struct
import warnings
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from io import BytesIO
from typing import BinaryIO

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.utils.translation import gettext as _
from PIL import Image, ImageOps

from core.errors import BadInput

# The longer side, in pixels, of each size that is kept.
SIZES: Mapping[str, int] = {"small": 320, "medium": 800, "large": 1600}
MOST_BYTES = 10_000_000
_FOLDER = "pictures"
# A JPEG is read at the size wanted; the others must be unpacked whole first.
_MOST_PIXELS = {"JPEG": 80_000_000, "PNG": 25_000_000, "WEBP": 25_000_000}
_LEAST_SIDE = 100
_QUALITY = 82
_BROKEN = (OSError, SyntaxError, ValueError, EOFError, IndexError, struct.error, MemoryError)


@dataclass(frozen=True, slots=True)
class Redrawn:
    """Ready to be kept: the bytes of each size, and the largest's width and height."""

    width: int
    height: int
    files: Mapping[str, bytes]


def redraw(data: bytes) -> Redrawn:
    """Decode a picture and draw it anew. Raises: BadInput, about the field `file`."""
    if len(data) > MOST_BYTES:
        raise BadInput(_("The file is too big. Choose one of up to 10 MB."), field="file")
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            upright = _upright(data)
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise _too_large() from error
    except _BROKEN as error:
        raise BadInput(_("Choose a photo: a JPEG, PNG or WebP file."), field="file") from error
    if min(upright.size) < _LEAST_SIDE:
        raise BadInput(_("The picture is too small. Choose a larger one."), field="file")
    files = {}
    for name, side in SIZES.items():
        small = upright.copy()
        small.thumbnail((side, side), Image.Resampling.LANCZOS)
        written = BytesIO()
        small.save(written, "JPEG", quality=_QUALITY, optimize=True, progressive=True)
        files[name] = written.getvalue()
        width, height = small.size
    return Redrawn(width, height, files)


def keep(name: str, redrawn: Redrawn) -> None:
    """Write all sizes."""
    for size, data in redrawn.files.items():
        default_storage.save(_path(name, size), ContentFile(data))


def throw_away(name: str) -> None:
    """Remove all sizes; those that are gone already do not matter."""
    for path in paths_of(name):
        default_storage.delete(path)


def paths_of(name: str) -> list[str]:
    """Where the sizes of a picture lie in the media folder."""
    return [_path(name, size) for size in SIZES]


def kept_files(*, before: datetime) -> Iterator[str]:
    """The path of every file of a picture that was last written before then."""
    for folder in _listed(_FOLDER)[0]:
        for file in _listed(f"{_FOLDER}/{folder}")[1]:
            path = f"{_FOLDER}/{folder}/{file}"
            if default_storage.get_modified_time(path) < before:
                yield path


def remove_file(path: str) -> None:
    """One file of `kept_files`."""
    default_storage.delete(path)


def _listed(folder: str) -> tuple[list[str], list[str]]:
    try:
        return default_storage.listdir(folder)
    except FileNotFoundError:
        return [], []


def open_picture(name: str, size: str) -> BinaryIO:
    """The file of one size. Raises: FileNotFoundError."""
    opened: BinaryIO = default_storage.open(_path(name, size))  # type: ignore[assignment]
    return opened


def _upright(data: bytes) -> Image.Image:
    with Image.open(BytesIO(data), formats=tuple(_MOST_PIXELS)) as image:
        if image.width * image.height > _MOST_PIXELS[str(image.format)]:
            raise _too_large()
        image.draft("RGB", (SIZES["large"], SIZES["large"]))
        image.load()
        turned = ImageOps.exif_transpose(image)
        if turned.mode == "RGB":
            return turned.copy()
        whole = turned.convert("RGBA")
        paper = Image.new("RGB", whole.size, "white")
        paper.paste(whole, mask=whole.getchannel("A"))
        return paper


def _too_large() -> BadInput:
    return BadInput(_("The picture has too many pixels. Make it smaller first."), field="file")


def _path(name: str, size: str) -> str:
    return f"{_FOLDER}/{name[:2]}/{name}-{size}.jpg"
