"""Index files that somebody made to do harm: one plain line, little time, little memory."""

from __future__ import annotations

import json
import random
import shutil
import sqlite3
import zlib
from contextlib import closing
from functools import cache, partial, reduce
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from warm import Start

from compare.index.build import create
from compare.settings import Settings

if TYPE_CHECKING:
    from collections.abc import Callable

    from warm import Warm

SECONDS, MEGABYTES = 10, 500
"""What all four questions may take of a processor (.6 s, where nobody else is there) and of memory (110 MB)."""
CHILD = """
import contextlib, io, json, resource, sys, time
from compare.cli import invoked, told
resource.setrlimit(resource.RLIMIT_AS, (8 << 30, 8 << 30))
answers = {}
for question, words in json.loads(sys.argv[1]).items():
    sys.argv[1:], said = words, io.StringIO()
    with contextlib.redirect_stdout(io.StringIO()), contextlib.redirect_stderr(said):
        try:
            code = invoked()
        except Exception as error:
            code = told(error)
    answers[question] = code, said.getvalue().splitlines()
peak = next(line for line in open("/proc/self/status") if line.startswith("VmHWM"))  # of this program alone
print(json.dumps([answers, time.process_time(), int(peak.split()[1]) / 1024]))
"""


LAST = b"\x03\x00"
"""A last block of nothing."""


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


@cache
def bomb(size: int) -> bytes:
    """Megabytes of one word, packed. After a full flush any part of them is packed as the second one is."""
    part, count, packer = b"harbour " * 125_000, size // 1_000_000, zlib.compressobj(9)
    first, second = (packer.compress(part) + packer.flush(zlib.Z_FULL_FLUSH) for _ in range(2))
    check = reduce(lambda check, _: zlib.adler32(part, check), range(count), 1)
    return first + second * (count - 1) + LAST + check.to_bytes(4, "big")


def execute(*statements: str, values: tuple[object, ...] = ()) -> Callable[[sqlite3.Connection], None]:
    def applied(connection: sqlite3.Connection) -> None:
        for sql in statements:
            connection.execute(sql, [value() if callable(value) else value for value in values])

    return applied


VIEWS = """
WITH RECURSIVE c(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM c WHERE x < 100000)
INSERT INTO sqlite_master SELECT 'view', 'v' || x, 'v' || x, 0, 'CREATE VIEW v' || x || ' AS SELECT ' || x FROM c
"""
BIG = (100_000_000,)
CRAFTED: dict[str, Callable[[sqlite3.Connection], None]] = {
    "a bomb of what one text may take": execute("UPDATE texts SET text = ?, bytes = 60000000",
                                                values=(partial(bomb, 60_000_000),)),
    "a bomb of more": execute("UPDATE texts SET text = ?, bytes = 1000000000", values=(partial(bomb, 1_000_000_000),)),
    "a bomb that says it is small": execute("UPDATE texts SET text = ?", values=(partial(bomb, 1_000_000_000),)),
    "sizes of 2^62": execute("UPDATE texts SET bytes = 1 << 62"),
    "sizes below zero": execute("UPDATE texts SET bytes = -5000000000"),
    "texts of zeros": execute("UPDATE texts SET text = zeroblob(20000000) WHERE number = 3"),
    "a value of 100 MB": execute("UPDATE texts SET text = zeroblob(?) WHERE number = 3", values=BIG),
    "a name of 100 MB": execute("UPDATE documents SET name = zeroblob(?) WHERE number = 3", values=BIG),
    "spans without end": execute("UPDATE texts SET spans = 10000000, muted = "
                                 "CAST(replace(hex(zeroblob(10000000)), '0', char(1)) AS BLOB) WHERE number = 3"),
    "totals of 2^63 - 1": execute("UPDATE totals SET value = 9223372036854775807"),
    "totals of a million": execute("UPDATE totals SET value = 1000000 WHERE name = 'documents'"),
    "totals of one more": execute("UPDATE totals SET value = value + 1 WHERE name = 'contents'"),
    "totals of none": execute("UPDATE totals SET value = 0"),
    "totals that are text": execute("UPDATE totals SET value = 'many'"),
    "twenty million holders": execute("UPDATE blocks SET holders = 20000000, postings = zeroblob(15000000)"),
    "255 holders of everything": execute("UPDATE blocks SET entries = 512, holders = 130560, "
                                         "postings = zeroblob(512 * 7 + 16320 + 261120)"),
    "holders that are not stored": execute("UPDATE blocks SET holders = 9223372036854775807"),
    "entries that are not stored": execute("UPDATE blocks SET entries = 9223372036854775807"),
    "steps without end": execute("UPDATE lanes SET width = 1 << 62"),
    "a million blocks": execute("UPDATE lanes SET keys = zeroblob(8000000)"),
    "segments without end": execute("UPDATE segments SET stop = 1 << 40"),
    "numbers below zero": execute("UPDATE contents SET number = -number", "UPDATE documents SET content = -content",
                                  "UPDATE twins SET content = -content"),
    "numbers of 2^62": execute("UPDATE documents SET number = number + (1 << 62)",
                               "UPDATE texts SET number = number + (1 << 62)"),
    "one number for all": execute("UPDATE documents SET content = 1, file = 1"),
    "a header of 10 MB": execute("UPDATE header SET value = hex(zeroblob(5000000)) WHERE name = 'seed'"),
    "100,000 views": execute("PRAGMA writable_schema=ON", VIEWS),
    "a view": execute("CREATE VIEW v AS WITH RECURSIVE c(x) AS (SELECT 1 UNION ALL SELECT x FROM c) SELECT x FROM c"),
    "no index of SQLite's": execute("DROP INDEX documents_by_name"),
}  # fmt: skip
ASKED = {
    "verify": ["index", "verify", "--index", "x.index"],
    "info": ["index", "info", "--index", "x.index"],
    "query": ["query", "draft.txt", "--index", "x.index"],
    "check": ["check", "draft.txt", "--against", "x.index"],
}
UNTOUCHED = {
    "one number for all": ("query", "check"),
}  # fmt: skip
"""Questions beside `info` that do not touch what was changed, or may take it for what it says."""
SEEN_AT_ONCE = ("totals", "a header", "100,000 views", "a view", "no index")
"""What `info` sees too."""


@pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="memory is told by Linux")
@pytest.mark.parametrize("name", CRAFTED)
def test_a_crafted_index_is_one_plain_line_and_takes_little(name: str, sound: Path, tmp_path: Path, warm: Warm) -> None:
    shutil.copy(sound / "draft.txt", tmp_path)
    index = shutil.copy(sound / "sound.index", tmp_path / "x.index")
    with closing(sqlite3.connect(index)) as connection, connection:
        CRAFTED[name](connection)
    assert index.stat().st_size < 250_000_000
    ended = warm.run(Start([json.dumps(ASKED)], warm.environment, str(tmp_path), CHILD))
    assert (ended.returncode, ended.stderr) == (0, "")
    index.unlink()
    answers, seconds, megabytes = json.loads(ended.stdout)
    assert (seconds <= SECONDS, megabytes <= MEGABYTES) == (True, True), (seconds, megabytes)
    for question, (code, told) in answers.items():
        if question in UNTOUCHED.get(name, ()) or (question == "info" and not name.startswith(SEEN_AT_ONCE)):
            assert code == 0, (question, told)
            continue
        assert (code, len(told)) == (2, 1), (question, told)
        assert told[0].startswith("compare: x.index: "), question
        assert len(told[0]) < 400
