"""What stays is the input without exactly the rows that fall: byte for byte, whatever else stands there."""

from __future__ import annotations

import json
import random
import tracemalloc
from importlib.util import find_spec
from typing import TYPE_CHECKING

import pytest
from examples import examples
from hypothesis import given, settings
from hypothesis import strategies as st

from compare.model import Document, Skipped
from compare.settings import Settings
from compare.sources.fields import Fields, Reading
from compare.sources.keep import write_kept
from compare.sources.read import read, read_repeatedly_named
from compare.sources.tables import csvtable, jsonlines, jsonvalues

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

LIMIT = 400
SMALL = Reading(Settings(max_bytes=LIMIT), Fields(), digest=False)
NO_ROWS = [
    '{"id": 1, "text": null}',
    '{"id": 2}',
    '{"id": 3, "text": ""}',
    '{"id": [1], "text": "x"}',
    '{"id": tru, "text": 5}',
]


def kept(path: Path, stays: Callable[[str], bool], out: Path, *, known: bool = False) -> bytes:
    """What is written of a file."""
    items = read_repeatedly_named([path], SMALL.settings) if known else []
    skipped = {item.path for item in items if isinstance(item, Skipped)} if known else None
    ((written,), _) = write_kept([path], stays, out, SMALL, skipped)
    return written.read_bytes()


FRAGMENTS = [
    b'{"id": 1, "text": "a b"}', b'{"id": 2, "text": "c', b'", ', b"[", b"]", b",", b'"', b"\\", b"{", b"}", b"\n",
    b"\r\n", b"id,text\n", b"id\ttext\n", b"3,x\n", b'4\t"y\n', b"\t", b" ", b"\xff", b"\0", b"\xef\xbb\xbf",
    b"\xff\xfe", b"x" * 500, b"\x1f\x8b\x08", b"BZh91AY&SY", b"\xfd7zXZ\0", bytes(9),
    *([b"PAR1", b"ARROW1\0\0", b"\xff\xff\xff\xff\x10\0\0\0"] if find_spec("pyarrow") else []),
]  # fmt: skip
SUFFIXES = [".jsonl", ".json", ".csv", ".tsv", ".txt", ".md", ".log", ""]


@settings(max_examples=examples(150))
@given(st.lists(st.sampled_from(FRAGMENTS), max_size=14), st.sampled_from(SUFFIXES), st.sampled_from([3, 1 << 18]))
def test_where_nothing_falls_any_file_at_all_comes_out_as_it_went_in(
    tmp_path_factory: pytest.TempPathFactory, parts: list[bytes], suffix: str, block: int
) -> None:
    folder = tmp_path_factory.mktemp("any")
    path = folder / f"a{suffix}"
    path.write_bytes(b"".join(parts))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(jsonvalues, "_BLOCK", block)
        assert kept(path, lambda _: True, folder / "out") == path.read_bytes()
        assert kept(path, lambda _: True, folder / "out", known=True) == path.read_bytes()


def lines(chance: random.Random) -> list[tuple[str, str]]:
    """Lines with the ids of those that are documents."""
    made = []
    for number in range(30):
        row = {"id": f"r{number}", "text": "".join(chance.choices('word "\\\n,é[]{}', k=20)) + ".", "more": [1.50]}
        garbage = [*NO_ROWS, "", "  ", "not JSON", '"', "\\", json.dumps({"id": f"r{number}", "text": "x" * LIMIT})]
        made.append(
            (json.dumps(row, ensure_ascii=bool(number % 2)), f"r{number}")
            if number % 3
            else (chance.choice(garbage), "")
        )
    return made


@pytest.mark.parametrize("seed", range(6))
def test_lines_stay_but_for_those_that_fall(seed: int, tmp_path: Path) -> None:
    chance = random.Random(seed)
    rows = [(line + chance.choice(["\n", "\r\n"]), name) for line, name in lines(chance)]
    fallen = {name for _, name in rows if name and chance.random() < 0.5}
    expected = "".join(line for line, name in rows if name not in fallen).encode()
    for name in ("a.jsonl", "a.json", "a"):
        path = tmp_path / name
        path.write_bytes("".join(["\n", '{"id": "first", "text": "t"}\n', *(line for line, _ in rows)]).encode())
        for known in (False, True):
            stays = kept(path, lambda id_: id_ not in fallen, tmp_path / f"{name}-{known}", known=known)
            assert stays == b'\n{"id": "first", "text": "t"}\n' + expected


