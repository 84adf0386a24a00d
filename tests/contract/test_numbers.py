"""Large numbers have separators of thousands in all that people read, and none in what programs read."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from pathlib import Path

    from conftest import Korea

MANY = 3_111
HEADER = """
[chronology]
as_of = "2017-12-31"
kinds = ["raid"]
[[sources]]
id = "post"
title = "The Post"
country = "USA"
voice = "press"
[[actors]]
id = "one"
name = "One"
[[actors]]
id = "two"
name = "Two"
[[topics]]
id = "talks"
label = "Talks"
[[events]]
id = "long-ago"
title = "Long ago"
date = "1990-01-01"
kind = "raid"
actors = ["one"]
recipients = ["two"]
topics = ["talks"]
place = "Moscow"
[[events]]
id = "lasting"
title = "Lasting"
date = "1989/2016"
"""
EVENT = """
[[events]]
id = "e{0}"
title = "Raid"
date = "{1}"
kind = "raid"
actors = ["one"]
recipients = ["two"]
topics = ["talks"]
place = "Moscow"
sources = ["post"]
"""
FACT = """
[[facts]]
id = "f{0}"
text = "It is so."
kind = "claim"
holders = ["one"]
date = "2017-05-02"
topics = ["talks"]
sources = ["post"]
"""
BARE = re.compile(r"(?<![\d,.#a-z])[3-9]\d{3}(?![\d,])")  # such as the numbers of events, facts and days here


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path: Path = tmp_path_factory.mktemp("data") / "many.toml"
    dates = ("2017-05-01", "2017-05~")
    events = (EVENT.format(number, dates[number % 2]) for number in range(2 * MANY))
    facts = (FACT.format(number) for number in range(MANY))
    path.write_text("".join([HEADER, *events, *facts]), "utf-8")
    return path


COMMANDS = (
    "timeline -n 3", "facts -n 3", "actors", "topics", "sources", "search raid -n 3", "search talks topic:talks -n 3",
    "actor one", "stats", "stats topics sources", "stats --by place", "stats --by month --lanes kind", "chart",
    "chart --by year", "chart --lanes actor", "chart --by kind", "chart --by kind --lanes actor", "pairs", "gaps",
    "timeline -n 1 --around 2017-05-01 --days 20000 --sort date",
    "timeline id:long-ago --around 2017-05-01 --days 20000", "positions -n 3", "timeline -p 2017-05-01 -n 3",
    "timeline --known-by 2017 -n 3", "show one", "show post", "sources -p 2017-05-01", "facts -n 3",
)  # fmt: skip


@pytest.mark.parametrize("command", COMMANDS)
def test_numbers_have_separators_where_people_read_them(command: str, korea: Korea, data: Path) -> None:
    words = command.split()
    runs = [
        korea.on_terminal(*words, "-d", data, columns=100, env={"NO_COLOR": "1"}),
        korea(*words, "-d", data, "-f", "table"),
        korea(*words, "-d", data, "-f", "markdown"),
    ]
    for run in runs:
        assert run.code == 0
        assert not [line for line in f"{run.out}{run.err}".splitlines() if BARE.search(line)]


@pytest.mark.parametrize("command", ["timeline", "actors", "chart", "gaps"])
def test_programs_read_plain_numbers(command: str, korea: Korea, data: Path) -> None:
    assert korea(command, "-d", data, "--count").out.strip().isdigit()
    run = korea(command, "-d", data, "-n", "1", "-f", "tsv")
    assert not re.search(r"\d,\d{3}", run.out)
    assert json.loads(korea(command, "-d", data, "-n", "1", "--json").out)["matched"] >= 1


def test_what_is_written_and_compared_is_counted_with_separators(korea: Korea, data: Path, tmp_path: Path) -> None:
    mine, other = tmp_path / "mine.toml", tmp_path / "other.toml"
    mine.write_text("", "utf-8")
    other.write_text(HEADER, "utf-8")
    sheet = tmp_path / "sheet.csv"
    assert korea("timeline", "-d", data, "-o", sheet).err == f"Wrote 6,224 events to {sheet}\n"
    lines = "".join(f"Raid {number},2017-05-{number % 62:02}\n" for number in range(2300))
    sheet.write_text(f"title,date\n{lines}", "utf-8")
    found = [
        korea("import", sheet, "-d", mine, "--rejects", tmp_path / "rejects.csv"),
        korea("diff", data, other),
        korea("check", data, "-f", "table"),
        korea("check", data, "--notes", "-f", "table"),
    ]
    for run in found:
        assert not [line for line in f"{run.out}{run.err}".splitlines()[-1:] if BARE.search(line)]
