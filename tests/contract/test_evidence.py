"""A copy of a source is kept beside the record: `check` compares it, and it is never published."""

from __future__ import annotations

import json
import os
from hashlib import sha256
from typing import TYPE_CHECKING

import pytest

from korea_cli import formats

if TYPE_CHECKING:
    from pathlib import Path

    from conftest import Korea

LETTER = b"A letter\n"
DIGEST = sha256(LETTER).hexdigest()
OTHERS = [name for name in formats.names() if getattr(formats.load(name), "FOR_OTHERS", False)]
RECORD = """
[[sources]]
id = "letter"
title = "A letter"
file = "{file}"
sha256 = "{sha256}"

[[events]]
id = "talks"
title = "Talks"
date = "2017-05-25"
sources = ["letter#p1"]
"""


@pytest.fixture
def mine(tmp_path: Path) -> Path:
    """Write a record with a copy beside it, in a folder of its own."""
    (tmp_path / "own" / "copies").mkdir(parents=True)
    (tmp_path / "own" / "copies" / "letter.pdf").write_bytes(LETTER)
    return write(tmp_path / "own" / "mine.toml")


def write(path: Path, file: str = "copies/letter.pdf", digest: str = DIGEST) -> Path:
    path.write_text(RECORD.format(file=file, sha256=digest), "utf-8")
    return path


def warnings(korea: Korea, mine: Path, cwd: Path | None = None) -> list[str]:
    """Return what check says of the copy."""
    run = korea("check", "--strict", mine, cwd=cwd or mine.parent)
    lines = [line.split("\t")[3] for line in run.out.splitlines() if "file" in line.split("\t")[3]]
    assert run.code == 1  # the record has no types either
    return lines


def test_a_copy_that_is_there_unchanged_is_right_from_any_folder(mine: Path, korea: Korea, tmp_path: Path) -> None:
    assert warnings(korea, mine) == warnings(korea, mine, cwd=tmp_path) == []
    (tmp_path / "main.toml").write_text('[chronology]\ninclude = ["own/*.toml"]\n')
    assert warnings(korea, tmp_path / "main.toml") == []
    assert korea("timeline", "-d", mine).code == 0


def test_a_copy_that_is_missing_or_changed_is_named_with_what_to_do(mine: Path, korea: Korea) -> None:
    copy = mine.parent / "copies" / "letter.pdf"
    copy.write_bytes(b"Another letter\n")
    now = sha256(b"Another letter\n").hexdigest()
    advice = "restore it, or write that sha256 if the change is right"
    changed = f"file 'copies/letter.pdf' has changed: its sha256 is now {now}; {advice}"
    assert warnings(korea, mine) == [changed]
    write(mine, digest="")
    assert warnings(korea, mine) == [
        f"file 'copies/letter.pdf' has no sha256 here; to notice changes, add sha256 = \"{now}\""
    ]
    copy.unlink()
    assert warnings(korea, mine) == [f"file 'copies/letter.pdf' does not exist in {mine.parent}"]
    copy.mkdir()
    assert warnings(korea, mine) == ["file 'copies/letter.pdf' is not a file"]
    copy.rmdir()
    os.mkfifo(copy)  # opening it would wait for ever
    assert warnings(korea, mine) == ["file 'copies/letter.pdf' is not a file"]


def test_no_path_and_no_link_leads_out_of_the_folder(mine: Path, korea: Korea, tmp_path: Path) -> None:
    (tmp_path / "secret").write_bytes(LETTER)
    for path in ("../secret", "/etc/passwd", "copies/../../secret", "C:/secret"):
        run = korea("check", write(mine, path))
        assert (run.code, f"file '{path}' is not a path below the folder of this file" in run.out) == (1, True)
    for link in ("link", "copies/link"):
        (mine.parent / link).symlink_to(tmp_path / "secret")
        assert warnings(korea, write(mine, link)) == [
            f"file '{link}' leaves the folder of this file through a link; copy it into the folder"
        ]
    (mine.parent / "inner").symlink_to("copies/letter.pdf")
    assert warnings(korea, write(mine, "inner")) == []
    (mine.parent / "circle").symlink_to("circle")
    assert "circle" in warnings(korea, write(mine, "circle"))[0]


def written_to(path: Path) -> str:
    """Return what a format wrote, to a file or a folder of tables."""
    if not path.is_dir():
        return path.read_bytes().decode("utf-8", "replace")
    duckdb = pytest.importorskip("duckdb")
    files = [each for each in path.rglob("*") if each.is_file()]
    tables = [each for each in files if each.suffix == ".parquet"]
    assert tables
    rows = [str(duckdb.read_parquet(str(each)).fetchall()) for each in tables]
    return "".join((*rows, *(each.read_text("utf-8") for each in files if each not in tables)))


