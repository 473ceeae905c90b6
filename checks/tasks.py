"""Publishing what venues had their time to reply to, by night."""

from __future__ import annotations

import structlog
from django.db import close_old_connections
from procrastinate.contrib.django import app

from checks.services.replies import publish_due
from core import clock

_log = structlog.get_logger("openhall.checks")


@app.periodic(cron="12 1 * * *")
@app.task(name="checks.publish_due", queueing_lock="checks.publish_due")
def publish_checks(timestamp: int) -> None:
    """Publish visits whose last day to reply has passed."""
    close_old_connections()
    count = publish_due(now=clock.now())
    if count:
        _log.info("access checks published", count=count)
