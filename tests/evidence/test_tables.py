"""Tables of a pack: no spreadsheet calculates what stands in them."""

from __future__ import annotations

import csv
import io
from dataclasses import replace

from newsroom import newsroom
from packing import reread

from compare.evidence.pack import Cover, contents_of
from compare.evidence.tables import COLUMNS, tables


def test_what_a_spreadsheet_takes_for_a_formula_is_text() -> None:
    made = newsroom()
    documents = tuple(
        replace(one, title='=HYPERLINK("http://127.0.0.1")', source="+1", author="@a") for one in made.documents
    )
    report = reread(replace(made, documents=documents))
    contents = contents_of(report, [*report.keys], Cover(), ())
    held = tables(contents.sources, contents.families, contents.pairs)
    assert list(held) == list(COLUMNS)
    for name, content in held.items():
        header, *rows = csv.reader(io.StringIO(content.decode(), newline=""), strict=True)
        assert tuple(header) == COLUMNS[name]
        assert not [cell for row in rows for cell in row if cell[:1] in {"=", "+", "-", "@"}]
    assert held["documents.csv"].decode().count("'=HYPERLINK") == len(contents.sources)
