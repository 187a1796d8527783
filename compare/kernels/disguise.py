"""What hides the words of a text from who counts them, judged by the whole of it.

| disguise | read as | if |
|---|---|---|
| words of Cyrillic, Greek … letters that all look Latin | Latin | hardly a letter of such scripts is plainly theirs |
| Latin letters that look like plainer ones: ı, ɑ, ᴀ | plain | the text is of no language that writes them |
| l e t t e r s   apart | words | enough letters stand alone, and wider gaps part the words |
| private-use signs in place of spaces | spaces | they part what would be far too long for words |
| ae, oe, ue for ä, ö, ü | a, o, u, as those are | the text is German, and has more of these than of those |

A word that mixes Latin letters with such that look Latin needs no judgement. `_native.pyx` says the same, fast.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from compare.kernels.folding import (
    ALONE,
    APART,
    APOSTROPHE,
    CLASS_MASK,
    CLASS_SHIFT,
    CONFUSABLE,
    DIGIT,
    DISGUISED,
    IGNORE,
    LATIN,
    MARK,
    MIDNUM,
    NATIVE,
    PAYLOAD,
    RAISED,
    SPACE,
    STRIP,
    WORD,
    folding,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

NOTHING, SPACED, ODDLY, PARTED, ELLS, EYES, VEES, SPELLED = 0, 1, 2, 4, 8, 16, 32, 64
"""Nothing; any blank may part letters of a word; any but the plain space; private-use signs part words; what looks like
I and l is l; is I; ʋ is a v; umlauts are spelled out."""
SOON, GERMAN, SPELLED_OUT = 48, 8, 40
"""First words of a text that are asked whether it is German, one in how many must be; and words for each umlaut spelled
out, at most: German has one in twelve."""
UMLAUTS = frozenset("äöüÄÖÜ")
LOOKED_AT = 16
"""Characters at most that are looked at for the first one that is not ignored."""
VOWELS = frozenset("aeiouyqAEIOUYQ")
"""Letters after which ue is no ü: neue, bauen, Quelle."""
BLANKS = frozenset(map(chr, [9, 32, 0xA0, 0x1680, *range(0x2000, 0x200B), 0x202F, 0x205F, 0x3000]))
"""Blanks within a line."""
HOOKED = "ʋ"
NEAR = 3
"""How many of I or l in a row are looked back over for a small letter."""
FEW = 4
"""A Latin text has fewer than one word plainly of another script in so many that only look so."""
ENOUGH = 64
"""Letters that look Latin, and no word that is plainly foreign, which no real text of another script holds."""
PROOF = 4
"""Doubtful words (α, Москва) that one plain forgery convicts."""
HABIT = 8
"""Turkish has two ğ, ş or İ for four ı; with one for eight and more the letter is the language's own."""
LEAST_GAPS, GAPS_PER_TOKEN = 6, 32
"""Gaps inside words from which a text is spaced, and tokens for each at most: with fewer little is lost."""
LEAST_WORDS = 3
"""Words made of such letters: one row of letters is a row of letters."""
LONG, LONGEST = 6, 9
"""Gaps in a word, on average, above which plain spaces may part words, and above which no words can be told: their gaps
are no wider than the letters'."""
PLAINLY = 4
"""Tokens for each gap, at most, to say that letters are spaced where no words can be told."""


class Letters(NamedTuple):
    """How many letters of each sort a text holds."""

    latin: int
    confusable: int
    disguised: int
    native: int

    def reads_latin(self, seen: Alikes) -> bool:
        """Whether tokens wholly of letters that look Latin are Latin."""
        few = FEW * seen.foreign <= seen.forged + seen.doubtful
        return few and (self.latin > 0 or self.confusable >= ENOUGH) and PROOF * seen.forged >= seen.doubtful

    def reads_plain(self) -> bool:
        """Whether odd Latin letters are plain ones in disguise."""
        return HABIT * self.native < self.disguised


class Alikes(NamedTuple):
    """How many tokens of a text hold letters of another script."""

    forged: int
    """Latin, or in no way a name or a sign."""
    doubtful: int
    foreign: int
    """With a letter that no Latin one looks like, or right beside such a token."""


