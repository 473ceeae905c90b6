"""Show who can sign in to the demo, and what each may try."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from demo.content.people import LOG_INS, PASSWORD
from demo.load import is_loaded


class Command(BaseCommand):
    help = "Prints the demo's log-ins. Needs OPENHALL_DEMO=1."

    def handle(self, *args: Any, **options: Any) -> None:
        if not settings.OPENHALL_DEMO:
            raise CommandError(_("There are no demo log-ins here: OPENHALL_DEMO is not set."))
        if not is_loaded():
            raise CommandError(_("The demo is not loaded. Run: manage.py load_demo"))
        roles = max(len(entry.role) for entry in LOG_INS)
        emails = max(len(entry.email) for entry in LOG_INS)
        self.stdout.write(_("Sign in as any of these. The password of all is: %s") % PASSWORD)
        self.stdout.write("")
        for entry in LOG_INS:
            self.stdout.write(f"{entry.role:{roles}}  {entry.email:{emails}}  {entry.try_this}")
