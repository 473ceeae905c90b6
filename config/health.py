"""Is the process up, and can it serve?"""

from functools import cache

from django.db import Error, connection
from django.db.migrations.loader import MigrationLoader
from django.http import HttpRequest, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe


@never_cache
@require_safe
def healthz(request: HttpRequest) -> JsonResponse:
    """The process answers. Asks nobody else, so that a slow database does not restart us."""
    return JsonResponse({"status": "ok"})


@never_cache
@require_safe
def readyz(request: HttpRequest) -> JsonResponse:
    """The database answers, its migrations are ours, and jobs can be queued."""
    parts = {"database": _database(), "migrations": False, "queue": False}
    if parts["database"]:
        parts["migrations"] = _migrations()
        parts["queue"] = _queue()
    is_ready = all(parts.values())
    answer = {name: "ok" if is_fine else "failing" for name, is_fine in parts.items()}
    status = 200 if is_ready else 503
    return JsonResponse({"status": "ok" if is_ready else "failing", **answer}, status=status)


def _database() -> bool:
    return _asks("SELECT 1")


def _queue() -> bool:
    return _asks("SELECT 1 FROM procrastinate_jobs LIMIT 1")


def _asks(statement: str) -> bool:
    try:
        with connection.cursor() as cursor:
            cursor.execute(statement)
    except Error:
        return False
    return True


def _migrations() -> bool:
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT app, name FROM django_migrations")
            applied = set(cursor.fetchall())
    except Error:
        return False
    return _newest_migrations() <= applied


@cache
def _newest_migrations() -> frozenset[tuple[str, str]]:
    # Reading the files takes a tenth of a second, so once in a process.
    loader = MigrationLoader(connection=None, ignore_no_migrations=True)
    return frozenset(loader.graph.leaf_nodes())
