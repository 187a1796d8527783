"""Kill -9 a desk while editors decide, at random times, and look whether anything that was acknowledged is lost.

    python bench/hazards/desk.py [--count 50] [--seed 1]

Two editors decide without a pause: accept, ignore, flag, note, take back. After each kill both files can be read, every
decision that was answered with 200 stands in the journal, and a desk that is started again goes on.
"""

from __future__ import annotations

import argparse
import http.client
import json
import random
import subprocess
import sys
import tempfile
import threading
import time
import tomllib
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

sys.path.insert(0, str(Path(__file__).parent.parent))
from hazards.world import COMPARE, environment
from measure import machine, table

STORY = (
    "The ferry company said on Monday that it would close the northern crossing for the winter, as in other years. "
    "The council put the damage at four million pounds, and the crossing will open again in May, {} said."
)
DONE = 200
ACTS = ("accept", "ignore", "flag", "note", "undo")


def posted(address: str, path: str, body: object) -> tuple[int, dict[str, Any]]:
    """Status and answer. Raises OSError, HTTPException where the desk is gone."""
    parts = urlsplit(address)
    connection = http.client.HTTPConnection(str(parts.hostname), parts.port, timeout=30)
    try:
        headers = {"Content-Type": "application/json"}
        connection.request("POST", parts.path + path, json.dumps(body).encode(), headers)
        answer = connection.getresponse()
        return answer.status, json.loads(answer.read())
    finally:
        connection.close()


def edit(address: str, name: str, draw: random.Random, kept: list[str]) -> None:
    """Decides until the desk is gone; what was acknowledged is kept, by its note."""
    try:
        given = {"text": STORY.format(name), "name": name}
        _, answer = posted(address, "api/query", given)
        (pair,) = answer["pairs"]
        seen = pair["seen"]
        while True:
            about = {"answer": answer["answer"], "a": pair["a"], "b": pair["b"], "by": name, "seen": seen}
            note = f"{name} {draw.random()}"
            status, done = posted(address, "api/decide", about | {"what": draw.choice(ACTS), "note": note})
            if status == DONE:
                seen = done["seen"]
                kept.append(note)
    except (OSError, http.client.HTTPException, ValueError):
        return


def main() -> None:
    """Kill, and print the table; ends with 1 if anything was lost."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--count", type=int, default=50)
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args()
    draw = random.Random(given.seed)  # noqa: S311  # repeatable
    kept: list[str] = []
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "articles").mkdir()
        (folder / "articles" / "wire.txt").write_text(STORY.format("Ellin"), "utf-8")
        for _ in range(given.count):
            killed(folder, draw, kept)
        lines = (folder / "compare.desk.jsonl").read_bytes().split(b"\n")
        notes = {json.loads(line)["note"] for line in lines[:-1] if line}
        entries = tomllib.loads((folder / "compare.accepted.toml").read_text("utf-8")).get("accepted", [])
    lost = [note for note in kept if note not in notes]
    print(machine())
    table(["kills", "acknowledged", "lost", "entries that stand"], [(given.count, len(kept), len(lost), len(entries))])
    sys.exit(1 if lost or not kept else 0)


def killed(folder: Path, draw: random.Random, kept: list[str]) -> None:
    """One desk, from its start to its end."""
    command = [*COMPARE, "desk", "articles", "--no-browser", "--accepted", "compare.accepted.toml"]
    with subprocess.Popen(command, cwd=folder, env=environment(), stdout=subprocess.PIPE, text=True) as desk:  # noqa: S603
        assert desk.stdout  # noqa: S101  # asked for
        address = desk.stdout.readline().strip()
        editors = [
            threading.Thread(target=edit, args=(address, name, random.Random(draw.random()), kept))  # noqa: S311
            for name in ("ida.txt", "bo.txt")
        ]
        for editor in editors:
            editor.start()
        time.sleep(draw.uniform(0.3, 1.5))
        desk.kill()
        for editor in editors:
            editor.join()


if __name__ == "__main__":
    main()
