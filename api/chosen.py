"""What is asked for: spaces by their numbers, and so many of a pool of spaces that are alike."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext as _
from rest_framework import serializers
from rest_framework.request import Request

from api import reading
from api.shapes import Input, key
from api.when import WhenMixin
from bookings.services.shape import MOST_SPACES

MOST_ITEMS = 30


class ItemInput(Input):
    item = key(help_text="The number of a venue's item.")
    quantity = serializers.IntegerField(min_value=1, max_value=100_000)


class PoolInput(Input):
    """So many spaces of a pool, whichever are free: two desks."""

    pool = key(help_text="The number of a venue's pool.")
    quantity = serializers.IntegerField(min_value=1, max_value=MOST_SPACES)


class ChosenMixin(WhenMixin):
    """Spaces, pools and items of one venue, and when."""

    spaces = serializers.ListField(
        child=key(),
        max_length=MOST_SPACES,
        default=list,
        help_text="All of one venue. May be left out where `pools` says what is wanted.",
    )
    pools = serializers.ListField(
        child=PoolInput(),
        max_length=MOST_SPACES,
        default=list,
        help_text="Any so many of a pool; free ones are chosen. Of the same venue as `spaces`.",
    )
    items = serializers.ListField(child=ItemInput(), max_length=MOST_ITEMS, default=list)

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        """Something is chosen, and not too much; each pool stands once."""
        for field, code, words in _wrong(attrs["spaces"], attrs["pools"]):
            raise serializers.ValidationError({field: [serializers.ErrorDetail(words, code=code)]})
        return super().validate(attrs)


def venue_of(request: Request, asked: dict[str, Any]) -> int:
    """The venue of all that is chosen.

    Raises: NotFound for what the caller cannot see, ValidationError where it is of several.
    """
    spaces = reading.require_spaces(request, asked["spaces"])
    pools = reading.require_pools(request, [wish["pool"] for wish in asked["pools"]])
    venues = {space.venue_id for space in spaces.values()}
    if len(venues) > 1:
        _refuse("spaces", _("Choose spaces of one venue."))
    venues |= {pool.venue_id for pool in pools.values()}
    if len(venues) > 1:
        _refuse("pools", _("Choose spaces and pools of one venue."))
    return venues.pop()


def items_of(asked: dict[str, Any]) -> tuple[tuple[int, int], ...]:
    """Items as the services take them."""
    return tuple((item["item"], item["quantity"]) for item in asked["items"])


def pools_of(asked: dict[str, Any]) -> tuple[tuple[int, int], ...]:
    """Pools as the services take them."""
    return tuple((wish["pool"], wish["quantity"]) for wish in asked["pools"])


def _wrong(spaces: list[int], pools: list[dict[str, int]]) -> Iterator[tuple[str, str, str]]:
    if not (spaces or pools):
        yield "spaces", "required", _("Choose at least one space.")
    if len(spaces) + sum(wish["quantity"] for wish in pools) > MOST_SPACES:
        words = _("Choose at most %(most)d spaces at a time.") % {"most": MOST_SPACES}
        yield ("pools" if pools else "spaces"), "too_many", words
    if len({wish["pool"] for wish in pools}) < len(pools):
        yield "pools", "repeated", _("Name each pool once.")


def _refuse(field: str, words: str) -> None:
    raise serializers.ValidationError({field: [serializers.ErrorDetail(words, code="one_venue")]})
