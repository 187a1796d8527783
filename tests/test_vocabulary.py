"""The closed lists, and everything that is made from them or must agree with them."""

from __future__ import annotations

import json
import re
from importlib import resources
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

import compare
from compare.formats.csv import HEADER
from compare.gate import policy
from compare.jobs.findings import CLUSTER_COLUMNS, PAIR_COLUMNS
from compare.model import (
    QUOTATION,
    ChangeKind,
    Comparison,
    Fact,
    HeadPart,
    Kind,
    Mark,
    Move,
    Quantity,
    QuoteState,
    State,
    Verdict,
)  # fmt: skip
from compare.sources.types import DOCUMENTS, READERS, TABLES
from compare.vocabulary import COUNTS, NUMBERS, SHARES, Word, numbers_of

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).parents[1]
SCHEMAS = {
    name: json.loads(resources.files("compare.data").joinpath(f"{name}.schema.json").read_text("utf-8"))
    for name in ("report", "check")
}
PAIRS = {"report": "pair", "check": "finding"}


def enums(schema: object, key: str) -> Iterator[list[str]]:
    """The closed lists that a schema gives under a key, wherever it stands."""
    if isinstance(schema, dict):
        for name, value in schema.items():
            if name == key:
                yield from ([found["enum"]] if "enum" in (found := value.get("items", value)) else [])
            yield from enums(value, key)
    elif isinstance(schema, list):
        for value in schema:
            yield from enums(value, key)


def test_a_word_is_its_value_and_carries_its_meaning_and_its_label() -> None:
    assert (Mark.DRIFT, str(Mark.DRIFT), Mark("drift")) == ("drift", "drift", Mark.DRIFT)
    assert (Mark.DRIFT.label, Mark.QUOTE.label) == ("fact changed", "quote")
    assert all(word.means for words in Word.__subclasses__() for word in words)


@pytest.mark.parametrize("name", SCHEMAS)
@pytest.mark.parametrize(("key", "words"), [("verdict", Verdict), ("kind", Kind), ("marks", Mark), ("what", Fact)])
def test_the_schemas_list_the_words_in_their_order(name: str, key: str, words: type[Word]) -> None:
    lists = list(enums(SCHEMAS[name], key))
    assert lists
    assert all([word for word in found if word != QUOTATION] == [word.value for word in words] for found in lists)


def test_the_schema_of_a_report_lists_the_kinds_of_change_and_their_finer_words() -> None:
    definitions = SCHEMAS["report"]["$defs"]
    assert definitions["change_kind"]["enum"] == [word.value for word in ChangeKind]
    assert definitions["change_what"]["enum"] == [word.value for word in (*Fact, *QuoteState, *HeadPart, *Move)]


@pytest.mark.parametrize("name", SCHEMAS)
def test_the_schemas_list_the_states(name: str) -> None:
    assert set(map(tuple, enums(SCHEMAS[name], "state"))) <= {tuple(State), tuple(list(State)[1:]), tuple(QuoteState)}


@pytest.mark.parametrize("name", SCHEMAS)
def test_the_schemas_describe_the_numbers_of_a_pair_as_the_table_does(name: str) -> None:
    pair = SCHEMAS[name]["$defs"][PAIRS[name]]
    numbers = {column: (number, column) for number in NUMBERS for column in number.columns if not number.tally}
    assert [key for key in pair["properties"] if key in numbers] == list(numbers) == [*SHARES, *COUNTS]
    assert set(numbers) <= set(pair["required"])
    for column, (number, _) in numbers.items():
        side, other = ("b", "a") if column.endswith("_b") else ("a", "b")
        assert pair["properties"][column] == {
            "description": number.means.format(side=side, other=other),
            "$ref": "#/$defs/count" if number.is_count else "#/$defs/share",
        }


def test_a_comparison_holds_every_number_but_the_tallies() -> None:
    others = {"a", "b", "verdict", "matches", "evidence", "lineage", "facts_in_common"}
    fields = set(Comparison.__slots__) - others
    assert fields == {*SHARES, *COUNTS}


def test_policies_may_ask_for_every_number_and_for_nothing_else() -> None:
    text = "The harbour wall of Ardwick gave way on Sunday night, and 4,200 people were told to leave their homes."
    found = compare.pair(text, text)
    assert set(policy.numbers(found)) == {"verdict", *dict(numbers_of(found))} == {
        "verdict", *policy.SHARES, *policy.COUNTS,
    }  # fmt: skip
    assert policy.numbers(found)["matches"] == 1
    guide = (ROOT / "docs" / "how-to-gate.md").read_text("utf-8")
    assert {number.name for number in NUMBERS} <= set(re.findall(r"`([a-z]+)`", guide))


def test_the_tables_name_their_columns_as_the_numbers_are_named() -> None:
    others = {"a", "b", "verdict", "level", "state", "line_a", "line_b", "words", "passages", "facts_changed", "policy"}
    others |= {"relation", "first"}
    others |= {"key", "why", "reason", "note", "by", "expires", "read_a", "read_b"}
    assert {*HEADER, *PAIR_COLUMNS} - others <= {*SHARES, *COUNTS}


def test_the_columns_of_the_tables_are_documented() -> None:
    clean = "how-to-clean-a-corpus.md"
    for page, columns in ((clean, PAIR_COLUMNS), (clean, CLUSTER_COLUMNS), ("how-to-gate.md", HEADER)):
        named = re.findall(r"`([^`\n]*)`", (ROOT / "docs" / page).read_text("utf-8"))
        assert ",".join(columns) in named, page


def test_every_format_of_articles_wakes_the_hook_and_stands_in_the_readme() -> None:
    hook = re.search(r"files: '(.+)'", (ROOT / ".pre-commit-hooks.yaml").read_text("utf-8"))
    assert hook
    assert all(re.search(hook[1], f"articles/a{ending}") for ending in (*READERS, *DOCUMENTS, *TABLES))
    named = set(re.findall(r"`(\.\w+)`", (ROOT / "README.md").read_text("utf-8")))
    assert {READERS[ending] for ending in named & READERS.keys()} == set(READERS.values())


def test_every_quantity_has_its_words() -> None:
    slots = {"n", "side", "other", "k", "own", "counted", "words", "differ"}
    for quantity in Quantity:
        assert quantity.says
        assert set(re.findall(r"\{(\w+)\}", quantity.says + quantity.nothing)) <= slots
