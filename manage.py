#!/usr/bin/env python
"""Run a Django command for Openhall."""

import os
import sys


def main() -> None:
    """Start the embedded database if the command needs it, then run the command."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    # Here, so that a missing package is told by the sentence below, not by a trace.
    try:
        from django.core.management import execute_from_command_line

        from config.embedded.commands import hold_for
        from config.embedded.errors import EmbeddedError
    except ModuleNotFoundError as error:
        sys.exit(f"{error}. Run `make demo` once, then use .venv/bin/python manage.py.")
    try:
        hold_for(sys.argv)
    except EmbeddedError as error:
        sys.exit(str(error))
    execute_from_command_line(sys.argv)


if __name__ == "__main__":
    main()
