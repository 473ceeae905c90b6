"""Form fields that people answer in their own words, and the renderer that gives forms our look.

`FORM_RENDERER = "core.forms.OpenhallRenderer"`; write `{{ form.field.as_field_group }}`, or
`{{ form }}` for all of them. The templates are templates/django/forms/.
"""

from __future__ import annotations

import calendar
import re
from collections.abc import Mapping
from datetime import date, time
from typing import Any, NoReturn

from django import forms
from django.core.exceptions import ValidationError
from django.forms.renderers import TemplatesSetting
from django.utils import dates
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core import words

PARTS = ("day", "month", "year")
_LONGEST_PART = 9
_LONGEST_TIME = 20
_ENGLISH_MONTHS = tuple(name.lower() for name in calendar.month_name[1:])

_TIME = re.compile(
    r"(?P<hour>\d{1,2})(?:[:.]?(?P<minute>[0-5]\d))?(?P<half>am|pm)?", re.ASCII | re.IGNORECASE
)


class OpenhallRenderer(TemplatesSetting):
    """Forms drawn with templates/django/forms/."""

    form_template_name = "django/forms/openhall.html"
    field_template_name = "django/forms/field.html"


class DatePartsWidget(forms.Widget):
    """Three boxes: day, month, year. Also reads one ISO date, so that a link can carry it."""

    template_name = "django/forms/widgets/date_parts.html"
    use_fieldset = True

    def value_from_datadict(
        self, data: Mapping[str, Any], files: Mapping[str, Any], name: str
    ) -> dict[str, str]:
        """The three parts as typed; all empty where nothing was."""
        if f"{name}_day" not in data and data.get(name):
            year, month, day = [*str(data[name])[:10].split("-"), "", "", ""][:3]
            return {"day": day, "month": month, "year": year}
        return {part: str(data.get(f"{name}_{part}", "")).strip() for part in PARTS}

    def value_omitted_from_data(
        self, data: Mapping[str, Any], files: Mapping[str, Any], name: str
    ) -> bool:
        """Whether not one of the parts was sent."""
        return name not in data and not any(f"{name}_{part}" in data for part in PARTS)

    def id_for_label(self, id_: str, index: str | None = None) -> str:
        """The first box."""
        return f"{id_}_day" if id_ else ""

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        """The parts with their labels, values, and which of them are wrong."""
        context = super().get_context(name, None, attrs)
        wrong = context["widget"]["attrs"].pop("wrong_parts", ())
        if isinstance(value, date):
            value = {"day": value.day, "month": value.month, "year": value.year}
        labels = {"day": _("Day"), "month": _("Month"), "year": _("Year")}
        context["widget"]["parts"] = [
            {
                "name": f"{name}_{part}",
                "id": f"{context['widget']['attrs'].get('id', name)}_{part}",
                "label": labels[part],
                "value": str((value or {}).get(part, "")).replace("\x00", "")[:_LONGEST_PART],
                "width": 4 if part == "year" else 2,
                "wrong": part in wrong,
            }
            for part in PARTS
        ]
        return context


