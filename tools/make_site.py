"""Put the documents together as a site with one search: README, docs/ and what they lead to.

    python tools/make_site.py FOLDER        needs mkdocs-material

Links lead from page to page; a link to a file of the sources that is no page becomes its name. MkDocs is strict: a link
or an anchor that leads nowhere ends with 1. Nothing is fetched.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import tempfile
from functools import partial
from pathlib import Path, PurePosixPath

ROOT = Path(__file__).resolve().parents[1]
MOVED = {"README.md": "index.md", "bench/README.md": "bench.md", "CHANGELOG.md": "CHANGELOG.md",
         "CONTRIBUTING.md": "CONTRIBUTING.md", "SECURITY.md": "SECURITY.md"}  # fmt: skip
"""Pages beside docs/, and what they are called on the site."""
_LINK = re.compile(r"(!?)\[((?:[^\[\]]|\[[^\]]*\])*)\]\(([^()\s]+)\)")


def pages() -> dict[str, str]:
    """Every page, by its place on the site."""
    found = {place: _page(source, place) for source, place in MOVED.items()}
    for path in sorted((ROOT / "docs").rglob("*.md")):
        source = path.relative_to(ROOT).as_posix()
        found[_place(source)] = _page(source, _place(source))
    return found


def _place(source: str) -> str:
    """Where a file of the repository stands on the site; empty: nowhere."""
    if source in MOVED:
        return MOVED[source]
    below = source.startswith("docs/") and (ROOT / source).is_file()
    return source.removeprefix("docs/") if below else ""


def _page(source: str, place: str) -> str:
    """A page whose links lead where their ends stand on the site."""
    return _LINK.sub(partial(_linked, source, place), (ROOT / source).read_text("utf-8"))


def _linked(source: str, place: str, link: re.Match[str]) -> str:
    mark, text, target = link.groups()
    path, sign, anchor = target.partition("#")
    if not path or "://" in target:
        return link[0]
    wanted = os.path.normpath(PurePosixPath(source).parent / path).replace(os.sep, "/")
    there = _place(wanted)
    if not there:
        return text
    return f"{mark}[{text}]({os.path.relpath(there, PurePosixPath(place).parent)}{sign}{anchor})"


def main(output: Path) -> int:
    """Build the site; MkDocs' exit code."""
    with tempfile.TemporaryDirectory(prefix="compare-site-") as folder:
        sources = Path(folder) / "docs"
        shutil.copytree(ROOT / "docs", sources, ignore=shutil.ignore_patterns("*.md", "*.ipynb"))
        for place, page in pages().items():
            (sources / place).parent.mkdir(parents=True, exist_ok=True)
            (sources / place).write_text(page, "utf-8")
        settings = (ROOT / "mkdocs.yml").read_text("utf-8").replace("docs_dir: docs ", f"docs_dir: {sources} ")
        (Path(folder) / "mkdocs.yml").write_text(settings, "utf-8")
        words = ["--strict", "--quiet", "--config-file", f"{folder}/mkdocs.yml", "--site-dir", str(output.resolve())]
        calm = {**os.environ, "NO_MKDOCS_2_WARNING": "1"}
        return subprocess.run([sys.executable, "-m", "mkdocs", "build", *words], env=calm, check=False).returncode  # noqa: S603


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
