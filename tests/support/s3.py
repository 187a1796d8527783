"""A server of S3 on this machine, moto's, where it is installed: what answers is no library of ours."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import time
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

SERVER = shutil.which("moto_server", path=str(Path(sys.executable).parent))
MISSING = None if SERVER else "moto is not installed"
BUCKET = "compare-tests"


def environment() -> dict[str, str]:
    """What a program is told of a server on a port that is free now."""
    with closing(socket.socket()) as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    keys = dict.fromkeys(("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"), "tests")
    endpoint = f"http://127.0.0.1:{port}"
    return {**keys, "AWS_ENDPOINT_URL": endpoint, "AWS_REGION": "us-east-1", "AWS_EC2_METADATA_DISABLED": "true"}


@contextmanager
def serving(told: dict[str, str]) -> Iterator[None]:
    """The server, with an empty bucket."""
    from pyarrow.fs import FileSystem  # noqa: PLC0415  # where it is installed

    assert SERVER is not None
    port = told["AWS_ENDPOINT_URL"].rpartition(":")[2]
    server = subprocess.Popen(
        [SERVER, "-H", "127.0.0.1", "-p", port], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    try:
        for _ in range(200):
            with suppress(OSError), closing(socket.create_connection(("127.0.0.1", int(port)), 1)):
                break
            time.sleep(0.1)
        os.environ.update(told)
        FileSystem.from_uri(f"s3://{BUCKET}/?allow_bucket_creation=true")[0].create_dir(BUCKET)
        yield
    finally:
        server.kill()
        server.wait()
