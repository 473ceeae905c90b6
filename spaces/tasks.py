"""Housekeeping of spaces, run by the queue's worker."""

from __future__ import annotations

import structlog
from django.db import close_old_connections
from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

from core import clock
from spaces import drift, habits, horizon, picture_files
from spaces.importing import progress
from spaces.services import imports, needs, overdue, subscriptions

_log = structlog.get_logger("openhall.spaces")


@app.periodic(cron="7 2 * * *")
@app.task(queueing_lock="extend_horizons")
def extend_horizons(timestamp: int) -> None:
    """Work opening and quiet times out one day further, and when places tend to be open."""
    now = clock.now()
    horizon.extend_all(now=now)
    habits.refresh_all(now=now)


@app.periodic(cron="37 2 * * *")
@app.task(queueing_lock="audit_claims")
def audit_claims(timestamp: int) -> None:
    """Say in the log where claims are not what their owners ought to have."""
    for difference in drift.differences(now=clock.now()):
        _log.error("claim differs", what=difference.what, words=difference.words)


# Another import of the same council may hold the lock for longer than a statement waits.
@app.task(name=imports.READ, retry=RetryStrategy(max_attempts=5, wait=60))
def read_import(import_id: int) -> None:
    """Read a list of venues that somebody uploaded and checked."""
    close_old_connections()
    with progress.told(import_id) as tell:
        imports.read_queued(import_id, now=clock.now(), progress=tell)


@app.periodic(cron="17 3 * * *")
@app.task(name="spaces.forget_uploads", queueing_lock="spaces.forget_uploads")
def forget_uploads(timestamp: int) -> None:
    """Lists that nobody brought in hold people's phone numbers: they go after a week."""
    close_old_connections()
    imports.forget_uploads(now=clock.now())


@app.task(name=subscriptions.FETCH)
def fetch_calendar(source_id: int) -> None:
    """Fetch one calendar that somebody subscribed to; a failure plans its own next attempt."""
    close_old_connections()
    subscriptions.fetch_one(source_id, now=clock.now())


@app.periodic(cron="*/10 * * * *")
@app.task(name="spaces.fetch_calendars", queueing_lock="spaces.fetch_calendars")
def fetch_calendars(timestamp: int) -> None:
    """Queue every calendar whose time has come."""
    close_old_connections()
    subscriptions.defer_due(now=clock.now())


# After the horizons have moved on: see extend_horizons.
@app.periodic(cron="27 2 * * *")
@app.task(name="spaces.extend_calendars", queueing_lock="spaces.extend_calendars")
def extend_calendars(timestamp: int) -> None:
    """Claim the dates that came inside the horizon, and those whose clash is gone."""
    close_old_connections()
    for name in subscriptions.extend_all(now=clock.now()):
        _log.warning("calendar not extended", source=name)


@app.periodic(cron="22 3 * * *")
@app.task(queueing_lock="refresh_access")
def refresh_access(timestamp: int) -> None:
    """Work the answers about access out anew: facts grow old, and faults pass."""
    needs.refresh_all(now=clock.now())


# By day: nobody is woken by a date that came at midnight.
@app.periodic(cron="12 7-19 * * *")
@app.task(name="spaces.tell_overdue_faults", queueing_lock="spaces.tell_overdue_faults")
def tell_overdue_faults(timestamp: int) -> None:
    """Tell people of what should work again by now, and ask the venues whether it does."""
    close_old_connections()
    overdue.tell_overdue(now=clock.now())


@app.periodic(cron="47 3 * * *")
@app.task(name="spaces.find_orphaned_files", queueing_lock="spaces.find_orphaned_files")
def find_orphaned_files(timestamp: int) -> None:
    """Say in the log how many files belong to no picture. `orphaned_files --remove` removes them.

    It does not remove them itself: beside a database that was set back, every file looks like one.
    """
    close_old_connections()
    count = sum(1 for _path in picture_files.orphans(now=clock.now()))
    if count:
        _log.warning("orphaned files", count=count)
