"""Web archives: which of their records are documents."""

from __future__ import annotations

import gzip
from typing import TYPE_CHECKING

import pytest

pytest.importorskip("resiliparse", reason="compare[documents] is not installed")
from compare.jobs.dedup import Corpus, deduplicate_paths
from compare.model import Document, Skipped
from compare.settings import Settings
from compare.sources.read import read

if TYPE_CHECKING:
    from pathlib import Path

TEXT = "The ferry left the old harbour at nine with forty passengers, a lorry of apples and one goat, and it came back."
PAGE = f"<html><body><p>{TEXT}</p></body></html>".encode()
OK = b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n"


def record(kind: str, address: str, block: bytes, content: str = "application/http; msgtype=response") -> bytes:
    head = f"WARC/1.0\r\nWARC-Type: {kind}\r\nWARC-Target-URI: {address}\r\nWARC-Date: 2024-03-18T09:00:00Z\r\n"
    head += f"WARC-Record-ID: <urn:uuid:1>\r\nContent-Type: {content}\r\nContent-Length: {len(block)}\r\n\r\n"
    return head.encode() + block + b"\r\n\r\n"


OTHER = (
    b"<html><body><p>Nobody saw the whale that swam up the river at night, and the mill told no one of it.</p></body>"
)
PACKED = gzip.compress(PAGE, mtime=0)
RECORDS = [
    record("warcinfo", "", b"software: none\r\n", "application/warc-fields"),
    record("request", "https://a.example/", b"GET / HTTP/1.1\r\n\r\n", "application/http; msgtype=request"),
    record("response", "https://a.example/plain", OK + b"\r\n" + PAGE),
    record("response", "https://a.example/packed", OK + b"Content-Encoding: gzip\r\n\r\n" + PACKED),
    record("response", "https://a.example/gone", b"HTTP/1.1 404 Not Found\r\nContent-Type: text/html\r\n\r\n" + PAGE),
    record("response", "https://a.example/a.png", b"HTTP/1.1 200 OK\r\nContent-Type: image/png\r\n\r\n\x89PNG"),
    record("resource", "https://a.example/kept", OTHER, "text/html"),
]


def items(path: Path, **settings: int) -> list[Document | Skipped]:
    return list(read([str(path)], Settings(**settings)))


@pytest.mark.parametrize("name", ["a.warc", "a.warc.gz"])
def test_pages_are_documents_by_their_numbers_with_their_addresses(tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    path.write_bytes(b"".join(map(gzip.compress, RECORDS) if name.endswith(".gz") else RECORDS))
    documents = [item for item in items(path) if isinstance(item, Document)]
    assert [(one.id, one.url) for one in documents] == [
        (f"{path.name}:3", "https://a.example/plain"),
        (f"{path.name}:4", "https://a.example/packed"),
        (f"{path.name}:7", "https://a.example/kept"),
    ]
    assert documents[0].text == documents[1].text == TEXT
    assert all(one.row for one in documents)


def test_what_is_damaged_or_too_large_is_told_and_the_rest_is_read(tmp_path: Path) -> None:
    path = tmp_path / "a.warc"
    large = record("response", "https://a.example/large", OK + b"\r\n" + PAGE * 100)
    path.write_bytes(RECORDS[2] + large + RECORDS[3] + RECORDS[2][:-60])
    told = [
        (item.path.rpartition(":")[2], item.reason) for item in items(path, max_bytes=3000) if isinstance(item, Skipped)
    ]
    assert told == [("2", "more than the limit of 3000 bytes"), ("4", "cut off")]
    path.write_bytes(RECORDS[2] + b"no record\r\n\r\n")
    assert [type(item) for item in items(path)] == [Document, Skipped]


def test_what_is_no_web_archive_is_said_to_be_none(tmp_path: Path) -> None:
    path = tmp_path / "a.warc"
    path.write_bytes(b"A pact.\n")
    assert items(path) == [Skipped(str(path), "not a web archive", lost=True)]


def test_what_stays_is_kept_byte_for_byte(tmp_path: Path) -> None:
    path = tmp_path / "a.warc"
    path.write_bytes(b"".join(RECORDS))
    deduplicate_paths(Corpus((str(path),), tmp_path / "out"), Settings())
    kept = (tmp_path / "out" / "kept" / "a.warc").read_bytes()
    assert kept == b"".join(one for number, one in enumerate(RECORDS) if number != 3)
