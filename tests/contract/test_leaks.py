"""What is private does not leak beside the records: by a place in a file, a word, an error, or a copy of the data."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from pathlib import Path

    from conftest import Korea

DESK = """
[chronology]
title = "Desk"
include = ["zxqv.toml"]

[[events]]
id = "zxqv-raid"
title = "A zxqv raid"
date = "2017-01-02"
actors = ["guild"]
private = true

[[events]]
id = "raid"
title = "A raid"
date = "2017-02-03"
kind = "raid"
actors = ["guild"]
"""
PRIVATE = """
[chronology]
title = "Zxqv"
private = true
embargo = "2999"
kinds = ["raid", "zxqv-kind"]

[[events]]
id = "zxqv-other"
title = "Another zxqv"
date = "2017-01-02"
kind = "zxqv-kind"
actors = ["guild"]
"""


@pytest.fixture
def desk(tmp_path: Path) -> Path:
    (tmp_path / "desk.toml").write_text(DESK, "utf-8")
    (tmp_path / "zxqv.toml").write_text(PRIVATE, "utf-8")
    return tmp_path / "desk.toml"


def test_what_is_declared_by_being_named_is_where_others_see_it_named(desk: Path, korea: Korea) -> None:
    for files in ([desk], [desk.with_name("zxqv.toml"), desk]):
        data = [word for file in files for word in ("-d", file)]
        (guild,) = json.loads(korea("actors", *data, "--public", "--json").out)["actors"]
        assert (guild["id"], guild["file"], guild["line"]) == ("guild", str(desk), 13)


def test_words_that_others_see_in_use_are_allowed_in_what_they_get(desk: Path, korea: Korea, tmp_path: Path) -> None:
    copy = tmp_path / "copy.toml"
    assert korea("export", "-d", desk, "--public", "-o", copy).code == 0
    text = copy.read_text("utf-8")
    assert 'kinds = ["raid"]' in text
    assert "zxqv" not in text
    assert korea("check", copy).code == 0


def test_words_that_may_be_those_of_a_hidden_source_are_left_out(tmp_path: Path, korea: Korea) -> None:
    data = tmp_path / "quoted.toml"
    sources = '[[sources]]\nid = "paper"\ntitle = "Paper"\n[[sources]]\nid = "caller"\ntitle = "C"\nprivate = true\n'
    event = '[[events]]\nid = "call"\ntitle = "A call"\ndate = "2017"\nquote = "Come alone"\n'
    data.write_text(f'{sources}{event}sources = ["paper#p1", "caller#p2"]\n', "utf-8")
    (call,) = json.loads(korea("timeline", "-d", data, "--public", "--json").out)["events"]
    assert (call["quote"], [each["id"] for each in call["sources"]]) == (None, ["paper"])
    data.write_text(f'{sources}{event}sources = ["paper#p1"]\n', "utf-8")
    (call,) = json.loads(korea("timeline", "-d", data, "--public", "--json").out)["events"]
    assert call["quote"] == "Come alone"


def test_what_a_header_hides_stays_hidden_in_another_file(desk: Path, korea: Korea, tmp_path: Path) -> None:
    later = PRIVATE.replace("2999", "2018").replace('["guild"]', '["guild"]\nembargo = "2998"')
    for text, embargo in ((PRIVATE, "2999"), (later, "2998")):
        desk.with_name("zxqv.toml").write_text(text, "utf-8")
        for has in ("", '[chronology]\ntitle = "Mine"\n'):
            (tmp_path / "mine.toml").write_text(has, "utf-8")
            run = korea("import", desk.with_name("zxqv.toml"), "-d", tmp_path / "mine.toml")
            assert run.code == 0
            assert "private" not in run.err
            assert korea("export", "-d", tmp_path / "mine.toml", "--public").out.count("zxqv") == 0
            copied = tmp_path / "copied.toml"
            copied.write_text(korea("export", "-d", tmp_path / "mine.toml").out, "utf-8")
            assert f'private = true\nembargo = "{embargo}"' in copied.read_text("utf-8")
    assert korea("merge", "raid", "zxqv-other", "-d", desk, "--prefer", "raid").code == 0
    assert 'private = true\nembargo = "2998"' in desk.read_text("utf-8")


def test_a_sheet_says_which_records_are_private(desk: Path, korea: Korea, tmp_path: Path) -> None:
    for form in ("csv", "tsv"):
        sheet, copy = tmp_path / f"sheet.{form}", tmp_path / "copy.toml"
        korea("timeline", "-d", desk, "-o", sheet)
        copy.write_text("", "utf-8")
        assert korea("import", sheet, "-d", copy).code == 0
        assert copy.read_text("utf-8").count("private = true\nembargo") == 1
        assert "zxqv" not in korea("timeline", "-d", copy, "--public").out
        assert "private" not in korea("timeline", "-d", desk, "--public", "-f", form).out.splitlines()[0]


def test_an_error_in_the_data_quotes_nothing_to_others(desk: Path, korea: Korea) -> None:
    desk.write_text(DESK.replace('"2017-01-02"\nactors', '"2017-13-02"\nkind = "zxqv"\nactors'), "utf-8")
    message = "korea: the data has 2 errors, which are not shown to others; 'korea check' lists what is wrong\n"
    for run in (korea("timeline", "-d", desk, "--public"), korea("stats", "-d", desk, env={"KOREA_PUBLIC": "1"})):
        assert (run.code, run.out, run.err) == (3, "", message)
    assert "zxqv" in korea("timeline", "-d", desk, "-f", "html").err  # its keeper sees the messages of a format
    missing = korea("timeline", "-d", desk.with_name("missing.toml"), "--public")
    assert "missing.toml: no such file" in missing.err
