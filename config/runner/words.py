"""What the runner tells the person at the screen."""

import sys


def say(text: str) -> None:
    """Write a line now, also when the output is a file."""
    sys.stdout.write(text + "\n")
    sys.stdout.flush()