class DateParts(forms.Field):
    """A date typed as day, month and year; the month may be a name.

    An error carries `params["parts"]`, the boxes to look at.
    """

    widget = DatePartsWidget
    default_error_messages = {
        "required": gettext_lazy("Enter a date"),
        "missing": gettext_lazy("The date must have a %(what)s"),
        "number": gettext_lazy("The %(what)s must be a number, like %(like)s"),
        "year": gettext_lazy("The year must have 4 numbers, like 2027"),
        "far": gettext_lazy("Enter a year from 1900 to 2199"),
        "unreal": gettext_lazy("There is no such date. Check the day and the month"),
    }

    def to_python(self, value: Any) -> date | None:
        """A date.

        Raises: ValidationError, naming the wrong parts.
        """
        if value is None or isinstance(value, date):
            return value
        typed = {part: str(value.get(part, "")).strip() for part in PARTS}
        if not any(typed.values()):
            return None
        missing = [part for part in PARTS if not typed[part]]
        if missing:
            self._refuse("missing", missing)
        numbers = self._numbers(typed)
        try:
            return date(numbers["year"], numbers["month"], numbers["day"])
        except ValueError as error:
            message = self.error_messages["unreal"]
            raise ValidationError(message, code="unreal", params={"parts": ["day"]}) from error

    def _numbers(self, typed: dict[str, str]) -> dict[str, int]:
        numbers = {part: _part_number(part, typed[part]) for part in PARTS}
        unread = [part for part in PARTS if numbers[part] < 0]
        if unread:
            self._refuse("number", unread)
        if len(typed["year"]) != 4:
            self._refuse("year", ["year"])
        if not 1900 <= numbers["year"] < 2200:
            self._refuse("far", ["year"])
        if not 1 <= numbers["month"] <= 12:
            self._refuse("unreal", ["month"])
        return numbers

    def has_changed(self, initial: Any, data: Any) -> bool:
        """Whether what was typed differs from what was there."""
        try:
            return bool(self.to_python(data) != self.to_python(initial))
        except ValidationError:
            return True

    def _refuse(self, code: str, parts: list[str]) -> NoReturn:
        names = {"day": _("day"), "month": _("month"), "year": _("year")}
        likes = {"day": "12", "month": "1", "year": "2027"}
        what = _(" and ").join(names[part] for part in parts)
        params = {"parts": parts, "what": what, "like": likes[parts[0]]}
        raise ValidationError(self.error_messages[code], code=code, params=params)


def _part_number(part: str, typed: str) -> int:
    """A part as a number, -1 where it is none; a month may be a name or its first letters."""
    if typed.isascii() and typed.isdecimal() and len(typed) <= 4:
        return int(typed)
    if part == "month" and len(typed) >= 3:
        return next((n for n, name in _month_names() if name.startswith(typed.lower())), -1)
    return -1


def _month_names() -> list[tuple[int, str]]:
    local = [(number, str(name).lower()) for number, name in dates.MONTHS.items()]
    return [*enumerate(_ENGLISH_MONTHS, start=1), *local]


class TimeText(forms.Field):
    """A wall-clock time as people write it: 7pm, 7.30pm, 19:00, midday, midnight."""

    widget = forms.TextInput
    default_error_messages = {
        "required": gettext_lazy("Enter a time"),
        "invalid": gettext_lazy("Enter a time, like 7pm or 7:30pm"),
        "half": gettext_lazy("Say if that is morning or evening, like %(am)s or %(pm)s"),
    }

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        """A short box, without spell checking."""
        return {"class": "govuk-input--width-5", "autocomplete": "off", "spellcheck": "false"}

    def prepare_value(self, value: Any) -> Any:
        """A time in words; what was typed stays as typed."""
        if isinstance(value, time):
            return words.clock_time(value)
        return value.replace("\x00", "")[:_LONGEST_TIME] if isinstance(value, str) else value

    def to_python(self, value: Any) -> time | None:
        """A time of day.

        Raises: ValidationError where it is not one, or could be two.
        """
        if value is None or isinstance(value, time):
            return value
        typed = "".join(str(value)[: 2 * _LONGEST_TIME].lower().split())
        if not typed:
            return None
        if typed in {"midnight", _("midnight").lower()}:
            return time(0)
        if typed in {"midday", "noon", "12noon", _("midday").lower()}:
            return time(12)
        found = _TIME.fullmatch(re.sub(r"([ap])\.?m\.?$", r"\1m", typed))
        if not found:
            raise ValidationError(self.error_messages["invalid"], code="invalid")
        return self._read(found["hour"], minute=found["minute"], half=found["half"])

    def _read(self, hour_typed: str, *, minute: str | None, half: str | None) -> time:
        hour = int(hour_typed)
        if (half and not 1 <= hour <= 12) or hour > 23:
            raise ValidationError(self.error_messages["invalid"], code="invalid")
        if half:
            hour = hour % 12 + (12 if half == "pm" else 0)
        elif 1 <= hour <= 12 and hour_typed[0] != "0" and (len(hour_typed) == 1 or minute is None):
            params = {
                "am": words.clock_time(time(hour % 12, int(minute or 0))),
                "pm": words.clock_time(time(hour % 12 + 12, int(minute or 0))),
            }
            raise ValidationError(self.error_messages["half"], code="half", params=params)
        return time(hour, int(minute or 0))
