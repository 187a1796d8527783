"""What a program asks the desk, and what it is answered."""

from __future__ import annotations

import json
import zipfile
from io import BytesIO
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

import pytest
from desks import ROWS, STORY

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from desks import Asker, Start

DRAFT = STORY.replace("4.2", "4.8") + "\nNobody had these words before, and they are about something else.\n"


def _pair(desk: Asker, answer: dict[str, Any]) -> dict[str, Any]:
    _, report, _ = desk.ask("GET", f"{answer['page']}report.json")
    found: dict[str, Any] = report["pairs"][0]
    return found


def _seen(desk: Asker, answer: dict[str, Any]) -> str:
    return str(desk.page(answer)["live"]["pairs"][0][2]["seen"])


def _decide(desk: Asker, answer: dict[str, Any], what: str, seen: str, **more: object) -> tuple[int, Any]:
    body = {"answer": answer["answer"], "a": "draft", "b": "wire.jsonl#w1", "what": what, "seen": seen, **more}
    return desk.ask("POST", "api/decide", body)[:2]


def test_a_draft_is_held_against_the_archive(desk: Asker) -> None:
    answer = desk.query(DRAFT, title="Our draft")
    assert answer["sentence"].startswith("1 source among 2 articles")
    assert [(one["a"], one["b"], one["seen"]) for one in answer["pairs"]] == [
        ("draft", "wire.jsonl#w1", _seen(desk, answer))
    ]
    assert [one["source"]["id"] for one in answer["query"]["sources"]] == ["wire.jsonl#w1"]
    pair = _pair(desk, answer)
    assert {pair["a"], pair["b"]} == {"draft", "wire.jsonl#w1"}
    assert [(change["kind"], change["a"], change["b"]) for change in pair["changes"] if change["kind"] == "figure"] == [
        ("figure", "4.8 million", "4.2 million")
    ]


def test_two_texts_are_held_against_each_other_and_nothing_else(desk: Asker) -> None:
    status, answer, _ = desk.ask("POST", "api/compare", {"a": {"text": DRAFT}, "b": {"text": ROWS[1]["text"]}})
    assert (status, answer["sentence"]) == (200, "No reuse was found between the two texts.")
    _, answer, _ = desk.ask(
        "POST", "api/compare", {"a": {"text": STORY, "name": "x"}, "b": {"text": STORY, "name": "x"}}
    )
    assert _pair(desk, answer)["verdict"] == "identical"


@pytest.mark.parametrize("name", ["story.md", "../../story.md", "C:\\story.md", ".story.md"])
def test_a_file_is_read_as_a_file_of_its_name_is(name: str, desk: Asker) -> None:
    raw = f"---\ntitle: Crossing\ndate: 2026-03-03\n---\n\n{STORY}".encode()
    status, read, _ = desk.ask("POST", f"api/read?name={name.replace(chr(92), '%5C')}", raw)
    assert (status, read["name"], read["title"], read["published"]) == (200, "story.md", "Crossing", "2026-03-03")
    assert "4.2 million" in read["text"]


def test_a_file_that_is_no_document_is_one_line(desk: Asker) -> None:
    status, answer, _ = desk.ask("POST", "api/read?name=a.png", b"\x89PNG\r\n\x1a\n" + bytes(100))
    assert status == 400
    assert answer["error"].startswith("a.png: ")


def test_a_decision_stands_in_the_accepted_file_and_is_taken_back(
    archive: Path, tmp_path: Path, starting: Start
) -> None:
    accepted = tmp_path / "compare.accepted.toml"
    desk = starting(archive, "--archive", "archive.index", "--accepted", str(accepted))
    answer = desk.query(DRAFT)
    first = _seen(desk, answer)
    status, done = _decide(desk, answer, "accept", first, reason="wire", note="licensed", expires="2099-01-01")
    assert status == 200
    assert 'note = "licensed"' in accepted.read_text("utf-8")
    assert 'by = "Ida"' in accepted.read_text("utf-8")
    assert _pair(desk, answer)["accepted"]["state"] == "accepted"
    assert _seen(desk, answer) == done["seen"] != first
    status, undone = _decide(desk, answer, "undo", done["seen"], by="Bo")
    assert status == 200
    assert "accepted" not in _pair(desk, answer)
    assert (undone["seen"], undone["entries"]) == (first, [])
    journal = [json.loads(line) for line in (tmp_path / "compare.desk.jsonl").read_text("utf-8").splitlines()]
    assert [(line["what"], line["by"]) for line in journal] == [("accept", "Ida"), ("undo", "Bo")]


