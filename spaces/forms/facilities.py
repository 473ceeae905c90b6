"""What a venue or a space has, yes, no or not known, and things that are lent."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext as _g
from django.utils.translation import gettext_lazy as _

from spaces.forms.groups import GroupedForm
from spaces.models import Facility, Space, StockItem, Venue
from spaces.models.space import CULTURAL
from spaces.services.catalogue import FacilityNote

_UNSAID = ""
_COUNTED = frozenset({"car_park", "cycle_parking", "pa", "projector", "piano"})
# What is asked of a whole venue only.
_OF_VENUES = frozenset({"study_space", "free_to_use", "lit_way", "car_park", "cycle_parking"})
_MOST = 100_000
_BLANK_ROWS = 3
_COUNT = forms.TextInput(attrs={"class": "govuk-input--width-4", "inputmode": "numeric"})


class FacilitiesForm(forms.Form, GroupedForm):
    """One question for each thing; an answer nobody gave stays not known, never no."""

    def __init__(self, *args: Any, venue: Venue, space: Space | None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        rows = Facility.objects.filter(venue=venue, space=space)
        self.held = {row.code: row for row in rows}
        self.codes = [
            code for code in Facility.Code if space is None or code.value not in _OF_VENUES
        ]
        for code in self.codes:
            self._question(code)

    def _question(self, code: Facility.Code) -> None:
        row = self.held.get(code.value)
        self.fields[code.value] = forms.ChoiceField(
            label=code.label,
            choices=Facility.Value.choices,
            initial=row.value if row else Facility.Value.UNKNOWN,
        )
        if code.value in _COUNTED:
            self.fields[f"{code.value}_count"] = forms.IntegerField(
                label=_g("%(what)s: how many") % {"what": code.label},
                initial=row.quantity if row else None,
                required=False,
                min_value=1,
                max_value=_MOST,
                widget=_COUNT,
            )

    def groups(self) -> list[tuple[str, list[forms.BoundField]]]:
        others = [code for code in self.codes if code not in CULTURAL]
        return [
            (_g("Prayer, food and toilets"), self._fields_of(list(CULTURAL))),
            (_g("What else there is"), self._fields_of(others)),
        ]

    def _fields_of(self, codes: list[Facility.Code]) -> list[forms.BoundField]:
        names = [name for code in codes for name in (code.value, f"{code.value}_count")]
        return [self[name] for name in names if name in self.fields]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        for name in _COUNTED & cleaned.keys():
            if cleaned.get(f"{name}_count") and cleaned[name] != Facility.Value.YES:
                self.add_error(name, _("You gave a number. Say yes, or take the number out"))
        return cleaned

    def notes(self) -> list[FacilityNote]:
        """What is known; a row that said something besides keeps its note."""
        said = self.cleaned_data
        return [
            FacilityNote(
                code,
                quantity=said.get(f"{code.value}_count") or self._kept_count(code),
                note=self.held[code.value].note if code.value in self.held else "",
                value=Facility.Value(said[code.value]),
            )
            for code in self.codes
            if said[code.value] != Facility.Value.UNKNOWN or code.value in self.held
        ]

    def _kept_count(self, code: Facility.Code) -> int | None:
        """A number of something that is not asked for here, as an import may have brought."""
        row = self.held.get(code.value)
        is_asked = code.value in _COUNTED
        is_there = self.cleaned_data[code.value] == Facility.Value.YES
        return row.quantity if row and is_there and not is_asked else None


class StockForm(forms.Form, GroupedForm):
    """Each thing that is lent and how many there are; an emptied name takes it off the list."""

    def __init__(self, *args: Any, venue: Venue, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        rows: list[StockItem | None] = [*venue.stock.order_by("name"), *[None] * _BLANK_ROWS]
        self.count = len(rows)
        for n, row in enumerate(rows, start=1):
            self.fields[f"name_{n}"] = forms.CharField(
                label=_g("Thing %(n)d") % {"n": n}, max_length=80, required=False,
                initial=row.name if row else "",
            )  # fmt: skip
            self.fields[f"quantity_{n}"] = forms.IntegerField(
                label=_g("How many of thing %(n)d") % {"n": n}, required=False, min_value=1,
                max_value=_MOST, initial=row.quantity if row else None, widget=_COUNT,
            )  # fmt: skip
        self.headings = (
            (
                "",
                [f"{what}_{n}" for n in range(1, self.count + 1) for what in ("name", "quantity")],
            ),
        )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        seen: set[str] = set()
        for n in range(1, self.count + 1):
            name, quantity = cleaned.get(f"name_{n}"), cleaned.get(f"quantity_{n}")
            if name and quantity is None and f"quantity_{n}" not in self.errors:
                self.add_error(f"quantity_{n}", _("Say how many there are"))
            if name and name in seen:
                self.add_error(f"name_{n}", _("This is on the list twice"))
            seen.add(name or "")
        return cleaned

    def quantities(self) -> dict[str, int]:
        said = self.cleaned_data
        return {
            said[f"name_{n}"]: said[f"quantity_{n}"]
            for n in range(1, self.count + 1)
            if said[f"name_{n}"]
        }
