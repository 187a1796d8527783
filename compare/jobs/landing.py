"""Results that go to an address: made in a folder of this machine, then sent there, what vouches for them last."""

from __future__ import annotations

import shutil
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from compare.errors import InputError
from compare.files.remote import check_address, check_bucket, status, writing_remote
from compare.files.temporary import working_folder
from compare.wording.escape import shown

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence


def check_landing(address: str, inputs: Sequence[str], vouching: str) -> None:
    """Refuse an address that cannot be reached, or where a result, or an input, is already. Raises InputError."""
    check_address(address)
    for name in inputs:
        if f"{address}/".startswith(f"{name}/"):
            raise InputError(f"--output {shown(address)} lies inside the input {shown(name)}; name another")
    check_bucket(address)
    if status(f"{address}/{vouching}"):
        raise InputError(f"--output {shown(address)} holds a result; name another, or remove it")


@contextmanager
def landing(address: str, vouching: Sequence[str]) -> Iterator[Path]:
    """A folder whose files are sent to an address when the block has ended well, those that vouch for them last.

    Raises InputError where it cannot be reached, or is full.
    """
    with working_folder() as within:
        folder = Path(within, "output")
        yield folder
        names = {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}
        for name in (*sorted(names.difference(vouching)), *(name for name in vouching if name in names)):
            with (folder / name).open("rb") as source, writing_remote(f"{address}/{name}") as target:
                shutil.copyfileobj(source, target, 1 << 20)