def letters(text: str) -> Letters:
    """The letters of a text, counted. Linear."""
    table, counts = folding(), dict.fromkeys([LATIN, CONFUSABLE, DISGUISED, NATIVE], 0)
    for char in text:
        for entry in table.elements(ord(char)):
            for flag in counts:
                counts[flag] += bool(entry & flag)
    return Letters(*counts.values())


def alikes(text: str, position: int, elements: Sequence[int], disguise: int) -> list[str]:
    """The Latin letter that each character looks like of those that one of the text stands for; else nothing."""
    if len(elements) == 1:
        return [alike(text, position, disguise)] if elements[0] & (CONFUSABLE | DISGUISED) else [""]
    table = folding()
    letters = [table.lookalike(entry & PAYLOAD) if entry & (CONFUSABLE | DISGUISED) else "" for entry in elements]
    return [table.lookalike(ord(text[position])) or letters[0], *letters[1:]]


def alike(text: str, position: int, disguise: int = NOTHING) -> str:
    """The Latin letter that a character looks like, or nothing. What may be I or l is an l after a small letter.

    >>> alike("Ηe", 0), alike("teІІ", 3), alike("ІТ", 0)
    ('H', 'l', 'I')
    """
    letter = folding().lookalike(ord(text[position]))
    if text[position] == HOOKED and disguise & VEES:
        return "v"
    if letter != "I" or disguise & EYES:
        return letter
    return "l" if disguise & ELLS or after_small(text, position) else letter


def after_small(text: str, position: int) -> bool:
    """Whether a small letter stands before a character, or before others here that may be I or l."""
    before = position - 1
    while before > 0 and before >= position - NEAR and folding().lookalike(ord(text[before])) == "I":
        before -= 1
    return before >= 0 and _is_small(text[before])


def _is_small(char: str) -> bool:
    """Whether a character is a small letter, or one in another form of which that is not known: 𝐩."""
    if char.isascii():
        return "a" <= char <= "z"
    letter, entry = folding().lookalike(ord(char)), folding().entry(ord(char))
    return "a" <= letter <= "z" if letter else bool(entry & LATIN)


def ells_or_eyes(text: str) -> int:
    """What letters are that may be I or l: the one of which the text has no other; l if more are so than begin words.

    And whether ʋ, which the table has for u, is a v: where the text has no other v, but other u.
    """
    table = folding()
    ells = eyes = vees = yous = inside = first = 0
    for position, char in enumerate(text):
        letter = char if char.isascii() else table.lookalike(ord(char))
        ells += letter in {"l", "L"}
        eyes += letter == "i" or char == "I"
        vees += letter == "v"
        yous += letter in {"u", "U"} and char != HOOKED
        if letter == "I" and not char.isascii():
            inside += after_small(text, position)
            first += not after_small(text, position)
    hooked = VEES * (yous > 0 and not vees)
    if eyes and inside:
        return hooked | ELLS * (inside >= first or not ells)
    return hooked | EYES * (ells > 0 and not eyes)


def umlauts(text: str) -> int:
    """How many more umlauts of a text are spelled out than are written as such. Linear.

    >>> umlauts("Die Maenner über der Bruecke")
    1
    """
    return sum(spells_out(text, place) - (char in UMLAUTS) for place, char in enumerate(text))


