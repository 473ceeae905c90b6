"""What a change would do to bookings, and what the manager says is to become of them."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from django.utils.translation import gettext_lazy as _

from bookings.models import Booking, Occurrence
from core.errors import StateConflict
from spaces.models import Space


class Answer(StrEnum):
    """What is to become of the bookings in the way."""

    KEEP = "keep"
    RELEASE = "release"
    MOVE = "move"


@dataclass(frozen=True, slots=True)
class DisplacedDate:
    """One date that no longer fits, and why. `goes_to`: by use id, the space it could move to."""

    occurrence: Occurrence
    why: tuple[str, ...] = ()
    goes_to: Mapping[int, Space] = field(default_factory=dict)

    @property
    def booking(self) -> Booking:
        return self.occurrence.booking

    @property
    def said(self) -> str:
        """All that the manager decides on; a preview holds as long as none of it changes."""
        places = sorted((use, space.pk) for use, space in self.goes_to.items())
        of = self.occurrence
        return f"{of.pk}|{of.sequence}|{of.state}|{of.starts_at}|{self.why}|{places}"


@dataclass(frozen=True, slots=True)
class Preview:
    """Every date that a change would displace, in time order."""

    dates: Sequence[DisplacedDate]

    @property
    def digest(self) -> str:
        """Differs as soon as anything of the preview does."""
        said = "\n".join(date.said for date in self.dates)
        return hashlib.sha256(said.encode()).hexdigest()[:32]

    @property
    def by_hirer(self) -> list[tuple[str, int]]:
        """How many dates each hirer would lose, most first."""
        names = Counter(
            str(date.booking.organisation or date.booking.private_hirer) for date in self.dates
        )
        return sorted(names.items(), key=lambda pair: (-pair[1], pair[0]))

    @property
    def can_move(self) -> int:
        """How many of them another space of the venue could take."""
        return sum(bool(date.goes_to) for date in self.dates)


class WouldDisplace(StateConflict):
    """Nothing was changed: there are bookings in the way, and nobody said what of them.

    `is_stale`: an answer was given to a preview that no longer holds.
    """

    code = "would_displace"
    default_message = _("There are bookings in the way. Say what is to become of them.")

    def __init__(self, preview: Preview, *, is_stale: bool) -> None:
        self.preview = preview
        self.is_stale = is_stale
        super().__init__(dates=[date.occurrence.pk for date in preview.dates])
