"""Structured logs: one JSON object a line, with the request's id and no personal data."""

import structlog

from config.environment import text
from config.logs import BEFORE_OTHERS, FOR_ALL, PathsLeftOut, quiet_exceptions

structlog.configure(
    processors=[
        *FOR_ALL,
        structlog.stdlib.ProcessorFormatter.wrap_for_formatter,
    ],
    logger_factory=structlog.stdlib.LoggerFactory(),
    wrapper_class=structlog.stdlib.BoundLogger,
    cache_logger_on_first_use=True,
)

_LEVEL = text("OPENHALL_LOG_LEVEL", default="INFO").upper()
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "filters": {"paths_left_out": {"()": PathsLeftOut}},
    "formatters": {
        "json": {
            "()": structlog.stdlib.ProcessorFormatter,
            "foreign_pre_chain": [*BEFORE_OTHERS, *FOR_ALL],
            "processors": [
                structlog.stdlib.ProcessorFormatter.remove_processors_meta,
                quiet_exceptions,
                structlog.processors.JSONRenderer(),
            ],
        }
    },
    "handlers": {
        "stderr": {
            "class": "logging.StreamHandler",
            "formatter": "json",
            "filters": ["paths_left_out"],
        }
    },
    "root": {"handlers": ["stderr"], "level": _LEVEL},
    "loggers": {
        "django": {"handlers": [], "level": _LEVEL, "propagate": True},
        # Its own lines repeat what ours say, with the address and the client's IP.
        "django.server": {"handlers": [], "level": "CRITICAL", "propagate": False},
        "gunicorn.access": {"handlers": [], "level": "CRITICAL", "propagate": False},
        "gunicorn.error": {"handlers": ["stderr"], "level": "ERROR", "propagate": False},
        "procrastinate": {"handlers": [], "level": "WARNING", "propagate": True},
    },
}
