"""`manage.py import_osm_access FILE --council SLUG [--dry-run]`: facts from OpenStreetMap tags."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction

from accounts.models import Council
from core import clock
from spaces.services.osm import features_of, import_osm

_LARGEST = 20_000_000


class Command(BaseCommand):
    help = "Take access facts over from a GeoJSON or Overpass file; says what became of each row."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument("--council", required=True, help="the council's short name")
        parser.add_argument("--dry-run", action="store_true", help="say what would be done")
        parser.add_argument("--format", choices=["text", "json"], default="text")

    def handle(self, *args: Any, **options: Any) -> None:
        council = Council.objects.filter(slug=options["council"]).first()
        if council is None:
            message = "There is no such council here."
            raise CommandError(message)
        features = self._read(options["file"])
        with transaction.atomic():
            report = import_osm(features, council_id=council.pk, actor=None, now=clock.now())
            if options["dry_run"]:
                transaction.set_rollback(True)
        if options["format"] == "json":
            rows = [row.as_record() for row in report]
            self.stdout.write(json.dumps({"rows": rows}, ensure_ascii=False, indent=2))
            return
        for row in report:
            told = "; ".join([", ".join(row.facts), *row.warnings]).strip("; ")
            self.stdout.write(f"{row.row}: {row.outcome} {row.venue} {row.place} {told}".rstrip())

    def _read(self, path: Path) -> list[Any]:
        try:
            if path.stat().st_size > _LARGEST:
                message = "The file is too large."
                raise CommandError(message)
            return features_of(json.loads(path.read_text(encoding="utf-8-sig")))
        except (OSError, ValueError, RecursionError) as error:
            message = f"The file cannot be read: {error}"
            raise CommandError(message) from error
