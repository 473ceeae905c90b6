"""What somebody has said once and need not say again, on the way from search to booking."""

from __future__ import annotations

from django.http import QueryDict
from django.utils.http import urlencode

# A venue's page has a `week` and a `space` of its own: what was asked for stands in one parameter.
PARAMETER = "asked"
_LONGEST = 1_000
# What booking asks too. What people need is not among it: that does not belong in an address.
_KEPT = (
    "on", "on_day", "on_month", "on_year", "starts", "ends", "repeat", "week", "times",
    "last_day", "last_day_day", "last_day_month", "last_day_year", "skip_bank_holidays",
    "people", "category",
)  # fmt: skip


def kept(asked: QueryDict) -> str:
    """The answers in `asked` that booking asks for too, as they stand in an address."""
    said = [(name, asked.getlist(name)) for name in _KEPT if asked.get(name)]
    return urlencode(said, doseq=True)


def from_page(asked: QueryDict) -> str:
    """The answers that a venue's page was given in one parameter, as its own names differ."""
    return kept(QueryDict(asked.get(PARAMETER, "")[:_LONGEST]))


def for_space(said: str, space_id: int) -> str:
    """What booking one space is asked with; `said` comes from `kept`."""
    return "&".join(part for part in (f"spaces={space_id}", said) if part)
