"""Copies whose words are hidden by today's tricks keep their scores; texts that only look so stay as they are."""

from __future__ import annotations

import random
import re
from typing import TYPE_CHECKING

import pytest
from builds import compiled
from examples import examples
from hypothesis import given, settings
from hypothesis import strategies as st

import compare
from compare.kernels import reference, tokens
from compare.model import Document
from compare.report.segments import warning
from compare.terminal.passages import diff_text

if TYPE_CHECKING:
    from collections.abc import Callable

CLEAN = """
The harbour commission voted late on Thursday to close the old swing bridge for eleven months, ending a dispute that
had split the town since spring. Engineers told the meeting that two of the four bearings had cracked, and that heavy
lorries could no longer cross without risk. Shopkeepers on the northern quay said they would lose their busiest
season; the mayor promised a free ferry every twenty minutes, paid for by the county. "Nobody here wanted this," said
one of the five members who voted for it, "but nobody wanted to explain a collapse either." Work begins after the
autumn market. It's said that a boat may take his pets to a vet on the isle. He is to pay a tax of 4.2 million.
""".strip()
LOWER = "abcdefghijklmnopqrstuvwxyz"
CYRILLIC = dict(zip("abceghijklmopqrstvwxyABCEHIJKMOPSTXY", "авсеԍһіјкӏморԛгѕтѵԝхуАВСЕНІЈКМОРЅТХУ", strict=True))
GREEK = dict(zip("abeiknoptuvwxyABEZHIKMNOPTYX", "αβεικηορτυνωχγΑΒΕΖΗΙΚΜΝΟΡΤΥΧ", strict=True))
L_AS_CAPITAL_I = {**CYRILLIC, "l": "І", "I": "I"}
SMALL_CAPITALS = dict(zip(LOWER, "ᴀʙᴄᴅᴇғɢʜɪᴊᴋʟᴍɴᴏᴘǫʀsᴛᴜᴠᴡxʏᴢ", strict=True))
PHONETIC = dict(zip("adegilmnorstyz", "ɑɖɛɡɩʟɱɳɵɾʂʈɣʐ", strict=True))


def letters(table: dict[str, str]) -> Callable[[str], str]:
    return lambda text: text.translate(str.maketrans(table))


def whole_words(table: dict[str, str]) -> Callable[[str], str]:
    def swapped(word: re.Match[str]) -> str:
        return word[0].translate(str.maketrans(table)) if all(char in table for char in word[0]) else word[0]

    return lambda text: re.sub("[A-Za-z]+", swapped, text)


def block(first: int) -> Callable[[str], str]:
    return lambda text: "".join(chr(first + ord(c) - 65) if "A" <= c <= "Z" else c for c in text.upper())


def script(pairs: str) -> Callable[[str], str]:
    table = dict(zip(pairs[::2], pairs[1::2], strict=True))
    return lambda text: text.lower().translate(str.maketrans(table))


def spaced(gap: str, wide: str) -> Callable[[str], str]:
    return lambda text: wide.join(map(gap.join, text.split()))


def spaced_letters(gap: str, wide: str) -> Callable[[str], str]:
    return lambda text: wide.join(re.sub(r"(?<=\w)(?=\w)", gap, word) for word in text.split())


def between(sign: str) -> Callable[[str], str]:
    return lambda text: re.sub(r"(?<=[a-z])(?=[a-z])", sign, text)


ATTACKS: dict[str, Callable[[str], str]] = {
    "every letter that a Cyrillic one looks like": letters(CYRILLIC),
    "the same with a capital I for l": letters(L_AS_CAPITAL_I),
    "words wholly in Cyrillic": whole_words(CYRILLIC),
    "words wholly in Cyrillic with a capital I for l": whole_words(L_AS_CAPITAL_I),
    "Cyrillic capitals": lambda text: letters(CYRILLIC)(text.upper()),
    "every letter that a Greek one looks like": letters(GREEK),
    "words wholly in Greek": whole_words(GREEK),
    "Greek capitals": lambda text: letters(GREEK)(text.upper()),
    "small capitals": lambda text: letters(SMALL_CAPITALS)(text.lower()),
    "phonetic letters": letters(PHONETIC),
    "phonetic letters for u and v": letters(dict(zip("aguvi", "ɑɡʊʋɩ", strict=True))),
    "some phonetic letters": letters(dict(zip("agil", "ɑɡɩʟ", strict=True))),
    "dotless i": letters({"i": "ı"}),
    "Armenian": script("fքgցhհnռoօqզuսwա"),
    "Cherokee": script("aᎪbᏴcᏟdᎠeᎬgᏀhᎻiᎥjᎫkᏦlᏞmᎷpᏢrᎡsᏚtᎢvᏙwᎳyᎩzᏃ"),
    "Coptic": script("cⲥhⲎkⲔlⳐmⲘnⲚoⲟpⲣrⲅtⲦxⲬyⲨ"),
    "Lisu": script("aꓮbꓐcꓚdꓓeꓰfꓝgꓖhꓧjꓙkꓗlꓡmꓟnꓠoꓳpꓑrꓣsꓢtꓔuꓴvꓦwꓪxꓫyꓬzꓜiꓲ"),
    "Deseret": script("c𐐽l𐐛o𐐬s𐑈"),
    "letters in squares": block(0x1F170),
    "letters in black circles": block(0x1F150),
    "letters in outlined squares": block(0x1F130),
    "letters of flags": block(0x1F1E6),
    "letters in brackets": lambda text: "".join(chr(0x249C + ord(c) - 97) if c in LOWER else c for c in text.lower()),
    "superscript letters": letters(dict(zip("abcdefghijklmnoprstuvwxyz", "ᵃᵇᶜᵈᵉᶠᵍʰⁱʲᵏˡᵐⁿᵒᵖʳˢᵗᵘᵛʷˣʸᶻ", strict=True))),
    "private-use signs between all letters": between("\ue000"),
    "private-use signs in words": lambda text: re.sub(r"(\w\w)(\w)", "\\1\U000f0001\\2", text),
    "private-use signs between words": lambda text: text.replace(" ", " \uf8ff "),
    "private-use signs for spaces": lambda text: re.sub(r"\s", "\ue123", text),
    "letters spaced out": spaced(" ", "   "),
    "letters spaced out, two blanks between words": spaced_letters(" ", "  "),
    "letters spaced out, a word a line": spaced(" ", "\n"),
    "no-break spaces between letters": spaced("\u00a0", " "),
    "thin spaces between letters": spaced_letters("\u2009", " "),
}  # fmt: skip


