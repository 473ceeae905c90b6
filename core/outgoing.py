"""Fetching from addresses that people type: only the public internet, and only so much of it.

Every name is looked up here, every address it has must be public, and the connection goes to the
very address that was looked at: a name that changes its mind in between gains nothing. Each
redirect is looked at in the same way. No proxy, cookie, log-in or password goes along.
"""

from __future__ import annotations

import contextlib
import ipaddress
import socket
import threading
import time
from dataclasses import dataclass
from enum import StrEnum
from http.client import HTTPException
from typing import Any
from urllib.parse import SplitResult, quote, urljoin, urlsplit

from django.utils.translation import gettext as _
from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.exceptions import HTTPError

from core.errors import DomainError

SECONDS = 20.0
_CONNECT_SECONDS = 5.0
_SILENT_SECONDS = 10.0
_REDIRECTS = 3
_PIECE = 65_536
_LONGEST_ADDRESS = 2000
_PORTS = {80, 443}
_MOVED = {301, 302, 303, 307, 308}
# Addresses of version 4 inside version 6: what they stand for must be public as well.
_NAT64 = ipaddress.ip_network("64:ff9b::/96")
# Kept for other ends, though `is_global` does not know it on each Python: addresses of version 4
# in old or local clothes of version 6, old site-local ones, and what clouds tell their machines.
_NOT_FOR_ALL = [
    ipaddress.ip_network(text)
    for text in (
        "192.0.0.0/24", "192.88.99.0/24", "168.63.129.16/32", "::/96", "::ffff:0:0:0/96",
        "64:ff9b:1::/48", "3fff::/20", "5f00::/16", "fec0::/10",
    )
]  # fmt: skip
_Address = ipaddress.IPv4Address | ipaddress.IPv6Address


class Trouble(StrEnum):
    """Why nothing came of it; the words for whoever typed the address are in `_words`."""

    ADDRESS = "address"
    LONG_ADDRESS = "long_address"
    PASSWORD = "password"  # noqa: S105 - what is wrong with the address
    PORT = "port"
    UNKNOWN_HOST = "unknown_host"
    NOT_PUBLIC = "not_public"
    REDIRECT = "redirect"
    NOT_SECURE = "not_secure"
    NO_ANSWER = "no_answer"
    LOG_IN = "log_in"
    GONE = "gone"
    PACKED = "packed"
    TOO_LARGE = "too_large"


def _words(trouble: Trouble) -> str:
    return {
        Trouble.ADDRESS: _("Enter an address that begins with https:// or webcal://."),
        Trouble.LONG_ADDRESS: _("The address is too long."),
        Trouble.PASSWORD: _("Leave the name and password out of the address."),
        Trouble.PORT: _("Use an address without a port number."),
        Trouble.UNKNOWN_HOST: _("There is no such address on the internet. Check it."),
        Trouble.NOT_PUBLIC: _("That address is not on the public internet."),
        Trouble.REDIRECT: _("The address leads on to too many others."),
        Trouble.NOT_SECURE: _("The address leads to one that is not secure."),
        Trouble.NO_ANSWER: _("The other website does not answer as it should. We will try again."),
        Trouble.LOG_IN: _(
            "The other website wants a log-in. Look for the calendar’s public address."
        ),
        Trouble.GONE: _("There is nothing at that address any more."),
        Trouble.PACKED: _("The other website sends something that we did not ask for."),
        Trouble.TOO_LARGE: _("What is at that address is too large. It may be up to 5 MB."),
    }[trouble]


class CannotFetch(DomainError):
    """Nothing came of it; `reason` is a stable word."""

    code = "cannot_fetch"

    def __init__(self, reason: Trouble) -> None:
        self.reason = reason
        super().__init__(_words(reason), reason=reason)


@dataclass(frozen=True, slots=True)
class Fetched:
    """`is_unchanged`: the server says that we have it; `body` is empty then."""

    body: bytes
    etag: str
    last_modified: str
    is_unchanged: bool = False


def checked_address(typed: str) -> str:
    """The address to fetch: `webcal:` means `https:`. Nothing is looked up yet.

    Raises: CannotFetch.
    """
    address = "".join(typed.split())
    scheme, colon, rest = address.partition(":")
    if scheme.lower() in {"webcal", "webcals"} and colon:
        address = f"https:{rest}"
    _parts(address)
    return address


def is_public(address: _Address) -> bool:
    """Whether `address` is of the public internet: none of ours, of this computer or its cloud."""
    if any(address in network for network in _NOT_FOR_ALL):
        return False
    if isinstance(address, ipaddress.IPv6Address):
        inner = address.ipv4_mapped or address.sixtofour
        if address in _NAT64:
            inner = ipaddress.IPv4Address(int(address) & 0xFFFFFFFF)
        if address.teredo or (inner is not None and not is_public(inner)):
            return False
        if inner is not None and address.ipv4_mapped:
            return True
    return address.is_global and not address.is_multicast


