"""What must be true of the files themselves."""

import re
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent.parent
LONGEST = 400
LOCKS = ["base.txt", "test.txt"]


def _ours(pattern: str) -> list[Path]:
    listed = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard", "-z", "--", pattern],
        cwd=ROOT, check=True, capture_output=True, text=True,
    )  # fmt: skip
    return [ROOT / name for name in listed.stdout.split("\0") if name and (ROOT / name).is_file()]


def test_no_source_file_is_too_long_to_read() -> None:
    files = [path for path in _ours("*.py") if "migrations" not in path.parts]
    assert len(files) > 50
    lengths = {str(p.relative_to(ROOT)): len(p.read_text().splitlines()) for p in files}
    assert {name: length for name, length in lengths.items() if length > LONGEST} == {}


def test_no_comment_of_a_template_is_printed() -> None:
    """Django ends a {# comment #} at its line's end: what runs on is shown to people."""
    templates = _ours("templates/*.html")
    assert len(templates) > 100
    printed = re.compile(r"\{#(?!.*#\})")
    assert [str(p.relative_to(ROOT)) for p in templates if printed.search(p.read_text())] == []


@pytest.mark.parametrize("lock", LOCKS)
def test_lock_files_name_no_index(lock: str) -> None:
    text = (ROOT / "requirements" / lock).read_text()
    assert not re.search(r"://|--(extra-)?index|--find-links|-f ", text)


@pytest.mark.parametrize("lock", LOCKS)
def test_every_locked_package_has_a_hash(lock: str) -> None:
    text = (ROOT / "requirements" / lock).read_text()
    packages = re.findall(r"^[a-z0-9-]+==.*(?:\n .*)*", text, re.MULTILINE)
    assert len(packages) > 20
    assert [entry.split("==")[0] for entry in packages if "--hash=sha256:" not in entry] == []


def test_the_two_locks_agree() -> None:
    pinned = [
        dict(re.findall(r"^([a-z0-9-]+)==(\S+)", (ROOT / "requirements" / lock).read_text(), re.M))
        for lock in LOCKS
    ]
    shared = pinned[0].keys() & pinned[1].keys()
    assert {name: (pinned[0][name], pinned[1][name]) for name in shared
            if pinned[0][name] != pinned[1][name]} == {}  # fmt: skip


@pytest.mark.parametrize("name", ["base.in", "test.in"])
def test_every_requirement_has_an_upper_bound(name: str) -> None:
    lines = (ROOT / "requirements" / name).read_text().splitlines()
    wanted = [line for line in lines if line and not line.startswith(("#", "-"))]
    assert [line for line in wanted if "<" not in line and "==" not in line] == []
