"""Photos with words, floor plans, and where the spaces are on them."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Any, cast

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.db.models import QuerySet
from django.utils.translation import gettext as _g
from django.utils.translation import gettext_lazy as _

from spaces.forms.groups import GroupedForm
from spaces.models import FloorPlan, Space
from spaces.pictures import MOST_BYTES
from spaces.services.pictures import Said

_PER_CENT = forms.TextInput(attrs={"class": "govuk-input--width-4", "inputmode": "decimal"})


class PictureField(forms.FileField):
    """A file of up to 10 MB; what is in it, the service finds out."""

    widget = forms.FileInput(attrs={"accept": "image/jpeg,image/png,image/webp"})

    def clean(self, data: Any, initial: Any = None) -> Any:
        found = super().clean(data, initial)
        if isinstance(found, UploadedFile) and (found.size or 0) > MOST_BYTES:
            raise ValidationError(_("The file is too big. Choose one of up to 10 MB."))
        return found


class PhotoWordsForm(forms.Form, GroupedForm):
    """What a photo shows."""

    alt = forms.CharField(
        label=_("What it shows"),
        max_length=250,
        help_text=_("For people who cannot see it. For example, “The hall, with its stage.”"),
    )
    caption = forms.CharField(label=_("Caption"), max_length=200, required=False)
    space = forms.ModelChoiceField(
        label=_("Which space"),
        queryset=Space.objects.none(),
        required=False,
        empty_label=_("The whole venue"),
    )
    headings = (("", ("file", "alt", "caption", "space")),)

    def __init__(self, *args: Any, choices: QuerySet[Space], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        cast("forms.ModelChoiceField[Space]", self.fields["space"]).queryset = choices

    def said(self) -> Said:
        return Said(**{name: self.cleaned_data[name] for name in ("alt", "caption", "space")})


class NewPhotoForm(PhotoWordsForm):
    file = PictureField(label=_("Photo"), help_text=_("A JPEG, PNG or WebP of up to 10 MB."))


class FactPhotoForm(forms.Form, GroupedForm):
    """A photo of what an access fact says; without a file, other words for the one there is."""

    file = PictureField(label=_("Photo"), help_text=_("A JPEG, PNG or WebP of up to 10 MB."))
    alt = forms.CharField(
        label=_("What it shows"),
        max_length=250,
        help_text=_(
            "For people who cannot see it. For example, “A ramp with handrails to the side door.” "
            "No people, please."
        ),
    )
    headings = (("", ("file", "alt")),)

    def __init__(self, *args: Any, has_photo: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if has_photo:
            self.fields["file"].required = False
            self.fields["file"].label = _("Another photo")

    def data_of_file(self) -> bytes | None:
        """What was uploaded, if anything was."""
        file = self.cleaned_data["file"]
        return file.read() if file else None


class NewPlanForm(forms.Form, GroupedForm):
    """The drawing of one floor."""

    file = PictureField(
        label=_("Drawing of the floor"), help_text=_("A JPEG, PNG or WebP of up to 10 MB.")
    )
    floor = forms.IntegerField(
        label=_("Which floor"),
        help_text=_("0 is the ground floor, -1 the one below it."),
        initial=0,
        min_value=-9,
        max_value=99,
        widget=_PER_CENT,
    )
    alt = forms.CharField(
        label=_("What it shows"),
        max_length=250,
        help_text=_("For example, “The ground floor: a hall on the left, two rooms on the right.”"),
    )
    headings = (("", ("file", "floor", "alt")),)


class MarksForm(forms.Form, GroupedForm):
    """For each space how far from the left and the top it is; empty: not on this plan."""

    def __init__(
        self, *args: Any, plan: FloorPlan, choices: Sequence[Space], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.choices = choices
        held = {mark.space_id: mark for mark in plan.marks.all()}
        for space in choices:
            mark = held.get(space.pk)
            self._number(
                f"x_{space.pk}", _g("From the left, in per cent"), mark.x if mark else None
            )
            self._number(f"y_{space.pk}", _g("From the top, in per cent"), mark.y if mark else None)

    def _number(self, name: str, label: str, value: Decimal | None) -> None:
        self.fields[name] = forms.DecimalField(
            label=label,
            initial=value,
            required=False,
            min_value=0,
            max_value=100,
            decimal_places=1,
            widget=_PER_CENT,
        )

    def groups(self) -> list[tuple[str, list[forms.BoundField]]]:
        return [
            (space.name, [self[f"x_{space.pk}"], self[f"y_{space.pk}"]]) for space in self.choices
        ]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        for space in self.choices:
            ends = (f"x_{space.pk}", f"y_{space.pk}")
            missing = [name for name in ends if cleaned.get(name) is None]
            if len(missing) == 1 and missing[0] not in self.errors:
                self.add_error(missing[0], _("Give both numbers, or neither"))
        return cleaned

    def marks(self) -> dict[Space, tuple[Decimal, Decimal]]:
        said = self.cleaned_data
        return {
            space: (said[f"x_{space.pk}"], said[f"y_{space.pk}"])
            for space in self.choices
            if said[f"x_{space.pk}"] is not None
        }
