"""Opening hours: the usual week, a season, a single day."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any, cast

from django import forms
from django.utils import dates
from django.utils.translation import gettext as _g
from django.utils.translation import gettext_lazy as _

from core.forms import DateParts
from spaces.forms.groups import GroupedForm
from spaces.forms.hours_text import DatesText, HoursText
from spaces.models import Space
from spaces.opening_plan import OnBankHolidays, OpeningPlan, Season, SingleDay, Wall, Week

_DAYS = [f"day_{n}" for n in range(7)]


class OfSpaces(forms.Form, GroupedForm):
    """Which spaces it is about; not asked where there is one."""

    spaces = forms.ModelMultipleChoiceField(
        label=_("Which spaces"), queryset=Space.objects.none(), widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, *args: Any, choices: Sequence[Space], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.only = choices[0] if len(choices) == 1 else None
        if self.only:
            del self.fields["spaces"]
            return
        field = cast("forms.ModelMultipleChoiceField[Space]", self.fields["spaces"])
        field.queryset = Space.objects.filter(pk__in=[space.pk for space in choices])

    def chosen(self) -> list[Space]:
        """Only when the form is valid."""
        return [self.only] if self.only else list(self.cleaned_data["spaces"])


class WeekForm(OfSpaces):
    """Seven boxes; an empty one says the same as the one above."""

    headings: Any = (("", ("spaces",)), (_("Each day"), _DAYS))

    def __init__(self, *args: Any, week: Week | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        hint = _g(
            "Like 9am to 10pm, or 9am to midday, 2pm to 10pm. Or write “closed” or “24 hours”. "
            "Leave a day empty if it is the same as the day above."
        )
        for n, name in enumerate(_DAYS):
            self.fields[name] = HoursText(
                label=dates.WEEKDAYS[n],
                required=n == 0,
                initial=week[n] if week else None,
                help_text=hint if n == 0 else "",
                error_messages={"required": _("Say when it opens on Monday, or write “closed”")},
            )
        self.mark_optional = False

    def week(self) -> Week:
        """Only when the form is valid."""
        found: list[tuple[Wall, ...]] = []
        for name in _DAYS:
            walls = self.cleaned_data[name]
            found.append(found[-1] if walls is None else walls)
        return tuple(found)


class UsualWeekForm(WeekForm):
    """The usual week and the bank holidays."""

    bank_holidays = forms.ChoiceField(
        label=_("On bank holidays"),
        choices=[
            (OnBankHolidays.AS_USUAL.value, _("As on any other day")),
            (OnBankHolidays.CLOSED.value, _("Closed")),
            (OnBankHolidays.OWN.value, _("Other hours")),
        ],
        initial=OnBankHolidays.AS_USUAL.value,
        widget=forms.RadioSelect,
    )
    on_bank_holidays = HoursText(label=_("Other hours on bank holidays"), required=False)
    headings = (
        ("", ("spaces",)),
        (_("Each day"), _DAYS),
        (_("Bank holidays"), ("bank_holidays", "on_bank_holidays")),
    )

    def __init__(self, *args: Any, plan: OpeningPlan | None = None, **kwargs: Any) -> None:
        initial = kwargs.pop("initial", {})
        if plan is not None:
            initial["bank_holidays"] = plan.bank_holidays.value
            initial["on_bank_holidays"] = plan.on_bank_holidays or None
        super().__init__(*args, initial=initial, week=plan.week if plan else None, **kwargs)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        is_own = cleaned.get("bank_holidays") == OnBankHolidays.OWN
        if is_own and not cleaned.get("on_bank_holidays") and "on_bank_holidays" not in self.errors:
            self.add_error("on_bank_holidays", _("Say when it is open on bank holidays"))
        return cleaned


class SeasonForm(WeekForm):
    """Other hours on some dates: school terms, the summer."""

    name = forms.CharField(
        label=_("What is it called"), max_length=80, help_text=_("Like “School term” or “Summer”")
    )
    dates = DatesText(
        label=_("On which dates"),
        help_text=_("One line for each stretch, like 7 September 2026 to 23 October 2026"),
    )
    headings = (("", ("spaces", "name", "dates")), (_("Each day"), _DAYS))

    def season(self) -> Season:
        """Only when the form is valid."""
        said = self.cleaned_data
        return Season(said["name"].strip(), said["dates"], self.week())


class SingleDayForm(OfSpaces):
    """One date that is different: a special opening, a day off."""

    on = DateParts(label=_("Date"), help_text=_("For example, 12 1 2027"))
    hours = HoursText(
        label=_("Hours"), help_text=_("Like 9am to midday, 2pm to 10pm. Or write “closed”.")
    )
    name = forms.CharField(
        label=_("What for"), max_length=60, required=False, help_text=_("Like “Polling day”")
    )
    headings = (("", ("spaces", "on", "hours", "name")),)

    def day(self) -> SingleDay:
        """Only when the form is valid."""
        said = self.cleaned_data
        on: date = said["on"]
        return SingleDay(on, said["hours"], said["name"].strip())
