"""Waits for the runner to go, in whatever way, then stops a server that nobody uses."""

import signal
import sys
import time

from config.embedded.place import Place, demo_place
from config.embedded.server import stop_unused

_PATIENCE_SECONDS = 10.0
_TURN_SECONDS = 0.1


def main() -> None:
    """Read until the runner is gone; one that says goodbye has let go of the server itself."""
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, signal.SIG_IGN)
    goodbye = sys.stdin.buffer.read()
    stop_when_unused(demo_place(), patience=0.0 if goodbye else _PATIENCE_SECONDS)


def stop_when_unused(place: Place, *, patience: float) -> bool:
    """Stop the server at `place` once nobody holds it, for `patience` seconds; whether it stopped.

    The kernel closes what a killed runner had open one after the other: its end of the pipe may
    be gone a moment before its hold on the server is. Somebody else who holds it stops it then.
    """
    deadline = time.monotonic() + patience
    while not stop_unused(place):
        if time.monotonic() > deadline:
            return False
        time.sleep(_TURN_SECONDS)
    return True


if __name__ == "__main__":
    main()
