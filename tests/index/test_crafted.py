"""Index files that somebody made to do harm: one plain line, little time, little memory."""

from __future__ import annotations

import os
import random
import shutil
import sqlite3
import subprocess
import sys
import zlib
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

import compare
from compare.index.build import create
from compare.settings import Settings

if TYPE_CHECKING:
    from collections.abc import Callable

SECONDS, MEGABYTES = 15, 500
"""5 s of CPU is what any of them may take on a machine of its own; the tests of others run beside these."""
NONE = "b'the harbour board'"
pytestmark = pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="the peak is read from /proc")
CHILD = """
import resource, sys
from compare.cli import invoked, told
resource.setrlimit(resource.RLIMIT_AS, (8 << 30, 8 << 30))
try:
    code = invoked()
except Exception as error:
    code = told(error)
used = resource.getrusage(resource.RUSAGE_SELF)  # its peak is that of whoever started it, if that is more
peak = next(line for line in open("/proc/self/status") if line.startswith("VmHWM"))
print(int(used.ru_utime + used.ru_stime), int(peak.split()[1]) // 1024, file=sys.stderr)
sys.exit(code)
"""


@pytest.fixture(scope="module")
def sound(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with an index of 30 articles, and a draft that shares with each."""
    folder = tmp_path_factory.mktemp("crafted")
    draw = random.Random(14)
    words = [f"{a}{b}{c}" for a in "bdfgklmnprst" for b in "aeiou" for c in "lmnrst"]
    (folder / "in").mkdir()
    parts = [" ".join(draw.choices(words, k=60)) for _ in range(30)]
    for number, part in enumerate(parts):
        (folder / f"in/{number:02}.txt").write_text(f"{part} {' '.join(draw.choices(words, k=60))}", "utf-8")
    (folder / "draft.txt").write_text(" ".join(parts), "utf-8")
    create([str(folder / "in")], folder / "sound.index", Settings())
    return folder


def bomb(size: int) -> bytes:
    packer = zlib.compressobj(9)
    return b"".join([*(packer.compress(b"harbour " * 125_000) for _ in range(size // 1_000_000)), packer.flush()])


def execute(*statements: str, values: tuple[object, ...] = ()) -> Callable[[sqlite3.Connection], None]:
    def applied(connection: sqlite3.Connection) -> None:
        for sql in statements:
            connection.execute(sql, values)

    return applied


def tables(connection: sqlite3.Connection) -> None:
    for number in range(20_000):
        connection.execute(f"CREATE TABLE t{number}(a INTEGER GENERATED ALWAYS AS (1) VIRTUAL, b CHECK (b > {number}))")


BIG = (300_000_000,)
CRAFTED: dict[str, Callable[[sqlite3.Connection], None]] = {
    "a bomb of what one text may take": execute(
        "UPDATE texts SET text = ?1, bytes = 60000000", values=(bomb(60_000_000),)
    ),
    "a bomb of more": execute("UPDATE texts SET text = ?1, bytes = 1000000000", values=(bomb(1_000_000_000),)),
    "a bomb that says it is small": execute("UPDATE texts SET text = ?1", values=(bomb(1_000_000_000),)),
    "sizes of 2^62": execute("UPDATE texts SET bytes = 1 << 62"),
    "sizes below zero": execute("UPDATE texts SET bytes = -5000000000"),
    "texts of zeros": execute("UPDATE texts SET text = zeroblob(20000000) WHERE number = 3"),
    "a value of 300 MB": execute("UPDATE texts SET text = zeroblob(?1) WHERE number = 3", values=BIG),
    "a name of 300 MB": execute("UPDATE documents SET name = zeroblob(?1) WHERE number = 3", values=BIG),
    "spans without end": execute("UPDATE texts SET spans = 10000000, muted = replace(zeroblob(20000000), x'00', x'01')"
                                 " WHERE number = 3"),
    "totals of 2^63 - 1": execute("UPDATE totals SET value = 9223372036854775807"),
    "totals of a million": execute("UPDATE totals SET value = 1000000 WHERE name = 'documents'"),
    "totals of one more": execute("UPDATE totals SET value = value + 1 WHERE name = 'contents'"),
    "totals of none": execute("UPDATE totals SET value = 0"),
    "totals that are text": execute("UPDATE totals SET value = 'many'"),
    "twenty million holders": execute("UPDATE fingerprints SET holders = 20000000, postings = "
                                      "CAST(replace(hex(zeroblob(10000000)), '0', char(1)) AS BLOB)"
                                      " WHERE key IN (SELECT key FROM fingerprints ORDER BY key LIMIT 3)"),
    "holders that are not stored": execute("UPDATE fingerprints SET holders = 9223372036854775807"),
    "holders below zero": execute("UPDATE fingerprints SET holders = -1", "UPDATE bands SET holders = -1"),
    "steps without end": execute("UPDATE fingerprints SET holders = 2000000, postings = "
                                 "CAST(replace(hex(zeroblob(1000000)), '0', char(127)) AS BLOB)"
                                 " WHERE key IN (SELECT key FROM fingerprints ORDER BY key LIMIT 3)"),
    "long steps": execute("UPDATE bands SET holders = 1, postings = x'ffffffffffffffffff01'"),
    "numbers below zero": execute("UPDATE contents SET number = -number", "UPDATE documents SET content = -content",
                                  "UPDATE signatures SET number = -number"),
    "numbers of 2^62": execute("UPDATE documents SET number = number + (1 << 62)",
                               "UPDATE texts SET number = number + (1 << 62)"),
    "one number for all": execute("UPDATE documents SET content = 1, file = 1"),
    "a header of 10 MB": execute("UPDATE header SET value = hex(zeroblob(5000000)) WHERE name = 'seed'"),
    "20,000 tables": tables,
    "a view": execute("CREATE VIEW v AS WITH RECURSIVE c(x) AS (SELECT 1 UNION ALL SELECT x FROM c) SELECT x FROM c"),
    "no index of SQLite's": execute("DROP INDEX documents_by_name"),
}  # fmt: skip
ASKED = {
    "verify": ["index", "verify", "--index", "x.index"],
    "info": ["index", "info", "--index", "x.index"],
    "query": ["query", "draft.txt", "--index", "x.index"],
    "check": ["check", "draft.txt", "--against", "x.index"],
}


@pytest.mark.parametrize("name", CRAFTED)
def test_a_crafted_index_is_one_plain_line_and_takes_little(name: str, sound: Path, tmp_path: Path) -> None:
    shutil.copy(sound / "draft.txt", tmp_path)
    shutil.copy(sound / "sound.index", tmp_path / "x.index")
    with closing(sqlite3.connect(tmp_path / "x.index")) as connection, connection:
        CRAFTED[name](connection)
    for question, words in ASKED.items():
        environment = {**os.environ, "PYTHONPATH": str(Path(compare.__file__).parent.parent)}
        ended = subprocess.run(
            [sys.executable, "-P", "-c", CHILD, *words],
            cwd=tmp_path,
            capture_output=True,
            text=True,
            check=False,
            env=environment,
        )
        *told, used = ended.stderr.splitlines()
        seconds, megabytes = map(int, used.split())
        assert (seconds <= SECONDS, megabytes <= MEGABYTES) == (True, True), (question, used)
        assert ended.returncode == 2 or question != "verify", (ended.stdout, ended.stderr)
        if ended.returncode in {0, 1}:  # it asked for nothing of what was changed
            continue
        assert (ended.returncode, len(told)) == (2, 1), (question, ended.stdout, ended.stderr)
        assert told[0].startswith("compare: x.index: "), question
        assert len(told[0]) < 400
    (tmp_path / "x.index").unlink()
