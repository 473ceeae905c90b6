"""What a list says now, against what it said last and what stands here: whose word counts."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _

from spaces.importing.report import Note
from spaces.models import Venue

_NEVER_SAID = object()
_PLACE = ("latitude", "longitude")


@dataclass(slots=True)
class Merge:
    """`wanted` is to be written; `said` is what the list is then known to have said."""

    wanted: dict[str, Any] = field(default_factory=dict)
    said: dict[str, Any] = field(default_factory=dict)
    warnings: list[Note] = field(default_factory=list)


def merge(venue: Venue, fields: dict[str, Any], said: dict[str, Any]) -> Merge:
    """Follow the list, but keep whatever somebody changed here since it was read last."""
    found = Merge(said=dict(said))
    kept = {name for name in fields if not _follows(venue, name, fields[name], said)}
    if kept & set(_PLACE):
        kept |= set(_PLACE)
    for name, value in fields.items():
        if _is_same(getattr(venue, name), value):
            found.said[name] = value
        elif name not in kept:
            found.wanted[name] = found.said[name] = value
        elif value not in ("", None):
            found.warnings.append(_kept(venue, name, value, said))
    return found


def _follows(venue: Venue, name: str, value: Any, said: dict[str, Any]) -> bool:
    here, last = getattr(venue, name), said.get(name, _NEVER_SAID)
    if last is _NEVER_SAID:
        return here in ("", None)
    return bool(here == last) or here == value


def _is_same(here: Any, value: Any) -> bool:
    """Whether both say the same; a list has each text on one line."""
    if isinstance(here, str) and isinstance(value, str):
        return here.split() == value.split()
    return bool(here == value)


def _kept(venue: Venue, name: str, value: Any, said: dict[str, Any]) -> Note:
    label = str(getattr(Venue._meta.get_field(name), "verbose_name", name))
    told = {"what": label, "said": str(value)[:80], "here": str(getattr(venue, name))[:80]}
    if name in said:
        words = _("The %(what)s was changed here by hand: kept “%(here)s”, not “%(said)s”.")
        return Note("changed_by_hand", name, words % told)
    words = _("The %(what)s differs from what is here: kept “%(here)s”, not “%(said)s”.")
    return Note("differs", name, words % told)
