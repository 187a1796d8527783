"""`compare open`: who may see what."""

from __future__ import annotations

import http.client
import os
import signal
import socket
import subprocess
import sys
import webbrowser
from contextlib import contextmanager
from pathlib import Path
from threading import Thread
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import pytest
from newsroom import newsroom

import compare
from compare.jobs.serving import ReportServer
from compare.report.write import write_report

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    Run = Callable[..., subprocess.CompletedProcess[str]]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A report, with what a folder may hold beside it."""
    reports = tmp_path / "reports"
    write_report(newsroom(), reports)
    (tmp_path / "secret.html").write_text("secret")
    (reports / "notes.html").write_text("secret")
    (reports / "sub").mkdir()
    (reports / "pair-0123456789ab.html").symlink_to(tmp_path / "secret.html")
    return reports


@pytest.fixture
def server(folder: Path) -> Iterator[ReportServer]:
    with ReportServer(folder) as listening:
        thread = Thread(target=listening.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        yield listening
        listening.shutdown()
        thread.join()


def asked(server: ReportServer, path: str, method: str = "GET", host: str = "") -> tuple[int, bytes, dict[str, str]]:
    """Status, body and headers of one request, its path sent as it stands."""
    connection = http.client.HTTPConnection("127.0.0.1", server.server_port, timeout=10)
    connection.putrequest(method, path, skip_host=True)
    connection.putheader("Host", host or f"127.0.0.1:{server.server_port}")
    connection.endheaders()
    answer = connection.getresponse()
    found = answer.status, answer.read(), dict(answer.getheaders())
    connection.close()
    return found


def test_the_address_leads_to_the_index_and_its_pages(server: ReportServer, folder: Path) -> None:
    status, body, headers = asked(server, urlsplit(server.address).path)
    assert (status, body) == (200, (folder / "index.html").read_bytes())
    assert headers["Content-Type"] == "text/html; charset=utf-8"
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Cache-Control"] == "no-store"
    assert "Python" not in headers["Server"]
    names = [path.name for path in folder.glob("*.*") if not path.is_symlink() and path.name != "notes.html"]
    assert len(names) == 4
    for name in names:
        assert asked(server, f"/{server.word}/{name}")[1] == (folder / name).read_bytes(), name
    assert asked(server, f"/{server.word}/?x=1")[0] == 200


@pytest.mark.parametrize(
    "path",
    [
        "/", "/index.html", "/wrong/index.html", "/{}", "//{}/index.html/", "/{}/notes.html", "/{}/sub", "/{}/sub/",
        "/{}/../secret.html", "/{}/%2e%2e/secret.html", "/{}/..%2fsecret.html", "/{}//etc/passwd", "/{}/.",
        "/{}/pair-0123456789ab.html", "/{}/pair-000000000000.html", "/{}/index.html%00", "/{}/INDEX.HTML",
        "http://127.0.0.1/{}/index.html", "/%7b{}/index.html",
    ],
)  # fmt: skip
def test_anything_else_is_not_found(path: str, server: ReportServer) -> None:
    expected = 200 if path == "/{}" else 404
    status, body, _ = asked(server, path.format(server.word))
    assert status == expected
    assert b"secret" not in body
    assert expected == 200 or server.word.encode() not in body


@pytest.mark.parametrize("host", ["example.org", "127.0.0.1", "localhost", "127.0.0.1.example.org:{}", "[::1]:{}"])
def test_a_request_under_another_name_is_not_found(host: str, server: ReportServer) -> None:
    path = urlsplit(server.address).path
    assert asked(server, path, host=host.format(server.server_port))[0] == 404
    assert asked(server, path, host=f"localhost:{server.server_port}")[0] == 200


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "OPTIONS", "TRACE"])
def test_nothing_but_reading_is_answered(method: str, server: ReportServer) -> None:
    assert asked(server, urlsplit(server.address).path, method)[0] == 501


def test_head_tells_the_length_and_sends_nothing(server: ReportServer, folder: Path) -> None:
    status, body, headers = asked(server, urlsplit(server.address).path, "HEAD")
    assert (status, body) == (200, b"")
    assert int(headers["Content-Length"]) == (folder / "index.html").stat().st_size


def test_every_server_has_a_word_of_its_own_and_hears_this_machine_alone(folder: Path) -> None:
    with ReportServer(folder) as one, ReportServer(folder) as other:
        assert one.word != other.word
        assert min(len(one.word), len(other.word)) >= 22
        assert one.server_address[0] == "127.0.0.1"
        assert one.socket.family is socket.AF_INET


def test_a_caller_that_hangs_up_is_no_news(server: ReportServer, capfd: pytest.CaptureFixture[str]) -> None:
    for _ in range(3):
        with socket.create_connection(("127.0.0.1", server.server_port)) as caller:
            caller.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, b"\1\0\0\0\0\0\0\0")
            caller.sendall(b"GET / HTTP/1.1\r\n")
    assert asked(server, "/")[0] == 404
    assert capfd.readouterr().err == ""


@contextmanager
def opened(folder: Path, *words: str) -> Iterator[subprocess.Popen[str]]:
    command = [sys.executable, "-P", "-m", "compare", "open", str(folder), *words]
    settings = {**os.environ, "PYTHONPATH": str(Path(compare.__file__).parent.parent)}
    pipes = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE}
    with subprocess.Popen(command, **pipes, text=True, env=settings) as process:
        yield process
        process.kill()


def test_the_command_prints_the_address_and_ends_well_with_an_interrupt(folder: Path) -> None:
    with opened(folder, "--no-browser") as process:
        assert process.stdout is not None
        address = urlsplit(process.stdout.readline().strip())
        connection = http.client.HTTPConnection(address.netloc, timeout=10)
        connection.request("GET", address.path)
        assert connection.getresponse().status == 200
        process.send_signal(signal.SIGINT)
        assert process.stdout.read() == "Ctrl-C ends it.\n"
        assert process.wait(timeout=30) == 0


def test_the_browser_is_sent_to_the_address(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[str] = []
    with ReportServer(folder) as server:
        monkeypatch.setattr(webbrowser, "open", lambda address: (seen.append(address), server.shutdown()))
        server.serve(browser=True)
    assert seen == [server.address]


def test_a_folder_without_a_report_is_refused(tmp_path: Path, run: Run) -> None:
    (tmp_path / "index.html").write_text("<p>mine</p>")
    ended = run("open", tmp_path)
    assert (ended.returncode, ended.stdout) == (2, "")
    assert ended.stderr.startswith("compare: no report in ")
    assert ended.stderr.count("\n") == 1
