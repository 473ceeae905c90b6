"""Derive every claim anew from its owner, and print each that differs."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from core import clock
from spaces import drift


class Command(BaseCommand):
    help = "Print every claim that is not what its owner ought to have; exit 1 if there is one."

    def handle(self, *args: Any, **options: Any) -> None:
        found = 0
        for difference in drift.differences(now=clock.now()):
            found += 1
            self.stdout.write(f"{difference.what}: {difference.words}")
        if found:
            message = f"{found} differences"
            raise CommandError(message, returncode=1)
        self.stdout.write("Every claim is what its owner ought to have.")
