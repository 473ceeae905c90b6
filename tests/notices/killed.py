"""A worker that dies at the worst moment: the mail has left, the row does not know it yet."""

import asyncio
import os
import signal
import time
from pathlib import Path

from django.core.mail.backends.filebased import EmailBackend
from django.db.models import F
from django.test import override_settings

from notices.delivery import LONGEST_SENDING
from notices.models import Notice


class DiesAfterSending(EmailBackend):
    """Writes the mail, then the process is gone."""

    def send_messages(self, email_messages: object) -> int:
        super().send_messages(email_messages)
        os.kill(os.getpid(), signal.SIGKILL)
        return 0


def work(folder: str, backend: str) -> None:
    """Run the queue's own worker until nothing is left to do."""
    from procrastinate.contrib.django import app

    async def run() -> None:
        real = app.with_connector(app.connector.get_worker_connector())
        async with real.open_async():
            await real.run_worker_async(wait=False, install_signal_handlers=False)

    with override_settings(EMAIL_BACKEND=backend, EMAIL_FILE_PATH=folder):
        asyncio.run(run())


def a_while_later() -> None:
    """Time enough has gone by that nobody can be sending any more."""
    Notice.objects.filter(sending_until__isnull=False).update(
        sending_until=F("sending_until") - LONGEST_SENDING
    )


def mails(folder: Path) -> list[bytes]:
    """Every mail written below `folder`; two processes may have shared one file."""
    written = b"".join(path.read_bytes() for path in sorted(folder.iterdir()))
    return [mail for mail in written.split(b"-" * 79 + b"\n") if mail.strip()]


class Slow(EmailBackend):
    """Writes the mail and takes its time before and after, as a mail server does."""

    def send_messages(self, email_messages: object) -> int:
        time.sleep(0.02)
        sent = super().send_messages(email_messages)
        time.sleep(0.02)
        return int(sent or 0)
