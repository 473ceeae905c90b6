"""Add or update venues from a public list, and say what became of each row."""

from __future__ import annotations

import json
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.core.validators import validate_slug
from django.utils.translation import gettext as _

from core import clock
from spaces.importing import PROFILES, FileRefused, Mode, Report, import_venues, read_bytes


class Command(BaseCommand):
    help = "Add or update venues from a public list; running it again changes nothing."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", help="a CSV file in UTF-8")
        parser.add_argument("--profile", choices=sorted(PROFILES), default="activeplaces")
        parser.add_argument("--council", default="", help="its short name; made if it is new")
        parser.add_argument("--operator", default="", help="its name; made if it is new")
        parser.add_argument("--dry-run", action="store_true", help="report, and keep nothing")
        parser.add_argument("--format", choices=["text", "json"], default="text")

    def handle(self, *args: Any, **options: Any) -> None:
        council, operator = options["council"], " ".join(options["operator"].split())
        _check_names(council, operator)
        try:
            report = import_venues(
                read_bytes(Path(options["file"])),
                profile=options["profile"],
                council_slug=council,
                operator_name=operator,
                mode=Mode.REHEARSE if options["dry_run"] else Mode.WRITE,
                actor=None,
                now=clock.now(),
            )
        except FileRefused as refused:
            raise CommandError(str(refused.message)) from refused
        self._say(report, as_json=options["format"] == "json")

    def _say(self, report: Report, *, as_json: bool) -> None:
        if as_json:
            self.stdout.write(json.dumps(report.as_data(), ensure_ascii=False, indent=2))
            return
        for line in report.as_text():
            self.stdout.write(line)


def _check_names(council: str, operator: str) -> None:
    try:
        if council:
            validate_slug(council)
    except ValidationError as error:
        message = _("A council's short name has only letters, digits and dashes.")
        raise CommandError(message) from error
    if len(council) > 60 or len(operator) > 150 or "\x00" in operator:
        raise CommandError(_("The name of the council or the operator is too long."))
