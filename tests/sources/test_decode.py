from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from compare.sources.decode import NotTextError, decode


@given(st.text().filter(lambda text: text.strip() and "\0" not in text and not text.startswith("\ufeff")))
def test_utf8_comes_out_as_it_went_in(text: str) -> None:
    assert decode(text.encode()) == (text, None)
    assert decode(b"\xef\xbb\xbf" + text.encode()) == (text, None)


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-be", "utf-16-le", "utf-32", "utf-32-be", "utf-32-le"])
def test_a_byte_order_mark_decides_and_is_no_part_of_the_text(encoding: str) -> None:
    mark = "" if encoding in {"utf-16", "utf-32"} else "\ufeff"
    assert decode((mark + "naïve\r\n\rtext 🙂").encode(encoding)).text == "naïve\r\n\rtext 🙂"


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        ("Café Müller eröffnet. Die Straße ist schön.", "latin-1"),
        ("Résumé", "latin-1"),
        ("He paid €5 for a “naïve” café — said the déjà-vu crowd.", "cp1252"),
        ("L'été dernier, le président a déclaré que la forêt brûlait.", "latin-1"),
        ("Prezydent oświadczył, że traktat zostanie podpisany w poniedziałek.", "cp1250"),
        ("Президент заявил, что договор будет подписан в понедельник.", "cp1251"),
        ("条約は月曜日に署名される予定です。", "shift_jis"),
        ("条约将于星期一签署,总统说。", "gb18030"),
    ],
)
def test_older_encodings_are_told_from_the_text(text: str, encoding: str) -> None:
    assert decode(text.encode(encoding)).text == text


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "empty"),
        (b"\xef\xbb\xbf \r\n", "empty"),
        (b"text\0text", "binary"),
        (bytes(range(1, 256)) * 9, "binary"),
        (b"\xff\xfea", "not valid UTF-16-LE"),
        (b"\xff\xfe\x00\xd8", "not valid UTF-16-LE"),
    ],
)
def test_what_is_not_text_has_a_reason(data: bytes, reason: str) -> None:
    with pytest.raises(NotTextError, match=reason):
        decode(data)


@given(st.binary())
def test_any_bytes_are_text_or_have_a_reason(data: bytes) -> None:
    try:
        text = decode(data).text
    except NotTextError as error:
        text = str(error)
    assert text.encode()
