"""What somebody has said once and need not say again, on the way from search to booking."""

from __future__ import annotations

from django.http import QueryDict

# A venue's page has a `week` and a `space` of its own: what was asked for stands in one parameter.
PARAMETER = "asked"
_LONGEST = 1_000
# What booking asks too. What people need is not among it: that does not belong in an address.
_KEPT = (
    "on", "on_day", "on_month", "on_year", "starts", "ends", "repeat", "week", "times",
    "last_day", "last_day_day", "last_day_month", "last_day_year", "skip_bank_holidays",
    "people", "category",
)  # fmt: skip


def kept(asked: QueryDict, **more: str) -> QueryDict:
    """The answers in `asked` that booking asks for, and `more`."""
    found = QueryDict(mutable=True)
    for name, value in more.items():
        found[name] = value
    for name in _KEPT:
        if name not in more and asked.get(name):
            found.setlist(name, asked.getlist(name))
    return found


def from_page(asked: QueryDict) -> QueryDict:
    """The answers that a venue's page was given in one parameter, as its own names differ."""
    return kept(QueryDict(asked.get(PARAMETER, "")[:_LONGEST]))
