"""Load two fictional boroughs with two years of bookings."""

from __future__ import annotations

import argparse
import time
from datetime import date
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import gettext as _

from core.clock import today
from demo.load import is_loaded, load


class Command(BaseCommand):
    help = "Loads the demonstration boroughs. Needs OPENHALL_DEMO=1."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--today", type=_day, help="The day the demo stands at, YYYY-MM-DD. Default: today."
        )
        parser.add_argument(
            "--if-empty", action="store_true", help="Do nothing where the demo is loaded already."
        )
        parser.add_argument("--quiet", action="store_true", help="Show no progress.")

    def handle(self, *args: Any, **options: Any) -> None:
        if not settings.OPENHALL_DEMO:
            raise CommandError(
                _("The demo's passwords are known to everybody. Set OPENHALL_DEMO=1 to load it.")
            )
        if is_loaded():
            if options["if_empty"]:
                return
            raise CommandError(_("The demo is loaded already. Nothing was changed."))
        began = time.monotonic()
        load(today=options["today"] or today(), say=self._progress(options))
        self._say_last(options, _("The demo is loaded, in %(n)d seconds."), began)

    def _progress(self, options: dict[str, Any]) -> Any:
        """One line that is written over and over; on paper or in a log, nothing."""
        if options["quiet"] or not self.stdout.isatty():
            return lambda _words: None

        def say(words: str) -> None:
            self.stdout.write(f"\r\033[KLoading the demo: {words}", ending="")
            self.stdout.flush()

        return say

    def _say_last(self, options: dict[str, Any], words: str, began: float) -> None:
        if options["quiet"]:
            return
        start = "\r\033[K" if self.stdout.isatty() else ""
        self.stdout.write(start + words % {"n": round(time.monotonic() - began)})


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        message = f"not a date like 2027-01-05: {text}"
        raise argparse.ArgumentTypeError(message) from error
