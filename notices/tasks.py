"""The jobs of the outbox."""

from __future__ import annotations

import structlog
from django.db import close_old_connections
from procrastinate.contrib.django import app

from core import clock
from notices import delivery, queue

_log = structlog.get_logger("openhall.notices")


@app.task(name=queue.DELIVER)
def deliver(notice_id: int) -> None:
    """Send one notice; a failure plans its own next attempt."""
    close_old_connections()
    delivery.deliver(notice_id, now=clock.now())


@app.periodic(cron="*/5 * * * *")
@app.task(name="notices.defer_forgotten", queueing_lock="notices.defer_forgotten")
def defer_forgotten(timestamp: int) -> None:
    """Find notices whose job was lost, and queue them again."""
    close_old_connections()
    found = delivery.defer_forgotten(now=clock.now())
    if found:
        _log.warning("notices had lost their jobs", count=found)
