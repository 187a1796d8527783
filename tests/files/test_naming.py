from __future__ import annotations

from pathlib import Path

import pytest

from compare.errors import InputError
from compare.files.naming import path_of


@pytest.mark.parametrize("path", ["a.md", Path("x") / "a.md", "a\udcff.md", " "])
def test_a_path_that_a_file_may_have_is_given_back_as_a_string(path: str | Path) -> None:
    assert path_of(path) == str(path)


@pytest.mark.parametrize("path", ["", "a\0", "\ud800.md", "\udfff"])
def test_a_path_that_no_file_can_have_is_one_plain_line(path: str) -> None:
    with pytest.raises(InputError) as raised:
        path_of(path)
    assert str(raised.value).isprintable()


@pytest.mark.parametrize("path", [None, 3, b"a.md", ["a.md"]])
def test_what_is_no_path_is_refused_by_its_type(path: object) -> None:
    with pytest.raises(TypeError, match=type(path).__name__):
        path_of(path)
