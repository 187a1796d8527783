#!/usr/bin/env python3
"""Make `compare/data/folding.bin`: how every code point of Unicode is folded, from this interpreter's `unicodedata`.

    python3 tools/make_folding.py compare/data/folding.bin

The table is shipped so that a token never depends on the interpreter that reads it. `compare/folding.py` reads it and
documents its layout; the classes and their meaning stand there too. What looks like a Latin letter is read from
`tools/confusables.txt`: the lines of Unicode's confusables table (UTS #39) that lead to one letter, taken from the
whole file, which Unicode publishes and ICU's sources carry as `source/data/unidata/confusables.txt`, by

    python3 tools/make_folding.py --extract WHOLE > tools/confusables.txt

What simplified character a traditional one is written as comes from `tools/simplified.txt`: lines of Unicode's
`Unihan_Variants.txt` (Unihan.zip), taken from the whole file by

    python3 tools/make_folding.py --extract-simplified WHOLE > tools/simplified.txt

The words by which a text is known for German with its umlauts spelled out stand in `compare/data/languages/de.toml`.
"""

from __future__ import annotations

import sys
import tomllib
import unicodedata
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from compare.kernels.folding import (
    ALONE,
    APART,
    APOSTROPHE,
    CLASS_MASK,
    CLASS_SHIFT,
    CONFUSABLE,
    DIGIT,
    DISGUISED,
    EXPAND,
    FOREIGN,
    IGNORE,
    LATIN,
    MAGIC,
    MARK,
    MIDNUM,
    NATIVE,
    PAYLOAD,
    QUOTE,
    RAISED,
    SPACE,
    STRIP,
    SYMBOL,
    WEAK,
    WORD,
)
from compare.kernels.reference import word_hash

if TYPE_CHECKING:
    from collections.abc import Iterator

