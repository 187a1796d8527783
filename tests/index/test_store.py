from __future__ import annotations

import contextlib
import os
import random
import shutil
import sqlite3
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner
from examples import examples

from compare.cli.index import command
from compare.errors import InputError
from compare.index import store
from compare.index.build import create
from compare.index.info import info
from compare.index.lookup import open_index
from compare.index.schema import FORMAT
from compare.index.update import extend, take_out
from compare.index.verify import verify
from compare.settings import Settings

if TYPE_CHECKING:
    from collections.abc import Callable

HERE = Settings()
QUESTION = ["balbam balban balbar one word " * 8]


def everything(path: Path, article: Path) -> list[Callable[[], object]]:
    """All that one can do with a file that is taken for an index."""

    def ask() -> None:
        with open_index(path, HERE) as index:
            index.neighbourhood(QUESTION, frozenset({"articles/00.txt"}))

    return [
        ask,
        lambda: verify(path, HERE),
        lambda: extend([str(article)], path, HERE),
        lambda: take_out([str(article)], path, HERE),
        lambda: create([str(article)], path, HERE),
    ]


def refused(path: Path, article: Path) -> None:
    """Everything raises a plain line and leaves the file's bytes."""
    before = path.read_bytes()
    for action in everything(path, article):
        with pytest.raises(InputError) as caught:
            action()
        assert "\n" not in str(caught.value)
        assert path.read_bytes() == before
    assert sorted(path.parent.glob(".compare-*")) == []


def test_a_foreign_file_is_refused_and_left_as_it_is(folder: Path) -> None:
    path = folder.parent / "notes.txt"
    for data in (b"", b"SQLite format 3\0", b"my notes " * 99, bytes(5000)):
        path.write_bytes(data)
        refused(path, folder / "00.txt")


def test_a_foreign_database_is_refused_and_left_as_it_is(folder: Path) -> None:
    path = folder.parent / "browser.db"
    with contextlib.closing(sqlite3.connect(path)) as other, other:
        other.execute("CREATE TABLE documents(number INTEGER PRIMARY KEY, name TEXT)")
    refused(path, folder / "00.txt")


def test_triggers_views_and_other_tables_are_refused(index: Path, folder: Path) -> None:
    for extra in (
        "CREATE TRIGGER t AFTER INSERT ON files BEGIN DELETE FROM documents; END",
        "CREATE VIEW v AS SELECT 1",
        "CREATE TABLE more(x)",
        "DROP INDEX documents_by_file",
    ):
        path = index.with_name("changed.index")
        shutil.copy(index, path)
        with contextlib.closing(sqlite3.connect(path)) as other, other:
            other.execute(extra)
        refused(path, folder / "00.txt")


def test_a_missing_file_and_a_folder_are_named(tmp_path: Path) -> None:
    for path, said in ((tmp_path / "no.index", "compare index build"), (tmp_path, "is a folder")):
        for action in everything(path, tmp_path)[:4]:
            with pytest.raises(InputError, match=said):
                action()


def test_other_settings_and_other_versions_are_refused_but_may_be_replaced(index: Path, folder: Path) -> None:
    other = Settings(shingle=4)
    with pytest.raises(InputError, match="shingle 5, but shingle is 4"), open_index(index, other):
        pass
    with contextlib.closing(sqlite3.connect(index)) as connection, connection:
        connection.execute("UPDATE header SET value = '99.0' WHERE name = 'folding'")
    before = index.read_bytes()
    with pytest.raises(InputError, match="another version"):
        extend([str(folder)], index, HERE)
    assert index.read_bytes() == before
    create([str(folder)], index, other)
    assert verify(index, other).problems == ()


def test_tables_of_an_older_version_are_told_from_a_stranger_s(index: Path, folder: Path) -> None:
    with contextlib.closing(sqlite3.connect(index)) as connection, connection:
        connection.execute("ALTER TABLE documents DROP COLUMN metadata")
        connection.execute("UPDATE header SET value = '2' WHERE name = 'hashes'")
    for action in everything(index, folder / "00.txt")[:4]:
        with pytest.raises(InputError, match=r"hashes 2, not \d+\); build it again"):
            action()


