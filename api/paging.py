"""Pages by cursor: the next page begins after a row, so rows that come or go do not shift it."""

from __future__ import annotations

import base64
import binascii
import json
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.db.models import Model, Q, QuerySet
from drf_spectacular.utils import extend_schema_serializer
from rest_framework import serializers
from rest_framework.request import Request

from api.errors import BadCursor
from api.shapes import Output, Query

LARGEST, USUAL = 200, 50


class PageQuery(Query):
    """The parameters of every list."""

    cursor = serializers.CharField(
        required=False, max_length=500, help_text="From `next` of the page before."
    )
    limit = serializers.IntegerField(
        required=False, min_value=1, max_value=LARGEST, default=USUAL, help_text="Rows on a page."
    )


class Direction:
    """Which way a list runs."""

    UP = "gt"
    DOWN = "lt"


@dataclass(frozen=True, slots=True)
class Order:
    """By `field` (a value of `kind`), then by id."""

    field: str
    kind: type
    direction: str = Direction.UP

    @property
    def terms(self) -> list[str]:
        sign = "-" if self.direction == Direction.DOWN else ""
        return [f"{sign}{self.field}", f"{sign}id"]


def page(
    rows: QuerySet[Any], *, order: Order, request: Request, asked: dict[str, Any]
) -> tuple[list[Any], str | None]:
    """One page and the address of the next, None after the last.

    Raises: BadCursor.
    """
    after = _read(asked.get("cursor"), order)
    if after is not None:
        value, key = after
        beyond = Q(**{f"{order.field}__{order.direction}": value})
        same = Q(**{order.field: value, f"id__{order.direction}": key})
        rows = rows.filter(beyond | same)
    limit = asked["limit"]
    found = list(rows.order_by(*order.terms)[: limit + 1])
    if len(found) <= limit:
        return found, None
    return found[:limit], _next(request, found[limit - 1], order)


def _next(request: Request, last: Model, order: Order) -> str:
    raw = json.dumps([getattr(last, order.field), last.pk]).encode()
    cursor = base64.urlsafe_b64encode(raw).decode().rstrip("=")
    return f"{request.path}?{urlencode({**request.query_params.dict(), 'cursor': cursor})}"


def _read(cursor: str | None, order: Order) -> tuple[Any, int] | None:
    if not cursor:
        return None
    try:
        padded = cursor + "=" * (-len(cursor) % 4)
        value, key = json.loads(base64.urlsafe_b64decode(padded.encode("ascii")))
    except (ValueError, TypeError, binascii.Error, RecursionError) as error:
        raise BadCursor from error
    is_ours = type(value) is order.kind and type(key) is int and 0 < key < 2**63
    if not is_ours or (isinstance(value, str) and not _is_text(value)):
        raise BadCursor
    return value, key


def _is_text(value: str) -> bool:
    """Whether the database can be asked for it: no NUL, no half of a surrogate pair."""
    try:
        value.encode()
    except UnicodeEncodeError:
        return False
    return "\x00" not in value


def page_of(item: type[Output], name: str) -> type[Output]:
    """The shape of a page of `item`."""
    fields = {
        "results": item(many=True),
        "next": serializers.CharField(
            allow_null=True, help_text="Address of the next page, null after the last."
        ),
    }
    made: type[Output] = type(name, (Output,), {"__doc__": "One page of a list.", **fields})
    # Otherwise the schema takes the answer of a list for a bare array.
    return extend_schema_serializer(many=False)(made)
