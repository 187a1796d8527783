from __future__ import annotations

import hashlib
import json
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from compare.errors import InputError
from compare.model import Document, Skipped, Span
from compare.settings import Settings
from compare.sources.fields import Fields, Reading
from compare.sources.keep import write_kept
from compare.sources.read import read, read_batches

if TYPE_CHECKING:
    from pathlib import Path

SETTINGS = Settings()
SMALL = Settings(max_bytes=100)


def both(path: Path, settings: Settings = SETTINGS) -> tuple[dict[str, Document], dict[str, str]]:
    """Documents by id, and reasons by path below the folder of the file."""
    items = list(read([path], settings))
    start = len(str(path if path.is_dir() else path.parent)) + 1
    documents = {item.id: item for item in items if isinstance(item, Document)}
    return documents, {item.path[start:]: item.reason for item in items if isinstance(item, Skipped)}


def test_an_article_keeps_its_text_and_says_what_its_front_matter_says(tmp_path: Path) -> None:
    front = "---\ntitle: Harbour\ndate: 2024-05-01\nlicence: CC0\nlang: en\n---\r\n"
    data = b"\xef\xbb\xbf" + f"{front}Some *text*.\r\n".encode()
    (tmp_path / "a.md").write_bytes(data)
    (document,) = read([tmp_path / "a.md"], SETTINGS)
    assert isinstance(document, Document)
    assert document == Document(
        id="a.md",
        text=f"{front}Some *text*.\r\n",
        path=str(tmp_path / "a.md"),
        title="Harbour",
        published="2024-05-01",
        published_from="front matter",
        title_from="front matter",
        license="CC0",
        language="en",
        sha256=hashlib.sha256(data).hexdigest(),
        muted=(Span(0, len(front)), Span(len(front) + 5, len(front) + 6), Span(len(front) + 10, len(front) + 11)),
    )


def test_what_is_no_article_in_a_folder_is_skipped_with_its_reason(tmp_path: Path) -> None:
    for name, data in {
        "a.md": b"text",
        "b.md": b"\0",
        "c.txt": b"",
        "d.png": b"x",
        "e": b"x",
        "f.txt.gz": b"x",
        "g.txt": b"x" * 101,
        "h.jsonl": b"\n",
    }.items():
        (tmp_path / name).write_bytes(data)
    documents, skipped = both(tmp_path, SMALL)
    assert list(documents) == ["a.md"]
    assert skipped == {
        "b.md": "binary",
        "c.txt": "empty",
        "d.png": "not an article type (.png)",
        "e": "not an article type (no extension)",
        "f.txt.gz": "compressed; unpack it first",
        "g.txt": "101 bytes, over the limit of 100",
        "h.jsonl": "empty",
    }


def test_a_named_file_of_any_extension_is_read_if_it_is_text(tmp_path: Path) -> None:
    (tmp_path / "README").write_text("text _a_")
    (document,) = read([tmp_path / "README"], SETTINGS)
    assert isinstance(document, Document)
    assert document.muted == ()


def test_rows_keep_their_ids_as_they_are_written(tmp_path: Path) -> None:
    big = "1" * 30
    lines = [f'"{big}x"', big, "8", '"007"', "8.0", "-1", '"é\\u00e9"', "null", '""']
    rows = [f'{{"id": {line}, "text": "t"}}\n' for line in lines]
    (tmp_path / "docs.jsonl").write_text("\ufeff" + "".join(rows) + '{"text": "t"}', encoding="utf-8")
    documents, skipped = both(tmp_path / "docs.jsonl")
    assert list(documents) == [
        f"{big}x", big, "8", "007", "8.0", "-1", "éé", "docs.jsonl:8", "docs.jsonl:9", "docs.jsonl:10",
    ]  # fmt: skip
    assert skipped == {}


def test_a_bad_line_is_a_skip_and_the_others_are_read(tmp_path: Path) -> None:
    deep = b'{"text": "t", "x": ' + b"[" * 99_999 + b"]" * 99_999 + b"}"
    lines = {
        b'{"text"': "not valid JSON: Input data was truncated",
        b"[1]": "not a row: a list, not an object",
        b'{"id": 1}': "no text",
        b'{"text": " "}': "empty",
        b'{"text": 5}': "the text is a number, not a string",
        b'{"text": "\xff"}': "not valid UTF-8",
        b'{"text": "\\ud800 lone"}': "not valid JSON: ",
        b'{"id": "\\udc00 lone", "text": "t"}': "not valid JSON: ",
        b'{"id": [1], "text": "t"}': "the id is neither a string nor a number",
        b'{"id": true, "text": "t"}': "the id is neither a string nor a number",
        b'{"text": "a\x01"}': "not valid JSON: ",
        deep: "not valid JSON: too deeply nested",
        b'{"text": "' + b"x" * 300_000 + b'"}': "more than the limit of 250000 bytes",
    }
    (tmp_path / "docs.jsonl").write_bytes(b"\n".join([*lines, b'{"id": "good", "text": "t"}']))
    documents, skipped = both(tmp_path / "docs.jsonl", Settings(max_bytes=250_000))
    assert list(documents) == ["good"]
    assert documents["good"].path.endswith("docs.jsonl")
    assert list(skipped) == [f"docs.jsonl:{number}" for number in range(1, 14)]
    for reason, expected in zip(skipped.values(), lines.values(), strict=True):
        assert reason.startswith(expected)


