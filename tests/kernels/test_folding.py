"""What folding makes equal, what it keeps apart, and what it does for every code point."""

from __future__ import annotations

import importlib.util
import unicodedata
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from compare.kernels import reference, tokens
from compare.kernels.folding import (
    ALONE,
    APART,
    CLASS_MASK,
    CLASS_SHIFT,
    CONFUSABLE,
    DISGUISED,
    EXPAND,
    MARK,
    PAYLOAD,
    RAISED,
    WORD,
    folding,
)

if TYPE_CHECKING:
    from collections.abc import Callable

ROOT = Path(__file__).parents[2]
ASSIGNED = [chr(p) for p in range(0x110000) if unicodedata.category(chr(p)) not in {"Cn", "Cs", "Co"}]


def words(text: str) -> list[str]:
    return reference.tokens(text).words


def identity(text: str) -> tuple[list[int], int]:
    found = tokens(text)
    return found.hashes.tolist(), found.surface


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The FERRY, re-opened.", ["the", "ferry", "re", "opened"]),
        ("don’t don't donʼt 'tis dogs’", ["don't", "don't", "don't", "tis", "dogs"]),
        ("4.2 1,000,000 3.x v2. 10:30 .5", ["4.2", "1,000,000", "3", "x", "v2", "10", "30", "5"]),
        ("Straße STRASSE ﬁnal ㎏ ⅷ №", ["strasse", "strasse", "final", "kg", "viii", "no"]),
        ("4½ 4 ½ 4 1⁄2 ½km ㏂ ㎧", ["4", "1⁄2", "4", "1⁄2", "4", "1⁄2", "1⁄2", "km", "am", "m∕s"]),
        ("10² 10⁻⁵ 3¹ 4① m² CO₂ H₂O 1ˢᵗ", ["10", "2", "10", "5", "3", "1", "4", "1", "m2", "co2", "h2o", "1st"]),
        ("año ano AÑO an\u0303o", ["ano", "ano", "ano", "ano"]),
        ("soft\u00adhyphen zero\u200bwidth \ufeffbom", ["softhyphen", "zerowidth", "bom"]),
        ("大桥关闭。", ["大", "桥", "关", "闭"]),
        ("中2国a", ["中", "2", "国", "a"]),
        ("ปลา", ["ป", "ล", "า"]),
        ("がカ", ["か\u3099", "カ"]),
        ("हिन्दी भाषा", ["हिन्दी", "भाषा"]),
        ("ＦＵＬＬ ｗｉｄｔｈ １２", ["full", "width", "12"]),
        ("paypаl pаypаl MОSCОW", ["paypal", "paypal", "moscow"]),
        ("Москва сор тест ΑΒΕ", ["москва", "сор", "тест", "αβε"]),
        ("العـربية عربي", ["العربيه", "عربي"]),
        ("أَعْلَنَتْ إلى آخر على", ["اعلنت", "الي", "اخر", "علي"]),
        ("رییس کشور گفتگو", ["رييس", "كشور", "گفتگو"]),
        ("שָׁלוֹם עוֹלָם", ["שלום", "עולם"]),
        ("सड़क फ़िल्म पाँच", ["सडक", "फिल्म", "पांच"]),
        ("市長說 後 乾", ["市", "长", "说", "后", "干"]),
        (
            "한국어 5월",
            [*(unicodedata.normalize("NFD", part) for part in ("한", "한국", "국어")), "5", "\u110b\u116f\u11af"],
        ),
        ("ﾊﾟｰﾃｨ パーティ", ["ハ\u309a", "ー", "テ", "ィ", "ハ\u309a", "ー", "テ", "ィ"]),
        ("１٢۳४", ["1234"]),
        ("ёлка Ёлка елка", ["елка", "елка", "елка"]),
        ("fuer die neue Bruecke", ["fur", "die", "neue", "brucke"]),
        ("Der Poet aus Israel ist zuerst da", ["der", "poet", "aus", "israel", "ist", "zuerst", "da"]),
        ("blue poem Michael", ["blue", "poem", "michael"]),
        ("a\0b\tc\u2028d", ["a", "b", "c", "d"]),
        ("İstanbul ISTANBUL ısı", ["istanbul", "istanbul", "isi"]),
    ],
)
def test_text_folds_to_these_tokens(text: str, expected: list[str]) -> None:
    assert words(text) == expected


