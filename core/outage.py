"""Telling a database that is away from one that is busy, and both from a fault of ours."""

from __future__ import annotations

from typing import TypeGuard

import psycopg
from django.db import Error, IntegrityError, InterfaceError, OperationalError, connection

# PostgreSQL gave up waiting, found a deadlock or could not serialise: nothing was changed.
_PASSING = {"40001", "40P01", "55P03", "57014"}
# It is shutting down, starting, out of connections, memory or disk, or cannot read its files.
_AWAY = ("08", "53", "57P", "58")
# Somebody else kept the same, or removed what was pointed to, between our look and our writing.
_OVERTAKEN = {"23503", "23505"}
AGAIN_SECONDS = 2
AWAY_SECONDS = 15


def is_passing(error: BaseException) -> bool:
    """Whether the same request would probably work in a moment."""
    return _is_operational(error) and _state(error) in _PASSING


def is_overtaken(error: BaseException) -> bool:
    """Whether another request changed the same at the same moment, such as a form sent twice."""
    return isinstance(error, IntegrityError) and _state(error) in _OVERTAKEN


def is_outage(error: BaseException | None) -> bool:
    """Whether the database could not be reached, went away in the middle, or has no room.

    A connection that broke inside a transaction may come out as another error of the database,
    raised while the first was handled.
    """
    while isinstance(error, Error) or _is_operational(error):
        if _is_operational(error) and _is_away(_state(error)):
            return True
        if isinstance(error, InterfaceError) and _is_connection_lost():
            return True
        error = error.__context__ if isinstance(error.__context__, Error) else None
    return False


def _is_operational(error: BaseException | None) -> TypeGuard[BaseException]:
    """Also what the queue makes of it: its own kind of error, with the driver's as the cause."""
    if error is None:
        return False
    return isinstance(error, OperationalError) or isinstance(
        error.__cause__, psycopg.OperationalError
    )


def _state(error: BaseException) -> str | None:
    state: str | None = getattr(error.__cause__, "sqlstate", None)
    return state


def _is_away(state: str | None) -> bool:
    # Where no connection was made, or it was cut, nobody was left to name a state.
    return state is None or state.startswith(_AWAY)


def _is_connection_lost() -> bool:
    # The driver says "interface error" both for this and for cursors that we misuse.
    raw = connection.connection
    return raw is None or bool(raw.closed)
