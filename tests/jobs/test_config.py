"""Where settings come from, which one wins, and what is refused."""

from __future__ import annotations

import importlib.util
import json
import os
import subprocess
import sys
import tomllib
from dataclasses import asdict, fields
from itertools import combinations
from pathlib import Path
from typing import TYPE_CHECKING, Any

import jsonschema
import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st

from compare.cli.config import command, published_schema, toml
from compare.errors import SettingsError
from compare.jobs.config import DEFAULTS, POLICIES, Configuration, Options, OriginKind, Source, configuration, resolved
from compare.settings import CHOICES, Settings, bounds

if TYPE_CHECKING:
    from collections.abc import Callable


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The current folder: the top of a repository."""
    (tmp_path / ".git").mkdir()
    monkeypatch.chdir(tmp_path)
    for name in [name for name in os.environ if name.startswith("COMPARE_")]:
        monkeypatch.delenv(name)
    return tmp_path


def write(path: Path, content: str | bytes) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return path


def refused(near: str = "", changes: tuple[str, ...] = (), /, **variables: str) -> str:
    """The one line that a configuration is refused with."""
    with pytest.raises(SettingsError) as caught:
        configuration(near, variables, changes)
    assert "\n" not in str(caught.value)
    assert "\x1b" not in str(caught.value)
    return str(caught.value)


# --- which source wins ---------------------------------------------------------------------------------------------

SOURCES: list[tuple[str, str, int]] = [
    ("pyproject.toml", "pyproject.toml", 2),
    ("compare.toml", "compare.toml", 3),
    ("environment", "environment COMPARE_WORKERS", 4),
    ("set", "--set", 5),
    ("option", "--workers", 6),
]


def configured(*names: str) -> Configuration:
    """The configuration where `workers` is given in some of the sources, each with its own number."""
    numbers = {name: number for name, _, number in SOURCES if name in names}
    for name in ("pyproject.toml", "compare.toml"):
        if name in numbers:
            table = "[tool.compare]\n" if name == "pyproject.toml" else ""
            Path(name).write_text(f"{table}workers = {numbers[name]}\n", "utf-8")
    environment = {"COMPARE_WORKERS": str(numbers["environment"])} if "environment" in numbers else {}
    changes = [f"workers={numbers['set']}"] if "set" in numbers else []
    return configuration("", environment, changes, {"workers": numbers.get("option"), "output": None})


def test_without_any_source_the_defaults_hold(here: Path) -> None:
    found = configured()
    assert (found.settings, found.file, found.root) == (Settings(), "", str(here))
    assert found.options == Options()
    assert set(found.origins.values()) == {"default"}
    assert list(found.origins) == [*asdict(Options()), *asdict(Settings())]


@pytest.mark.usefixtures("here")
@pytest.mark.parametrize(("weaker", "stronger"), list(combinations(SOURCES, 2)))
def test_of_two_sources_the_stronger_wins(weaker: tuple[str, str, int], stronger: tuple[str, str, int]) -> None:
    for name, origin, number in (weaker, stronger):
        found = configured(weaker[0], name)
        assert (found.options.workers, found.origins["workers"]) == (number, origin)
        Path("compare.toml").unlink(missing_ok=True)


@pytest.mark.usefixtures("here")
def test_each_value_keeps_its_own_origin() -> None:
    write(Path("compare.toml"), "shingle = 4\nmin-shared = 2\nwarn_on = 'passage'")
    found = configuration("", {"COMPARE_WINDOW": "9", "COMPARE_STRICT_ACCEPTED": "True"}, ["pair-cap=3", "contained=1"])
    assert [found.value(key) for key in ("shingle", "min_shared", "window", "pair_cap")] == [4, 2, 9, 3]
    assert (found.settings.contained, found.options.strict_accepted, found.options.warn_on) == (1.0, True, "passage")
    said = {key: origin for key, origin in found.origins.items() if origin != "default"}
    assert said == {
        "shingle": "compare.toml", "min_shared": "compare.toml", "warn_on": "compare.toml",
        "window": "environment COMPARE_WINDOW", "strict_accepted": "environment COMPARE_STRICT_ACCEPTED",
        "pair_cap": "--set", "contained": "--set",
    }  # fmt: skip


@pytest.mark.usefixtures("here")
def test_an_empty_variable_and_those_that_are_no_settings_say_nothing() -> None:
    found = configuration("", {"COMPARE_FAIL_ON": "", "COMPARE_DEBUG": "1", "COMPARE_BY": "Ada", "COMPARED": "x"})
    assert set(found.origins.values()) == {"default"}


# --- which file is found -------------------------------------------------------------------------------------------


def test_the_nearest_file_wins_and_is_the_only_one(here: Path) -> None:
    write(here / "compare.toml", "shingle = 4\nwindow = 4")
    write(here / "news/pyproject.toml", "[tool.compare]\nshingle = 6")
    write(here / "news/old/a.txt", "")
    found = configuration("news/old/a.txt", {})
    assert (found.settings.shingle, found.settings.window, found.file) == (6, 8, "news/pyproject.toml")
    assert found.origins["shingle"] == "news/pyproject.toml"
    assert configuration("", {}).settings.shingle == configuration("-", {}).settings.shingle == 4


def test_names_begin_at_the_repository_wherever_the_file_stands(here: Path) -> None:
    write(here / "inner/.git", "gitdir: elsewhere")
    write(here / "inner/news/compare.toml", "shingle = 6")
    found = configuration("inner/news", {})
    assert (found.root, found.options.accepted) == (str(here / "inner"), "inner/news/compare.accepted.toml")
    write(here / "outer/compare.toml", "")
    assert configuration("outer", {}).root == str(here)


def test_compare_toml_comes_before_pyproject_toml_of_its_folder(here: Path) -> None:
    write(here / "pyproject.toml", "[tool.compare]\nshingle = 6")
    write(here / "compare.toml", "")
    found = configuration("", {})
    assert (found.file, found.settings.shingle) == ("compare.toml", 5)


@pytest.mark.parametrize(
    "other", ["[project]\nname='compare'", "[tool.compared]\nx=1", "tool = 5 # compare", "{{ x }}"]
)
def test_a_pyproject_toml_without_our_table_is_passed_by(other: str, here: Path) -> None:
    write(here / "compare.toml", "shingle = 4")
    write(here / "sub/pyproject.toml", other)
    assert configuration("sub", {}).file == "compare.toml"


def test_the_walk_ends_at_the_folder_that_holds_git_which_is_looked_into(here: Path) -> None:
    write(here / "compare.toml", "shingle = 4")
    write(here / "inner/.git", "gitdir: elsewhere")
    write(here / "inner/deep/a.txt", "")
    found = configuration("inner/deep", {})
    assert (found.file, found.root) == ("", str(here / "inner"))
    assert found.options.accepted == os.path.join("inner", "compare.accepted.toml")  # noqa: PTH118  # as it is made
    write(here / "inner/compare.toml", "shingle = 7")
    assert configuration("inner/deep", {}).settings.shingle == 7


def test_an_input_need_not_be_there(here: Path) -> None:
    write(here / "news/compare.toml", "shingle = 4")
    for near in ("news/no/such.txt", "news/*.md", "news/*/a"):
        assert configuration(near, {}).settings.shingle == 4


def test_paths_in_a_file_are_relative_to_it_and_others_to_the_current_folder(
    here: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(here / "compare.toml", "paths = ['a.md', '/b']\nindex = 'x/i'\nagainst = ['../c']")
    (here / "sub").mkdir()
    monkeypatch.chdir(here / "sub")
    found = configuration("", {}, ["against=d"]).options
    assert (found.paths, found.index, found.against) == (("../a.md", "/b"), "../x/i", ("d",))
    assert (found.accepted, found.output) == ("../compare.accepted.toml", "reports")
    assert configuration("", {"COMPARE_PATHS": os.pathsep.join(["a", "b", ""])}).options.paths == ("a", "b")
    assert configuration("", {}).file == "../compare.toml"


# --- what is refused -----------------------------------------------------------------------------------------------

BAD_FILES: dict[str, tuple[str | bytes, str]] = {
    "a misspelt key": ("shingel = 4", "compare.toml: shingel: no such setting; did you mean shingle?"),
    "a misspelt option": ("fail-onn = 'near'", "compare.toml: fail-onn: no such setting; did you mean fail_on?"),
    "a number as text": ("shingle = '5'", "compare.toml: shingle = '5': shingle is a whole number"),
    "a fraction": ("shingle = 5.0", "compare.toml: shingle = 5.0: shingle is a whole number"),
    "a bool": ("shingle = true", "compare.toml: shingle = True: shingle is a whole number"),
    "a bool as share": ("contained = true", "compare.toml: contained = True: contained is a number"),
    "a number as bool": ("strict_accepted = 1", "compare.toml: strict_accepted = 1: strict_accepted is true or false"),
    "text as list": ("paths = 'a'", "compare.toml: paths = 'a': paths is a list of texts"),
    "a list of numbers": ("paths = [1]", "compare.toml: paths = a list: paths is a list of texts"),
    "a table": ("[shingle]", "compare.toml: shingle = a table: shingle is a whole number"),
    "a date": ("output = 2024-01-01", "compare.toml: output = datetime.date(2024, 1, 1): output is text"),
    "too large": ("contained = 2", "compare.toml: contained = 2: contained must be between 0 and 1"),
    "not a number": ("contained = nan", "compare.toml: contained = nan: contained must be between 0 and 1"),
    "too many": ("workers = 65", "compare.toml: workers = 65: workers must be between 0 and 64"),
    "a choice": ("aligner = 'x'", "compare.toml: aligner = 'x': aligner must be learned or rules"),
    "an empty path": ("output = ' '", "compare.toml: output = ' ': output must be a path, not empty"),
    "a NUL": ('paths = ["a\\u0000"]', "compare.toml: paths = a list: paths must be free of NUL characters"),
    "twice": ("pair-cap = 1\npair_cap = 1", "compare.toml: pair_cap is given twice"),
    "a huge number": (f"shingle = 0x{'f' * 9999}", "compare.toml: shingle = a huge number: shingle must be"),
    "a huge share": (f"contained = 0x{'f' * 9999}", "compare.toml: contained = a huge number: contained is a number"),
    "a long number": ("shingle = " + "9" * 5000, "compare.toml: not TOML: "),
    "no TOML": ("shingle = 4\nwindow 4", "compare.toml: not TOML: "),
    "a control character": ("a = '\x1b'", "compare.toml: not TOML: "),
    "a key to the terminal": ('"a\\u001b\\n" = 1', "compare.toml: a\\x1b\\n: no such setting"),
    "an empty key": ('"" = 1', "compare.toml: : no such setting; `compare config` lists them"),
    "not UTF-8": (b"# a\n# \xff", "compare.toml: not UTF-8 (at line 2)"),
    "over 1 MiB": ("#" * (1 << 20) + "\n", "compare.toml: 1048577 bytes, over the limit of 1048576"),
    "nested": ("a = " + "[" * 9999, "compare.toml: not TOML: "),
    "a bomb of dots": ("a=1\n" + ".".join("a" * 99_999) + "=1", "compare.toml: more than 100 dots (at line 2)"),
}


@pytest.mark.parametrize("wrong", BAD_FILES)
def test_a_file_that_cannot_be_used_is_refused_in_one_line(wrong: str, here: Path) -> None:
    content, message = BAD_FILES[wrong]
    write(here / "compare.toml", content)
    assert refused().startswith(message)


def test_a_pyproject_toml_is_held_to_the_same(here: Path) -> None:
    for content, message in {
        "[tool.compare]\nshingel = 4": "pyproject.toml: shingel: no such setting; did you mean shingle?",
        "[tool]\ncompare = 4": "pyproject.toml: tool.compare is 4; it must be a table, [tool.compare]",
        "[tool.compare": "pyproject.toml: not TOML: ",
    }.items():
        write(here / "pyproject.toml", content)
        assert refused().startswith(message)


def test_a_syntax_error_is_named_with_its_line(here: Path) -> None:
    write(here / "compare.toml", "shingle = 4\nwindow 4")
    assert "(at line 2, column " in refused()


def test_what_is_no_file_is_refused_and_not_waited_for(here: Path) -> None:
    path = here / "compare.toml"
    path.mkdir()
    assert refused() == "compare.toml: a folder"
    path.rmdir()
    os.mkfifo(path)
    assert refused() == "compare.toml: a FIFO"
    path.unlink()
    path.symlink_to("nowhere")
    assert refused() == "compare.toml: unreadable: No such file or directory"


@pytest.mark.usefixtures("here")
def test_variables_and_changes_are_refused_by_their_names() -> None:
    assert refused(COMPARE_SHINGLE="x") == "COMPARE_SHINGLE='x': shingle is a whole number"
    assert refused(COMPARE_SHINGEL="4") == "COMPARE_SHINGEL: no such setting; did you mean COMPARE_SHINGLE?"
    assert refused(COMPARE_shingle="4").startswith("COMPARE_shingle: no such setting")
    assert refused(COMPARE_STRICT_ACCEPTED="maybe").endswith("'maybe': strict_accepted is true or false")
    assert refused("", ("shingel=4",)) == "--set 'shingel=4': no such setting; did you mean shingle?"
    assert refused("", ("shingle=five",)) == "--set 'shingle=five': shingle is a whole number"
    assert refused("", ("shingle",)) == "--set 'shingle': write it as NAME=VALUE, as in --set shingle=4"
    with pytest.raises(SettingsError, match=r"^--output '': output must be a path, not empty$"):
        configuration("", {}, (), {"output": ""})


@pytest.mark.parametrize("path", ["../out", "/etc/out", "link/out", "a/../../out", ".git/hooks/x"])
def test_a_file_names_nothing_to_be_written_outside_its_repository(path: str, here: Path) -> None:
    (here / "link").symlink_to("/tmp")  # noqa: S108  # any folder outside
    for key in ("accepted", "index", "output"):
        write(here / "compare.toml", f"{key} = '{path}'")
        assert f"leads out of {here}; give it as --set {key}=PATH instead" in refused()
        (here / "compare.toml").unlink()
        assert configuration("", {}, [f"{key}={path}"]).value(key) == path
    write(here / "sub/compare.toml", "output = '../out'")
    assert configuration("sub", {}).options.output == "sub/../out"
    (here / ".git").rmdir()
    assert "leads out of" in refused("sub")


# --- compare config ------------------------------------------------------------------------------------------------

WORDS = st.text(st.characters(exclude_characters="\0", exclude_categories=["Cs"]), min_size=1).filter(str.strip)


def values_of(key: str, default: object) -> st.SearchStrategy[Any]:
    if key in CHOICES:
        return st.sampled_from(CHOICES[key])
    if key in POLICIES:
        return st.sampled_from(["near", "longest >= 60 or not exact", "own > 20 %"])
    if isinstance(default, bool):
        return st.booleans()
    if isinstance(default, float):
        return st.floats(0, 1)
    if isinstance(default, int):
        return st.integers(*(bounds(key) if hasattr(Settings, key) else (0, 64)))
    return st.lists(WORDS).map(tuple) if isinstance(default, tuple) else WORDS


@given(st.fixed_dictionaries({key: values_of(key, default) for key, default in DEFAULTS.items()}), st.booleans())
def test_what_compare_config_prints_reads_back_as_the_same(values: dict[str, object], with_origin: bool) -> None:  # noqa: FBT001
    origins = dict.fromkeys(values, "a\n\x1b.toml") if with_origin else {}
    text = toml(values, origins)
    assert all(char.isprintable() or char == "\n" or char.isspace() or ord(char) > 127 for char in text)
    assert text.count("\n") == len(values) == len(text.splitlines())
    found = resolved([Source(OriginKind.FILE, tomllib.loads(text), "compare.toml")])
    assert asdict(found.options) | asdict(found.settings) == values


@pytest.mark.usefixtures("here")
def test_compare_config_shows_every_setting_and_where_it_came_from() -> None:
    write(Path("sub/compare.toml"), "shingle = 4\npaths = ['a b.md']")
    shown = CliRunner().invoke(command, ["sub", "--origin"], env={"COMPARE_WINDOW": "9"}).stdout.splitlines()
    assert len(shown) == len(DEFAULTS)
    assert len({line.index("#") for line in shown}) == 1
    pairs = [tuple(part.strip() for part in line.split("#")) for line in shown]
    assert pairs[0] == ('paths = ["sub/a b.md"]', "sub/compare.toml")
    assert ("shingle = 4", "sub/compare.toml") in pairs
    assert ("window = 9", "environment COMPARE_WINDOW") in pairs
    assert ("contained = 0.85", "default") in pairs
    plain = CliRunner().invoke(command, ["sub"], env={"COMPARE_WINDOW": "9"}).stdout
    assert plain.splitlines() == [left for left, _ in pairs]


@pytest.mark.usefixtures("here")
def test_what_is_saved_as_compare_toml_gives_the_same_again() -> None:
    first = CliRunner().invoke(command, ["--set", "shingle=7", "--set", "output=out put"]).stdout
    write(Path("compare.toml"), first)
    assert CliRunner().invoke(command, []).stdout == first
    assert "# compare.toml" in CliRunner().invoke(command, ["--origin"]).stdout


def test_the_commands_take_their_settings_from_the_file_unless_told_otherwise(
    here: Path, run: Callable[..., subprocess.CompletedProcess[str]]
) -> None:
    for name in "ab":
        write(here / f"news/{name}.txt", "One sentence about a ferry that sails to the island every Monday. " * 3)
    write(here / "news/compare.toml", "output = 'out'\nshingle = 3\nworkers = 1")
    for words, folder, shingle in (([], "news/out", 3), (["--output", "mine", "--set", "shingle=4"], "mine", 4)):
        ended = run("run", "news/a.txt", "news/b.txt", *words, CWD=str(here))
        assert (ended.returncode, ended.stderr) == (0, "")
        report = json.loads((here / folder / "report.json").read_text("utf-8"))
        assert report["settings"]["shingle"] == shingle
    write(here / "news/compare.toml", "shingel = 3")
    for words in (["run"], ["diff", "news/a.txt"], ["repeats"], ["dedup", "--output", "x"]):
        ended = run(words[0], "news/a.txt", *words[1:], CWD=str(here))
        line = "compare: news/compare.toml: shingel: no such setting; did you mean shingle?\n"
        assert (ended.returncode, ended.stdout, ended.stderr) == (2, "", line)


# --- the schema ----------------------------------------------------------------------------------------------------


def valid(values: dict[str, object]) -> bool:
    return jsonschema.Draft202012Validator(json.loads(published_schema())).is_valid(values)


def test_the_published_schema_is_what_the_code_makes(root: Path) -> None:
    spec = importlib.util.spec_from_file_location("make_settings_schema", root / "tools/make_settings_schema.py")
    assert spec
    assert spec.loader
    tool = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(tool)
    assert published_schema() == tool.text()
    assert CliRunner().invoke(command, ["--schema"]).stdout == tool.text()
    jsonschema.Draft202012Validator.check_schema(json.loads(tool.text()))


def test_the_schema_takes_what_the_reader_takes_and_refuses_what_it_refuses() -> None:
    assert valid(tomllib.loads(toml(DEFAULTS, {})))
    keys: dict[str, list[Any]] = {"shingle": [0, 1, True, "5"], "contained": [0, 1, 1.1, True], "aligner": ["rules", 1]}
    keys |= {"workers": [0, 64, 65], "output": ["", "a"], "paths": [[], ["a"], [""], "a"], "strict_accepted": [1, True]}
    for key, values in ({"shingel": [4]} | keys).items():
        for value in values:
            try:
                resolved([Source(OriginKind.FILE, {key: value}, "compare.toml")])
            except SettingsError:
                assert not valid({key: value}), (key, value)
            else:
                assert valid({key: value}), (key, value)


# --- weight --------------------------------------------------------------------------------------------------------


def test_no_file_means_no_toml_reader_and_no_mistake_no_search(
    here: Path,
) -> None:
    code = (
        "import sys; from compare.jobs.config import configuration; configuration('', {'COMPARE_SHINGLE': '4'});"
        "print(sorted({'tomllib', 'rapidfuzz', 'numpy', 'msgspec', 'rich'} & set(sys.modules)))"
    )
    write(here / "pyproject.toml", "[project]\nname = 'other'")
    path = os.pathsep.join(sys.path)
    ended = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, env={**os.environ, "PYTHONPATH": path}
    )
    assert ended.stdout == "[]\n"


def test_an_input_in_no_repository_takes_the_settings_of_where_one_stands(
    here: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    write(here / "compare.toml", "shingle = 4")
    outside = tmp_path_factory.mktemp("outside")
    found = configuration(str(outside / "draft.txt"), {})
    assert (found.settings.shingle, found.root) == (4, str(here))
    write(outside / "compare.toml", "shingle = 6")
    found = configuration(str(outside / "draft.txt"), {})
    assert (found.settings.shingle, found.root) == (6, str(outside))


def test_a_policy_is_looked_at_wherever_it_stands(here: Path) -> None:
    write(here / "compare.toml", 'fail_on = "neer"')
    for settings in (lambda: configuration("", {}), lambda: configuration("", {"COMPARE_WARN_ON": "longest >"})):
        with pytest.raises(SettingsError, match="policy"):
            settings()


SLOW = [
    "shingle", "window", "permutations", "pair_cap", "neighbours", "neighbour_documents", "weak_pairs", "twin_pairs",
    "most_findings", "max_bytes", "memory",
]  # fmt: skip
"""What takes time or memory when it grows."""


@pytest.mark.parametrize("key", SLOW)
def test_no_value_of_a_stranger_s_file_makes_the_work_endless(key: str, here: Path) -> None:
    most = bounds(key)[1]
    assert most <= 200 * DEFAULTS[key] or key == "memory"
    for value in (most + 1, 2**63 - 1):
        told = f"{key} must be {most} or less"
        with pytest.raises(SettingsError, match=told):
            configuration("", {}, [f"{key}={value}"])
        with pytest.raises(SettingsError, match=told):
            configuration("", {f"COMPARE_{key.upper()}": str(value)})
        write(here / "compare.toml", f"{key} = {value}")
        assert refused().endswith(told)
        (here / "compare.toml").unlink()
    write(here / "compare.toml", f"{key} = {most}")
    assert configuration("", {}).value(key) == most


def test_every_setting_has_a_largest_value_that_the_kernels_take() -> None:
    assert all(bounds(item.name)[1] < 2**41 for item in fields(Settings) if item.name != "aligner")
