"""One text against an index, on the command as it is installed: what it finds is what a whole run says."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
import redirected

import compare
from compare.jobs.query import query, share
from compare.model import Document
from compare.settings import Settings

if TYPE_CHECKING:
    from collections.abc import Callable

    Run = Callable[..., subprocess.CompletedProcess[str]]

LIGHT = ("sklearn", "datasketch", "scipy", "rich", "jinja2")
"""What a query must not load: half a second to two."""


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory, run: Run, root: Path) -> Path:
    """A folder with an index of the sample articles but one, and no article."""
    folder = tmp_path_factory.mktemp("archive")
    shutil.copytree(root / "seeds", folder / "seeds")
    (folder / "seeds" / "harbour-alert.md").unlink()
    assert run("index", "build", "seeds", "--index", "archive.index", CWD=str(folder)).returncode == 0
    shutil.rmtree(folder / "seeds")
    shutil.copy(root / "seeds" / "harbour-alert.md", folder / "alert.md")
    return folder


def test_the_sources_and_their_numbers_are_those_of_a_whole_run(archive: Path, run: Run, root: Path) -> None:
    ended = run("query", "alert.md", "--index", "archive.index", "--json", CWD=str(archive))
    assert (ended.returncode, ended.stderr) == (0, "")
    answer = json.loads(ended.stdout)
    assert (answer["schema"], answer["document"], answer["compared"]) == ("compare-query/2", "alert.md", 25)
    found = {Path(one["source"]["id"]).name: one["pair"] for one in answer["sources"]}
    whole = {
        (pair.b if pair.a == "harbour-alert.md" else pair.a): pair
        for pair in compare.run(root / "seeds").comparisons
        if "harbour-alert.md" in {pair.a, pair.b} and pair.verdict.is_reuse
    }
    assert set(whole) <= set(found)
    for name, pair in whole.items():
        both = {found[name]["containment_a"], found[name]["containment_b"]}
        assert found[name]["verdict"] == pair.verdict.value
        assert both == {round(pair.containment_a, 6), round(pair.containment_b, 6)}
        assert found[name]["longest"] == pair.longest


def test_the_strongest_source_comes_first_with_both_directions_and_its_passages(archive: Path, run: Run) -> None:
    lines = run("query", "alert.md", "--index", "archive.index", CWD=str(archive)).stdout.splitlines()
    assert lines[0].endswith("sources among 25 documents.")
    assert lines[2] == "1  contained  seeds/harbour-archive.txt"
    assert (
        lines[3] == "   99 % of this matches seeds/harbour-archive.txt; 46 % the other way; longest: 137 words in a row"
    )
    assert lines[4].startswith("   alert.md:10 ↔ seeds/harbour-archive.txt:1  verbatim: “The harbour board")


def test_a_pasted_draft_comes_on_standard_input(archive: Path, tmp_path: Path, run: Run) -> None:
    draft = tmp_path / "draft"
    for text, code, said in (
        ((archive / "alert.md").read_bytes(), 0, "harbour-archive.txt"),
        ("Nothing of this stands in an archive of anybody.".encode("utf-16"), 0, "no source was found"),
        (b"", 2, "standard input: empty"),
        (b"\0\1", 2, "standard input: binary"),
    ):
        draft.write_bytes(text)
        program = redirected.program(f"<{draft}")
        ended = run("query", "-", "--index", "archive.index", CWD=str(archive), CODE=program)
        assert ended.returncode == code
        assert said in ended.stdout + ended.stderr
        assert "Traceback" not in ended.stderr


def test_a_document_that_the_index_holds_is_not_its_own_source(archive: Path, run: Run, root: Path) -> None:
    (archive / "seeds").mkdir()
    shutil.copy(root / "seeds" / "harbour-daily.md", archive / "seeds")
    ended = run("query", "seeds/harbour-daily.md", "--index", "archive.index", CWD=str(archive))
    shutil.rmtree(archive / "seeds")
    assert ended.stdout.splitlines()[0].endswith("among 24 documents.")
    assert not re.search(r"(?m)^\d+  [a-z-]+  seeds/harbour-daily", ended.stdout)


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["--index", "no.index"], "no.index: no such index"),
        (["--index", "alert.md"], "alert.md"),
        (["--index", "archive.index", "--set", "shingle=4"], "shingle"),
    ],
)
def test_what_is_no_index_ends_with_2(words: list[str], said: str, archive: Path, run: Run) -> None:
    ended = run("query", "alert.md", *words, CWD=str(archive))
    assert (ended.returncode, ended.stdout, len(ended.stderr.splitlines())) == (2, "", 1)
    assert said in ended.stderr


def test_a_query_loads_nothing_heavy(archive: Path) -> None:
    script = (
        "import sys; sys.argv = ['compare', 'query', 'alert.md', '--index', 'archive.index']\n"
        "from compare.cli import entry\n"
        "try: entry()\n"
        f"finally: print([name for name in {LIGHT!r} if name in sys.modules], file=sys.stderr)"
    )
    settings = {**os.environ, "PYTHONPATH": str(Path(compare.__file__).parent.parent)}
    ended = subprocess.run(
        [sys.executable, "-P", "-c", script], cwd=archive, env=settings, capture_output=True, text=True, check=True
    )
    assert "harbour-archive" in ended.stdout
    assert ended.stderr.strip() == "[]"


def test_past_the_most_sources_the_strongest_are_aligned_and_the_others_counted(
    archive: Path, root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    draft = Document("draft", (root / "seeds" / "harbour-alert.md").read_text("utf-8"))
    every = query(draft, [archive / "archive.index"], archive, Settings())
    monkeypatch.setattr("compare.jobs.query.MOST", 1)
    first = query(draft, [archive / "archive.index"], archive, Settings())
    assert [share(one, "draft") for one in first.comparisons] == [share(one, "draft") for one in every.comparisons[:1]]
    assert (every.left_out["sources_not_aligned"], first.left_out["sources_not_aligned"] > 0) == (0, True)
    assert set(first.sources) < set(every.sources)


def test_of_equal_verdicts_the_source_of_more_comes_first(archive: Path, root: Path) -> None:
    text = (root / "seeds" / "harbour-alert.md").read_text("utf-8")
    answer = query(Document("draft", text), [archive / "archive.index"], archive, Settings())
    order = [(one.verdict.rank, -share(one, "draft")) for one in answer.comparisons]
    assert order == sorted(order)
    assert len(order) > 3


def test_its_own_earlier_versions_are_no_sources_and_that_is_told(tmp_path: Path, run: Run) -> None:
    story = "The ferry left the old harbour at nine with forty passengers, a lorry of apples and one goat on a rope."
    archive = tmp_path / "archive"
    archive.mkdir()
    front = "---\ntitle: Ferry\nurl: https://courier.example/ferry\n---\n"
    (archive / "draft.txt").write_text(story, "utf-8")
    (archive / "printed.txt").write_text(front + story, "utf-8")
    (archive / "other.txt").write_text(story.replace("goat", "dog"), "utf-8")
    assert run("index", "build", "archive", CWD=str(tmp_path)).returncode == 0
    (archive / "draft.txt").write_text(front + story.replace("nine", "ten"), "utf-8")
    told = run("query", "archive/draft.txt", CWD=str(tmp_path)).stdout
    assert told.startswith("archive/draft.txt: 1 source among 1 document.")
    assert "archive/other.txt" in told
    assert "its own earlier versions, by its name or its address, which are no sources: 2" in told