def fetch(
    address: str, *, most: int, accept: str, etag: str = "", last_modified: str = ""
) -> Fetched:
    """What is at `address`, up to `most` bytes.

    Raises: CannotFetch.
    """
    until = time.monotonic() + SECONDS
    headers = {"Accept": accept, "Accept-Encoding": "identity", "User-Agent": "Openhall"}
    if etag:
        headers["If-None-Match"] = etag
    if last_modified:
        headers["If-Modified-Since"] = last_modified
    for _turn in range(_REDIRECTS + 1):
        found = _one(address, headers, most=most, until=until)
        if isinstance(found, Fetched):
            return found
        if address.startswith("https:") and not found.startswith("https:"):
            raise CannotFetch(Trouble.NOT_SECURE)
        address = found
    raise CannotFetch(Trouble.REDIRECT)


def _parts(address: str) -> tuple[SplitResult, str, int]:
    """The address taken apart, its host as it is looked up, and its port."""
    wrong = CannotFetch(Trouble.ADDRESS)
    try:
        parts = urlsplit(address)
        host = (parts.hostname or "").encode("idna").decode("ascii") if parts.hostname else ""
        port = parts.port or (443 if parts.scheme == "https" else 80)
    except (ValueError, UnicodeError) as error:
        raise wrong from error
    is_plain = all(ord(letter) > 32 and ord(letter) != 127 for letter in address)
    if parts.scheme not in {"http", "https"} or not host or not is_plain:
        raise wrong
    if len(address) > _LONGEST_ADDRESS:
        raise CannotFetch(Trouble.LONG_ADDRESS)
    if parts.username is not None or parts.password is not None:
        raise CannotFetch(Trouble.PASSWORD)
    if port not in _PORTS:
        raise CannotFetch(Trouble.PORT)
    return parts, host, port


def _looked_up(host: str, port: int) -> str:
    """One address of `host`. One that is not public spoils them all. Raises: CannotFetch."""
    try:
        rows = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
        addresses = [ipaddress.ip_address(str(row[4][0]).partition("%")[0]) for row in rows]
    except (OSError, UnicodeError, ValueError) as error:
        raise CannotFetch(Trouble.UNKNOWN_HOST) from error
    if not addresses or not all(is_public(address) for address in addresses):
        raise CannotFetch(Trouble.NOT_PUBLIC)
    return str(addresses[0])


def _one(address: str, headers: dict[str, str], *, most: int, until: float) -> Fetched | str:
    """What is there, or where it leads."""
    parts, host, port = _parts(address)
    connection = _connection(parts.scheme, host, _looked_up(host, port), port)
    # However slowly a server drips, headers included: at the end its line is cut.
    line: list[socket.socket] = []
    timer = threading.Timer(max(until - time.monotonic(), 0.1), _cut, [connection, line])
    timer.daemon = True
    timer.start()
    try:
        connection.connect()
        if connection.sock is not None:
            line.append(connection.sock)
            connection.sock.settimeout(_SILENT_SECONDS)
        found = _asked(connection, address, parts, headers, most=most)
    except (OSError, UnicodeError, ValueError, HTTPException, HTTPError) as error:
        raise CannotFetch(Trouble.NO_ANSWER) from error
    finally:
        timer.cancel()
        connection.close()
    if time.monotonic() >= until:
        # A line that was cut looks like the end of what was sent.
        raise CannotFetch(Trouble.NO_ANSWER)
    return found


def _asked(
    connection: HTTPConnection,
    address: str,
    parts: SplitResult,
    headers: dict[str, str],
    *,
    most: int,
) -> Fetched | str:
    target = f"{parts.path or '/'}{'?' if parts.query else ''}{parts.query}"
    connection.request(
        "GET",
        quote(target, safe="/%:?#[]@!$&'()*+,;=~"),
        headers={"Host": parts.netloc.encode("idna").decode("ascii"), **headers},
        preload_content=False,
        decode_content=False,
    )
    response = connection.getresponse()
    try:
        if response.status in _MOVED:
            return urljoin(address, response.headers.get("Location", ""))
        return _answer(response, most=most)
    finally:
        response.close()


def _connection(scheme: str, host: str, address: str, port: int) -> HTTPConnection:
    if scheme == "http":
        return HTTPConnection(address, port, timeout=_CONNECT_SECONDS)
    return HTTPSConnection(
        address, port, timeout=_CONNECT_SECONDS, cert_reqs="CERT_REQUIRED",
        server_hostname=host, assert_hostname=host,
    )  # fmt: skip


def _answer(response: Any, *, most: int) -> Fetched:
    if response.status == 304:
        return Fetched(b"", "", "", is_unchanged=True)
    if response.status in {401, 403}:
        raise CannotFetch(Trouble.LOG_IN)
    if response.status in {404, 410}:
        raise CannotFetch(Trouble.GONE)
    if response.status != 200:
        raise CannotFetch(Trouble.NO_ANSWER)
    if response.headers.get("Content-Encoding", "identity").lower() != "identity":
        raise CannotFetch(Trouble.PACKED)
    body = bytearray()
    while piece := response.read1(_PIECE):
        body += piece
        if len(body) > most:
            raise CannotFetch(Trouble.TOO_LARGE)
    return Fetched(
        bytes(body),
        response.headers.get("ETag", "")[:200],
        response.headers.get("Last-Modified", "")[:100],
    )


def _cut(connection: HTTPConnection, line: list[socket.socket]) -> None:
    """`line` is kept apart: the connection forgets it once the answer has it."""
    found = line[0] if line else connection.sock
    if found is not None:
        with contextlib.suppress(OSError):
            found.shutdown(socket.SHUT_RDWR)