TABLE = Path(__file__).with_name("confusables.txt")
SIMPLIFIED = Path(__file__).with_name("simplified.txt")
GERMAN = Path(__file__).parents[1] / "compare/data/languages/de.toml"
CODE_POINTS = 0x110000
SURROGATES = range(0xD800, 0xE000)
LATIN_1 = range(0x100)
TATWEEL = 0x640
FRACTION_SLASH = "\u2044"
APOSTROPHES = frozenset("'’‘‚‛ʼʻ`´׳")
QUOTES = frozenset('"״“”„‟«»‹›「」『』〝〞〟❛❜❝❞')
MIDNUMS = frozenset(".,٫٬" + FRACTION_SLASH)
SPACELESS = (
    "CJK ", "HIRAGANA", "KATAKANA", "BOPOMOFO", "THAI", "LAO", "KHMER", "MYANMAR", "NUSHU", "TANGUT", "IDEOGRAPHIC",
    "HANGUL CHOSEONG",
)  # fmt: skip
"""Prefixes of the names of letters in scripts that put no spaces between words, or, as Korean, put them at will: one
character is one token. A Hangul syllable is its first consonant with what follows."""
FOLLOWING = ("HANGUL JUNGSEONG", "HANGUL JONGSEONG")
"""The letters of a Hangul syllable after the first."""
STRIPPED = (
    (0x300, 0x370), (0x483, 0x48A), (0x1AB0, 0x1B00), (0x1DC0, 0x1E00), (0x20D0, 0x2100), (0xFE20, 0xFE30),
    (0x591, 0x5C8), (0x610, 0x61B), (0x64B, 0x660), (0x670, 0x671), (0x6D6, 0x6EE), (0x898, 0x900),
)  # fmt: skip
"""Combining marks that people leave out or put in: of Latin, Greek and Cyrillic, and the vowel signs and points of
Hebrew and Arabic (with them the hamza on a letter). Those of Indic scripts and Kana are letters to a reader."""
SHARP = "ß"
"""Is ss in a token, and leaves a trace: Maße are no Masse."""
NUKTA = "SIGN NUKTA"
"""What names of Indic marks end with that are stripped too."""
LOOSE = {
    "ı": "i", "\u0901": "\u0902",
    "ٱ": "ا", "ى": "ي", "ی": "ي", "ے": "ي", "ک": "ك", "ڪ": "ك", "ہ": "ه", "ھ": "ه", "ە": "ه", "ة": "ه", "ۃ": "ه",
}  # fmt: skip
"""Letters that are written for another one: dotless i, which capitals hide, chandrabindu, for which
anusvara is written, and forms of alef, yeh, kaf and heh."""
VARIANTS = """
週周 佈布 佔占 羣群 爲为 衆众 綫线 裏里 牀床 喫吃 鷄鸡 峯峰 溼湿 啓启 説说 閲阅 鋭锐 敍叙 敘叙
汙污 滙汇 粧妆 綉绣 銹锈 鈎钩 麪面 糉粽 稜棱 昇升 陞升 遊游 託托 鬪斗 併并 竝并 徧遍 跡迹 蹟迹
慾欲 嚐尝 唸念 彫雕 洩泄 巖岩 菸烟 甦苏 歎叹 讚赞 盃杯 祕秘 廚厨 痠酸 姦奸 綵彩 脣唇 麽么 鹼碱
僞伪 産产 僱雇 廁厕 廈厦 牠它 妳你 睏困 綑捆 颳刮 強强 夠够 搾榨 氹凼
"""
"""Chinese characters in use in Taiwan and Hong Kong, each with the simplified form that Unihan does not name."""
IGNORED = (
    (0x34F, 0x350), (0x115F, 0x1161), (0x17B4, 0x17B6), (0x180B, 0x1810), (0x2065, 0x2066), (0x3164, 0x3165),
    (0xFE00, 0xFE10), (0xFFA0, 0xFFA1), (0xFFF0, 0xFFF9), (0xE0000, 0xE1000),
)  # fmt: skip
"""Default_Ignorable_Code_Point beyond the format characters (Cf)."""
OF_ITS_OWN = frozenset("đðłøħŧþƿßæœ")
"""Latin letters that are no form of another one to those who write them, whatever the table says; small."""
BESIDE = {
    "ε": "e", "χ": "x", "ω": "w", "β": "b", "τ": "t", "κ": "k", "η": "n", "м": "m", "ғ": "f",
    "Һ": "H", "Ԁ": "D", "Ԛ": "Q", "ӏ": "l",
    "ɛ": "e", "ɐ": "a", "ɒ": "a", "ʊ": "u", "ɹ": "r", "ɾ": "r", "ʈ": "t", "ɱ": "m", "ɲ": "n", "ɕ": "c", "ʑ": "z",
    "ʝ": "j", "ɟ": "j",
}  # fmt: skip
"""Look-alikes in use that the table has not, or leads to something else."""
WEAKLY = frozenset("вкмнтгαβγεηκνρστυχω")
"""Letters that pass for Latin ones only in bad company: names like Москва and Егор are made of them, and formulas."""
WITH_OTHERS = {"ǫ": "q", "Ǫ": "Q"}
"""What is used for a letter that has no small capital: looks like it in a word that is disguised anyway."""
NATIVES = frozenset(["g\u0306", "s\u0327", "i\u0307", *"əŋɔʃʒ"])
"""Folded letters of languages that write ı, ɖ, ɣ … themselves, and of phonetic transcription."""
NATIVE_MARKS = frozenset("\u0306\u0307\u0327")
"""The same in texts that are decomposed."""
SPELLED = (
    ("REGIONAL INDICATOR SYMBOL LETTER ", APART), ("NEGATIVE CIRCLED LATIN CAPITAL LETTER ", WORD),
    ("NEGATIVE SQUARED LATIN CAPITAL LETTER ", WORD), ("PARENTHESIZED LATIN CAPITAL LETTER ", WORD),
    ("PARENTHESIZED LATIN SMALL LETTER ", WORD),
)  # fmt: skip
"""Beginnings of the names of signs that are letters to a reader."""


class Alike(NamedTuple):
    """The Latin letter that a letter looks like, and whether only as a capital made small does."""

    letter: str
    weak: bool


def within(point: int, ranges: tuple[tuple[int, int], ...]) -> bool:
    """Whether a code point stands in one of some half-open ranges."""
    return any(start <= point < stop for start, stop in ranges)


