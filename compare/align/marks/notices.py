"""Lines that are boilerplate wherever they stand: rights lines, bylines, newsletter and "follow us" plugs.

A short list of patterns in English, German, French, Spanish, Russian, Chinese, Arabic and Hindi. A sentence counts as a
whole or not at all, and only a short one that has its lines to itself: news *about* rights or newsletters is news, and
a rights line in the middle of a passage does not part it.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from compare.align.prepare import Text

LONGEST = 40  # tokens of a sentence that can be a notice
_SIGNS = "©([*•–—>«“\"'# "  # what may stand before the first word of a notice

_ENDS = "*_ \r.!?:)]\"”»“'’—–-|…।。"  # what may stand after its last word

_RIGHTS = (
    r"all rights reserved", r"©", r"(?:\(c\)|copyright) {1,3}(?:19|20)\d\d\b",
    r"(?:may|must|shall) not be (?:re)?(?:published|produced|printed|distributed|written|broadcast|copied)(?:,| or) \w",
    r"alle rechte (?:sind )?vorbehalten", r"nachdruck (?:\w{1,12} )?(?:verboten|nur mit)",
    r"tous (?:les )?droits (?:de reproduction )?réservés", r"reproduction (?:\w{1,12} )?interdite",
    r"todos los derechos reservados", r"reservados todos los derechos", r"prohibida (?:\w{1,6} )?(?:su )?reproducción",
    r"все права защищены", r"перепечатка (?:\w{1,20} )?(?:запрещена|только)",
    r"جميع الحقوق محفوظة", r"सर्वाधिकार सुरक्षित",
)  # fmt: skip
_RIGHTS_UNSPACED = r"版权所有|未经(?:\w{0,6})(?:授权|许可)"
_PLUGS = (
    r"(?:sign up|subscribe|register)\b[^.\n]{0,60}\bnewsletter", r"(?:sign up|subscribe) (?:for|to) our\b",
    r"get [^.\n]{0,60}\b(?:in|to) your inbox", r"follow us (?:on|at)\b", r"(?:find|like) us on facebook",
    r"read (?:more|also|next)\b ?:", r"(?:see|read) also\b ?:", r"(?:click|tap) here to (?:read|subscribe|sign)",
    r"download (?:our|the [\w ]{1,20}) app\b", r"share this (?:article|story)",
    r"(?:abonnieren|bestellen) sie [^.\n]{0,40}newsletter", r"folgen sie uns (?:auf|bei)",
    r"lesen sie (?:auch|mehr)\b ?:",
    r"(?:inscrivez|abonnez)-vous à [^.\n]{0,40}(?:newsletter|lettre)", r"suivez-nous sur", r"(?:à )?lire aussi ?:",
    r"suscr[ií]b(?:ete|ase|a)\b[^.\n]{0,40}(?:bolet[ií]n|newsletter)", r"s[ií]guenos en",
    r"(?:lea|lee|leer) (?:también|más) ?:",
    r"подпи(?:шитесь|сывайтесь) на (?:наш|нас|новости|рассылку)", r"читайте (?:также|ещё|еще|нас)", r"следите за нами",
    r"(?:请)?(?:关注|订阅)我们", r"扫描二维码", r"اقرأ أيضا", r"تابعونا (?:على|عبر)", r"اشتركوا? في (?:نشرتنا|النشرة)",
    r"यह भी पढ़ें", r"हमें (?:फ़ॉलो|फॉलो)",
)  # fmt: skip
_CREDITS = (
    r"(?:additional )?reporting by [^.\n]{3,80}?;? ?(?:writing|editing) by", r"additional reporting by\b",
    r"mit material von\b", r"责任编辑", r"编辑[:：]",
)  # fmt: skip
_STARTS = re.compile("|".join((*_PLUGS, *_CREDITS)), re.IGNORECASE)
_ANYWHERE = re.compile(rf"(?<!\w)(?:{'|'.join(_RIGHTS)})|{_RIGHTS_UNSPACED}", re.IGNORECASE)
_WORD = r"[^\W\d_][\w'’.-]{0,30}"
_NAME = rf"((?:{_WORD} ){{1,3}}{_WORD})"
_BYLINE = re.compile(rf"(?:By|BY|Von|Par|Por|Text:|Автор:) {_NAME}(?: (?:and|und|et|y) {_NAME})?(?:, [\w ]{{0,40}})?")
_STAFF = re.compile(r"(?:by .{3,60}, )?(?:[\w ]{0,20} )?(?:staff (?:writer|reporter)|correspondent)", re.IGNORECASE)


def notices(text: Text) -> NDArray[np.bool_]:
    r"""Which tokens stand in a notice: bool[tokens]. Linear.

    >>> from compare.align.prepare import prepare
    >>> notices(prepare("It rained.\n\n© 2024 Eastshore News. All rights reserved.")).tolist()
    [False, False, True, True, True, True, True, True]
    """
    flags = np.zeros(len(text.tokens), bool)
    for first, last in _neighbours(
        [place for place in _in_short_lines(text) if _is_notice(text.text, *text.sentences[place])]
    ):
        if _is_lines(text.text, text.sentences[first].start, text.sentences[last].stop):
            flags[text.bounds[first] : text.bounds[last + 1]] = True
    return flags


def _in_short_lines(text: Text) -> list[int]:
    """The sentences of lines that hold only short ones, and few: the only ones to look at."""
    breaks = np.array([newline.start() for newline in re.finditer("\n", text.text)], np.int64)
    line = np.searchsorted(breaks, np.array([span.start for span in text.sentences], np.int64))
    lengths = np.diff(text.bounds)
    size = np.bincount(line, weights=lengths) if len(line) else np.zeros(0)
    return np.flatnonzero((lengths <= LONGEST) & (size[line] <= 2 * LONGEST)).tolist()


def _neighbours(places: list[int]) -> list[tuple[int, int]]:
    """Runs of consecutive numbers, first and last."""
    out: list[tuple[int, int]] = []
    for place in places:
        if out and out[-1][1] == place - 1:
            out[-1] = (out[-1][0], place)
        else:
            out.append((place, place))
    return out


def _is_notice(text: str, start: int, stop: int) -> bool:
    begin = start
    while begin and text[begin - 1] in _SIGNS and start - begin < 8:  # noqa: PLR2004  # signs yield no tokens
        begin -= 1
    sentence = text[begin : stop + 1]
    if _ANYWHERE.search(sentence) or _STARTS.match(text, start):
        return True
    return bool(_is_byline(text[start:stop])) and _is_lines(text, start, stop, "*_ \r")


def _is_byline(line: str) -> bool:
    if _STAFF.fullmatch(line):
        return True
    byline = _BYLINE.fullmatch(line)
    names = " ".join(filter(None, byline.groups())).split() if byline else []
    return bool(names) and all(word[0].isupper() for word in names)


def _is_lines(text: str, start: int, stop: int, after: str = _ENDS) -> bool:
    """Whether this begins and ends lines, but for signs before it and the characters `after` it."""
    before, behind = text[max(0, start - 40) : start], text[stop : stop + 40]
    return not before.rpartition("\n")[2].strip(_SIGNS) and not behind.partition("\n")[0].strip(after)
