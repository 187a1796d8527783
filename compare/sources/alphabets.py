"""Which single-byte code page makes the likeliest letters of some bytes: a language's own, its frequent ones above all.

Detectors that look at chaos alone take Hebrew for Russian, and ISO 8859-2 for a page that nobody used.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Set as AbstractSet

_FOREIGN = 0.2
"""Weight of a letter of another language that is written in the same pages."""
_MARK = 0.6
"""Weight of a quotation mark, a dash or the like at the edge of a word."""
_RARE = 0.5
"""Weight of a language's rarest letter; the most frequent one has 1."""
_LEAST = 0.45
"""A mean weight below this is no language's: the detector has the word."""
_SURE = 0.8
"""The right page has 0.83 and more, down to a few words; what is of several bytes a character stays below 0.7."""
_SAMPLE = 8 * 1024
"""Bytes that are looked at: 0.1 s."""
_FEW = 0.1
"""Share of bytes past ASCII up to which a text is Latin: French has 4 %, Czech 14 % and needs no such help."""
_MARKS = frozenset("“”„‘’‚«»‹›–—…€£§°·¿¡№\xa0")
_INSIDE = frozenset("’·\xad")


class _Language(NamedTuple):
    letters: str
    """Those that are not ASCII, in small letters, the frequent ones first."""
    pages: tuple[str, ...]


_WESTERN = ("cp1252", "cp850", "mac_roman")
_CENTRAL = ("cp1250", "iso8859_2", "cp852")
_CYRILLIC = ("cp1251", "koi8_r", "koi8_u", "iso8859_5", "cp866", "mac_cyrillic")
_LANGUAGES = (
    _Language("éàèêçôûîùâïëœ", _WESTERN),  # French
    _Language("üäößé", _WESTERN),  # German
    _Language("óíáéñúü", _WESTERN),  # Spanish
    _Language("ãçáéóíêõâúàô", _WESTERN),  # Portuguese
    _Language("àèùòéì", _WESTERN),  # Italian
    _Language("åäöéø", _WESTERN),  # Swedish, Finnish
    _Language("øåæéò", _WESTERN),  # Danish, Norwegian
    _Language("áíóðéúöæþý", _WESTERN),  # Icelandic
    _Language("éëïóèüö", _WESTERN),  # Dutch, English
    _Language("łąężśóćńź", _CENTRAL),  # Polish
    _Language("íáéěýřžščůúňóďť", _CENTRAL),  # Czech
    _Language("áíéýčžšťľúňôďóäĺŕ", _CENTRAL),  # Slovak
    _Language("áéöóőüíúű", _CENTRAL),  # Hungarian
    _Language("čžšćđ", _CENTRAL),  # Croatian, Slovene
    _Language("ăîâţş", _CENTRAL),  # Romanian
    _Language("ıüşğöçâîû", ("cp1254",)),  # Turkish
    _Language("ėšųžąįūčęāīēļņģķ", ("cp1257", "iso8859_13")),  # Lithuanian, Latvian
    _Language("оеаинтсрвлкмдпуяыьгзбчйхжшюцщэфъё", _CYRILLIC),  # Russian
    _Language("оанивіертсклудмяпзьгйбчюхєжшцїщфґ", _CYRILLIC),  # Ukrainian
    _Language("аиоетнрсвлкдпмзгъучщябжцйшфхюь", _CYRILLIC),  # Bulgarian, Serbian
    _Language("αοιετνσηρςπκμλόίάυέδήώγωχθύφβξζψϊ", ("cp1253", "iso8859_7")),
    _Language("יוהלארתבשמםנדעקחפכגטןצסזךףץ", ("cp1255", "iso8859_8")),
    _Language("الينمرتوبةدسعأفهكحقجشطصخإىذضزغثءئظؤآ", ("cp1256", "iso8859_6")),
    _Language("านรกอเงมย่ลวดทส้ตะปบคีิหัแจพข์ชไใโถำ็ผูึซณธุฟศษญภืฐฎฮฉฬฏฑฒฆฌๆฤ๊๋ฯๅ", ("cp874",)),
)
_PAGES = tuple(dict.fromkeys(page for language in _LANGUAGES for page in language.pages))
_LATIN = tuple(
    dict.fromkeys(page for language in _LANGUAGES if max(language.letters) < "\u0250" for page in language.pages)
)
_OLD = frozenset({"cp850", "cp852", "cp866", "mac_roman", "mac_cyrillic"})
_EVIDENCE = 3
"""Characters past ASCII that must speak for a page of another script, of DOS or the old Macintosh; fewer are rather
Western or broken."""
_SCRIPTS = {
    page: frozenset("".join(language.letters for language in _LANGUAGES if page in language.pages)) for page in _PAGES
}


def likeliest(sample: bytes, fitting: AbstractSet[str], detected: str) -> str:
    """The code page of some bytes, where a detector found one (or none) and all that fit; empty if none is likely.

    >>> likeliest("Prezydent oświadczył".encode("iso8859-2"), {"iso8859_2", "iso8859_10"}, "iso8859_10")
    'iso8859_2'
    """
    latin = _is_latin(sample)
    chances = [(_chance(sample[:_SAMPLE], page), page) for page in (_LATIN if latin else _PAGES)]
    best, page = max(chances, key=lambda chance: chance[0])  # the first of equal ones
    if best >= (_LEAST if latin or (detected and _is_single(detected)) else _SURE):
        return page
    if latin or len(sample) - len(sample.decode("ascii", "ignore")) < _EVIDENCE:
        return ""
    return "cp1252" if "cp1252" in fitting and _is_single(detected) else detected


def _is_latin(sample: bytes) -> bool:
    """Whether the text is in Latin letters, with a few more of them that ASCII has not."""
    beyond = len(sample) - len(sample.decode("ascii", "ignore"))
    return beyond < _FEW * len(sample)


def _is_single(encoding: str) -> bool:
    """Whether every byte is a character."""
    return len(bytes(range(0xA0, 0x100)).decode(encoding, "replace")) == 0x100 - 0xA0


def _chance(sample: bytes, page: str) -> float:
    """How much the bytes look like the page's likeliest language, in [0, 1]."""
    text = sample.decode(page, "replace")
    around = zip(f" {text}", text, f"{text[1:]} ", strict=False)
    counts = Counter(_kind(*triple) for triple in around if not triple[1].isascii())
    total = sum(counts.values())
    scripts = _SCRIPTS[page]
    means = (
        sum(count * _weight(char, language.letters, scripts) for char, count in counts.items()) / total
        if total
        else 0.0
        for language in _LANGUAGES
        if page in language.pages
    )
    letters = sum(count for char, count in counts.items() if char.isalpha())
    is_common = page in _LATIN and page not in _OLD and (page.startswith("cp125") or letters)
    return max(means) if is_common or (total >= _EVIDENCE and letters) else 0.0


def _kind(before: str, char: str, after: str) -> str:
    """A letter in small, a mark as it is, and nothing for what stands where it cannot."""
    if char in _MARKS:
        return char if char in _INSIDE or not (before.isalpha() and after.isalpha()) else ""
    if char.isupper() and before.islower():
        return ""
    return char.lower()


def _weight(char: str, letters: str, scripts: frozenset[str]) -> float:
    place = letters.find(char) if char else -1
    if place >= 0:
        return 1 - (1 - _RARE) * place / len(letters)
    if char in _MARKS:
        return _MARK
    return _FOREIGN if char in scripts else 0.0
