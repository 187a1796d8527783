"""The site of the documents, and the reference that is made of the program."""

from __future__ import annotations

import re
import runpy
import subprocess
import sys
from pathlib import Path
from posixpath import normpath

import yaml

ROOT = Path(__file__).parents[2]
PAGES = runpy.run_path(str(ROOT / "tools" / "make_site.py"))["pages"]()


def test_the_reference_is_what_the_program_says(tmp_path: Path) -> None:
    program = [
        sys.executable,
        "-P",
        str(ROOT / "tools" / "make_reference.py"),
        str(tmp_path),
    ]  # click keeps what it made
    assert subprocess.run(program, check=False).returncode == 0
    there, made = (
        {path.name: path.read_text("utf-8") for path in folder.glob("*.md")}
        for folder in (ROOT / "docs" / "reference", tmp_path)
    )
    assert there == made, "python tools/make_reference.py docs/reference"


def test_every_page_but_decisions_has_its_place_in_the_navigation() -> None:
    settings = yaml.safe_load((ROOT / "mkdocs.yml").read_text("utf-8"))
    listed = re.findall(r"[\w/-]+\.md", str(settings["nav"]))
    assert sorted(listed) == sorted(name for name in PAGES if not name.startswith("decisions/"))


def test_links_lead_from_page_to_page_and_no_link_to_the_sources_is_left() -> None:
    assert "[changes](CHANGELOG.md)" in PAGES["index.md"]
    assert "[decisions](docs/decisions/)" not in PAGES["index.md"]
    assert "](pair.png)" in PAGES["tutorial-for-editors.md"]
    for name, page in PAGES.items():
        targets = [target.partition("#")[0] for target in re.findall(r"\]\(([^()\s]+)\)", page) if "://" not in target]
        folder = Path(name).parent
        lost = [target for target in targets if target.endswith(".md") and normpath(folder / target) not in PAGES]
        assert lost == [], name