@pytest.mark.parametrize("seed", range(6))
def test_an_array_stays_one_without_the_rows_that_fall(seed: int, tmp_path: Path) -> None:
    chance = random.Random(seed)
    spaces = ["", " ", "\n  ", "\t\n"]
    rows = [line for line in lines(chance) if line[0].startswith("{") and "tru" not in line[0]]
    pieces = [(chance.choice(spaces), line, chance.choice(spaces), name) for line, name in rows]
    fallen = {name for *_, name in pieces if name and chance.random() < 0.5}
    if seed == 0:
        fallen |= {name for *_, name in (pieces[0], pieces[-1]) if name}
    path = tmp_path / "a.json"
    path.write_text("\n[" + ",".join("".join(piece[:3]) for piece in pieces) + "\n]\n")
    stays = kept(path, lambda id_: id_ not in fallen, tmp_path / "out").decode()
    last = [piece[0] + piece[1] + piece[2] * (piece is not pieces[-1]) for piece in pieces if piece[3] not in fallen]
    assert stays == "\n[" + ",".join(last) + pieces[-1][2] + "\n]\n"
    assert json.loads(stays) == [json.loads(line) for _, line, _, name in pieces if name not in fallen]


def test_an_array_of_which_all_or_the_first_rows_fall_is_still_valid(tmp_path: Path) -> None:
    path = tmp_path / "a.json"
    path.write_text(json.dumps([{"id": number, "text": "t"} for number in range(3)], indent=2))
    for stay in ("", "0", "1", "2", "02", "12"):
        left = json.loads(kept(path, lambda id_, stay=stay: id_ in stay, tmp_path / f"out{stay}"))
        assert "".join(str(row["id"]) for row in left) == stay


