"""`compare dedup` as a keeper of a corpus uses it: only duplicates leave, and what was not read is told."""

from __future__ import annotations

import csv
import json
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    import subprocess
    from collections.abc import Callable
    from pathlib import Path

    Run = Callable[..., subprocess.CompletedProcess[str]]

TEXT = "The council voted on Monday to close the old bridge for two years while a new one is built beside it."
OTHER = "A choir of eighty singers from three villages will open the concert hall in June with a work of its own."


def rows(*ids: object) -> str:
    return "".join(json.dumps({"id": id_, "text": TEXT}) + "\n" for id_ in ids)


def array(*ids: object) -> str:
    return json.dumps([{"id": id_, "text": TEXT} for id_ in ids])


def summary(out: Path) -> dict[str, Any]:
    found: dict[str, Any] = json.loads((out / "summary.json").read_text("utf-8"))
    return found


def test_what_could_not_be_read_ends_with_2_after_all_is_written_and_stays(tmp_path: Path, run: Run) -> None:
    source, out = tmp_path / "in", tmp_path / "out"
    source.mkdir()
    bad = ["not JSON\n", '{"id": [], "text": "x"}\n', '{"id": 8}\n', json.dumps({"id": 9, "text": "x" * 5000}) + "\n"]
    blank = ["\n", '{"id": 6, "text": null}\n', '{"id": 7, "text": ""}\n']
    (source / "t.jsonl").write_text(rows(1) + "".join(bad[:2]) + rows(2) + "".join(blank + bad[2:]))
    (source / "binary.txt").write_bytes(b"\0")
    (source / "empty.txt").write_bytes(b"")
    ended = run("dedup", source, "--output", out, "--set", "max_bytes=4000")
    assert ended.returncode == 2
    assert ended.stdout.startswith("2 documents: 1 stays, 1 falls")
    assert "In kept/ as they were, compared with nothing: 8 rows or files." in ended.stdout
    assert ended.stderr.startswith(f"compare: 5 not read, so not compared: {source}/binary.txt: binary; ")
    assert ended.stderr.endswith("(and 2 more); all is written; --allow-unread ends with 0\n")
    assert ended.stderr.count("\n") == 1
    kept = {path.name: path.read_text("utf-8") for path in (out / "kept/in").iterdir()}
    assert kept == {"t.jsonl": rows(1) + "".join(bad[:2] + blank + bad[2:]), "binary.txt": "\0", "empty.txt": ""}
    told = summary(out)
    assert [told[name] for name in ("documents", "kept", "dropped_documents", "uncompared", "unread")] == [
        2,
        1,
        1,
        8,
        5,
    ]
    assert sum(one["unread"] for one in told["skipped"]) == 5
    again = run("dedup", source, "--output", out, "--set", "max_bytes=4000", "--allow-unread")
    assert (again.returncode, again.stderr, again.stdout) == (0, "", ended.stdout)


def test_rows_without_text_are_no_reason_to_fail(tmp_path: Path, run: Run) -> None:
    (tmp_path / "a.jsonl").write_text(rows(1) + '{"id": 2, "text": null}\n{"id": 3, "text": ""}\n')
    (tmp_path / "head.csv").write_text("id,text\n")
    ended = run("dedup", tmp_path / "a.jsonl", tmp_path / "head.csv", "--output", tmp_path / "out")
    assert (ended.returncode, ended.stderr) == (0, "")
    for name in ("a.jsonl", "head.csv"):
        assert (tmp_path / "out/kept" / name).read_bytes() == (tmp_path / name).read_bytes()


@pytest.mark.parametrize("data", ["id\tbody\n1\tx\n", "[1, 2]", '["a text", "a text"]', '{"a": 1}', "prose\n"])
@pytest.mark.parametrize("name", ["a.tsv", "a.json"])
def test_a_table_that_cannot_be_read_as_one_ends_with_2(name: str, data: str, tmp_path: Path, run: Run) -> None:
    (tmp_path / name).write_text(data)
    ended = run("dedup", tmp_path / name, "--output", tmp_path / "out")
    assert (ended.returncode, ended.stdout, ended.stderr.count("\n")) == (2, "", 1)
    assert ended.stderr.startswith("compare: nothing to read in ")


