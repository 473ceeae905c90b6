"""Questions under headings, and what a service refused shown at the question it is about."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms

from core.errors import DomainError

Groups = Sequence[tuple[Any, Sequence[str]]]


class GroupedForm(forms.BaseForm):
    """`headings`: each with the names of its questions; one that the form lacks is left out."""

    mark_optional = True
    headings: Groups = ()

    def groups(self) -> list[tuple[str, list[forms.BoundField]]]:
        asked = [
            (str(heading), [self[name] for name in names if name in self.fields])
            for heading, names in self.headings
        ]
        return [(heading, fields) for heading, fields in asked if fields]

    def refuse(self, error: DomainError) -> None:
        """Put a service's refusal at its question, or above all of them."""
        field = error.details.get("field")
        name = field if isinstance(field, str) and field in self.fields else None
        self.add_error(name, str(error.message))
