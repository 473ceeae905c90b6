"""The files of pictures go with their rows, whichever way the rows go.

A row may go through its service, with its venue when an import is undone, with its visit, or in the
back office. One listener hears of all of these; it writes nothing to the database.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from functools import partial
from typing import Any

from django.db import transaction
from django.db.models.signals import post_delete

from spaces import pictures
from spaces.models.picture import Picture

# The files of a picture are written before its row is committed.
_AGE = timedelta(days=1)


def register() -> None:
    """Have the files of every kind of picture removed with its rows. Once, from `ready()`."""
    for kind in Picture.__subclasses__():
        post_delete.connect(_gone, sender=kind, dispatch_uid=f"files of {kind.__name__}")


def _gone(sender: type[Picture], instance: Picture, **_more: Any) -> None:
    # After the commit: a rollback keeps both. What fails then is an orphan, found by `orphans`.
    transaction.on_commit(partial(pictures.throw_away, instance.name), robust=True)


def orphans(*, now: datetime) -> Iterator[str]:
    """Files, a day old or older, that belong to no picture: their paths in the media folder."""
    # The files first: a picture that is added meanwhile has its row by then, or is too young.
    found = list(pictures.kept_files(before=now - _AGE))
    known = {
        path
        for kind in Picture.__subclasses__()
        for name in kind._default_manager.values_list("name", flat=True).iterator()
        for path in pictures.paths_of(name)
    }
    return (path for path in found if path not in known)
