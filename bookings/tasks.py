"""Housekeeping of bookings. Nothing depends on it: holds end by the clock."""

from __future__ import annotations

from django.db import close_old_connections
from procrastinate.contrib.django import app

from bookings import services
from bookings.services import settle, what_if
from core import clock


@app.periodic(cron="* * * * *")
@app.task(name="bookings.expire_lapsed", queueing_lock="bookings.expire_lapsed")
def expire_lapsed(timestamp: int) -> None:
    """Tell people whose requests nobody answered in time."""
    close_old_connections()
    services.expire_lapsed(now=clock.now())


@app.task(name=settle.SETTLE)
def settle_venue(venue_id: int) -> None:
    """Rates were published: estimates become final, and prices of the day follow."""
    close_old_connections()
    settle.settle_venue(venue_id, now=clock.now())


@app.periodic(cron="52 2 * * *")
@app.task(name="bookings.settle_left", queueing_lock="bookings.settle_left")
def settle_left(timestamp: int) -> None:
    """Settle what a job that was lost left over."""
    close_old_connections()
    settle.settle_left(now=clock.now())


@app.task(name=what_if.WORK_OUT)
def work_out_what_if(run_id: int) -> None:
    """Try rates on many bookings."""
    close_old_connections()
    what_if.work_out(run_id, now=clock.now())
