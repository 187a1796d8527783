from __future__ import annotations

from typing import TYPE_CHECKING

from compare.model import Document
from compare.origin.described import described
from compare.settings import Settings
from compare.sources.read import read, read_batches

if TYPE_CHECKING:
    from pathlib import Path

TEXT = "Ferry sinks\n\nBy Ana Roth\n5 May 2020\n\nThe ferry sank on Sunday with forty people on board.\n\n(dpa)\n"


def test_what_a_text_says_of_itself_fills_what_its_record_leaves_open() -> None:
    told = described(Document("a", TEXT, path="2019-01-01-a.txt"))
    assert (told.title, told.title_from) == ("Ferry sinks", "first line")
    assert (told.author, told.author_from) == ("Ana Roth", "byline")
    assert (told.published, told.published_from) == ("2020-05-05", "date line")
    assert told.agencies == ("dpa",)
    assert told.text == TEXT


def test_a_record_goes_before_the_text(tmp_path: Path) -> None:
    front = (
        "---\nheadline: Boat\nbyline: By Leo Quist\npub_date: March 3, 2019\noutlet: Mail\nurl: https://a.org/x\n---\n"
    )
    (tmp_path / "a.md").write_text(front + TEXT, "utf-8")
    (tmp_path / "b.jsonl").write_text(
        '{"id": "7", "text": "It sank.", "headline": "Boat", "publisher": "Mail"}\n', "utf-8"
    )
    article, row = read([tmp_path / "a.md", tmp_path / "b.jsonl"], Settings())
    assert isinstance(article, Document)
    assert isinstance(row, Document)
    assert (article.title, article.author, article.published) == ("Boat", "Leo Quist", "2019-03-03")
    assert (article.title_from, article.author_from, article.published_from) == ("front matter",) * 3
    assert (article.source, article.url) == ("Mail", "https://a.org/x")
    assert (row.title, row.title_from, row.source) == ("Boat", "field", "Mail")


def test_the_day_stands_in_the_name_of_a_file_or_in_the_address() -> None:
    assert described(Document("a", "It sank.", path="x/2024-06-26-pact.txt")).published_from == "file name"
    assert described(Document("a", "It sank.", url="https://a.org/2013/11/26/x")).published == "2013-11-26"
    assert described(Document("a", "It sank.", path="x/000_0faf162771a7a640.txt")).published == ""


def test_a_corpus_is_read_without_it(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(TEXT, "utf-8")
    (batch,) = read_batches([tmp_path], Settings())
    assert (batch.documents[0].title, batch.documents[0].head) == ("", None)
