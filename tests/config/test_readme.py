"""The README's table of variables says what the code reads, neither more nor less."""

import re
from pathlib import Path

from config.environment import ROOT

_APPS = [
    "config",
    "core",
    "accounts",
    "notices",
    "spaces",
    "checks",
    "tariffs",
    "bookings",
    "api",
    "demo",
]
_READ = re.compile(r"\b(?:text|switch|number|words)\(\s*[\"']([A-Z][A-Z_]+)[\"']")
_DIRECT = re.compile(r"os\.environ(?:\.get)?[\[(]\s*\"([A-Z_]+)\"(?!\]\s*=)")


def _sources() -> dict[Path, str]:
    return {path: path.read_text() for app in _APPS for path in (ROOT / app).rglob("*.py")}


def test_every_variable_is_in_the_table() -> None:
    table = set(re.findall(r"^\| `([A-Z_]+)` \|", (ROOT / "README.md").read_text(), re.MULTILINE))
    read = {name for source in _sources().values() for name in _READ.findall(source)}
    read |= set(_DIRECT.findall((ROOT / "config" / "environment.py").read_text()))
    assert read == table


def test_only_one_file_reads_the_environment() -> None:
    others = {
        str(path.relative_to(ROOT)): found
        for path, source in _sources().items()
        if path.name != "environment.py" and (found := _DIRECT.findall(source))
    }
    assert others == {}


def test_every_folder_is_on_the_map() -> None:
    readme = (ROOT / "README.md").read_text()
    kept = {"var", "scripts", "requirements", "node_modules"}
    folders = [p.name for p in ROOT.iterdir() if p.is_dir() and not p.name.startswith((".", "_"))]
    assert [name for name in folders if name not in kept and f"`{name}/`" not in readme] == []


def test_its_links_lead_somewhere() -> None:
    links = re.findall(r"\]\(([^)#:]+)\)", (ROOT / "README.md").read_text())
    assert links
    assert [link for link in links if not (ROOT / link).exists()] == []
