"""Signatures live in datasketch's stores: in memory and in Redis."""

from __future__ import annotations

import shutil
import socket
import subprocess
import time
from typing import TYPE_CHECKING

import numpy as np
import pytest
from datasketch import MinHashLSH

from compare.sklearn import MinHashVectorizer, to_datasketch

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

STORY = (
    "The ferry left the old harbour at nine with forty passengers, a lorry of apples and one goat, and nobody minded."
)
TEXTS = {
    "story": STORY,
    "copy": STORY.upper() + " Rain.",
    "other": "The museum opens a hall of clocks on Saturday; children come in free and may wind the great clock.",
}


def test_datasketch_estimates_the_jaccard_that_the_rows_say() -> None:
    rows = MinHashVectorizer(permutations=256).transform(TEXTS.values())
    for lean in (False, True):
        made = to_datasketch(rows, lean=lean)
        for number in range(3):
            assert made[0].jaccard(made[number]) == np.mean(rows[0] == rows[number])
    assert to_datasketch(rows[:0]) == []


def test_rows_are_found_in_a_store_in_memory() -> None:
    assert found_in(MinHashLSH(threshold=0.5, num_perm=128)) == [b"copy", b"story"]


def found_in(store: MinHashLSH) -> list[bytes]:
    rows = MinHashVectorizer().transform(TEXTS.values())
    for name, minhash in zip(TEXTS, to_datasketch(rows), strict=True):
        store.insert(name.encode(), minhash)
    (asked,) = to_datasketch(MinHashVectorizer().transform([STORY]))
    return sorted(store.query(asked))


@pytest.fixture
def redis_port(tmp_path: Path) -> Iterator[int]:
    """The port of a Redis of our own that keeps nothing."""
    pytest.importorskip("redis", reason="the library `redis` is not installed")
    program = shutil.which("redis-server")
    if program is None:
        pytest.skip("no redis-server is installed")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    words = ["--port", str(port), "--bind", "127.0.0.1", "--save", "", "--dir", str(tmp_path)]
    with subprocess.Popen([program, *words], stdout=subprocess.DEVNULL) as server:
        wait_for(port)
        yield port
        server.terminate()


def wait_for(port: int) -> None:
    for _ in range(200):
        with socket.socket() as asked:
            if asked.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.05)


def test_rows_are_found_in_a_real_redis_by_another_store_too_and_nothing_is_pickled(redis_port: int) -> None:
    where = {"type": "redis", "basename": b"compare", "redis": {"host": "127.0.0.1", "port": redis_port}}
    stores = [MinHashLSH(threshold=0.5, num_perm=128, storage_config=where, prepickle=False) for _ in range(2)]
    assert found_in(stores[0]) == [b"copy", b"story"]
    (asked,) = to_datasketch(MinHashVectorizer().transform([STORY]))
    assert sorted(stores[1].query(asked)) == [b"copy", b"story"]
