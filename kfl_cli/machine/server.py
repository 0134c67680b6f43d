"""A local web server: it makes the files of a site when they are requested, and its pages reload when that changes.

Nothing is read from a folder: whatever the path of a request is, only the files of the site can be got.
"""

from __future__ import annotations

import base64
import hashlib
import ipaddress
import re
import socket
import threading
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING
from urllib.parse import unquote

from msgspec import Struct, field

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

CHANGES = ".kfl/changes"
"""The path at which a page hears of changes (server-sent events, HTML 9.2)."""


TYPES = {
    "html": "text/html; charset=utf-8",
    "ics": "text/calendar; charset=utf-8",
    "json": "application/json",
}


_OWN = frozenset({"localhost", "127.0.0.1", "[::1]"})
"""Host names of this machine in a browser that runs on it."""


_SCRIPT = f"new EventSource('/{CHANGES}').onmessage = () => location.reload();".encode()


_HASH = b"'sha256-" + base64.b64encode(hashlib.sha256(_SCRIPT).digest()) + b"'"


_ABSOLUTE = re.compile(r"https?://([^/?#]*)", re.IGNORECASE)


_BREATH = 20.0
"""Seconds after which the server sends a page a sign of life."""


class Served(Struct):
    """The site that is served now, or the fault that is shown in its place; both are replaced as a whole."""

    makers: Mapping[str, Callable[[], bytes]] = field(default_factory=dict)
    fault: Callable[[str], bytes] = field(default=str.encode)
    """Makes a page that shows a fault, or (given an empty text) that there is no such page."""
    wrong: str = ""
    """The fault because of which there is no site; else empty."""
    version: int = 0
    _made: dict[str, bytes] = field(default_factory=dict)
    _changed: threading.Condition = field(default_factory=threading.Condition)

    def show(self, makers: Mapping[str, Callable[[], bytes]], wrong: str, fault: Callable[[str], bytes]) -> None:
        """Serve a new site, or a fault in place of every page; all open pages reload."""
        with self._changed:
            self.makers, self.wrong, self.fault = makers, wrong, fault
            self._made.clear()
            self.version += 1
            self._changed.notify_all()

    def get(self, name: str) -> tuple[HTTPStatus, bytes]:
        """Return a file, made when it is requested for the first time."""
        with self._changed:
            is_page = name.endswith(".html")
            if self.wrong:
                status = HTTPStatus.OK if is_page else HTTPStatus.SERVICE_UNAVAILABLE
                return status, self.fault(self.wrong)
            if name not in self.makers:
                return HTTPStatus.NOT_FOUND, self.fault("")
            if name not in self._made:
                try:
                    self._made[name] = self.makers[name]()
                except Exception as error:  # noqa: BLE001  a template of others may raise anything
                    return HTTPStatus.INTERNAL_SERVER_ERROR, self.fault(str(error))
            return HTTPStatus.OK, self._made[name]

    def wait(self, version: int, seconds: float) -> bool:
        """Wait until another version than ``version`` is served; return whether that happened in time."""
        with self._changed:
            return self._changed.wait_for(lambda: self.version != version, seconds)


def live(page: bytes) -> bytes:
    """Return a page that reloads when the site changes, with a policy that allows that and nothing more."""
    page = page.replace(b"</body>", b"<script>" + _SCRIPT + b"</script>\n</body>", 1)
    if b"script-src " in page:
        page = page.replace(b"script-src ", b"script-src " + _HASH + b" ", 1)
    else:
        page = page.replace(b"base-uri 'none'", b"script-src " + _HASH + b"; base-uri 'none'", 1)
    return page.replace(b"base-uri 'none'", b"connect-src 'self'; base-uri 'none'", 1)


