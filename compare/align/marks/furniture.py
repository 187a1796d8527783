"""Lines of a page that are no part of its story, by their form: credits, links, buttons, who wrote it.

The words stand in `data/notices.toml`. A form is asked of a whole line, never of a sentence amid others, and each one
says what else may stand in the line: names, mostly. So a line of news passes, whatever words it has.
"""

from __future__ import annotations

import re
import tomllib
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

from compare.text.language import values, words

if TYPE_CHECKING:
    from collections.abc import Iterator

LINK = 30  # words of a line that can be a link
_CREDIT = 16  # words of a line that can be a credit of a picture
_ONE_LINK, _END = 300, 20  # characters of a link, and of what it ends with
_SOON = 80  # characters in which it is said what an author is
_GLUED = re.compile(r"(?<!\w)(\w{2,}[a-z.])(?=[^\W\d_a-z])")
_NAMED = 60  # characters before a name in full in which the name stands
_OF_ADDRESSES = ("@", "://", "www.", "pic.twitter")
_BUTTONS = 150  # characters of a line of buttons, or a credit of a picture
_FEW = 6  # words of one that has no stroke between the name and the agency
_CASELESS = 16  # letters without case that can stand beside a formula
_WORD = re.compile(r"[^\W\d_][\w'’.&-]*")
_ADDRESS = re.compile(r"(?:[\w@ ]{0,30}[:：]\s*)?(?:(?:https?://|www\.|pic\.twitter\.com)\S+\s*)+", re.IGNORECASE)
_MAIL = re.compile(r"[\w .@:,-]{0,60}\S@\S+\.\w+")
_HANDLE = re.compile(r"(?:[\w ]{0,30}[:：]\s*)?@\w+")
_UNSPACED = "\u2e7f"  # from here on scripts put no blanks between words
_BESIDE_QUOTE = re.compile(r"(\w+)[,:]?\s*[“„«\"「『]|[”»\"」』]\s*(\w+)(?:\s(\w+))?")
_STOPS = ".!?。！？।؟…"


@cache
def _tables() -> tuple[dict[str, list[str]], ...]:
    return tuple(tomllib.loads(files("compare.data").joinpath("notices.toml").read_text("utf-8")).values())


@cache
def patterns(key: str) -> tuple[str, ...]:
    """All regular expressions under a key, with blanks that stand for any white space."""
    return tuple(pattern.replace(" ", r"\s") for table in _tables() for pattern in table.get(key, ()))


@cache
def any_of(*keys: str, after: str = r"(?!\w)") -> re.Pattern[str]:
    """One pattern for all expressions under some keys, each of which begins and ends where a word does."""
    every = (pattern for key in keys for pattern in patterns(key))
    whole = "|".join(pattern if pattern[0] > _UNSPACED else rf"(?<!\w){pattern}" for pattern in every)
    return re.compile(rf"(?:{whole}){after}", re.IGNORECASE)


def boxes(text: str) -> Iterator[tuple[int, int]]:
    """Boxes of links amid a sentence: behind a name the whole name, headlines with no blank before them, and "MORE".

    >>> text = "He met Joe Roe Joe A. RoeA bridge falls in the north Two held over the fall MORE in May."
    >>> [text[start:stop] for start, stop in boxes(text)]
    ['Joe A. RoeA bridge falls in the north Two held over the fall MORE']
    """
    if not any(end in text for end in patterns("boxes")):
        return
    for glued in _GLUED.finditer(text):
        before = text.rfind(glued[1], max(0, glued.start() - _NAMED), glued.start())
        box = _headlines().match(text, glued.end()) if before >= 0 else None
        if box is not None:
            start = before + len(glued[1])
            yield start + len(text[start : glued.start()]) - len(text[start : glued.start()].lstrip()), box.end()


@cache
def _headlines() -> re.Pattern[str]:
    return re.compile(rf"[^\n]{{20,600}}?\s(?:{'|'.join(patterns('boxes'))})\b")


def may_hold(text: str, key: str) -> bool:
    """Whether it is worth looking for the expressions under a key."""
    lower = text.lower()
    return any(hint in lower for hint in _hints(key))


@cache
def _hints(key: str) -> tuple[str, ...]:
    return tuple(hint.replace(r"\s", " ") for hint in patterns(f"{key}_hints"))


@cache
def _reported() -> frozenset[str]:
    """Words of those who report what others say, and days of the week."""
    return words("speech", "verbs") | _weekdays()


@cache
def _weekdays() -> frozenset[str]:
    return frozenset(word for listed in values("dates", "weekdays") for day in listed for word in day.split())


def _lower(sentence: str) -> Iterator[str]:
    return (word.rstrip(".").lower() for word in _WORD.findall(sentence))


def is_news(sentence: str) -> bool:
    """Whether a sentence tells who said or did something: then it is news about rights, and no rights line.

    >>> is_news("It must not be published, the court ruled."), is_news("All rights reserved.")
    (True, False)
    """
    if any(word in _reported() for word in _lower(sentence)):
        return True
    return bool(any_of("news").search(sentence))


def is_of_names(text: str, most: int = _CREDIT) -> bool:
    """Whether there is nothing but a few names and figures, with small words between them.

    >>> is_of_names("Jane Roe and Ann Lee, of the Eastshore Times"), is_of_names("Jane Roe saw it")
    (True, False)
    """
    listed = _WORD.findall(text)
    caseless = sum(len(word) for word in listed if word.lower() == word.upper())
    glue = any_of("glue", after=r"\Z")
    return (
        len(listed) <= most
        and caseless <= _CASELESS
        and all(not word[0].islower() or glue.match(word.rstrip(".")) for word in listed)
    )


