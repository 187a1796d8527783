#!/usr/bin/env python3
"""Say whether what is committed can be released, a line for each condition, and end with 1 where one does not hold.

    python3 tools/release.py            # all of it: builds, installs into a fresh environment, compares seeds/
    python3 tools/release.py --quick    # what needs no build

Nothing is tagged, signed or uploaded: the tag that one sets afterwards makes `.github/workflows/release.yml` do that.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tarfile
import tempfile
import tomllib
import venv
import zipfile
from email import message_from_string
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

ROOT = Path(__file__).resolve().parent.parent
LARGEST = 1_500_000
KERNELS = ("compare/kernels/_native", "compare/kernels/align/_native", "compare/kernels/rows/_native")
IN_WHEEL = (
    "compare/__main__.py",
    "compare/py.typed",
    "compare/data/report.schema.json",
    "compare/data/unicode-license.txt",
)
IN_SOURCE = (
    "LICENSE",
    "README.md",
    "pyproject.toml",
    "compare/version.py",
    "compare/kernels/pointers.pxd",
    *(f"{name}.pyx" for name in KERNELS),
)
NEVER = re.compile(r"(^|/)(__pycache__|tests|bench|reports|\.git|\.tox)(/|$)|\.(c|pyc|o)$")
FIELDS = (
    "Name",
    "Version",
    "Summary",
    "Requires-Python",
    "License-Expression",
    "License-File",
    "Description-Content-Type",
)


class Line(NamedTuple):
    """A condition, and what is wrong where it does not hold."""

    condition: str
    wrong: str = ""

    def __str__(self) -> str:
        """As it is printed."""
        return f"{'WRONG' if self.wrong else 'ok':5}  {self.condition}{self.wrong and ': ' + self.wrong}"


# --- what is read --------------------------------------------------------------------------------------------------


def version_of(source: str) -> str:
    """The version that `compare/version.py` says, or nothing."""
    stands = re.search(r'(?m)^__version__ = "([^"]+)"$', source)
    return stands[1] if stands else ""


def headed(changes: str, version: str) -> Line:
    """Whether the changes of a version stand first, under it and its day, with none left under Unreleased."""
    condition = f"CHANGELOG.md begins with {version} and its day"
    headings = [part.partition("\n") for part in re.split(r"(?m)^## ", changes)[1:]]
    entries = {heading: body.strip() for heading, _, body in headings}
    if entries.pop("Unreleased", ""):
        return Line(condition, "changes stand under Unreleased")
    first = next(iter(entries), "")
    if not re.fullmatch(re.escape(version) + r" [-–—] \d{4}-\d\d-\d\d", first):
        return Line(condition, f"it begins with {first or 'no version'!r}")
    return Line(condition, "" if entries[first] else "nothing stands under it")


def held(names: Iterable[str], wanted: Iterable[str], condition: str) -> Line:
    """Whether an archive holds what it must (a name may go on), and nothing that no user needs."""
    names = sorted(names)
    missing = [f"{want} is missing" for want in wanted if not any(name.startswith(want) for name in names)]
    return Line(condition, "; ".join(missing + [f"{name} is in it" for name in names if NEVER.search(name)]))


def described(metadata: str, version: str) -> Line:
    """Whether what a registry shows of a wheel is whole: it refuses an upload otherwise, or shows it wrongly."""
    told = message_from_string(metadata)
    wrong = [f"{field} is missing" for field in FIELDS if not told.get(field, "").strip()]
    wrong += [f"it is version {told['Version']}"] if told["Version"] != version else []
    wrong += [] if str(told.get_payload()).strip() else ["no description"]
    wrong += [f"{line}: a registry takes no such thing" for line in told.get_all("Requires-Dist", []) if "@" in line]
    return Line("the metadata of the wheel is whole", "; ".join(wrong))


def small(size: int) -> Line:
    """Whether a wheel is as small as it was promised."""
    over = f"it has {size:,} bytes" if size >= LARGEST else ""
    return Line(f"the wheel has less than {LARGEST:,} bytes", over)


# --- what is run ---------------------------------------------------------------------------------------------------


def flags() -> dict[str, str]:
    """The variables with which cibuildwheel builds on Linux."""
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    return dict(settings["tool"]["cibuildwheel"]["linux"]["environment"])


def ran(*words: object, folder: Path = ROOT) -> tuple[int, str]:
    """The code of a program, and all that it said; what it compiles is compiled as cibuildwheel does it."""
    ended = subprocess.run(  # noqa: S603  # our own commands
        [*map(str, words)], cwd=folder, env=os.environ | flags(),
        stdout=subprocess.PIPE, stderr=subprocess.STDOUT, encoding="utf-8", check=False,
    )  # fmt: skip
    return ended.returncode, ended.stdout.strip()


def worked(condition: str, *words: object, folder: Path = ROOT) -> Line:
    """Whether a program ends with 0; what it said last where it does not."""
    code, told = ran(*words, folder=folder)
    return Line(condition, (told.splitlines() or [f"it ended with {code}"])[-1] if code else "")


def committed(version: str) -> Iterator[Line]:
    """What needs no build."""
    _, changed = ran("git", "status", "--porcelain")
    yield Line("all is committed", "; ".join(changed.splitlines()))
    yield headed((ROOT / "CHANGELOG.md").read_text("utf-8"), version)
    _, tag = ran("git", "tag", "--list", f"v{version}")
    yield Line(f"the tag v{version} is free", f"{tag} is set" if tag else "")


def built(folder: Path) -> Iterator[Line]:
    """Build both archives from what is committed, in an environment of their own, into `folder/dist`."""
    venv.create(folder / "build", with_pip=True)
    python = folder / "build" / "bin" / "python"
    yield worked("what is committed is had", "git", "clone", "-q", ROOT, folder / "source")
    yield worked("the tools of a build are had", python, "-m", "pip", "install", "-q", "build")
    yield worked(
        "the source distribution is built, and the wheel from it",
        python, "-m", "build", "--outdir", folder / "dist", folder / "source",
    )  # fmt: skip


def looked_at(dist: Path, version: str) -> Iterator[Line]:
    """What is in both archives."""
    (wheel,), (source,) = dist.glob("*.whl"), dist.glob("*.tar.gz")
    with tarfile.open(source) as tar:
        names = [name.partition("/")[2] for name in tar.getnames()]
    yield held(names, IN_SOURCE, "the source distribution holds what a build needs")
    with zipfile.ZipFile(wheel) as archive:
        yield held(
            archive.namelist(), (*IN_WHEEL, *(f"{name}." for name in KERNELS)), "the wheel holds what a user needs"
        )
        native = any(name.startswith(f"{KERNELS[0]}.c") and name.endswith(".so") for name in archive.namelist())
        yield Line("its kernels are compiled", "" if native else "no compiler was found")
        metadata = next(name for name in archive.namelist() if name.endswith(".dist-info/METADATA"))
        yield described(archive.read(metadata).decode(), version)
    yield small(wheel.stat().st_size)


def installed(folder: Path, version: str) -> Iterator[Line]:
    """Install the wheel into a fresh environment, and compare the sample articles with it."""
    venv.create(folder / "fresh", with_pip=True)
    commands = folder / "fresh" / "bin"
    (wheel,) = (folder / "dist").glob("*.whl")
    yield worked("the wheel is installed alone", commands / "python", "-m", "pip", "install", "-q", wheel)
    code, told = ran(commands / "compare", "--version", folder=folder)
    yield Line(f"it says that it is {version}", "" if not code and version in told else told or "nothing")
    seeds = folder / "source" / "seeds"
    yield worked("it compares seeds/", commands / "compare", "run", seeds, "--output", folder / "out", folder=folder)


def lines(*, quick: bool) -> Iterator[Line]:
    """Every condition, as it is found; where a build fails, those after it are not asked."""
    version = version_of((ROOT / "compare" / "version.py").read_text("utf-8"))
    yield from committed(version)
    if quick:
        return
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        steps = list(built(folder))
        yield from steps
        if not any(step.wrong for step in steps):
            yield from looked_at(folder / "dist", version)
            yield from installed(folder, version)


def main(words: list[str]) -> int:
    """Print every condition; 1 where one does not hold."""
    if set(words) - {"--quick"}:
        print(__doc__)
        return 2
    wrong = 0
    for line in lines(quick="--quick" in words):
        print(line, flush=True)
        wrong += bool(line.wrong)
    print("Not to be released." if wrong else "Can be released.")
    return int(wrong > 0)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
