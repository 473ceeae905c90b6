"""Processes that the runner starts, watches, restarts and ends."""

import ctypes
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

_PR_SET_PDEATHSIG = 1
_GRACE_SECONDS = 8.0
_LONGEST_PAUSE_SECONDS = 30.0


class CannotStart(RuntimeError):
    """The installation cannot be started; the message says why and what to do."""


def die_with_parent() -> Callable[[], None] | None:
    """What a child does first on Linux, so that killing the runner ends its children too."""
    if sys.platform != "linux":
        return None
    libc = ctypes.CDLL(None, use_errno=True)

    def ask() -> None:
        libc.prctl(_PR_SET_PDEATHSIG, signal.SIGTERM)

    return ask


class Child:
    """One process in a session of its own, started again when it dies."""

    def __init__(self, name: str, command: list[str], *, log_file: Path) -> None:
        self.name = name
        self._command = command
        self._log_file = log_file
        self._process: subprocess.Popen[bytes] | None = None
        self._pause = 0.5
        self._started_at = 0.0
        self._not_before = 0.0

    @property
    def pid(self) -> int | None:
        """The process's id while it lives."""
        return self._process.pid if self._process and self._process.poll() is None else None

    def start(self) -> None:
        """Start the process; what it says is added to its log file."""
        self._started_at = time.monotonic()
        with self._log_file.open("ab") as log:
            self._process = subprocess.Popen(  # noqa: S603 - our own command lines
                self._command,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                start_new_session=True,
                preexec_fn=die_with_parent(),
            )

    def restart_if_dead(self) -> bool:
        """Start again after a pause that grows while it keeps dying; whether it was started."""
        if self.pid is not None:
            return False
        now = time.monotonic()
        if self._not_before == 0.0:
            lived = now - self._started_at
            self._pause = 0.5 if lived > _LONGEST_PAUSE_SECONDS else self._pause * 2
            self._not_before = now + min(self._pause, _LONGEST_PAUSE_SECONDS) - 0.5
        if now < self._not_before:
            return False
        self._end_group()
        self._not_before = 0.0
        self.start()
        return True

    def ask_to_end(self) -> None:
        """Send TERM."""
        if self._process and self._process.poll() is None:
            self._process.terminate()

    def wait_or_kill(self, *, deadline: float) -> None:
        """Wait until `deadline` (monotonic seconds), then kill what is left of the group."""
        if self._process is None:
            return
        with suppress(subprocess.TimeoutExpired):
            self._process.wait(max(0.1, deadline - time.monotonic()))
        self._end_group()

    def _end_group(self) -> None:
        if self._process is None:
            return
        with suppress(ProcessLookupError, PermissionError):
            os.killpg(self._process.pid, signal.SIGKILL)
        with suppress(subprocess.TimeoutExpired):
            self._process.wait(2)


def end_all(children: list[Child]) -> None:
    """End all `children` together, kindly first."""
    for child in children:
        child.ask_to_end()
    deadline = time.monotonic() + _GRACE_SECONDS
    for child in children:
        child.wait_or_kill(deadline=deadline)


def run_step(name: str, command: list[str]) -> None:
    """Run `command` to its end, showing what it says.

    Raises: CannotStart when it fails.
    """
    # In our own session on purpose: Ctrl-C ends the step as well as us.
    done = subprocess.run(command, check=False, preexec_fn=die_with_parent())  # noqa: S603
    if done.returncode:
        message = f"Could not {name}: the step ended with code {done.returncode}."
        raise CannotStart(message)
