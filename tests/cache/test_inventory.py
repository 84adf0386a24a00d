"""`korea cache` shows what is kept and clears it, and nothing else."""

from __future__ import annotations

import csv
import io
import json
import os
import re
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from pathlib import Path

    from cache.conftest import Files
    from conftest import Korea, Run

PLACE = re.compile(r"[0-9a-f]{16}")


class Asker:
    """Runs `korea cache` on one folder."""

    def __init__(self, korea: Korea, folder: Path) -> None:
        """Ask about a folder."""
        self.korea, self.folder = korea, folder

    def __call__(self, *arguments: str) -> Run:
        """Run it."""
        return self.korea("cache", *arguments, env={"KOREA_CACHE": str(self.folder)})

    def rows(self, *arguments: str) -> list[dict[str, Any]]:
        """Run it and give what it lists."""
        run = self(*arguments, "--json")
        assert run.code == 0
        rows: list[dict[str, Any]] = json.loads(run.out)["indexes"]
        return rows


@pytest.fixture
def ask(korea: Korea, files: Files) -> Asker:
    return Asker(korea, files.cache)


# ---------------------------------------------------------------- what is there


def test_every_index_is_listed_with_its_files_size_and_whether_it_is_true(ask: Asker, files: Files) -> None:
    one, two = files.write("a.toml", "one"), files.write("b.toml", "two")
    files.ids(one)
    files.ids(one, two)
    files.ids("builtin")
    files.write("b.toml", "six")
    rows = ask.rows()
    size = sum(path.stat().st_size for path in files.cache.iterdir())
    assert sum(row["size"] for row in rows) == size
    assert all(PLACE.fullmatch(row["place"]) for row in rows)
    assert all(re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", row["read"]) for row in rows)
    assert sorted(([each["path"] for each in row["files"]], row["current"]) for row in rows) == sorted(
        [([str(one)], True), ([str(one), str(two)], False), (["builtin"], True)]
    )


def test_the_files_of_an_index_are_told_as_those_of_an_answer_are(ask: Asker, files: Files, korea: Korea) -> None:
    files.write("part.toml", "two")
    path = files.write("a.toml", "one")
    path.write_text(f'[chronology]\ninclude = ["part.toml"]\n{path.read_text("utf-8")}', "utf-8")
    run = korea("timeline", "-d", path, "--json", env={"KOREA_CACHE": str(files.cache)})
    (row,) = ask.rows()
    assert row["files"] == json.loads(run.out)["chronology"]["files"]
    assert len(row["files"]) == 2


def test_looking_changes_nothing(ask: Asker, files: Files) -> None:
    path = files.write("a.toml", "one")
    files.ids(path)
    os.utime(path, ns=(0, 0))
    before = {kept: (kept.stat(), kept.read_bytes()) for kept in files.cache.iterdir()}
    ask()
    assert {kept: (kept.stat().st_ctime_ns, kept.read_bytes()) for kept in files.cache.iterdir()} == {
        kept: (said.st_ctime_ns, text) for kept, (said, text) in before.items()
    }


@pytest.mark.parametrize("form", ["table", "plain", "json", "jsonl", "csv"])
def test_it_is_told_in_every_format(form: str, ask: Asker, files: Files) -> None:
    path = files.write("a.toml", "one")
    files.ids(path)
    run = ask("-f", form)
    assert (run.code, run.err) == (0, "")
    place = files.kept().stem
    match form:
        case "json":
            document = json.loads(run.out)
            assert (document["command"], document["count"], document["matched"]) == ("cache", 1, 1)
            assert document["chronology"]["title"] == f"Indexes in {files.cache}"
            assert document["indexes"][0]["place"] == place
        case "jsonl":
            assert json.loads(run.out)["place"] == place
        case "csv":
            head, row = csv.reader(io.StringIO(run.out))
            assert dict(zip(head, row, strict=True))["files"] == str(path)
        case "plain":
            assert run.out.split("\t")[0] == str(path)
            assert run.out.endswith(f"\ttrue\t{place}\n")
        case _:
            assert "".join(run.out.split()).startswith(f"Indexesin{files.cache}")  # wherever it is wrapped
            assert "1 index file\n" in run.out


@pytest.mark.parametrize("arguments", [(), ("--clear",)])
def test_an_empty_folder_and_none_at_all_are_told(arguments: tuple[str, ...], ask: Asker, files: Files) -> None:
    for _ in range(2):
        assert ask(*arguments) == (0, "", f"korea: no indexes in {files.cache}\n")
        files.cache.mkdir(exist_ok=True)
    assert ask.rows(*arguments) == []


def test_the_folder_is_told(ask: Asker, files: Files) -> None:
    assert ask("--where") == (0, f"{files.cache}\n", "")
    assert not files.cache.exists()


def test_where_nothing_is_kept_that_is_told(korea: Korea) -> None:
    for environment in ({"KOREA_CACHE": "off"}, {"KOREA_CACHE": "", "HOME": ""}):
        for option in ((), ("--where",), ("--clear",)):
            run = korea("cache", *option, env=environment)
            assert (run.code, run.out) == (1, "")
            assert run.err.startswith("korea: the cache is off: ")


def test_a_folder_that_is_none_is_told(ask: Asker, files: Files) -> None:
    files.cache.write_text("")
    assert ask() == (1, "", f"korea: cannot read {files.cache}: not a directory\n")
    assert ask("--clear") == (1, "", f"korea: cannot clear {files.cache}: not a directory\n")


def test_an_index_of_another_program_and_one_unfinished_are_listed_without_files(ask: Asker, files: Files) -> None:
    files.ids(files.write("a.toml", "one"))
    kept = files.kept("catalogue")
    kept.write_bytes(kept.read_bytes().replace(b"korea 0", b"korea 9", 1))
    (files.cache / f"{'0' * 16}.index.abcd1234.draft").touch()
    assert [(row["files"], row["read"], row["current"]) for row in ask.rows()] == [([], None, False)] * 2


# ---------------------------------------------------------------- clearing


def test_clearing_removes_what_this_program_made_and_nothing_else(ask: Asker, files: Files) -> None:
    files.cache.mkdir(mode=0o700)
    others = files.strangers()
    for name in ("a.toml", "b.toml"):
        files.ids(files.write(name, "one"))
    (files.cache / f"{'0' * 16}.index.abcd1234.draft").touch()
    (files.cache / f"{'a' * 16}.catalogue").write_bytes(b"korea 0.0.1/old/1 00000000\n")
    assert len(ask.rows()) == 4
    rows = ask.rows("--clear")
    assert len(rows) == 4
    assert sorted(files.cache.iterdir()) == others
    assert ask.rows() == []


def test_clearing_says_how_many_were_removed(ask: Asker, files: Files) -> None:
    for name in ("a.toml", "b.toml"):
        files.ids(files.write(name, "one"))
    run = ask("--clear", "-f", "table")
    assert (run.code, run.err) == (0, "")
    assert run.out.startswith("Removed from")
    assert run.out.endswith("2 index files\n")
    assert list(files.cache.iterdir()) == []


@pytest.mark.parametrize("cut", ["index", "catalogue"])
def test_a_damaged_index_is_cleared_too(cut: str, ask: Asker, files: Files) -> None:
    files.ids(files.write("a.toml", "one"))
    kept = files.kept(cut)
    kept.write_bytes(b"korea" + b"\0" * 9 if cut == "index" else b"korea 0.1")
    assert len(ask.rows("--clear")) == 1
    assert list(files.cache.iterdir()) == []


def test_what_was_cleared_is_made_anew(ask: Asker, files: Files) -> None:
    path = files.write("a.toml", "one")
    files.ids(path)
    ask("--clear")
    assert files.read(path)
    assert not files.read(path)


@pytest.mark.skipif(os.geteuid() == 0, reason="root may remove everything")
def test_a_folder_that_cannot_be_cleared_is_told(ask: Asker, files: Files) -> None:
    files.ids(files.write("a.toml", "one"))
    files.cache.chmod(0o500)
    run = ask("--clear")
    files.cache.chmod(0o700)
    assert run == (1, "", f"korea: cannot clear {files.cache}: permission denied\n")