@cache
def decomposed(char: str) -> str:
    """The character after compatibility decomposition and full case folding, repeated until nothing changes."""
    before, after = "", char
    while before != after:
        before, after = after, unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", after).casefold())
    return after


# --- look-alikes ---------------------------------------------------------------------------------------------------


def pairs_of(line: str) -> tuple[str, str] | None:
    """Source and target of a line of the table, as text; None where it has none or several source letters."""
    fields = [field.strip() for field in line.lstrip("\ufeff").split("#")[0].split(";")]
    if len(fields) < 2 or " " in fields[0]:  # noqa: PLR2004  # source and target
        return None
    return chr(int(fields[0], 16)), "".join(chr(int(part, 16)) for part in fields[1].split())


def small_capital(char: str) -> str:
    """The letter of a Latin small capital, or nothing."""
    before, found, letter = unicodedata.name(char, "").partition("LATIN LETTER SMALL CAPITAL ")
    return letter.lower() if found and not before and len(letter) == 1 else ""


def target_of(target: str) -> Alike | None:
    """The one Latin letter that a target of the table is, whatever marks it carries; None if it is none."""
    plain = "".join(char for char in target if unicodedata.category(char)[0] != "M")
    if len(plain) != 1:
        return None
    if plain.isascii() and plain.isalpha():
        return Alike(plain, weak=False)
    letter = "k" if plain == "ĸ" else small_capital(plain)
    return Alike(letter, weak=True) if letter else None


def extract_simplified(whole: str) -> Iterator[str]:
    """The lines of the whole table of variants that are needed, after its head."""
    lines = whole.splitlines()
    yield from (line for line in lines[:7] if line.startswith("#"))
    yield from (line for line in lines if variants_of(line))


def extract(whole: str) -> Iterator[str]:
    """The lines of the whole table that are needed, after its head."""
    lines = whole.lstrip("\ufeff").splitlines()
    yield from (line for line in lines[:10] if line.startswith("#"))
    for line in lines:
        pair = pairs_of(line)
        if pair and target_of(pair[1]) and simple_class(pair[0]) == WORD and may_pass(*pair):
            yield " ".join(line.split())


def may_pass(char: str, target: str) -> bool:
    """Whether a letter of the table may be read as the Latin one: what goes from left to right and has words."""
    left_to_right = unicodedata.category(char)[0] == "L" and unicodedata.bidirectional(char) == "L"
    marked = len(target) > 1 and not is_latin(char)
    own = char.casefold() in OF_ITS_OWN
    return left_to_right and not marked and not own and len(decomposed(char)) == 1 and not decomposed(char).isascii()


def is_latin(char: str) -> bool:
    """Whether a character is a Latin letter."""
    return unicodedata.name(char, "").startswith("LATIN")


@cache
def lookalikes() -> dict[str, Alike]:
    """Every code point that looks like a Latin letter, or is another form of one that does."""
    letters = {char: Alike(letter, weak=False) for char, letter in small_capitals()}
    for line in TABLE.read_text(encoding="utf-8").splitlines():
        pair = pairs_of(line)
        found = pair and target_of(pair[1])
        if pair and found and pair[0] not in letters:
            letters[pair[0]] = capital_i(pair[0], found)
    letters |= {char: Alike(letter, weak=False) for char, letter in BESIDE.items()}
    letters |= {char: Alike(letters[char].letter, weak=True) for char in sorted(WEAKLY)}
    capitals = [char for char in letters if is_latin(char) and decomposed(char) not in letters]
    letters |= {decomposed(char): Alike(letters[char].letter.lower(), weak=False) for char in capitals}
    in_words = {char: Alike(letter, weak=False) for char, letter in WITH_OTHERS.items()}
    return letters | dict(other_forms(letters)) | in_words


def small_capitals() -> Iterator[tuple[str, str]]:
    """The small capitals that have no other folding, with their letters."""
    for point in range(CODE_POINTS):
        if letter := small_capital(chr(point)):
            yield chr(point), letter