@pytest.mark.parametrize("name", ["t.tsv", "dump"])
def test_every_job_reads_the_rows_of_a_table_by_the_same_names(name: str, tmp_path: Path, run: Run) -> None:
    data = (
        f"id\ttext\nx\t{TEXT}\ny\t{TEXT}\n" if name == "t.tsv" else f"[{rows('x', 'y').strip().replace(chr(10), ',')}]"
    )
    (tmp_path / name).write_text(data)
    where = {"CWD": str(tmp_path)}
    assert run("run", name, **where).stdout.startswith("2 articles")
    assert f"allow it: compare accept '{name}#x' '{name}#y'" in run("check", name, **where).stdout
    assert run("explain", f"{name}#x", f"{name}#y", **where).stdout.startswith(f"a is {name}#x\n")
    assert run("accept", f"{name}#x", f"{name}#y", "--reason", "own", "--by", "Ida", **where).returncode == 0
    assert run("check", name, **where).returncode == 0
    assert "1 in use" in run("audit", name, **where).stdout
    assert run("index", "build", name, "--index", "i", **where).stdout.startswith("2 documents of 1 file")
    (tmp_path / "q.txt").write_text(TEXT)
    assert f"{name}#x" in run("query", "q.txt", "--index", "i", **where).stdout
    assert run("check", name, "--against", "i", **where).returncode == 0
    assert run("index", "remove", f"{name}#x", "--index", "i", **where).stdout.startswith("1 document removed")


def test_ids_that_are_numbers_are_listed_and_stay_by_number(tmp_path: Path, run: Run) -> None:
    (tmp_path / "t.jsonl").write_text(rows(10, 9, "2") + json.dumps({"id": 30, "text": f"{TEXT} At last."}) + "\n")
    assert run("dedup", tmp_path / "t.jsonl", "--output", tmp_path / "out", "--keep", "newest").returncode == 0
    with (tmp_path / "out/clusters.csv").open() as file:
        members = [(row["id"], row["kept"]) for row in csv.DictReader(file)]
    with (tmp_path / "out/pairs.csv").open() as file:
        pairs = [(row["a"], row["b"]) for row in csv.DictReader(file)]
    assert members == [("30", "30"), ("2", "30"), ("9", "30"), ("10", "30")]
    assert pairs == [("2", "9"), ("2", "10"), ("2", "30"), ("9", "10"), ("9", "30"), ("10", "30")]
    assert run("dedup", tmp_path / "t.jsonl", "--output", tmp_path / "two", "--drop", "identical").returncode == 0
    assert (tmp_path / "two/kept/t.jsonl").read_text().startswith('{"id": "2"')


def test_pairs_that_only_share_text_are_listed_where_they_are_asked_for(tmp_path: Path, run: Run) -> None:
    own = " ".join(f"{word}{number}" for number in range(12) for word in ("quay", "crane", "buoy"))
    texts = {"a": f"{OTHER} {TEXT}", "b": f"{OTHER} {TEXT} At last.", "c": f"{own} {TEXT} {own[::-1]}"}
    lines = [json.dumps({"id": id_, "text": text}) + "\n" for id_, text in texts.items()]
    (tmp_path / "t.jsonl").write_text("".join(lines))
    told, listed = {}, {}
    for asked in ("falling", "all"):
        ended = run("dedup", tmp_path / "t.jsonl", "--output", tmp_path / asked, "--pairs", asked)
        with (tmp_path / asked / "pairs.csv").open() as file:
            listed[asked] = [(row["a"], row["b"], row["verdict"]) for row in csv.DictReader(file)]
        told[asked] = ended.stdout.splitlines()[1]
        assert json.loads((tmp_path / asked / "summary.json").read_text())["pairs_asked"] == asked
    near = [("a", "b", "near-duplicate")]
    assert listed == {"falling": near, "all": [*near, ("a", "c", "derived"), ("b", "c", "derived")]}
    assert (
        told["falling"]
        == "Pairs of duplicates: 1 near-duplicate. Pairs that share less were not asked for (--pairs all)."
    )
    assert told["all"] == "Pairs that share text: 1 near-duplicate, 2 derived."
    assert (tmp_path / "falling/kept/t.jsonl").read_bytes() == (tmp_path / "all/kept/t.jsonl").read_bytes()


def test_a_repeated_id_names_both_places_and_a_way_on_that_works(tmp_path: Path, run: Run) -> None:
    (tmp_path / "a.jsonl").write_text(rows(1, 2))
    (tmp_path / "b.csv").write_text(f'note,id,text\n"two\nlines",5,{OTHER}\n,2,{TEXT}\n')
    both = [tmp_path / "a.jsonl", tmp_path / "b.csv"]
    ended = run("dedup", *both, "--output", tmp_path / "out")
    assert (ended.returncode, ended.stdout, ended.stderr.count("\n")) == (2, "", 1)
    assert f'duplicate id "2": in {both[0]}:2 and in {both[1]}:4; ' in ended.stderr
    assert "dedup --id ''" in ended.stderr
    assert run("dedup", *both, "--output", tmp_path / "out", "--id", "").returncode == 0
    with (tmp_path / "out/clusters.csv").open() as file:
        assert [row["id"] for row in csv.DictReader(file)] == ["a.jsonl:1", "a.jsonl:2", "b.csv:4"]
    assert (tmp_path / "out/kept/b.csv").read_text() == f'note,id,text\n"two\nlines",5,{OTHER}\n'