def records(chance: random.Random, delimiter: str) -> list[tuple[str, str]]:
    made = []
    for number in range(30):
        text = "".join(chance.choices('word ;"\n,\t', k=20)).replace('"', '""')
        long = "a,;\t\n" * (LIMIT // 4)
        odd = [
            "",
            f'1{delimiter}""',
            f"{delimiter}x{delimiter}y",
            '"a"b',
            "3",
            f'r{number}{delimiter}"{long}"{delimiter}',
        ]
        row = f'r{number}{delimiter}".{text}"{delimiter}more'
        made.append((row, f"r{number}") if number % 3 else (chance.choice(odd), ""))
    return made


@pytest.mark.parametrize("seed", range(6))
@pytest.mark.parametrize("name", ["a.csv", "a.tsv", "b.csv"])
def test_records_stay_but_for_those_that_fall(name: str, seed: int, tmp_path: Path) -> None:
    chance = random.Random(seed)
    delimiter = "\t" if name == "a.tsv" else ",;"[name == "b.csv"]
    head = delimiter.join(["id", "text", "more"]) + "\r\n"
    rows = [(record + chance.choice(["\n", "\r\n"]), id_) for record, id_ in records(chance, delimiter)]
    fallen = {id_ for _, id_ in rows if id_ and chance.random() < 0.5}
    first = delimiter.join(["first", '"a, "" b"', ""]) + "\n"
    (tmp_path / name).write_text("".join(["\n", head, first, *(record for record, _ in rows)]), newline="")
    stays = kept(tmp_path / name, lambda id_: id_ not in fallen, tmp_path / "out").decode()
    assert stays == "\n" + head + first + "".join(record for record, id_ in rows if id_ not in fallen)
    seen = {item.id for item in read([tmp_path / name], SMALL.settings) if isinstance(item, Document)}
    assert {id_ for id_ in seen if id_.startswith("r")} == {id_ for _, id_ in rows if id_}


def test_a_record_over_the_limit_ends_where_its_quotation_marks_let_it(tmp_path: Path) -> None:
    inside = "7,looks like a row\n" * 40
    over = f'1,"{inside}",""\n'
    (tmp_path / "a.csv").write_text(f"id,text,more\n{over}2,t,\n" + over.replace("1,", "3,", 1) + "4,u,")
    items = list(read([tmp_path / "a.csv"], SMALL.settings))
    assert [item.id for item in items if isinstance(item, Document)] == ["2", "4"]
    assert [item.path.rpartition(":")[2] for item in items if isinstance(item, Skipped)] == ["2", "44"]
    assert kept(tmp_path / "a.csv", lambda id_: id_ != "2", tmp_path / "out").decode().count("looks") == 80


@pytest.mark.parametrize("encoding", ["utf-16", "utf-32"])
def test_a_table_in_another_unicode_encoding_stays_in_it(encoding: str, tmp_path: Path) -> None:
    rows = [f"{number}\tthe ferry at café {number}\r\n" for number in range(5)]
    mark = "\ufeff".encode(encoding)[: {"utf-16": 2, "utf-32": 4}[encoding]]
    (tmp_path / "a.txt").write_bytes(("id\ttext\r\n" + "".join(rows)).encode(encoding))
    same = f"{encoding}-le" if mark[0] == 0xFF else f"{encoding}-be"
    stays = kept(tmp_path / "a.txt", lambda id_: id_ not in {"0", "3"}, tmp_path / "out", known=True)
    assert stays == mark + ("id\ttext\r\n" + rows[1] + rows[2] + rows[4]).encode(same)


@pytest.mark.parametrize("name", ["a.jsonl", "a.json", "a.csv"])
def test_a_row_over_the_limit_is_passed_through_in_the_memory_of_the_limit(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(jsonvalues, "_BLOCK", 1 << 16)
    monkeypatch.setattr(jsonlines, "_PART", 1 << 16)
    monkeypatch.setattr(csvtable, "_SAMPLE", 1 << 10)
    long, limit = "word " * 2_500_000, 1 << 20
    rows = {"a.csv": f'id,text\n1,"{long}"\n2,t\n'}.get(
        name, f'{{"id": 1, "text": "{long}"}}\n{{"id": 2, "text": "t"}}\n'
    )
    path = tmp_path / name
    path.write_text(f"[{rows.rstrip().replace(chr(10), ',')}]" if name == "a.json" else rows)
    reading = Reading(Settings(max_bytes=limit), Fields(), digest=False)
    tracemalloc.start()
    ((written,), uncompared) = write_kept([path], {"2"}, tmp_path / "out", reading)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert uncompared == 1
    assert peak < 8 * limit
    assert written.read_bytes() == path.read_bytes()


def test_a_parquet_file_of_which_nothing_falls_is_copied_and_null_texts_stay(tmp_path: Path) -> None:
    arrow, parquet = pytest.importorskip("pyarrow"), pytest.importorskip("pyarrow.parquet")
    path = tmp_path / "a.parquet"
    rows = {"id": [1, 2, 3, 4], "text": ["one", None, "three", ""], "more": ["x", "y", None, "z"]}
    parquet.write_table(arrow.table(rows), path)
    assert kept(path, lambda _: True, tmp_path / "all") == path.read_bytes()
    ((written,), uncompared) = write_kept([path], {"3"}, tmp_path / "out", SMALL)
    assert parquet.read_table(written)["more"].to_pylist() == ["y", None, "z"]
    assert uncompared == 2
    ((written,), _) = write_kept([path], set(), tmp_path / "none", SMALL)
    assert parquet.read_table(written)["id"].to_pylist() == [2, 4]


def test_files_that_could_not_be_read_are_copied_and_other_types_are_not(tmp_path: Path) -> None:
    source = tmp_path / "in"
    source.mkdir()
    files = {
        "binary.txt": b"\0\1", "mark.md": b"\xff\xfe\xff", "empty.txt": b"", "long.txt": b"x" * 2 * LIMIT,
        "body.csv": b"id,body\n1,x\n", "other.json": b'{"a": 1}', "head.tsv": b"id\ttext\n", "wide.csv": b"\xff\xfex",
    }  # fmt: skip
    for name, data in (files | {"picture.png": b"x", "none": b"x", "a.txt.gz": b"x"}).items():
        (source / name).write_bytes(data)
    written, uncompared = write_kept([source], lambda _: True, tmp_path / "out", SMALL)
    assert {path.name: path.read_bytes() for path in written} == files
    assert uncompared == len(files) - 1  # a table without rows holds nothing
