"""Compressed streams: what they hold is given, bounded, and what is damaged is told after what came before it."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from compare.errors import MissingExtraError
from compare.files import packed as module
from compare.files.packed import Packing, damage_of, open_unpacked, packed, packing_of

if TYPE_CHECKING:
    from pathlib import Path

BODY = b"".join(
    json.dumps({"id": number, "text": f"word {number * 7919 % 10007} " * 9}).encode() + b"\n" for number in range(900)
)


def available(packing: Packing) -> Packing:
    if packing is Packing.ZSTD:
        pytest.importorskip("zstandard")
    return packing


@pytest.fixture(params=Packing, ids=lambda packing: packing.value)
def packing(request: pytest.FixtureRequest) -> Packing:
    return available(request.param)


def made(path: Path, packing: Packing, body: bytes = BODY) -> bytes:
    with packed(path, packing) as stream:
        for line in body.splitlines(keepends=True):
            stream.write(line)
    return path.read_bytes()


def given(path: Path, raw: bytes) -> tuple[bytes, str]:
    """All that is read, line by line, and the damage."""
    path.write_bytes(raw)
    with open_unpacked(str(path), follow=True) as stream:
        return b"".join(iter(lambda: stream.readline(1 << 20), b"")), damage_of(stream)


def test_what_is_packed_comes_out_again_and_is_the_same_each_time(packing: Packing, tmp_path: Path) -> None:
    raw = made(tmp_path / "a", packing)
    assert raw == made(tmp_path / "b", packing)
    assert packing_of(raw) is packing
    assert len(raw) < len(BODY) / 4
    assert given(tmp_path / "c", raw) == (BODY, "")
    assert given(tmp_path / "c", raw + raw) == (BODY * 2, "")
    assert given(tmp_path / "c", raw + b"\0" * 512) == (BODY, "")
    assert given(tmp_path / "c", made(tmp_path / "d", packing, b"")) == (b"", "")


def test_a_stream_can_be_gone_back_in(packing: Packing, tmp_path: Path) -> None:
    made(tmp_path / "a", packing)
    with open_unpacked(str(tmp_path / "a"), follow=True) as stream:
        assert stream.read(4) == BODY[:4]
        stream.seek(3)
        assert stream.read() == BODY[3:]
        stream.seek(50)
        assert (stream.tell(), stream.readline()) == (50, BODY[50 : BODY.index(b"\n") + 1])


def test_what_stands_before_the_damage_is_given_and_the_damage_told(packing: Packing, tmp_path: Path) -> None:
    raw = made(tmp_path / "a", packing)
    for broken, reason in {
        raw[: len(raw) * 2 // 3]: "cut off",
        raw[:-1]: "cut off",
        raw + b"more of something": "something else follows",
        raw + raw[:-9]: "cut off",
    }.items():
        content, damage = given(tmp_path / "b", broken)
        assert (BODY * 2).startswith(content)
        assert reason in damage
    middle = len(raw) // 2
    content, damage = given(tmp_path / "b", raw[:middle] + bytes(64) + raw[middle + 64 :])
    assert damage.startswith(("damaged: ", f"not readable as {packing.value}: "))
    assert content != BODY


def test_a_bomb_ends_early(packing: Packing, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "LEAST", 1 << 20)
    monkeypatch.setattr(module, "RATIO", dict.fromkeys(Packing, 500))
    raw = made(tmp_path / "a", packing, bytes(1 << 19)) * 64
    content, damage = given(tmp_path / "b", raw)
    assert damage == "a compressed file that expands more than 500 times is not read; unpack it first"
    assert len(content) <= 24 << 20
    monkeypatch.setattr(module, "RATIO", dict.fromkeys(Packing, 1 << 30))
    monkeypatch.setattr(module, "MOST", 1 << 21)
    content, damage = given(tmp_path / "b", raw)
    assert "that expands to more than" in damage
    assert len(content) <= 4 << 20


def test_zstandard_without_its_package_is_one_plain_line(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(module.sys, "version_info", (3, 13))
    monkeypatch.setitem(module.sys.modules, "zstandard", None)
    (tmp_path / "a").write_bytes(b"\x28\xb5\x2f\xfd")
    with pytest.raises(
        MissingExtraError, match=r"^Zstandard needs an optional package: pip install 'compare\[zstd\]'$"
    ):
        open_unpacked(str(tmp_path / "a"), follow=True)


@pytest.mark.parametrize("start", [b"", b"BZh, said the sign.", b"PK\3\4", b"\x1f\x8b", b"(\xb5", b"[1, 2]"])
def test_other_files_are_not_compressed(start: bytes) -> None:
    assert packing_of(start) is None
