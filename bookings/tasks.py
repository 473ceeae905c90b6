"""Housekeeping of bookings. Nothing depends on it: holds end by the clock."""

from __future__ import annotations

from django.db import close_old_connections
from procrastinate.contrib.django import app

from bookings import services
from core import clock


@app.periodic(cron="* * * * *")
@app.task(name="bookings.expire_lapsed", queueing_lock="bookings.expire_lapsed")
def expire_lapsed(timestamp: int) -> None:
    """Tell people whose requests nobody answered in time."""
    close_old_connections()
    services.expire_lapsed(now=clock.now())