@given(st.lists(st.text(st.characters(exclude_categories=["Cs"])).filter(str.strip), min_size=1))
def test_any_text_comes_out_of_a_row_as_it_went_in(tmp_path_factory: pytest.TempPathFactory, texts: list[str]) -> None:
    path = tmp_path_factory.mktemp("any") / "docs.jsonl"
    path.write_text("".join(json.dumps({"text": text}) + "\n" for text in texts))
    items = list(read([path], SETTINGS))
    assert [item.text for item in items if isinstance(item, Document)] == texts
    assert [item.sha256 for item in items if isinstance(item, Document)] == [
        hashlib.sha256(text.encode()).hexdigest() for text in texts
    ]


def test_columns_are_named_by_fields_and_further_values_come_beside(tmp_path: Path) -> None:
    row = {"key": 1, "body": "t", "title": "T", "date": "2024", "author": ["A", "B"], "rank": 1.50, "source": None}
    (tmp_path / "docs.jsonl").write_text(json.dumps(row) + '\n{"key": 2, "body": "t"}\n')
    (tmp_path / "docs.csv").write_text("key,body,title,rank\n3,t,T,9\n")
    fields = Fields(id="key", text="body", extra="rank")
    (batch,) = read_batches([tmp_path], SETTINGS, fields=fields, digest=False)
    assert batch.values == ["9", "1.5", ""]
    first = batch.documents[1]
    assert (first.id, first.title, first.author, first.source) == ("1", "T", "A, B", "")
    assert (first.published, first.published_from, first.sha256) == ("2024", "field", "")


def test_batches_hold_all_documents_in_order_within_their_size(tmp_path: Path) -> None:
    (tmp_path / "docs.jsonl").write_text("".join(f'{{"id": {n}, "text": "t"}}\n' for n in range(10)) + "x")
    batches = list(read_batches([tmp_path / "docs.jsonl"], SETTINGS, size=4))
    assert [[document.id for document in batch.documents] for batch in batches] == [
        ["0", "1", "2", "3"], ["4", "5", "6", "7"], ["8", "9"],
    ]  # fmt: skip
    assert [len(batch.skipped) for batch in batches] == [0, 0, 1]


