"""Rooms: several at once, one with its layouts, wholes made of parts, and pools."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, time
from typing import Any, cast

from django import forms
from django.db.models import QuerySet
from django.utils import dates
from django.utils.translation import gettext as _g
from django.utils.translation import gettext_lazy as _

from core.forms import TimeText
from spaces.forms.groups import GroupedForm
from spaces.models import Layout, Space, Venue
from spaces.models.venue import NOT_BY_THE_HOUR
from spaces.services.catalogue import LayoutSize
from spaces.services.rooms import MOST_ALIKE, NewRoom
from spaces.timetable import Frequency, Pattern

_ROWS = 4
_MOST_PEOPLE = 100_000
_COUNT = forms.TextInput(attrs={"class": "govuk-input--width-4", "inputmode": "numeric"})


class NewRoomsForm(forms.Form, GroupedForm):
    """Up to four kinds of rooms, and when they are open. Empty rows are left out."""

    days = forms.TypedMultipleChoiceField(
        label=_("Open every week on"),
        choices=lambda: [(n, dates.WEEKDAYS[n]) for n in range(7)],
        coerce=int,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Leave the days empty if you do not know yet. You can say more later."),
    )
    opens = TimeText(label=_("From"), required=False)
    closes = TimeText(label=_("Until"), required=False)

    def __init__(self, *args: Any, venue: Venue, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.venue = venue
        if venue.kind in NOT_BY_THE_HOUR:
            for name in ("days", "opens", "closes"):
                del self.fields[name]
        for n in range(1, _ROWS + 1):
            self._row(n)

    def _row(self, n: int) -> None:
        self.fields[f"name_{n}"] = forms.CharField(
            label=_g("Name of space %(n)d") % {"n": n}, max_length=100, required=n == 1
        )
        self.fields[f"kind_{n}"] = forms.ChoiceField(
            label=_g("Kind"), choices=Space.Kind.choices, initial=Space.Kind.ROOM
        )
        self.fields[f"people_{n}"] = forms.IntegerField(
            label=_g("Most people"), required=False, min_value=1, max_value=_MOST_PEOPLE,
            widget=_COUNT,
        )  # fmt: skip
        self.fields[f"alike_{n}"] = forms.IntegerField(
            label=_g("How many like this"), required=False, initial=1, min_value=1,
            max_value=MOST_ALIKE, widget=_COUNT,
        )  # fmt: skip
        self.fields[f"kind_{n}"].required = False

    def groups(self) -> list[tuple[str, list[forms.BoundField]]]:
        rows = [
            (
                _g("Space %(n)d") % {"n": n},
                [self[f"{name}_{n}"] for name in ("name", "kind", "people", "alike")],
            )
            for n in range(1, _ROWS + 1)
        ]
        hours = [self[name] for name in ("days", "opens", "closes") if name in self.fields]
        return [*rows, (_g("When they are open"), hours)] if hours else rows

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get("days"):
            for name in ("opens", "closes"):
                if name not in self.errors and cleaned.get(name) is None:
                    self.add_error(name, _("Enter a time"))
        elif cleaned.get("opens") is not None or cleaned.get("closes") is not None:
            self.add_error("days", _("Choose the days"))
        return cleaned

    def rooms(self) -> list[NewRoom]:
        said = self.cleaned_data
        return [
            NewRoom(
                name=said[f"name_{n}"],
                kind=Space.Kind(said[f"kind_{n}"] or Space.Kind.ROOM),
                people=said[f"people_{n}"],
                alike=said[f"alike_{n}"] or 1,
            )
            for n in range(1, _ROWS + 1)
            if said[f"name_{n}"]
        ]

    def hours(self, *, today: date) -> list[Pattern]:
        days: list[int] = self.cleaned_data.get("days") or []
        if not days:
            return []
        return [weekly(today, days, self.cleaned_data["opens"], self.cleaned_data["closes"])]


def weekly(today: date, days: Sequence[int], opens: time, closes: time) -> Pattern:
    """Every week from this one on; `closes` at or before `opens` is in the night after."""
    return Pattern(
        first=today,
        starts=opens,
        ends=closes,
        frequency=Frequency.WEEKLY,
        weekdays=tuple(sorted(days)),
    )


class RoomForm(forms.ModelForm, GroupedForm):
    """One space, and how many people it takes in each layout."""

    class Meta:
        model = Space
        fields = [
            "name", "kind", "description", "floor", "area_m2", "capacity", "position",
            "is_bookable", "least_minutes", "longest_minutes", "setup_minutes",
            "cleardown_minutes", "open_through_closed_hours",
        ]  # fmt: skip
        widgets = {
            "description": forms.Textarea(attrs={"rows": 4}),
            **dict.fromkeys(
                ("floor", "area_m2", "capacity", "position", "least_minutes", "longest_minutes",
                 "setup_minutes", "cleardown_minutes"), _COUNT,
            ),
        }  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.venue.kind in NOT_BY_THE_HOUR:
            for name in _OF_BOOKINGS:
                del self.fields[name]
        held = {one.kind: one for one in self.instance.layouts.all()}
        for kind, label in Layout.Kind.choices:
            row = held.get(kind)
            self.fields[f"people_{kind}"] = _number(label, row and row.people, least=1)
            self.fields[f"wheelchairs_{kind}"] = _number(
                _g("%(layout)s: of these, wheelchair places") % {"layout": label},
                row and row.wheelchair_places,
                least=0,
            )

    def groups(self) -> list[tuple[str, list[forms.BoundField]]]:
        layouts = [
            self[f"{what}_{kind}"]
            for kind in Layout.Kind.values
            for what in ("people", "wheelchairs")
        ]
        about = [name for name in self.Meta.fields if name not in _OF_BOOKINGS]
        of_bookings = [self[name] for name in _OF_BOOKINGS if name in self.fields]
        return [
            (_g("About it"), [self[name] for name in about]),
            (_g("How many people in each layout"), layouts),
            *([(_g("Booking it"), of_bookings)] if of_bookings else []),
        ]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        for kind in Layout.Kind.values:
            people = cleaned.get(f"people_{kind}")
            places = cleaned.get(f"wheelchairs_{kind}")
            if places is not None and f"people_{kind}" not in self.errors:
                if people is None:
                    self.add_error(f"people_{kind}", _("Say how many people in all"))
                elif places > people:
                    self.add_error(f"wheelchairs_{kind}", _("That is more than all people"))
        return cleaned

    def layouts(self) -> list[LayoutSize]:
        said = self.cleaned_data
        return [
            LayoutSize(Layout.Kind(kind), said[f"people_{kind}"], said[f"wheelchairs_{kind}"])
            for kind in Layout.Kind.values
            if said[f"people_{kind}"] is not None
        ]

    @property
    def layouts_changed(self) -> bool:
        return any(name.startswith(("people_", "wheelchairs_")) for name in self.changed_data)


_OF_BOOKINGS = (
    "is_bookable", "least_minutes", "longest_minutes", "setup_minutes", "cleardown_minutes",
    "open_through_closed_hours",
)  # fmt: skip


def _number(label: Any, value: int | None, *, least: int) -> forms.IntegerField:
    return forms.IntegerField(
        label=label, initial=value, required=False, min_value=least, max_value=_MOST_PEOPLE,
        widget=_COUNT,
    )  # fmt: skip


class _SpacesForm(forms.Form, GroupedForm):
    """Some of a venue's spaces, ticked."""

    spaces = forms.ModelMultipleChoiceField(
        queryset=Space.objects.none(), widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, *args: Any, choices: QuerySet[Space], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = cast("forms.ModelMultipleChoiceField[Space]", self.fields["spaces"])
        field.queryset = choices


class NewWholeForm(_SpacesForm):
    """A hall that can be divided: booked as a whole it takes all its parts."""

    name = forms.CharField(label=_("Name of the whole"), max_length=100)
    kind = forms.ChoiceField(label=_("Kind"), choices=Space.Kind.choices, initial=Space.Kind.HALL)
    people = forms.IntegerField(
        label=_("Most people"), required=False, min_value=1, max_value=_MOST_PEOPLE, widget=_COUNT
    )
    headings = (("", ("name", "kind", "people", "spaces")),)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["spaces"].label = _("Its parts")


class PartsForm(_SpacesForm):
    """Which parts a whole is made of."""

    headings = (("", ("spaces",)),)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["spaces"].label = _("Its parts")


class PoolForm(_SpacesForm):
    """Spaces that are alike, of which one is chosen for whoever books."""

    name = forms.CharField(
        label=_("Name of the pool"), max_length=100, help_text=_("For example, “Desks”")
    )
    headings = (("", ("name", "spaces")),)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["spaces"].label = _("Spaces that are alike")


class NeighboursForm(_SpacesForm):
    """Which spaces hear each other."""

    headings = (("", ("spaces",)),)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["spaces"].label = _("Spaces that hear it")
        self.fields["spaces"].required = False