@pytest.mark.parametrize("version", [FORMAT - 1, FORMAT + 1])
def test_an_older_and_a_newer_format_are_refused(index: Path, folder: Path, version: int) -> None:
    with contextlib.closing(sqlite3.connect(index)) as connection:
        connection.execute(f"PRAGMA user_version = {version}")
    before = index.read_bytes()
    message = f"written by another version of compare .format {version}, not {FORMAT}."
    for action in everything(index, folder / "00.txt")[:4]:
        with pytest.raises(InputError, match=message):
            action()
    assert index.read_bytes() == before


@pytest.mark.parametrize(
    "sql",
    [
        "DROP TABLE totals; CREATE VIEW totals AS SELECT 'documents' AS name, 1 AS value",
        "DROP INDEX documents_by_file; CREATE TRIGGER more AFTER INSERT ON files BEGIN DELETE FROM documents; END",
        "DROP INDEX documents_by_file; CREATE INDEX documents_by_file ON documents(surface)",
    ],
)
def test_other_tables_are_refused_though_they_are_as_many(index: Path, folder: Path, sql: str) -> None:
    with contextlib.closing(sqlite3.connect(index)) as connection:
        connection.executescript(sql)
    with pytest.raises(InputError, match="its tables are others; it is left as it is"), open_index(index, HERE):
        pass
    refused(index, folder / "00.txt")


def test_all_of_a_transaction_is_stored_or_nothing_of_it(index: Path) -> None:
    with store.writer(index, HERE) as connection, contextlib.suppress(KeyError):
        for title in "xy":
            with store.transaction(connection):
                connection.execute("UPDATE documents SET title = ?", title)
                assert {"x": True}[title]  # of "y" a KeyError
    with store.reader(index, HERE) as connection:
        assert connection.execute("SELECT DISTINCT title FROM documents").fetchall() == [("x",)]


@pytest.mark.parametrize("change", [1, -1])
@pytest.mark.parametrize("name", store.TOTALS)
def test_totals_that_are_not_those_of_the_rows_are_damage(index: Path, name: str, change: int) -> None:
    with contextlib.closing(sqlite3.connect(index)) as connection, connection:
        connection.execute("UPDATE totals SET value = value + ? WHERE name = ?", (change, name))
    with pytest.raises(InputError, match="its totals are not those of what it holds"), open_index(index, HERE):
        pass


def test_an_index_cut_off_anywhere_is_refused(index: Path, folder: Path) -> None:
    data = index.read_bytes()
    path = index.with_name("cut.index")
    for size in [0, 1, 50, 99, 100, 4095, 4096, *range(5000, len(data), 9973), len(data) - 4096, len(data) - 1]:
        path.write_bytes(data[:size])
        refused(path, folder / "00.txt")


def stored(path: Path) -> list[tuple[object, ...]]:
    """Names and texts of an index."""
    with store.reader(path, HERE) as connection:
        sql = "SELECT name, bytes, text, spans, muted FROM documents JOIN texts USING (number) ORDER BY name"
        return connection.execute(sql).fetchall()


def test_a_flipped_bit_is_found_or_does_no_harm(index: Path) -> None:
    data, whole = index.read_bytes(), stored(index)
    draw = random.Random(1)
    path = index.with_name("flipped.index")
    found, flips = 0, max(40, examples(200))
    for _ in range(flips):
        place = draw.randrange(len(data))
        changed = bytearray(data)
        changed[place] ^= 1 << draw.randrange(8)
        path.write_bytes(changed)
        with contextlib.suppress(InputError):
            everything(path, index)[0]()
        try:
            problems = verify(path, HERE).problems
        except InputError:
            problems = ("refused",)
        found += bool(problems)
        assert problems or stored(path) == whole
        assert path.read_bytes() == bytes(changed)
    assert found > 0.15 * flips


