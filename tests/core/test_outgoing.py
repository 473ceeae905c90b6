"""Fetching leaves the house only for the public internet, and comes back in time."""

from __future__ import annotations

import ipaddress
import socket
import threading
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from core import outgoing
from core.outgoing import CannotFetch, checked_address, fetch, is_public


@pytest.mark.parametrize(
    "address",
    [
        "127.0.0.1", "127.9.9.9", "0.0.0.1", "10.1.2.3", "172.16.0.1", "192.168.1.1",
        "169.254.169.254", "100.64.0.1", "224.0.0.1", "255.255.255.255", "192.0.2.1",
        "::1", "::", "fe80::1", "fc00::1", "fd00:ec2::254", "ff02::1", "::ffff:127.0.0.1",
        "::ffff:169.254.169.254", "64:ff9b::7f00:1", "64:ff9b::a9fe:a9fe", "2002:7f00:1::",
        "2001:0:4136:e378:8000:63bf:3fff:fdd2", "2001:db8::1",
        "192.0.0.192", "192.88.99.1", "168.63.129.16", "::7f00:1", "::ffff:0:7f00:1",
        "64:ff9b:1::7f00:1", "3fff::1", "5f00::1", "fec0::1",
    ],
)  # fmt: skip
def test_addresses_of_our_own_house_are_not_public(address: str) -> None:
    assert not is_public(ipaddress.ip_address(address))


@pytest.mark.parametrize("address", ["8.8.8.8", "151.101.1.1", "2a00:1450:4009::1"])
def test_addresses_of_the_internet_are_public(address: str) -> None:
    assert is_public(ipaddress.ip_address(address))


@pytest.mark.parametrize(
    "typed",
    [
        "", "calendar", "ftp://a.example/b.ics", "file:///etc/passwd", "gopher://a.example/",
        "https://", "https:///x", "https://user:pass@a.example/x", "https://a.example:22/x",
        "https://a.example:99999/x", "https://[::1", "javascript:alert(1)", "https://a\x00b/",
        f"https://a.example/{'x' * 2000}", f"https://{'a' * 70}.example/",
    ],
)  # fmt: skip
def test_what_is_no_web_address_is_refused(typed: str) -> None:
    with pytest.raises(CannotFetch) as refused:
        checked_address(typed)
    assert refused.value.reason in {"address", "long_address", "password", "port"}


def test_a_subscription_address_is_fetched_securely() -> None:
    assert checked_address(" WEBCAL://a.example/b.ics ") == "https://a.example/b.ics"


@pytest.mark.parametrize(
    "host",
    ["127.0.0.1", "localhost", "[::1]", "2130706433", "0x7f.1", "0", "169.254.169.254", "10.0.0.1"],
)
def test_a_name_for_our_own_house_is_refused_without_a_connection(
    host: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(outgoing, "_connection", lambda *_args: pytest.fail("it went out"))
    with pytest.raises(CannotFetch) as refused:
        fetch(f"http://{host}/feed.ics", most=10, accept="text/calendar")
    assert refused.value.reason in {"not_public", "unknown_host"}


def test_one_private_address_among_public_ones_spoils_them_all(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    rows = [(socket.AF_INET, 1, 6, "", (ip, 80)) for ip in ("8.8.8.8", "10.0.0.1")]
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_args, **_more: rows)
    with pytest.raises(CannotFetch, match="public internet"):
        fetch("http://two-faced.example/", most=10, accept="text/calendar")


Answer = Callable[[BaseHTTPRequestHandler], None]


class Server:
    """A server on this computer. `answers` by path; `asked` is what came."""

    def __init__(self) -> None:
        self.answers: dict[str, Answer] = {}
        self.asked: list[tuple[str, dict[str, str]]] = []
        house = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                house.asked.append((self.path, dict(self.headers)))
                house.answers[self.path](self)

            def log_message(self, *args: object) -> None:
                pass

        self.http = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.http.daemon_threads = True
        self.port = self.http.server_address[1]
        threading.Thread(target=self.http.serve_forever, daemon=True).start()


def says(status: int, body: bytes = b"", **headers: str) -> Answer:
    def answer(handler: BaseHTTPRequestHandler) -> None:
        handler.send_response(status)
        for name, value in {"Content-Length": str(len(body)), **headers}.items():
            handler.send_header(name.replace("_", "-"), value)
        handler.end_headers()
        handler.wfile.write(body)

    return answer


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch) -> Iterator[Server]:
    """The only way out in tests: to this computer, to the port of this server."""
    found = Server()
    monkeypatch.setattr(outgoing, "is_public", lambda address: str(address) == "127.0.0.1")
    monkeypatch.setattr(outgoing, "_PORTS", {80, 443, found.port})
    yield found
    found.http.shutdown()
    found.http.server_close()


