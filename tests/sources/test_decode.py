# ruff: noqa: E501  # sentences stay whole

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from compare.model import Decoding
from compare.sources.decode import NotTextError, decode
from compare.text.tokens import folded


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


# --- broken and older texts ----------------------------------------------------------------------------------------

TEXTS = {
    "de": "Der Bürgermeister von München erklärte am Dienstag, dass die Brücke über die Isar für längere Zeit gesperrt bleibe.",
    "fr": "L'été dernier, le président a déclaré que la forêt brûlait depuis trois jours. « Nous avons besoin d'aide », a-t-il dit.",
    "pl": "Prezydent oświadczył, że traktat zostanie podpisany, jeśli wszystkie strony zgodzą się na ostateczne brzmienie.",
    "cs": "Prezident v pondělí prohlásil, že smlouva bude podepsána příští týden. Žádný z ministrů nechtěl odpovídat.",
    "tr": "Cumhurbaşkanı pazartesi günü yaptığı açıklamada, antlaşmanın gelecek hafta imzalanacağını söyledi.",
    "ru": "Президент заявил в понедельник, что договор будет подписан. «Мы готовы», — сказал министр иностранных дел.",
    "uk": "Міністр сказав, що угоду буде підписано в понеділок, якщо всі сторони погодяться з її текстом.",
    "el": "Ο πρόεδρος δήλωσε τη Δευτέρα ότι η συνθήκη θα υπογραφεί την επόμενη εβδομάδα, εφόσον όλοι συμφωνήσουν.",
    "he": "הנשיא אמר ביום שני כי האמנה תיחתם בשבוע הבא אם כל הצדדים יסכימו לנוסח הסופי של ההסכם.",
    "ar": "قال الرئيس يوم الاثنين إن المعاهدة ستوقع الأسبوع المقبل إذا وافقت جميع الأطراف على النص النهائي.",
    "th": "ประธานาธิบดีกล่าวเมื่อวันจันทร์ว่าสนธิสัญญาจะลงนามในสัปดาห์หน้าหากทุกฝ่ายเห็นด้วยกับข้อความสุดท้าย",
    "ja": "条約は月曜日に署名される予定です。首相は記者団に対し、すべての国が同意すれば来週にも署名すると述べた。",
    "zh": "条约将于星期一签署，总统说，如果各方都同意最终文本，签字仪式将在下周举行。部长们拒绝回答记者的问题。",
    "tw": "條約將於星期一簽署，總統說，如果各方都同意最終文本，簽字儀式將在下週舉行。部長們拒絕回答記者的問題。",
    "ko": "대통령은 월요일 모든 당사국이 최종 문안에 동의하면 조약이 다음 주에 서명될 것이라고 말했다.",
}
OLDER = {
    "de": ("latin-1", "cp1252", "cp850", "mac_roman"), "fr": ("latin-1", "cp1252", "cp850"), "pl": ("cp1250", "iso8859-2", "cp852"),
    "cs": ("cp1250", "iso8859-2", "cp852"), "tr": ("cp1254",), "ru": ("cp1251", "koi8-r", "iso8859-5", "cp866"),
    "uk": ("cp1251", "koi8-u"), "el": ("cp1253", "iso8859-7"), "he": ("cp1255", "iso8859-8"), "ar": ("cp1256", "iso8859-6"),
    "th": ("cp874", "tis-620"), "ja": ("shift_jis", "euc-jp"), "zh": ("gb18030", "gb2312"), "tw": ("big5",),
    "ko": ("euc-kr", "cp949"),
}  # fmt: skip


