"""A server of Spark Connect for these tests, on this machine alone: `make test-spark` starts it, and ends it."""

from __future__ import annotations

import os
import re
import shutil
import socket
import subprocess
from contextlib import closing
from pathlib import Path
from threading import Thread
from typing import TYPE_CHECKING, Any, NamedTuple

import pytest

if TYPE_CHECKING:
    from collections.abc import Iterator

    from conftest import Korea

PAGE = Path(__file__).parents[2] / "docs" / "scale.md"
HOME = "KOREA_TESTS_SPARK"  # the folder of Spark; what is not set skips these tests
_CLASS = "org.apache.spark.sql.connect.service.SparkConnectServer"
# Runs a command until the standard input ends: also when the tests are killed.
_UNTIL_END = '"$@" <&- & read -r _; kill $!; wait'


class Cluster(NamedTuple):
    """A server of Spark Connect: its host and port, and its process."""

    server: str
    process: subprocess.Popen[bytes]

    def register(self, export: Path, database: str, *, copied: bool = False) -> str:
        """Make a database of an export as the documentation says; return the name by which `korea` reads it.

        copied: whether the tables are copies of its files.
        """
        code, copying = re.findall(r"```py\n(.*?)```", PAGE.read_text("utf-8"), re.DOTALL)
        if copied:
            code = "\n".join([*code.splitlines()[:-1], copying.replace("USING delta", "USING parquet")])
        for documented, here in (
            ("localhost:15002", self.server), ("whole/manifest.json", str(export / "manifest.json")),
            ("s3a://bucket/whole", str(export)), ("chronology", database),
        ):  # fmt: skip
            assert documented in code
            code = code.replace(documented, here)
        from korea_cli.store.spark import engine  # noqa: F401 - it silences the warnings of pyspark

        names: dict[str, Any] = {}
        exec(code, names)  # noqa: S102 - of our own page
        names["spark"].stop()  # what is open would look for the server for minutes, once that has ended
        return self.name(database)

    def run(self, sql: str) -> None:
        """Have the server do something."""
        from pyspark.sql.connect.session import SparkSession

        session = SparkSession.builder.remote(f"sc://{self.server}").create()
        session.sql(sql)
        session.stop()

    def name(self, database: str) -> str:
        """Return the name by which `korea` reads a database."""
        return f"spark:sc://{self.server}/spark_catalog.{database}"


@pytest.fixture(scope="session")
def cluster(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Cluster]:
    """Start a server, and end it."""
    if not shutil.which("java"):
        pytest.skip("needs Java")
    home = os.environ.get(HOME) or pytest.skip("needs a server of Spark: make test-spark")
    pytest.importorskip("pyspark", reason="needs pyspark-client")
    found = start(Path(home), tmp_path_factory.mktemp("spark"))
    try:
        yield found
    finally:
        assert found.process.stdin
        assert found.process.stdout
        found.process.stdin.close()
        found.process.wait()
        found.process.stdout.close()


def start(home: Path, folder: Path) -> Cluster:
    """Start a server with a folder of its own, and wait until it answers."""
    with closing(socket.socket()) as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    settings = {
        "spark.connect.grpc.binding.address": "127.0.0.1", "spark.connect.grpc.binding.port": port,
        "spark.driver.bindAddress": "127.0.0.1", "spark.driver.host": "127.0.0.1", "spark.ui.enabled": "false",
        "spark.sql.warehouse.dir": folder, "spark.sql.catalogImplementation": "in-memory",
        # Tables are tiny here: compiling code for each query, and planning it again on the way, takes most of the time.
        "spark.sql.shuffle.partitions": 1, "spark.sql.adaptive.enabled": "false",
        "spark.sql.codegen.wholeStage": "false", "spark.sql.codegen.factoryMode": "NO_CODEGEN",
        "spark.driver.extraJavaOptions": "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC",
    }  # fmt: skip
    options = [part for key, value in settings.items() for part in ("--conf", f"{key}={value}")]
    command = [
        str(home / "bin" / "spark-submit"),
        "--class",
        _CLASS,
        "--master",
        "local[2]",
        *options,
        "spark-internal",
    ]
    process = subprocess.Popen(
        ["sh", "-c", _UNTIL_END, "sh", *command], cwd=folder, env={**os.environ, "SPARK_HOME": str(home)},
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
    )  # fmt: skip
    assert process.stdout
    lines = []
    for line in process.stdout:
        lines.append(line.decode())
        if "Spark Connect server started" in lines[-1]:
            Thread(target=process.stdout.read, daemon=True).start()  # it must not wait for a reader
            return Cluster(f"127.0.0.1:{port}", process)
    pytest.fail(f"Spark did not start: {''.join(lines[-20:])}")


@pytest.fixture(scope="session")
def export(unmeasured_korea: Korea, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Write the built-in record once."""
    folder = tmp_path_factory.mktemp("spark-export") / "whole"
    assert unmeasured_korea("export", "-f", "parquet", "-o", folder, "-q").code == 0
    return folder


@pytest.fixture(scope="session")
def database(cluster: Cluster, export: Path) -> str:
    """Return the name of the built-in record on the cluster."""
    return cluster.register(export, "whole")
