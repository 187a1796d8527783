from __future__ import annotations

import json
import os
import random
import shutil
import signal
import time
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from builds import compiled
from click.testing import CliRunner
from examples import examples
from warm import Start

from compare.cli.index import command
from compare.errors import InputError
from compare.index import update
from compare.index.build import create
from compare.index.info import info
from compare.index.lookup import open_index
from compare.index.rows import stored_texts
from compare.index.store import reader
from compare.index.update import Work, extend, take_out
from compare.index.verify import verify
from compare.settings import Settings

if TYPE_CHECKING:
    from collections.abc import Callable

    from warm import Warm

HERE = Settings()
TICK = count(1)


def put(path: Path, data: str) -> None:
    """Write a file with a time of its own."""
    path.parent.mkdir(exist_ok=True)
    path.write_text(data, encoding="utf-8")
    os.utime(path, ns=(0, next(TICK) * 10**9))


def rows(texts: dict[str, str]) -> str:
    return "".join(json.dumps({"id": name, "text": text}) + "\n" for name, text in texts.items())


def held(index: Path) -> dict[str, str]:
    """All names and texts of an index."""
    with reader(index, HERE) as connection:
        names = dict(connection.execute("SELECT number, name FROM documents").fetchall())
        return {names[number]: text for number, (text, *_) in stored_texts(connection, list(names)).items()}


@pytest.mark.parametrize("seed", range(6))
def test_any_sequence_of_changes_gives_what_a_dictionary_gives(
    tmp_path: Path, seed: int, texts: Callable[[int, int], list[str]]
) -> None:
    draw = random.Random(seed)
    pool = texts(30, seed)
    folder, index = tmp_path / "in", tmp_path / "ix" / "a.index"
    put(folder / "first.txt", pool[0])
    create([str(folder)], index, HERE)
    model = {"../in/first.txt": pool[0]}
    for _ in range(25):
        match draw.choice(["article", "article", "table", "delete", "add", "add", "remove", "build"]):
            case "article":
                put(folder / draw.choice("ab") / f"{draw.randrange(4)}.txt", draw.choice(pool))
            case "table":
                chosen = {str(row): draw.choice(pool) for row in draw.sample(range(9), draw.randint(1, 9))}
                put(folder / f"{draw.randrange(2)}.jsonl", rows(chosen))
            case "delete":
                draw.choice(sorted(path for path in folder.rglob("*") if path.is_file())).unlink()
                put(folder / "first.txt", pool[0])
            case "add":
                extend([str(folder)], index, HERE, Work(batch=draw.choice([1, 4, 100])))
                model = {**{name: text for name, text in model.items() if not changed(name, folder)}, **disk(folder)}
            case "build":
                create([str(folder)], index, HERE)
                model = disk(folder)
            case "remove":
                gone = removed(index, draw.choice([*model, "../in/a/", "../in/0.jsonl"]), set(model))
                put(folder / "first.txt", pool[0])
                model = {name: text for name, text in model.items() if name not in gone}
        assert held(index) == model
        assert verify(index, HERE).problems == ()
        with open_index(index, HERE) as opened:
            assert len(opened) == len(model)


def removed(index: Path, name: str, held_names: set[str]) -> set[str]:
    """Take a name out of the index, and off the disk, or `add` would bring it back."""
    path = index.parent / name
    gone = {one for one in held_names if one == name or one.startswith((name.rstrip("/") + "/", name + "#"))}
    if not gone:
        with pytest.raises(InputError, match="not in the index"):
            take_out([str(path)], index, HERE)
        return gone
    assert take_out([str(path)], index, HERE).removed == len(gone)
    place = Path(str(path).split("#", maxsplit=1)[0])
    shutil.rmtree(place) if place.is_dir() else place.unlink(missing_ok=True)
    return gone


def disk(folder: Path) -> dict[str, str]:
    """Names and texts of the files of a folder beside the index's."""
    found = {}
    for path in folder.rglob("*"):
        name = f"../{path.relative_to(folder.parent)}"
        if path.suffix == ".txt":
            found[name] = path.read_text("utf-8")
        elif path.suffix == ".jsonl":
            found |= {f"{name}#{row['id']}": row["text"] for row in map(json.loads, path.read_text().splitlines())}
    return found


