"""What the caps of an index leave out: never the strongest, and never in silence."""

from __future__ import annotations

import json
import random
import shutil
import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING, Any

import pytest
from builds import compiled
from click.testing import CliRunner
from examples import length

from compare.cli.accept import command as accept_command
from compare.cli.audit import command as audit_command
from compare.cli.check import command as check_command
from compare.cli.query import command as query_command
from compare.errors import InputError
from compare.formats.choose import FORMATS
from compare.index import lookup
from compare.index.build import create
from compare.index.lookup import Index, open_index
from compare.jobs.query import query
from compare.model import Document
from compare.settings import Settings
from compare.terminal.sources import queried_json, queried_text

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from click.testing import Result

HERE = Settings()
WORDS = [f"{a}{b}{c}" for a in "bdfgklmnprst" for b in "aeiou" for c in "lmnrst"]


def prose(draw: random.Random, words: int) -> str:
    return " ".join(draw.choices(WORDS, k=words))


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Thirty books with one licence and an index of them, the source of a draft last."""
    draw = random.Random(7)
    licence = prose(draw, length(300))
    place = tmp_path_factory.mktemp("library")
    (place / "books").mkdir()
    for number in range(30):
        (place / f"books/a{number:02}.txt").write_text(f"{licence} {prose(draw, length(3000))}", "utf-8")
    lifted = prose(draw, length(600))
    (place / "books/z.txt").write_text(f"{licence} {lifted} {prose(draw, length(2400))}", "utf-8")
    (place / "draft.txt").write_text(f"{prose(draw, length(50))} {lifted} {licence}", "utf-8")
    with pytest.MonkeyPatch.context() as patched:
        patched.chdir(place)
        create(["books"], place / "a.index", HERE)
    return place


@pytest.fixture
def books(library: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of these, and room for three of the books."""
    shutil.copytree(library, tmp_path, dirs_exist_ok=True)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(lookup, "TEXT", 3 * (tmp_path / "books/z.txt").stat().st_size + 500)
    return tmp_path


def run(command: Any, *words: str) -> Result:  # noqa: ANN401  # a click command
    return CliRunner().invoke(command, words)


def neighbourhood(index: Path, *texts: str) -> lookup.Neighbourhood:
    with open_index(index, HERE) as opened:
        return opened.neighbourhood(texts)


def test_the_source_is_found_though_thirty_books_before_it_share_a_licence_with_the_draft(books: Path) -> None:
    answer = query(Document("draft.txt", (books / "draft.txt").read_text()), [books / "a.index"], books, HERE)
    assert answer.comparisons[0].a == "books/z.txt"
    assert answer.comparisons[0].longest >= length(600)
    assert answer.left_out["index_candidates"] == 28
    for told in (queried_text(answer, colored=False), run(query_command, "draft.txt", "--index", "a.index").output):
        assert "books/z.txt" in told
        assert "the weakest: 28" in told
    assert json.loads(queried_json(answer))["dropped"]["index_candidates"] == 28


def test_a_check_that_left_a_candidate_out_ends_with_2_and_lists_what_it_found(books: Path) -> None:
    reports = [word for name in FORMATS for word in ("--report", f"{name}={name}.out")]
    ended = run(check_command, "draft.txt", "--against", "a.index", "--fail-on", "near", *reports)
    assert ended.exit_code == 2
    assert ended.output.startswith("1 finding fails; not everything was compared. 1 article checked against 32.\n")
    last = ended.output.splitlines()[-1]
    assert last.startswith("compare: not everything was compared: texts of the index that share words")
    assert ": 28; check fewer texts at a time, or name what the index holds with --against instead" in last
    for name in FORMATS:
        told = (books / f"{name}.out").read_text("utf-8")
        assert "z.txt" in told, name
        assert "28" in told, name
    assert json.loads((books / "json.out").read_text())["exit_code"] == 2
    assert run(check_command, "draft.txt", "--against", "books", "--fail-on", "near").exit_code == 1


def test_no_finding_among_some_candidates_is_no_clean_run(books: Path) -> None:
    ended = run(check_command, "draft.txt", "--against", "a.index", "--fail-on", "exact")
    assert (ended.exit_code, ended.output.splitlines()[0]) == (
        2, "No findings; not everything was compared. 1 article checked against 32."
    )  # fmt: skip
    (books / "draft.txt").write_text("Nothing of this stands in any book, nor does it hold a licence.", "utf-8")
    assert run(check_command, "draft.txt", "--against", "a.index").exit_code == 0


@compiled
def test_what_was_left_out_is_not_accepted_and_makes_no_entry_stale(books: Path) -> None:
    names = ("draft.txt", "books/a20.txt", "--in", "books", "--in", "draft.txt")
    assert run(accept_command, *names, "--reason", "wire", "--by", "Ida").exit_code == 0
    before = (books / "compare.accepted.toml").read_bytes()
    ended = run(audit_command, "draft.txt", "--against", "a.index", "--prune")
    assert isinstance(ended.exception, InputError), ended.output
    assert "not everything was compared" in str(ended.exception)
    assert (books / "compare.accepted.toml").read_bytes() == before
    ended = run(accept_command, "--all", "draft.txt", "--against", "a.index", "--reason", "wire", "--by", "Ida")
    assert "not everything was compared" in str(ended.exception)
    assert run(audit_command, "draft.txt", "books", "--prune").exit_code == 0


@pytest.mark.usefixtures("books")
def test_a_text_that_finds_nothing_says_what_it_was_not_held_against(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lookup, "TEXT", 10)
    told = run(query_command, "draft.txt", "--index", "a.index").output
    assert told.startswith("draft.txt: no source was found in the texts that were looked at, among 31 documents.\n")
    assert "the weakest: 31" in told


