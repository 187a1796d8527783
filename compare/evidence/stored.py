"""What the files of a report hold, as far as a pack shows it: the page's data block, and `report.json`.

A folder may be a stranger's: what is read is typed, bounded and checked before anything is made of it.
"""

from __future__ import annotations

import base64
import binascii
import re
import zlib
from html import unescape
from typing import Annotated, Literal, TypeVar

import msgspec

from compare.errors import InputError
from compare.model import ChangeKind, Kind, Mark, Relation, Verdict  # noqa: TC001  # msgspec asks for them
from compare.report.page import FORMAT
from compare.report.record import SCHEMA
from compare.report.steps import Step, unpacked

INFLATED = 1 << 30
"""Bytes that the data of a page may expand to: twenty thousand long articles take a tenth of it."""
_BLOCK = re.compile(
    rb'<script type="application/(?:json|octet-stream)" id="data"'
    rb"(?P<attributes>[^>]{0,100000})>(?P<block>[^<]*)</script>"
)
_ATTRIBUTE = re.compile(rb'data-(encoding|shards)="([^"<>]*)"')
_SHARD = re.compile(rb'/\* compare [^*]{1,200}\*/\s{1,4}compareShard\((\d{1,6}),"([A-Za-z0-9+/=]*)"\);\s*')
_SHARD_NAME = re.compile(r"data-\d{2,6}\.js")
_Stored = TypeVar("_Stored")

Place = Annotated[int, msgspec.Meta(ge=0)]
Pair = tuple[Place, Place]
Bar = tuple[Place, Place, Place, Place, Place, Place]
"""`model.Bar`: words, and of them word for word, edited, reworded, nobody's, new."""
Sentence = tuple[tuple[str, Literal[0, 1]], ...]
"""In parts, with 1 for what comes from outside."""
PageName = Annotated[str, msgspec.Meta(pattern=r"^pair-[0-9a-f]{12}\.html\Z")]
FamilyName = Annotated[str, msgspec.Meta(pattern=r"^family-[0-9a-f]{12}\Z")]


class Stretch(msgspec.Struct, frozen=True):
    """A span as `report.json` writes it."""

    start: Place
    stop: Place

    @property
    def span(self) -> Pair:
        """Both ends."""
        return self.start, self.stop


class ShownDocument(msgspec.Struct, frozen=True):
    """A document of the page's data; made safe already."""

    id: str
    name: str
    called: str
    lang: str
    sha256: str
    text: str
    body: Place
    warning: str = ""
    read: str = ""


class ShownMatch(msgspec.Struct, frozen=True):
    """A passage as the page has it; its number is its place among the others."""

    a: Pair
    b: Pair
    kind: Kind
    marks: tuple[Mark, ...]
    words: Pair
    signs: str
    steps: tuple[int, ...]
    speaker: str = ""

    @property
    def ops(self) -> tuple[Step, ...]:
        """Its word operations: sign, start and stop in a, in b."""
        return tuple(unpacked(self.signs, self.steps))


class ShownJudgement(msgspec.Struct, frozen=True):
    """What the accepted entries say of a pair."""

    state: str
    line: str
    entries: tuple[Sentence, ...]


class ShownPair(msgspec.Struct, frozen=True):
    """A pair as the page has it: its documents by number."""

    a: Place
    b: Place
    page: PageName
    line: Sentence
    bars: tuple[Bar, Bar]
    bar_lines: tuple[str, str]
    explain: tuple[str, ...]
    matches: tuple[ShownMatch, ...]
    judged: ShownJudgement | None = None


class ShownVersion(msgspec.Struct, frozen=True):
    """A version of a family: its document and the one nearest to it by their numbers, -1 where there is none."""

    document: Place
    nearest: Annotated[int, msgspec.Meta(ge=-1)]
    bar: Bar
    bar_line: str
    sentence: Sentence
    changes: tuple[tuple[str, str, Sentence, Place], ...]
    pair: Annotated[int, msgspec.Meta(ge=-1)]


class ShownFamily(msgspec.Struct, frozen=True):
    """A family as the page has it."""

    key: FamilyName
    title: str
    line: Sentence
    size: str
    days: str
    versions: tuple[ShownVersion, ...]
    pairs: tuple[Place, ...]


class ShownReport(msgspec.Struct, frozen=True):
    """The data of the page."""

    format: str
    version: str
    headline: str
    documents: tuple[ShownDocument, ...]
    pairs: tuple[ShownPair, ...]
    families: tuple[ShownFamily, ...]
    settings: dict[str, str]
    left_out: tuple[str, ...] = ()
    doubts: tuple[str, ...] = ()


class RecordedDocument(msgspec.Struct, frozen=True):
    """A document of `report.json`: what is known of it, and from where."""

    id: str
    path: str
    title: str
    title_from: str
    author: str
    author_from: str
    agencies: tuple[str, ...]
    words: Place
    sha256: str
    published: str
    published_from: str
    source: str
    language: str
    url: str = ""


