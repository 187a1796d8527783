"""Apache Spark in tests: one of it for all of them, where it is installed and there is Java."""

from __future__ import annotations

import os
import shutil
import sys
from functools import cache
from importlib.util import find_spec
from typing import TYPE_CHECKING, Any

import s3

from compare.pipeline.engines.base import Resources, Work

if TYPE_CHECKING:
    from pathlib import Path

    from compare.pipeline.engines.spark import SparkEngine


def _missing() -> str | None:
    if find_spec("pyspark") is None:
        return "pyspark is not installed"
    return None if os.environ.get("JAVA_HOME") or shutil.which("java") else "there is no Java"


MISSING = _missing()
"""Why there is no Spark here; None if there is."""
ENGINE = ("spark",) if MISSING is None else ()


STORE = s3.environment()
"""Where an object store is, if a test starts one: Spark's workers are told when it starts."""


@cache
def context() -> Any:  # noqa: ANN401  # Spark's
    """Spark on two processors of this machine; a part is made three times at the most."""
    from pyspark import SparkConf, SparkContext  # noqa: PLC0415  # where it is installed

    os.environ.setdefault("PYSPARK_PYTHON", sys.executable)
    os.environ.update(STORE)
    quiet = {"spark.ui.enabled": "false", "spark.log.level": "OFF", "spark.driver.host": "127.0.0.1",
             "spark.driver.bindAddress": "127.0.0.1", "spark.executorEnv.PYTHONSAFEPATH": "1",
             "spark.driver.extraJavaOptions": "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC"}  # fmt: skip
    return SparkContext("local[2,3]", "tests", conf=SparkConf().setAll(list(quiet.items())))


def engine(resources: Resources, folder: Path, module: str) -> SparkEngine:
    """The engine on it, to which functions of a module of tests are sent as they are."""
    from pyspark import cloudpickle  # noqa: PLC0415

    from compare.pipeline.engines.spark import SparkEngine  # noqa: PLC0415

    cloudpickle.register_pickle_by_value(sys.modules[module])
    return SparkEngine(resources, Work(str(folder)), context())