@pytest.mark.parametrize("attack", ATTACKS)
def test_a_disguised_copy_keeps_every_score_and_is_shown_with_a_warning(attack: str) -> None:
    hidden = ATTACKS[attack](CLEAN)
    assert hidden != CLEAN
    found = compare.pair(CLEAN, hidden)
    scores = (found.jaccard, found.containment_a, found.containment_b, found.reused_a, found.reused_b)
    assert min(scores) >= 0.95, (attack, scores, found.verdict)
    sides = Document("a", CLEAN), Document("b", hidden)
    if attack != "superscript letters":
        assert warning(sides[1])
        assert f"look closely: b holds {warning(sides[1])}" in diff_text(*sides, found, colored=False)
    assert not warning(sides[0])


RUSSIAN = """
Вот тот самый кот. Мэр Москвы сказал, что мост на реке закроют, а на месте его построят новый. Там, на востоке, ветер,
и вот он: катер, на котором везут товар. Совет города не хотел того, но так вышло. Кто там? Никто. Макс, Катя и Егор.
"""
GREEK_TEXT = """
Το νερό και η ακτή. Ο δήμος ανακοίνωσε ότι η γέφυρα θα κλείσει για έντεκα μήνες. Και τι έκανε ο Νίκος; Πήρε το καΐκι.
ΤΟ ΚΑΚΟ ΚΑΙ Η ΝΙΚΗ ΣΤΗΝ ΑΘΗΝΑ.
"""
UKRAINIAN = "І він сказав: не те, а се. Річка та міст, і кіт на мосту. Її сестра Оксана і тато на морі, а там вітер."
TURKISH = (
    "Işıl ılık bir sabah kapıyı açtı; altın sarısı ışık içeri doldu. Kadın, kızının adını bağırdı: Ayşe! Kırmızı balık."
)
AZERI = "Qızıl balıq haqqında nağıl. Azərbaycanın qış ayları ılıq keçir, qadın isə alma ağacının altında dayandı."
EWE = "Ŋutsua ɖo ŋku ɖeka ɖe tɔ la dzi. Ɖevi la yi ɖe ƒe afɔ dzi eye wòkpɔ ɣleti ɖe ɖiɖi. Ɣeyiɣi aɖe va yi."
SCIENCE = """
The α and β subunits bind TNF-α, and a χ² test of the γ phase gave p < 0.05. The rate κ of a decay is ν, and η is a
constant; β-carotene, 5 μm and 3 kΩ are a matter of course. The β2 receptor is a target.
"""


@pytest.mark.parametrize("text", [RUSSIAN, GREEK_TEXT, UKRAINIAN], ids=["Russian", "Greek", "Ukrainian"])
def test_a_text_of_another_script_keeps_its_words(text: str) -> None:
    found = reference.tokens(text)
    assert found.alike == 0
    assert not [word for word in found.words if re.search("[a-z]", word)]
    assert reference.tokens(text + "\nWindows, YouTube: Google на Android и Facebook.").alike == 0


def test_russian_and_greek_within_an_english_text_stay_as_they_are() -> None:
    for foreign in (
        "Пушкин",
        "Екатерина",
        "Москва",
        "Я не хочу на работу",
        "το νερό και η ακτή",
        "Νίκος",
        RUSSIAN,
        GREEK_TEXT,
    ):
        alone = reference.tokens(foreign).words
        mixed = reference.tokens(f"{CLEAN} He wrote {foreign} and went. {CLEAN}").words
        at = mixed.index("wrote") + 1
        assert mixed[at : at + len(alone)] == alone, foreign