def test_composed_and_decomposed_hangul_are_the_same_tokens_a_syllable_each() -> None:
    for text in ("한국어", unicodedata.normalize("NFD", "한국어")):
        assert identity(text) == identity("한국어")
        assert len(tokens(text).hashes) == 3


SAME_TOKENS = [
    "año|ano",
    "−5 degrees|5 degrees",
    "$5|€5",
    "5 %|5",
    "résumé|resume",
    "A, B|A B",
    "why?|why!",
    "a − b|a + b",
]
SAME_TOKENS += ["$5 and 5|5 and $5", "ano año|año ano", "x (y) z|x y (z)", "a -- b|a - b"]
SAME_TOKENS += [
    "“x”|x",
    "«x»|x",
    "'x y'|x y",
    "12″|12′",
    "12'|12",
    "3¹|3 1",
    "10⁵|10 5",
    "bán vé|bạn vẽ",
    "다음 달|다음달",
]
SAME_TOKENS += [
    "كتاب|کتاب",
    "市長|市长",
    "ılık|ilik",
    "सड़क|सडक",
    "die fuer Haeuser|die für Häuser",
    "١٢|12",
    "בשר|בָּשָׂר",
    "Maße|Masse",
]
IDENTICAL = [
    '“x”|"x"',
    "«x»|„x“",
    "‘x’ y|'x' y",
    "he said “no, I go,” and left|he said 'no, I go', and left",
    '‚x‘|"x"',
    "``x''|« x »",
    "「市」|“市”",
    "the dogs’ bone|the dogs' bone",
    "'tis|tis",
    "צה״ל צ׳ק|צה\"ל צ'ק",
    "Straẞe|Straße",
    "다음\n달|다음 달",
    "don’t|don't",
    "A  B\r\nC|a b c",
    "soft\u00adly|softly",
    "a\u200bb|ab",
    "ﬁn|fin",
]
IDENTICAL += ["\ufeffa|a", "año|an\u0303o", "Ａ|a", "wait…|wait...", "ậ|a\u0302\u0323", "e\ufe0f|e", "$ 5|$5"]


@pytest.mark.parametrize("pair", SAME_TOKENS)
def test_these_have_equal_tokens_and_are_not_identical(pair: str) -> None:
    left, right = (tokens(text) for text in pair.split("|"))
    assert left.hashes.tolist() == right.hashes.tolist()
    assert left.surface != right.surface


@pytest.mark.parametrize("pair", IDENTICAL)
def test_these_are_identical(pair: str) -> None:
    left, right = pair.split("|")
    assert identity(left) == identity(right)


def test_what_a_code_point_folds_to_folds_to_itself() -> None:
    table = folding()
    for point in range(0x110000):
        for element in table.elements(point):
            if element >> CLASS_SHIFT & CLASS_MASK in {WORD, ALONE, MARK, RAISED, APART}:
                assert [again & PAYLOAD for again in table.elements(element & PAYLOAD)] == [element & PAYLOAD], hex(
                    point
                )


def test_no_expansion_holds_an_expansion() -> None:
    table = folding()
    kinds = {e >> CLASS_SHIFT & CLASS_MASK for point in range(0x110000) for e in table.elements(point)}
    assert EXPAND not in kinds


def test_every_code_point_folds_as_its_compatibility_form_does_but_never_to_several_tokens() -> None:
    changed = [(char, form) for char in ASSIGNED if (form := unicodedata.normalize("NFKC", char)) != char]
    several = [(char, form) for char, form in changed if len(words(form)) > 1]
    assert len(changed) > 4000
    assert len(several) < 200
    assert [char for char, _ in several if len(words(f"1{char}a")) > 3 or len(words(char)) != 1] == []
    assert [char for char, form in changed if (char, form) not in several and words(char) != words(form)] == []


