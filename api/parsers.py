"""The only body we read: one bounded JSON object, without what the database cannot keep."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import IO, Any, NoReturn

from django.utils.translation import gettext as _
from rest_framework.exceptions import ParseError
from rest_framework.parsers import BaseParser

from api.errors import TooLarge

LONGEST_BODY = 256_000
_DEEPEST = 12


class BoundedJSONParser(BaseParser):
    """JSON in UTF-8 up to LONGEST_BODY bytes; no NaN, NUL, lone surrogate or repeated name."""

    media_type = "application/json"

    def parse(
        self,
        stream: IO[Any],
        media_type: str | None = None,
        parser_context: Mapping[str, Any] | None = None,
    ) -> Any:
        """The object.

        Raises: ParseError, TooLarge.
        """
        raw = stream.read(LONGEST_BODY + 1)
        if len(raw) > LONGEST_BODY:
            raise TooLarge
        try:
            data = json.loads(
                raw.decode("utf-8"), parse_constant=_no_constant, object_pairs_hook=_no_repeats
            )
        except (ValueError, RecursionError) as error:
            raise ParseError(_("The body is not JSON in UTF-8.")) from error
        if not isinstance(data, dict):
            raise ParseError(_("Send one JSON object."))
        _check(data)
        return data


def _no_constant(name: str) -> NoReturn:
    message = f"{name} is not JSON"
    raise ValueError(message)


def _no_repeats(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        message = "a name stands twice in one object"
        raise ValueError(message)
    return found


def _check(data: Any) -> None:
    for text in _texts(data, depth=0):
        if "\x00" in text:
            raise ParseError(_("The body has a NUL character."))
        try:
            text.encode()
        except UnicodeEncodeError as error:
            raise ParseError(_("The body has half a character.")) from error


def _texts(data: Any, *, depth: int) -> Iterator[str]:
    if depth > _DEEPEST:
        raise ParseError(_("The body is nested too deeply."))
    if isinstance(data, str):
        yield data
    elif isinstance(data, dict):
        for name, value in data.items():
            yield name
            yield from _texts(value, depth=depth + 1)
    elif isinstance(data, list):
        for value in data:
            yield from _texts(value, depth=depth + 1)