class Gaps:
    """The blanks of a text, seen with the characters around them."""

    def __init__(self, text: str) -> None:
        self._text = text

    def _kind(self, place: int) -> int:
        """The class of a character, of the first one that it stands for; −1 outside the text."""
        if not 0 <= place < len(self._text):
            return -1
        return folding().elements(ord(self._text[place]))[0] >> CLASS_SHIFT & CLASS_MASK

    def _word(self, place: int) -> bool:
        return self._kind(place) in {WORD, RAISED, APART}

    def _inside(self, place: int) -> bool:
        """Whether a character stands in a word, or hangs on one."""
        return self._kind(place) in {WORD, RAISED, APART, MARK, STRIP, IGNORE}

    def _sign(self, place: int) -> bool:
        return self._kind(place) in {APOSTROPHE, MIDNUM}

    def _blank(self, place: int) -> bool:
        return 0 <= place < len(self._text) and self._text[place] in BLANKS

    def _before(self, place: int) -> bool:
        """Whether a lone letter, or a sign between blanks, stands right before a place."""
        if self._word(place - 1):
            return not self._inside(place - 2) and not (self._sign(place - 2) and self._inside(place - 4))
        return self._sign(place - 1) and self._blank(place - 2)

    def _after(self, place: int) -> bool:
        if self._word(place + 1):
            return not self._inside(place + 2)
        return self._sign(place + 1) and self._blank(place + 2)

    def joins(self, place: int, disguise: int) -> bool:
        """Whether a blank stands inside a word, if blanks of this sort do."""
        if not self._blank(place) or not (disguise & SPACED or (disguise & ODDLY and self._text[place] != " ")):
            return False
        return self._before(place) and self._after(place)

    def inside(self, disguise: int) -> tuple[int, int]:
        """How many letters follow such a blank, figures left out, and how many runs of such blanks there are."""
        gaps = runs = 0
        for place in range(len(self._text)):
            if self.joins(place, disguise):
                gaps += not folding().elements(ord(self._text[place + 1]))[0] & DIGIT
                runs += not self.joins(place - 2, disguise)
        return gaps, runs

    def parted(self) -> bool:
        """Whether private-use signs stand for spaces: more of them than of blanks, and words of a length between."""
        signs = blanks = count = 0
        for place, char in enumerate(self._text):
            signs += is_private(ord(char)) and self._word(place - 1)
            blanks += self._kind(place) == SPACE and self._kind(place - 1) != SPACE
            count += self._word(place)
        return signs >= LEAST_GAPS and signs > 2 * blanks and 2 * count > 5 * signs

    def disguise(self, tokens: int) -> int:
        """How the words of a text are hidden, which makes so many tokens as it is."""
        parted = PARTED * self.parted()
        for sort, most in ((SPACED, LONG), (ODDLY, LONGEST), (SPACED, LONGEST)):
            gaps, runs = self.inside(sort)
            enough = gaps >= LEAST_GAPS and runs >= LEAST_WORDS and gaps * GAPS_PER_TOKEN >= tokens
            if enough and gaps <= most * runs:
                return sort | parted
        return parted

    def told(self, disguise: int, tokens: int) -> int:
        """How many gaps inside words to tell of, also where no words can be told."""
        gaps = self.inside(SPACED)[0]
        plain = gaps >= LEAST_GAPS and gaps * PLAINLY >= tokens
        return self.inside(disguise)[0] if disguise & (SPACED | ODDLY) else gaps * plain


def is_apostrophe(elements: Sequence[int]) -> bool:
    """Whether a character is an apostrophe, from the entries that it stands for."""
    return len(elements) == 1 and elements[0] >> CLASS_SHIFT & CLASS_MASK == APOSTROPHE


def begins_word(text: str, place: int) -> bool:
    """Whether a letter or figure stands at a place of a text, which may be its end, or after a few that are ignored."""
    kinds = (folding().elements(ord(char))[0] >> CLASS_SHIFT & CLASS_MASK for char in text[place : place + LOOKED_AT])
    return next((kind for kind in kinds if kind != IGNORE), SPACE) in {WORD, ALONE, RAISED, APART}


def spells_out(text: str, place: int) -> bool:
    """Whether the e at a place makes an umlaut of the vowel before it.

    >>> [spells_out("fuer Feuer", place) for place in (2, 8)]
    [True, False]
    """
    if text[place] not in "eE" or not place or text[place - 1] not in "aouAOU":
        return False
    return text[place - 1] not in "uU" or place == 1 or text[place - 2] not in VOWELS


def is_private(point: int) -> bool:
    """Whether a code point is for private use."""
    return 0xE000 <= point <= 0xF8FF or point >= 0xF0000  # noqa: PLR2004  # Unicode's three areas
