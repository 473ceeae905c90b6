"""Add or update venues from a list of any layout, and say what became of each row."""

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
from spaces.importing import AUTO, FileRefused, Mode, Report, Wish
from spaces.services.imports import import_file

UNUSABLE = 2
_LONG, _OFTEN = 5_000, 2_500


class Command(BaseCommand):
    help = (
        "Add or update venues from a CSV file of any layout; running it again changes nothing. "
        "Exit code 0: the list was read, look for rows refused in the report. 2: it was not read."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", help="a CSV file, in whatever encoding")
        parser.add_argument(
            "--profile", default=AUTO, help="how to read it: auto, or the name of a profile"
        )
        parser.add_argument("--council", default="", help="its short name; made if it is new")
        parser.add_argument("--operator", default="", help="its name; made if it is new")
        parser.add_argument("--authority", default="", help="only the rows of this council")
        parser.add_argument("--dry-run", action="store_true", help="report, and keep nothing")
        parser.add_argument("--format", choices=["text", "json"], default="text")

    def handle(self, *args: Any, **options: Any) -> None:
        as_json = options["format"] == "json"
        try:
            council, operator = options["council"], " ".join(options["operator"].split())
            _check_names(council, operator)
            report = import_file(
                Path(options["file"]),
                Wish(
                    profile_name=options["profile"],
                    council_slug=council,
                    operator_name=operator,
                    only_authority=" ".join(options["authority"].split()),
                    mode=Mode.REHEARSE if options["dry_run"] else Mode.WRITE,
                    progress=self._tell,
                ),
                now=clock.now(),
            )
        except FileRefused as refused:
            if as_json:
                self._say_json(_nothing_read(refused))
            raise CommandError(str(refused.message), returncode=UNUSABLE) from refused
        self._say(report, as_json=as_json)

    def _tell(self, done: int, rows: int) -> None:
        """For those who wait for a long list; the report itself goes elsewhere."""
        if rows >= _LONG and done % _OFTEN == 0:
            told = {"done": done, "rows": rows}
            self.stderr.write(_("%(done)d of %(rows)d rows read") % told)

    def _say(self, report: Report, *, as_json: bool) -> None:
        if as_json:
            self._say_json(report.as_data())
            return
        for line in report.as_text():
            self.stdout.write(line)

    def _say_json(self, data: dict[str, Any]) -> None:
        self.stdout.write(json.dumps(data, ensure_ascii=False, indent=2))


def _nothing_read(refused: FileRefused) -> dict[str, Any]:
    """The same keys as a report, so that a program reads one shape."""
    whole = {"row": 0, "name": "", "column": "", "code": refused.code}
    return {
        "rows": 0,
        "created": 0,
        "updated": 0,
        "unchanged": 0,
        "refused": [whole | {"message": str(refused.message)}],
        "warnings": [],
    }


def _check_names(council: str, operator: str) -> None:
    try:
        if council:
            validate_slug(council)
    except ValidationError as error:
        message = _("A council's short name has only letters, digits and dashes.")
        raise FileRefused(message) from error
    if len(council) > 60 or len(operator) > 150 or "\x00" in operator:
        raise FileRefused(_("The name of the council or the operator is too long."))
