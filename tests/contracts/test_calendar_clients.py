"""Programs that people have on their phones and desks read our busy calendar by HTTP."""

import json
import shutil
import subprocess
from datetime import datetime
from pathlib import Path

import pytest

from core.clock import london
from core.intervals import Span
from tests.contracts.conftest import HERE, Clients, Served

pytestmark = [pytest.mark.contract, pytest.mark.django_db(transaction=True)]


def _spans(events: list[dict[str, str]]) -> list[Span]:
    found = [
        Span(datetime.fromisoformat(event["start"]), datetime.fromisoformat(event["end"]))
        for event in events
    ]
    return sorted(found)


@pytest.fixture
def read_by_node(served: Served, clients: Clients) -> dict[str, object]:
    node = shutil.which("node")
    assert node, "Node is not installed"
    # Another zone than ours: a client abroad must see the same instants.
    done = subprocess.run(
        [node, str(HERE / "read_feed.mjs"), served.url],
        capture_output=True,
        text=True,
        timeout=60,
        check=True,
        env={"PATH": str(Path(node).parent), "TZ": "America/New_York"},
    )
    return json.loads(done.stdout)


@pytest.mark.parametrize("reader", ["node-ical", "ical.js"])
def test_javascript_readers_find_the_same_instants(
    served: Served, read_by_node: dict[str, list[dict[str, str]]], reader: str
) -> None:
    events = read_by_node[reader]
    assert _spans(events) == served.spans
    assert len({event["uid"] for event in events}) == len(served.spans)
    statuses = sorted((event["summary"], event["status"]) for event in events)
    assert statuses == [("Busy", "CONFIRMED")] * 3 + [("Busy", "TENTATIVE")]


def test_the_name_is_read_without_marks(read_by_node: dict[str, str]) -> None:
    assert read_by_node["name"] == "Main hall Größe 1 Elm Road Centre the old one"


def test_vdirsyncer_subscribes_and_khal_shows_it(
    served: Served, clients: Clients, tmp_path: Path
) -> None:
    kept = tmp_path / "kept"
    settings = tmp_path / "vdirsyncer.conf"
    settings.write_text(
        f'[general]\nstatus_path = "{tmp_path}/status"\n'
        '[pair feed]\na = "there"\nb = "here"\ncollections = null\n'
        f'[storage there]\ntype = "http"\nurl = "{served.url}"\n'
        f'[storage here]\ntype = "filesystem"\npath = "{kept}"\nfileext = ".ics"\n'
    )
    with_settings = ("-c", str(settings))
    clients.run("vdirsyncer", *with_settings, "discover", input="y\n")
    clients.run("vdirsyncer", *with_settings, "sync")
    assert len(list(kept.glob("*.ics"))) == len(served.spans)
    # A second time brings nothing new: the same bytes, the same names.
    before = {path.name: path.read_bytes() for path in kept.glob("*.ics")}
    clients.run("vdirsyncer", *with_settings, "sync")
    assert {path.name: path.read_bytes() for path in kept.glob("*.ics")} == before

    config = tmp_path / "khal.conf"
    config.write_text(
        f"[calendars]\n[[hall]]\npath = {kept}\nreadonly = True\n"
        "[locale]\ntimeformat = %H:%M\ndateformat = %Y-%m-%d\nlongdateformat = %Y-%m-%d\n"
        "datetimeformat = %Y-%m-%d %H:%M\nlongdatetimeformat = %Y-%m-%d %H:%M\n"
        "default_timezone = Europe/London\nlocal_timezone = Europe/London\n"
        f"[sqlite]\npath = {tmp_path}/khal.db\n"
    )
    for span in served.spans:
        start, end = london(span.start), london(span.end)
        shown = clients.run(
            "khal",
            "-c",
            str(config),
            "list",
            "--format",
            "{start-date} {start-time} {end-date} {end-time}",
            f"{start:%Y-%m-%d}",
            "1d",
        )
        assert f"{start:%Y-%m-%d %H:%M} {end:%Y-%m-%d %H:%M}" in shown


def test_khal_imports_the_file_as_it_is(served: Served, clients: Clients, tmp_path: Path) -> None:
    from urllib.request import urlopen

    with urlopen(served.url) as answer:  # noqa: S310 - our own live server
        (tmp_path / "busy.ics").write_bytes(answer.read())
    kept = tmp_path / "kept"
    kept.mkdir()
    config = tmp_path / "khal.conf"
    config.write_text(
        f"[calendars]\n[[hall]]\npath = {kept}\n[default]\ndefault_calendar = hall\n"
        "[locale]\ndefault_timezone = Europe/London\nlocal_timezone = Europe/London\n"
        f"[sqlite]\npath = {tmp_path}/khal.db\n"
    )
    clients.run("khal", "-c", str(config), "import", "--batch", str(tmp_path / "busy.ics"))
    assert len(list(kept.glob("*.ics"))) == len(served.spans)