def changed(name: str, folder: Path) -> bool:
    return (folder.parent / "ix" / name.split("#", maxsplit=1)[0]).exists()


def test_what_has_not_changed_is_not_read_again(index: Path, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    put(folder / "rows.jsonl", rows({"a": "one two three", "b": "four five"}))
    extend([str(folder)], index, HERE)
    os.utime(folder / "00.txt", ns=(0, 5))
    os.utime(folder / "rows.jsonl", ns=(0, 5))
    read: list[str] = []
    usual = update.documents_of
    monkeypatch.setattr(update, "documents_of", lambda named, *rest: read.append(named.name) or usual(named, *rest))
    hashed: list[str] = []
    digest = update.digest_of
    monkeypatch.setattr(update, "digest_of", lambda file: hashed.append(file.path) or digest(file))
    done = extend([str(folder)], index, HERE)
    assert (read, done.added, done.replaced, done.same) == ([], 0, 0, 26)
    assert [Path(path).name for path in hashed] == ["00.txt", "rows.jsonl"]  # other times, the same bytes
    hashed.clear()
    extend([str(folder)], index, HERE)
    assert hashed == []


def test_rows_of_a_changed_table_that_are_the_same_stay_as_they_are(tmp_path: Path) -> None:
    index, table = tmp_path / "a.index", tmp_path / "rows.jsonl"
    put(table, rows({"a": "one two three", "b": "four five", "c": "six"}))
    create([str(table)], index, HERE)
    put(table, rows({"a": "one two three", "b": "four five six", "d": "seven"}))
    done = extend([str(table)], index, HERE)
    assert (done.added, done.replaced, done.removed, done.unchanged, done.documents) == (1, 1, 1, 1, 3)


def test_what_cannot_be_read_is_listed_and_what_was_indexed_of_it_stays(index: Path, folder: Path) -> None:
    (folder / "00.txt").write_bytes(b"\0\1\2" * 99)
    (folder / "picture.png").write_bytes(b"x")
    before = held(index)
    done = extend([str(folder)], index, HERE)
    assert sorted(Path(one.path).name for one in done.skipped) == ["00.txt", "picture.png"]
    assert held(index) == before


def test_an_id_that_stands_twice_in_a_table_is_an_error(index: Path, folder: Path) -> None:
    table = folder / "rows.jsonl"
    put(table, rows({"a": "one"}) * 2)
    for action in (lambda: extend([str(table)], index, HERE), lambda: create([str(table)], index, HERE)):
        with pytest.raises(InputError, match='duplicate id "a"'):
            action()
    assert verify(index, HERE).problems == ()


def test_rows_are_named_by_id_or_by_line(tmp_path: Path) -> None:
    put(tmp_path / "t.jsonl", '{"text": "one two"}\n{"id": "x", "text": "three"}\n')
    create([str(tmp_path / "t.jsonl")], tmp_path / "a.index", HERE)
    assert set(held(tmp_path / "a.index")) == {"t.jsonl:1", "t.jsonl#x"}
    assert verify(tmp_path / "a.index", HERE).problems == ()
    assert take_out([str(tmp_path / "t.jsonl:1")], tmp_path / "a.index", HERE).documents == 1


def test_a_row_whose_id_is_an_address_is_removed_by_it(tmp_path: Path) -> None:
    put(tmp_path / "t.jsonl", rows({"http://x.org/a//1": "a few words", "http://x.org/../2": "a few others"}))
    create([str(tmp_path)], tmp_path / "a.index", HERE)
    take_out([f"{tmp_path}/t.jsonl#http://x.org/a//1"], tmp_path / "a.index", HERE)
    assert list(held(tmp_path / "a.index")) == ["t.jsonl#http://x.org/../2"]


def test_a_file_named_as_a_row_is_an_error_and_changes_nothing(index: Path, folder: Path) -> None:
    put(folder / "rows.jsonl", rows({"1.txt": "a row"}))
    put(folder / "rows.jsonl#1.txt", "an article")
    before = held(index)
    for action in (lambda: extend([str(folder)], index, HERE), lambda: create([str(folder)], index, HERE),
                   lambda: extend([str(folder)], index, HERE, Work(batch=1))):  # fmt: skip
        with pytest.raises(InputError, match=r"same name|duplicate id"):
            action()
        assert before.items() <= held(index).items()
        assert verify(index, HERE).problems == ()


def test_the_index_itself_is_not_an_article(folder: Path) -> None:
    target = folder / "compare.index"
    assert create([str(folder)], target, HERE).skipped == ()
    with open_index(target, HERE):
        assert extend([str(folder)], target, HERE).skipped == ()
    assert set(held(target)) == {path.name for path in folder.glob("*.txt")}


def test_a_table_cut_short_is_finished_by_the_next_add(index: Path, folder: Path) -> None:
    put(folder / "rows.jsonl", rows({str(row): f"text number {row}" for row in range(20)}))

    def stop(names: list[str]) -> None:
        if any("#" in name for name in names):
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        extend([str(folder)], index, HERE, Work(batch=5, acknowledged=stop))
    assert info(index).unfinished == ("articles/rows.jsonl",)
    assert verify(index, HERE).problems == ()
    assert extend([str(folder)], index, HERE).unchanged >= 5
    assert (info(index).unfinished, info(index).documents) == ((), 45)


PROGRAM = """
import os, sys
from pathlib import Path
from compare.index.update import Work, extend
from compare.settings import Settings
said = lambda names: os.write(1, (" ".join(names) + "\\n").encode())
extend([sys.argv[1]], Path(sys.argv[2]), Settings(), Work(batch=3, acknowledged=said))
"""


@compiled
def test_killed_again_and_again_it_is_readable_and_nothing_acknowledged_is_lost(
    tmp_path: Path, texts: Callable[[int, int], list[str]], warm: Warm
) -> None:
    draw = random.Random(7)
    pool = texts(300, 7)
    folder, index = tmp_path / "in", tmp_path / "a.index"
    put(folder / "first.txt", pool[0])
    create([str(folder)], index, HERE)
    program = Start([str(folder), str(index)], warm.environment, str(tmp_path), PROGRAM)
    killed, acknowledged = 0, {"in/first.txt": pool[0]}
    while killed < examples(50):
        for number in draw.sample(range(80), 40):
            put(folder / f"{number}.txt", draw.choice(pool))
        put(folder / "rows.jsonl", rows({str(row): draw.choice(pool) for row in range(12)}))
        now = {name.removeprefix("../"): text for name, text in disk(folder).items()}
        process = warm.start(program)
        with process.output, process.errors:
            said = [process.output.readline().decode().split() for _ in range(draw.randrange(12))]
            time.sleep(draw.random() / 100)
            process.kill()
            said += [line.decode().split() for line in process.output.readlines()]
            killed += process.wait() == -signal.SIGKILL
        acknowledged |= {name: now[name] for names in said for name in names}
        found = held(index)
        assert set(acknowledged) <= set(found)
        this_time = {name for names in said for name in names}
        assert {name: found[name] for name in this_time} == {name: now[name] for name in this_time}
        assert verify(index, HERE).problems == ()
    assert len(acknowledged) > 50


def test_the_commands_say_what_they_did(folder: Path) -> None:
    run = CliRunner().invoke
    index = ["--index", str(folder.parent / "x.index")]
    built = run(command, ["build", str(folder), *index])
    assert built.output.startswith("25 documents of 25 files indexed.\n")
    assert run(command, ["add", str(folder), *index]).output.startswith(
        "0 documents added, 0 replaced, 0 removed; 25 files unchanged.\n"
    )
    assert run(command, ["remove", str(folder / "03.txt"), *index]).output.startswith("1 document removed.\n")
    assert json.loads(run(command, ["info", "--json", *index]).output)["documents"] == 24
    assert "24 documents of 24 files" in run(command, ["info", *index]).output
    assert "sound. 24 documents" in run(command, ["verify", *index]).output
    assert isinstance(run(command, ["add", str(folder), *index, "--set", "shingle=3"]).exception, InputError)
