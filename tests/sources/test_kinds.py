"""What a file is, is told by its content where its name does not settle it."""

from __future__ import annotations

import json
import random
import tracemalloc
from typing import TYPE_CHECKING

import pytest
from examples import examples

from compare.model import Document, Skipped
from compare.settings import Settings
from compare.sources.fields import Fields
from compare.sources.read import read
from compare.sources.tables import jsonvalues

if TYPE_CHECKING:
    from pathlib import Path

SETTINGS = Settings()
ROWS: list[dict[str, object]] = [
    {"id": 1, "text": 'one "quoted", text'}, {"id": "b", "text": "two\nlines"}, {"id": 3, "text": None},
]  # fmt: skip
READ = {"1": 'one "quoted", text', "b": "two\nlines"}
LINES = "".join(json.dumps(row) + "\n" for row in ROWS)
PRETTY = json.dumps(ROWS, indent=2) + "\n"
QUOTED = '"id"{0}"text"\n1{0}"one ""quoted"", text"\nb{0}"two\nlines"\n3{0}""\n'

TABLES = {
    "lines.json": LINES,
    "array.json": PRETTY,
    "compact.json": json.dumps(ROWS),
    "object.json": json.dumps(ROWS[0], indent=1),
    "objects.json": "\n".join(json.dumps(row, indent=4) for row in ROWS),
    "array.jsonl": json.dumps(ROWS),
    "pretty.ndjson": PRETTY,
    "mark.json": "\ufeff" + PRETTY,
    "blank.json": "\n\n \t" + PRETTY,
    "blank.jsonl": "\n\r\n" + LINES.replace("\n", "\r\n"),
    "tabs.tsv": QUOTED.format("\t"),
    "tabs.tab": QUOTED.format("\t"),
    "tabs.csv": QUOTED.format("\t"),
    "bars.csv": QUOTED.format("|"),
    "semicolons.csv": QUOTED.format(";"),
    "stated.csv": "sep=;\r\n" + QUOTED.format(";"),
    "blank.csv": "\ufeff\n" + QUOTED.format(",").replace("\n", "\r\n").replace("two\r\nlines", "two\nlines"),
    "json.csv": LINES,
    "dump": LINES,
    "dump.log": PRETTY,
    "dump.txt": LINES,
    "dump.md": PRETTY,
    "sheet.txt": QUOTED.format("\t"),
    "sheet": QUOTED.format(","),
}


def both(path: Path, settings: Settings = SETTINGS, **fields: str) -> tuple[dict[str, str], list[Skipped]]:
    items = list(read([path], settings, fields=Fields(**fields)))
    texts = {item.id: item.text for item in items if isinstance(item, Document)}
    return texts, [item for item in items if isinstance(item, Skipped)]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "utf-32"])
@pytest.mark.parametrize("name", TABLES)
def test_a_table_is_read_by_its_content(name: str, encoding: str, tmp_path: Path) -> None:
    (tmp_path / name).write_bytes(TABLES[name].removeprefix("\ufeff" * (encoding != "utf-8")).encode(encoding))
    texts, skipped = both(tmp_path / name)
    assert texts == ({"1": READ["1"]} if name == "object.json" else READ)
    assert all(not item.lost for item in skipped)
    if "." in name and name != "dump.log":
        assert both(tmp_path)[0] == texts  # found in a folder, it is the same


def test_parquet_is_known_by_its_first_bytes(tmp_path: Path) -> None:
    arrow, parquet = pytest.importorskip("pyarrow"), pytest.importorskip("pyarrow.parquet")
    parquet.write_table(arrow.table({"id": [1, 2], "text": ["one", None]}), tmp_path / "t.parquet")
    for name in ("t.bin", "t", "t.csv", "t.json", "t.txt"):
        (tmp_path / name).write_bytes((tmp_path / "t.parquet").read_bytes())
        assert both(tmp_path / name) == ({"1": "one"}, [Skipped(f"{tmp_path / name}:2", "no text")])


ARTICLES = [
    "[Editor's note: this was corrected on Monday.] The ferry sails again.",
    '["We sail," she said.] The ferry is back.',
    "[1] The harbour office.\n[2] The ferry.",
    "[1]",
    "{sic} The ferry sails.",
    '{"a": 1} is how it begins, and it is no table.',
    '{"note": "x"}\nand then prose, line by line',
    "id, text and other words that stand in no table",
    "text\nA word, then a line.",
    "[]",
    "{}",
]


@pytest.mark.parametrize("text", ARTICLES)
def test_an_article_that_begins_like_json_or_a_header_stays_one(text: str, tmp_path: Path) -> None:
    for name in ("a.txt", "a", "a.md"):
        (tmp_path / name).write_text(text)
        texts, skipped = both(tmp_path / name)
        assert (list(texts.values()), skipped) == ([text], [])


NO_ROWS = {
    "strings.json": '["one text", "another"]',
    "strings.txt": '["one text", "another"]',
    "numbers.json": "[1, 2]",
    "scalar.json": '"one text"',
    "package.json": '{"name": "x", "scripts": {"text": "y"}}',
    "prose.json": "It is prose.",
    "broken.json": '{"id": 1, "text": ',
    "nested.json": '[[{"id": 1, "text": "one"}]]',
    "package.txt": '{"name": "x",\n "scripts": {"text": "y"}}',
    "other.tsv": "id\tbody\n1\tone\n",
    "prose.tsv": "It is prose.\n",
    "twice.csv": "id,text,text\n1,one,two\n",
    "other.jsonl": '{"id": 1, "body": "one"}\n',
}


