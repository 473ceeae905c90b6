"""The only place that reads the environment.

Every variable is listed here once; a test compares this list with the table in README.md.
"""

import os
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VAR = Path(os.environ.get("OPENHALL_VAR") or ROOT / "var")

_YES = {"1", "true", "yes", "on"}


def text(name: str, *, default: str = "") -> str:
    """The variable's text, or `default` when it is unset or empty."""
    return os.environ.get(name, "").strip() or default


def switch(name: str, *, default: str) -> bool:
    """Whether the variable says yes; `default` is "0" or "1"."""
    return text(name, default=default).lower() in _YES


def number(name: str, *, default: int) -> int:
    """The variable as a whole number.

    Raises: ValueError when it is not one, so that a typing slip stops the start.
    """
    return int(text(name, default=str(default)))


def words(name: str, *, default: str = "") -> list[str]:
    """The variable split at commas, blanks dropped."""
    return [word.strip() for word in text(name, default=default).split(",") if word.strip()]