def get(server: Server, path: str = "/a.ics", most: int = 1000, **more: str) -> outgoing.Fetched:
    return fetch(f"http://127.0.0.1:{server.port}{path}", most=most, accept="text/calendar", **more)


def test_a_calendar_comes_with_what_tells_its_next_version_apart(server: Server) -> None:
    server.answers["/a.ics?key=1"] = says(200, b"BEGIN", ETag='"1"', Last_Modified="Monday")
    found = get(server, "/a.ics?key=1")
    assert (found.body, found.etag, found.last_modified) == (b"BEGIN", '"1"', "Monday")
    ((_path, headers),) = server.asked
    assert headers["Host"] == f"127.0.0.1:{server.port}"


def test_an_unchanged_calendar_is_not_sent_again(server: Server) -> None:
    server.answers["/a.ics"] = says(304)
    assert get(server, etag='"1"', last_modified="Monday").is_unchanged
    assert server.asked[0][1]["If-None-Match"] == '"1"'


@pytest.mark.parametrize(
    ("answer", "reason"),
    [
        (says(404), "gone"), (says(401), "log_in"), (says(500), "no_answer"),
        (says(200, b"x" * 2000), "too_large"), (says(200, b"x", Content_Encoding="gzip"), "packed"),
        (says(302, Location="/a.ics"), "redirect"),
        (says(302, Location="http://10.0.0.1/"), "not_public"),
        (says(302, Location="http://169.254.169.254/latest/meta-data/"), "not_public"),
        (says(302, Location="file:///etc/passwd"), "address"),
        (says(302), "redirect"),
        (lambda handler: handler.wfile.write(b"nonsense\r\n\r\n"), "no_answer"),
    ],
)  # fmt: skip
def test_an_answer_that_is_of_no_use_is_refused(
    server: Server, answer: Answer, reason: str
) -> None:
    server.answers["/a.ics"] = answer
    with pytest.raises(CannotFetch) as refused:
        get(server)
    assert refused.value.reason == reason


def test_a_redirect_is_followed_to_where_it_leads(server: Server) -> None:
    server.answers["/a.ics"] = says(301, Location="/b.ics")
    server.answers["/b.ics"] = says(200, b"BEGIN")
    assert get(server).body == b"BEGIN"


@pytest.mark.parametrize("part", ["headers", "body"])
def test_a_server_that_drips_is_cut_off(
    server: Server, part: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(outgoing, "SECONDS", 0.5)
    stop = threading.Event()

    def drip(handler: BaseHTTPRequestHandler) -> None:
        if part == "body":
            handler.send_response(200)
            handler.end_headers()
        else:
            handler.wfile.write(b"HTTP/1.1 200 OK\r\nX-Slow: ")
        while not stop.wait(0.05):
            handler.wfile.write(b"x")
            handler.wfile.flush()

    server.answers["/a.ics"] = drip
    try:
        with pytest.raises(CannotFetch):
            get(server, most=10**9)
    finally:
        stop.set()
