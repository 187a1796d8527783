from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from newsroom import changed, newsroom

from compare.errors import InputError
from compare.report import page, write
from compare.report.write import write_report

STALE = "pair-0123456789ab.html"


def contents(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def test_a_report_is_an_index_a_page_a_pair_and_the_json_last(tmp_path: Path) -> None:
    written = write_report(newsroom(), tmp_path / "new" / "reports")
    assert [path.name for path in written[-2:]] == ["index.html", "report.json"]
    assert len(written) == 4, "what reports one event has no page"
    assert {path.name for path in written} == set(contents(tmp_path / "new" / "reports"))


def test_a_failed_run_leaves_the_old_report_whole(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write_report(newsroom(), tmp_path)
    before = contents(tmp_path)

    def full(_: object) -> str:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(write, "json_of", full)
    with pytest.raises(InputError, match="No space left on device"):
        write_report(changed(newsroom(), comparisons=()), tmp_path)
    assert contents(tmp_path) == before


def test_pages_of_an_earlier_run_are_removed_and_foreign_ones_are_not(tmp_path: Path) -> None:
    report = newsroom()
    write_report(report, tmp_path)
    (tmp_path / STALE).write_text("<p>mine</p>")
    (tmp_path / "notes.html").write_text('<meta name="generator" content="compare 0.1.0">')
    write_report(changed(report, comparisons=report.comparisons[:1]), tmp_path)
    assert len(contents(tmp_path)) == 5
    assert {STALE, "notes.html"} <= set(contents(tmp_path))


def test_a_link_with_the_name_of_a_page_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "index.html").write_text('<meta name="generator" content="compare 0.1.0">')
    (tmp_path / STALE).symlink_to(tmp_path / "index.html")
    write_report(newsroom(), tmp_path)
    assert (tmp_path / STALE).is_symlink()


def test_a_file_in_the_place_of_the_folder_is_refused(tmp_path: Path) -> None:
    (tmp_path / "reports").write_text("precious")
    with pytest.raises(InputError, match="is a file"):
        write_report(newsroom(), tmp_path / "reports")
    assert (tmp_path / "reports").read_text() == "precious"


def test_the_same_report_is_the_same_bytes_under_any_hash_seed(tmp_path: Path) -> None:
    code = "import sys; from pathlib import Path; from newsroom import newsroom; from compare.report.write import *; "
    code += "write_report(newsroom(), Path(sys.argv[1]))"
    paths = os.pathsep.join([str(Path(write.__file__).parents[2]), str(Path(__file__).parent)])
    for seed in "01":
        environment = {**os.environ, "PYTHONHASHSEED": seed, "PYTHONPATH": paths}
        subprocess.run([sys.executable, "-c", code, str(tmp_path / seed)], check=True, env=environment)
    assert contents(tmp_path / "0") == contents(tmp_path / "1")


def test_shards_are_written_beside_the_page_and_removed_when_the_report_has_shrunk(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patch:
        for name, size in {"PLAIN_BYTES": 1000, "PAGE_BYTES": 2000, "SHARD_BYTES": 700}.items():
            patch.setattr(page, name, size)
        shards = sorted(path.name for path in write_report(newsroom(), tmp_path) if path.suffix == ".js")
    assert shards[:2] == ["data-01.js", "data-02.js"]
    index = (tmp_path / "index.html").read_text("utf-8")
    assert f'data-shards="{" ".join(shards)}"' in index
    assert "strict-dynamic" in index.partition("<style")[0]
    (tmp_path / "data-99.js").write_text("somebody's own", "utf-8")
    write_report(newsroom(), tmp_path)
    assert [path.name for path in tmp_path.glob("*.js")] == ["data-99.js"]
    assert "strict-dynamic" not in (tmp_path / "index.html").read_text("utf-8").partition("<style")[0]
