"""Which characters a text may have, said once for pages, the API and the services.

A title with a line break would forge a line in a mail, a calendar or a list; nobody types control
characters, and what shows them does as it likes.
"""

from __future__ import annotations

import unicodedata

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

LINE_BREAK = "line_break"
CONTROL = "control_character"
_WORDS = {
    LINE_BREAK: _("Write this on one line."),
    CONTROL: _("The text has a character that cannot be stored."),
}
_BREAKS = frozenset("\n\r\v\f\x1c\x1d\x1e\x85\u2028\u2029")
_IN_PASSAGES = frozenset("\n\r\t")
# Control characters, and halves of characters: neither can be shown.
_UNSHOWABLE = frozenset({"Cc", "Cs"})


def one_line(text: str) -> None:
    """For titles, names and numbers. Raises: ValidationError."""
    if not _BREAKS.isdisjoint(text):
        raise ValidationError(_WORDS[LINE_BREAK], code=LINE_BREAK)
    _refuse_controls(text)


def passage(text: str) -> None:
    """For texts of several lines, which may have line breaks and tabs. Raises: ValidationError."""
    _refuse_controls("".join(sign for sign in text if sign not in _IN_PASSAGES))


def _refuse_controls(text: str) -> None:
    if any(unicodedata.category(sign) in _UNSHOWABLE for sign in text):
        raise ValidationError(_WORDS[CONTROL], code=CONTROL)
