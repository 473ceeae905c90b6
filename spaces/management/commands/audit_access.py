"""`manage.py audit_access [--repair]`: where kept answers about access differ from the facts."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from core import clock
from spaces.services import needs


class Command(BaseCommand):
    help = "Say where the kept answers about access are not what facts, ways and faults say."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--repair", action="store_true", help="work all of them out anew")

    def handle(self, *args: Any, **options: Any) -> None:
        now = clock.now()
        found = list(needs.differences(now=now))
        for words in found:
            self.stdout.write(words)
        if options["repair"]:
            needs.refresh_all(now=now)
        elif found:
            message = f"{len(found)} differences; --repair works them out anew"
            raise CommandError(message, returncode=1)
