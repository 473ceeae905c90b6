"""Lets `manage.py` use the embedded database without anybody having started it."""

import atexit

from config.embedded.place import demo_place
from config.embedded.server import Use, create_database
from config.environment import text

# These never ask the database anything that matters; `restore` and `backup` do.
_WITHOUT_DATABASE = {
    "", "help", "--help", "--version", "check", "collectstatic", "compilemessages", "diffsettings",
    "findstatic", "makemessages", "procrastinate", "runserver", "spectacular", "startapp",
    "makemigrations", "create_max_migration_files", "rebase_migration",
}  # fmt: skip


def hold_for(arguments: list[str]) -> None:
    """Start the embedded server for the length of this process, when its command needs it."""
    command = arguments[1] if len(arguments) > 1 else ""
    if command in _WITHOUT_DATABASE or text("DATABASE_URL"):
        return
    use = Use(demo_place())
    use.acquire()
    atexit.register(use.release)
    create_database(use.place, "openhall")
