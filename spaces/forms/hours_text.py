"""Opening hours as people write them: 9am to 12:30pm, 2pm to 10pm; closed; 24 hours."""

from __future__ import annotations

import re
from datetime import date, time
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _g
from django.utils.translation import gettext_lazy as _

from core import words
from core.forms import DateParts, TimeText
from spaces.opening_plan import Wall

_LONGEST = 200
_BETWEEN = re.compile(r"\s*(?:-|–|—|\bto\b|\buntil\b)\s*")
_APART = re.compile(r"\s*(?:,|;|\band\b|\n)\s*")
_CLOSED = {"closed", "shut", "none", "-"}
_ALL_DAY = {"24 hours", "all day", "always", "24h"}
_MIDNIGHT: Wall = (time(0), time(0))


def said(walls: tuple[Wall, ...]) -> str:
    """The hours as they would be typed."""
    if not walls:
        return _g("closed")
    if walls == (_MIDNIGHT,):
        return _g("24 hours")
    pairs = ((words.clock_time(starts), words.clock_time(ends)) for starts, ends in walls)
    return ", ".join(_g("%(starts)s to %(ends)s") % {"starts": a, "ends": b} for a, b in pairs)


class HoursText(forms.Field):
    """Several spans of one day in one box; None where it was left empty."""

    widget = forms.TextInput
    # No hours at all is an answer: closed.
    empty_values = [None, ""]
    default_error_messages = {
        "invalid": _("Write the times like 9am to 12:30pm, 2pm to 10pm, or write “closed”"),
    }

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        return {"autocomplete": "off", "spellcheck": "false"}

    def prepare_value(self, value: Any) -> Any:
        if isinstance(value, tuple):
            return said(value)
        return value.replace("\x00", "")[:_LONGEST] if isinstance(value, str) else value

    def to_python(self, value: Any) -> tuple[Wall, ...] | None:
        """Raises: ValidationError."""
        if value is None or isinstance(value, tuple):
            return value
        typed = " ".join(str(value)[:_LONGEST].lower().split())
        if not typed:
            return None
        if typed in _CLOSED | {_g("closed").lower()}:
            return ()
        if typed in _ALL_DAY | {_g("24 hours").lower()}:
            return (_MIDNIGHT,)
        return tuple(sorted(self._span(part) for part in _APART.split(typed) if part))

    def _span(self, text: str) -> Wall:
        ends = _BETWEEN.split(text)
        if len(ends) != 2:
            raise ValidationError(self.error_messages["invalid"], code="invalid")
        first, last = (TimeText().clean(end) for end in ends)
        return first, last


class DatesText(forms.Field):
    """Stretches of dates, one to a line: 7 September 2026 to 23 October 2026."""

    widget = forms.Textarea(attrs={"rows": 4})
    default_error_messages = {
        "invalid": _("Write each stretch on its own line, like 7 September 2026 to 23 October 2026")
    }

    def prepare_value(self, value: Any) -> Any:
        if isinstance(value, tuple):
            lines = (f"{_day(first)} {_g('to')} {_day(last)}" for first, last in value)
            return "\n".join(lines)
        return value.replace("\x00", "")[:2000] if isinstance(value, str) else value

    def to_python(self, value: Any) -> tuple[tuple[date, date], ...]:
        """Raises: ValidationError."""
        if isinstance(value, tuple):
            return value
        lines = [line for line in str(value or "")[:2000].splitlines() if line.strip()]
        return tuple(self._stretch(line) for line in lines[:40])

    def _stretch(self, line: str) -> tuple[date, date]:
        ends = [self._date(part) for part in re.split(r"\s*(?:–|—|\bto\b)\s*", line.strip())]
        if len(ends) > 2 or ends[-1] < ends[0]:
            raise ValidationError(self.error_messages["invalid"], code="invalid")
        return ends[0], ends[-1]

    def _date(self, text: str) -> date:
        parts = re.split(r"[\s/.]+", text.strip())
        if len(parts) != 3:
            raise ValidationError(self.error_messages["invalid"], code="invalid")
        found = DateParts().clean(dict(zip(("day", "month", "year"), parts, strict=True)))
        if found is None:
            raise ValidationError(self.error_messages["invalid"], code="invalid")
        return found


def _day(day: date) -> str:
    return words.long_day(day).split(" ", 1)[1]
