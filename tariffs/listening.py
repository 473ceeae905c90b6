"""Who else must know when rates are published: apps above, which may not be imported here."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from tariffs.models import TariffVersion

Listener = Callable[[TariffVersion, datetime], None]
_listeners: list[Listener] = []


def on_published(listener: Listener) -> None:
    """Have `listener` told of every version that is published, in the same transaction.

    Called once from an app's `ready()`.
    """
    if listener not in _listeners:
        _listeners.append(listener)


def tell_published(version: TariffVersion, *, now: datetime) -> None:
    """Tell all who asked to be told."""
    for listener in _listeners:
        listener(version, now)
