"""`compare evidence`: a written report in, one pack out; what is no report, no pair or no pack is one plain line."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import zipfile
from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner
from newsroom import newsroom
from packing import FAMILY, derived_key, with_family

from compare.cli import main
from compare.cli.evidence import day_of
from compare.errors import InputError, SettingsError
from compare.evidence.pack import HASHES, Cover
from compare.jobs import evidence
from compare.jobs.evidence import Wanted, write_evidence
from compare.report import page
from compare.report.write import write_report
from compare.wording.commands import EVIDENCE
from compare.wording.escape import in_shell
from compare.wording.page import fill

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    Run = Callable[..., subprocess.CompletedProcess[str]]

ONE = Wanted((derived_key(),))


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    write_report(with_family(newsroom()), tmp_path / "reports")
    return tmp_path / "reports"


def refused(folder: Path, output: Path, wanted: Wanted = ONE) -> str:
    with pytest.raises(InputError) as error:
        write_evidence(folder, wanted, Cover(), output)
    assert str(error.value).isprintable()
    return str(error.value)


def test_a_pack_is_written_and_sha256sum_finds_it_whole(folder: Path, tmp_path: Path) -> None:
    written = write_evidence(folder / "index.html", Wanted((FAMILY,)), Cover(("Look.",)), tmp_path / "new" / "pack.zip")
    assert (written.families, written.pairs, written.size) == (1, 1, written.output.stat().st_size)
    with zipfile.ZipFile(written.output) as archive:
        archive.extractall(tmp_path / "out")
    if program := shutil.which("sha256sum"):
        told = subprocess.run(
            [program, "-c", "--strict", HASHES], cwd=tmp_path / "out", capture_output=True, check=False
        )
        assert told.returncode == 0, told.stdout
    manifest = json.loads((tmp_path / "out/manifest.json").read_text("utf-8"))
    assert [file["name"] for file in manifest["report"]["files"]] == ["index.html", "report.json"]
    assert str(tmp_path) not in (tmp_path / "out/index.html").read_text("utf-8")


def test_a_report_in_several_files_gives_the_same_texts(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_evidence(folder, ONE, Cover(), tmp_path / "one.zip")
    for name in ("PLAIN_BYTES", "PAGE_BYTES"):
        monkeypatch.setattr(page, name, 10)
    monkeypatch.setattr(page, "SHARD_BYTES", 3000)
    write_report(with_family(newsroom()), folder)
    assert len(list(folder.glob("data-*.js"))) > 1
    write_evidence(folder, ONE, Cover(), tmp_path / "other.zip")
    with zipfile.ZipFile(tmp_path / "one.zip") as one, zipfile.ZipFile(tmp_path / "other.zip") as other:
        assert one.read("passages.csv") == other.read("passages.csv")
    (folder / "data-01.js").unlink()
    assert "data-01.js: unreadable" in refused(folder, tmp_path / "none.zip")
    assert not (tmp_path / "none.zip").exists()


def test_a_pack_takes_the_place_of_another_pack_and_of_nothing_else(folder: Path, tmp_path: Path) -> None:
    target = tmp_path / "pack.zip"
    write_evidence(folder, ONE, Cover(), target)
    before = target.read_bytes()
    write_evidence(folder, ONE, Cover(("Look.",)), target)
    assert target.read_bytes() != before
    with zipfile.ZipFile(tmp_path / "mine.zip", "w") as mine:
        mine.writestr("manifest.json", "{}")
    for name, content in (("mine.zip", (tmp_path / "mine.zip").read_bytes()), ("thesis.txt", b"mine")):
        (tmp_path / name).write_bytes(content)
        assert "is there and is no pack of evidence" in refused(folder, tmp_path / name)
        assert (tmp_path / name).read_bytes() == content
    assert "is not a file" in refused(folder, folder)


def test_what_is_no_report_is_one_plain_line(folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    output = tmp_path / "pack.zip"
    assert "no report in" in refused(tmp_path / "nothing\nhere", output)
    (folder / "report.json").unlink()
    assert "report.json: unreadable" in refused(folder, output)
    os.mkfifo(folder / "report.json")
    assert "report.json: a FIFO" in refused(folder, output)
    monkeypatch.setattr(evidence, "LARGEST", 1000)
    assert "over the limit of 1000" in refused(folder, output)
    assert not output.exists()


def test_the_command_says_what_it_wrote_and_what_it_cannot(run: Run, folder: Path, tmp_path: Path) -> None:
    words = ("evidence", folder, derived_key(), "--note", "Look\x1b[31m.\udcff", "--output", tmp_path / "pack.zip")
    ended = run(*words, SOURCE_DATE_EPOCH="1773964800")
    assert (ended.returncode, ended.stderr) == (0, "")
    assert ended.stdout.startswith(f"Wrote {tmp_path / 'pack.zip'}: 1 pair, ")
    with zipfile.ZipFile(tmp_path / "pack.zip") as archive:
        assert json.loads(archive.read("manifest.json"))["date"] == "2026-03-20"
    for wrong in (("pair-0123456789ab",), ()):
        ended = run("evidence", folder, *wrong, "--output", tmp_path / "none.zip")
        assert (ended.returncode, ended.stdout, ended.stderr.count("\n")) == (2, "", 1)
    assert not (tmp_path / "none.zip").exists()


def test_a_date_is_one_that_was_given(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("SOURCE_DATE_EPOCH", raising=False)
    assert (day_of(""), day_of("2026-03-20")) == ("", "2026-03-20")
    for wrong in ("20.3.2026", "2026-3-20", "2026-02-30", "20260320"):
        with pytest.raises(SettingsError, match="write it as a date"):
            day_of(wrong)


def test_the_command_that_is_copied_is_read_by_a_shell_as_it_was_meant(folder: Path, tmp_path: Path) -> None:
    here = tmp_path / 'it\'s "ours"; $(exit 9)'
    folder.rename(here)
    command = fill(EVIDENCE, report=in_shell(str(here)), key=in_shell(FAMILY))
    shell = shutil.which("bash") or "/bin/bash"
    told = subprocess.run([shell, "-c", f"printf '%s\\n' {command}"], capture_output=True, text=True, check=True)
    _, *words = told.stdout.splitlines()
    assert CliRunner().invoke(main, [*words, "--output", str(tmp_path / "pack.zip")]).exit_code == 0
    with zipfile.ZipFile(tmp_path / "pack.zip") as archive:
        assert archive.read("notes.txt").decode() == "…\n"
