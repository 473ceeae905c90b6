"""The versions of a venue's rates, as its manager looks at them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from django.db.models import QuerySet

from spaces.models import Venue
from tariffs.models import TariffVersion, item_slug
from tariffs.rules.names import short


class State(StrEnum):
    """What a version is on a day."""

    DRAFT = "draft"
    COMING = "coming"
    IN_FORCE = "in_force"
    OVER = "over"


@dataclass(frozen=True, slots=True)
class Row:
    """A version and what it is today; `is_last`: nothing is published after it."""

    version: TariffVersion
    state: State
    is_last: bool


def versions_of(venue: Venue) -> QuerySet[TariffVersion]:
    """All versions of a venue, the newest first, without what they say."""
    rows = TariffVersion.objects.filter(tariff__venue=venue)
    return rows.defer("document").order_by("-valid_from", "-pk")


def listed(versions: Iterable[TariffVersion], *, on: date) -> list[Row]:
    """Each version with its state on the London day `on`."""
    found = list(versions)
    published = [version for version in found if not version.is_draft]
    newest = published[0] if published else None
    current = next((version for version in published if version.valid_from <= on), None)
    return [
        Row(version, _state(version, current=current, on=on), version is newest)
        for version in found
    ]


def _state(version: TariffVersion, *, current: TariffVersion | None, on: date) -> State:
    if version.is_draft:
        return State.DRAFT
    if version.valid_from > on:
        return State.COMING
    return State.IN_FORCE if version is current else State.OVER


def spaces_of(venue: Venue) -> dict[str, str]:
    """Names of a venue's spaces by the short names that rates use."""
    rows = venue.spaces.order_by("position", "name").values_list("slug", "name")
    return {short(slug): name for slug, name in rows}


def items_of(venue: Venue) -> dict[str, str]:
    """Names of the things a venue lends by the short names that rates use."""
    rows = venue.stock.order_by("name").values_list("name", flat=True)
    return {item_slug(name): name for name in rows}