@pytest.mark.parametrize("parts", [2, 6])
def test_a_bilingual_text_keeps_both_languages(parts: int) -> None:
    english, russian = re.split(r"(?<=[.;]) ", CLEAN), re.split(r"(?<=[.!?:]) ", RUSSIAN)
    woven = [part for pair in zip(english[:parts], russian[:parts], strict=True) for part in pair]
    assert reference.tokens(" ".join(woven)).words == [word for part in woven for word in reference.tokens(part).words]


@pytest.mark.parametrize("text", [TURKISH, AZERI, EWE], ids=["Turkish", "Azeri", "Ewe"])
def test_a_language_that_writes_odd_letters_itself_keeps_them(text: str) -> None:
    found = reference.tokens(text)
    assert found.alike == 0
    assert re.search("[ɖɣ]", " ".join(found.words)) or (found.strict != found.hashes).any()


def test_lone_greek_letters_in_a_formula_stay_greek() -> None:
    found = reference.tokens(f"{SCIENCE} {CLEAN}")
    assert {"α", "β", "γ", "κ", "ν", "η", "β2", "χ2"} <= set(found.words)
    assert found.alike == 0


@pytest.mark.parametrize(
    "text",
    [
        "Vitamins A B C D and E, J R Tolkien, plan B or C.",
        "1 0 1 1 0 1\n3 2 1 0 4 5",
        "A. B. C. D. E. F. G.",
        "x - y = z",
        "a b c d e f g h i j",
    ],
)
def test_lists_of_letters_and_figures_are_not_spaced_words(text: str) -> None:
    assert reference.tokens(f"{text}\n{CLEAN}").spaced == 0
    assert all(len(word) == 1 for word in reference.tokens(text).words[1:5])


def test_identity_tells_a_disguise_from_the_original() -> None:
    for one, other in (
        ("ısı", "isi"),
        ("ᴛhe", "the"),
        ("10²", "102"),
        ("10²", "10 2"),
        ("10²", "10₂"),
        ("a\ue000b", "ab"),
    ):
        left, right = tokens(one), tokens(other)
        assert (left.hashes.tolist(), left.surface) != (right.hashes.tolist(), right.surface), (one, other)


def test_where_all_gaps_are_alike_the_letters_are_told_of_at_least() -> None:
    hidden = " ".join(CLEAN.replace(" ", ""))
    assert reference.tokens(hidden).spaced > 500
    assert "letters spaced out" in warning(Document("b", hidden))


PARTS = [
    CLEAN[:70], RUSSIAN[:60], GREEK_TEXT[:50], TURKISH[:40], "t h e  f e r r y  ", "p\u00a0a\u00a0y d\u00a0o ",
    "n ' t  ", "реасе ", "Москва ", "сор ", "α ", "αβ ", "β2 ", "ıt ", "ᴛʜᴇ ", "ɣ", "ş", "\ue000", "а\ue000", "hеІІо ",
    "ʋ", "ʊ", "v", "Іt ", "ӏ", "ꓲ", "🇩🇪", "🅰", "⒜", "10²", "4½", "㏂", "กำ", "ำ", "Ή", "ё", "ǫ",
    "\u0306", ". ", ", ", "' ", " ", "  ",
    "\n", "\u2009", "l ", "i ", "I", "é", "e\u0301", "'", "7 ",
]  # fmt: skip
woven = st.lists(st.sampled_from(PARTS), max_size=40).map("".join)


@given(woven)
@settings(max_examples=examples(200))
def test_the_kernel_reads_disguises_as_the_reference_does(text: str) -> None:
    mine, theirs = tokens(text), reference.tokens(text)
    assert mine.hashes.tolist() == theirs.hashes.tolist()
    assert (mine.surface, mine.alike, mine.spaced) == (theirs.surface, theirs.alike, theirs.spaced)
    assert mine.starts.tolist() == theirs.starts.tolist()
    assert mine.stops.tolist() == theirs.stops.tolist()
    assert all(stop <= start for stop, start in zip(theirs.stops.tolist(), theirs.starts.tolist()[1:], strict=False))


@compiled
def test_the_time_of_a_text_that_keeps_to_be_judged_is_linear() -> None:
    """Every token waits, and a foreign word takes all of them back: each is looked at once."""
    text = "сор " * 200_000 + "мир"
    assert tokens(text).alike == 0
    assert tokens("t h e  " * 60_000 + "а " * 60_000 + "І" * 60_000).spaced > 120_000


def test_a_random_half_of_the_words_in_lookalikes_is_read_as_well() -> None:
    rng = random.Random(3)
    for attack in ("words wholly in Cyrillic", "small capitals", "dotless i", "letters in squares"):
        hidden = re.sub(r"\S+", lambda word: ATTACKS[attack](word[0]) if rng.random() < 0.5 else word[0], CLEAN)  # noqa: B023
        assert compare.pair(CLEAN, hidden).jaccard >= 0.95, attack
