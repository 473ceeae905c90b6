"""The search and a busy calendar over HTTP, by the production server."""

from __future__ import annotations

import http.client
import json
import os
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from urllib.parse import urlencode

from bench.figures import heading, measure
from bench.reading import weekly

PORT = int(os.environ.get("BENCH_PORT", "8765"))
_WAIT_SECONDS = 60


def http_figures(*, claims: int) -> None:
    from spaces.models import Space

    heading("Over HTTP")
    room = Space.objects.get(slug="busy-room").pk
    with _serving():
        for count in (1, 10):
            label = "one date" if count == 1 else "ten dates"
            wish = _wish(count)
            measure(f"{label}, over HTTP", _Post("/api/v1/search/", wish), claims=claims)
            near = _Post("/api/v1/search/", {**wish, "near": "ZE1 1AA"})
            measure(f"{label}, over HTTP, within three miles", near, claims=claims)
            page = _Get(f"/?{_page(count)}")
            measure(f"{label}, search page with facets", page, claims=claims)
        measure("any time, search page with facets", _Get("/?people=30"), claims=claims)
        feed = f"/feeds/spaces/{room}/busy.ics"
        measure("busy feed of 5,000 events, cold", _Get(feed), claims=claims, n=20)
        _status, headers, body = fetch(feed)
        print(f"  {body.count(b'BEGIN:VEVENT'):,} events, {len(body):,} bytes", flush=True)
        known = _Get(feed, {"If-None-Match": headers["ETag"]}, status=304)
        measure("busy feed, unchanged (304)", known, claims=claims, n=200)


def page_figures(*, venues: int, claims: int) -> None:
    """The search page, as people see it, over so many venues."""
    heading(f"The search page over {venues:,} venues")
    with _serving():
        pages = {
            "any time": "people=30",
            "one date": _page(1),
            "ten dates": _page(10),
            "ten dates within three miles": f"{_page(10)}&near=ZE1+1AA",
            "words": "text=libary",
        }
        for label, asked in pages.items():
            name = f"{label}, page with facets, {venues:,} venues"
            measure(name, _Get(f"/?{asked}"), claims=claims)


def _wish(count: int) -> dict[str, object]:
    """What a partner's program sends for so many Tuesdays."""
    pattern = weekly(count)
    when: dict[str, object] = {"first": str(pattern.first), "starts": "19:00", "ends": "21:00"}
    if count > 1:
        when |= {"repeats": "weekly", "count": count}
    return {"when": when, "people": 30, "needs": ["hearing_loop"]}


def _page(count: int) -> str:
    """The same from the form of the home page."""
    asked = {"on": str(weekly(count).first), "starts": "19:00", "ends": "21:00", "people": "30"}
    if count > 1:
        asked |= {"repeat": "weekly", "times": str(count)}
    return urlencode({**asked, "needs": "hearing_loop", "unchecked": "on"})


class _Request:
    """One request on a connection that is kept open; anything but `status` is an error."""

    method = "GET"
    body: bytes | None = None

    def __init__(self, url: str, headers: Mapping[str, str] | None = None, status: int = 200):
        self.url, self.headers, self.status = url, dict(headers or {}), status
        self.connection = http.client.HTTPConnection("127.0.0.1", PORT, timeout=_WAIT_SECONDS)

    def __call__(self) -> None:
        self.connection.request(self.method, self.url, self.body, self.headers)
        answer = self.connection.getresponse()
        answer.read()
        if answer.status != self.status:
            message = f"{self.url}: {answer.status}, expected {self.status}"
            raise RuntimeError(message)


class _Get(_Request):
    """A read."""


class _Post(_Request):
    """A question in JSON."""

    method = "POST"

    def __init__(self, url: str, body: Mapping[str, object]):
        super().__init__(url, {"Content-Type": "application/json"})
        self.body = json.dumps(body).encode()


def fetch(url: str) -> tuple[int, Mapping[str, str], bytes]:
    connection = http.client.HTTPConnection("127.0.0.1", PORT, timeout=_WAIT_SECONDS)
    connection.request("GET", url)
    answer = connection.getresponse()
    return answer.status, dict(answer.getheaders()), answer.read()


@contextmanager
def _serving() -> Iterator[None]:
    # The limits stay on and are paid for; only their numbers are out of reach.
    environment = {
        **os.environ,
        "OPENHALL_RATE_ANON": "1000000/min",
        "OPENHALL_RATE_SEARCH": "1000000/min",
    }
    command = [sys.executable, "-m", "gunicorn", "config.wsgi:application",
               "--bind", f"127.0.0.1:{PORT}", "--config", "python:config.runner.web"]  # fmt: skip
    server = subprocess.Popen(command, env=environment)  # noqa: S603 - our own words
    try:
        _wait(server)
        yield
    finally:
        server.terminate()
        server.wait(20)


def _wait(server: subprocess.Popen[bytes]) -> None:
    deadline = time.monotonic() + _WAIT_SECONDS
    while time.monotonic() < deadline:
        if server.poll() is not None:
            message = "the web server ended before it answered"
            raise RuntimeError(message)
        try:
            if fetch("/healthz")[0] == 200:
                return
        except OSError:
            time.sleep(0.2)
    message = "the web server did not answer"
    raise RuntimeError(message)
