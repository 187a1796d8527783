"""Who may ask the desk: nobody who does not know its word, no page of another site, nothing without end."""

from __future__ import annotations

import socket
from html import unescape
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import pytest

if TYPE_CHECKING:
    from desks import Asker

POST = {"Content-Type": "application/json"}


@pytest.mark.parametrize("path", ["/", "/api/query", "/wrong-word/", "/%2e%2e/", "//", "/../../etc/passwd"])
def test_who_does_not_know_the_word_finds_nothing(path: str, desk: Asker) -> None:
    assert desk.ask("GET", path)[0] == 404


@pytest.mark.parametrize("host", ["evil.example", "127.0.0.1", "127.0.0.1:1", "localhost.evil.example:80", ""])
def test_another_name_for_this_machine_finds_nothing(host: str, desk: Asker) -> None:
    assert desk.ask("GET", "", headers={"Host": host})[0] == 404


@pytest.mark.parametrize(
    "headers",
    [{"Origin": "https://evil.example"}, {"Origin": "null"}, {"Sec-Fetch-Site": "cross-site"},
     {"Sec-Fetch-Site": "same-site"}],
)  # fmt: skip
def test_a_page_of_another_site_may_neither_read_nor_write(headers: dict[str, str], desk: Asker) -> None:
    assert desk.ask("GET", "", headers=headers)[0] == 403
    assert desk.ask("POST", "api/query", {"text": "A pact."}, headers)[0] == 403


@pytest.mark.parametrize("kind", ["text/plain", "application/x-www-form-urlencoded", "multipart/form-data", ""])
def test_what_a_form_can_send_is_refused(kind: str, desk: Asker) -> None:
    assert desk.ask("POST", "api/query", {"text": "A pact."}, {"Content-Type": kind})[0] == 415


@pytest.mark.parametrize("method", ["PUT", "DELETE", "PATCH", "OPTIONS", "TRACE"])
def test_only_get_and_post_are_answered(method: str, desk: Asker) -> None:
    assert desk.ask(method, "")[0] == 405


def test_a_body_has_a_bound_whether_it_says_its_size_or_not(desk: Asker) -> None:
    assert desk.ask("POST", "api/query", b"", {**POST, "Content-Length": str(1 << 40)})[0] == 413
    parts = urlsplit(desk.address)
    with socket.create_connection((str(parts.hostname), int(parts.port or 0)), timeout=30) as line:
        head = f"POST {parts.path}api/query HTTP/1.1\r\nHost: {parts.netloc}\r\nContent-Type: application/json\r\n"
        line.sendall(f"{head}Transfer-Encoding: chunked\r\n\r\n".encode())
        piece = b"100000\r\n" + b" " * 0x100000 + b"\r\n"
        answer = b""
        try:
            for _ in range(70):
                line.sendall(piece)
        except OSError:
            pass  # it hung up
        else:
            answer = line.recv(1000)
        assert not answer or b" 413 " in answer
    assert desk.query("A pact was signed in May.")["sentence"]


@pytest.mark.parametrize(
    "body", [b"", b"{", b"[]", b'{"text": 3}', b'{"text": "a", "more": 1}', b"\xff", b"[" * 100_000, b'{"text": "..."}']
)
def test_what_is_not_understood_is_one_line(body: bytes, desk: Asker) -> None:
    status, answer, _ = desk.ask("POST", "api/query", body, POST)
    assert status == 400
    assert set(answer) == {"error"}
    assert "\n" not in answer["error"]
    assert "Traceback" not in answer["error"]


def test_pages_are_framed_by_the_desk_alone_and_kept_by_nobody(desk: Asker) -> None:
    status, page, headers = desk.ask("GET", "")
    assert status == 200
    assert "default-src 'none'" in unescape(page.decode())
    assert "connect-src 'self'" in unescape(page.decode())
    assert headers["content-security-policy"] == "frame-ancestors 'self'"
    assert (headers["cache-control"], headers["referrer-policy"]) == ("no-store", "no-referrer")
    assert headers["x-content-type-options"] == "nosniff"


def test_the_address_without_its_last_stroke_leads_to_the_page(desk: Asker) -> None:
    path = urlsplit(desk.address).path
    status, _, headers = desk.ask("GET", path.rstrip("/"))
    assert (status, headers["location"]) == (307, path)


@pytest.mark.parametrize(
    "path", ["result/unknown/", "result/unknown/report.json", "result/x/evidence/pair-000000000000", "api/inbox"]
)
def test_what_is_not_there_is_said_in_one_line(path: str, desk: Asker) -> None:
    status, answer, _ = desk.ask("GET", path)
    assert status == 400
    assert set(answer) == {"error"}
