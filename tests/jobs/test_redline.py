"""`compare redline`: what was changed, as changes that a word processor accepts or refuses."""

from __future__ import annotations

import re
import zipfile
from io import BytesIO
from typing import TYPE_CHECKING, Any

import pytest

from compare.documents.docx_made import docx_of
from compare.documents.extract import extract

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    Run = Callable[..., Any]

OLD = "Harbour wall\n\nThe council put the damage at 4.2 million pounds.\n\nBoats sail.\n"
NEW = "Harbour wall\n\nThe council put the damage at 4.6 million pounds.\n\nBoats sail.\n\nBuses & <b>trams</b> run.\n"


def test_paragraphs_become_a_document_that_holds_them() -> None:
    made = docx_of(["A & <b>", "", "two\n words", "\x00\x0b\ud800."])
    assert extract("a.docx", made).text.split("\n\n") == ["A & <b>", "two words", "."]
    assert made == docx_of(["A & <b>", "", "two\n words", "\x00\x0b\ud800."])


@pytest.fixture
def versions(tmp_path: Path) -> Path:
    (tmp_path / "old.txt").write_text(OLD, "utf-8")
    (tmp_path / "new.txt").write_text(NEW, "utf-8")
    return tmp_path


def _changes(docx: bytes) -> list[tuple[str, str]]:
    document = zipfile.ZipFile(BytesIO(docx)).read("word/document.xml").decode()
    found = re.findall(r"<w:(ins|del) [^>]*[^/]>(.*?)</w:\1>", document, re.DOTALL)
    return [(kind, re.sub(r"<[^>]+>", "", words)) for kind, words in found]


def test_changes_are_tracked_and_each_side_can_be_had_again(versions: Path, run: Run) -> None:
    pytest.importorskip("python_redlines", reason="the extra `redline` is not installed")
    ended = run("redline", "old.txt", "new.txt", "--output", "made.docx", "--by", "Ida", CWD=str(versions))
    assert (ended.returncode, ended.stdout) == (0, "3 changes tracked in made.docx.\n"), ended.stderr
    made = (versions / "made.docx").read_bytes()
    assert sorted(_changes(made)) == [
        ("del", "4.2"),
        ("ins", "4.6"),
        ("ins", "Buses &amp; &lt;b&gt;trams&lt;/b&gt; run."),
    ]
    assert b'w:author="Ida"' in zipfile.ZipFile(BytesIO(made)).read("word/document.xml")
    assert extract("made.docx", made).text.split() == NEW.split()
    ended = run("redline", "made.docx", "old.txt", "--output", "back.docx", CWD=str(versions))
    assert ended.returncode == 0, ended.stderr
    assert extract("back.docx", (versions / "back.docx").read_bytes()).text.split() == OLD.split()


@pytest.mark.parametrize(
    ("words", "line"),
    [
        (("old.txt", "new.txt", "--output", "old.txt"), "is one of the two versions"),
        (("old.txt", "new.txt", "--output", "made.pdf"), "name a file that ends in .docx"),
        (("old.txt", "nothing.docx", "--output", "made.docx"), "nothing.docx"),
        (("old.txt", "broken.docx", "--output", "made.docx"), "broken.docx"),
    ],
)
def test_what_cannot_be_written_or_read_is_one_line(
    words: tuple[str, ...], line: str, versions: Path, run: Run
) -> None:
    (versions / "broken.docx").write_bytes(docx_of(["A pact."])[:200])
    ended = run("redline", *words, CWD=str(versions))
    assert ended.returncode == 2
    assert line in ended.stderr
    assert ended.stderr.count("\n") == 1
    assert (versions / "old.txt").read_text("utf-8") == OLD
    assert not (versions / "made.docx").exists()
