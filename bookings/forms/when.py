"""When: a date and times, once or repeated; the same questions in search and in booking."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from core.forms import DateParts, TimeText
from spaces.timetable import MOST_DATES, Frequency, Pattern

ONCE, WEEKLY, FORTNIGHTLY, MONTHLY = "once", "weekly", "fortnightly", "monthly"
LONGEST_STAY_DAYS = 60


class WhenForm(forms.Form):
    """Gives a `Pattern`. `on` alone is one date; `ends` at or before `starts` is the next day."""

    on = DateParts(label=_("Date"), help_text=_("For example, 12 1 2027"))
    starts = TimeText(label=_("Starts"), help_text=_("Like 7pm"))
    ends = TimeText(label=_("Ends"), help_text=_("Like 9:30pm"))
    repeat = forms.ChoiceField(
        label=_("How often"),
        required=False,
        initial=ONCE,
        choices=[
            (ONCE, _("Once")),
            (WEEKLY, _("Every week")),
            (FORTNIGHTLY, _("Every 2 weeks")),
            (MONTHLY, _("Every month, on the same day of the week")),
        ],
    )
    week = forms.ChoiceField(
        label=_("Which week of the month"),
        required=False,
        choices=[
            ("", _("The same as the date")),
            ("1", _("First")),
            ("2", _("Second")),
            ("3", _("Third")),
            ("4", _("Fourth")),
            ("-1", _("Last")),
        ],
        help_text=_("Only if it is every month"),
    )
    times = forms.IntegerField(
        label=_("How many dates"),
        required=False,
        min_value=1,
        max_value=MOST_DATES,
        help_text=_("Only if it repeats"),
        widget=forms.TextInput(
            attrs={"class": "govuk-input--width-3", "inputmode": "numeric", "autocomplete": "off"}
        ),
    )
    last_day = DateParts(
        label=_("Last day"),
        required=False,
        help_text=_("Only if it runs for several days in one go, like an exhibition"),
    )
    skip_bank_holidays = forms.BooleanField(label=_("Not on bank holidays"), required=False)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if self._repeats(cleaned) and not cleaned.get("times") and "times" not in self.errors:
            self.add_error("times", _("Say how many dates you want"))
        self._clean_last_day(cleaned)
        return cleaned

    def _clean_last_day(self, cleaned: dict[str, Any]) -> None:
        first, last = cleaned.get("on"), cleaned.get("last_day")
        if not first or not last:
            return
        if last < first:
            self.add_error("last_day", _("The last day must be on or after the date above"))
        elif (last - first).days > LONGEST_STAY_DAYS:
            self.add_error("last_day", _("The last day is too far from the first"))
        elif last > first and self._repeats(cleaned):
            self.add_error("last_day", _("A stay of several days cannot repeat"))

    def pattern(self) -> Pattern:
        """The dates that were asked for; only when the form is valid."""
        cleaned = self.cleaned_data
        first: date = cleaned["on"]
        repeat = cleaned.get("repeat") or ONCE
        last = cleaned.get("last_day")
        monthly = repeat == MONTHLY
        return Pattern(
            first=first,
            starts=cleaned["starts"],
            ends=cleaned["ends"],
            more_days=(last - first).days if last else 0,
            frequency=_FREQUENCIES[repeat],
            interval=2 if repeat == FORTNIGHTLY else 1,
            nth=(int(cleaned["week"]),) if monthly and cleaned.get("week") else (),
            count=cleaned["times"] if repeat != ONCE else None,
            skip_bank_holidays=cleaned.get("skip_bank_holidays", False),
        )

    @staticmethod
    def _repeats(cleaned: dict[str, Any]) -> bool:
        return (cleaned.get("repeat") or ONCE) != ONCE


_FREQUENCIES = {
    ONCE: Frequency.ONCE,
    WEEKLY: Frequency.WEEKLY,
    FORTNIGHTLY: Frequency.WEEKLY,
    MONTHLY: Frequency.MONTHLY,
}
