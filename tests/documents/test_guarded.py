"""The process that reads documents: its limits hold, and it is replaced when it dies."""

from __future__ import annotations

import os
import sys
from threading import Thread
from types import ModuleType
from typing import TYPE_CHECKING

import pytest
from documents_made import docx, paragraph, run

from compare.documents import guarded
from compare.documents.extract import EXTRACTORS
from compare.documents.extracted import BlankError, DocumentError, Extracted, Limits
from compare.errors import MissingExtraError

if TYPE_CHECKING:
    from collections.abc import Callable

pytestmark = pytest.mark.skipif(not guarded.CAN_FORK, reason="no process of its own here")
STORY = docx(paragraph(run("A pact.")))
LIMITS = Limits(seconds=0, memory=64 << 20)


@pytest.fixture
def reader() -> guarded.Reader:
    return guarded.Reader()


def behaves(monkeypatch: pytest.MonkeyPatch, does: Callable[[bytes, Limits], Extracted]) -> None:
    """A format whose extractor does something."""
    module = ModuleType("compare.documents.odd")
    module.extract = does  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, module.__name__, module)
    monkeypatch.setitem(EXTRACTORS, ".odd", "odd")


def spin(_raw: bytes, _limits: Limits) -> Extracted:
    while True:
        pass


def grow(_raw: bytes, _limits: Limits) -> Extracted:
    kept = []
    while True:
        kept.append(bytearray(1 << 20))


def die(_raw: bytes, _limits: Limits) -> Extracted:
    os._exit(3)


def stumble(_raw: bytes, _limits: Limits) -> Extracted:
    raise KeyError("nobody thought of it")


def lack(_raw: bytes, _limits: Limits) -> Extracted:
    raise MissingExtraError("ODD", "documents")


def blank(_raw: bytes, _limits: Limits) -> Extracted:
    raise BlankError("empty")


@pytest.mark.parametrize(
    ("does", "error", "reason"),
    [
        (spin, DocumentError, "more than the limit of 0 seconds"),
        (grow, DocumentError, "more than the limit of 64 MB of memory"),
        (die, DocumentError, "ended without an answer"),
        (stumble, DocumentError, r"cannot be read \(KeyError\)"),
        (lack, MissingExtraError, r"ODD needs an optional package: pip install 'compare\[documents\]'"),
        (blank, BlankError, "empty"),
    ],
)
def test_whatever_a_document_does_is_one_line_and_the_next_one_is_read(
    reader: guarded.Reader, monkeypatch: pytest.MonkeyPatch, does: Callable[[bytes, Limits], Extracted],
    error: type[Exception], reason: str,
) -> None:  # fmt: skip
    behaves(monkeypatch, does)
    with pytest.raises(error, match=reason):
        reader.extract("a.odd", b"", LIMITS)
    assert reader.extract("a.docx", STORY, LIMITS).text == "A pact."
    reader.stop()


def test_one_process_serves_many_documents(reader: guarded.Reader) -> None:
    numbers = set()
    for _ in range(5):
        reader.extract("a.docx", STORY, LIMITS)
        numbers.add(reader.process)
    assert len(numbers) == 1
    reader.stop()


def test_a_process_that_was_killed_between_two_documents_is_replaced(reader: guarded.Reader) -> None:
    reader.extract("a.docx", STORY, LIMITS)
    os.kill(reader.process, 9)
    os.waitid(os.P_PID, reader.process, os.WEXITED | os.WNOWAIT)
    assert reader.extract("a.docx", STORY, LIMITS).text == "A pact."
    reader.stop()


def test_a_name_that_is_no_utf8_is_read() -> None:
    assert guarded.extract("a\udcff.docx", STORY).text == "A pact."


def test_a_thread_that_ends_takes_no_process_along(reader: guarded.Reader) -> None:
    thread = Thread(target=reader.extract, args=("a.docx", STORY, LIMITS))
    thread.start()
    thread.join()
    first = reader.process
    assert reader.extract("a.docx", STORY, LIMITS).text == "A pact."
    assert reader.process == first
    reader.stop()
