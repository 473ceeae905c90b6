"""Write a backup file."""

import os
from pathlib import Path

from config.backup.errors import BackupError
from config.backup.server import Server, run_tool


def back_up(server: Server, *, database: str, file: Path) -> int:
    """Write all of `database` to `file`, for its owner's eyes only; the size in bytes.

    The name appears when the file is complete, so half a backup is never taken for one.
    Raises: BackupError.
    """
    if not file.parent.is_dir():
        message = f"There is no folder {file.parent}."
        raise BackupError(message)
    half = file.with_name(f".{file.name}.{os.getpid()}.part")
    try:
        os.close(os.open(half, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
        run_tool(server, "pg_dump", "--format=custom", "--no-owner", "--no-privileges",
                 f"--file={half}", database)  # fmt: skip
        _to_disk(half)
        half.rename(file)
    except OSError as error:
        message = f"Cannot write {file}: {error.strerror}."
        raise BackupError(message) from error
    finally:
        half.unlink(missing_ok=True)
    return file.stat().st_size


def _to_disk(path: Path) -> None:
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
