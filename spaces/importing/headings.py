"""What a column means by its name."""

from __future__ import annotations

import re
import unicodedata

from spaces.importing.called import MORE, TARGETS
from spaces.importing.vocabulary import Target

_NAMES_OF_OTHERS = (
    r".*\b(ward|area|street|road|contact|council|authority|district|officer|manager|owner|operator|"
    r"first|last|sur|file|user|scheme|msoa|lsoa|region|county|town|parish|polling district|"
    r"constituency)\b"
)


_OF_A_PLACE = (
    r"^((venue|site|centre|library|hall|property|asset|building|the|premises|charity|school|"
    r"establishment|main|primary|location) )+(contact )?"
)
_SHAPES = (
    (r"^(address|addr?|add)( ?line)? ?\d+$", Target.ADDRESS, 0),
    (
        r"^(mon|tues|wednes|thurs|fri|satur|sun)day (staffed|opening) (hours|times)$",
        Target.HOURS,
        0,
    ),
    (r" name$", Target.NAME, 60),
    (r"post ?code$", Target.POSTCODE, 50),
    (r" uprn$", Target.UPRN, 50),
    (r"^capacity ", Target.CAPACITY, 50),
)
_OTHERS = ("establishment ", "school ", "charity ")
# Of a school or charity these are not what they are of a place.
_NOT_OF_IT = frozenset({"number", "capacity", "type", "id", "code"})


def plain(header: str) -> str:
    """A header in small letters and single spaces: GeoX and geo_x are both "geo x"."""
    header = "".join(
        sign
        for sign in unicodedata.normalize("NFD", header.strip(" '\""))
        if not unicodedata.combining(sign)
    )
    split = re.sub(r"(?<=[a-z])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])", " ", header)
    return " ".join(re.sub(r"[^\w]+|_", " ", split.casefold()).split())


def meaning_of(header: str) -> tuple[str, int]:
    """What a column of this name means, and how unsure that is (0 is sure); "" for unknown."""
    words = plain(header)
    if words in TARGETS:
        return TARGETS[words]
    short = re.sub(_OF_A_PLACE, "", words)
    is_others = words.startswith(_OTHERS) and short in _NOT_OF_IT
    if short in TARGETS and short != words and not is_others:
        target, rank = TARGETS[short]
        return target, rank + 20
    if found := next((one for one, pattern in MORE if re.search(pattern, words)), ""):
        return found, 1 if "capacity" in words else 0
    for pattern, target, rank in _SHAPES:
        if re.search(pattern, short) and not (
            target == Target.NAME and re.match(_NAMES_OF_OTHERS, words)
        ):
            return target, rank
    return Target.NOTHING, 99


def is_room(header: str) -> bool:
    """Whether a column says which room of a place a row is about, rather than a kind of pitch."""
    words = plain(header)
    return TARGETS.get(words, ("", 0))[0] == Target.SPACE


def says_address_too(header: str) -> bool:
    """Whether a column has the address of a place behind its name."""
    return bool(re.search(r"name (and )?address|venue and address", plain(header)))


def is_of_a_place(header: str) -> bool:
    """Whether this is what people call the column of a place's address, or how to reach it."""
    return meaning_of(header)[0] in {
        *(Target.ADDRESS, Target.POSTCODE, Target.TOWN, Target.PHONE, Target.EMAIL),
        *(Target.UPRN, Target.WEBSITE, Target.CAPACITY),
    }


def is_known(header: str) -> bool:
    """Whether this reads like the name of a column."""
    return len(header) < 80 and bool(meaning_of(header)[0])
