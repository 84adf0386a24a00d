"""Names of databases on Spark: what is not one is refused before anything is loaded; only reading takes them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from pathlib import Path

    from conftest import Korea

NAME = "spark:sc://host:15002/catalog.db"
WRITING = [
    ("add", "event", "--id", "x", "--title", "X", "--date", "2017"), ("set", "putin", "note=more"), ("edit", "putin"),
    ("remove", "putin"), ("rename", "putin", "x"), ("fmt",), ("import", "sheet.csv"), ("check",), ("diff",),
    ("move", "putin", "other.toml"),
]  # fmt: skip


@pytest.mark.parametrize(
    "name",
    [
        "spark:", "spark:sc:", "spark:host:15002/catalog.db", "spark:sc://host:15002", "spark:sc://host:15002/",
        "spark:sc:///catalog.db", "spark://host:7077/db", "spark:sc://host:port/db", "spark:sc://host/a.b.c",
        "spark:sc://host/db;token", "spark:sc://user@host:1:2/db", "spark:sc://host/db;token=zxqv;=",
    ],
)  # fmt: skip
def test_what_names_no_database_is_refused(name: str, korea: Korea, tmp_path: Path) -> None:
    (tmp_path / "pyspark.py").write_text("raise SystemExit('loaded')", "utf-8")
    for arguments, more in ((("-d", name), {}), ((), {"KOREA_DATA": name})):
        run = korea("timeline", *arguments, env={"PYTHONPATH": str(tmp_path), **more})
        assert (run.code, run.out) == (3, "")
        assert run.err == (
            f"korea: {name.partition(';')[0]}: cannot read it: name a cluster with Spark Connect, and a database there:"
            " spark:sc://HOST:PORT/CATALOG.DATABASE\n"
        )


@pytest.mark.parametrize("words", WRITING, ids=lambda words: words[0])
def test_commands_that_change_or_check_a_file_say_that_it_is_only_queried(words: tuple[str, ...], korea: Korea) -> None:
    run = korea(*words, "-d", f"{NAME};token=zxqv")
    assert (run.code, run.out) == (3, "")
    assert f"{NAME}: a database on Spark can only be queried, not changed, checked or compared" in run.err
    assert "zxqv" not in run.err


def test_it_is_read_alone_and_without_a_mapping(korea: Korea) -> None:
    run = korea("timeline", "-d", f"{NAME};token=zxqv", "-d", "builtin")
    assert (run.code, run.out) == (3, "")
    assert run.err == f"korea: {NAME}: cannot read it: it cannot be combined with other data files\n"
    run = korea("timeline", "-d", NAME, "--mapping", "gdelt")
    assert (run.code, run.out) == (2, "")
    assert run.err.startswith("korea: '--mapping gdelt' says how to read Parquet files")


@pytest.mark.parametrize("library", ["pyspark", "sqlglot"])
def test_a_missing_library_is_named_with_what_installs_it(library: str, korea: Korea, tmp_path: Path) -> None:
    (tmp_path / f"{library}.py").write_text("raise ImportError", "utf-8")
    run = korea("topics", "-d", f"{NAME};token=zxqv", env={"PYTHONPATH": str(tmp_path)})
    assert (run.code, run.out) == (3, "")
    assert run.err == f"korea: {NAME}: cannot read it: this needs Spark Connect: pip install 'korea-cli[spark]'\n"
