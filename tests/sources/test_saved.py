"""A folder that `datasets` saved comes back as one: its rows and shards, its own fingerprint, no caches."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from compare.model import Document, Skipped
from compare.settings import Settings
from compare.sources.fields import Fields, Reading
from compare.sources.keep import write_kept
from compare.sources.read import read

if TYPE_CHECKING:
    from pathlib import Path

arrow = pytest.importorskip("pyarrow")
READING = Reading(Settings(), Fields(), digest=False)
SHARDS = ["data-00000-of-00002.arrow", "data-00001-of-00002.arrow"]


def shard(path: Path, ids: list[int]) -> None:
    rows = arrow.table({"id": ids, "text": [f"text {number}" for number in ids]})
    with arrow.ipc.new_stream(str(path), rows.schema.with_metadata({b"huggingface": b"{}"})) as writer:
        writer.write_table(rows)


@pytest.fixture
def saved(tmp_path: Path) -> Path:
    folder = tmp_path / "set" / "train"
    folder.mkdir(parents=True)
    for name, ids in zip([*SHARDS, "cache-77.arrow"], [[1, 2], [3, 4], [1, 2]], strict=True):
        shard(folder / name, ids)
    state = {"_data_files": [{"filename": name} for name in SHARDS], "_fingerprint": "0123456789abcdef", "_split": None}
    (folder / "state.json").write_text(json.dumps(state, indent=2))
    (folder / "dataset_info.json").write_text('{"features": {"text": {"dtype": "string", "_type": "Value"}}}')
    (tmp_path / "set/dataset_dict.json").write_text('{"splits": ["train"]}')
    return tmp_path / "set"


def test_rows_are_read_and_caches_told(saved: Path) -> None:
    items = list(read([saved], Settings()))
    assert [item.id for item in items if isinstance(item, Document)] == ["1", "2", "3", "4"]
    (cache,) = [item for item in items if isinstance(item, Skipped) and item.path.endswith("-77.arrow")]
    assert (cache.reason, cache.lost) == ("a cache beside a saved data set, whose rows stand elsewhere", False)
    assert [item.id for item in read([saved / "train/cache-77.arrow"], Settings()) if isinstance(item, Document)] == [
        "1",
        "2",
    ]


def test_what_is_kept_is_such_a_folder_with_a_fingerprint_of_its_own(saved: Path, tmp_path: Path) -> None:
    names = ["dataset_dict.json", *(f"train/{name}" for name in [*SHARDS, "dataset_info.json", "state.json"])]

    def kept(stays: set[str]) -> dict[str, bytes]:
        write_kept([saved], stays, tmp_path / "out", READING)
        files = sorted(path for path in (tmp_path / "out/set").rglob("*") if path.is_file())
        return {str(path.relative_to(tmp_path / "out/set")): path.read_bytes() for path in files}

    all_stay, some, others = (kept(stays) for stays in ({"1", "2", "3", "4"}, {"1"}, {"1", "3"}))
    assert sorted(all_stay) == sorted(some) == names
    assert all((saved / name).read_bytes() == content for name, content in all_stay.items())
    states = [json.loads(files["train/state.json"]) for files in (all_stay, some, others)]
    assert len({state.pop("_fingerprint") for state in states}) == 3
    assert states[0] == states[1] == states[2]
    assert kept({"1"}) == some
    rows = [arrow.ipc.open_stream(some[f"train/{name}"]).read_all() for name in SHARDS]
    assert [shard["id"].to_pylist() for shard in rows] == [[1], []]
    assert all(shard.schema.metadata == {b"huggingface": b"{}"} for shard in rows)


@pytest.mark.parametrize("state", ["[]", '{"_data_files": 7}', '{"_data_files": [{"filename": "../x"}, 7]}', "no JSON"])
def test_a_state_that_says_nothing_changes_nothing(saved: Path, tmp_path: Path, state: str) -> None:
    (saved / "train/state.json").write_text(state)
    written = write_kept([saved], {"1"}, tmp_path / "out", READING).files
    assert (tmp_path / "out/set/train/state.json").read_text() == state
    assert len(written) == 6
