"""Which spaces to close, from when until when, and why."""

from __future__ import annotations

from datetime import time, timedelta
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from core.clock import at
from core.forms import DateParts, TimeText
from core.intervals import Span
from spaces.forms.times import OfSpaces


class CloseForm(OfSpaces):
    """Gives a span: without times it is whole days, the last one included."""

    reason = forms.CharField(
        label=_("Why"), max_length=200, help_text=_("Everybody can read this. Like “New floor”")
    )
    first = DateParts(label=_("First day"), help_text=_("For example, 12 1 2027"))
    last = DateParts(
        label=_("Last day"), required=False, help_text=_("Leave empty if it is one day")
    )
    starts = TimeText(
        label=_("Closed from"), required=False, help_text=_("Leave empty for the whole day")
    )
    ends = TimeText(label=_("Open again at"), required=False)
    headings = (("", ("spaces", "reason", "first", "last", "starts", "ends")),)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if not self.errors and self._bounds(cleaned) is None:
            self.add_error("last", _("It must end after it begins"))
        return cleaned

    def span(self) -> Span:
        """Only when the form is valid."""
        found = self._bounds(self.cleaned_data)
        if found is None:
            message = "clean() has refused what ends before it begins"
            raise RuntimeError(message)
        return found

    @staticmethod
    def _bounds(said: dict[str, Any]) -> Span | None:
        first = said["first"]
        last = said["last"] or first
        start = at(first, said["starts"] or time(0))
        end = at(last, said["ends"]) if said["ends"] else at(last + timedelta(days=1), time(0))
        return Span(start, end) if start < end else None
