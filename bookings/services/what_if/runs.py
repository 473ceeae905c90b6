"""Many dates are worked out by the worker, and the page tells how far it has come."""

from __future__ import annotations

import hashlib
import json
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from procrastinate.contrib.django import app

from accounts.models import User
from bookings.models import WhatIfRun
from bookings.services.what_if.kept import to_json
from bookings.services.what_if.period import Period
from bookings.services.what_if.replay import rules_of, what_if
from core.errors import DomainError, NotAllowed
from spaces.policies import VenuePolicy
from tariffs.models import TariffVersion

WORK_OUT = "bookings.what_if"
KEPT_FOR = timedelta(days=7)
_EVERY = 250
State = WhatIfRun.State


@transaction.atomic
def begin(version: TariffVersion, period: Period, *, actor: User, now: datetime) -> WhatIfRun:
    """Have the worker try these rates on the bookings of `period`. Raises: NotAllowed."""
    if not VenuePolicy(actor).can_manage(version.tariff.venue):
        raise NotAllowed
    run = WhatIfRun.objects.create(
        version=version,
        digest=digest_of(version.document),
        first=period.first,
        last=period.last,
        created_by=actor,
        created_at=now,
    )
    app.configure_task(WORK_OUT).defer(run_id=run.pk)
    return run


def newest(version: TariffVersion, period: Period) -> WhatIfRun | None:
    """The last run over these days by what the rates say now, if any."""
    return WhatIfRun.objects.filter(
        version=version,
        digest=digest_of(version.document),
        first=period.first,
        last=period.last,
    ).first()


def work_out(run_id: int, *, now: datetime) -> None:
    """What the worker does. Doing it again once it is done does nothing."""
    run = (
        WhatIfRun.objects.select_related("version__tariff__venue__operator__organisation")
        .filter(pk=run_id)
        .first()
    )
    if run is None or run.state in {State.DONE, State.FAILED}:
        return
    row = WhatIfRun.objects.filter(pk=run_id)
    row.update(state=State.RUNNING, dates_done=0)

    def tell(done: int, dates: int) -> None:
        if done % _EVERY == 0 or done == dates:
            row.update(dates_done=done, dates_total=dates)

    venue = run.version.tariff.venue
    try:
        period = Period(run.first, run.last)
        answer = what_if(venue, rules_of(run.version), period, now=now, progress=tell)
    except DomainError:
        row.update(state=State.FAILED, finished_at=now)
        return
    row.update(state=State.DONE, result=to_json(answer), finished_at=now)


def forget(now: datetime) -> int:
    """Remove answers that were worked out over a week ago; how many."""
    return WhatIfRun.objects.filter(created_at__lt=now - KEPT_FOR).delete()[0]


def digest_of(document: dict[str, Any]) -> str:
    """What tells one document from another."""
    return hashlib.sha256(json.dumps(document, sort_keys=True).encode()).hexdigest()
