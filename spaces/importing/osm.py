"""Access facts from OpenStreetMap tags. A "no" there means that somebody looked; a missing tag
means nothing."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

from django.utils.translation import gettext as _

Tags = Mapping[str, str]
_YES, _NO = "yes", "no"
_SAME = {
    "toilets:wheelchair": "accessible_toilet",
    "hearing_loop": "hearing_loop",
    "audio_loop": "hearing_loop",
    "changing_table": "baby_changing",
    "toilets:changing_places": "changing_places",
    "handrail": "entrance_handrail",
    "handrail:entrance": "entrance_handrail",
    "ramp:wheelchair": "ramp_type",
    "elevator": "lift",
    "assistance_dog": "assistance_dogs_welcome",
    "drop_off": "drop_off_point",
    "quiet_room": "quiet_space",
}
_MOST_NUMBER = 10_000


@dataclass(frozen=True, slots=True)
class Told:
    """One fact from one tag."""

    code: str
    value: str
    choice: str = ""
    measure: Decimal | None = None


@dataclass(slots=True)
class Read:
    """What the tags of one thing say. `day`: when somebody looked, where the tags have it."""

    facts: dict[str, Told] = field(default_factory=dict)
    warnings: list[str] = field(default_factory=list)
    note: str = ""
    day: date | None = None

    def add(self, told: Told, tag: str) -> None:
        before = self.facts.get(told.code)
        if before is not None and before.value != told.value:
            del self.facts[told.code]
            self.warnings.append(_("%(tag)s: two tags say otherwise. Left out.") % {"tag": tag})
            return
        self.facts[told.code] = told


def read_tags(tags: Tags, *, is_entrance: bool) -> Read:
    """What these tags say; those that mean nothing here are passed over."""
    found = Read(note=str(tags.get("wheelchair:description", ""))[:250])
    found.day = _day(tags, found)
    for tag, value in tags.items():
        said = str(value).strip().lower()
        if tag in _SAME:
            _yes_no(found, tag, said, _SAME[tag])
        elif tag in _READERS:
            _READERS[tag](found, tag, said)
        elif tag == "width" and is_entrance:
            _width(found, tag, said)
    return found


def _yes_no(found: Read, tag: str, said: str, code: str) -> None:
    if said in {_YES, "designated", _NO}:
        found.add(Told(code, _NO if said == _NO else _YES), tag)
    else:
        _unclear(found, tag, said)


def _wheelchair(found: Read, tag: str, said: str) -> None:
    if said == "limited":
        words = _("wheelchair=limited is neither yes nor no: kept as not checked yet.")
        found.warnings.append(words)
        return
    _yes_no(found, tag, said, "entrance_step_free")


def _count(code: str) -> Callable[[Read, str, str], None]:
    def read(found: Read, tag: str, said: str) -> None:
        if not re.fullmatch(r"\d{1,5}", said, re.ASCII):
            if said in {_YES, _NO}:
                found.add(Told(code, said), tag)
            else:
                _unclear(found, tag, said)
            return
        number = int(said)
        if number > _MOST_NUMBER:
            _unclear(found, tag, said)
        elif number:
            found.add(Told(code, _YES, measure=Decimal(number)), tag)
        else:
            found.add(Told(code, _NO), tag)

    return read


def _door(found: Read, tag: str, said: str) -> None:
    kinds = {"yes": "automatic", "motion": "automatic", "button": "powered_button"}
    if said in kinds:
        found.add(Told("door_opening", _YES, kinds[said]), tag)
    elif said != _NO:
        _unclear(found, tag, said)


def _tactile(found: Read, tag: str, said: str) -> None:
    # No paving to be felt does not say that the signs are hard to see.
    if said == _YES:
        found.add(Told("signage", _YES, "tactile_paving"), tag)
    elif said != _NO:
        _unclear(found, tag, said)


def _key(found: Read, tag: str, said: str) -> None:
    if said in {_YES, "radar", "nks", "eurokey"}:
        found.add(Told("toilet_key", _YES, "radar"), tag)
    elif said != _NO:
        _unclear(found, tag, said)


def _incline(found: Read, tag: str, said: str) -> None:
    match = re.fullmatch(r"-?(\d{1,2}(?:\.\d{1,2})?)\s*%", said, re.ASCII)
    if match and Decimal(match[1]) > 0:
        run = (Decimal(100) / Decimal(match[1])).quantize(Decimal(1))
        found.add(Told("ramp_gradient", _YES, measure=run), tag)
    elif said not in {"0%", "0"}:
        _unclear(found, tag, said)


def _width(found: Read, tag: str, said: str) -> None:
    """Metres unless it says otherwise."""
    match = re.fullmatch(r"(\d{1,4}(?:\.\d{1,3})?)\s*(m|cm|mm)?", said, re.ASCII)
    try:
        metres = Decimal(match[1]) if match else Decimal(0)
    except InvalidOperation:
        metres = Decimal(0)
    unit = {"cm": 10, "mm": 1}.get(match[2] if match else "", 1000)
    millimetres = (metres * unit).quantize(Decimal(1))
    if 300 <= millimetres <= 6000:
        found.add(Told("door_clear_width", _YES, measure=millimetres), tag)
    else:
        _unclear(found, tag, said)


def _unclear(found: Read, tag: str, said: str) -> None:
    words = _("%(tag)s=%(said)s was not understood. Left out.")
    found.warnings.append(words % {"tag": tag[:40], "said": said[:40]})


def _day(tags: Tags, found: Read) -> date | None:
    for tag in ("check_date:wheelchair", "check_date", "survey:date"):
        said = tags.get(tag)
        if not said:
            continue
        try:
            return date.fromisoformat(str(said)[:10])
        except ValueError:
            _unclear(found, tag, str(said))
    return None


_READERS: Mapping[str, Callable[[Read, str, str], Any]] = {
    "wheelchair": _wheelchair,
    "capacity:disabled": _count("parking_blue_badge_count"),
    "step_count": _count("entrance_steps"),
    "automatic_door": _door,
    "tactile_paving": _tactile,
    "centralkey": _key,
    "incline": _incline,
}
