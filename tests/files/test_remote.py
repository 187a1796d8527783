"""Files by their addresses: read anywhere, there as a whole, and every fault a line."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Any

import pytest
from stores import got, in_memory, put

from compare.errors import InputError
from compare.files import remote
from compare.files.regular import UnreadableError, beginning, open_regular, read_at, read_regular, state_at, state_in
from compare.files.remote import below, check_address, is_remote, names_in, open_remote, remove_remote, status

if TYPE_CHECKING:
    from collections.abc import Callable

PLACE = "s3://bucket/corpus"


@pytest.fixture(autouse=True)
def store(monkeypatch: pytest.MonkeyPatch) -> Any:  # noqa: ANN401
    return in_memory(monkeypatch)


def test_what_is_put_there_is_found_by_its_name_and_gone_when_it_is_removed() -> None:
    put(f"{PLACE}/a.jsonl", b"12345")
    put(f"{PLACE}/more/b.jsonl", b"")
    assert [(found.relative, found.status.size) for found in below(PLACE)] == [("a.jsonl", 5), ("more/b.jsonl", 0)]
    assert names_in(PLACE) == {"a.jsonl", "more"}
    remove_remote(f"{PLACE}/more")
    assert got(PLACE) == {"a.jsonl": b"12345"}
    remove_remote(f"{PLACE}/a.jsonl")
    remove_remote(f"{PLACE}/a.jsonl")
    assert (below(PLACE), names_in("s3://bucket/other"), status(PLACE)) == ([], set(), None)


def test_a_file_is_read_as_one_of_this_machine(tmp_path: Any) -> None:  # noqa: ANN401
    content = bytes(range(256)) * 40
    put(f"{PLACE}/a", content)
    (tmp_path / "a").write_bytes(content)
    for path in (f"{PLACE}/a", str(tmp_path / "a")):
        with open_regular(path, follow=False) as stream:
            assert (stream.read(5), stream.seek(-3, io.SEEK_END)) == (content[:5], len(content) - 3)
            assert (stream.read(), stream.seek(300)) == (content[-3:], 300)
            assert stream.readline() == content[300 : content.index(b"\n", 300) + 1]
            assert read_at(stream, len(content) - 2, 10) == content[-2:]
            assert read_at(stream, len(content) + 2, 10) == b""
            assert state_in(stream) == state_at(path)
            assert state_in(stream)[0] == len(content)
        assert read_regular(path, len(content), follow=False) == content
        assert beginning(path, 9, follow=False) == content[:9]
        with pytest.raises(UnreadableError, match="over the limit"):
            read_regular(path, len(content) - 1, follow=False)


def test_what_is_not_there_is_unreadable_and_has_no_state() -> None:
    with pytest.raises(UnreadableError, match=r"^unreadable: no such file$"):
        open_regular(f"{PLACE}/none", follow=False)
    assert state_at(f"{PLACE}/none") is None
    assert beginning(f"{PLACE}/none", 9, follow=False) == b""


@pytest.mark.parametrize("failure", [KeyboardInterrupt, ValueError])
def test_a_failure_while_writing_leaves_nothing(failure: type[BaseException]) -> None:
    with pytest.raises(failure), remote.writing_remote(f"{PLACE}/a") as file:  # noqa: PT012 - the failure is inside
        file.write(b"half")
        raise failure
    assert below(PLACE) == []


def test_a_file_that_has_become_shorter_fills_nothing() -> None:
    put(f"{PLACE}/a", b"123")
    with open_remote(f"{PLACE}/a") as file, pytest.raises(InputError, match=r"^s3://bucket/corpus/a: ends too soon$"):
        file.fill(1, memoryview(bytearray(3)))


@pytest.mark.parametrize(
    ("address", "reason"),
    [
        ("s3://key:secret@bucket/a", "names a bucket, and no key"),
        ("s3:///a", "names a bucket, and no key"),
        ("s3://bucket/a?endpoint_override=evil.example", "SCHEME://BUCKET/PATH"),
        ("s3://bucket/a#b", "SCHEME://BUCKET/PATH"),
    ],
)
def test_an_address_with_a_key_or_an_option_in_it_is_refused_without_a_word_of_the_key(
    address: str, reason: str
) -> None:
    for asked in (check_address, status, below, open_remote):
        with pytest.raises(InputError, match=reason) as told:
            asked(address)
        assert "secret" not in str(told.value)


@pytest.mark.parametrize("name", ["file:///etc/passwd", "https://example.org/a", "s3:/bucket", "a/s3://b", "S3://b"])
def test_other_names_are_no_addresses(name: str) -> None:
    assert not is_remote(name)


@pytest.mark.parametrize("ask", [status, below, names_in, open_remote])
def test_what_a_store_says_is_one_plain_line(ask: Callable[[str], object], monkeypatch: pytest.MonkeyPatch) -> None:
    class Refusing:
        type_name = "s3"

        def get_file_info(self, _: object) -> None:
            raise OSError("When asked: AWS Error ACCESS_DENIED during HeadObject operation: No\x1b\n; Details: much")

    monkeypatch.setattr(remote, "_system", lambda *_: Refusing())
    reason = r"^s3://bucket/corpus: AWS Error ACCESS_DENIED during HeadObject operation: No\\x1b$"
    with pytest.raises(InputError, match=reason):
        ask(PLACE)
