"""``kfl serve`` as a browser and a calendar program meet it."""

from __future__ import annotations

import http.client
import os
import re
import signal
import socket
import subprocess
import sys
import time
from typing import TYPE_CHECKING

import pytest

from tests.conftest import Result
from tests.plans import HEAD, plan_text
from tests.test_build import ROWS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

PLAN = plan_text(ROWS, HEAD)
_PATIENCE = 20.0
"""Seconds that a change may take to show on a busy machine."""


class Running:
    """A server of the plan in a folder, and a client that asks it."""

    def __init__(self, folder: Path, *arguments: str) -> None:
        """Start it, and wait until it says where it is."""
        self.folder = folder
        self.process = subprocess.Popen(
            [sys.executable, "-m", "kfl_cli", "--lang", "en", "serve", "--port", "0", *arguments],
            cwd=folder,
            env={name: value for name, value in os.environ.items() if not name.startswith("KFL_")},
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        assert self.process.stdout is not None
        self.url = self.process.stdout.readline().strip()
        self.port = int(re.findall(r":(\d+)/$", self.url)[0])

    def ask(
        self, path: str, method: str = "GET", to: str = "127.0.0.1", **headers: str
    ) -> tuple[int, dict[str, str], bytes]:
        """Return status, headers and body."""
        connection = http.client.HTTPConnection(to, self.port, timeout=_PATIENCE)
        connection.request(method, path, headers={"Host": f"localhost:{self.port}", **headers})
        answer = connection.getresponse()
        body = answer.read()
        connection.close()
        return answer.status, dict(answer.headers), body

    def until(self, path: str, text: str) -> str:
        """Return a page once it holds ``text``."""
        end = time.monotonic() + _PATIENCE
        while time.monotonic() < end:
            page = self.ask(path)[2].decode()
            if text in page:
                return page
            time.sleep(0.05)
        raise AssertionError(page)

    def stop(self) -> tuple[int, str]:
        """Press Ctrl-C; return exit code and what was said on standard error."""
        self.process.send_signal(signal.SIGINT)
        _, said = self.process.communicate(timeout=_PATIENCE)
        return self.process.returncode, said


@pytest.fixture
def running(tmp_path: Path) -> Iterator[Running]:
    (tmp_path / "plan.yaml").write_text(PLAN, encoding="utf-8")
    started = Running(tmp_path)
    yield started
    if started.process.returncode is None:
        started.stop()


def test_site_is_served_with_types_and_nothing_is_written(running: Running) -> None:
    found = {path: running.ask(path) for path in ("/", "/for-styrer.html", "/for-styrer.ics", "/plan.json", "/x.html")}

    assert running.url == f"http://127.0.0.1:{running.port}/"
    assert {path: (status, headers["Content-Type"]) for path, (status, headers, _) in found.items()} == {
        "/": (200, "text/html; charset=utf-8"),
        "/for-styrer.html": (200, "text/html; charset=utf-8"),
        "/for-styrer.ics": (200, "text/calendar; charset=utf-8"),
        "/plan.json": (200, "application/json"),
        "/x.html": (404, "text/html; charset=utf-8"),
    }
    assert [path.name for path in running.folder.iterdir()] == ["plan.yaml"]


def test_what_is_served_is_what_is_built(running: Running, kfl: Callable[..., Result], tmp_path: Path) -> None:
    kfl("--lang", "en", "build", "-o", "ut")

    assert running.ask("/region-nord.ics")[2] == (tmp_path / "ut" / "region-nord.ics").read_bytes()
    page = running.ask("/region-nord.html")[2].decode()
    policy, script = re.findall('content="(default-src[^"]+)', page)[0], re.findall("<script>new Event.*", page)
    built = (tmp_path / "ut" / "region-nord.html").read_text(encoding="utf-8")
    assert page.replace(script[0] + "\n", "").replace(policy, "") == built.replace(
        re.findall('content="(default-src[^"]+)', built)[0], ""
    )
    assert "connect-src 'self'" in policy


def test_file_that_has_not_changed_is_not_sent_again(running: Running) -> None:
    _, headers, body = running.ask("/index.ics")

    status, _, again = running.ask("/index.ics", **{"If-None-Match": headers["ETag"]})

    assert (status, again) == (304, b"")
    assert running.ask("/index.ics", "HEAD")[1]["Content-Length"] == str(len(body))
    for tags, expected in (
        ('"annet"', 200),
        (f'"annet", W/{headers["ETag"]}', 304),
        ("*", 304),
        (headers["ETag"][:9], 200),
    ):
        assert running.ask("/index.ics", **{"If-None-Match": tags})[0] == expected
    assert running.ask("/.kfl/changes", "HEAD")[0] == 404


@pytest.mark.parametrize(
    "path", ["/../plan.yaml", "/%2e%2e/plan.yaml", "/plan.yaml", "//etc/passwd", "/..%5cplan.yaml"]
)
def test_no_path_leads_to_other_files(running: Running, path: str) -> None:
    status, _, body = running.ask(path)

    assert (status, b"parties:" in body) == (404, False)


@pytest.mark.parametrize(
    "host",
    ["evil.example", "evil.example:8000", "127.0.0.1.evil.example", "", "[::2]:80", "[::1].evil.example", "a:b:c"],
)
def test_other_names_of_this_machine_are_refused(running: Running, host: str) -> None:
    assert running.ask("/", Host=host)[0] == 421


@pytest.mark.parametrize("host", ["localhost", "LOCALHOST:1", "127.0.0.1:9", "[::1]:8000"])
def test_own_names_of_this_machine_are_not(running: Running, host: str) -> None:
    assert running.ask("/", Host=host)[0] == 200


def test_page_hears_of_a_change_and_shows_errors_until_they_are_mended(running: Running) -> None:
    plan = running.folder / "plan.yaml"
    connection = http.client.HTTPConnection("127.0.0.1", running.port, timeout=_PATIENCE)
    connection.request("GET", "/.kfl/changes", headers={"Host": "localhost"})
    events = connection.getresponse()
    kind = events.getheader("Content-Type")

    plan.write_text(PLAN.replace("2018-01-18", "2018-01-32"), encoding="utf-8")

    assert (kind, events.read()) == ("text/event-stream", b"data: changed\n\n")
    connection.close()
    page = running.until("/region-nord.html", "KFL")
    assert "error KFL302 impossible-date: «2018-01-32»" in page
    assert running.ask("/region-nord.ics")[0] == 503
    plan.write_text(PLAN.replace("Tynset", "Alvdal"), encoding="utf-8")
    assert "KFL" not in running.until("/region-nord.html", "Alvdal")


def test_template_and_theme_show_when_they_are_saved(running: Running) -> None:
    (running.folder / "theme.css").write_text(":root { --accent: #123456; }")
    running.until("/", "#123456")
    (running.folder / "templates").mkdir()
    running.until("/", "#123456")
    (running.folder / "templates" / "foot.html.j2").write_text("<footer>Egen fot</footer>\n")
    running.until("/", "Egen fot")
    (running.folder / "templates" / "foot.html.j2").write_text("{{ finnes_ikke }}")

    page = running.until("/", "finnes_ikke")
    assert re.findall(r"foot\.html\.j2:1: .*", page) == ["foot.html.j2:1: &#39;finnes_ikke&#39; is undefined</pre>"]


def test_plan_that_is_gone_says_so_until_it_is_back(running: Running) -> None:
    (running.folder / "plan.yaml").rename(running.folder / "bort.yaml")
    (running.folder.parent / "plan.yaml").write_text(PLAN.replace("Prøveplan", "En annen plan"), encoding="utf-8")
    running.until("/", "plan.yaml: No such file or directory")
    (running.folder / "bort.yaml").rename(running.folder / "plan.yaml")

    running.until("/", "Workshop")


def test_ctrl_c_ends_it(running: Running) -> None:
    assert running.stop() == (0, "")


def test_taken_port_is_said(running: Running, kfl: Callable[..., Result]) -> None:
    result = kfl("serve", "--port", str(running.port))

    assert (result.code, result.out) == (2, "")
    assert result.err.startswith(f"Error: cannot listen on 127.0.0.1:{running.port} (")


def test_page_that_is_not_there_says_so(running: Running) -> None:
    assert "There is no such page" in running.ask("/finnes-ikke.html")[2].decode()


def test_broken_request_is_answered_and_nothing_is_said(running: Running) -> None:
    assert running.ask("http://[bad/")[0] == 421
    assert running.stop() == (0, "")


def exchange(port: int, request: bytes) -> bytes:
    """Return all that is answered to bytes on a line of their own."""
    with socket.create_connection(("127.0.0.1", port), timeout=_PATIENCE) as line:
        line.sendall(request)
        line.shutdown(socket.SHUT_WR)
        return b"".join(iter(lambda: line.recv(65536), b""))


@pytest.mark.parametrize(
    ("request_", "statuses"),
    [
        (b"GET / HTTP/1.1\r\nHost: localhost\r\nHost: evil.example\r\n\r\n", [400]),
        (b"GET / HTTP/1.1\r\n\r\n", [421]),
        (b"GET http://localhost:1/index.ics HTTP/1.1\r\nHost: evil.example\r\n\r\n", [200]),
        (b"GET http://evil.example/ HTTP/1.1\r\nHost: localhost\r\n\r\n", [421]),
        (
            b"GET / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 5\r\n\r\nhelloGET /x HTTP/1.1\r\nHost: a\r\n\r\n",
            [200],
        ),
        (b"GET /../plan.yaml HTTP/1.1\r\nHost: localhost\r\n\r\n", [404]),
        (b"GET /%2e%2e/plan.yaml HTTP/1.1\r\nHost: localhost\r\n\r\n", [404]),
        (b"GET //etc/passwd HTTP/1.1\r\nHost: localhost\r\n\r\n", [404]),
        (b"GET /%00 HTTP/1.1\r\nHost: localhost\r\n\r\n", [404]),
        (b"POST / HTTP/1.1\r\nHost: localhost\r\n\r\n", [501]),
    ],
)
def test_requests_of_strangers(running: Running, request_: bytes, statuses: list[int]) -> None:
    answer = exchange(running.port, request_)

    assert [int(each) for each in re.findall(rb"^HTTP/1\.1 (\d+) ", answer, re.MULTILINE)] == statuses


def test_plan_that_is_no_file_is_said_and_does_not_stop_it(running: Running) -> None:
    plan = running.folder / "plan.yaml"
    plan.unlink()
    os.mkfifo(plan)
    running.until("/", "plan.yaml is no file")

    plan.unlink()
    plan.write_text(PLAN, encoding="utf-8")

    running.until("/", "Prøveplan")


def test_folder_that_goes_away_ends_it_with_a_word(tmp_path: Path) -> None:
    folder = tmp_path / "her"
    folder.mkdir()
    (folder / "plan.yaml").write_text(PLAN, encoding="utf-8")
    started = Running(folder)

    folder.rename(tmp_path / "borte")

    _, said = started.process.communicate(timeout=_PATIENCE)
    assert (started.process.returncode, said) == (
        2,
        f"Error: {folder} cannot be watched any more; is it still there?\n",
    )


@pytest.mark.parametrize(("host", "own"), [("::1", "[::1]:1"), ("127.0.0.2", "127.0.0.2"), ("LOCALHOST", "localhost")])
def test_every_address_of_this_machine_is_guarded(tmp_path: Path, host: str, own: str) -> None:
    (tmp_path / "plan.yaml").write_text(PLAN, encoding="utf-8")
    started = Running(tmp_path, "--host", host)
    address = host.lower().replace("localhost", "127.0.0.1")

    found = [started.ask("/", to=address, Host=asked)[0] for asked in (own, "evil.example")]

    assert (found, started.stop()) == ([200, 421], (0, ""))


def test_host_without_a_name_is_refused(kfl: Callable[..., Result]) -> None:
    assert kfl("serve", "--host", "", plan=PLAN) == Result(2, "", "Error: --host needs an address, such as 127.0.0.1\n")


def test_it_can_be_opened_to_other_machines(tmp_path: Path) -> None:
    (tmp_path / "plan.yaml").write_text(PLAN, encoding="utf-8")
    started = Running(tmp_path, "--host", "0.0.0.0", "--public")  # noqa: S104  what is tested

    status = started.ask("/", Host="plan.example.no")[0]

    assert (status, started.stop()) == (
        200,
        (0, "0 e-mail addresses and phone numbers are left out\n0.0.0.0 can be reached from other machines\n"),
    )