def capital_i(char: str, found: Alike) -> Alike:
    """The table has one form for I and l: a capital, or a letter without case, may be either."""
    either = found.letter == "l" and unicodedata.category(char) in {"Lu", "Lo"}
    return Alike("I", weak=False) if either else found


def other_forms(letters: dict[str, Alike]) -> Iterator[tuple[str, Alike]]:
    """The code points that are look-alikes in another form: 𝛂, and the capitals of Latin ones."""
    for point in range(CODE_POINTS):
        char = chr(point)
        if point in SURROGATES or char in letters or decomposed(char) not in letters:
            continue
        plain = unicodedata.normalize("NFKD", char)
        if plain in letters:
            yield char, letters[plain]
        elif is_latin(decomposed(char)):
            yield char, Alike(letters[decomposed(char)].letter.upper(), letters[decomposed(char)].weak)


# --- letters for letters -------------------------------------------------------------------------------------------


def variants_of(line: str) -> tuple[str, str] | None:
    """A character of the Basic Multilingual Plane and its simplified form, of a line of the table, or None.

    Of several forms it is the one of the smallest code, which is the one in use.
    """
    fields = line.split("#", maxsplit=1)[0].split("\t")
    if len(fields) < 3 or fields[1] != "kSimplifiedVariant":  # noqa: PLR2004  # character, property, values
        return None
    char, *forms = (chr(int(code.replace("U+", "0x"), 0)) for code in (fields[0], *fields[2].split()))
    others = sorted(form for form in forms if form != char)
    return (char, others[0]) if others and char <= "\uffff" else None


@cache
def loosened() -> dict[str, str]:
    """The letters that are another one in a token, and leave themselves as a trace; no chains."""
    pairs = filter(None, map(variants_of, SIMPLIFIED.read_text(encoding="utf-8").splitlines()))
    letters = {word[0]: word[1] for word in VARIANTS.split()} | dict(pairs) | LOOSE
    digits = (chr(point) for point in range(128, CODE_POINTS) if unicodedata.category(chr(point)) == "Nd")
    letters |= {digit: str(unicodedata.digit(digit)) for digit in digits if decomposed(digit) == digit}
    return {letter: letters.get(target, target) for letter, target in letters.items()}


def german(key: str) -> list[int]:
    """The hashes of the words under a key of what folding knows of German, ascending."""
    words = tomllib.loads(GERMAN.read_text(encoding="utf-8"))["folding"][key]
    return sorted(map(word_hash, words.split()))


# --- entries -------------------------------------------------------------------------------------------------------


def punctuation_class(char: str) -> int:
    """The class of what is neither letter, number, mark nor format character."""
    if char in APOSTROPHES:
        return APOSTROPHE
    if char in MIDNUMS:
        return MIDNUM
    if char in QUOTES:
        return QUOTE
    if char.isspace() or unicodedata.category(char) in {"Cc", "Zs", "Zl", "Zp"}:
        return SPACE
    return SYMBOL


def letter_class(name: str) -> int:
    """The class of a letter or figure of this name."""
    if name.startswith(FOLLOWING):
        return MARK
    return ALONE if name.startswith(SPACELESS) else WORD


def simple_class(char: str) -> int:
    """The class of a character that folds to itself."""
    point, category = ord(char), unicodedata.category(char)
    if char in APOSTROPHES:
        return APOSTROPHE
    if within(point, IGNORED) or category == "Cf" or point == TATWEEL:
        return IGNORE
    if category[0] == "M":
        return STRIP if within(point, STRIPPED) or unicodedata.name(char, "").endswith(NUKTA) else MARK
    if category[0] in "LN":
        return letter_class(unicodedata.name(char, ""))
    if category == "Co" or 0xFDD0 <= point <= 0xFDEF or point & 0xFFFE == 0xFFFE:  # noqa: PLR2004  # private, no character
        return STRIP
    return punctuation_class(char)


