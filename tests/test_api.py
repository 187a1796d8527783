"""The face: what `import compare` gives, that it is documented, and that it does what the commands do."""

from __future__ import annotations

import importlib.util
import json
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

import compare
from compare.errors import InputError, MissingExtraError, SettingsError

if TYPE_CHECKING:
    import subprocess
    from collections.abc import Callable

    Run = Callable[..., subprocess.CompletedProcess[str]]

ROOT = Path(__file__).parents[1]
MOST = 18
"""Names: a dozen and a half."""
LINE = "The ferry left the old harbour at nine with forty passengers, a lorry of apples and one goat. "


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A repository of three articles, one of them lifted whole into another."""
    (tmp_path / ".git").mkdir()
    (tmp_path / "a.md").write_text(LINE * 2 + "Nobody minded.", "utf-8")
    (tmp_path / "b.md").write_text(LINE * 2 + "Nobody minded. " + "Rain is due on Friday in the hills.", "utf-8")
    (tmp_path / "c.md").write_text("The museum opens a hall of clocks on Saturday, and children come in free.", "utf-8")
    return tmp_path


def test_the_face_is_a_dozen_and_a_half_names_at_most_and_every_one_is_there() -> None:
    assert len(compare.__all__) <= MOST
    assert sorted(compare.__all__) == list(compare.__all__)
    assert all(getattr(compare, name).__doc__ for name in compare.__all__)
    assert set(compare.__all__) <= set(dir(compare))


def test_the_page_of_the_face_is_made_from_its_docstrings() -> None:
    made = importlib.util.spec_from_file_location("make_api", ROOT / "tools" / "make_api.py")
    assert made is not None
    assert made.loader is not None
    module = importlib.util.module_from_spec(made)
    made.loader.exec_module(module)
    page = module.page()
    assert (ROOT / "docs" / "api.md").read_text("utf-8") == page
    assert all(f"\n## {name}\n" in page for name in compare.__all__)


def test_every_error_that_a_caller_can_mend_is_a_compare_error() -> None:
    for error in (InputError, SettingsError, MissingExtraError):
        assert issubclass(error, compare.CompareError)
    for call in (
        lambda: compare.run("/nowhere"),
        lambda: compare.check("/nowhere"),
        lambda: compare.check([]),
        lambda: compare.check(ROOT / "seeds", fail_on="nearly"),
        lambda: compare.check(ROOT / "seeds", accepted="/nowhere.toml"),
        lambda: compare.Index("/nowhere.index").query("A text."),
        lambda: compare.Index.build("/dev/null/a.index", ROOT / "seeds"),
    ):
        with pytest.raises(compare.CompareError) as raised:
            call()
        assert len(str(raised.value).splitlines()) == 1


@pytest.mark.parametrize("path", ["", "a\0b", "\ud800.txt", "n" * 5000])
def test_a_path_that_no_file_can_have_is_one_plain_line(path: str, folder: Path) -> None:
    written = compare.run(folder)
    for call in (
        lambda: compare.run(path),
        lambda: compare.check([folder, path]),
        lambda: compare.check(folder, against=path),
        lambda: compare.check(folder, accepted=path),
        lambda: compare.Index.build(path, folder),
        lambda: compare.Index.build(folder / "a.index", [folder, path]),
        lambda: compare.Index.build(folder / "a.index", folder).remove(path),
        lambda: written.write(path),
    ):
        with pytest.raises(compare.CompareError) as raised:
            call()
        assert len(str(raised.value).splitlines()) == 1
    assert compare.Index(folder / "a.index").info().documents == 3


def test_what_is_no_path_no_text_no_policy_and_no_settings_is_refused_by_its_type(folder: Path) -> None:
    index = compare.Index.build(folder / "a.index", folder)
    for call in (
        lambda: compare.run(b"seeds"),  # type: ignore[arg-type]
        lambda: compare.run([folder, None]),  # type: ignore[list-item]
        lambda: compare.check(folder, against=3),  # type: ignore[arg-type]
        lambda: compare.check(folder, fail_on=["near"]),  # type: ignore[arg-type]
        lambda: compare.check(folder, warn_on=7),  # type: ignore[arg-type]
        lambda: compare.check(folder, settings={"shingle": 4}),  # type: ignore[arg-type]
        lambda: compare.pair("a", "b", {}),  # type: ignore[arg-type]
        lambda: compare.run(folder, []),  # type: ignore[arg-type]
        lambda: compare.Index(folder / "a.index", 3),  # type: ignore[arg-type]
        lambda: index.query(None),  # type: ignore[arg-type]
    ):
        with pytest.raises(TypeError):
            call()


def test_one_path_several_paths_and_an_index_may_stand_against_what_is_checked(folder: Path) -> None:
    index = compare.Index.build(folder / "a.index", folder / "a.md")
    draft = folder / "b.md"
    for against in (folder / "a.md", [str(folder / "a.md")], index, [index, folder / "c.md"]):
        (finding,) = compare.check(draft, against=against).findings
        assert (finding.comparison.a, finding.comparison.b) == ("a.md", "b.md")
    assert compare.check(draft, against=[]).findings == compare.check(draft).findings == ()
    assert len(compare.run(path for path in (folder / "a.md", draft)).comparisons) == 1


def test_a_check_finds_what_the_command_finds(folder: Path, run: Run) -> None:
    checked = compare.check(folder)
    ended = run("check", folder, "--report", "json=-", CWD=str(folder))
    record = json.loads(ended.stdout)
    assert ended.returncode == int(checked.fails) == 1
    assert [(finding.comparison.a, finding.comparison.b, finding.key) for finding in checked.findings] == [
        (finding["a"]["name"], finding["b"]["name"], finding["key"]) for finding in record["findings"]
    ]


def test_a_check_takes_policies_the_file_of_accepted_reuse_and_what_is_not_checked(folder: Path, run: Run) -> None:
    assert not compare.check(folder, fail_on="exact").fails
    warned = compare.check(folder, fail_on="none", warn_on="near")
    assert (warned.fails, [finding.level.value for finding in warned.findings]) == (False, ["warn"])
    assert [found.comparison.b for found in compare.check(folder / "a.md", against=[folder]).findings] == ["b.md"]
    assert compare.check(folder / "c.md", against=[folder / "a.md"]).findings == ()
    assert run("accept", "a.md", "b.md", "--in", ".", "--reason", "own", CWD=str(folder)).returncode == 0
    assert not compare.check(folder).fails  # found at the top of the repository
    assert not compare.check(folder, accepted=folder / "compare.accepted.toml").fails


def test_a_report_is_written_and_is_json_as_the_command_writes_it(
    folder: Path, run: Run, tmp_path_factory: pytest.TempPathFactory
) -> None:
    report = compare.run(str(folder))
    by_hand, by_command = (tmp_path_factory.mktemp("reports") / name for name in ("a", "b"))
    paths = report.write(by_hand)
    assert paths[-1].name == "report.json"
    assert paths[-1].read_text("utf-8") == report.to_json()
    assert run("run", folder, "--output", by_command).returncode == 0
    names = sorted(path.name for path in by_command.iterdir())
    assert sorted(path.name for path in paths) == names
    assert (by_command / "report.json").read_bytes() == (by_hand / "report.json").read_bytes()


def test_an_index_is_built_asked_and_kept_up_to_date(folder: Path) -> None:
    index = compare.Index.build(folder / "a.index", [folder / "a.md", folder / "c.md"])
    queried = index.query(LINE * 2)
    assert [(found.verdict.value, *queried.sources) for found in queried.comparisons] == [("near-duplicate", "a.md")]
    assert index.add(folder / "b.md").added == 1
    assert sorted(index.query(compare.Document("draft", LINE * 2)).sources) == ["a.md", "b.md"]
    assert index.remove(folder / "a.md").removed == 1
    assert sorted(compare.Index(folder / "a.index").query(LINE * 2).sources) == ["b.md"]
    assert (index.info().documents, index.verify().problems) == (2, ())
    assert compare.check(folder / "a.md", against=[folder / "a.index"]).fails
    with pytest.raises(compare.CompareError, match="shingle"):
        compare.Index(folder / "a.index", compare.Settings(shingle=4)).query(LINE)
