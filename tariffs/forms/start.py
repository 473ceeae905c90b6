"""Beginning a draft: from rates there are, from a pattern, or from a file; and its dates."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.forms import DateParts
from tariffs.cards.patterns import PATTERNS, Pattern
from tariffs.errors import Fault, TariffRefused
from tariffs.forms.fields import Pounds
from tariffs.services.files import Sheet, sheet_of

_MOST_BYTES = 1_000_000
FILE = "file"


class SheetField(forms.FileField):
    """A YAML file of up to one megabyte."""

    default_error_messages = {"empty": gettext_lazy("The file is empty. Choose another one")}

    def clean(self, data: Any, initial: Any = None) -> Any:
        """The text of the file.

        Raises: ValidationError where it is too large or no text.
        """
        file: UploadedFile | None = super().clean(data, initial)
        if file is None:
            return ""
        if (file.size or 0) > _MOST_BYTES:
            raise forms.ValidationError(_("The file is too large. It may have up to 1 MB"))
        try:
            return file.read().decode("utf-8-sig")
        except UnicodeDecodeError as error:
            message = _("This is not a text file. Save it as text in UTF-8")
            raise forms.ValidationError(message) from error


class SheetForm(forms.Form):
    """One file, read and checked for a venue; `faults` says what is wrong in it."""

    mark_optional = True
    file = SheetField(label=gettext_lazy("File"), help_text=gettext_lazy("YAML, up to 1 MB"))

    def __init__(
        self, *args: Any, spaces: Iterable[str], items: Iterable[str], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.known = (frozenset(spaces), frozenset(items))
        self.faults: Sequence[Fault] = ()
        self.sheet: Sheet | None = None

    def read_file(self, text: str) -> None:
        """Keep the sheet, or its faults and an error at the file."""
        try:
            self.sheet = sheet_of(text, spaces=self.known[0], items=self.known[1])
        except TariffRefused as refused:
            self.faults = refused.faults
            self.add_error("file", _("The file cannot be used yet. What is wrong stands below"))

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get("file"):
            self.read_file(cleaned["file"])
        return cleaned


class StartForm(SheetForm):
    """From what, from which day."""

    source = forms.ChoiceField(label=gettext_lazy("Start from"), widget=forms.RadioSelect)
    standard = Pounds(
        label=gettext_lazy("Standard price of an hour"),
        help_text=gettext_lazy(
            "For a pattern: pounds an hour on a weekday, like 20.00. All its prices follow from it."
        ),
    )
    first_day = DateParts(
        label=gettext_lazy("From which day"),
        help_text=gettext_lazy("You can still change it when you publish."),
    )
    field_order = ("source", "standard", "file", "first_day")

    def __init__(self, *args: Any, versions: Iterable[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["file"].required = False
        self.fields["file"].label = _("File, if you start from one")
        patterns = [(one.key, f"{one.name}. {one.words}") for one in PATTERNS.values()]
        self.fields["source"].choices = [  # type: ignore[attr-defined]
            *versions, *patterns, (FILE, _("A file of your own")),
        ]  # fmt: skip

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        source, standard = cleaned.get("source"), cleaned.get("standard")
        if (
            source in PATTERNS
            and "standard" not in self.errors
            and not (standard or "").strip("0.")
        ):
            self.add_error("standard", _("Write what an hour costs, like 20.00"))
        if source == FILE and not cleaned.get("file") and "file" not in self.errors:
            self.add_error("file", _("Choose a file"))
        return cleaned

    def pattern(self) -> Pattern | None:
        """The pattern that was chosen. Only when the form is valid."""
        return PATTERNS.get(self.cleaned_data["source"])


class PublishForm(forms.Form):
    """The first day, and the last where one is known."""

    mark_optional = True
    first_day = DateParts(label=gettext_lazy("First day"))
    last_day = DateParts(
        label=gettext_lazy("Last day"),
        required=False,
        help_text=gettext_lazy(
            "Leave it empty to go on until you publish others. "
            "After a last day, prices are only estimates."
        ),
    )
    revision = forms.IntegerField(widget=forms.HiddenInput)

    def refuse(self, error: Any) -> None:
        """Put a service's refusal at its question, or above all."""
        field = error.details.get("field")
        self.add_error(field if field in self.fields else None, str(error.message))


def next_month(day: date) -> date:
    """The first of the month after: the day that people most often mean."""
    return date(day.year + day.month // 12, day.month % 12 + 1, 1)
