"""From the bytes of a file to text: which letters they stand for, or why it is not a list."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

from django.utils.translation import gettext as _

from spaces.importing.errors import FileRefused

MOST_BYTES = 20_000_000
_BOMS = (
    (b"\xef\xbb\xbf", "utf-8-sig"),
    (b"\xff\xfe\x00\x00", "utf-32"),
    (b"\x00\x00\xfe\xff", "utf-32"),
    (b"\xff\xfe", "utf-16"),
    (b"\xfe\xff", "utf-16"),
)
# One letter, one byte. The first wins a tie: it is what Excel writes on Windows.
_SINGLE = ("cp1252", "mac_roman", "cp850", "iso8859_14")
_SAMPLE = 200_000
# Letters and signs that English, Welsh, Gaelic and French place names really have.
_LETTERS = frozenset("àáâäãçèéêëìíîïñòóôöõùúûüýÿŵŷÀÁÂÄÇÈÉÊËÌÍÎÏÑÒÓÔÖÙÚÛÜŴŶœæøåß")
_SIGNS = frozenset("’‘“”–—…•£€½¼¾°®©™·´\u00a0")  # noqa: RUF001 # as lists have them
_MULTIBYTE = re.compile(rb"[\xc3-\xdf][\x80-\xbf]|\xc2[\xa0-\xbf]|[\xe1-\xef][\x80-\xbf]{2}")
_HTML = re.compile(
    rb"\s*(<!--.*?-->\s*)?<(!doctype\s+html|html|head|body|script|meta)", re.I | re.S
)


@dataclass(frozen=True, slots=True)
class Decoded:
    """The text, and the name of the encoding it was in."""

    text: str
    encoding: str


def read_bytes(path: Path) -> bytes:
    """The file's bytes. Raises: FileRefused where there is none, or too many."""
    try:
        size = path.stat().st_size
        if not path.is_file():
            raise FileRefused(_("This is not a file. Name a CSV file."))
        if size > MOST_BYTES:
            raise FileRefused(
                _("The file has over %(n)d million bytes. Split it.") % {"n": MOST_BYTES // 10**6}
            )
        return path.read_bytes()
    except (OSError, ValueError) as error:
        raise FileRefused(_("There is no such file, or it may not be read.")) from error


def decode(data: bytes) -> Decoded:
    """The text of `data`, whatever the encoding. Raises: FileRefused where it is no text."""
    if len(data) > MOST_BYTES:
        raise FileRefused(
            _("The file has over %(n)d million bytes. Split it.") % {"n": MOST_BYTES // 10**6}
        )
    if not data.strip(b"\x00 \t\r\n\xef\xbb\xbf\xff\xfe\x1a"):
        raise FileRefused(_("The file is empty."))
    _refuse_other_files(data)
    for mark, encoding in _BOMS:
        if data.startswith(mark):
            return Decoded(_text(data, encoding), encoding.removesuffix("-sig"))
    if wide := _wide(data):
        _refuse_binary(data[:_SAMPLE].decode(wide, errors="replace").encode())
        return Decoded(_text(data, wide), wide)
    _refuse_binary(data)
    try:
        return Decoded(_text(data, "utf-8", errors="strict"), "utf-8")
    except UnicodeDecodeError:
        return _legacy(data)


def _refuse_other_files(data: bytes) -> None:
    save = _("Open it in a spreadsheet program and save it as “CSV UTF-8”.")
    kinds = (
        (b"PK\x03\x04", _("This is an Excel workbook or a zip file, not a CSV file.")),
        (b"PK\x05\x06", _("This is an empty zip file, not a CSV file.")),
        (b"\xd0\xcf\x11\xe0", _("This is an old Excel or Word file, not a CSV file.")),
        (b"%PDF", _("This is a PDF, not a CSV file.")),
        (b"\x1f\x8b", _("This file is compressed. Unpack it first.")),
        (b"{\\rtf", _("This is a Word document, not a CSV file.")),
        (b"\x89PNG", _("This is a picture, not a CSV file.")),
        (b"\xff\xd8\xff", _("This is a picture, not a CSV file.")),
        (b"SQLite format 3", _("This is a database, not a CSV file.")),
    )
    for mark, words in kinds:
        if data.startswith(mark):
            message = f"{words} {save}"
            raise FileRefused(message)
    start = data[:4096].removeprefix(b"\xef\xbb\xbf").lstrip()
    if _HTML.match(start):
        raise FileRefused(_("This is a web page, not a CSV file. Download the list itself."))
    if re.match(rb"<(\?xml|[A-Za-z][\w.-]*(:[\w.-]+)?[\s/>])", start):
        raise FileRefused(_("This is an XML file, not a CSV file. Export the list as CSV."))
    if start.startswith(b"version https://git-lfs"):
        raise FileRefused(_("This only says where the list is kept. Download the list itself."))
    if re.match(rb"\{|\[\s*[{\[]", start):
        raise FileRefused(_("This is a JSON file, not a CSV file. Export the list as CSV."))


def _refuse_binary(data: bytes) -> None:
    sample = data[:_SAMPLE]
    odd = sum(sample.count(bytes([n])) for n in range(32) if n not in b"\t\n\r\x0b\x0c\x1a")
    if odd * 20 > len(sample) or (odd > 2 and odd * 5 > len(sample[:64]) and len(sample) < 512):
        raise FileRefused(_("This is not a text file. Save the list as “CSV UTF-8”."))


def _wide(data: bytes) -> str:
    """UTF-16 without a mark: every other byte of plain letters is nothing."""
    sample = data[: _SAMPLE - _SAMPLE % 2]
    half = max(1, len(sample) // 2)
    even, odd = sample[0::2].count(0) / half, sample[1::2].count(0) / half
    if odd > 0.4 and even < 0.1:
        return "utf-16-le"
    return "utf-16-be" if even > 0.4 and odd < 0.1 else ""


def _legacy(data: bytes) -> Decoded:
    """UTF-8 with a few foreign bytes, or one of the old one-byte encodings."""
    good = len(_MULTIBYTE.findall(data))
    rest = _MULTIBYTE.sub(b"", data)
    bad = sum(1 for byte in rest if byte > 127)
    # By chance hardly any two foreign letters beside each other are one letter of UTF-8.
    if good and good * 4 >= bad:
        text = data.decode("utf-8", errors="surrogateescape")
        mended = re.sub(r"[\udc80-\udcff]", _one_byte, text)
        return Decoded(_clean(mended), "utf-8")
    sample = re.sub(rb"[^\n]*", _only_odd_lines, data)[:_SAMPLE]
    best = max(_SINGLE, key=lambda name: _score(sample.decode(name, errors="replace")))
    return Decoded(_text(data, best), best)


def _only_odd_lines(line: re.Match[bytes]) -> bytes:
    return line[0] if any(byte > 127 for byte in line[0]) else b""


def _one_byte(found: re.Match[str]) -> str:
    return bytes([ord(found[0]) - 0xDC00]).decode("cp1252", errors="replace")


def _score(text: str) -> float:
    """How much of what is not ASCII looks like place names."""
    score = 0.0
    for found in re.finditer(r"[^\x00-\x7f]", text):
        at, sign = found.start(), found[0]
        before, after = text[at - 1 : at], text[at + 1 : at + 2]
        if sign in _LETTERS:
            # A capital in the middle of a small word is a wrong guess.
            beside = before.isalpha() or after.isalpha()
            score += 2 if beside and not (sign.isupper() and before.islower()) else -1
        elif sign in _SIGNS:
            score += 2.5 if sign == "’" and before.isalpha() else 1
        else:
            score -= 2
    return score


def _text(data: bytes, encoding: str, *, errors: str = "replace") -> str:
    return _clean(data.decode(encoding, errors=errors))


def _clean(text: str) -> str:
    return text.removeprefix("\ufeff").rstrip("\x1a")
