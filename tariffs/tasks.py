"""Housekeeping of rates, run by the queue's worker."""

from __future__ import annotations

from procrastinate.contrib.django import app

from core import clock
from tariffs import guide


@app.periodic(cron="27 2 * * *")
@app.task(queueing_lock="rebuild_guide_prices")
def rebuild_guide_prices(timestamp: int) -> None:
    """Rates whose first day is today, and spaces that are new, show in lists from now on."""
    guide.rebuild_all(on=clock.today())
