"""UTF-8 that was read in a code page before it came here: what it was meant to be."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from compare.model import Meant

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

_MANY = 2
"""Characters too many that show that it is no chance: `Ã©` has one, `â€™` has two."""
_NATURAL = 0.1
"""Letters that are as they should be, of all past ASCII, up to which the rest is mojibake."""
_PAGES = {"cp1252": "ÂÃâÐÑÄÅÎÏØÙ×àãäåæçèéêëìíð", "cp1251": "РСВГвТ"}
"""Code pages, with what most characters of UTF-8 begin with in them: without any there is no mojibake."""
_PLAUSIBLE = re.compile(
    "[\u00a0-\u017f\u0218-\u021b\u0386-\u03ce\u0400-\u045f\u0490\u0491\u05d0-\u05ea\u0621-\u0669\u06a9\u06af\u06cc"
    "\u0900-\u097f\u1e9e\u1ea0-\u1ef9\u2010-\u2044\u20a0-\u20bf\u2116\u2122\u2190-\u21ff\u2212\u2260-\u2265\u3000-\u30ff"
    "\u4e00-\u9fff\uac00-\ud7a3\ufe0f\uff00-\uffef\U0001f300-\U0001faff]++"
)
"""What a writer may have meant; other characters come of capitals before quotation marks, as in CAFÉ»."""


def mojibake(text: str) -> list[Meant]:
    """UTF-8 that was read in a code page, of the page that explains most. Linear.

    >>> [sign.text for sign in mojibake("CafÃ©, donâ€™t")], mojibake("CAFÉ» und Spaß“")
    (['é', '’'], [])
    """
    pages = [(page, [lead for lead in leads if lead in text]) for page, leads in _PAGES.items()]
    return max((_in_page(text, page, leads) for page, leads in pages if leads), key=len, default=[])


def _in_page(text: str, page: str, leads: Sequence[str]) -> list[Meant]:
    """What was read in a page; nothing if it is little, or if letters of the page are natural in the text."""
    runs = _runs(text, page, leads)
    halved = page == "cp1252" and any(half in text for half in ("â€", "Ã ", "Â ") if half[0] in leads)
    if not halved and sum(len(run[0]) - 1 for run in runs) < _MANY:
        return []  # most texts that have a lead: none of it is decoded
    meant = [Meant(*run.span(), decoded) for run in runs if (decoded := _decoded(run[0], page))]
    if meant and halved:
        meant = sorted([*meant, *_halves(text, meant)])
    if sum(max(1, sign.stop - sign.start - 1) for sign in meant) < _MANY:
        return []
    letters = _letters(page)
    broken = sum(len(letters.findall(text, *sign[:2])) for sign in meant)
    return meant if len(letters.findall(text)) - broken <= _NATURAL * broken else []


def _runs(text: str, page: str, leads: Sequence[str]) -> list[re.Match[str]]:
    """Runs that may be UTF-8: looked for where a lead stands, which is faster than at every character."""
    pattern, runs, end = _pattern(page), list[re.Match[str]](), 0
    for start in sorted(place for lead in leads for place in _places(text, lead)):
        if start >= end and (run := pattern.match(text, start)):
            runs.append(run)
            end = run.end()
    return runs


def _places(text: str, lead: str) -> Iterator[int]:
    place = text.find(lead)
    while place >= 0:
        yield place
        place = text.find(lead, place + 1)


def _decoded(run: str, page: str) -> str:
    """What a run was before it was read in a page, perhaps twice; nothing if that is no text."""
    raw = bytes(map(_bytes(page).__getitem__, run))
    try:
        text = raw.decode()
    except UnicodeDecodeError:
        return ""
    if _pattern(page).fullmatch(text) and (before := _decoded(text, page)):
        return before
    return text if _PLAUSIBLE.fullmatch(text) else ""


def _halves(text: str, meant: list[Meant]) -> Iterator[Meant]:
    """What is left of characters of which a byte was lost or made a blank: `â€` for ”, `Ã ` for à, `Â ` for a blank."""
    taken = {sign.start for sign in meant}
    for half in re.finditer(r"â€\ufffd?(?![\x80-\xbf])|Ã(?=[ \s])|Â(?=[ \s])", text):
        if half.start() not in taken:
            yield Meant(*half.span(), {"â": "”", "Ã": "à", "Â": " "}[half[0][0]])


@cache
def _bytes(page: str) -> Mapping[str, int]:
    """The byte of each character of a page past ASCII; where the page has none, that of Latin-1."""
    known = {raw.decode(page): raw[0] for raw in map(_byte, range(0x80, 0x100)) if raw.decode(page, "ignore")}
    return {chr(byte): byte for byte in range(0x80, 0xA0)} | known


def _byte(value: int) -> bytes:
    return bytes([value])


@cache
def _pattern(page: str) -> re.Pattern[str]:
    """Runs of characters that are UTF-8 if the page's bytes are put back."""
    signs = {byte: re.escape(char) for char, byte in _bytes(page).items()}
    every = dict.fromkeys(range(0x80, 0x100), "") | signs
    latin = {byte: re.escape(chr(byte)) for byte in range(0x80, 0xA0)}
    more = "[" + "".join(every[byte] + latin.get(byte, "") for byte in range(0x80, 0xC0)) + "]"
    leads = [("".join(every[byte] for byte in span), count) for span, count in _LEAD_BYTES]
    return re.compile("(?:" + "|".join(f"[{lead}]{more}{{{count}}}" for lead, count in leads) + ")++")


_LEAD_BYTES = ((range(0xC2, 0xE0), 1), (range(0xE0, 0xF0), 2), (range(0xF0, 0xF5), 3))


@cache
def _letters(page: str) -> re.Pattern[str]:
    """The letters of a page past ASCII."""
    return re.compile("[" + "".join(char for char in _bytes(page) if char.isalpha()) + "]")
