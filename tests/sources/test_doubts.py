"""What is read with a doubt is compared like all else, and every output says so."""

# ruff: noqa: E501  # sentences stay whole

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from compare.jobs.check import check_paths
from compare.jobs.gather import Gate
from compare.model import Document, Report
from compare.pipeline.plan import compare_pair
from compare.report.html import app_page, pair_page
from compare.report.page import data
from compare.report.record import as_json
from compare.settings import Settings
from compare.sources.read import read

if TYPE_CHECKING:
    import subprocess
    from collections.abc import Callable
    from pathlib import Path

    Run = Callable[..., subprocess.CompletedProcess[str]]

GERMAN = (
    "Der Bürgermeister von München erklärte am Dienstag, dass die Brücke über die Isar für längere Zeit gesperrt bleibe. "
    "Die Anwohner müssten größere Umwege in Kauf nehmen. Ein Gutachten über die Pfeiler werde im März erwartet, sagte er."
)
ARTICLES = {
    "german": GERMAN,
    "polish": "Prezydent oświadczył w poniedziałek, że traktat zostanie podpisany w przyszłym tygodniu, jeśli wszystkie strony "
    "zgodzą się na ostateczne brzmienie. Żaden z ministrów nie chciał udzielić odpowiedzi na pytania dziennikarzy.",
    "russian": "Президент заявил в понедельник, что договор будет подписан на следующей неделе, если все стороны согласятся с "
    "окончательным текстом. Министр иностранных дел не стал отвечать на вопросы журналистов.",
    "greek": "Ο πρόεδρος δήλωσε τη Δευτέρα ότι η συνθήκη θα υπογραφεί την επόμενη εβδομάδα, εφόσον όλες οι πλευρές συμφωνήσουν "
    "με το τελικό κείμενο. Οι υπουργοί δεν θέλησαν να απαντήσουν στις ερωτήσεις των δημοσιογράφων.",
    "japanese": "条約は月曜日に署名される予定です。首相は記者団に対し、すべての国が最終案に同意すれば来週にも署名すると述べた。"
    "テレビのニュースでも大きく取り上げられたが、大臣たちは質問に答えなかった。",
    "chinese": "条约将于星期一签署，总统说，如果各方都同意最终文本，签字仪式将在下周举行。部长们拒绝回答记者的问题，也没有说明原因。",
    "arabic": "قال الرئيس يوم الاثنين إن المعاهدة ستوقع الأسبوع المقبل إذا وافقت جميع الأطراف على النص النهائي، ورفض الوزراء "
    "الإجابة عن أسئلة الصحفيين ولم يذكروا السبب الذي دفعهم إلى ذلك.",
    "thai": "ประธานาธิบดีกล่าวเมื่อวันจันทร์ว่าสนธิสัญญาจะลงนามในสัปดาห์หน้าหากทุกฝ่ายเห็นด้วยกับข้อความสุดท้าย "
    "รัฐมนตรีไม่ยอมตอบคำถามของนักข่าวและไม่ได้บอกเหตุผล",
    "english": "The treaty will be signed on Monday, the president said, if every side agrees to the final wording. “We are "
    "ready,” the minister added, but he wouldn’t answer any question about the bridge at Zürich.",
}


