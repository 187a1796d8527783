"""`compare corrections`, on files, tables, an index and the command."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner

from compare.cli import main
from compare.errors import EXIT_INPUT, InputError
from compare.jobs.corrections import Versions, corrections
from compare.jobs.index import Index
from compare.model import Document
from compare.settings import Settings
from compare.terminal.changes import Look
from compare.terminal.corrections import SHOWN, corrected_json, corrected_text

if TYPE_CHECKING:
    import subprocess
    from collections.abc import Callable
    from pathlib import Path

    from compare.model import Corrected

    Run = Callable[..., subprocess.CompletedProcess[str]]

STORY = """The ferry company said on Monday that it would close the northern crossing for the winter.

The council put the damage at {} million pounds, and the crossing will open again in May.

Boats from Port Ellin will sail twice a day until then, and tickets stay valid on both lines.
"""
COST = STORY.splitlines()[2]
OLD, NEW = Document("old", STORY.format("4.2")), Document("new", STORY.format("4.3"))


@pytest.fixture
def archive(tmp_path: Path) -> Path:
    """Two versions; a paper with the old words, one with the new, one with neither."""
    (tmp_path / "old.txt").write_text(STORY.format("4.2"))
    (tmp_path / "new.txt").write_text(STORY.format("4.3"))
    papers = tmp_path / "papers"
    papers.mkdir()
    (papers / "courier.txt").write_text(f"A storm came.\n\n{COST.format('4.2')}\n")
    (papers / "echo.txt").write_text(STORY.format("4.3"))
    (papers / "post.txt").write_text("The council spoke of great damage, and of 4.2 million pounds at the least.\n")
    rows = [
        {"id": "w1", "text": STORY.format("4.2"), "source": "Wire", "date": "2024-05-02"},
        {"id": "w2", "text": "No."},
    ]
    (tmp_path / "wire.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows))
    return tmp_path


def _found(folder: Path, *against: str) -> Corrected:
    return corrections(Versions(OLD, NEW, tuple(str(folder / name) for name in against), folder), Settings())


def test_who_has_the_old_words_and_who_the_new_is_told_of_folders_and_tables(archive: Path) -> None:
    found = _found(archive, "papers", "wire.jsonl")
    (correction,) = found.corrections
    assert [one.id for one in correction.still] == ["papers/courier.txt", "wire.jsonl#w1"]
    assert [one.id for one in correction.already] == ["papers/echo.txt"]
    assert list(found.documents) == ["papers/courier.txt", "papers/echo.txt", "wire.jsonl#w1"]
    assert (found.carriers, found.compared) == (("papers/courier.txt", "wire.jsonl#w1"), 5)


def test_an_index_answers_as_its_folder_does(archive: Path) -> None:
    Index.build(archive / "archive.index", archive / "wire.jsonl")
    found = _found(archive, "archive.index")
    assert (found.carriers, found.compared) == (("wire.jsonl#w1",), 2)
    assert _found(archive, "archive.index", "wire.jsonl").compared == 2


def test_nobody_is_asked_where_nothing_is_named(archive: Path) -> None:
    found = _found(archive)
    assert (len(found.corrections), found.carriers, found.compared) == (1, (), 0)


def test_the_order_of_what_is_named_changes_nothing(archive: Path) -> None:
    one, other = _found(archive, "papers", "wire.jsonl"), _found(archive, "wire.jsonl", "papers")
    assert corrected_json(one) == corrected_json(other)


def test_the_command_ends_with_1_where_old_words_stand_and_does_not_look_at_the_versions(
    archive: Path, run: Run
) -> None:
    words = ["corrections", "old.txt", "new.txt"]
    still = run(*words, "--against", "papers", "old.txt", "new.txt", CWD=str(archive))
    assert (still.returncode, still.stderr) == (1, "")
    text = " ".join(still.stdout.split())
    assert text.startswith("1 figure changed: The council put the damage at [-4.2-]{+4.3+} million pounds")
    assert f"still in: papers/courier.txt, line 3: “{COST.format('4.2')}”" in text
    assert f"already in: papers/echo.txt, line 3: “{COST.format('4.3')}”" in text
    assert "1 correction, looked for in 3 documents: 1 still has old words, 1 has new ones alone." in text


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["old.txt"], "Missing argument 'NEW'"),
        (["--against", "papers", "old.txt", "new.txt"], "put it last"),
        (["old.txt", "missing.txt"], "missing.txt: no such file"),
        (["-", "-"], "not both"),
    ],
)
def test_a_mistake_is_told_in_a_line_and_ends_with_2(
    words: list[str], said: str, archive: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(archive)
    ended = CliRunner().invoke(main, ["corrections", *words])
    told = ended.output if ended.exit_code == EXIT_INPUT else str(ended.exception)
    assert said in told


def test_the_json_holds_all_of_it(archive: Path) -> None:
    record = json.loads(corrected_json(_found(archive, "wire.jsonl")))
    assert (record["schema"], record["compared"]) == ("compare-corrections/1", 2)
    (correction,) = record["corrections"]
    assert [one["kind"] for one in correction["changes"]] == ["figure"]
    assert correction["still"][0]["text"] == COST.format("4.2")[:-1]
    assert [(one["source"], one["published"]) for one in record["documents"]] == [("Wire", "2024-05-02")]


@pytest.mark.parametrize("against", [("missing",), ("empty",), ("broken.txt", "papers")])
def test_what_cannot_be_read_is_an_error_and_no_all_clear(against: tuple[str, ...], archive: Path) -> None:
    (archive / "empty").mkdir()
    (archive / "broken.txt").write_bytes(b"\xff\xfe\x00\xd8" * 9)
    with pytest.raises(InputError):
        _found(archive, *against)


def test_of_many_carriers_ten_are_named_and_the_rest_counted(archive: Path) -> None:
    for number in range(SHOWN + 5):
        (archive / "papers" / f"paper-{number:02}.txt").write_text(STORY.format("4.2"))
    text = corrected_text(_found(archive, "papers"), Look(), asked=True)
    assert text.count("still in: ") == SHOWN
    assert "… still in 6 more (--json has all)" in text


def test_names_and_words_from_outside_do_nothing_to_a_terminal(archive: Path) -> None:
    row = {"id": "a\x1b[31m", "text": STORY.format("4.2") + "\x1b[2J", "source": "W\u202eire\x07", "title": "\x1b"}
    (archive / "hostile.jsonl").write_text(json.dumps(row) + "\n")
    text = corrected_text(_found(archive, "hostile.jsonl"), Look(), asked=True)
    assert "still in: " in text
    assert not {"\x1b", "\x07", "\u202e"} & set(text)
