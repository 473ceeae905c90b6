"""Collect static files only when something changed: compressing them takes seconds."""

import hashlib
from pathlib import Path

from config.environment import ROOT, VAR
from config.runner.children import run_step
from config.runner.words import say

_STAMP = VAR / "static.stamp"


def collect_if_changed(command: list[str]) -> None:
    """Run `command` unless our own files and the locked packages are what they were."""
    fresh = _fingerprint()
    if (VAR / "static").is_dir() and _STAMP.exists() and _STAMP.read_text() == fresh:
        return
    say("Collecting static files ...")
    run_step("collect static files", command)
    _STAMP.write_text(fresh)


def _fingerprint() -> str:
    marks = hashlib.sha256((ROOT / "requirements" / "base.txt").read_bytes())
    marks.update((ROOT / "config" / "staticfiles.py").read_bytes())
    folders = [ROOT / "static", *sorted(ROOT.glob("*/static"))]
    for folder in folders:
        for path in sorted(p for p in folder.rglob("*") if p.is_file()):
            marks.update(_mark(path).encode())
    return marks.hexdigest()


def _mark(path: Path) -> str:
    found = path.stat()
    return f"{path.relative_to(ROOT)}:{found.st_size}:{found.st_mtime_ns}\n"
