"""Readers of the corpora that the accuracy suites measure on. Each is read as it is published; none is shipped."""

from __future__ import annotations

import csv
import json
import lzma
import sys
from dataclasses import dataclass
from pathlib import Path
from xml.etree import ElementTree as ET
from zlib import crc32

from plagdet import Passage

PARTS = ("tuned", "kept")
"""A suspicious document's part is `PARTS[crc32(its file name) % 2]`; all its pairs go with it."""


@dataclass(frozen=True, slots=True)
class PanPair:
    """A pair of a PAN text alignment corpus, with its gold."""

    folder: str
    category: str
    suspicious: str
    """File name in `susp/` ..."""
    source: str
    """... and in `src/`."""
    cases: tuple[Passage, ...]

    @property
    def xml(self) -> str:
        """The name that gold and detections of this pair are stored by."""
        return f"{Path(self.suspicious).stem}-{Path(self.source).stem}.xml"

    def texts(self) -> tuple[str, str]:
        """Both texts: UTF-8, newlines untranslated, which is what the offsets count in."""
        names = Path(self.folder, "susp", self.suspicious), Path(self.folder, "src", self.source)
        a, b = (name.read_bytes().decode() for name in names)
        return a, b


def pan_pairs(folder: str, part: str, limit: int = 0) -> list[PanPair]:
    """The pairs of a part (`kept`, `tuned` or `all`) by category, then name; at most `limit` a category, at random.

    A category is a subfolder with a file `pairs`; a corpus without any is one category of its own `pairs`.
    Chance is a checksum of the pair's name, so that it is the same everywhere.
    """
    files = sorted(Path(folder).glob("*/pairs")) or [Path(folder, "pairs")]
    if not files[0].is_file():
        sys.exit(f"{folder} has no file `pairs`: not a PAN text alignment corpus (see bench/README.md)")
    return [pair for file in files for pair in _category(folder, file, part, limit)]


def _category(folder: str, file: Path, part: str, limit: int) -> list[PanPair]:
    listed = (line.split() for line in file.read_text("utf-8").splitlines() if line.strip())
    names = sorted((a, b) for a, b in listed if part in {"all", part_of(a)})
    if limit:
        names = sorted(sorted(names, key=lambda pair: crc32("-".join(pair).encode()))[:limit])
    return [PanPair(folder, file.parent.name, a, b, _cases(file.parent, a, b)) for a, b in names]


def part_of(suspicious: str) -> str:
    """Which part a suspicious document is in, by its file name.

    >>> part_of("suspicious-document00001.txt"), part_of("suspicious-document00008.txt")
    ('tuned', 'kept')
    """
    return PARTS[crc32(suspicious.encode()) % 2]


def _cases(folder: Path, suspicious: str, source: str) -> tuple[Passage, ...]:
    root = ET.parse(folder / f"{Path(suspicious).stem}-{Path(source).stem}.xml").getroot()  # noqa: S314  # gold that the user chose
    named = (feature.attrib for feature in root.iter("feature") if feature.get("name") == "plagiarism")
    return tuple(_passage(found) for found in named if found["source_reference"] == source)


def _passage(found: dict[str, str]) -> Passage:
    a, b = int(found["this_offset"]), int(found["source_offset"])
    return Passage(a, a + int(found["this_length"]), b, b + int(found["source_length"]))


def write_detections(folder: str, pair: PanPair, detections: tuple[Passage, ...]) -> None:
    """One XML file for the pair, as PAN's own scorer reads it; without detections, too."""
    root = ET.Element("document", reference=pair.suspicious)
    for found in detections:
        ET.SubElement(
            root, "feature", name="detected-plagiarism",
            this_offset=str(found.a_start), this_length=str(found.a_stop - found.a_start),
            source_reference=pair.source,
            source_offset=str(found.b_start), source_length=str(found.b_stop - found.b_start),
        )  # fmt: skip
    ET.indent(root)
    ET.ElementTree(root).write(Path(folder, pair.xml), "utf-8", xml_declaration=True)


@dataclass(frozen=True, slots=True)
class Answer:
    """A short answer of the Clough–Stevenson corpus, with the article that its author was given."""

    name: str
    level: str
    """`non`, `light`, `heavy` or `cut`."""
    text: str
    source: str


def answers(folder: str) -> list[Answer]:
    """The 95 answers by name. Encodings are mixed: UTF-8 where it is valid, else Windows-1252."""
    with Path(folder, "file_list.csv").open(newline="", encoding="utf-8") as lines:
        rows = sorted(csv.DictReader(lines), key=lambda row: row["File"])
    texts = {path.name: _western(path.read_bytes()) for path in sorted(Path(folder).rglob("*.txt"))}
    return [
        Answer(row["File"], row["Category"], texts[row["File"]], texts[f"orig_task{row['Task']}.txt"]) for row in rows
    ]


def _western(data: bytes) -> str:
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("cp1252", errors="replace")


def json_lines(folder: str, name: str) -> list[dict[str, str]]:
    """The rows of a JSON lines file, packed or not."""
    opener = lzma.open if name.endswith(".xz") else open
    with opener(Path(folder, name), "rt", encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]