class SiteServer(ThreadingHTTPServer):
    """Answers requests for the files of a site. Raises OSError if the port is taken."""

    daemon_threads = True
    request_queue_size = 128

    def __init__(self, served: Served, host: str, port: int) -> None:
        """Listen on ``host``; if that is a loopback address, refuse requests for other host names."""
        self.served = served
        self.allowed = _OWN | {host.lower(), f"[{host}]"} if is_loopback(host) else frozenset[str]()
        self.address_family = socket.AF_INET6 if ":" in host else socket.AF_INET
        super().__init__((host, port), _Handler)

    def handle_error(self, *_: object) -> None:
        """Report nothing: a browser that goes away is no fault."""


class _Handler(BaseHTTPRequestHandler):
    server: SiteServer
    timeout = 60
    protocol_version = "HTTP/1.1"
    server_version = "kfl"
    sys_version = ""

    def do_GET(self) -> None:
        """Answer with a file."""
        self.answer()

    def do_HEAD(self) -> None:
        """Answer with the headers of a file."""
        self.answer()

    def answer(self) -> None:
        """Answer a request, unless it is for another host: pages elsewhere may not get in by DNS rebinding."""
        allowed, served = self.server.allowed, self.server.served
        whole = _ABSOLUTE.match(self.path)  # RFC 9112, 3.2.2: of an absolute address, its host counts
        hosts = [whole[1]] if whole else self.headers.get_all("Host", [])
        path = self.path[whole.end() :] if whole else self.path
        name = unquote(path.partition("?")[0]).removeprefix("/") or "index.html"
        if "Content-Length" in self.headers or "Transfer-Encoding" in self.headers:
            self.close_connection = True  # the body of the request is not read
        if len(hosts) > 1:
            self.send(HTTPStatus.BAD_REQUEST, "text/plain", b"The request names several hosts.\n")
        elif allowed and _hostname("".join(hosts)) not in allowed:
            self.send(HTTPStatus.MISDIRECTED_REQUEST, "text/plain", b"This server answers to localhost only.\n")
        elif name == CHANGES and self.command == "GET":
            self.tell()
        else:
            status, data = served.get(name)
            kind = name.rpartition(".")[2] if status is HTTPStatus.OK else "html"
            data = live(data) if kind == "html" else data
            self.send(status, TYPES.get(kind, "application/octet-stream"), data)

    def send(self, status: HTTPStatus, kind: str, data: bytes) -> None:
        """Send a file, or that it has not changed (RFC 9110, 13.1.2)."""
        tag = f'"{hashlib.sha256(data).hexdigest()[:32]}"'
        known = {each.strip().removeprefix("W/") for each in self.headers.get("If-None-Match", "").split(",")}
        same = status is HTTPStatus.OK and not known.isdisjoint({tag, "*"})
        self.send_response(HTTPStatus.NOT_MODIFIED if same else status)
        self.send_header("ETag", tag)
        self.send_header("Cache-Control", "no-cache")
        if not same:
            self.send_header("Content-Type", kind)
            self.send_header("Content-Length", str(len(data)))
            self.send_header("X-Content-Type-Options", "nosniff")
        self.end_headers()
        if not same and self.command != "HEAD":
            self.wfile.write(data)

    def tell(self) -> None:
        """Keep the connection open, and send an event when something else is served."""
        self.close_connection = True
        self.send_response(HTTPStatus.OK)
        self.send_header("Content-Type", "text/event-stream")
        self.send_header("Cache-Control", "no-store")
        self.end_headers()
        served = self.server.served
        version = served.version
        try:
            while not served.wait(version, _BREATH):
                self.wfile.write(b": here\n\n")
            self.wfile.write(b"data: changed\n\n")
        except OSError:  # the page was closed
            return

    def log_message(self, *_: object) -> None:
        """Log nothing: the terminal is not for requests."""


def is_loopback(host: str) -> bool:
    """Return whether only this machine can reach an address."""
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host.lower() == "localhost"


def _hostname(host: str) -> str:
    """Return the host of a Host header without its port: «[::1]:8000» is «[::1]» (RFC 9110, 7.2)."""
    found = re.fullmatch(r"(\[[0-9A-Fa-f:.]+\]|[^:\[\]]*)(?::[0-9]*)?", host)
    return found[1].lower() if found else ""
