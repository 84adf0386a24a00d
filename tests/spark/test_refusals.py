"""What cannot be read from Spark is refused before any output, in one sentence without what Spark itself logs."""

from __future__ import annotations

import json
import shutil
import socket
from contextlib import closing
from typing import TYPE_CHECKING

import pytest

from korea_cli.store.parquet import HEADER

pytest.importorskip("pyspark", reason="needs pyspark")

if TYPE_CHECKING:
    from pathlib import Path

    from conftest import Korea
    from spark.conftest import Cluster


def refusal(korea: Korea, name: str, *more: str) -> str:
    """Return why a database cannot be read; it is one line, nothing is printed, and no parameter is shown."""
    run = korea("timeline", "-d", name, *more)
    assert (run.code, run.out) == (3, "")
    assert run.err.count("\n") == 1
    prefix = f"korea: {name.partition(';')[0]}: cannot read it: "
    assert run.err.startswith(prefix)
    return run.err.removeprefix(prefix).rstrip("\n")


def test_what_is_not_there_is_named(korea: Korea, cluster: Cluster) -> None:
    assert "[SCHEMA_NOT_FOUND]" in refusal(korea, f"spark:sc://{cluster.server}/none")
    assert "[SCHEMA_NOT_FOUND]" in refusal(korea, f"spark:sc://{cluster.server}/spark_catalog.x` CASCADE --")
    assert "`none`" in refusal(korea, f"spark:sc://{cluster.server}/none.whole")
    reason = "'korea export -f parquet' did not write it: it has no table `header`"
    assert refusal(korea, f"spark:sc://{cluster.server}/default") == reason


def test_a_server_that_is_not_there_is_named_soon(korea: Korea) -> None:
    with closing(socket.socket()) as closed:
        closed.bind(("127.0.0.1", 0))
        server = f"127.0.0.1:{closed.getsockname()[1]}"
        reason = f"cannot connect to a server of Spark Connect at {server}"
        assert refusal(korea, f"spark:sc://{server}/whole;user_agent=zxqv") == reason


def test_a_server_that_says_nothing_is_given_up(korea: Korea) -> None:
    with closing(socket.socket()) as silent:
        silent.bind(("127.0.0.1", 0))
        silent.listen()
        server = f"127.0.0.1:{silent.getsockname()[1]}"
        reason = f"cannot connect to a server of Spark Connect at {server} within 10 s"
        assert refusal(korea, f"spark:sc://{server}/whole") == reason


def test_other_versions_are_named(korea: Korea, cluster: Cluster, export: Path, tmp_path: Path) -> None:
    duckdb = pytest.importorskip("duckdb", reason="needs duckdb")
    content = json.loads((export / "manifest.json").read_text("utf-8"))
    content.pop("tables")
    texts = {
        "newer": json.dumps(content | {"version": 99, "program": "9.9"}), "other": json.dumps({"format": "x"}),
        "damaged": json.dumps(content | {"header": {"titel": ""}}), "no_json": "{",
    }  # fmt: skip
    for name, text in texts.items():
        folder = shutil.copytree(export, tmp_path / name)
        with duckdb.connect() as database:
            database.execute("CREATE TABLE header AS SELECT $1 AS json", [text])
            database.execute(f"COPY header TO '{folder}/{HEADER}/all.parquet' (FORMAT parquet)")
    reasons = {name: refusal(korea, cluster.register(tmp_path / name, f"of_{name}")) for name in texts}
    assert reasons["newer"].startswith("korea 9.9 wrote it, with other tables than korea ")
    assert reasons["other"] == reasons["no_json"] == "'korea export -f parquet' did not write its table 'header'"
    assert reasons["damaged"] == "its table 'header' is damaged; export it again"


def test_private_records_are_only_read_where_nobody_else_reads_the_answer(
    korea: Korea, cluster: Cluster, tmp_path: Path
) -> None:
    file, export = tmp_path / "mine.toml", tmp_path / "export"
    file.write_text('[[events]]\nid = "zxqv"\ntitle = "Zxqv"\ndate = "2018"\nprivate = true\n', "utf-8")
    assert korea("export", "-d", file, "-f", "parquet", "-o", export, "--with-private", "-q").code == 0
    name = cluster.register(export, "private")
    assert "Zxqv" in korea("timeline", "-d", name).out
    assert refusal(korea, name, "--public") == "it has private records; export it again without --with-private"


def test_files_that_are_missing_are_noticed_before_any_answer(
    korea: Korea, cluster: Cluster, export: Path, tmp_path: Path
) -> None:
    copy = shutil.copytree(export, tmp_path / "copy")
    name = cluster.register(copy, "gone")
    shutil.rmtree(copy / "record_json")
    reason = "its table 'record_json' has 0 rows, and not the 187 of the export; copy it again"
    assert refusal(korea, name) == reason


def test_a_copy_in_a_catalog_is_read_if_it_is_whole(korea: Korea, cluster: Cluster, export: Path) -> None:
    name = cluster.register(export, "copied", copied=True)
    asked = ("timeline", "topic:thaad", "-f", "jsonl", "--fields", "id,title")
    assert korea(*asked, "-d", name) == korea(*asked)
    cluster.run("INSERT INTO copied.link SELECT * FROM copied.link LIMIT 1")
    assert refusal(korea, name).startswith("its table 'link' has ")
    cluster.run("DROP TABLE copied.header")
    assert refusal(korea, name) == "'korea export -f parquet' did not write it: it has no table `header`"


def test_a_damaged_file_ends_an_answer_with_a_message_and_no_file_is_left(
    korea: Korea, cluster: Cluster, export: Path, tmp_path: Path
) -> None:
    copy = shutil.copytree(export, tmp_path / "copy")
    name = cluster.register(copy, "damaged_files")
    for file in (copy / "record_json").iterdir():
        data = file.read_bytes()
        file.write_bytes(data[: len(data) // 3] + bytes(len(data) // 3) + data[len(data) // 3 * 2 :])
    target = tmp_path / "all.jsonl"
    run = korea("timeline", "-d", name, "-o", target)
    assert run.code == 3
    assert run.err.startswith(f"korea: {name}: cannot read it: Spark reports: ")
    assert run.err.count("\n") == 1
    assert not target.exists()