def test_every_code_point_folds_as_its_capital_does() -> None:
    cased = [char for char in ASSIGNED if char.upper() != char and char.upper().casefold() == char.casefold()]
    assert len(cased) > 1000
    assert [char for char in cased if not words(char.upper()) == words(char.casefold()) == words(char)] == []


def test_a_lookalike_is_a_letter_that_looks_like_a_latin_one_and_the_table_is_full_of_them() -> None:
    table = folding()
    assert len(table.lookalikes) > 600
    for letter, latin in table.lookalikes.tolist():
        assert chr(latin).isascii()
        assert chr(latin).isalpha()
        if table.entry(letter) >> CLASS_SHIFT & CLASS_MASK == WORD:
            assert table.entry(letter) & (CONFUSABLE | DISGUISED), hex(letter)


CLEAN = """
The harbour commission voted late on Thursday to close the old swing bridge for eleven months, ending a dispute that
had split the town since spring. Engineers told the meeting that two of the four bearings had cracked, and that heavy
lorries could no longer cross without risk. Shopkeepers on the northern quay said they would lose their busiest
season; the mayor promised a free ferry every twenty minutes, paid for by the county. "Nobody here wanted this," said
one of the five members who voted for it, "but nobody wanted to explain a collapse either." Work begins after the
autumn market. Critics asked why inspections found nothing until last year, and the commission agreed to publish every
report written since the bridge was last repaired.
"""


def swapped(table: dict[str, str]) -> Callable[[str], str]:
    return lambda text: text.translate(str.maketrans(table))


def between(mark: str) -> Callable[[str], str]:
    return lambda text: "".join(
        c + mark if c.isalpha() and n.isalpha() else c for c, n in zip(text, text[1:] + " ", strict=True)
    )


LOWER = "abcdefghijklmnopqrstuvwxyz"
ATTACKS: dict[str, Callable[[str], str]] = {
    "Cyrillic letters": swapped(dict(zip("eopcyxis", "еорсухіѕ", strict=True))),
    "Greek letters": swapped(dict(zip("ovkTEB", "ονκΤΕΒ", strict=True))),
    "zero-width spaces": between("\u200b"),
    "zero-width joiners": between("\u200d"),
    "word joiners and a byte order mark": lambda text: "\ufeff" + between("\u2060")(text),
    "soft hyphens": between("\u00ad"),
    "combining marks": between("\u0336\u0301"),
    "fullwidth letters": lambda text: "".join(chr(ord(c) + 0xFEE0) if c.isalnum() else c for c in text),
    "mathematical letters": swapped({c: chr(0x1D41A + i) for i, c in enumerate(LOWER)}),
    "circled letters": swapped({c: chr(0x24D0 + i) for i, c in enumerate(LOWER)}),
    "variation selectors and direction marks": between("\ufe0f\u202e"),
    "other quotes, spaces and capitals": lambda text: swapped({"'": "’", '"': "„", " ": "\u2003"})(text.upper()),
}  # fmt: skip


@cache
def shingled(text: str) -> set[int]:
    return set(reference.shingle_hashes(tokens(text).hashes, 5).tolist())


@pytest.mark.parametrize("attack", ATTACKS)
def test_a_disguised_copy_keeps_its_shingles(attack: str) -> None:
    clean, disguised = CLEAN, ATTACKS[attack](CLEAN)
    assert disguised != clean
    ours, theirs = shingled(clean), shingled(disguised)
    assert len(ours) > 110
    assert len(ours & theirs) / len(ours | theirs) >= 0.95


def test_a_word_made_wholly_of_lookalikes_stays_in_its_own_script() -> None:
    assert words("сосе соре") != words("coce cope")


def test_the_shipped_table_is_what_the_tool_makes() -> None:
    if unicodedata.unidata_version != folding().version:
        pytest.skip(f"the table is of Unicode {folding().version}, this interpreter of {unicodedata.unidata_version}")
    spec = importlib.util.spec_from_file_location("make_folding", ROOT / "tools" / "make_folding.py")
    assert spec is not None
    assert spec.loader is not None
    tool = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(tool)
    assert tool.pack(*tool.entries()) == (ROOT / "compare" / "data" / "folding.bin").read_bytes()