class RecordedChange(msgspec.Struct, frozen=True):
    """Something that changed between the two, as `model.Change`."""

    kind: ChangeKind
    what: str
    a: str
    b: str
    span_a: Stretch
    span_b: Stretch
    sentence_a: Stretch
    sentence_b: Stretch
    passage: Place
    swapped: bool
    own: bool


class RecordedMatch(msgspec.Struct, frozen=True):
    """A passage with what was found in it."""

    kind: Kind
    similarity: float
    a: Stretch
    b: Stretch
    unsure: tuple[msgspec.Raw, ...]


class RecordedPair(msgspec.Struct, frozen=True):
    """A pair of `report.json` but for its numbers, see `numbers`."""

    a: str
    b: str
    verdict: Verdict
    first: Literal["", "a", "b"]
    first_why: str
    relation: Relation | None
    relation_evidence: tuple[str, ...]
    changes: tuple[RecordedChange, ...]
    matches: tuple[RecordedMatch, ...]


class Sides(msgspec.Struct, frozen=True):
    """The documents of a pair."""

    a: str
    b: str


class RecordedVersion(msgspec.Struct, frozen=True):
    """A version of a family in `report.json`."""

    id: str
    bar: dict[str, int]


class RecordedFamily(msgspec.Struct, frozen=True):
    """A family of `report.json`."""

    key: str
    versions: tuple[RecordedVersion, ...]


class RecordedReport(msgspec.Struct, frozen=True):
    """`report.json`; its pairs are read when they are asked for."""

    schema: str
    documents: tuple[RecordedDocument, ...]
    pairs: tuple[msgspec.Raw, ...]
    families: tuple[RecordedFamily, ...]


class ForeignError(InputError):
    """What is there is no report of ours, or one of another version."""

    def __init__(self, file: str) -> None:
        super().__init__(f"{file} is not as this version of compare writes it: run `compare run` again")


def decoded(content: bytes | str, kind: type[_Stored], file: str) -> _Stored:
    """JSON as what it must be. Raises ForeignError."""
    try:
        return msgspec.json.decode(content, type=kind)
    except (msgspec.MsgspecError, RecursionError, UnicodeError):
        raise ForeignError(file) from None


def shards_of(page: bytes) -> tuple[str, ...]:
    """The files beside a page that hold its data, in their order; none where they stand in it. Raises ForeignError."""
    names = tuple(_attributes(_block(page)).get("shards", "").split())
    if not all(map(_SHARD_NAME.fullmatch, names)):
        raise ForeignError("index.html")
    return names


def shown_report(page: bytes, shards: tuple[bytes, ...]) -> ShownReport:
    """The data of a page, given the files beside it. Raises ForeignError."""
    block = _block(page)
    content = block["block"]
    if encoding := _attributes(block).get("encoding"):
        packed = b"".join(_part(number, shard) for number, shard in enumerate(shards, 1)) if shards else content
        content = _inflated(packed, encoding)
    report = decoded(content, ShownReport, "index.html")
    if report.format != FORMAT or not _is_closed(report):
        raise ForeignError("index.html")
    return report


def _is_closed(report: ShownReport) -> bool:
    """Whether every number that names a document or a pair is one of the report's."""
    documents, pairs = len(report.documents), len(report.pairs)
    versions = [version for family in report.families for version in family.versions]
    return (
        all(max(pair.a, pair.b) < documents for pair in report.pairs)
        and all(max(version.document, version.nearest) < documents and version.pair < pairs for version in versions)
        and all(pair < pairs for family in report.families for pair in family.pairs)
    )


def recorded_report(content: bytes) -> RecordedReport:
    """What `report.json` holds. Raises ForeignError."""
    report = decoded(content, RecordedReport, "report.json")
    if report.schema != SCHEMA:
        raise ForeignError("report.json")
    return report


def numbers(pair: msgspec.Raw, names: tuple[str, ...]) -> dict[str, float]:
    """The scores and counts of a pair by their names. Raises ForeignError."""
    record = decoded(bytes(pair), dict[str, object], "report.json")
    scores = {name: value for name in names if isinstance(value := record.get(name), int | float)}
    if len(scores) < len(names):
        raise ForeignError("report.json")
    return scores


def _block(page: bytes) -> re.Match[bytes]:
    if not (block := _BLOCK.search(page)):
        raise ForeignError("index.html")
    return block


def _attributes(block: re.Match[bytes]) -> dict[str, str]:
    pairs = _ATTRIBUTE.findall(block["attributes"])
    return {name.decode(): unescape(value.decode("utf-8", "replace")) for name, value in pairs}


def _part(number: int, shard: bytes) -> bytes:
    """What a shard holds, if it is that one."""
    held = _SHARD.fullmatch(shard)
    if not held or int(held[1]) != number:
        raise ForeignError(f"data-{number:02}.js")
    return held[2]


def _inflated(packed: bytes, encoding: str) -> bytes:
    unpacker = zlib.decompressobj(-zlib.MAX_WBITS)
    try:
        content = unpacker.decompress(base64.b64decode(packed.strip(), validate=True), INFLATED)
    except (binascii.Error, zlib.error):
        raise ForeignError("index.html") from None
    if not unpacker.eof or encoding not in {"deflate-raw", "shards"}:
        raise ForeignError("index.html")
    return content
