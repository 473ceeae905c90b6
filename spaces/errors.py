"""Refusals that speak of space and stock."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext_lazy as _

from core.errors import DomainError


@dataclass(frozen=True, slots=True)
class Conflict:
    """A wanted span [starts_at, ends_at) on an atom that something else has taken.

    `kind` is what holds it, `wanted_kind` what it was wanted for; both of `ClaimKind`.
    """

    space_id: int
    starts_at: datetime
    ends_at: datetime
    taken_from: datetime
    taken_until: datetime
    kind: int
    wanted_kind: int


class SpaceTaken(DomainError):
    """Something else holds the space then. `conflicts` lists every clash that was found."""

    code = "space_taken"
    default_message = _("That space is already taken at that time. Choose another time or space.")

    def __init__(self, conflicts: list[Conflict] | None = None, message: object = None) -> None:
        self.conflicts = conflicts or []
        super().__init__(message, taken=len(self.conflicts))


class StockShort(DomainError):
    """There are not that many to be had at that time. `short` maps item id to the number free."""

    code = "stock_short"
    default_message = _("There are not enough of those at that time. Ask for fewer.")

    def __init__(self, short: dict[int, int] | None = None, message: object = None) -> None:
        self.short = short or {}
        super().__init__(message, short={str(key): value for key, value in self.short.items()})
