"""What addresses name is found as `walk.py` finds it in folders, and only where a command named it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from stores import in_memory, put

from compare.errors import InputError
from compare.files.remote import Address
from compare.sources.walk import plan

if TYPE_CHECKING:
    from pathlib import Path

NAMES = ("a.jsonl", "b.csv", "deep/a.jsonl", "deep/er/c.jsonl", ".hidden/d.jsonl", "deep/.e.jsonl", "_SUCCESS")
ROOT = "s3://bucket/corpus"


@pytest.fixture(autouse=True)
def _corpus(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    in_memory(monkeypatch)
    monkeypatch.chdir(tmp_path)
    for name in NAMES:
        put(f"{ROOT}/{name}", b"{}\n")
        path = tmp_path / "corpus" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(b"{}\n")


@pytest.mark.parametrize(
    "inputs",
    [
        ("corpus",),
        ("corpus/a.jsonl",),
        ("corpus/*.jsonl",),
        ("corpus/*/*.jsonl",),
        ("corpus/**/*.jsonl",),
        ("corpus/**/er/*",),
        ("corpus/[ab].*", "corpus/deep"),
        ("corpus/a.jsonl", "corpus"),
        ("corpus/deep/.*",),
    ],
)
def test_addresses_and_patterns_name_what_the_same_names_do_in_a_folder(inputs: tuple[str, ...]) -> None:
    afar = plan([Address(f"s3://bucket/{name}") for name in inputs])
    here = plan(inputs)
    assert [(file.id, file.target, file.named) for file in afar.files] == [
        (file.id, file.target, file.named) for file in here.files
    ]
    assert [file.path for file in afar.files] == [f"s3://bucket/{file.path}" for file in here.files]
    assert afar.skipped == here.skipped == ()


def test_files_here_and_afar_have_ids_that_differ() -> None:
    ids = [file.id for file in plan(["corpus/a.jsonl", Address(f"{ROOT}/a.jsonl")]).files]
    assert len(set(ids)) == 2


@pytest.mark.parametrize(
    ("name", "reason"), [("corpus/none", "no such file or folder"), ("corpus/*.txt", "no file matches")]
)
def test_what_is_not_there_is_said(name: str, reason: str) -> None:
    with pytest.raises(InputError, match=reason):
        plan([Address(f"s3://bucket/{name}")])


def test_an_address_that_no_command_named_is_not_asked() -> None:
    with pytest.raises(InputError, match="URLs are not read"):
        plan([f"{ROOT}/a.jsonl"])
