"""What the description says is sent where nothing is, is something that could be sent."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from drf_spectacular.generators import SchemaGenerator
from jsonschema import Draft202012Validator

pytestmark = pytest.mark.django_db


def with_defaults(part: Any) -> Iterator[dict[str, Any]]:
    if isinstance(part, dict):
        if "default" in part and "type" in part:
            yield part
        for inner in part.values():
            yield from with_defaults(inner)
    elif isinstance(part, list):
        for inner in part:
            yield from with_defaults(inner)


def test_each_default_fits_its_own_type_and_format() -> None:
    found = list(with_defaults(SchemaGenerator().get_schema(request=None, public=True)))
    assert len(found) > 10
    for shape in found:
        if "$ref" in str(shape):
            continue
        check = Draft202012Validator(shape, format_checker=Draft202012Validator.FORMAT_CHECKER)
        assert check.is_valid(shape["default"]), shape
