"""Take back a whole import of venues, but for what has been used or changed since."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from core import clock
from core.errors import StateConflict
from spaces.models import VenueImport
from spaces.services.imports import undo_import


class Command(BaseCommand):
    help = "Take back a whole import of venues; what was used or changed since stays, and is named."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("number", type=int, help="the number that import_venues printed")

    def handle(self, *args: Any, **options: Any) -> None:
        row = VenueImport.objects.filter(pk=options["number"]).first()
        if row is None:
            raise CommandError(_("There is no import of this number."))
        try:
            found = undo_import(row, actor=None, now=clock.now())
        except StateConflict as error:
            raise CommandError(_("There is nothing to take back of this import.")) from error
        told = {"removed": found.removed, "restored": found.restored, "kept": len(found.kept)}
        self.stdout.write(_("%(removed)d removed, %(restored)d put back, %(kept)d kept") % told)
        for one in found.kept:
            self.stdout.write(f"    {one['name']}: {one['why']}")
