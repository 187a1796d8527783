"""A pack: its files in their order, a manifest with the hash of each, and all of it as one zip. Pure."""

from __future__ import annotations

import hashlib
import io
import zipfile
from dataclasses import dataclass
from typing import TYPE_CHECKING

import msgspec

from compare.evidence.exhibits import exhibit_of, families_of, family_exhibit, sources_of
from compare.evidence.pages import page
from compare.evidence.tables import tables
from compare.report.segments import visible
from compare.version import __version__

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from compare.evidence.exhibits import FamilyExhibit, PairExhibit, Source
    from compare.evidence.joined import Joined
    from compare.evidence.stored import ShownFamily

SCHEMA = "compare-evidence/1"
MANIFEST, HASHES, PAGE, NOTES = "manifest.json", "manifest.sha256", "index.html", "notes.txt"
BEGINNING = f'{{\n "schema": "{SCHEMA.partition("/")[0]}/'.encode()
"""What a manifest begins with: the first file of a pack, not compressed, so that a pack is known by its first bytes."""
_FIRST_YEAR, _LAST_YEAR = 1980, 2107
_MODE = 0o100644 << 16
_UNIX = 3


@dataclass(frozen=True, slots=True)
class Cover:
    """What a person says of a pack."""

    notes: tuple[str, ...] = ()
    by: str = ""
    date: str = ""
    """ISO 8601, or empty: no clock is asked."""


@dataclass(frozen=True, slots=True)
class Origin:
    """A file of the report that a pack was made of."""

    name: str
    size: int
    sha256: str


@dataclass(frozen=True, slots=True)
class Contents:
    """What a pack is made of, before it is written."""

    report: Joined
    origins: tuple[Origin, ...]
    cover: Cover
    sources: tuple[Source, ...]
    families: tuple[FamilyExhibit, ...]
    pairs: tuple[PairExhibit, ...]


def contents_of(report: Joined, keys: Sequence[str], cover: Cover, origins: Iterable[Origin]) -> Contents:
    """Some pairs and families of a report, with what shows them.

    Raises:
        InputError: the files of the report do not agree on them.
    """
    families = families_of(report, keys)
    shown = dict.fromkeys(page for key in keys for page in dict(_pages(families)).get(key, [key]))
    entries = [report.pair(key) for key in shown]
    members = [report.documents[version.document] for family, _ in families for version in family.versions]
    sources = sources_of(members, entries)
    pairs = tuple(exhibit_of(number, entry, sources) for number, entry in enumerate(entries, 1))
    exhibits = tuple(
        family_exhibit(number, family, report, pairs, sources) for number, (family, _) in enumerate(families, 1)
    )
    return Contents(report, tuple(origins), cover, tuple(sources.values()), exhibits, pairs)


def pack(contents: Contents) -> bytes:
    """The zip of it."""
    return zipped(files(contents), contents.cover.date)


def _pages(families: Iterable[tuple[ShownFamily, list[str]]]) -> Iterator[tuple[str, list[str]]]:
    return ((family.key, pages) for family, pages in families)


def files(contents: Contents) -> dict[str, bytes]:
    """Every file of a pack by its name, the manifest first."""
    content_of = {
        **_texts(contents.sources),
        **tables(contents.sources, contents.families, contents.pairs),
        **_notes(contents.cover),
    }
    seal = hashlib.sha256(hash_lines(content_of)).hexdigest()
    content_of = {PAGE: page(contents, seal).encode(), **content_of}
    manifest = msgspec.json.format(msgspec.json.encode(_manifest(contents, content_of, seal)), indent=1) + b"\n"
    return {MANIFEST: manifest, **content_of, HASHES: hash_lines({MANIFEST: manifest, **content_of})}


def hash_lines(content_of: Mapping[str, bytes]) -> bytes:
    """A line for each file, as `sha256sum -c` reads them, by their names."""
    return "".join(f"{hashlib.sha256(content_of[name]).hexdigest()}  {name}\n" for name in sorted(content_of)).encode()


def zipped(content_of: Mapping[str, bytes], date: str) -> bytes:
    """The files as a zip, not compressed: no two versions of zlib make the same bytes."""
    year = int(date[:4] or 0)
    when = (year, int(date[5:7]), int(date[8:10])) if _FIRST_YEAR <= year <= _LAST_YEAR else (_FIRST_YEAR, 1, 1)
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_STORED) as archive:
        for name, content in content_of.items():
            entry = zipfile.ZipInfo(name, (*when, 0, 0, 0))
            entry.create_system, entry.external_attr = _UNIX, _MODE
            archive.writestr(entry, content)
    return buffer.getvalue()


def is_pack(start: bytes) -> bool:
    """Whether a file that begins so is a pack of ours."""
    name = MANIFEST.encode()
    return start.startswith(b"PK\x03\x04") and start[30:].startswith(name + BEGINNING)


def _texts(sources: Iterable[Source]) -> dict[str, bytes]:
    return {source.file: visible(source.entry.shown.text).encode("utf-8", "replace") for source in sources}


def _notes(cover: Cover) -> dict[str, bytes]:
    return {NOTES: ("\n\n".join(cover.notes) + "\n").encode("utf-8", "replace")} if cover.notes else {}


def _manifest(contents: Contents, content_of: Mapping[str, bytes], seal: str) -> dict[str, object]:
    cover, report = contents.cover, contents.report
    return {
        "schema": SCHEMA,
        "tool": {"name": "compare", "version": __version__},
        "date": cover.date,
        "by": cover.by,
        "notes": [*cover.notes],
        "report": {
            "version": report.shown.version,
            "schema": report.recorded.schema,
            "files": [{"name": one.name, "size": one.size, "sha256": one.sha256} for one in contents.origins],
        },
        "documents": [_document(source) for source in contents.sources],
        "families": [_family(family) for family in contents.families],
        "pairs": [_pair(pair) for pair in contents.pairs],
        "files": [
            {"name": name, "size": len(content_of[name]), "sha256": hashlib.sha256(content_of[name]).hexdigest()}
            for name in sorted(content_of)
        ],
        "seal": seal,
    }


def _document(source: Source) -> dict[str, object]:
    recorded = source.entry.recorded
    return {"number": source.number, "id": recorded.id, "sha256": recorded.sha256, "file": source.file}


def _family(family: FamilyExhibit) -> dict[str, object]:
    versions = [version.source.number for version in family.versions]
    return {"number": family.number, "page": family.shown.key, "documents": versions, "not_shown": [*family.others]}


def _pair(pair: PairExhibit) -> dict[str, object]:
    return {
        "number": pair.number,
        "page": pair.entry.key,
        "a": pair.a.number,
        "b": pair.b.number,
        "verdict": pair.entry.recorded.verdict.value,
    }
