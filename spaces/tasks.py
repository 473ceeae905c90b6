"""Housekeeping of spaces, run by the queue's worker."""

from __future__ import annotations

import structlog
from procrastinate.contrib.django import app

from core import clock
from spaces import drift, horizon

_log = structlog.get_logger("openhall.spaces")


@app.periodic(cron="7 2 * * *")
@app.task(queueing_lock="extend_horizons")
def extend_horizons(timestamp: int) -> None:
    """Work opening and quiet times out one day further."""
    horizon.extend_all(now=clock.now())


@app.periodic(cron="37 2 * * *")
@app.task(queueing_lock="audit_claims")
def audit_claims(timestamp: int) -> None:
    """Say in the log where claims are not what their owners ought to have."""
    for difference in drift.differences(now=clock.now()):
        _log.error("claim differs", what=difference.what, words=difference.words)
