"""Housekeeping of accounts, by night."""

from __future__ import annotations

import structlog
from django.db import close_old_connections
from procrastinate.contrib.django import app

from accounts import retention
from accounts.services import expire_concessions, remind_of_ends
from core import clock

_log = structlog.get_logger("openhall.accounts")


@app.periodic(cron="37 2 * * *")
@app.task(name="accounts.apply_retention", queueing_lock="accounts.apply_retention")
def apply_retention(timestamp: int) -> None:
    """Remove what has been kept long enough, in every app."""
    close_old_connections()
    removed = retention.apply_retention(now=clock.now())
    _log.info("retention applied", **{code: n for code, n in removed.items() if n})


@app.periodic(cron="7 0 * * *")
@app.task(name="accounts.expire_concessions", queueing_lock="accounts.expire_concessions")
def expire_over_concessions(timestamp: int) -> None:
    """End concessions that ran out yesterday, and remind those whose end is near."""
    close_old_connections()
    expire_concessions(now=clock.now())
    remind_of_ends(now=clock.now())
