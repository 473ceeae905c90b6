"""What the tests of the pages about rates begin with, and send."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

from django.urls import reverse

from spaces.models import Venue
from tariffs.cards import document_of
from tariffs.cards.patterns import PATTERNS
from tariffs.models import TariffVersion
from tariffs.services.drafts import copy_to_draft
from tests.factories.roles import VenueRoleFactory

NOW = datetime(2026, 11, 1, 9, 0, tzinfo=UTC)
APRIL = date(2199, 4, 1)


def pattern(key: str = "community-half") -> dict[str, Any]:
    from decimal import Decimal

    return document_of(*PATTERNS[key].build(["hall", "kitchen"], Decimal("20.00")))


def begun(venue: Venue, document: dict[str, Any] | None = None) -> TariffVersion:
    role = VenueRoleFactory(venue=venue)
    return copy_to_draft(venue, document or pattern(), APRIL, actor=role.user, now=NOW)


def at(name: str, venue: Venue, *more: Any) -> str:
    return reverse(name, args=[venue.slug, *more])


def typed(page: Any) -> dict[str, Any]:
    """What a browser would send if nobody touched the form."""
    sent: dict[str, Any] = {}
    for field in page.context["form"]:
        value = field.value()
        choices = getattr(field.field, "choices", None)
        if value is None and choices and not field.field.widget.allow_multiple_selected:
            value = choices[0][0]
        if value not in (None, ""):
            sent[field.html_name] = field.field.prepare_value(value)
    return sent


def parts(day: date, name: str = "first_day") -> dict[str, Any]:
    return {f"{name}_day": day.day, f"{name}_month": day.month, f"{name}_year": day.year}
