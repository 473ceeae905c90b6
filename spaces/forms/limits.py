"""Limits of the premises: licence hours, numbers in a year, a temporary event, time kept free."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils import dates
from django.utils.translation import gettext as _g
from django.utils.translation import gettext_lazy as _

from core.clock import between
from core.forms import DateParts, TimeText
from core.intervals import Span
from spaces.forms.groups import GroupedForm
from spaces.models import Activity, PremisesLimit, Space, Venue

_COUNT = forms.TextInput(attrs={"class": "govuk-input--width-4", "inputmode": "numeric"})
_MOST_MINUTES = 24 * 60


class LimitForm(forms.Form, GroupedForm):
    """One limit that holds from a date."""

    kind = forms.ChoiceField(
        label=_("What is limited"), choices=PremisesLimit.Kind.choices, widget=forms.RadioSelect
    )
    until = TimeText(
        label=_("Ends at"), required=False, help_text=_("For music and alcohol, like 11pm")
    )
    weekdays = forms.TypedMultipleChoiceField(
        label=_("On which days"),
        choices=lambda: [(n, dates.WEEKDAYS[n]) for n in range(7)],
        coerce=int,
        required=False,
        help_text=_("Leave empty for every day"),
        widget=forms.CheckboxSelectMultiple,
    )
    most = forms.IntegerField(
        label=_("Most in a year"),
        required=False,
        min_value=0,
        max_value=366,
        help_text=_("For temporary event notices"),
        widget=_COUNT,
    )
    first_on = DateParts(label=_("From which date"), help_text=_("For example, 12 1 2027"))
    last_on = DateParts(label=_("Until which date"), required=False)
    headings = (("", ("kind", "until", "weekdays", "most", "first_on", "last_on")),)

    def limit(self, venue: Venue) -> PremisesLimit:
        """Only when the form is valid."""
        said = self.cleaned_data
        return PremisesLimit(
            venue=venue,
            kind=said["kind"],
            until=said["until"],
            weekdays=sorted(said["weekdays"]),
            most=said["most"],
            first_on=said["first_on"],
            last_on=said["last_on"],
        )


class EventNoticeForm(forms.Form, GroupedForm):
    """A temporary event notice: one stretch of time."""

    purpose = forms.CharField(label=_("What is it for"), max_length=120)
    on = DateParts(label=_("Date"), help_text=_("For example, 12 1 2027"))
    starts = TimeText(label=_("From"))
    ends = TimeText(label=_("Until"), help_text=_("Like 1am, which is in the night after"))
    headings = (("", ("purpose", "on", "starts", "ends")),)

    def span(self) -> Span:
        """Only when the form is valid."""
        said = self.cleaned_data
        return Span(*between(said["on"], said["starts"], said["ends"]))


class BuffersForm(forms.Form, GroupedForm):
    """Minutes kept free before and after each kind of activity, where it is longer than usual."""

    def __init__(self, *args: Any, space: Space, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        held = {row.activity: row for row in space.activity_buffers.all()}
        for kind in _kinds():
            row = held.get(kind)
            before, after = (row.setup_minutes, row.cleardown_minutes) if row else (None, None)
            self.fields[f"before_{kind}"] = _minutes(_g("Minutes before"), before)
            self.fields[f"after_{kind}"] = _minutes(_g("Minutes after"), after)

    def groups(self) -> list[tuple[str, list[forms.BoundField]]]:
        return [
            (str(Activity(kind).label), [self[f"before_{kind}"], self[f"after_{kind}"]])
            for kind in _kinds()
        ]

    def minutes(self) -> dict[str, tuple[int, int]]:
        """Only when the form is valid."""
        said = self.cleaned_data
        return {
            kind: (said[f"before_{kind}"] or 0, said[f"after_{kind}"] or 0) for kind in _kinds()
        }


def _kinds() -> list[str]:
    return [kind for kind in Activity.values if kind != Activity.OTHER]


def _minutes(label: str, held: int | None) -> forms.IntegerField:
    return forms.IntegerField(
        label=label,
        initial=held or None,
        required=False,
        min_value=0,
        max_value=_MOST_MINUTES,
        widget=_COUNT,
    )
