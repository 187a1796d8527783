"""Documents among other files: what is read, what is skipped and told, and what ends a command."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from documents_made import docx, paragraph, run

from compare.errors import InputError, MissingExtraError
from compare.model import Document, Skipped
from compare.settings import Settings
from compare.sources.read import read
from compare.sources.single import read_bytes, read_one

if TYPE_CHECKING:
    from pathlib import Path

STORY = "The ferry left the old harbour at nine with forty passengers, a lorry of apples and one goat."
SETTINGS = Settings()


def test_a_folder_holds_texts_and_documents_alike_and_what_cannot_be_read_is_told(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(STORY, "utf-8")
    (tmp_path / "B.DOCX").write_bytes(docx(paragraph(run(STORY))))
    (tmp_path / "c.rtf").write_bytes(rb"{\rtf1 " + STORY.encode() + b"}")
    (tmp_path / "cut.docx").write_bytes(docx(paragraph(run(STORY)))[:200])
    (tmp_path / "empty.docx").write_bytes(docx(""))
    (tmp_path / "old.doc").write_bytes(b"\xd0\xcf\x11\xe0")
    items = list(read([str(tmp_path)], SETTINGS))
    texts = {item.id: item.text for item in items if isinstance(item, Document)}
    skipped = {item.path.rpartition("/")[2]: (item.reason, item.lost) for item in items if isinstance(item, Skipped)}
    assert texts == dict.fromkeys(("a.txt", "B.DOCX", "c.rtf"), STORY)
    assert skipped == {
        "cut.docx": ("damaged: it is no whole archive", True),
        "empty.docx": ("empty", False),
        "old.doc": ("not an article type (.doc)", False),
    }


def test_a_name_that_says_nothing_is_no_hindrance_to_whoever_names_the_file(tmp_path: Path) -> None:
    for name, raw in (("draft", docx(paragraph(run(STORY)))), ("draft.tmp", rb"{\rtf1 " + STORY.encode() + b"}")):
        (tmp_path / name).write_bytes(raw)
        assert read_one(str(tmp_path / name), SETTINGS).text == STORY


@pytest.mark.usefixtures("without_extra")
def test_without_its_package_a_document_that_was_named_ends_the_command_and_one_in_a_folder_is_lost(
    tmp_path: Path,
) -> None:
    page = tmp_path / "a.html"
    page.write_text(f"<p>{STORY}</p>", "utf-8")
    with pytest.raises(MissingExtraError, match=r"HTML needs an optional package: pip install 'compare\[documents\]'"):
        list(read([str(page)], SETTINGS))
    (tmp_path / "ours.html").write_text('<meta name="generator" content="compare 1">', "utf-8")
    assert list(read([str(tmp_path)], SETTINGS)) == [
        Skipped(str(page), "HTML needs an optional package: pip install 'compare[documents]'", lost=True),
        Skipped(str(tmp_path / "ours.html"), "a page that compare made"),
    ]


def test_bytes_with_a_name_are_a_document_or_the_reason_why_not() -> None:
    raw = docx(paragraph(run(STORY)))
    assert read_bytes("story.docx", raw, SETTINGS).text == STORY
    assert read_bytes("story", raw, SETTINGS).text == STORY
    assert read_bytes("story.txt", STORY.encode(), SETTINGS).text == STORY
    for name, bad in (("a.docx", raw[:99]), ("a.txt", b"\0\1\2\3" * 99), ("a\n.docx", b""), ("a.rtf", b"A pact.")):
        with pytest.raises(InputError) as told:
            read_bytes(name, bad, SETTINGS)
        assert "\n" not in str(told.value)


def test_settings_limit_what_a_document_may_take() -> None:
    with pytest.raises(InputError, match="larger than the limit of 1000 bytes"):
        read_bytes("a.docx", docx(paragraph(run(STORY)) * 500), Settings(max_bytes=1000))
    with pytest.raises(InputError, match="larger than the limit of 3000 bytes"):
        read_bytes("a.docx", docx(paragraph(run(STORY)) * 500), Settings(max_bytes=3000))
