"""`manage.py backup FILE`."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from config.backup.errors import BackupError
from config.backup.files import back_up
from config.backup.server import Server


class Command(BaseCommand):
    help = "Write the whole database to a file."
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path)

    def handle(self, *args: object, **options: Path) -> None:
        database: dict[str, Any] = settings.DATABASES["default"]
        file = options["file"].absolute()
        try:
            size = back_up(Server.of(database), database=database["NAME"], file=file)
        except BackupError as error:
            raise CommandError(str(error)) from error
        self.stdout.write(
            _("Wrote %(file)s (%(size)d kB). It holds personal data: keep it safe.")
            % {"file": file, "size": size // 1024}
        )
