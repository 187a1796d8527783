"""Documents in columns are those that `read_batches` reads, whatever stands in the files."""

from __future__ import annotations

import json
import os
import re
from typing import TYPE_CHECKING

import pytest

from compare.errors import InputError
from compare.files.regular import state_in
from compare.files.staging import staging
from compare.model import Skipped
from compare.settings import Settings
from compare.sources.columns import BLOCK, Columns, read_again, read_columns
from compare.sources.columns import together as joined
from compare.sources.fields import Fields, Reading
from compare.sources.keep import Known, stage_kept
from compare.sources.read import read_batches, standing_twice
from compare.sources.spans import parts_of
from compare.sources.walk import plan
from compare.text.tokens import body

if TYPE_CHECKING:
    from pathlib import Path

    from compare.sources.spans import Span

import numpy as np

TEXT = "The council voted on Monday to close the old bridge."
LINES = [
    json.dumps({"id": "a", "text": TEXT}),
    json.dumps({"id": 7, "text": "Größe “quoted”\n\nThe har-\nbour", "date": "2024-05-01", "title": "x"}),
    json.dumps({"text": "No id of its own.", "published": None, "date": "May " * 200}),
    json.dumps({"id": "m", "text": "CafÃ© crÃ¨me &amp; cake &eacute;"}),
    json.dumps({"id": 1.5, "text": TEXT}),
    json.dumps({"id": [1], "text": TEXT}),
    json.dumps({"id": "n", "text": None}),
    json.dumps({"id": "e", "text": " \n"}),
    json.dumps({"id": "w", "text": "\u00a0\u2003"}, ensure_ascii=False),
    json.dumps({"id": "x"}),
    json.dumps({"id": "long", "text": "word " * 100}),
    "not JSON", "", " \t", "[1]", '{"id": "d", "text": "twice", "text": "the last counts"}',
    '{"id": "esc\\u00e9", "text": "\\ud83e\\udd80 and \\u0000 and \\"quotes\\""}', '{"id": "half", "text": "\\ud83e"}',
]  # fmt: skip


def written(path: Path, lines: list[str], end: str = "\n", last: str = "\n", mark: bytes = b"") -> Path:
    path.write_bytes(mark + (end.join(lines) + last).encode("utf-8", "surrogatepass"))
    return path


def together(parts: list[Columns]) -> Columns:
    whole = Columns()
    for part in parts:
        for name in ("ids", "texts", "published", "values", "skipped", "doubtful"):
            getattr(whole, name).extend(getattr(part, name))
    return whole


def spans(path: Path, reading: Reading) -> list[Span]:
    return [span for part in parts_of(plan([path]), reading) for span in part]


def agrees(path: Path, fields: Fields, settings: Settings) -> Columns:
    reading = Reading(settings, fields, digest=False)
    found = together(list(read_columns(spans(path, reading), reading).columns))
    found.skipped = [*plan([path]).skipped, *found.skipped]
    batches = list(read_batches([path], settings, fields=fields, digest=False))
    documents = [document for batch in batches for document in batch.documents]
    assert found.ids == [document.id for document in documents]
    assert found.texts == [body(document) for document in documents]
    assert found.published == [document.published for document in documents]
    assert found.skipped == [skip for batch in batches for skip in batch.skipped]
    doubtful = [(one.id, one.path, one.decoding) for one in documents if one.decoding]
    assert [(one.id, one.path, one.decoding) for one in found.doubtful] == doubtful
    if fields.extra:
        assert found.values == [value for batch in batches for value in batch.values]
    return found


@pytest.mark.parametrize(("end", "last"), [("\n", "\n"), ("\n", ""), ("\r\n", "\r\n"), ("\n", "\n\n")])
@pytest.mark.parametrize("fields", [Fields(), Fields(id=""), Fields(extra="title"), Fields(text="title", id="text")])
def test_columns_are_what_is_read_row_by_row(
    tmp_path: Path, end: str, last: str, fields: Fields, monkeypatch: pytest.MonkeyPatch
) -> None:
    for block, most, part in ((1 << 20, 1 << 20, 1 << 20), (64, 1 << 20, 100), (64, 300, 700), (1 << 20, 1 << 20, 1)):
        monkeypatch.setattr("compare.sources.columns.BLOCK", block)
        monkeypatch.setattr("compare.sources.spans.PART", part)
        path = written(tmp_path / "t.jsonl", LINES, end, last)
        agrees(path, fields, Settings(max_bytes=most))


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("mark.jsonl", b"\xef\xbb\xbf" + LINES[0].encode()), ("wide.jsonl", (LINES[0] + "\n").encode("utf-16")),
        ("empty.jsonl", b""), ("blank.jsonl", b"\n \n"),
        ("latin.jsonl", LINES[1].replace("\\u00f6", "ö").encode("latin-1")), ("a.txt", TEXT.encode()),
        ("t.json", f"[{LINES[0]}, {LINES[1]}]".encode()), ("t.csv", f"id,text\n1,{TEXT}\n".encode()),
    ],
)  # fmt: skip
def test_other_files_are_read_as_they_always_are(tmp_path: Path, name: str, content: bytes) -> None:
    (tmp_path / name).write_bytes(content)
    agrees(tmp_path / name, Fields(), Settings())
    agrees(tmp_path, Fields(), Settings())