def test_a_repeated_id_ends_every_job_with_both_places(tmp_path: Path, run: Run) -> None:
    (tmp_path / "a.json").write_text(array(1, 2, 1))
    for words in (["run"], ["check"], ["index", "build"]):
        ended = run(*words, "a.json", CWD=str(tmp_path))
        assert (ended.returncode, ended.stdout, ended.stderr.count("\n")) == (2, "", 1), words
        assert "a.json:1 and in " in ended.stderr, words
        assert "a.json:3; give each row" in ended.stderr, words


def test_one_field_for_two_things_is_refused_in_a_line(tmp_path: Path, run: Run) -> None:
    (tmp_path / "a.jsonl").write_text(rows(1))
    for words in (["--id", "text"], ["--text", ""], ["--text", "id"]):
        ended = run("dedup", tmp_path / "a.jsonl", "--output", tmp_path / "out", *words)
        assert (ended.returncode, ended.stdout, ended.stderr.count("\n")) == (2, "", 1)


def test_the_id_may_decide_which_document_stays(tmp_path: Path, run: Run) -> None:
    for name, data in {"a.jsonl": rows(2, 10), "a.csv": f"id,text\n2,{TEXT}\n10,{TEXT}\n"}.items():
        (tmp_path / name).write_text(data)
        assert run("dedup", tmp_path / name, "--output", tmp_path / "out", "--keep", "id").returncode == 0
        assert data.splitlines()[-1] in (tmp_path / "out/kept" / name).read_text()


WEEK = (
    "The port office counted {ships} ships in the outer basin, more than in other years, and pilots were called out by "
    "day and by night. It asks all skippers to report at the mole, to keep the fairway free and to heed the weather."
)


def in_kind(kind: str, folder: Path) -> Path:
    """Three bulletins, the last one a copy of the first but for a word."""
    texts = [WEEK.format(ships=391), WEEK.format(ships=744), WEEK.format(ships=391).replace("all", "every")]
    path = folder / f"weeks.{kind}"
    if kind == "folder":
        path.mkdir()
        for number, text in enumerate(texts):
            (path / f"{number}.txt").write_text(text)
    elif kind == "csv":
        path.write_text("id,text\n" + "".join(f'{number},"{text}"\n' for number, text in enumerate(texts)))
    else:
        path.write_text("".join(json.dumps({"id": n, "text": text}) + "\n" for n, text in enumerate(texts)))
    return path


@pytest.mark.parametrize("kind", ["jsonl", "csv", "folder"])
def test_facts_are_told_and_kept_in_every_kind_of_input(kind: str, tmp_path: Path, run: Run) -> None:
    source, out, kept = in_kind(kind, tmp_path), tmp_path / "told", tmp_path / "kept"
    ended = run("dedup", source, "--output", out, "--facts")
    assert "Facts were compared in 2 pairs: a fact differs in 1 document that falls.\n" in ended.stdout
    with (out / "clusters.csv").open(newline="") as lines:
        table = [(row["facts_differ"], row["first_fact"]) for row in csv.DictReader(lines)]
    assert table == [("", ""), ("1", "number: 391 → 744"), ("0", "")]
    assert summary(out)["facts"] == {"compared": 2, "differ": 1, "stayed": 0}
    ended = run("dedup", source, "--output", kept, "--keep-different-facts")
    assert "2 stay, 1 falls" in ended.stdout
    assert "1 document stays because a fact differs.\n" in ended.stdout


def test_it_is_said_that_facts_were_not_compared(tmp_path: Path, run: Run) -> None:
    ended = run("dedup", in_kind("jsonl", tmp_path), "--output", tmp_path / "out")
    assert "\nFacts were not compared (--facts).\n" in ended.stdout
    assert summary(tmp_path / "out")["facts"] is None
    assert "facts_differ" not in (tmp_path / "out/pairs.csv").read_text()


def test_a_cluster_is_named_for_the_engine_that_has_one(tmp_path: Path, run: Run) -> None:
    words = ("dedup", in_kind("jsonl", tmp_path), "--output", tmp_path / "out", "--master", "spark://host:7077")
    ended = run(*words)
    assert (ended.returncode, ended.stderr) == (2, "compare: --master goes with --engine spark\n")
    ended = run(*words, "--engine", "spark", "--plan")
    wrong = "compare: --engine spark goes with documents that fall; ask for that without --plan\n"
    assert (ended.returncode, ended.stderr) == (2, wrong)
    for way in (("--plan",), ("--cut", "passages")):  # a setting says the same
        ended = run(*words[:-2], "--set", "engine=spark", *way)
        wrong = f"compare: engine=spark goes with documents that fall; ask for that without {way[0]}\n"
        assert (ended.returncode, ended.stderr) == (2, wrong)
