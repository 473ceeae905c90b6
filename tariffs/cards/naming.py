"""How people read the short names of a tariff: spaces, kinds of hirer, times of week, units."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import time
from typing import Any

from django.utils import dates
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import HirerCategory
from core import words
from tariffs.cards.shape import Part, Section
from tariffs.rules.names import short

UNITS: dict[str, Any] = {
    "hour": gettext_lazy("an hour"),
    "session": gettext_lazy("a session"),
    "day": gettext_lazy("a day"),
    "booking": gettext_lazy("a booking"),
    "item": gettext_lazy("each"),
    "person": gettext_lazy("a person"),
    "night": gettext_lazy("a night"),
    "week": gettext_lazy("a week"),
    "month": gettext_lazy("a month"),
    "year": gettext_lazy("a year"),
}
DAYS: dict[str, Any] = {
    **{name: dates.WEEKDAYS[n] for n, name in enumerate(
        ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
    )},
    "weekday": gettext_lazy("Weekdays"),
    "weekend": gettext_lazy("Weekends"),
    "bank_holiday": gettext_lazy("Bank holidays"),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Names:
    """Labels by short name: the venue's own, then the document's."""

    spaces: Mapping[str, str] = field(default_factory=dict)
    items: Mapping[str, str] = field(default_factory=dict)
    kinds: Mapping[str, str] = field(default_factory=dict)

    @classmethod
    def of(
        cls,
        document: Mapping[str, Any],
        *,
        spaces: Mapping[str, str],
        items: Mapping[str, str],
    ) -> Names:
        """`spaces` and `items`: what the venue has, by short name."""
        own = {
            short(name): said if isinstance(said, str) else said.get("label", name)
            for name, said in document.get("spaces", {}).items()
        }
        things = {short(name): label for name, label in document.get("items", {}).items()}
        kinds = {short(name): label for name, label in document.get("categories", {}).items()}
        usual = {value: str(label) for value, label in HirerCategory.choices}
        return cls({**own, **spaces}, {**things, **items}, {**usual, **kinds})

    def space(self, name: str) -> str:
        """The name of a space for people."""
        return _("Any space") if name == "any" else self.spaces.get(name) or spoken(name)

    def item(self, name: str) -> str:
        """The name of a thing for people."""
        return _("Anything else") if name == "any" else self.items.get(name) or spoken(name)

    def who(self, kinds: Collection[str]) -> str:
        """Kinds of hirer; none is everybody."""
        known = [self.kinds.get(kind) or spoken(kind) for kind in kinds]
        return ", ".join(known) or _("Everybody")

    def section(self, section: Section) -> str:
        """The spaces of one part of the grid."""
        names = [self.space(name) for name in section.names]
        if section.reach == "any":
            return _("Any space")
        return (" + " if section.reach == "spaces" else ", ").join(names) or _("No space yet")


def spoken(name: str) -> str:
    """ "weekday-evening" as "Weekday evening"."""
    text = name.replace("-", " ").replace("_", " ").strip()
    return text[:1].upper() + text[1:]


def clock_words(wall: str) -> str:
    """6pm of "18:00"; the end of the day is midnight."""
    hours, _colon, minutes = wall.partition(":")
    return words.clock_time(time(int(hours) % 24, int(minutes)))


def part_words(part: Part) -> str:
    """A time of week by its name, else by what it says."""
    return spoken(part.name) if part.name else when_words(part) or _("Any other time")


def when_words(part: Part) -> str:
    """Days and times; nothing for any time."""
    said = [", ".join(str(DAYS[day]) for day in part.days)]
    if part.start:
        pair = {"start": clock_words(part.start), "end": clock_words(part.end)}
        said.append(_("%(start)s to %(end)s") % pair)
    if part.longer:
        said.append(_("longer than %(n)s hours") % {"n": part.longer})
    return ", ".join(one for one in said if one)
