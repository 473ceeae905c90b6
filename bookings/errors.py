"""Refusals of bookings. Every breach is reported at once, each with the date it concerns."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.translation import gettext_lazy as _

from core.errors import BadInput, DomainError, StateConflict
from spaces.errors import SpaceTaken


@dataclass(frozen=True, slots=True)
class Breach:
    """One rule that a request breaks. `starts_at` is None where it concerns every date."""

    code: str
    message: str
    starts_at: datetime | None = None
    space_id: int | None = None

    def as_data(self) -> dict[str, Any]:
        """JSON for the API and for details of errors."""
        return {
            "code": self.code,
            "message": self.message,
            "starts_at": self.starts_at.isoformat() if self.starts_at else None,
            "space": self.space_id,
        }


class BookingRefused(DomainError):
    """The request breaks rules of the venue. `breaches` lists them all."""

    code = "booking_refused"
    default_message = _("This booking cannot be made as it is.")

    def __init__(self, breaches: Sequence[Breach]) -> None:
        self.breaches = list(breaches)
        super().__init__(breaches[0].message if len(breaches) == 1 else None)


class DatesTaken(SpaceTaken):
    """Nothing but clashes stands in the way. `breaches` lists the dates that are taken."""

    def __init__(self, breaches: Sequence[Breach]) -> None:
        self.breaches = list(breaches)
        super().__init__(None, breaches[0].message if len(breaches) == 1 else None)


class PoolTooSmall(BadInput):
    """More of a pool than it has, however empty it is."""

    code = "pool_too_small"


class StepNotPossible(StateConflict):
    """The date is not in a state that allows this step."""

    code = "step_not_possible"


class AlreadyStarted(StateConflict):
    """The date has begun, so it cannot be cancelled any more."""

    code = "already_started"
    default_message = _("This date has already begun, so it cannot be changed here.")


class CostsMore(StateConflict):
    """The price went up since it was shown: what was to help with it has been used up."""

    code = "costs_more"
    default_message = _("The price has gone up. Look at it again before you book.")