def flags(char: str, original: str) -> int:
    """What else the tokeniser must know of a character that stands in a word, and of the one that it was."""
    alike, category = lookalikes().get(original), unicodedata.category(char)
    latin = is_latin(char)
    seen = 0
    if alike:
        seen = DISGUISED if latin else CONFUSABLE | WEAK * alike.weak
    elif category in {"Lu", "Ll", "Lt", "Lo"} and not latin:
        seen = FOREIGN
    return DIGIT * (category == "Nd") | LATIN * latin | NATIVE * (char in NATIVES) | seen


def simple_entry(char: str, original: str = "") -> int:
    """The table entry of a character that folds to itself; `original` is what it came from, alone."""
    kind = simple_class(char)
    payload = {APOSTROPHE: ord("'"), QUOTE: ord('"')}.get(kind, ord(char))
    if kind == WORD and raised(char, original):
        return payload | RAISED << CLASS_SHIFT
    native = NATIVE if original in NATIVE_MARKS else 0
    return payload | kind << CLASS_SHIFT | (flags(char, original or char) if kind == WORD else native)


def raised(char: str, original: str) -> bool:
    """Whether a figure came from a character that is none: ², ①, the 1 of ⒈."""
    return unicodedata.category(char) == "Nd" and original != "" and unicodedata.category(original) != "Nd"


def kind_of(entry: int) -> int:
    """The class of an entry."""
    return entry >> CLASS_SHIFT & CLASS_MASK


def remade(entry: int, kind: int) -> int:
    """The entry's character in another class."""
    return entry & PAYLOAD | kind << CLASS_SHIFT


def expansion(char: str, folded: str) -> list[int]:
    """The entries that a character stands for. One that would be several tokens is one of its own: ½, ㏂, ㍿."""
    if char in spelled():
        letter, kind = spelled()[char]
        return [ord(letter) | kind << CLASS_SHIFT | LATIN, ord(char) | STRIP << CLASS_SHIFT]
    before = unicodedata.normalize("NFKD", char)
    before = before if len(before) == len(folded) else folded  # with its capitals, which may look like others
    pairs = zip(folded, before, strict=True)
    entries = [entry for pair in pairs for entry in letter_entries(*pair, char)]
    if folded in NATIVES:
        entries[0] |= NATIVE
    if genuine(folded):
        entries[0] |= FOREIGN
    if several(entries):
        entries = whole(entries)
    trace = SHARP if char.lower() == SHARP else char if is_shifted(char) else ""
    return [*entries, ord(trace) | STRIP << CLASS_SHIFT] if trace else entries


def letter_entries(part: str, original: str, char: str) -> list[int]:
    """The entries of one character that another one folds to; a trace of what is written for another letter."""
    if part not in loosened():
        return [simple_entry(part, char if raised(part, char) else original)]
    target = loosened()[part]
    disguised = DISGUISED * (part == "ı")
    return [simple_entry(target) | disguised, ord(part) | STRIP << CLASS_SHIFT]


def genuine(folded: str) -> bool:
    """Whether this is a letter with marks of another script: no one puts tonos on an eta to have an n."""
    alike = lookalikes().get(folded[0])
    return (
        alike is not None and not is_latin(folded[0]) and all(unicodedata.category(mark) == "Mn" for mark in folded[1:])
    )


@cache
def spelled() -> dict[str, tuple[str, int]]:
    """The signs that are letters to a reader: the letter, and its class."""
    found = {}
    for point in range(CODE_POINTS):
        name = unicodedata.name(chr(point), "")
        for beginning, kind in SPELLED:
            if name.startswith(beginning) and len(name) == len(beginning) + 1:
                found[chr(point)] = (name[-1].lower(), kind)
    return found


def is_shifted(char: str) -> bool:
    """Whether a character is a superscript or a subscript: 10² is neither 102 nor 10 2."""
    return unicodedata.decomposition(char).startswith(("<super>", "<sub>"))


INSIDE = frozenset([WORD, ALONE, MARK, RAISED])


def several(entries: list[int]) -> bool:
    """Whether the entries would make more than one token."""
    kinds = [kind_of(entry) for entry in entries if kind_of(entry) not in {STRIP, IGNORE}]
    places = [place for place, kind in enumerate(kinds) if kind in INSIDE]
    if not places:
        return False
    between = kinds[places[0] : places[-1] + 1]
    joined = {WORD, RAISED, MARK} if between[0] != ALONE else {MARK}
    return kinds[places[0]] != MARK and any(kind not in joined for kind in between[1:])


