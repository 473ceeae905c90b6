"""One hirer may only hold so many unanswered dates, so that nobody blocks a hall for free."""

from __future__ import annotations

from django.utils.translation import gettext as _

from bookings.errors import Breach
from bookings.rules.facts import Facts

# Requests that wait, over all venues: a year of weekly dates and some more.
MOST_WAITING_BOOKINGS = 12


def breaches(facts: Facts) -> list[Breach]:
    if facts.waiting < MOST_WAITING_BOOKINGS:
        return []
    message = _(
        "You already have %(count)d requests that wait for an answer. "
        "Wait for an answer or cancel one first."
    ) % {"count": facts.waiting}
    return [Breach("too_many_waiting", message)]