def test_a_book_that_does_not_fit_is_passed_over_and_the_next_one_tried(books: Path) -> None:
    draw = random.Random(9)
    source = (books / "books/z.txt").read_text()
    (books / "books/huge.txt").write_text(f"{source} {prose(draw, length(30_000))}", "utf-8")
    create([str(books / "books")], books / "a.index", HERE)
    found = neighbourhood(books / "a.index", (books / "draft.txt").read_text())
    names = [document.id for document in found.documents]
    assert "books/z.txt" in names
    assert "books/huge.txt" not in names
    assert found.left_out["index_candidates"] == 32 - len(found.pairs)


def test_the_strongest_of_each_text_comes_before_the_second_of_any(
    books: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    draw = random.Random(3)
    first, second = prose(draw, length(700)), prose(draw, length(650))
    monkeypatch.setattr(lookup, "TEXT", lookup.TEXT + length(5000))
    for number in range(4):
        (books / f"books/b{number}.txt").write_text(f"{first} {prose(draw, length(3000) - 10 * number)}", "utf-8")
    (books / "books/y.txt").write_text(f"{second} {prose(draw, length(3000))}", "utf-8")
    create([str(books / "books")], books / "a.index", HERE)
    found = neighbourhood(books / "a.index", first, (books / "draft.txt").read_text(), second)
    names = dict(reversed(found.pairs))
    assert (names[0][:7], names[1], names[2]) == ("books/b", "books/z.txt", "books/y.txt")
    assert len(found.documents) == 3


@pytest.mark.parametrize("size", [2**62, -1, 200 * 2**20, 1_000_000])
def test_one_damaged_size_is_an_error_and_hides_nothing(books: Path, library: Path, size: int) -> None:
    for name in ("books/a00.txt", "books/z.txt"):
        shutil.copy(library / "a.index", books / "a.index")
        with closing(sqlite3.connect(books / "a.index")) as connection, connection:
            number = "(SELECT number FROM documents WHERE name = ?)"
            connection.execute(f"UPDATE texts SET bytes = ? WHERE number = {number}", (size, name))  # noqa: S608
        for command in (query_command, check_command):
            option = "--index" if command is query_command else "--against"
            ended = run(command, "draft.txt", option, "a.index")
            assert isinstance(ended.exception, InputError)
            assert "the index is damaged" in str(ended.exception)


def near_copies(folder: Path, count: int) -> str:
    """A folder of copies of one text in which two words differ; another such copy."""
    draw = random.Random(count)
    text = draw.choices(WORDS, k=300)
    folder.mkdir()
    for number in range(count + 1):
        copy = list(text)
        for place in draw.sample(range(300), 2):
            copy[place] = f"w{number}"
        path = folder / f"{number:05}.txt" if number < count else folder.parent / "copy.txt"
        path.write_text(" ".join(copy), "utf-8")
    return (folder.parent / "copy.txt").read_text()


@compiled
def test_a_copy_of_a_text_that_has_1500_near_copies_is_found(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    text = near_copies(tmp_path / "in", 1500)
    create(["in"], tmp_path / "a.index", HERE)
    (tmp_path / "part.txt").write_text(" ".join(text.split()[40:140]), "utf-8")
    ended = run(check_command, "copy.txt", "--against", "a.index", "--set", "most_findings=3")
    assert (ended.exit_code, ended.output.count("FAIL near-duplicate")) == (1, 3)
    assert "1,497 more are not listed" in ended.output
    assert run(query_command, "copy.txt", "--index", "a.index").output.startswith("copy.txt: 100 sources among 1,500")
    assert run(check_command, "part.txt", "--against", "a.index", "--set", "most_findings=3").exit_code == 1


def test_of_more_near_copies_than_may_be_candidates_the_nearest_stay_and_the_rest_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    text = near_copies(tmp_path / "in", 60)
    (tmp_path / "in/zz.txt").write_text(f"{text} and one word", "utf-8")
    create(["in"], tmp_path / "a.index", HERE)
    monkeypatch.setattr(lookup, "CANDIDATES", 5)
    found = neighbourhood(tmp_path / "a.index", text)
    assert "in/zz.txt" in {name for _, name in found.pairs}
    assert (len(found.pairs), found.left_out["index_candidates"]) == (5, 56)
    few = Settings(ceiling_least=10)
    create(["in"], tmp_path / "b.index", few)
    monkeypatch.setattr(lookup, "BUCKET", 5)
    with open_index(tmp_path / "b.index", few) as opened:
        found = opened.neighbourhood([text])
    assert "in/zz.txt" in {name for _, name in found.pairs}
    assert found.left_out["index_bucket_texts"] > 40


@pytest.mark.usefixtures("books")
def test_holders_of_what_is_common_that_were_left_out_are_told_and_change_no_code(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(lookup, "TEXT", 2**28)
    monkeypatch.setattr(lookup, "DOCUMENTS", 0)
    usual = Index.neighbourhood

    def without_candidates(index: Index, texts: Sequence[str], without: frozenset[str]) -> lookup.Neighbourhood:
        with monkeypatch.context() as patched:
            patched.setattr(lookup._Search, "_shared", lambda *_: {})  # noqa: SLF001
            return usual(index, texts, without)

    monkeypatch.setattr(Index, "neighbourhood", without_candidates)
    ended = run(check_command, "draft.txt", "--against", "a.index")
    assert "what they hold may count as a text's own: 31" in ended.output
    assert ended.exit_code == 0
