"""Quotes that were once given, kept to be reckoned again: documents, a request, the answer.

`replays/NAME.json` is never edited. A quote joins by `python -m tests.tariffs.replaying`, which
writes what the engine of that day says and leaves alone every file that is there.
"""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path
from typing import Any

REPLAYS = Path(__file__).parent / "replays"
# Sentences for people. Bookings keep those they were given; a replay compares all the rest.
WORDS = frozenset({"what", "why", "words"})


def answered(documents: list[Any], request: Any) -> dict[str, Any]:
    """The answer of today's engine by documents as they are stored."""
    from tariffs.rules import read
    from tariffs.sheets.answers import answer_of
    from tariffs.sheets.quote import quote

    return answer_of(quote([read(document) for document in documents], request))


def figures(answer: Any) -> Any:
    """An answer without its sentences."""
    if isinstance(answer, dict):
        return {key: figures(value) for key, value in answer.items() if key not in WORDS}
    if isinstance(answer, list):
        return [figures(one) for one in answer]
    return answer


def sentences(answer: Any) -> list[str]:
    """The sentences of an answer."""
    if isinstance(answer, list):
        return [words for one in answer for words in sentences(one)]
    if not isinstance(answer, dict):
        return []
    found = [value for key, value in answer.items() if key in WORDS]
    return found + [words for value in answer.values() for words in sentences(value)]


def as_bytes(data: Any) -> bytes:
    """The one way in which replays are written and compared."""
    return (json.dumps(data, ensure_ascii=False, indent=1) + "\n").encode()


def write(name: str, documents: list[Any], requests: list[Any]) -> None:
    """Keep what the engine says today; what is kept already stays as it is."""
    file = REPLAYS / f"{name}.json"
    if not file.exists():
        quotes = [{"request": one, "answer": answered(documents, one)} for one in requests]
        file.write_bytes(as_bytes({"documents": documents, "quotes": quotes}))


if __name__ == "__main__":
    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    django.setup()
    given = json.load(sys.stdin)
    write(given["name"], given["documents"], given["requests"])
