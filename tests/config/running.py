"""A runner of a clone of its own, for tests that start and kill real processes."""

import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable
from pathlib import Path

import psutil

from config.embedded import place, server
from config.environment import ROOT


class Running:
    """`python -m config.runner serve` with its own folder, database and port."""

    process: subprocess.Popen[bytes]

    def __init__(self, var: Path) -> None:
        self.port = _free_port()
        self.screen = var.parent / "screen.txt"
        kept = {k: v for k, v in os.environ.items() if not k.startswith("OPENHALL_")}
        kept.pop("DATABASE_URL", None)
        self.variables = kept | {"OPENHALL_VAR": str(var), "PORT": str(self.port)}

    def start(self) -> subprocess.Popen[bytes]:
        """Start it and wait until it says that it is ready."""
        with self.screen.open("wb") as screen:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "config.runner", "serve"],
                cwd=ROOT, env=self.variables, stdout=screen, stderr=screen,
            )  # fmt: skip
        self.wait_until(lambda: "Press Ctrl-C" in self.said(), 120)
        return self.process

    def said(self) -> str:
        return self.screen.read_text()

    def wait_until(self, is_so: Callable[[], bool], seconds: float = 60) -> None:
        deadline = time.monotonic() + seconds
        while not is_so():
            assert time.monotonic() < deadline, self.said()
            time.sleep(0.1)

    def answers(self, path: str = "/readyz") -> bool:
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{self.port}{path}", timeout=3) as answer:
                return bool(answer.status == 200)
        except OSError:
            return False

    def children(self, word: str) -> list[psutil.Process]:
        """The runner's own children with `word` in their command line."""
        ours = psutil.Process(self.process.pid).children()
        return [child for child in ours if any(word in part for part in child.cmdline())]

    def end(self) -> None:
        """Stop it if it still runs, and remove its database."""
        if self.process.poll() is None:
            self.process.terminate()
            self.process.wait(30)
        here = place.demo_place()
        server.remove(here)
        shutil.rmtree(here.base, ignore_errors=True)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
