"""Start everything in order, keep it running, and stop it again."""

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from types import FrameType

from config.embedded.place import demo_place
from config.embedded.server import Use, create_database
from config.environment import ROOT, VAR, text
from config.runner.children import CannotStart, Child, end_all, run_step
from config.runner.collected import collect_if_changed
from config.runner.words import say

_WAIT_SECONDS = 60
_TURN_SECONDS = 0.5
_SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


@dataclass(frozen=True)
class Plan:
    """What to run: the fictional boroughs, or whatever the database holds."""

    port: int
    with_demo: bool

    @property
    def address(self) -> str:
        """Where people point their browser."""
        return f"http://127.0.0.1:{self.port}"


class Stopped(BaseException):
    """A signal asked the runner to stop."""

    def __init__(self, number: int) -> None:
        super().__init__(number)
        self.exit_code = 0 if number == signal.SIGINT else 128 + number


def serve(plan: Plan) -> int:
    """Serve until a signal comes; the exit code.

    Raises: CannotStart, EmbeddedError.
    """
    _require_free_port(plan.port)
    _set_environment(plan)
    children: list[Child] = []
    for number in _SIGNALS:
        signal.signal(number, _stop)
    try:
        with _database() as use:
            try:
                _prepare(plan)
                children += _children(plan)
                for child in children:
                    child.start()
                _wait_until_ready(plan, children)
                _welcome(plan)
                _watch(children, use)
            finally:
                for number in _SIGNALS:
                    signal.signal(number, signal.SIG_IGN)
                end_all(children)
    except Stopped as stopped:
        say("Openhall has stopped.")
        return stopped.exit_code
    return 0


def _stop(number: int, _frame: FrameType | None) -> None:
    raise Stopped(number)


def _require_free_port(port: int) -> None:
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except (OSError, OverflowError) as error:
            message = (
                f"Port {port} cannot be used: another program has it."
                f" Choose another, for example: PORT={port + 1} make demo"
            )
            raise CannotStart(message) from error


def _set_environment(plan: Plan) -> None:
    os.environ["DJANGO_SETTINGS_MODULE"] = "config.settings"
    if plan.with_demo:
        os.environ["OPENHALL_DEMO"] = "1"
    # Both answer on this machine's own address only, where there is no certificate.
    os.environ.setdefault("OPENHALL_HTTPS", "0")
    os.environ.setdefault("OPENHALL_BASE_URL", plan.address)


@contextmanager
def _database() -> Iterator[Use | None]:
    if text("DATABASE_URL"):
        yield None
        return
    place = demo_place()
    use = Use(place)
    use.acquire()
    # When we are killed outright, the keeper sees its input end and stops an unused server.
    keeper = subprocess.Popen(
        [sys.executable, "-m", "config.embedded.keeper"],
        stdin=subprocess.PIPE,
        start_new_session=True,
        cwd=ROOT,
    )
    try:
        create_database(place, "openhall")
        yield use
    finally:
        use.release()
        if keeper.stdin:
            with suppress(BrokenPipeError):
                keeper.stdin.write(b"goodbye")
                keeper.stdin.close()
        keeper.wait(15)


def _manage(*arguments: str) -> list[str]:
    return [sys.executable, str(ROOT / "manage.py"), *arguments]


def _prepare(plan: Plan) -> None:
    say("Preparing the database ...")
    run_step("migrate the database", _manage("migrate", "--no-input", "--verbosity", "0"))
    run_step("make the cache's table", _manage("createcachetable", "--verbosity", "0"))
    if plan.with_demo:
        run_step("load the demo", _manage("load_demo", "--if-empty"))
    collect_if_changed(_manage("collectstatic", "--no-input", "--verbosity", "0", "--clear"))


def _children(plan: Plan) -> list[Child]:
    logs = VAR / "log"
    logs.mkdir(parents=True, exist_ok=True)
    web = [sys.executable, "-m", "gunicorn", "config.wsgi:application",
           "--bind", f"127.0.0.1:{plan.port}", "--config", "python:config.runner.web"]  # fmt: skip
    worker = _manage("procrastinate", "worker", "--concurrency", "2",
                     "--shutdown-graceful-timeout", "5")  # fmt: skip
    return [
        Child("web server", web, log_file=logs / "web.log"),
        Child("worker", worker, log_file=logs / "worker.log"),
    ]


def _wait_until_ready(plan: Plan, children: list[Child]) -> None:
    deadline = time.monotonic() + _WAIT_SECONDS
    while time.monotonic() < deadline:
        try:
            with urllib.request.urlopen(f"{plan.address}/readyz", timeout=2) as answer:  # noqa: S310
                if answer.status == 200:
                    return
        except (urllib.error.URLError, OSError):
            time.sleep(0.2)
        if any(child.pid is None for child in children):
            break
    message = f"The web server or the worker does not start. {VAR / 'log'} says why."
    raise CannotStart(message)


def _welcome(plan: Plan) -> None:
    say(f"Openhall is at {plan.address}")
    if plan.with_demo:
        run_step("show the demo's log-ins", _manage("demo_logins"))
    say(f"Logs are in {VAR / 'log'}. Press Ctrl-C to stop.")


def _watch(children: list[Child], use: Use | None) -> None:
    while True:
        time.sleep(_TURN_SECONDS)
        if use is not None and use.is_down():
            say("The database had stopped. Starting it again.")
            use.revive()
        for child in children:
            if child.restart_if_dead():
                say(f"The {child.name} had stopped. Started it again.")
