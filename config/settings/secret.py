"""The secret key: from the environment, or made once for the embedded database's own folder."""

import os
import secrets
from pathlib import Path

from django.core.exceptions import ImproperlyConfigured

from config.environment import VAR, text


def secret_key() -> str:
    """The key that signs sessions and links.

    Raises: ImproperlyConfigured when a real database is named and no key is.
    """
    given = text("OPENHALL_SECRET_KEY")
    if given:
        return given
    if text("DATABASE_URL"):
        message = "Set OPENHALL_SECRET_KEY: it is only made up for the embedded database."
        raise ImproperlyConfigured(message)
    return _kept_key(VAR / "secret-key")


def _kept_key(path: Path) -> str:
    """Read the key at `path`; two processes starting at once agree on one."""
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        fresh = path.with_name(f"{path.name}.{os.getpid()}")
        descriptor = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(descriptor, "w") as file:
            file.write(secrets.token_urlsafe(64))
        try:
            path.hardlink_to(fresh)
        except FileExistsError:
            pass
        finally:
            fresh.unlink()
    return path.read_text().strip()