def test_of_two_who_decide_at_once_the_second_is_told_and_nothing_is_lost(
    archive: Path, tmp_path: Path, starting: Start
) -> None:
    accepted = tmp_path / "compare.accepted.toml"
    words = ("--archive", "archive.index", "--accepted", str(accepted))
    desks = [starting(archive, *words), starting(archive, *words)]
    answers = [desk.query(DRAFT) for desk in desks]
    seen = [_seen(desk, answer) for desk, answer in zip(desks, answers, strict=True)]
    assert _decide(desks[0], answers[0], "accept", seen[0], reason="wire", note="first")[0] == 200
    status, refused = _decide(desks[1], answers[1], "ignore", seen[1], note="second")
    assert (status, refused["error"]) == (409, "somebody has decided on this pair since you looked; look again")
    assert 'note = "first"' in accepted.read_text("utf-8")
    again = _seen(desks[1], answers[1])
    assert _decide(desks[1], answers[1], "ignore", again, note="second")[0] == 200
    assert 'note = "ignored: second"' in accepted.read_text("utf-8")
    assert _decide(desks[0], answers[0], "undo", _seen(desks[0], answers[0]))[0] == 200
    assert 'note = "first"' in accepted.read_text("utf-8")


def test_a_flag_and_a_note_allow_nothing(archive: Path, tmp_path: Path, starting: Start) -> None:
    accepted = tmp_path / "compare.accepted.toml"
    desk = starting(archive, "--archive", "archive.index", "--accepted", str(accepted))
    answer = desk.query(DRAFT)
    _, done = _decide(desk, answer, "flag", _seen(desk, answer))
    assert _decide(desk, answer, "note", done["seen"])[1] == {"error": "a note is empty"}
    assert _decide(desk, answer, "note", done["seen"], note="asked the agency")[0] == 200
    assert not accepted.exists() or "[[accepted]]" not in accepted.read_text("utf-8")
    _, page, _ = desk.ask("GET", answer["page"])
    assert b"asked the agency" in page


def test_what_is_decided_of_a_draft_is_not_said_of_another_without_a_name(
    archive: Path, tmp_path: Path, starting: Start
) -> None:
    desk = starting(archive, "--archive", "archive.index", "--accepted", str(tmp_path / "compare.accepted.toml"))
    one, other = desk.query(DRAFT, name=""), desk.query(STORY, name="")
    (pair,) = one["pairs"]
    body = {"answer": one["answer"], "a": pair["a"], "b": pair["b"], "what": "flag", "seen": pair["seen"]}
    assert desk.ask("POST", "api/decide", body)[0] == 200
    assert one["draft"] != other["draft"]
    assert desk.page(other)["live"]["pairs"][0][2]["marks"] == []
    assert [mark["what"] for mark in desk.page(one)["live"]["pairs"][0][2]["marks"]] == ["flag"]


def test_the_evidence_of_a_pair_is_a_pack(desk: Asker) -> None:
    answer = desk.query(DRAFT)
    name = desk.page(answer)["pairs"][0]["page"].removesuffix(".html")
    asked = urlencode({"note": "Sent on <b>Monday</b>", "by": "Ida"})
    status, packed, headers = desk.ask("GET", f"{answer['page']}evidence/{name}?{asked}")
    assert (status, headers["content-type"]) == (200, "application/zip")
    files = {name.rpartition("/")[2]: name for name in zipfile.ZipFile(BytesIO(packed)).namelist()}
    assert "manifest.sha256" in files
    page = zipfile.ZipFile(BytesIO(packed)).read(files["index.html"]).decode()
    assert "Sent on &lt;b&gt;Monday&lt;/b&gt;" in page
    assert "Ida" in page


