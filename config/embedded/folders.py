"""Making folders that others on the machine cannot have prepared for us."""

import os
import pwd
import stat
from pathlib import Path

from config.embedded.errors import EmbeddedError

PRIVATE = 0o700
PASSABLE = 0o711


def make_private_folder(folder: Path, *, account: pwd.struct_passwd | None) -> None:
    """Make `folder`, for its owner alone, or check that it is so already.

    Raises: EmbeddedError when it is a link or somebody else's.
    """
    owner = account.pw_uid if account else os.geteuid()
    try:
        folder.mkdir(mode=PRIVATE)
    except FileExistsError:
        _require_owner(folder, owner=owner)
    else:
        if account:
            os.chown(folder, account.pw_uid, account.pw_gid)
    folder.chmod(PRIVATE)


def make_base_folder(folder: Path) -> None:
    """Make the folder that holds data and locks: ours, and passable for the server's account.

    Raises: EmbeddedError when it is a link or somebody else's.
    """
    folder.parent.mkdir(parents=True, exist_ok=True)
    folder.mkdir(mode=PASSABLE, exist_ok=True)
    _require_owner(folder, owner=os.geteuid())
    folder.chmod(PASSABLE if os.geteuid() == 0 else PRIVATE)


def make_public_folder(folder: Path) -> None:
    """Let everybody read what is below `folder`, and run what its owner may run."""
    for path in [folder, *folder.rglob("*")]:
        if path.is_symlink():
            continue
        mode = path.stat().st_mode
        path.chmod(0o755 if path.is_dir() or mode & stat.S_IXUSR else 0o644)


def _require_owner(folder: Path, *, owner: int) -> None:
    found = folder.lstat()
    if not stat.S_ISDIR(found.st_mode) or found.st_uid != owner:
        message = f"{folder} belongs to somebody else or is not a folder. Remove it and try again."
        raise EmbeddedError(message)
