"""A real browser before the real pages. Skipped where there is no Chromium."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from datetime import date, time, timedelta
from typing import Any

import pytest
from allauth.account.models import EmailAddress
from playwright.sync_api import Browser, sync_playwright

from accounts.models import User
from core import clock
from spaces.models import Space
from tests.factories import SpaceFactory, UserFactory, open_daily
from tests.factories.access import say
from tests.factories.tariffs import flat_rates
from tests.journeys.visitor import WIDE, Visitor

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
_ARGS = [
    "--disable-background-networking",
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE localhost, EXCLUDE 127.0.0.1",
]

Visits = Callable[..., Visitor]


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """One Chromium for all journeys."""
    if CHROMIUM is None:
        pytest.skip("Chromium is not installed (apt-get install chromium)")
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(
            executable_path=CHROMIUM, chromium_sandbox=os.geteuid() != 0, args=_ARGS
        )
        yield chromium
        chromium.close()


@pytest.fixture
def visit(browser: Browser, live_server: Any) -> Iterator[Visits]:
    """`visit(java_script_enabled=False)` opens a fresh browser window on this site."""
    contexts = []

    def fresh(**options: Any) -> Visitor:
        context = browser.new_context(
            viewport=WIDE, locale="en-GB", timezone_id="Europe/London", **options
        )
        context.set_default_timeout(15_000)
        contexts.append(context)
        return Visitor(context, live_server.url)

    yield fresh
    for context in contexts:
        context.close()


@pytest.fixture
def tuesday() -> date:
    """A Tuesday in three weeks or so."""
    day = clock.today() + timedelta(days=21)
    return day + timedelta(days=(1 - day.weekday()) % 7)


def member(**fields: Any) -> User:
    """Somebody with a confirmed address and the password of `Visitor.sign_in`."""
    user = UserFactory(**fields)
    EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
    return user


def hall(**fields: Any) -> Space:
    """Open daily, £10 an hour, free of steps."""
    space = SpaceFactory(**fields)
    open_daily(space, clock.today(), days=430, opens=time(8), closes=time(23))
    flat_rates(space.venue)
    for code in ("entrance_step_free", "internal_route_step_free"):
        say(space, code, "yes")
    return space
