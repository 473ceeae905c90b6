"""What may stand in a log line, and what may not.

No query strings, addresses with tokens, e-mail addresses, IPs or values from the database: a
failure is told by its type, its place in the code and the name of the constraint.
"""

import logging
import traceback
from collections.abc import MutableMapping
from typing import Any

import structlog

Event = MutableMapping[str, Any]

BEFORE_OTHERS: list[structlog.typing.Processor] = [structlog.stdlib.add_logger_name]
FOR_ALL: list[structlog.typing.Processor] = [
    structlog.contextvars.merge_contextvars,
    structlog.stdlib.add_log_level,
    structlog.processors.TimeStamper(fmt="iso", utc=True),
    structlog.stdlib.PositionalArgumentsFormatter(),
]


class PathsLeftOut(logging.Filter):
    """Strike the address out of Django's own lines: private feeds have a token in theirs."""

    def filter(self, record: logging.LogRecord) -> bool:
        request = getattr(record, "request", None)
        path = getattr(request, "path", None)
        if path and isinstance(record.args, tuple):
            record.args = tuple("-" if arg == path else arg for arg in record.args)
        return True


def quiet_exceptions(_logger: object, _method: str, event: Event) -> Event:
    """Replace an exception by its types and places, without its message."""
    found = event.pop("exc_info", None)
    error = found[1] if isinstance(found, tuple) else found
    if not isinstance(error, BaseException):
        return event
    chain: list[dict[str, object]] = []
    while error is not None and len(chain) < 5:
        chain.append(_told(error))
        error = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
    event["exception"] = chain
    return event


def _told(error: BaseException) -> dict[str, object]:
    frames = traceback.extract_tb(error.__traceback__)
    told: dict[str, object] = {
        "type": type(error).__qualname__,
        "at": [f"{frame.filename}:{frame.lineno} {frame.name}" for frame in frames[-12:]],
    }
    diagnosis = getattr(error, "diag", None)
    if diagnosis is not None:
        told["sqlstate"] = diagnosis.sqlstate
        told["constraint"] = diagnosis.constraint_name
    return told