@pytest.mark.parametrize("form", OTHERS)
def test_a_copy_is_in_no_format_that_is_made_for_others(form: str, mine: Path, korea: Korea) -> None:
    for command in (("timeline",), ("sources",), ("show", "source:letter"), ("cite",)):
        for more in ((), ("--with-private",)):
            run = korea(*command, "-d", mine, "-f", form, *more, "-o", mine.with_name("out"), "--force")
            if run.code == 2:
                continue  # not for this command
            assert run.code == 0, run.err
            found = written_to(mine.with_name("out")) + run.err
            assert "letter.pdf" not in found
            assert DIGEST not in found


@pytest.mark.parametrize("form", ["plain", "table", "json", "jsonl", "csv", "toml"])
def test_a_copy_is_in_no_format_with_public_and_else_for_whoever_keeps_it(form: str, mine: Path, korea: Korea) -> None:
    shown = korea("show", "source:letter", "-d", mine, "-f", form, "--fields" if form == "plain" else "-q", *(
        ["id,document,sha256"] if form == "plain" else []
    ))  # fmt: skip
    public = korea("show", "source:letter", "-d", mine, "-f", form, "--public")
    if shown.code == 0:
        assert "letter.pdf" in shown.out
        assert DIGEST in shown.out
    assert "letter.pdf" not in public.out
    assert DIGEST not in public.out
    assert korea("sources", "document:letter", "-d", mine, "--public", "--count").out == "0\n"
    assert korea("sources", "document:letter", "-d", mine, "--count").out == "1\n"


def test_a_copy_is_added_set_and_exported_and_comes_back(mine: Path, korea: Korea, tmp_path: Path) -> None:
    typed = ("--title", "B", "--file", "./copies//b.pdf", "--sha256", DIGEST.upper())
    assert korea("add", "source", *typed, "-d", mine).code == 0
    assert f'file = "copies/b.pdf"\nsha256 = "{DIGEST}"\n' in mine.read_text("utf-8")
    assert korea("set", "b", "file=../b.pdf", "-d", mine).code == 2
    for form in ("csv", "jsonl", "toml"):
        back = tmp_path / f"back-{form}.toml"
        back.touch()
        exported = tmp_path / f"sources.{form}"
        command = ("export",) if form == "toml" else ("sources", "--fields", "all")
        assert korea(*command, "-d", mine, "-f", form, "-o", exported).code == 0
        assert korea("import", exported, "-d", back).code == 0
        assert back.read_text("utf-8").count(f'sha256 = "{DIGEST}"') == 2
        assert 'file = "copies/letter.pdf"' in back.read_text("utf-8")


def test_a_column_called_file_is_not_taken_for_a_copy(mine: Path, korea: Korea, tmp_path: Path) -> None:
    sheet = tmp_path / "sheet.csv"
    sheet.write_text("id,title,url,file\nx,X,https://example.org/,scan.pdf\n")
    run = korea("import", sheet, "--type", "source", "-d", mine)
    assert (run.code, "scan.pdf" in mine.read_text("utf-8")) == (0, False)
    assert "ignored values: 1 of file. Use --map 'file=KEY'" in run.err


def test_what_a_private_record_is_distinct_from_is_not_hidden_with_it(korea: Korea, tmp_path: Path) -> None:
    private = '[[actors]]\nid = "a"\nname = "A"\nprivate = true\ndistinct_from = ["b"]\n'
    (tmp_path / "x.toml").write_text(f'{private}[[actors]]\nid = "b"\nname = "B"\ndistinct_from = ["a"]\n')
    run = korea("actors", "-d", "x.toml", "--public", "--json", cwd=tmp_path)
    assert [(each["id"], each["distinct_from"]) for each in json.loads(run.out)["actors"]] == [("b", [])]


def test_a_copy_is_found_where_its_source_gets_into_a_file_of_another_folder(
    tmp_path: Path, korea: Korea, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    for folder in ("inner/copies", "other"):
        (tmp_path / folder).mkdir(parents=True)
    (tmp_path / "inner/copies/a.txt").write_text("a")
    digest = sha256(b"a").hexdigest()
    inner = f'[[sources]]\nid = "s"\ntitle = "S"\nfile = "copies/a.txt" # scanned\nsha256 = "{digest}"\n'
    main = 'include = ["inner/*.toml"]\n[[sources]]\nid = "t"\ntitle = "S"\n'.replace("include", "chronology.include")
    for words, line in (
        (("move", "s", "main.toml"), 'file = "inner/copies/a.txt" # scanned\n'),
        (("merge", "t", "s"), 'file = "inner/copies/a.txt"\n'),
    ):
        (tmp_path / "main.toml").write_text(main)
        (tmp_path / "inner/a.toml").write_text(inner)
        run = korea(*words, "-d", "main.toml")
        assert (run.code, run.err) == (0, "")
        assert line in (tmp_path / "main.toml").read_text()
        assert "copies" not in korea("check", "main.toml").out
    (tmp_path / "inner/a.toml").write_text(inner)
    run = korea("move", "s", "other/b.toml", "-d", "inner/a.toml")
    told = (
        "file 'copies/a.txt' of source 's' is not below the folder of other/b.toml; run first: korea set source:s file="
    )
    assert (run.code, run.err) == (1, f"korea: cannot make this change automatically: {told}\n")
    assert (tmp_path / "inner/a.toml").read_text() == inner