def is_furniture(line: str) -> bool:
    """Whether a line, without the signs around it, is furniture of a page whatever stands beside it.

    >>> is_furniture("Photo: Jane Roe/AP"), is_furniture("Related: The bridge fell"), is_furniture("Photo: it fell.")
    (True, True, False)
    """
    return is_gallery(line) or is_link(line) or _is_address(line) or _is_picture(line) or _is_of_page(line)


def is_gallery(line: str) -> bool:
    """Whether it holds the captions of a gallery, however many: "… Hide Caption 3 of 22 …"."""
    return may_hold(line, "gallery") and bool(any_of("gallery").search(line))


def is_link(line: str) -> bool:
    """Whether it names another article: "Related: …", "… Read more"; "Video: …" does without a full stop only."""
    if len(line) > _ONE_LINK or len(line.split()) > LINK:
        return False
    if any_of("more", after=r"[\s»›>…]*\Z").search(line, max(0, len(line) - _END)):
        return True
    head, _, title = line.replace("：", ":").partition(":")
    if not title.strip():
        return False
    if any_of("links", after=r"\s*\Z").match(head):
        return True
    return bool(any_of("media", after=r"\s*\Z").match(head)) and title.rstrip(")]»”\"'* ")[-1:] not in _STOPS


def _is_address(line: str) -> bool:
    if not any(sign in line for sign in _OF_ADDRESSES):
        return False
    bare = line.strip("()[]<> .")
    return any(pattern.fullmatch(bare) for pattern in (_ADDRESS, _MAIL, _HANDLE))


def _is_picture(line: str) -> bool:
    """Whether it is the number or the credit of a picture, or its caption's head."""
    if len(line) > _BUTTONS or len(line.split()) > _CREDIT:
        return False
    if _number().fullmatch(line):
        return True
    begun = any_of("captions").match(line) or any_of("pictures", after=_CREDITED).match(line)
    if begun:
        return is_of_names(line[begun.end() :])
    if "/" not in line and " | " not in line and len(line.split()) > _FEW:
        return False
    return is_of_names(line) and bool(any_of("agencies").search(line)) and _is_agency(line)


_CREDITED = r"\s*(?:[:：©…]|\.{2,}|(?<=\w)\s(?:by|via|von|par|por|de)\s|/)"


@cache
def _number() -> re.Pattern[str]:
    """The number of a picture: "Image 3 of 7", "3 / 7"."""
    pictures, links = "|".join(patterns("pictures")), "|".join((*patterns("of"), "/"))
    return re.compile(rf"(?:(?:{pictures})\s)?\d{{1,3}}\s?(?:{links})\s?\d{{1,3}}(?:\s(?:{pictures}))?", re.IGNORECASE)


def _is_agency(line: str) -> bool:
    """Whether a line with an agency's name is a credit: names and an agency with a stroke between them, or no more."""
    if "/" in line or " | " in line:
        return True
    rest = any_of("agencies", "pictures").sub(" ", line)
    return all(any_of("glue", after=r"\Z").match(word) for word in _WORD.findall(rest))


def _is_of_page(line: str) -> bool:
    """Whether it is a page's own: an advertisement, a row of buttons."""
    bare = line.strip(" .:：…·|–—-*_[]()")
    if any_of("pages", after=r"\Z").match(bare):
        return True
    if line[-1:] in _STOPS or len(line) > _BUTTONS:
        return False
    listed = _WORD.findall(bare)
    return len(listed) > 1 and all(any_of("share", after=r"\Z").match(word) for word in listed)


def is_credit(line: str) -> bool:
    """Whether it names those who helped.

    >>> is_credit("Ann Lee and John Doe contributed to this report."), is_credit("They had contributed to this report.")
    (True, False)
    """
    helped = any_of("helped", after=r"\W*\Z").search(line)
    return helped is not None and is_of_names(line[: helped.start()], LINK)


def is_author(line: str) -> bool:
    """Whether a line says who the author is: "Jane Roe is a reporter at …". News says so too, but not at the end.

    >>> is_author("Jane Roe is a senior fellow at the Eastshore Institute."), is_author("The mayor is a reporter.")
    (True, False)
    """
    name, verb = _named().match(line), any_of("is_one")
    if name is None or name[0].split()[0].lower() in words("speech", "articles"):
        return False
    if any(word in _weekdays() for word in _lower(line)):
        return False
    if any_of("does", after="").match(line, name.end()):
        return True
    copula = verb.match(line, name.end())
    role = copula and any_of("roles").search(line, copula.end(), copula.end() + _SOON)
    beside = (word.lower() for words_beside in _BESIDE_QUOTE.findall(line) for word in words_beside)
    return bool(role) and not any(word in _reported() for word in beside)


def author_of(line: str) -> str:
    """The last word of the name that a line begins with, empty if it begins with none.

    >>> author_of("Jane van Roe is a reporter.")
    'Roe'
    """
    name = _named().match(line)
    return name[0].rstrip(" ,").split()[-1] if name else ""


@cache
def _named() -> re.Pattern[str]:
    word = r"[^\W\d_a-z][\w'’.-]*"
    return re.compile(rf"{word}(?:\s(?:{word}|(?:de|von|van|der|bin|al)\b)){{1,4}},?\s")