def cut(text: str) -> bytes:
    """All but the last tenth: the text ends inside a character."""
    encoded = text.encode()
    at = next(at for at in range(len(encoded) * 9 // 10, 0, -1) if 0x80 <= encoded[at] < 0xC0)
    return encoded[:at]


def checked(folder: Path, paths: tuple[str, ...]) -> tuple[bool, tuple[object, ...]]:
    found = check_paths(Gate(paths, folder, folder / "none.toml", today="2026-01-01", workers=1), Settings())
    return found.fails, tuple((one.path, one.encoding, one.guessed, one.replaced) for one in found.doubts)


@pytest.mark.parametrize("language", ARTICLES)
def test_a_copy_that_is_cut_inside_a_character_is_a_finding(tmp_path: Path, language: str) -> None:
    (tmp_path / "a.txt").write_bytes(ARTICLES[language].encode())
    (tmp_path / "b.txt").write_bytes(cut(ARTICLES[language]))
    assert checked(tmp_path, (str(tmp_path),)) == (True, (("b.txt", "utf-8", False, 1),))


@pytest.mark.parametrize("name", ["a.jsonl", "a.csv"])
def test_a_copy_in_a_row_with_a_lost_byte_is_a_finding(tmp_path: Path, name: str) -> None:
    broken = GERMAN.encode().replace("ü".encode(), b"\xc3", 2)
    form = b'{"id": "%s", "text": "%s"}\n' if name == "a.jsonl" else b'%s,"%s"\n'
    head = b"" if name == "a.jsonl" else b"id,text\n"
    (tmp_path / name).write_bytes(head + form % (b"1", GERMAN.encode()) + form % (b"2", broken))
    assert checked(tmp_path, (str(tmp_path),)) == (True, ((name, "utf-8", False, 2),))


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Three copies of an article: in UTF-8, cut, and in an older encoding."""
    folder = tmp_path_factory.mktemp("desk")
    (folder / ".git").mkdir()
    (folder / "whole.txt").write_bytes(GERMAN.encode())
    (folder / "cut.txt").write_bytes(cut(GERMAN))
    (folder / "older.txt").write_bytes(GERMAN.encode("cp1252"))
    return folder


CUT = "UTF-8 with 1 broken character, shown as �"
OLDER = "read as windows-1252, a guess"


def test_every_command_says_what_was_read_with_a_doubt(desk: Path, run: Run) -> None:
    def told(*words: object, code: int = 0) -> str:
        ended = run(*words, CWD=str(desk), COLUMNS="300")
        assert (ended.returncode, ended.stderr) == (code, "")
        return ended.stdout

    lines = (f"cut.txt: {CUT}", f"older.txt: {OLDER}")
    files = ("whole.txt", "cut.txt", "older.txt")
    outputs = {
        "run": told("run", *files, "--output", "report"),
        "dedup": told("dedup", *files, "--output", "out"),
        "check": told("check", *files, code=1),
        "index": told("index", "build", "cut.txt", "older.txt", "--index", "a.index"),
    }
    for output in outputs.values():
        assert all(line in output for line in lines)
    assert [
        (one["path"], one["guessed"]) for one in json.loads((desk / "out" / "summary.json").read_text())["doubts"]
    ] == [
        ("cut.txt", False),
        ("older.txt", True),
    ]
    assert all(part in told("diff", "cut.txt", "older.txt") for part in (f"a: {CUT}", f"b: {OLDER}"))
    assert OLDER in told("repeats", "older.txt")
    assert f"older.txt ({OLDER})" in told("explain", "older.txt", "whole.txt")
    assert told("query", "older.txt", "--index", "a.index").count(OLDER) == 1
    assert all(part in told("query", "whole.txt", "--index", "a.index") for part in (CUT, OLDER))
    answer = json.loads(told("query", "cut.txt", "--index", "a.index", "--json"))
    assert answer["decoding"] == {"encoding": "utf-8", "guessed": False, "replaced": 1}
    assert answer["sources"][0]["source"]["decoding"]["guessed"]


def test_the_report_says_it_of_the_documents_and_of_no_other(desk: Path) -> None:
    documents = tuple(sorted(read([desk / "cut.txt", desk / "whole.txt"], Settings()), key=lambda one: one.id))
    assert all(isinstance(one, Document) for one in documents)
    found = compare_pair(*documents, Settings())
    report = Report(documents, (found,), (), (), (), {}, Settings().as_dict())
    cut_, whole = json.loads(as_json(report))["documents"]
    assert cut_["decoding"] == {"encoding": "utf-8", "guessed": False, "replaced": 1}
    assert "decoding" not in whole
    assert pair_page(report, found).count(CUT) == 1
    assert app_page(report).count(CUT) == 3  # without the script, with it: the article, and the method
    assert [one.get("read") for one in data(report)["documents"]] == [CUT, None]


def test_what_cannot_be_read_at_all_ends_with_2(tmp_path: Path, run: Run) -> None:
    (tmp_path / "a.txt").write_text("A text of some words.")
    (tmp_path / "b.txt").write_bytes(bytes(range(1, 256)) * 9)
    ended = run("check", "a.txt", "b.txt", CWD=str(tmp_path))
    assert (ended.returncode, ended.stdout) == (2, "")
    assert "b.txt: binary" in ended.stderr