@pytest.mark.parametrize("name", NO_ROWS)
def test_what_looks_like_a_table_and_is_none_is_never_one_article(name: str, tmp_path: Path) -> None:
    (tmp_path / name).write_text(NO_ROWS[name])
    texts, skipped = both(tmp_path / name)
    assert texts == {}
    assert skipped
    assert all(item.lost for item in skipped)


def test_other_json_in_a_folder_is_no_loss_and_rows_that_cannot_be_read_are(tmp_path: Path) -> None:
    for name in ("strings.json", "numbers.json", "scalar.json", "package.json", "prose.json"):
        (tmp_path / name).write_text(NO_ROWS[name])
    (tmp_path / "map.json").write_text('{"type": [{"text": "map"}], "points": [' + "[1, 2], " * 100_000 + "[0, 0]]}")
    texts, skipped = both(tmp_path)
    assert (texts, len(skipped), any(item.lost for item in skipped)) == ({}, 6, False)
    (tmp_path / "rows.json").write_text('[{"id": 1, "text": 5}]')
    (tmp_path / "cut.json").write_text('[{"id": 1, "text": "one')
    assert sorted(item.path.rpartition("/")[2] for item in both(tmp_path)[1] if item.lost) == [
        "cut.json:1",
        "rows.json:1",
    ]


def test_an_array_is_read_up_to_where_it_is_broken(tmp_path: Path) -> None:
    path = tmp_path / "a.json"
    begun = '[{"id": 1, "text": "one"}, {"id": 2 "text": "two"}, {"id": 3, "text": "three"}'
    for end, reason in {
        ', {"id": 4, "te': "cut off: the row does not end",
        ",": "cut off: the array does not end",
        "": "cut off: the array does not end",
        '] {"id": 5}': "more after the end of the array, which is not read",
        ', {"id": 4, "text": "a": "b]}': "cut off: the row does not end",
        ",]": "",
    }.items():
        path.write_text(begun + end)
        texts, skipped = both(path)
        assert texts == {"1": "one", "3": "three"}
        assert [item.reason for item in skipped][1:] == [reason] * bool(reason)
        assert skipped[0].path.endswith("a.json:2")
        assert all(item.lost for item in skipped)


def test_the_last_of_two_keys_of_one_name_counts_in_every_json(tmp_path: Path) -> None:
    for name in ("a.jsonl", "a.json", "b.json"):
        row = '{"id": 1, "text": "first", "text": "last"}'
        (tmp_path / name).write_text(f"[{row}]" if name == "b.json" else row)
        assert both(tmp_path / name)[0] == {"1": "last"}


def test_a_row_longer_than_what_is_looked_at_is_still_told(tmp_path: Path) -> None:
    long = "word " * 100_000
    row = json.dumps({"id": 7, "text": long})
    for name, data in {
        "a.json": row, "b.json": f"[{row}]", "c": row + "\n" + row.replace("7", "8", 1), "d.txt": f"[\n{row}\n]",
        "e.json": json.dumps({"id": 7, "text": long}, indent=1), "f.log": json.dumps({"id": 7, "text": long}, indent=1),
    }.items():  # fmt: skip
        (tmp_path / name).write_text(data)
        assert both(tmp_path / name)[0]["7"] == long, name
        assert both(tmp_path / name)[1] == [], name


def test_an_array_takes_the_memory_of_a_row(tmp_path: Path) -> None:
    row, count = json.dumps({"id": 0, "text": "word " * 2_000}, indent=1), max(500, examples(2_000))
    path = tmp_path / "a.json"
    path.write_text("[" + ",\n".join(row.replace('"id": 0', f'"id": {number}') for number in range(count)) + "]")
    tracemalloc.start()
    assert sum(isinstance(item, Document) for item in read([path], SETTINGS)) == count
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert path.stat().st_size > 10_000 * count
    assert peak < 4_000_000


def test_brackets_in_texts_and_blocks_of_any_size_part_no_row(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    chance = random.Random(5)
    texts = ["".join(chance.choices('[]{},"\\\n é:', k=chance.randrange(1, 30))) + "." for _ in range(60)]
    (tmp_path / "a.json").write_text(json.dumps([{"id": n, "text": text} for n, text in enumerate(texts)]))
    (tmp_path / "b.json").write_text(
        "".join(json.dumps({"id": n, "text": text}, indent=1) for n, text in enumerate(texts))
    )
    for size in (1, 2, 3, 7, 1 << 18):
        monkeypatch.setattr(jsonvalues, "_BLOCK", size)
        for name in ("a.json", "b.json"):
            assert list(both(tmp_path / name)[0].values()) == texts


def test_tab_separated_text_may_hold_quotation_marks_that_enclose_nothing(tmp_path: Path) -> None:
    (tmp_path / "a.tsv").write_text('id\ttext\n1\t"Sail," she said.\n2\tthe "last" one\n3\t"never\n')
    assert both(tmp_path / "a.tsv")[0] == {"1": '"Sail," she said.', "2": 'the "last" one', "3": '"never'}
    (tmp_path / "b.tsv").write_text("text\none, two; three\n")
    assert list(both(tmp_path / "b.tsv")[0].values()) == ["one, two; three"]


def test_rows_are_named_by_file_and_line_where_no_field_is_the_id(tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_text('{"id": 1, "text": "a", "": 7}\n\n{"id": 1, "text": "b"}\n')
    (tmp_path / "b.csv").write_text(",id,text\n7,1,c\n")  # as pandas writes its index
    (tmp_path / "c.json").write_text('[{"id": [], "text": "d"}]')
    assert list(both(tmp_path, id="")[0]) == ["a.jsonl:1", "a.jsonl:3", "b.csv:2", "c.json:1"]
