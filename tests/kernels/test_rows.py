"""Plain rows of JSON lines against Python's own reader: what the kernel calls plain is what that finds."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest
from examples import examples
from hypothesis import example, given, settings
from hypothesis import strategies as st

from compare.kernels.rows import BLANK, CLOSE, PLAIN, SUSPECT, reference
from compare.sources.damage import NOTHING, damage

if TYPE_CHECKING:
    from types import ModuleType

native: ModuleType = pytest.importorskip("compare.kernels.rows._native", reason="the compiled kernels were not built")
NAMES = (b"text", b"id", b"published", b"date")
ANY = 1 << 20

scalars = st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=8)
values = st.recursive(
    scalars, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=3), inner), max_leaves=12
)
names = st.sampled_from(["text", "id", "published", "date", "", "other", "té"])
pieces = [
    *'{}[]:,"\\ \t\r\n', "null", "true", "1", "-0", "01", "1e5", ".5", '"text"', '"id"', '"a"', "\\u00e9", "\\ud83d",
    "é", "\0",
]  # fmt: skip


def rows_of(line: bytes, kernels: ModuleType = native) -> tuple[int, tuple[str, str, str] | None]:
    found = kernels.plain_rows(line, NAMES, ANY)
    (kind,) = found.kinds.tolist()
    row = list(zip(found.ids, found.texts, found.dates, strict=True))
    assert len(row) == (kind in {PLAIN, SUSPECT})
    return kind, row[0] if row else None


def expected(line: bytes) -> tuple[str, str, str]:
    """What a strict reader of JSON finds in a line of which the kernel says that it is plain."""

    def fail(name: str) -> Any:  # noqa: ANN401  # it never returns
        raise AssertionError(name)

    row = json.loads(line, parse_constant=fail)
    id_, dates = row.get("id", ""), [row.get(name) or "" for name in ("published", "date")]
    assert all(isinstance(value, str) for value in (row["text"], *dates))
    assert isinstance(id_, str) or (isinstance(id_, int) and id_ >= 0)
    return str(id_), row["text"], next(filter(None, dates), "")


@given(row=st.dictionaries(names, values, max_size=5), ascii_only=st.booleans())
@settings(max_examples=examples(200))
@example(row={"text": "a 🦀 b", "id": 12, "date": None, "other": [[], {}, {"x": -1.5e-7}]}, ascii_only=True)
def test_a_row_is_plain_if_it_is_one_with_a_text_and_then_has_the_values_that_json_has(
    row: dict[str, Any], *, ascii_only: bool
) -> None:
    kind, found = rows_of(json.dumps(row, ensure_ascii=ascii_only).encode("utf-8", "surrogatepass"))
    if found is not None:
        assert found == expected(json.dumps(row).encode())
    text, dates = row.get("text"), {type(row.get(name)) for name in ("published", "date")}
    has_plain_id = type(row.get("id", "")) is str or (type(row["id"]) is int and row["id"] >= 0)
    if isinstance(text, str) and has_plain_id and dates <= {str, type(None)}:
        assert kind in {PLAIN, SUSPECT} or text.isspace() or not text.isprintable() or not text


@given(st.lists(st.sampled_from(pieces), max_size=14).map("".join))
@settings(max_examples=examples(300))
@example('{"text": "a", "id": "\\ud83d"}')
@example('{"text": "a"} x')
@example('{"text": "a", "other": 01}')
@example('{"text": "a", "other": "\\q"}')
@example('{"text": "a", "text": "b"}')
def test_what_is_no_json_is_never_plain(inside: str) -> None:
    for text in (inside, f'{{"text": "a", {inside}}}', f'{{"text": "a{inside}"}}', f'{{"text": "a", "id": {inside}}}'):
        line = text.replace("\n", " ").encode() or b" "
        kind, found = rows_of(line)
        if kind in {PLAIN, SUSPECT}:
            assert found == expected(line)


def test_lines_are_told_apart_and_counted_by_both() -> None:
    long = json.dumps({"text": "x" * 100}).encode()
    block = b'{"text": "one", "id": 7}\n\n \t\r\n{"text": null}\n' + long + b"\r\n" + b'{"text": "last"}'
    for kernels, plain in ((native, PLAIN), (reference, CLOSE)):
        found = kernels.plain_rows(block, NAMES, 60)
        assert found.kinds.tolist() == [plain, BLANK, BLANK, CLOSE, CLOSE, plain]
        lines = [block[start:stop] for start, stop in zip(found.bounds[:-1], found.bounds[1:], strict=True)]
        assert lines == block.splitlines(keepends=True)
    found = native.plain_rows(block, NAMES, 60)
    assert (found.ids, found.texts, found.dates) == (["7", ""], ["one", "last"], ["", ""])
    assert native.plain_rows(b"", NAMES, 60).bounds.tolist() == [0]


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Plain words - and a dash.", PLAIN), ("R&D; it is, and once more R&D;", SUSPECT), ("AT&T; R&D", PLAIN),
        ("caf&eacute; &#8217;", SUSPECT), ("har-\nbour", SUSPECT), ("the ’quoted’ — “word”—", PLAIN), ("Größe", PLAIN),
        ("CafÃ© crÃ¨me", SUSPECT), ("CafÃ© à Ã la", SUSPECT), ("donâ€™t", SUSPECT), ("soft\u00adhyphen", SUSPECT),
        ("\u00a0\u2003", SUSPECT), ("00:01 --> 00:02", SUSPECT), ("x" * 600 + "-\n", PLAIN), ("Москва и мы", SUSPECT),
    ],
)  # fmt: skip
def test_a_text_in_which_something_may_be_mended_is_suspect(text: str, kind: int) -> None:
    for ascii_only in (True, False):
        assert rows_of(json.dumps({"text": text}, ensure_ascii=ascii_only).encode())[0] == kind


@pytest.mark.parametrize(
    "line",
    [b'{"text": "a\xff"}', b'{"text": ""}', b'{"text": " \\n"}', b'{"te\\u0078t": "a"}', b'{"id": 1}', b"[]", b'"text"',
     b'{"text": "a", "id": 1.0}', b'{"text": "a", "id": -1}', b'{"text": "a", "id": [1]}', b'{"text": "a", "date": 5}',
     b'{"text": "a", "x": ' + b"[" * 40 + b"]" * 40 + b"}", b'{"text": "a\tb"}', b'{"text": "a",}'],
)  # fmt: skip
def test_what_is_out_of_the_way_is_read_closely(line: bytes) -> None:
    assert rows_of(line) == (CLOSE, None)


@given(st.lists(st.sampled_from([
    "Ã©", "â€™", "â€", "Ã ", "Â ", "é", "“", "a", " ", "&amp;", "&eacute;", "&", ";", "-\n", "¬", "РЎ", " --> ",
])))  # fmt: skip
@settings(max_examples=examples(300))
def test_a_text_in_which_something_is_mended_is_never_plain(words: list[str]) -> None:
    text = "".join(words)
    kind = rows_of(json.dumps({"text": text}).encode())[0]
    assert kind != PLAIN or (damage(text) is NOTHING and not text.isspace())


def test_rows_without_ids_have_none_whatever_stands_under_an_empty_name() -> None:
    found = native.plain_rows(b'{"": "x", "id": "y", "text": "a"}', (b"text", b""), ANY)
    assert (found.ids, found.texts) == ([""], ["a"])
