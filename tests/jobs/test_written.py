from __future__ import annotations

import pytest

from compare.errors import InputError
from compare.jobs.written import utf8_of


def test_a_line_that_no_file_can_hold_is_refused() -> None:
    assert list(utf8_of(["é,1\n"])) == ["é,1\n".encode()]
    with pytest.raises(InputError, match="does not fit together; remove its folder"):
        list(utf8_of(["a\n", "\ud800\n"]))