def halves(text: str) -> tuple[bytes, bytes]:
    """The bytes before and after the cut through a character in the middle: neither part is valid."""
    data = text.encode()
    at = next(at for at in range(len(data) // 2, len(data)) if 0x80 <= data[at] < 0xC0)
    return data[:at], data[at:]


@pytest.mark.parametrize("language", TEXTS)
@pytest.mark.parametrize("damage", ["cut", "head", "lost", "stray", "joined", "nul"])
def test_mostly_valid_utf8_stays_utf8_and_every_broken_piece_is_counted(language: str, damage: str) -> None:
    text = " ".join([TEXTS[language]] * 2)
    before, after = halves(text)
    data = {
        "cut": before,
        "head": after,
        "lost": before + after[1:],
        "stray": before[:-1] + b"\xff" + text.encode()[len(before) - 1 :],
        "joined": before + b"\nThe next article.\n" + text.encode(),
        "nul": (text + " ").encode() + b"\0" * 600,
    }[damage]
    found, read = decode(data)
    assert read is not None
    assert (read.encoding, read.guessed, read.replaced) == ("utf-8", False, found.count("\ufffd"))
    assert 1 <= read.replaced <= 3
    rest = [part for part in found.split("\ufffd") if part]
    assert all(part.strip() in f"{text}\nThe next article.\n{text}" for part in rest)


@pytest.mark.parametrize(("language", "encoding"), [(key, one) for key, several in OLDER.items() for one in several])
def test_older_encodings_are_guessed_by_their_letters_also_in_short_texts(language: str, encoding: str) -> None:
    for part in (1, 3):
        data = TEXTS[language][: len(TEXTS[language]) // part].encode(encoding, "ignore")
        found, read = decode(data)
        assert found == data.decode(encoding)
        assert read is not None
        assert (read.guessed, read.replaced) == (True, 0)


def test_a_line_in_another_encoding_is_replaced_and_counted() -> None:
    lines = [TEXTS["de"].encode()] * 9
    found, read = decode(b"\n".join([*lines, TEXTS["de"].encode("latin-1"), *lines]))
    assert read == Decoding("utf-8", replaced=7)
    assert found.count(TEXTS["de"]) == 18


@pytest.mark.parametrize(
    ("data", "text", "read"),
    [
        (b"The mayor of Z\xc3", "The mayor of Z\ufffd", Decoding("utf-8", replaced=1)),
        (b"It cost 5 \xe2\x82", "It cost 5 \ufffd", Decoding("utf-8", replaced=1)),
        ("Café".encode("latin-1"), "Café", Decoding("windows-1252", guessed=True)),
        (b"Nobody was hurt \xff when it fell.", "Nobody was hurt \ufffd when it fell.", Decoding("utf-8", replaced=1)),
        (b"It fell \xed\xa0\xbd\xed\xb8\x80 at nine.", "It fell \ufffd\ufffd at nine.", Decoding("utf-8", replaced=2)),
        (
            b"It is over\xc0\xaflong, which is wrong.",
            "It is over\ufffd\ufffdlong, which is wrong.",
            Decoding("utf-8", replaced=2),
        ),
        ("é \ufffd".encode() + b"\xc3 e", "é \ufffd\ufffd e", Decoding("utf-8", replaced=1)),
        (b"\xef\xbb\xbfM\xfcller und S\xf6hne", "Müller und Söhne", Decoding("windows-1252", guessed=True)),
        ("One.\n\ufeffTwo.".encode(), "One.\n\ufeffTwo.", None),
        ("Ein Satz mit Ä".encode("utf-16")[:-1], "Ein Satz mit \ufffd", Decoding("utf-16-le", replaced=1)),
        ("Ein Satz mit Ä".encode("utf-32")[:-2], "Ein Satz mit \ufffd", Decoding("utf-32-le", replaced=1)),
    ],
)
def test_single_broken_bytes_are_one_character_each(data: bytes, text: str, read: Decoding | None) -> None:
    assert decode(data) == (text, read)


@pytest.mark.parametrize(
    "data",
    [
        b"%PDF-1.4\n" + b"1 0 obj << /Type /Catalog >> endobj\n" * 99, b"PK\x03\x04" + b"word " * 99, b"\x89PNG" + b"x" * 99,
        b"\x7fELF" + b"x" * 99, b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"text " * 99, b"notes.txt" + b"\0" * 248 + b"ustar" + b"text " * 999,
        b"text\0" * 99, b"t\0e\0x\0t\0" * 9, *(TEXTS["ja"].encode(name) for name in ("utf-16-le", "utf-16-be", "utf-32-le")),
        ("One line.\n" * 99).encode("utf-16")[:501] + ("One line.\n" * 99).encode("utf-16")[502:],
    ],
)  # fmt: skip
def test_what_is_no_text_is_never_taken_for_one(data: bytes) -> None:
    with pytest.raises(NotTextError):
        decode(data)


def test_a_broken_character_splits_one_word_and_glues_none() -> None:
    assert folded("die Br\ufffdcke ist zu, 条\ufffd件") == ["die", "br", "cke", "ist", "zu", "条", "件"]


def test_the_sample_of_a_guess_begins_where_ascii_ends() -> None:
    text = "An English paragraph that needs no other letters.\n" * 3000 + TEXTS["pl"]
    assert decode(text.encode("iso8859-2")) == (text, Decoding("iso8859-2", guessed=True))
