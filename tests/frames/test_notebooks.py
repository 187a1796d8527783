"""The notebooks run, and print what stands in them. `COMPARE_WRITE_GOLDEN=1` writes what they print now."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest
from notebooks import outputs_of, recorded

NOTEBOOKS = Path(__file__).parents[2] / "docs" / "notebooks"
LIBRARIES = {
    "pandas": "pandas",
    "polars": "polars",
    "datasets": "datasets",
    "duckdb": "pyarrow",
    "scikit-learn": "sklearn",
}


@pytest.mark.parametrize("name", LIBRARIES)
def test_a_notebook_prints_what_stands_in_it(name: str) -> None:
    pytest.importorskip(LIBRARIES[name], reason=f"{LIBRARIES[name]} is not installed")
    path = NOTEBOOKS / f"{name}.ipynb"
    notebook = json.loads(path.read_text("utf-8"))
    for number, (cell, printed) in enumerate(outputs_of(notebook), 1):
        if "COMPARE_WRITE_GOLDEN" in os.environ:
            shown = {"data": {"text/plain": printed.rstrip("\n").splitlines(keepends=True)}, "metadata": {}}
            shown |= {"execution_count": number, "output_type": "execute_result"}
            cell["execution_count"], cell["outputs"] = number, [shown] if printed else []
        assert printed == recorded(cell), "".join(cell["source"])
    if "COMPARE_WRITE_GOLDEN" in os.environ:
        path.write_text(json.dumps(notebook, indent=1, ensure_ascii=False) + "\n", "utf-8")


def test_there_is_a_test_for_each_notebook_and_none_is_large() -> None:
    assert {path.stem for path in NOTEBOOKS.glob("*.ipynb")} == LIBRARIES.keys()
    assert all(path.stat().st_size < 10_000 for path in NOTEBOOKS.glob("*.ipynb"))
