"""Places that fit but for what somebody needs, with the reason, and how many nobody checked."""

from __future__ import annotations

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from bookings.finder import FindResult


def ruled_out(result: FindResult) -> dict[str, Any]:
    """`places`: name, href and reasons; `words`: how many in all."""
    count = result.ruled_out_count
    line = ngettext(
        "%(n)d place fits but for what you need",
        "%(n)d places fit but for what you need",
        count,
    )
    return {
        "words": line % {"n": count} if count else "",
        "places": [
            {
                "name": f"{one.space.name}, {one.venue.name}",
                "href": reverse("venue", args=[one.venue.slug]) + "#access",
                "reasons": [
                    _("%(need)s: no. %(why)s") % {"need": need.label, "why": need.why}
                    for need in one.needs
                ],
            }
            for one in result.ruled_out
        ],
        "more": count - len(result.ruled_out),
    }


def unsure(result: FindResult) -> str:
    """How many more are not known; empty for none."""
    count = result.unsure_count
    line = ngettext(
        "%(n)d more place has not been checked for this.",
        "%(n)d more places have not been checked for this.",
        count,
    )
    return line % {"n": count} if count else ""
