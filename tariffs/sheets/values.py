"""Single values of a request: refused with a reason where they are none."""

from __future__ import annotations

import re
from datetime import date, time
from decimal import Decimal, InvalidOperation
from typing import Any

from django.utils.translation import gettext as _

from core.errors import BadInput

_CLOCK = re.compile(r"([01]?\d|2[0-4]):([0-5]\d)")
_MOST = Decimal(1_000_000)
_MOST_WORDS = 200
_FIRST_YEAR, _LAST_YEAR = 1900, 2200


class RequestRefused(BadInput):
    """A request for a price that cannot be read."""

    code = "quote_request_refused"


def refuse(*, field: str, remedy: str) -> RequestRefused:
    """The field that is wrong, and what to write there."""
    return RequestRefused(
        _("“%(field)s” cannot be read. %(remedy)s") % {"field": field, "remedy": remedy}
    )


def number(value: Any, field: str) -> Decimal:
    """Zero or more, up to a million; words or whole numbers."""
    remedy = _("Write a number from 0 to 1,000,000, like “12.50”.")
    if isinstance(value, bool) or not isinstance(value, str | int | Decimal):
        raise refuse(field=field, remedy=remedy)
    try:
        found = Decimal(str(value))
    except InvalidOperation as error:
        raise refuse(field=field, remedy=remedy) from error
    if not found.is_finite() or not 0 <= found <= _MOST:
        raise refuse(field=field, remedy=remedy)
    return found


def count(value: Any, field: str, *, most: int = 100_000) -> int:
    """A whole number from one."""
    found = number(value, field)
    if found != found.to_integral_value() or not 1 <= found <= most:
        raise refuse(field=field, remedy=_("Write a whole number, one or more."))
    return int(found)


def minutes(value: Any, field: str) -> int:
    """Whole minutes from zero, up to a month."""
    found = number(value, field)
    if found != found.to_integral_value() or found > 44_640:
        raise refuse(field=field, remedy=_("Write whole minutes."))
    return int(found)


def day(value: Any, field: str) -> date:
    """A date as 2027-01-31."""
    remedy = _("Write a date like “2027-01-31”.")
    try:
        found = date.fromisoformat(value)
    except (TypeError, ValueError) as error:
        raise refuse(field=field, remedy=remedy) from error
    if not _FIRST_YEAR <= found.year <= _LAST_YEAR:
        raise refuse(field=field, remedy=remedy)
    return found


def clock(value: Any, field: str) -> tuple[time, bool]:
    """A time, and whether it is the midnight at the end of the day."""
    found = _CLOCK.fullmatch(value) if isinstance(value, str) else None
    if not found or (found[1] == "24" and found[2] != "00"):
        raise refuse(
            field=field, remedy=_("Write a time like “18:30”; the end of the day is “24:00”.")
        )
    is_end = found[1] == "24"
    return time(0 if is_end else int(found[1]), int(found[2])), is_end


def words(value: Any, field: str) -> str:
    """One line of text."""
    if not isinstance(value, str) or not value.strip() or len(value) > _MOST_WORDS:
        raise refuse(field=field, remedy=_("Write a word or two in quotes."))
    return value.strip()


def yes_no(value: Any, field: str) -> bool | None:
    """true, false, or null for unknown."""
    if value is None or isinstance(value, bool):
        return value
    raise refuse(field=field, remedy=_("Write true, false or null."))


def listing(value: Any, field: str, *, most: int = 400) -> list[Any]:
    """A list."""
    if not isinstance(value, list) or len(value) > most:
        raise refuse(field=field, remedy=_("Write a list of at most %(most)d.") % {"most": most})
    return value


def mapping(value: Any, field: str) -> dict[str, Any]:
    """Pairs; nothing is an empty one."""
    if value is None:
        return {}
    if not isinstance(value, dict):
        raise refuse(field=field, remedy=_("Write pairs of a name and a value."))
    return value
