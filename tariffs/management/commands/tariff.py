"""`manage.py tariff import|export|check|quote`: charge sheets as files."""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence
from dataclasses import asdict
from decimal import Decimal
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from core import clock
from core.errors import BadInput, DomainError
from spaces.models import Venue
from tariffs.errors import Fault, TariffRefused
from tariffs.rules import SCHEMA
from tariffs.services import export_versions, import_versions
from tariffs.sheets import values
from tariffs.sheets.answers import answer_of
from tariffs.sheets.files import write_yaml
from tariffs.sheets.gaps import questions_of
from tariffs.sheets.quote import quote
from tariffs.sheets.sheet import at_lines, examined, load

_MOST_BYTES = 4_000_000


class Command(BaseCommand):
    help = "Check a charge sheet, try a price by it, or move it in and out of a venue."

    def add_arguments(self, parser: CommandParser) -> None:
        doing = parser.add_subparsers(dest="doing", required=True)
        check = doing.add_parser("check", help="say what is wrong or open in a sheet")
        check.add_argument("file")
        check.add_argument("--format", choices=["text", "json"], default="text")
        one = doing.add_parser("quote", help="price a request by a sheet, without a database")
        one.add_argument("file")
        one.add_argument("request", help="a JSON file, or - for standard input")
        one.add_argument("--format", choices=["text", "json"], default="text")
        put = doing.add_parser("import", help="publish a sheet as the rates of a venue")
        put.add_argument("file")
        put.add_argument("--venue", required=True, help="short name of the venue")
        put.add_argument("--from", dest="first", help="first day, where the sheet names none")
        out = doing.add_parser("export", help="write the published rates of a venue as YAML")
        out.add_argument("venue", help="short name of the venue")
        doing.add_parser("schema", help="print the JSON Schema of a sheet")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            getattr(self, f"_{options['doing']}")(options)
        except TariffRefused as refused:
            raise CommandError(_told(refused.faults), returncode=2) from refused
        except DomainError as refused:
            raise CommandError(str(refused), returncode=2) from refused

    def _check(self, options: dict[str, Any]) -> None:
        text = _text(options["file"])
        documents, faults = examined(text)
        asked = [] if faults else at_lines(questions_of(documents), text)
        if options["format"] == "json":
            found = {
                "faults": [asdict(fault) for fault in faults],
                "questions": [asdict(question) for question in asked],
            }
            self.stdout.write(json.dumps(found, indent=2, ensure_ascii=False))
        elif not faults:
            for question in asked:
                self.stdout.write(f"? {question.where}: {question.problem} {question.remedy}")
            self.stdout.write(f"This sheet can be published; {len(asked)} questions.")
        if faults:
            raise CommandError(_told(faults), returncode=2)

    def _quote(self, options: dict[str, Any]) -> None:
        documents = load(_text(options["file"]))
        answer = answer_of(quote(documents, read_json(_text(options["request"]))))
        if options["format"] == "json":
            self.stdout.write(json.dumps(answer, indent=2, ensure_ascii=False))
            return
        for line in answer["lines"]:
            self.stdout.write(f"{line['amount']:>10}  {line['what']} ({line['why']})")
        for one in answer["needs_decision"]:
            self.stdout.write(f"Needs a decision: {one['words']}")
        self.stdout.write(f"{answer['total'] or '-':>10}  in all")

    def _import(self, options: dict[str, Any]) -> None:
        documents, faults = examined(_text(options["file"]))
        if faults:
            raise TariffRefused(faults)
        venue = _venue(options["venue"])
        first = values.day(options["first"], "--from") if options["first"] else None
        made = import_versions(venue, documents, first=first, actor=None, now=clock.now())
        self.stdout.write(f"{len(made)} versions published for {venue.name}.")

    def _export(self, options: dict[str, Any]) -> None:
        self.stdout.write(write_yaml(export_versions(_venue(options["venue"]))))

    def _schema(self, options: dict[str, Any]) -> None:
        self.stdout.write(json.dumps(SCHEMA, indent=2, ensure_ascii=False))


def read_json(text: str) -> Any:
    """JSON without binary fractions and without what is no number.

    Raises: BadInput where it is none.
    """
    try:
        return json.loads(text, parse_float=Decimal, parse_constant=_no_number)
    except (ValueError, RecursionError) as error:
        message = f"The request is not JSON: {error}"
        raise BadInput(message) from error


def _no_number(word: str) -> Any:
    message = f"{word} is no number"
    raise ValueError(message)


def _text(name: str) -> str:
    try:
        raw = sys.stdin.buffer.read(_MOST_BYTES) if name == "-" else _bytes(Path(name))
        return raw.decode("utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        message = f"{name} cannot be read: {error}"
        raise CommandError(message, returncode=2) from error


def _bytes(path: Path) -> bytes:
    with path.open("rb") as file:
        return file.read(_MOST_BYTES)


def _venue(slug: str) -> Venue:
    try:
        return Venue.objects.get(slug=slug)
    except Venue.DoesNotExist as error:
        message = f"There is no venue “{slug}”."
        raise CommandError(message, returncode=2) from error


def _told(faults: Sequence[Fault]) -> str:
    return "\n".join(f"{fault.where}: {fault}" if fault.rule else str(fault) for fault in faults)
