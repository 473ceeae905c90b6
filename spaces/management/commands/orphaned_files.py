"""`manage.py orphaned_files [--remove]`: files of pictures that no row knows."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from core import clock
from spaces import picture_files, pictures


class Command(BaseCommand):
    help = "List the files of photos and plans that belong to nothing; nothing is removed unasked."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--remove", action="store_true", help="remove them for good")

    def handle(self, *args: Any, **options: Any) -> None:
        for path in picture_files.orphans(now=clock.now()):
            self.stdout.write(path)
            if options["remove"]:
                pictures.remove_file(path)