def test_a_duplicate_id_is_an_error_that_names_both_places(tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_text('{"id": 8, "text": "t"}\n')
    (tmp_path / "b.jsonl").write_text('{"id": 9, "text": "t"}\n{"id": "8", "text": "u"}\n')
    with pytest.raises(InputError, match=r'duplicate id "8": in .*a\.jsonl:1 and in .*b\.jsonl:2; .* --id'):
        list(read([tmp_path], SETTINGS))


def test_a_missing_path_is_an_error_before_anything_is_read(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="no such file"):
        read([tmp_path / "none"], SETTINGS)
    with pytest.raises(InputError, match="no such file"):
        read_batches([tmp_path / "none"], SETTINGS)


def test_csv_records_may_hold_newlines_quotes_and_other_delimiters(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_bytes('\ufeffid,text\r\n007,"one ""two""\r\nthree, four"\r\n\r\n,five\r\n'.encode())
    (tmp_path / "b.csv").write_bytes("id;text\nü;Müller\n".encode("latin-1"))
    assert {key: document.text for key, document in both(tmp_path)[0].items()} == {
        "007": 'one "two"\r\nthree, four',
        "a.csv:5": "five",
        "ü": "Müller",
    }


def test_a_malformed_csv_record_is_a_skip_and_the_others_are_read(tmp_path: Path) -> None:
    data = b'id,text\n1,"a"b\n2,t,more\n3\n4,\n5,\xff\n6,good\n7,' + b"x" * 200 + b'\n8,good\n9,"open\n'
    (tmp_path / "a.csv").write_bytes(data)
    documents, skipped = both(tmp_path / "a.csv", SMALL)
    assert list(documents) == ["6", "8"]
    assert list(skipped) == [f"a.csv:{number}" for number in (2, 3, 4, 5, 6, 8, 10)]
    assert skipped["a.csv:6"] == "not text in any known encoding"
    assert skipped["a.csv:3"] == "3 cells under 2 columns"
    assert skipped["a.csv:8"] == "more than the limit of 100 bytes"


BRIDGE = "Die Brücke über die Isar bleibt für längere Zeit gesperrt, erklärte der Bürgermeister von München."


def test_one_bad_byte_costs_a_row_one_character_and_its_bytes_stay(tmp_path: Path) -> None:
    cut, nul = BRIDGE.encode().replace("ü".encode(), b"\xc3", 1), BRIDGE.encode().replace(b" ", b"\0", 1)
    latin = BRIDGE.encode("latin-1")
    rows = [b'{"id": "%d\xff", "text": "%s"}\n' % (n, text) for n, text in enumerate((cut, nul, latin))]
    (tmp_path / "a.jsonl").write_bytes(b"".join(rows))
    (tmp_path / "a.csv").write_bytes(
        b"id,text\n" + b"".join(b'%d,"%s"\n' % row for row in enumerate((cut, nul, latin)))
    )
    for name in ("a.jsonl", "a.csv"):
        found = [item for item in read([tmp_path / name], SETTINGS) if isinstance(item, Document)]
        assert [one.text for one in found] == [
            BRIDGE.replace("ü", "\ufffd", 1),
            BRIDGE.replace(" ", "\ufffd", 1),
            BRIDGE,
        ]
        assert [one.decoding is not None and one.decoding.guessed for one in found] == [False, False, True]
    reading = Reading(SETTINGS, Fields(), digest=False)
    write_kept([tmp_path / "a.jsonl"], lambda _: True, tmp_path / "out", reading, frozenset())
    assert (tmp_path / "out" / "a.jsonl").read_bytes() == b"".join(rows)


@pytest.mark.parametrize("form", ['{{"id": "{}", "text": "{}"}}\n', '{},"{}"\n'])
@pytest.mark.parametrize(
    ("encoding", "text"),
    [
        ("cp1252", BRIDGE),
        ("cp1251", "Президент подписал договор."),
        ("shift_jis", "条約は月曜日に表示される予定です。"),
    ],
)
def test_a_table_in_an_older_encoding_is_read_and_said_to_be_guessed(
    tmp_path: Path, form: str, encoding: str, text: str
) -> None:
    name = "a.jsonl" if form.startswith("{{") else "a.csv"
    head = "" if name == "a.jsonl" else "id,text\n"
    (tmp_path / name).write_bytes(
        (head + "".join(form.format(n, text) for n in range(3)) + form.format(3, "x")).encode(encoding)
    )
    found = [item for item in read([tmp_path / name], SETTINGS) if isinstance(item, Document)]
    assert [one.text for one in found] == [text, text, text, "x"]
    assert [one.decoding is not None and one.decoding.guessed for one in found] == [True, True, True, False]


def test_a_table_without_a_text_column_or_rows_is_one_skip(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("id,body\n1,t\n")
    (tmp_path / "b.csv").write_bytes("id,text\n1,t\n".encode("utf-16") + b"\0")
    (tmp_path / "c.csv").write_text("")
    documents, skipped = both(tmp_path)
    assert documents == {}
    assert skipped["a.csv"] == (
        'no column "text" in its first line, among "id", "body"; did you mean --fields text=body?'
    )
    assert skipped["b.csv"].startswith("a table that is not valid UTF-16")
    assert "c.csv" in skipped


def test_parquet_rows_are_read_in_order_with_exact_ids(tmp_path: Path) -> None:
    arrow, parquet = pytest.importorskip("pyarrow"), pytest.importorskip("pyarrow.parquet")
    path = tmp_path / "id=5" / "a[1].parquet"
    path.parent.mkdir()
    ids = arrow.array([1, 123456789012345678901234567890, 3, None], arrow.decimal128(38, 0))
    texts, titles = ["one", "two", None, "four"], ["T", None, None, ""]
    parquet.write_table(arrow.table({"id": ids, "text": texts, "title": titles}), path)
    (path.parent / "a1.parquet").write_bytes(b"broken")
    documents, skipped = both(path)
    assert list(documents)[:2] == ["1", "123456789012345678901234567890"]
    assert [(key, item.text, item.title) for key, item in documents.items()][-1] == ("a[1].parquet:4", "four", "")
    assert skipped == {"a[1].parquet:3": "no text"}
    assert both(path.parent / "a1.parquet")[1]["a1.parquet"].startswith("not readable as Parquet")
