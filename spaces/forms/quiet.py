"""A quiet time: when, why, how loud or what kind of thing, and who hears it."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any, cast

from django import forms
from django.utils import dates
from django.utils.translation import gettext_lazy as _

from core.forms import DateParts, TimeText
from spaces.forms.times import OfSpaces
from spaces.models import Activity, Space, TimeRule, Venue
from spaces.models.timetable import Loudness
from spaces.services.quiet import QuietRule
from spaces.timetable import Frequency, Pattern


class QuietForm(OfSpaces):
    """Gives a `QuietRule` for each chosen space."""

    days = forms.TypedMultipleChoiceField(
        label=_("Every week on"),
        choices=lambda: [(n, dates.WEEKDAYS[n]) for n in range(7)],
        coerce=int,
        widget=forms.CheckboxSelectMultiple,
    )
    starts = TimeText(label=_("From"), help_text=_("Like 12:30pm"))
    ends = TimeText(label=_("Until"))
    loudest = forms.TypedChoiceField(
        label=_("Loudest allowed in these spaces"),
        choices=Loudness.choices,
        coerce=int,
        initial=Loudness.TALK,
        widget=forms.RadioSelect,
    )
    why = forms.ChoiceField(
        label=_("Why"),
        choices=TimeRule.Why.choices,
        initial=TimeRule.Why.RELAXED,
        widget=forms.RadioSelect,
    )
    promise = forms.CharField(
        label=_("What you promise the public"),
        max_length=200,
        required=False,
        help_text=_("In plain words, like “Low light and no loud sound”"),
    )
    heard_in = forms.ModelMultipleChoiceField(
        label=_("Rooms next door that can be heard there"),
        queryset=Space.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    next_door = forms.TypedChoiceField(
        label=_("Loudest allowed next door"),
        choices=Loudness.choices,
        coerce=int,
        required=False,
        empty_value=None,
        initial=Loudness.TALK,
    )
    activities = forms.MultipleChoiceField(
        label=_("Only these kinds of activity"),
        choices=Activity.choices,
        required=False,
        help_text=_("Leave empty if any kind may be held, as long as it is not too loud"),
        widget=forms.CheckboxSelectMultiple,
    )
    first_on = DateParts(label=_("From which date"), required=False)
    last_on = DateParts(label=_("Until which date"), required=False)
    skip_bank_holidays = forms.BooleanField(label=_("Not on bank holidays"), required=False)
    headings = (
        ("", ("spaces", "days", "starts", "ends", "loudest", "why", "promise")),
        (_("Next door"), ("heard_in", "next_door")),
        (_("Only if you need it"), ("activities", "first_on", "last_on", "skip_bank_holidays")),
    )

    def __init__(self, *args: Any, venue: Venue, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        others = venue.spaces.order_by("position", "name")
        if self.only:
            others = others.exclude(pk=self.only.pk)
        if others.exists():
            field = cast("forms.ModelMultipleChoiceField[Space]", self.fields["heard_in"])
            field.queryset = others
        else:
            del self.fields["heard_in"]
            del self.fields["next_door"]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        first, last = cleaned.get("first_on"), cleaned.get("last_on")
        if first and last and last < first:
            self.add_error("last_on", _("The last day must be on or after the first"))
        return cleaned

    def rule(self, *, today: date) -> QuietRule:
        """Only when the form is valid."""
        said = self.cleaned_data
        return QuietRule(
            pattern=Pattern(
                first=said["first_on"] or today - timedelta(days=7),
                starts=said["starts"],
                ends=said["ends"],
                frequency=Frequency.WEEKLY,
                weekdays=tuple(sorted(said["days"])),
                until=said["last_on"],
                skip_bank_holidays=said["skip_bank_holidays"],
            ),
            loudest=Loudness(said["loudest"]),
            loudest_next_door=Loudness(said.get("next_door") or Loudness.TALK),
            activities=tuple(said["activities"]),
            why=said["why"],
            promise=said["promise"].strip(),
        )

    def heard(self) -> list[Space] | None:
        """Who hears it; None where there is nobody to ask about."""
        return list(self.cleaned_data["heard_in"]) if "heard_in" in self.fields else None
