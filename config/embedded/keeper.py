"""Waits for the runner to go, in whatever way, then stops a server that nobody uses."""

import signal
import sys

from config.embedded.place import demo_place
from config.embedded.server import stop_unused


def main() -> None:
    """Read until the runner's end of the pipe is closed."""
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, signal.SIG_IGN)
    sys.stdin.buffer.read()
    stop_unused(demo_place())


if __name__ == "__main__":
    main()
