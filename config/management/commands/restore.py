"""`manage.py restore FILE`."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import connections
from django.db.migrations.loader import MigrationLoader
from django.utils.translation import gettext as _

from config.backup.errors import BackupError
from config.backup.server import Server
from config.backup.swap import drop, restore
from core import clock


class Command(BaseCommand):
    help = "Replace the database by what a backup file holds. The old one is kept beside it."
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument(
            "--drop-old", action="store_true", help="Do not keep the database that is replaced."
        )

    def handle(self, *args: object, **options: Any) -> None:
        database: dict[str, Any] = settings.DATABASES["default"]
        server = Server.of(database)
        loader = MigrationLoader(None, ignore_no_migrations=True)
        replaced = frozenset(key for m in loader.disk_migrations.values() for key in m.replaces)
        known = frozenset(loader.disk_migrations) | replaced
        connections.close_all()
        try:
            kept = restore(
                server,
                database=database["NAME"],
                file=options["file"].absolute(),
                known=known,
                mark=clock.now().strftime("%Y%m%d_%H%M%S"),
            )
            if options["drop_old"]:
                drop(server, kept)
                self.stdout.write(_("Restored. The old database is gone."))
                return
        except BackupError as error:
            raise CommandError(str(error)) from error
        self.stdout.write(
            _("Restored. The database before it is kept as %(name)s on the same server.")
            % {"name": kept}
        )
