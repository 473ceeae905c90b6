"""Jobs commit with what they tell of, and survive the death of their worker."""

import asyncio

import pytest
from django.db import connection, transaction
from procrastinate.contrib.django import app
from procrastinate.contrib.django.models import ProcrastinateJob

from config import schedule

pytestmark = pytest.mark.db15


def _deferred() -> int:
    return ProcrastinateJob.objects.filter(task_name=schedule.clear_sessions.name).count()


@pytest.mark.django_db
def test_a_job_vanishes_with_the_change_it_was_for() -> None:
    class Undone(Exception):
        pass

    def change_and_fail() -> None:
        with transaction.atomic():
            schedule.clear_sessions.defer(timestamp=0)
            assert _deferred() == 1
            raise Undone

    with pytest.raises(Undone):
        change_and_fail()
    assert _deferred() == 0


@pytest.mark.django_db(transaction=True)
def test_a_job_of_a_killed_worker_is_run_again() -> None:
    schedule.clear_sessions.defer(timestamp=0)
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO procrastinate_workers (last_heartbeat)"
            " VALUES (now() - interval '10 minutes') RETURNING id"
        )
        (worker,) = cursor.fetchone()
        cursor.execute("UPDATE procrastinate_jobs SET status = 'doing', worker_id = %s", [worker])

    async def work() -> None:
        with app.replace_connector(app.connector.get_worker_connector()) as here:
            async with here.open_async():
                await schedule.retry_stalled_jobs.configure(queueing_lock=None).defer_async(
                    timestamp=0
                )
                await here.run_worker_async(wait=False, install_signal_handlers=False)
                await here.run_worker_async(wait=False, install_signal_handlers=False)

    asyncio.run(work())
    # The worker's own timetable may have added a younger one.
    job = ProcrastinateJob.objects.filter(task_name=schedule.clear_sessions.name).earliest("id")
    assert job.status == "succeeded"


def test_housekeeping_is_on_the_timetable() -> None:
    timetable = {
        each.task.name: each.cron for each in app.periodic_registry.periodic_tasks.values()
    }
    assert timetable[schedule.retry_stalled_jobs.name] == "* * * * *"
    assert {schedule.remove_old_jobs.name, schedule.clear_sessions.name} <= timetable.keys()