def test_the_first_id_that_stands_twice_ends_it_wherever_it_stands(tmp_path: Path) -> None:
    rows = [json.dumps({"id": number, "text": TEXT}) for number in (1, 2, 3, 2, 1)]
    path = written(tmp_path / "t.jsonl", rows)
    wrong = standing_twice(["1", "2", "3", "2", "1"], plan([path]), Reading(Settings(), Fields(), digest=False))
    assert re.search(r'duplicate id "2": in .*t.jsonl:2 and in .*t.jsonl:4', str(wrong))


@pytest.mark.parametrize("last", ["\n", ""])
@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"])
def test_what_falls_is_left_out_to_the_byte_without_reading_again(tmp_path: Path, last: str, mark: bytes) -> None:
    path = written(tmp_path / "t.jsonl", LINES, "\n", last, mark)
    reading = Reading(Settings(), Fields(), digest=False)
    corpus = read_columns(spans(path, reading), reading)
    ids = together(list(corpus.columns)).ids
    for fallen in (set(), {ids[0], ids[3]}, {ids[-1]}, set(ids)):
        known = Known(set(), {str(path): corpus.lines[0].fallen(np.array([id_ in fallen for id_ in ids]))})
        for given, name in ((known, "ranges"), (None, "rows")):
            with staging(tmp_path / name) as staged:
                wanted = [path], lambda id_: id_ not in fallen  # noqa: B023  # called at once
                stage_kept(wanted, staged, tmp_path / name / "kept", reading, given)
                staged.place((), [])
        assert (tmp_path / "ranges/kept/t.jsonl").read_bytes() == (tmp_path / "rows/kept/t.jsonl").read_bytes()


@pytest.mark.parametrize("system", ["with pread", "without"])
def test_texts_are_read_again_by_their_places_on_any_system(
    tmp_path: Path,
    system: str,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    if system == "without":
        monkeypatch.delattr(os, "pread", raising=False)
    reading = Reading(Settings(), Fields(), digest=False)
    corpus = read_columns(spans(written(tmp_path / "t.jsonl", LINES), reading), reading)
    texts = together(list(corpus.columns)).texts
    assert read_again(corpus.lines, [0, 2, len(texts) - 1]) == [texts[0], texts[2], texts[-1]]


def test_a_file_that_is_written_to_meanwhile_ends_it(tmp_path: Path) -> None:
    path = written(tmp_path / "t.jsonl", LINES[:2])
    with path.open("rb") as stream:
        state = state_in(stream)
    written(path, LINES[:3])
    reading = Reading(Settings(), Fields(), digest=False)
    with staging(tmp_path / "out") as staged, pytest.raises(InputError, match="was changed while it was read"):
        stage_kept(([path], bool), staged, tmp_path / "out/kept", reading, Known(set(), {str(path): ([], state)}))


def test_documents_of_small_files_are_read_together_in_their_order() -> None:
    small = [
        Columns([f"{number}"], ["word " * 9], [""], [""], readable=number in {3, 4}, size=50) for number in range(7)
    ]
    skip = Columns(skipped=[Skipped("none", "empty")], size=1)
    large = Columns(["large"], ["w" * BLOCK], [""], [""])
    found = list(joined([skip, *small[:5], skip, large, *small[5:]]))
    assert [part.ids for part in found] == [["0", "1", "2"], ["3", "4"], ["large"], ["5", "6"]]
    assert [part.readable for part in found] == [False, True, False, False]
    assert [(len(part.skipped), part.size) for part in found] == [(1, 151), (1, 101), (0, 0), (0, 100)]
    assert [len(column) for part in found for column in (part.texts, part.published, part.values)] == [3] * 3 + [
        2
    ] * 3 + [1] * 3 + [2] * 3
