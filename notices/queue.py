"""Delivery jobs: by the number of the notice alone, never with anything about a person."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from procrastinate.contrib.django import app
from procrastinate.contrib.django.models import ProcrastinateJob
from procrastinate.types import JSONDict

DELIVER = "notices.deliver"


def defer(notice_id: int, *, not_before: datetime | None = None) -> None:
    """Queue a delivery on Django's own connection: it exists only if the change commits."""
    app.configure_task(DELIVER, schedule_at=not_before).defer(notice_id=notice_id)


def defer_all(notice_ids: Iterable[int]) -> None:
    """The same for several, in one statement."""
    jobs: list[JSONDict] = [{"notice_id": pk} for pk in notice_ids]
    app.configure_task(DELIVER).batch_defer(*jobs)


def queued_ids() -> set[int]:
    """Notices that a job is waiting for or working on."""
    jobs = ProcrastinateJob.objects.filter(task_name=DELIVER, status__in=["todo", "doing"])
    return set(jobs.values_list("args__notice_id", flat=True))
