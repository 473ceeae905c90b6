"""Texts that people type, refused in words where they cannot be kept."""

from __future__ import annotations

from django.core.exceptions import ValidationError

from core.errors import BadInput
from core.plain_text import one_line


def require_line(text: str, *, field: str) -> None:
    """Raises: BadInput for a line break or a character that cannot be stored."""
    try:
        one_line(text)
    except ValidationError as error:
        raise BadInput(error.messages[0], field=field) from error