def whole(entries: list[int]) -> list[int]:
    """The entries as one token that joins none beside it; signs inside stay, points and spaces inside are residue."""
    places = [place for place, entry in enumerate(entries) if kind_of(entry) in INSIDE]
    inner = {SYMBOL: MARK, WORD: MARK, RAISED: MARK, ALONE: MARK, MARK: MARK}
    for place in range(places[0] + 1, places[-1] + 1):
        keeps = entries[place] & PAYLOAD == ord(FRACTION_SLASH)
        entries[place] = remade(entries[place], MARK if keeps else inner.get(kind_of(entries[place]), STRIP))
    entries[places[0]] = remade(entries[places[0]], ALONE)
    return entries


def entries() -> tuple[np.ndarray, list[int]]:
    """The table (uint32, one entry a code point) and the pool of expansions (length, then entries)."""
    table = np.zeros(CODE_POINTS, np.uint32)
    pool = [0]
    known: dict[tuple[int, ...], int] = {}
    for point in range(CODE_POINTS):
        char = chr(point)
        folded = char if char in APOSTROPHES or char in QUOTES or point in SURROGATES else decomposed(char)
        if len(folded) == 1 and not (char in spelled() or is_shifted(char) or folded in loosened()):
            entry = simple_entry(folded, char)
            table[point] = entry - point if entry & PAYLOAD == point and point not in LATIN_1 else entry
        elif simple_class(char) == IGNORE or not folded:
            table[point] = IGNORE << CLASS_SHIFT
        else:
            items = tuple(expansion(char, folded))
            if items not in known:
                known[items] = len(pool)
                pool += [len(items), *items]
            shape = char in WITH_OTHERS or folded == "ı"
            table[point] = known[items] | EXPAND << CLASS_SHIFT | DISGUISED * shape
    return table, pool


def pack(table: np.ndarray, pool: list[int]) -> bytes:
    """The file's bytes: header, look-alikes, block index, blocks, pool, words; all little-endian."""
    blocks, index = np.unique(table.reshape(-1, 256), axis=0, return_inverse=True)
    first = int(index.reshape(-1)[0])
    order = [first, *[i for i in range(len(blocks)) if i != first]]
    rank = np.empty(len(order), np.uint16)
    rank[order] = np.arange(len(order))
    pairs = sorted((ord(char), ord(alike.letter)) for char, alike in lookalikes().items())
    common, not_umlauts = german("common"), german("not_umlauts")
    words = np.array([len(common), *common, *not_umlauts], "<u8").tobytes()
    expansions = expansions_of(pool)
    columns = [items[place] for place in range(max(map(len, expansions))) for items in expansions if len(items) > place]
    sizes = np.array([len(pairs), len(blocks), len(expansions), len(columns)], "<u4")
    version = unicodedata.unidata_version.encode().ljust(16, b"\0")
    parts = [np.array(pairs), rank[index.reshape(-1)], blocks[order], np.array(columns)]
    rows = np.concatenate([part.reshape(-1) for part in parts]).astype("<u4").view(np.uint8).reshape(-1, 4).T
    return MAGIC + version + sizes.tobytes() + rows.tobytes() + bytes(map(len, expansions)) + words


def expansions_of(pool: list[int]) -> list[list[int]]:
    """The entries of each expansion."""
    found, start = [], 0
    while start < len(pool):
        stop = start + 1 + pool[start]
        found.append(pool[start + 1 : stop])
        start = stop
    return found


def main(arguments: list[str]) -> None:
    """Write the table, or print the lines of the whole confusables table that are needed."""
    extracts = {"--extract": extract, "--extract-simplified": extract_simplified}
    if arguments[0] in extracts:
        for line in extracts[arguments[0]](Path(arguments[1]).read_text(encoding="utf-8")):
            print(line)
    else:
        Path(arguments[0]).write_bytes(pack(*entries()))


if __name__ == "__main__":
    main(sys.argv[1:])
