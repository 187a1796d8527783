"""A report's folder may be a stranger's: what is not as we write it is one plain line, never a traceback."""

from __future__ import annotations

import base64
import json
import zlib
from typing import TYPE_CHECKING, Any

import pytest
from newsroom import newsroom

from compare.errors import InputError
from compare.evidence import stored
from compare.evidence.stored import recorded_report, shards_of, shown_report
from compare.report import page
from compare.report.html import app_page
from compare.report.record import as_json

if TYPE_CHECKING:
    from collections.abc import Callable

PAGE = app_page(newsroom())
DATA = page.block(newsroom()).text
AGAIN = "is not as this version of compare writes it: run `compare run` again"


def with_data(text: str, attributes: str = "") -> bytes:
    return f'<script type="application/json" id="data"{attributes}>{text}</script>'.encode()


def packed(text: str) -> str:
    packer = zlib.compressobj(9, zlib.DEFLATED, -zlib.MAX_WBITS)
    return base64.b64encode(packer.compress(text.encode()) + packer.flush()).decode()


def changed(change: Callable[[Any], object]) -> bytes:
    record = json.loads(DATA)
    change(record)
    return with_data(json.dumps(record))


def test_data_are_read_plain_deflated_and_from_files_beside_the_page() -> None:
    plain = shown_report(PAGE.encode(), ())
    assert sorted(document.id for document in plain.documents) == [document.id for document in newsroom().documents]
    assert shown_report(with_data(packed(DATA), ' data-encoding="deflate-raw"'), ()) == plain
    beside = with_data("", ' data-encoding="shards" data-shards="data-01.js data-02.js"')
    assert shards_of(beside) == ("data-01.js", "data-02.js")
    text = packed(DATA)
    parts = tuple(
        f'{page.SHARD_MARK}\ncompareShard({number},"{part}");\n'.encode()
        for number, part in enumerate((text[:100], text[100:]), 1)
    )
    assert shown_report(beside, parts) == plain
    with pytest.raises(InputError, match="data-01.js " + AGAIN):
        shown_report(beside, parts[::-1])


def test_a_shard_is_named_as_ours_are() -> None:
    for name in ("../data-01.js", "/etc/passwd", "data-1.js", "data-01.js.js"):
        with pytest.raises(InputError, match=AGAIN):
            shards_of(with_data("", f' data-encoding="shards" data-shards="{name}"'))


@pytest.mark.parametrize(
    "content",
    [
        b"", b"<p>no data</p>", with_data("{"), with_data("[]"), with_data("[" * 100_000), with_data('{"format":1}'),
        with_data(DATA.replace("compare-page/1", "compare-page/0")), with_data("AAAA", ' data-encoding="deflate-raw"'),
        with_data("\x7f!", ' data-encoding="deflate-raw"'), with_data(packed(DATA), ' data-encoding="gzip"'),
        changed(lambda data: data["pairs"][0].update(a=99)), changed(lambda data: data["pairs"][0].update(a=-1)),
        changed(lambda data: data["pairs"][0].update(page="../pair-0123456789ab.html")),
        changed(lambda data: data["pairs"][0]["matches"][0].update(kind="stolen")),
        changed(lambda data: data["documents"][0].update(text=None)),
    ],
    ids=range(15),
)  # fmt: skip
def test_what_is_not_as_we_write_it_is_one_plain_line(content: bytes) -> None:
    with pytest.raises(InputError, match=AGAIN) as refused:
        shown_report(content, ())
    assert "\n" not in str(refused.value)


def test_data_that_expand_without_end_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(stored, "INFLATED", len(DATA) // 2)
    with pytest.raises(InputError, match=AGAIN):
        shown_report(with_data(packed(DATA), ' data-encoding="deflate-raw"'), ())


@pytest.mark.parametrize(
    "text", ["", "[]", "{}", as_json(newsroom()).replace("compare-report/2", "compare-report/1")], ids=range(4)
)
def test_another_record_is_refused(text: str) -> None:
    with pytest.raises(InputError, match="report.json " + AGAIN):
        recorded_report(text.encode())