def test_what_was_corrected_and_who_has_the_old_words_is_a_page(desk: Asker) -> None:
    versions = {"a": {"text": STORY}, "b": {"text": DRAFT}}
    status, found, _ = desk.ask("POST", "api/corrections", versions)
    assert (status, found["sentence"][:14]) == (200, "2 corrections,")
    told = found["corrections"]["corrections"][0]
    assert ([change["b"] for change in told["changes"]], [one["id"] for one in told["still"]]) == (
        ["4.8 million"], ["wire.jsonl#w1"],
    )  # fmt: skip
    _, page, headers = desk.ask("GET", found["page"])
    assert headers["content-type"].startswith("text/html")
    assert "<del>4.2</del>" in page.decode()
    assert "<ins>4.8</ins>" in page.decode()
    assert desk.ask("GET", "corrections/x/")[0] == 400


def test_a_text_that_a_window_cannot_show_is_refused_at_once(desk: Asker) -> None:
    large = "A long word. " * 40_000
    for status, answer, _ in (
        desk.ask("POST", "api/query", {"text": large}), desk.ask("POST", "api/read?name=a.txt", large.encode())
    ):  # fmt: skip
        assert (status, "a desk takes 400,000" in answer["error"]) == (400, True)


def test_what_programs_may_ask_is_described(desk: Asker) -> None:
    _, described, _ = desk.ask("GET", "openapi.json")
    assert described["openapi"] == "3.1.0"
    assert set(described["paths"]) == {
        "/api/compare", "/api/corrections", "/api/decide", "/api/inbox", "/api/inbox/look", "/api/query",
        "/api/read", "/api/redline",
    }  # fmt: skip
    status, page, _ = desk.ask("GET", "docs")
    assert status == 200
    assert all(path.encode() in page for path in described["paths"])


def test_without_an_archive_a_draft_has_nothing_to_be_held_against(tmp_path: Path, starting: Start) -> None:
    desk = starting(tmp_path)
    status, answer, _ = desk.ask("POST", "api/query", {"text": STORY})
    assert (status, answer["error"][:10]) == (400, "no archive")


def test_folders_are_archives_for_as_long_as_the_desk_is_open(tmp_path: Path, starting: Start) -> None:
    (tmp_path / "ours").mkdir()
    (tmp_path / "ours" / "ferry.txt").write_text(STORY, "utf-8")
    desk = starting(tmp_path, "ours")
    found = desk.query(DRAFT)["query"]["sources"]
    assert [one["source"]["id"] for one in found] == ["ours/ferry.txt"]
    assert sorted(path.name for path in tmp_path.iterdir()) == ["ours"]


@pytest.mark.parametrize(
    ("words", "line"),
    [(("--archive", "nothing.index"), "no index"), (("--add",), "--add adds"), (("--watch", "nowhere"), "no folder")],
)
def test_what_a_desk_cannot_open_with_is_one_line(
    words: tuple[str, ...], line: str, tmp_path: Path, run: Callable[..., Any]
) -> None:
    ended = run("desk", "--no-browser", *words, CWD=str(tmp_path))
    assert ended.returncode == 2
    assert line in ended.stderr
    assert ended.stderr.count("\n") == 1


def test_a_word_that_can_be_guessed_is_refused(tmp_path: Path, run: Callable[..., Any]) -> None:
    ended = run("desk", "--no-browser", CWD=str(tmp_path), COMPARE_DESK_WORD="short")
    assert ended.returncode == 2
    assert "COMPARE_DESK_WORD" in ended.stderr


def test_what_was_acknowledged_outlives_a_kill(archive: Path, tmp_path: Path, starting: Start) -> None:
    accepted = tmp_path / "compare.accepted.toml"
    words = ("--archive", "archive.index", "--accepted", str(accepted))
    kept = []
    for number in range(3):
        desk = starting(archive, *words)
        answer = desk.query(DRAFT)
        for turn in range(3):
            status, _ = _decide(desk, answer, "note", _seen(desk, answer), note=f"{number}.{turn}")
            assert status == 200
            kept.append(f"{number}.{turn}")
        desk.kill()
    lines = (tmp_path / "compare.desk.jsonl").read_text("utf-8").splitlines()
    assert [json.loads(line)["note"] for line in lines] == kept