@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE texts SET text = zeroblob(500)",
        "UPDATE texts SET bytes = bytes + 1",
        "UPDATE texts SET bytes = 'many'",
        "UPDATE blocks SET postings = x'ff'",
        "UPDATE blocks SET holders = holders + 1",
        "UPDATE blocks SET postings = zeroblob(length(postings))",
        "DELETE FROM blocks",
        "UPDATE blocks SET holders = -1",
        "UPDATE blocks SET entries = 0, holders = 0, postings = x''",
        "UPDATE lanes SET width = 0",
        "UPDATE lanes SET first = 1 << 62",
        "DELETE FROM lanes",
        "INSERT INTO segments SELECT start + 1, stop, rows FROM segments LIMIT 1",
        "DELETE FROM blocks WHERE number = 2",
        "UPDATE lanes SET first = 1",
        "UPDATE lanes SET width = 3",
        "UPDATE lanes SET keys = zeroblob(length(keys))",
        "DELETE FROM segments",
        "UPDATE segments SET stop = stop - 1",
        "INSERT INTO removed SELECT number FROM contents",
        "INSERT INTO twins SELECT number, document FROM contents",
        "UPDATE contents SET document = document + 1",
        "UPDATE documents SET name = x'00' || number",
        "UPDATE documents SET content = 99 WHERE number = 1",
        "UPDATE documents SET surface = 7 WHERE number = 1",
        "DELETE FROM texts WHERE number = 1",
        "UPDATE contents SET fingerprints = 0",
        "UPDATE contents SET identity = number",
        "UPDATE totals SET value = -1",
        "UPDATE totals SET value = 7",
        "DELETE FROM files",
        "DELETE FROM header",
        "DELETE FROM totals",
        "UPDATE documents SET sha256 = 'x'",
        "UPDATE texts SET muted = x'0102', spans = 1 WHERE number = 1",
    ],
)
def test_hostile_values_are_found_and_never_a_traceback(index: Path, sql: str) -> None:
    with contextlib.closing(sqlite3.connect(index)) as connection, connection:
        connection.execute(sql)
    result = CliRunner().invoke(command, ["verify", "--index", str(index)])
    assert isinstance(result.exception, InputError)
    assert result.exception.exit_code == 2
    for action in everything(index, index.parent / "articles")[:1]:
        with contextlib.suppress(InputError):
            action()


def test_a_reader_sees_one_state_while_another_process_writes(index: Path, folder: Path) -> None:
    with open_index(index, HERE) as reader:
        before = reader.neighbourhood(QUESTION)
        (folder / "new.txt").write_text(QUESTION[0], encoding="utf-8")
        program = "from compare.cli.index import command; command()"
        words = [sys.executable, "-c", program, "add", str(folder), "--index", str(index)]
        environment = {**os.environ, "PYTHONPATH": str(Path(__file__).parents[2])}
        subprocess.run(words, check=True, capture_output=True, env=environment)
        assert reader.neighbourhood(QUESTION) == before
    with open_index(index, HERE) as reader:
        assert len(reader) == before.total + 1
        assert "articles/new.txt" in {document.id for document in reader.neighbourhood(QUESTION).documents}


def test_reading_leaves_nothing_beside_the_index(index: Path) -> None:
    before = sorted(index.parent.iterdir()), index.read_bytes()
    for action in everything(index, index)[:2]:
        action()
    assert (sorted(index.parent.iterdir()), index.read_bytes()) == before


def test_a_second_writer_waits_and_is_then_told(index: Path, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("compare.index.store.WAIT", 0.1)
    (folder / "new.txt").write_text(QUESTION[0], encoding="utf-8")
    with contextlib.closing(sqlite3.connect(index, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(InputError, match="in use by another process"):
            extend([str(folder)], index, HERE)
        with pytest.raises(InputError, match="in use by another process"):
            create([str(folder)], index, HERE)
        other.execute("ROLLBACK")
    assert extend([str(folder)], index, HERE).added == 1


def test_an_index_in_a_folder_that_cannot_be_written_is_read(index: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with open_index(index, HERE) as reader:
        wanted = reader.neighbourhood(QUESTION)
    usual = store.connected

    def failing(path: Path, mode: str, more: str = "") -> sqlite3.Connection:
        if more:
            return usual(path, mode, more)
        raise sqlite3.OperationalError("unable to open database file")

    monkeypatch.setattr(store, "connected", failing)
    with open_index(index, HERE) as reader:
        assert reader.neighbourhood(QUESTION) == wanted


def test_broken_text_in_the_schema_is_one_plain_line_whatever_is_asked(index: Path, tmp_path: Path) -> None:
    data = bytearray(index.read_bytes())
    data[data.index(b"CREATE TABLE blocks") + len("CREATE TABLE b")] = 0xF5
    broken = tmp_path / "broken.index"
    broken.write_bytes(data)
    for ask in (lambda: info(broken), lambda: verify(broken, Settings()), lambda: take_out(["a"], broken, Settings())):
        with pytest.raises(InputError, match=r"broken\.index: ") as raised:
            ask()
        assert len(str(raised.value).splitlines()) == 1


def test_an_empty_path_takes_nothing_out(index: Path) -> None:
    before = index.read_bytes()
    with pytest.raises(InputError, match="empty path"):
        take_out([""], index, Settings())
    assert index.read_bytes() == before
