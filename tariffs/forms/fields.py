"""Figures as people type them on a charge sheet, read strictly and kept as text."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from tariffs.cards.shape import ASK
from tariffs.rules.schema import MOST_POUNDS

_LONGEST = 40
_FIGURE = re.compile(r"([0-9]{1,9})(\.[0-9]{1,4})?")
_PERCENT = re.compile(r"([0-9]{1,3}(?:\.[0-9]{1,4})?) ?%")


class Figure(forms.CharField):
    """A number of zero or more as text; empty stays empty. `like` is an example."""

    like = "2"

    def __init__(self, *, most: int, width: int = 5, **kwargs: Any) -> None:
        self.most = most
        attrs = {
            "class": f"govuk-input--width-{width}",
            "inputmode": "decimal",
            "autocomplete": "off",
            "spellcheck": "false",
        }
        super().__init__(required=False, widget=forms.TextInput(attrs=attrs), **kwargs)

    def prepare_value(self, value: Any) -> Any:
        """What was typed, but not a book of it."""
        return value.replace("\x00", "")[:_LONGEST] if isinstance(value, str) else value

    def to_python(self, value: Any) -> str:
        """The figure without spaces.

        Raises: ValidationError where it is none, with what to write.
        """
        typed = str(value or "")[: _LONGEST + 1].strip()
        return self.figure(typed) if typed else ""

    def figure(self, typed: str) -> str:
        """A figure of the right size."""
        found = _FIGURE.fullmatch(typed)
        if not found:
            raise ValidationError(self._why_not(typed), code="figure")
        if int(found[1]) + (1 if found[2] and int(found[2][1:]) else 0) > self.most:
            message = _("That is too much. Write at most %(most)s") % {"most": f"{self.most:,}"}
            raise ValidationError(message, code="most")
        return str(int(found[1])) + (found[2] or "")

    def _why_not(self, typed: str) -> str:
        plain = typed.replace(",", "")
        if plain != typed and _FIGURE.fullmatch(plain):
            return _("Leave out the comma: write %(figure)s") % {"figure": plain}
        if typed.startswith("-"):
            return _("It cannot be less than zero. Write a number like %(like)s") % {
                "like": self.like
            }
        if re.fullmatch(r"[0-9]+\.[0-9]{5,}", typed):
            return _("Write at most four places after the point")
        return _("“%(typed)s” is not a number here. Write one like %(like)s") % {
            "typed": typed[:20],
            "like": self.like,
        }


class Pounds(Figure):
    """Pounds, or "ask" where `may_ask`."""

    like = "12.50"

    def __init__(self, *, may_ask: bool = False, **kwargs: Any) -> None:
        self.may_ask = may_ask
        super().__init__(most=MOST_POUNDS, **kwargs)

    def figure(self, typed: str) -> str:
        """Pounds without their sign."""
        if self.may_ask and typed.lower() == ASK:
            return ASK
        return super().figure(typed.removeprefix("£").strip())


class Charge(Figure):
    """A share like 50%, or pounds."""

    like = "50%"

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(most=MOST_POUNDS, **kwargs)

    def figure(self, typed: str) -> str:
        """A percent with its sign, or pounds with pence."""
        share = _PERCENT.fullmatch(typed)
        if not share:
            pounds = super().figure(typed.removeprefix("£").strip())
            if len(pounds.partition(".")[2]) > 2:
                raise ValidationError(_("Write pounds and pence, like 12.50"), code="pence")
            return pounds
        if Decimal(share[1]) > 100:
            raise ValidationError(_("Write a percent from 0 to 100"), code="most")
        return f"{share[1]}%"
