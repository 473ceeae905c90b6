"""One cell at a time: what it says, or what is wrong with it."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from django.core.exceptions import ValidationError
from django.core.validators import EmailValidator, URLValidator
from django.utils.translation import gettext as _

from spaces.importing.report import Problem
from spaces.models import AccessFact

_NOTHING = {"", "na", "n/a", "none", "null", "-", "not known", "unknown", "not applicable"}
_POSTCODE = re.compile(r"([A-Z]{1,2}\d[A-Z\d]?)\s*(\d[A-Z]{2})")
_PHONE = re.compile(r"[+()\d][\d\s()+-]{6,29}")
_is_email = EmailValidator()
_is_url = URLValidator(schemes=["http", "https"])

# Great Britain and Northern Ireland, with room to spare.
_LATITUDES = (49.0, 61.5)
_LONGITUDES = (-9.0, 2.5)


@dataclass(slots=True)
class Cells:
    """A row being read. What cannot be used is a problem (refuses the row) or a warning."""

    named: Mapping[str, str]
    problems: list[Problem] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)

    def text(self, column: str, *, longest: int) -> str:
        """The words; empty for every way of saying nothing. Cut, with a warning, at `longest`."""
        words = " ".join(self.named.get(column, "").split())
        if words.casefold() in _NOTHING:
            return ""
        if len(words) > longest:
            self._warn(column, _("was cut to %(n)d characters") % {"n": longest})
        return words[:longest]

    def needed(self, column: str, *, longest: int) -> str:
        """Words that a row cannot do without."""
        words = " ".join(self.named.get(column, "").split())
        if not words or words.casefold() in _NOTHING:
            self._refuse(_("“%(column)s” is empty.") % {"column": column}, _("Fill it in."))
            return ""
        if len(words) > longest:
            self._refuse(
                _("“%(column)s” has over %(n)d characters.") % {"column": column, "n": longest},
                _("Shorten it."),
            )
            return ""
        return words

    def yes_no(self, column: str) -> AccessFact.Value:
        """Yes, no, or not known; anything else is not known, with a warning."""
        words = self.named.get(column, "").casefold()
        if words in {"yes", "y", "true", "1"}:
            return AccessFact.Value.YES
        if words in {"no", "n", "false", "0"}:
            return AccessFact.Value.NO
        if words not in _NOTHING:
            self._warn(column, _("is neither yes nor no: taken as not known"))
        return AccessFact.Value.UNKNOWN

    def count(self, column: str, *, most: int) -> int:
        """A whole number; 0 where there is none, with a warning where it is nonsense."""
        words = self.text(column, longest=20)
        if not words:
            return 0
        if not re.fullmatch(r"\d{1,9}", words, re.ASCII) or int(words) > most:
            self._warn(column, _("is not a number up to %(n)d: left out") % {"n": most})
            return 0
        return int(words)

    def postcode(self, column: str) -> str:
        words = self.text(column, longest=40).upper()
        found = _POSTCODE.fullmatch(words)
        if words and not found:
            self._warn(column, _("is not a whole postcode: left out"))
        return f"{found[1]} {found[2]}" if found else ""

    def phone(self, column: str) -> str:
        words = self.text(column, longest=60)
        if words and (not _PHONE.fullmatch(words) or set(words) <= set("0 +()-")):
            self._warn(column, _("is not a phone number: left out"))
            return ""
        return words

    def email(self, column: str) -> str:
        words = self.text(column, longest=254)
        try:
            if words:
                _is_email(words)
        except ValidationError:
            self._warn(column, _("is not an e-mail address: left out"))
            return ""
        return words

    def website(self, column: str) -> str:
        words = self.text(column, longest=400)
        if words and "://" not in words and words.startswith("www."):
            words = f"https://{words}"
        try:
            if words:
                _is_url(words)
        except ValidationError:
            words = ""
            self._warn(column, _("is not a web address: left out"))
        if len(words) > 200:
            self._warn(column, _("is too long: left out"))
            return ""
        return words

    def day(self, column: str, *, today: date) -> date | None:
        """A date as 2027-01-31, not after `today`; None, with a warning, where it is not one."""
        words = self.text(column, longest=40)
        if not words:
            return None
        try:
            found = date.fromisoformat(words[:10])
        except ValueError:
            found = None
        if found is None or found > today:
            self._warn(column, _("is not a date in the past like 2027-01-31: left out"))
            return None
        return found

    def place(self, latitude: str, longitude: str) -> tuple[float, float] | None:
        """Coordinates in the United Kingdom. None with a warning where both are empty."""
        words = self.text(latitude, longest=40), self.text(longitude, longest=40)
        if not any(words):
            self.warnings.append(_("It has no coordinates, so it cannot be shown on a map."))
            return None
        try:
            north, east = float(words[0]), float(words[1])
        except ValueError:
            north = east = math.nan
        if _is_in(north, _LATITUDES) and _is_in(east, _LONGITUDES):
            return north, east
        remedy = _("Give degrees, such as 53.46994 and -2.359969.")
        if _is_in(east, _LATITUDES) and _is_in(north, _LONGITUDES):
            remedy = _("Latitude and longitude look swapped. Change them over.")
        self._refuse(_("The coordinates are not in the United Kingdom."), remedy)
        return None

    def _warn(self, column: str, what: str) -> None:
        self.warnings.append(_("“%(column)s” %(what)s.") % {"column": column, "what": what})

    def _refuse(self, what: str, remedy: str) -> None:
        self.problems.append(Problem(what, remedy))


def _is_in(number: float, limits: tuple[float, float]) -> bool:
    return limits[0] <= number <= limits[1]
