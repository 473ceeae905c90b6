"""What programs leave in cells beside the words: formulas, HTML, signs that nobody can see."""

from __future__ import annotations

import html
import re
from collections.abc import Mapping

from django.utils.translation import gettext as _

from spaces.importing.report import Note

_LINK = re.compile(r'=\s*HYPERLINK\(\s*"([^"]*)"\s*(?:[,;]\s*"([^"]*)"\s*)?\)', re.IGNORECASE)
_QUOTED = re.compile(r'="([^"]*)"')
_ADDRESS = re.compile(r"""<a\s[^>]*href\s*=\s*["']?([^"'\s>]+)[^>]*>.*""", re.IGNORECASE | re.S)
_HIDDEN_PARTS = re.compile(r"<(script|style)\b.*?(</\1\s*>|$)", re.IGNORECASE | re.S)
_BREAK = re.compile(r"<(br|/p|/li|/div|/tr)\b[^<>]*>", re.IGNORECASE)
_TAG = re.compile(r"</?[a-z][a-z0-9]*(\s[^<>]*)?/?>|<!--.*?-->", re.IGNORECASE | re.S)
_ENTITY = re.compile(r"&(#\d{1,6}|#x[0-9a-f]{1,5}|[a-z]{2,8}\d?);", re.IGNORECASE)
# Controls, and the marks that turn the direction of writing or take no room. The joiners stay:
# some languages need them.
_UNSEEN = re.compile(
    "[\x01-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\u00ad\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff]"
)


def tidied(cells: Mapping[str, str]) -> tuple[dict[str, str], list[Note]]:
    """The cells with words only, and a note for each that was changed in what it says."""
    found: dict[str, str] = {}
    notes: list[Note] = []
    for name, cell in cells.items():
        words = _UNSEEN.sub("", cell)
        if words != cell:
            notes.append(Note("hidden", name, _("It has signs that cannot be seen: left out.")))
        plain = _without_html(_without_formula(words))
        if plain != words and not _QUOTED.fullmatch(words):
            notes.append(Note("markup", name, _("It has HTML or a formula: only its words count.")))
        found[name] = plain
    return found, notes


def _without_formula(words: str) -> str:
    if link := _LINK.fullmatch(words.strip()):
        return link[2] or link[1]
    quoted = _QUOTED.fullmatch(words.strip())
    return quoted[1] if quoted else words


def _without_html(words: str) -> str:
    if "<" in words:
        if link := _ADDRESS.fullmatch(words.strip()):
            return html.unescape(link[1])
        words = _HIDDEN_PARTS.sub(" ", words)
        words = _TAG.sub("", _BREAK.sub("\n", words))
    if "&" in words and _ENTITY.search(words):
        words = html.unescape(words)
    return words.strip()
