"""What input and output serializers are made of: bounded fields, and no unknown names."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from typing import Any

from django.core.validators import ProhibitNullCharactersValidator
from django.utils import dateparse
from django.utils.translation import gettext_lazy as _
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers
from rest_framework.validators import ProhibitSurrogateCharactersValidator

from api.problem import instant
from core import plain_text

# Ours say the same of NUL bytes and halves of characters.
_CHECKED_ANYWAY = (ProhibitNullCharactersValidator, ProhibitSurrogateCharactersValidator)
FIRST_YEAR, LAST_YEAR = 2000, 2100


@extend_schema_field(OpenApiTypes.DATETIME)
class Instant(serializers.Field):
    """An instant in ISO 8601 with its offset from UTC; written in UTC with a Z."""

    default_error_messages = {
        "invalid": _("Write an instant like 2027-01-05T19:00:00Z."),
        "naive": _("Add the offset from UTC, like 2027-01-05T19:00:00Z."),
        "unreal": _("There is no such date or time."),
        "far": _("Choose a year from 2000 to 2100."),
    }

    def to_internal_value(self, data: Any) -> datetime:
        """The instant in UTC."""
        # A plus sign that was not escaped arrives as a space.
        text = data.strip().replace(" ", "+") if isinstance(data, str) else ""
        if not text or len(text) > 40 or "T" not in text:
            self.fail("invalid")
        try:
            found = dateparse.parse_datetime(text)
        except ValueError:
            self.fail("unreal")
        if found is None:
            self.fail("invalid")
        if found.tzinfo is None:
            self.fail("naive")
        if not FIRST_YEAR <= found.year <= LAST_YEAR:
            self.fail("far")
        return found.astimezone(UTC)

    def to_representation(self, value: datetime) -> str:
        """2027-01-05T19:00:00Z."""
        return instant(value)


class Input(serializers.Serializer[Any]):
    """What a caller sends. A name that is not listed is an error, so that a slip is noticed."""

    default_error_messages = {"unknown": _("There is no such field.")}

    def to_internal_value(self, data: Any) -> Any:
        """The fields, each by its own rules."""
        if isinstance(data, Mapping):
            unknown = sorted(set(map(str, data)) - set(self.fields))
            if unknown:
                error = serializers.ErrorDetail(
                    str(self.error_messages["unknown"]), code="unknown_field"
                )
                raise serializers.ValidationError({name[:60]: [error] for name in unknown[:20]})
        return super().to_internal_value(data)


class Query(Input):
    """What a caller asks in the address; read by `ApiView.asked`."""


class Output(serializers.Serializer[Any]):
    """What we answer, field by field; takes any object or mapping with these names."""


def key(**options: Any) -> serializers.IntegerField:
    """The number of a row."""
    return serializers.IntegerField(min_value=1, max_value=2**63 - 1, **options)


def line(length: int, **options: Any) -> serializers.CharField:
    """One line of text of at most `length` characters."""
    return _Text(max_length=length, check=plain_text.one_line, **options)


def passage(length: int, **options: Any) -> serializers.CharField:
    """Text of at most `length` characters that may have several lines."""
    return _Text(max_length=length, check=plain_text.passage, **options)


class _Text(serializers.CharField):
    """Its one check looks first, so that the answer names what is wrong by one code."""

    def __init__(self, *, check: Callable[[str], None], **options: Any) -> None:
        super().__init__(**options)
        self.validators = [
            check,
            *(one for one in self.validators if not isinstance(one, _CHECKED_ANYWAY)),
        ]


def keys(most: int, **options: Any) -> serializers.ListField:
    """Numbers of rows, at least one."""
    return serializers.ListField(child=key(), min_length=1, max_length=most, **options)
