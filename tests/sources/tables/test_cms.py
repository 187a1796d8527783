"""Exports of newsroom systems: columns by the usual names, and by those that are said."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from compare.errors import SettingsError
from compare.model import Document, Skipped
from compare.settings import Settings
from compare.sources.fields import fields_of
from compare.sources.read import read

if TYPE_CHECKING:
    from pathlib import Path

JSON = (
    '[{"headline": "The pact", "body": "<p>A pact &amp; a <b>goat</b>.</p><p>Signed.</p>", "pub_date": "2024-03-18",'
    ' "byline": "Ana Roth", "url": "https://a.example/pact"}]'
)
CSV = 'headline;content;pub_date;byline\n"The pact";"A pact & a goat.\n\nSigned.";2024-03-18;Ana Roth\n'
TEXT = "A pact & a goat.\n\nSigned."


def documents(path: Path, fields: str = "") -> list[Document]:
    return [item for item in read([str(path)], Settings(fields=fields)) if isinstance(item, Document)]


@pytest.mark.parametrize(("name", "text"), [("a.json", JSON), ("a.jsonl", JSON[1:-1]), ("a.csv", CSV)])
def test_the_usual_names_are_known_also_in_a_folder(tmp_path: Path, name: str, text: str) -> None:
    (tmp_path / name).write_text(text, "utf-8")
    for path in (tmp_path, tmp_path / name):
        (read_,) = documents(path)
        assert (read_.text, read_.title, read_.author, read_.published) == (TEXT, "The pact", "Ana Roth", "2024-03-18")


def test_a_row_without_a_title_is_no_article_by_a_guess(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    path.write_text('{"role": "user", "content": "A pact."}\n{"title": "A", "body": 7}\n', "utf-8")
    assert [item.reason for item in read([str(path)], Settings()) if isinstance(item, Skipped)] == [
        'no text: no field "text" among "role", "content"; did you mean --fields text=content?',
        'no text: no field "text"',
    ]


def test_a_text_of_the_first_name_goes_before_all_guesses(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    path.write_text('{"title": "A", "body": "No.", "text": "<p>Yes.</p>"}\n', "utf-8")
    assert [one.text for one in documents(path)] == ["<p>Yes.</p>"]


def test_names_that_are_said_go_before_all_others(tmp_path: Path) -> None:
    path = tmp_path / "a.json"
    path.write_text('[{"Kopf": "Der Pakt", "Inhalt": "<p>Ein Pakt.</p>", "Tag": "2024-03-18", "text": "No."}]', "utf-8")
    (read_,) = documents(path, "text=Inhalt, title=Titel|Kopf, date=Tag")
    assert (read_.text, read_.title, read_.published) == ("Ein Pakt.", "Der Pakt", "2024-03-18")


@pytest.mark.parametrize("written", ["text", "text=", "=body", "words=body", "text=body;title=head;x"])
def test_what_is_said_otherwise_is_refused_in_one_line(written: str) -> None:
    if written.count("="):
        written = written.replace(";x", ", x")
    with pytest.raises(SettingsError, match="write NAME=COLUMN"):
        fields_of(written)
