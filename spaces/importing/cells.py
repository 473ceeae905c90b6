"""One cell at a time: what it says, or what is wrong with it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from django.core.exceptions import ValidationError
from django.core.validators import EmailValidator, URLValidator
from django.utils.translation import gettext as _

from spaces.importing.export import as_written
from spaces.importing.report import Note, Problem
from spaces.models import AccessFact

_NOTHING = frozenset(
    {"", "na", "n/a", "n.a.", "n.a", "none", "null", "nil", "nan", "-", "--", "---", ".", "?"}
    | {
        "not known",
        "don't know",
        "unknown",
        "not applicable",
        "not available",
        "tbc",
        "tba",
        "#n/a",
        "#ref!",
    }
    | {
        "#value!",
        "#name?",
        "#div/0!",
        "#null!",
        "#num!",
        "not provided",
        "no data",
        "(blank)",
        "blank",
        "–",
        "—",
    }
)
_YES = frozenset({"yes", "y", "true", "1", "x", "✓", "✔", "t", "yes - full", "full"})
_NO = frozenset({"no", "n", "false", "0", "none", "✗", "✘", "f"})
_POSTCODE = re.compile(r"([A-Z]{1,2}[0-9][A-Z0-9]?)([0-9][ABD-HJLNP-UW-Z]{2})")
_IN_TEXT = re.compile(r"\b([A-Z]{1,2}[0-9][A-Z0-9]?)\s*([0-9][ABD-HJLNP-UW-Z]{2})\b", re.IGNORECASE)
_PHONE = re.compile(r"[+()\d][\d\s()+-]{6,29}")
_DATES = ("%Y-%m-%d", "%d/%m/%Y", "%d-%m-%Y", "%d.%m.%Y", "%d %B %Y", "%d %b %Y", "%d/%m/%y")
_is_email = EmailValidator()
_is_url = URLValidator(schemes=["http", "https"])


def is_nothing(cell: str) -> bool:
    """Whether this is one of the ways of saying nothing."""
    words = " ".join(cell.split()).casefold()
    return words in _NOTHING or (words.startswith("[") and words.endswith("]"))


def tidy_postcode(said: str) -> str:
    """CH1 1RL from "ch1 1 rl"; empty for what is no whole postcode."""
    found = _POSTCODE.fullmatch(re.sub(r"[^A-Z0-9]", "", said.upper()))
    return f"{found[1]} {found[2]}" if found else ""


def postcode_in(text: str) -> str:
    """The last whole postcode in an address; empty where there is none."""
    found = _IN_TEXT.findall(text)
    return f"{found[-1][0]} {found[-1][1]}".upper() if found else ""


@dataclass(slots=True)
class Cells:
    """A row being read. What cannot be used is a problem (refuses the row) or a warning."""

    named: Mapping[str, str]
    problems: list[Problem] = field(default_factory=list)
    warnings: list[Note] = field(default_factory=list)

    def raw(self, column: str) -> str:
        """The words as they are, on one line; empty for every way of saying nothing."""
        words = as_written(" ".join(self.named.get(column, "").split()))
        return "" if is_nothing(words) else words

    def first_line(self, column: str) -> str:
        """What stands before the first comma or line break of a cell."""
        first, _rest = _split_line(self.named.get(column, ""))
        return "" if is_nothing(first) else as_written(first)

    def other_lines(self, column: str) -> str:
        """What stands after it."""
        return _split_line(self.named.get(column, ""))[1]

    def text(self, column: str, *, longest: int) -> str:
        """The words, cut with a warning at `longest`."""
        words = self.raw(column)
        if len(words) > longest:
            self.warn("cut", column, _("It was cut to %(n)d characters.") % {"n": longest})
        return words[:longest]

    def yes_no(self, column: str) -> AccessFact.Value:
        """Yes, no, or not known; anything else is not known, with a warning."""
        words = " ".join(self.named.get(column, "").split()).casefold()
        if words in _YES:
            return AccessFact.Value.YES
        if words in _NO:
            return AccessFact.Value.NO
        if re.match(r"yes\b", words):
            return AccessFact.Value.YES
        if not is_nothing(words):
            said = _("“%(said)s” is neither yes nor no: taken as not known.")
            self.warn("not_yes_or_no", column, said % {"said": words[:60]})
        return AccessFact.Value.UNKNOWN

    def count(self, column: str, *, most: int) -> int | None:
        """A whole number; None where there is none, with a warning where it is nonsense."""
        words = self.raw(column).replace(",", "").removesuffix(".0")
        if not words:
            return None
        if not re.fullmatch(r"\d{1,9}", words, re.ASCII) or int(words) > most:
            said = _("“%(said)s” is not a number up to %(n)d: left out.")
            self.warn("not_a_number", column, said % {"said": words[:40], "n": most})
            return None
        return int(words)

    def postcode(self, column: str) -> str:
        words = self.raw(column)
        found = tidy_postcode(words) or postcode_in(words)
        if words and words != "0" and not found:
            said = _("“%(said)s” is not a whole postcode: left out.")
            self.warn("postcode", column, said % {"said": words[:40]})
        return found

    def uprn(self, column: str) -> str:
        """Up to 12 digits, without the zeros that some lists put before them."""
        words = self.raw(column).replace(" ", "").removesuffix(".0")
        if not words or not words.strip("0"):
            return ""
        if re.fullmatch(r"\d{1,3}(,\d{3}){1,3}", words, re.ASCII):
            words = words.replace(",", "")
        digits = words.lstrip("0")
        if re.fullmatch(r"\d{1,12}", digits, re.ASCII):
            return digits
        said = _("“%(said)s” is not a UPRN, a number of up to 12 digits: left out.")
        if re.fullmatch(r"\d+(\.\d+)?E\+?\d+", words, re.IGNORECASE):
            said = _("“%(said)s” is a UPRN that a spreadsheet has shortened: left out.")
        self.warn("uprn", column, said % {"said": words[:40]})
        return ""

    def phone(self, column: str) -> str:
        words = self.raw(column).removeprefix("tel:")
        if re.fullmatch(r"[1-9]\d{9}", words):
            words = f"0{words}"  # A spreadsheet took it for a number.
        if not words or not set(words) - set("0 +()-"):
            return ""
        first = re.split(r"\s*(?:/|;|,| or | and | ext)\s*", words)[0]
        if _PHONE.fullmatch(words):
            return words
        if _PHONE.fullmatch(first):
            self.warn("phone", column, _("Only the first phone number was kept."))
            return first
        self.warn("phone", column, _("It is not a phone number: left out."))
        return ""

    def email(self, column: str) -> str:
        words = self.raw(column).removeprefix("mailto:").strip(" <>;,.")
        first = re.split(r"[\s;,]+", words)[0]
        if not words:
            return ""
        try:
            _is_email(first)
        except ValidationError:
            self.warn("email", column, _("It is not an e-mail address: left out."))
            return ""
        if len(first) > 254:
            self.warn("email", column, _("It is too long: left out."))
            return ""
        return first

    def website(self, column: str) -> str:
        words = self.raw(column).replace(" ", "")
        if not words or words == "0":
            return ""
        if "://" not in words and re.match(r"[\w-]+(\.[\w-]+)+", words):
            words = f"https://{words}"
        try:
            _is_url(words)
        except ValidationError:
            self.warn("website", column, _("It is not a web address: left out."))
            return ""
        if len(words) > 200:
            self.warn("website", column, _("It is too long: left out."))
            return ""
        return words

    def day(self, column: str, *, today: date) -> date | None:
        """A date not after `today`; None, with a warning, where it is not one."""
        words = self.raw(column)
        if not words:
            return None
        found = _day(words)
        if found is None or found > today or found.year < 1990:
            said = _("“%(said)s” is not a date in the past like 2027-01-31: left out.")
            self.warn("date", column, said % {"said": words[:40]})
            return None
        return found

    def warn(self, code: str, column: str, words: str) -> None:
        self.warnings.append(Note(code, column, words))

    def refuse(self, code: str, column: str, what: str, remedy: str) -> None:
        self.problems.append(Problem(code, column, what, remedy))


def _split_line(cell: str) -> tuple[str, str]:
    first, *rest = [
        " ".join(one.split()) for one in re.split(r"[,\r\n]+", cell) if one.strip()
    ] or [""]
    return first, ", ".join(rest)


def _day(words: str) -> date | None:
    try:
        return date.fromisoformat(words[:10])
    except ValueError:
        pass
    if re.fullmatch(r"[34]\d{4}(\.\d+)?", words, re.ASCII):
        # A spreadsheet counts days from here.
        return date(1899, 12, 30) + timedelta(days=int(words[:5]))
    for form in _DATES:
        try:
            return datetime.strptime(words.split("T")[0], form).date()  # noqa: DTZ007 # a day
        except ValueError:
            continue
    return None
