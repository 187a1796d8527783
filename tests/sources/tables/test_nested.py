"""A name may be a path into objects, and several fields may make one text: in all forms of JSON, and what is kept."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from compare.model import Document, Skipped
from compare.settings import Settings
from compare.sources.fields import Fields, Reading
from compare.sources.keep import write_kept
from compare.sources.read import read, read_batches

if TYPE_CHECKING:
    from pathlib import Path

SETTINGS = Settings()
ROWS: list[dict[str, Any]] = [
    {"meta": {"doc": {"text": "One.", "id": 10.50}}, "title": "Head"},
    {"meta": {"doc": {"text": "Two.", "id": "b"}}, "title": None},
    {"meta.doc.text": "Its very name.", "meta": {"doc": {"text": "A path.", "id": 3}}},
    {"meta.doc": {"text": "A part of it.", "id": 4}, "title": " "},
    {"meta": [], "title": "Head alone"},
    {"meta": {"doc": None}},
    {"meta": {"doc": {"text": 7, "id": 8}}},
    {"meta": {"doc": {"text": "No id.", "id": [1]}}},
]
LINES = "".join(json.dumps(row) + "\n" for row in ROWS)
NESTED: dict[str, Any] = {"text": "meta.doc.text", "id": "meta.doc.id"}


def both(path: Path, **fields: Any) -> tuple[dict[str, str], dict[str, str]]:  # noqa: ANN401
    items = list(read([path], SETTINGS, fields=Fields(**fields)))
    texts = {item.id: item.text for item in items if isinstance(item, Document)}
    return texts, {item.path.rpartition(":")[2]: item.reason for item in items if isinstance(item, Skipped)}


@pytest.mark.parametrize(("name", "body"), [("a.jsonl", LINES), ("a.json", json.dumps(ROWS, indent=1)), ("a", LINES)])
def test_a_path_leads_to_a_value_where_no_field_has_that_very_name(name: str, body: str, tmp_path: Path) -> None:
    (tmp_path / name).write_text(body)
    texts, skipped = both(tmp_path / name, **NESTED)
    assert texts == {"10.5": "One.", "b": "Two.", "3": "Its very name.", "4": "A part of it."}
    assert skipped == {
        "5": 'no text: no field "meta.doc.text"',
        "6": 'no text: no field "meta.doc.text"',
        "7": "the text is a number, not a string",
        "8": "the id is neither a string nor a number",
    }
    if name != "a":
        assert both(tmp_path, **NESTED)[0] == texts  # found in a folder, it is the same
    known = {f"{tmp_path / name}:{number}" for number in skipped}
    for at in (None, known):
        reading = Reading(SETTINGS, Fields(**NESTED), digest=False)
        (written,), _ = write_kept(
            [tmp_path / name], lambda id_: id_ not in {"b", "4"}, tmp_path / f"{at}", reading, at
        )
        assert list(both(written, **NESTED)[0]) == ["10.5", "3"]


def test_texts_of_several_fields_are_one_with_blank_lines_between(tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_text(LINES)
    texts, skipped = both(tmp_path / "a.jsonl", id="", text="title", joined=("meta.doc.text",))
    assert {id_.partition(":")[2]: text for id_, text in texts.items()} == {
        "1": "Head\n\nOne.", "2": "Two.", "3": "Its very name.", "4": "A part of it.", "5": "Head alone", "8": "No id.",
    }  # fmt: skip
    assert skipped["6"] == 'no text: no field "title" or "meta.doc.text"'
    (tmp_path / "a.csv").write_text('id,title,body\n1,Head,"One, two."\n2,,Two.\n3,Three,\n4,,\n')
    texts, skipped = both(tmp_path / "a.csv", text="title", joined=("body",))
    assert texts == {"1": "Head\n\nOne, two.", "2": "Two.", "3": "Three"}
    assert skipped == {"5": "empty"}
    assert both(tmp_path / "a.csv", text="title", joined=("bdy",))[1] == {
        f"{tmp_path}/a.csv": 'no column "bdy" in its first line, among "id", "title", "body"; '
        "did you mean --fields text=body?"
    }


def test_the_field_that_decides_may_be_nested(tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_text('{"id": 1, "text": "t", "a": {"b": 2.50}}\n{"id": 2, "text": "t"}\n')
    (batch,) = read_batches([tmp_path / "a.jsonl"], SETTINGS, fields=Fields(extra="a.b"))
    assert batch.values == ["2.50", ""]


def test_ids_that_hold_in_their_file_name_it(tmp_path: Path) -> None:
    shards = {
        "a.jsonl": '{"id": 1, "text": "x"}\n{"text": "y"}\n',
        "b.csv": "id,text\n1,x\n",
        "c.json": '[{"id": 1, "text": "x"}]',
    }
    for name, body in shards.items():
        (tmp_path / name).write_text(body)
    assert list(both(tmp_path, by_file=True)[0]) == ["a.jsonl#1", "a.jsonl:2", "b.csv#1", "c.json#1"]
    reading = Reading(SETTINGS, Fields(by_file=True), digest=False)
    for at in (None, frozenset[str]()):
        kept = write_kept(
            [tmp_path], lambda id_: id_ != "a.jsonl#1", tmp_path.with_name(f"out{at is None}"), reading, at
        )
        assert [path.read_text() for path in kept.files] == ['{"text": "y"}\n', shards["b.csv"], shards["c.json"]]
