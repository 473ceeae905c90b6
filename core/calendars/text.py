"""Bytes of a calendar file as text whose lines are whole."""

from __future__ import annotations

import codecs
import re

from core.calendars.why import Why

# As the icalendar library joins folded lines, but on bytes: programs that count octets break a
# line inside a character. Blank lines before the space were written by old Mozilla calendars.
_FOLD = re.compile(rb"(?:(?<!\n)\r\n|(?<![\r\n])\n)(?:\r?\n)*[ \t]")
_DOUBLED = re.compile(rb"\r{2,}\n")
_MARKS = (
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_BEGIN = "BEGIN:"


class Refusal(Exception):
    """The file as a whole is of no use. `code` is stable; `detail` quotes the file."""

    def __init__(self, code: str, detail: str = "") -> None:
        self.code = code
        self.detail = detail
        super().__init__(code, detail)


def to_text(raw: bytes) -> tuple[str, bool]:
    """The text with folded lines joined, and whether its letters had to be guessed.

    Raises: Refusal for what is no calendar at all.
    """
    raw = _one_byte_letters(raw).replace(b"\x00", b"").strip(b" \t\r\n\x1a")
    if not raw:
        raise Refusal(Why.EMPTY)
    if raw.startswith(b"<"):
        raise Refusal(Why.WEB_PAGE)
    # A file that a program for Windows wrote as text a second time ends lines in \r\r\n.
    raw = _DOUBLED.sub(b"\r\n", raw)
    if b"\n" not in raw:
        raw = raw.replace(b"\r", b"\n")
    if b"\n" not in raw:
        raise Refusal(Why.NO_CALENDAR)
    text, is_guessed = _decoded(_FOLD.sub(b"", raw))
    if _BEGIN not in text.upper():
        raise Refusal(Why.NO_CALENDAR)
    # Always with a line end: the library takes text without one for the name of a file.
    return f"{text}\r\n", is_guessed


def _one_byte_letters(raw: bytes) -> bytes:
    """UTF-16 and UTF-32 as UTF-8; all else unchanged."""
    encoding = next((name for mark, name in _MARKS if raw.startswith(mark)), "")
    if not encoding and raw[:4] == b"B\x00E\x00":
        encoding = "utf-16-le"
    elif not encoding and raw[:4] == b"\x00B\x00E":
        encoding = "utf-16-be"
    return raw.decode(encoding, "replace").encode() if encoding else raw


def _decoded(raw: bytes) -> tuple[str, bool]:
    try:
        return raw.decode("utf-8-sig"), False
    except UnicodeDecodeError:
        # Line by line: one program's words were often pasted into another's file.
        return "\n".join(_line(line) for line in raw.split(b"\n")), True


def _line(raw: bytes) -> str:
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        return raw.decode("cp1252", "replace")
