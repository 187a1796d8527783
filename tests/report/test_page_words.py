"""The words of the report's pages: none stands in the script, each in Python has its use, and each its class."""

from __future__ import annotations

import re
from importlib.resources import files

import pytest
from script_reader import literals

from compare.wording.page import FAILURES, KIND_LOOKS, MARK_LOOKS, STATE_LOOKS, VERDICT_LOOKS, WORDS

TEMPLATES = files("compare.report").joinpath("templates")
SCRIPTS = {file.name: file.read_text("utf-8") for file in (*TEMPLATES.joinpath("app").iterdir(), TEMPLATES / "app.js")}
SCRIPT = "\n".join(SCRIPTS.values())
SHEETS = ("style.css", "app.css", "front.css", "pair.css")
STYLE = "".join(TEMPLATES.joinpath(name).read_text("utf-8") for name in SHEETS)
CLASSES = set(re.findall(r"\.([a-z][\w-]*)", STYLE))
ENGLISH = re.compile(r"[^\W\d_][,.:;]?[\s\x00]+[^\W\d_]|^\W*[A-Z][a-z]|[^\W\d_]\W*[.…:]\s*$|[^\x00-\x7f\W]")
"""Two words, a word with a capital, one that ends a sentence, letters that no name in code has."""


def is_a_name(text: str, before: str) -> bool:
    """Whether a string is for the browser alone: classes of the style sheets, a selector, a media query."""
    return set(text.split()) <= CLASSES or bool(
        re.search(r"(\.querySelector(All)?|\.closest|\.matches|matchMedia)\($", before)
    )


@pytest.mark.parametrize("name", SCRIPTS)
def test_no_script_holds_an_english_sentence(name: str) -> None:
    strings = [string for string in literals(SCRIPTS[name]) if ENGLISH.search(string.text)]
    assert [text for text, before in strings if not is_a_name(text, before)] == []


@pytest.mark.parametrize(
    "code",
    ['h("p", {}, "Nothing to see")', "say(`${count} pairs shown`)", 'h("h1", {}, "Desk")', "`a ${`Some ${x} more`} b`",
     "f('the end.')"],
)  # fmt: skip
def test_a_sentence_in_a_script_would_be_seen(code: str) -> None:
    assert [string for string in literals(code) if ENGLISH.search(string.text) and not is_a_name(*string)]


def test_comments_are_not_strings_and_what_is_put_into_a_template_is_read_as_code() -> None:
    strings = literals("/* \"One\" */ // 'Two'\nf(`a ${ g({ x: \"b\" }) } c`, 'it\\'s')")
    assert [text for text, _ in strings] == ["b", "a \x00 c", "it\\'s"]


def test_every_word_that_the_script_asks_for_is_there_and_every_word_is_asked_for() -> None:
    asked = set(re.findall(r"\bwords\.(\w+)\.(\w+)", SCRIPT))
    asked |= set(re.findall(r"(?<![\w.])(about|method)\.(\w+)", SCRIPT))  # taken from `words` by these names
    assert {(view, name) for view, name in asked if name not in WORDS[view]} == set()
    unused = [
        f"{view}.{name}"
        for view, templates in WORDS.items()
        for name in templates
        if not re.search(rf"\.{name}\b|\"{name}\"", SCRIPT) and not name.startswith("by_")
    ]
    assert unused == []
    assert {name.removeprefix("by_") for name in WORDS["front"] if name.startswith("by_")} == set(
        re.findall(r"^  (\w+): \(x, y\) =>", SCRIPT, re.MULTILINE)
    )
    assert all(f'"{what}"' in SCRIPT or f".{what}" in SCRIPT for what in FAILURES)


def test_plural_templates_say_the_count_and_both_forms_have_the_same_slots() -> None:
    forms = [form for view in WORDS.values() for form in view.values() if isinstance(form, dict)]
    assert forms
    for form in forms:
        slots = {which: set(re.findall(r"\{(\w+)\}", text)) for which, text in form.items()}
        assert [*form] == ["one", "other"]
        assert "count" in slots["other"]
        assert slots["one"] | {"count"} == slots["other"]


def test_every_verdict_kind_and_state_has_its_class_in_the_style_sheets() -> None:
    looks = [*VERDICT_LOOKS.values(), *KIND_LOOKS.values(), *STATE_LOOKS.values()]
    assert {str(look["css"]) for look in looks} - CLASSES == set()


def test_a_mark_without_a_class_of_its_own_looks_like_any_chip_and_no_class_is_of_nothing() -> None:
    assert re.search(r"^\.chip \{[^}]*\bborder: [^}]*\bbackground: [^}]*\bcolor: ", STYLE, re.MULTILINE)
    looks = [*VERDICT_LOOKS.values(), *KIND_LOOKS.values(), *MARK_LOOKS.values(), *STATE_LOOKS.values()]
    classes = {str(look[name]) for look in looks for name in ("css", "text") if name in look}
    assert {name for name in CLASSES if re.match(r"(v|k|c|is|s)-", name)} - classes == set(), "of nothing"


@pytest.mark.parametrize("kind", [str(look["css"]) for look in KIND_LOOKS.values()])
def test_every_kind_is_shown_in_the_text_in_bars_between_the_columns_and_in_the_map(kind: str) -> None:
    for selector in (f".m.{kind} {{", f".bar rect.{kind} {{", f"path.{kind} {{", f"\nrect.{kind} {{| rect.{kind} {{"):
        assert any(form in STYLE for form in selector.split("|")), selector
