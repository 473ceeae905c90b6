"""Write the public catalogue to a file, as anybody can fetch it."""

from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from accounts.models import Council
from spaces.exporting import DOWNLOADS, Download, What, export


class Command(BaseCommand):
    help = (
        "Write the public venues to FILE: what its name ends in, .csv, .geojson or .json, says "
        "how. Confidential, partners' and unpublished venues are never in it."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", help="a file that ends in .csv, .geojson or .json")
        parser.add_argument("--council", default="", help="only venues of this short name")
        parser.add_argument(
            "--rows",
            choices=[what.value for what in What],
            default=What.VENUES.value,
            help="what a row is: a venue or, in CSV, a space",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        path = Path(options["file"])
        download = _download(path, What(options["rows"]))
        council = _council(options["council"])
        content = export(download, council=council)
        try:
            path.write_bytes(content)
        except (OSError, ValueError) as error:
            message = f"{path} cannot be written: {error}"
            raise CommandError(message) from error
        self.stdout.write(f"{path}: {len(content)} bytes.")


def _download(path: Path, what: What) -> Download:
    form = path.suffix.lower().removeprefix(".")
    found = next((one for one in DOWNLOADS if (one.form, one.what) == (form, what)), None)
    if found is None:
        forms = ", ".join(f".{one.form}" for one in DOWNLOADS if one.what is what)
        message = f"The file of {what} must end in one of: {forms}."
        raise CommandError(message)
    return found


def _council(slug: str) -> Council | None:
    if not slug:
        return None
    found = Council.objects.filter(slug=slug).first()
    if found is None:
        known = ", ".join(Council.objects.order_by("slug").values_list("slug", flat=True))
        message = f"There is no council “{slug}”. There are: {known}."
        raise CommandError(message)
    return found
