"""Add or update stops and stations from the national list, and say what became of each row."""

from __future__ import annotations

import json
from argparse import ArgumentParser
from dataclasses import asdict
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from core.errors import BadInput
from spaces.services.naptan import StopReport, import_stops

_MOST_SHOWN = 50


class Command(BaseCommand):
    help = (
        "Add or update stops and stations from a NaPTAN CSV file; running it again changes "
        "nothing. What people said about steps is left alone."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", help="a CSV file as https://naptan.api.dft.gov.uk gives it")
        parser.add_argument("--area", default="", help="only ATCO codes that begin so: 490")
        parser.add_argument("--format", choices=["text", "json"], default="text")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            with Path(options["file"]).open(
                encoding="utf-8-sig", errors="replace", newline=""
            ) as lines:
                report = import_stops((line.replace("\x00", "") for line in lines),
                                      area=options["area"])  # fmt: skip
        except OSError as error:
            raise CommandError(str(error)) from error
        except BadInput as error:
            raise CommandError(str(error.message)) from error
        if options["format"] == "json":
            self.stdout.write(json.dumps(asdict(report), ensure_ascii=False, indent=2))
        else:
            self._say(report)

    def _say(self, report: StopReport) -> None:
        self.stdout.write(
            f"{report.rows} rows: {report.created} added, {report.updated} changed, "
            f"{report.unchanged} unchanged, {sum(report.left_out.values())} left out, "
            f"{len(report.refused)} refused"
        )
        for row in report.refused[:_MOST_SHOWN]:
            self.stdout.write(f"line {row['line']} {row['code']}: {row['why']}")
        if len(report.refused) > _MOST_SHOWN:
            self.stdout.write(f"and {len(report.refused) - _MOST_SHOWN} more")
