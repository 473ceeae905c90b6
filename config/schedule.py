"""The timetable of housekeeping jobs: what runs, and when (UTC).

A job of one app is written in that app's `tasks.py`, where the queue finds it, and may carry its
own `@app.periodic`. What joins several apps, or keeps the platform clean, stands here.
The worker imports this file; web processes do not.
"""

import structlog
from django.core.management import call_command
from procrastinate import JobContext
from procrastinate.contrib.django import app

# A worker says every 10 seconds that it lives.
STALLED_AFTER_SECONDS = 40
KEPT_HOURS = 24 * 14
_log = structlog.get_logger("openhall.schedule")


@app.periodic(cron="* * * * *")
@app.task(queueing_lock="retry_stalled_jobs", pass_context=True)
async def retry_stalled_jobs(context: JobContext, timestamp: int) -> None:
    """Run again what a killed worker had begun."""
    manager = context.app.job_manager
    stalled = await manager.get_stalled_jobs(seconds_since_heartbeat=STALLED_AFTER_SECONDS)
    for job in stalled:
        await manager.retry_job(job)
        _log.warning("job retried", task=job.task_name, job=job.id, attempts=job.attempts)


@app.periodic(cron="17 3 * * *")
@app.task(queueing_lock="remove_old_jobs", pass_context=True)
async def remove_old_jobs(context: JobContext, timestamp: int) -> None:
    """Forget jobs two weeks after they ended, failed ones too."""
    await context.app.job_manager.delete_old_jobs(nb_hours=KEPT_HOURS, include_failed=True)


@app.periodic(cron="47 * * * *")
@app.task(queueing_lock="clear_sessions")
def clear_sessions(timestamp: int) -> None:
    """Remove sessions that have ended."""
    call_command("clearsessions")
