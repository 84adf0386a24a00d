"""The recipes of CONTRIBUTING.md work as printed: each is followed in a copy of the checkout."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from korea_cli import commands

ROOT = Path(__file__).parents[2]
BLOCK = re.compile(r"^```(python|toml|diff) (\S+)\n(.*?)^```$", re.DOTALL | re.MULTILINE)
NAMED = {"cite": ["hwasong-14-launch"], "actor": ["putin"], "search": ["missile"], "show": ["hwasong-14-launch"]}


class Workshop:
    """A copy of the checkout in which a recipe was followed."""

    def __init__(self, folder: Path) -> None:
        for name in ("src", "data", "scripts", "docs"):
            # With what was compiled, which takes long; not with what is being written.
            shutil.copytree(ROOT / name, folder / name, ignore=shutil.ignore_patterns("*.pyc.*"))
        (folder / "tests").mkdir()
        for name in ("README.md", "CONTRIBUTING.md", "tests/test_architecture.py"):
            shutil.copy(ROOT / name, folder / name)
        self.folder = folder

    def follow(self, recipe: str) -> None:
        """Do what the section of a recipe prints: make a file, add to the end of one, or to lines that are there."""
        section = (ROOT / "CONTRIBUTING.md").read_text("utf-8").partition(f"\n## {recipe}\n")[2].partition("\n## ")[0]
        ((language, name, printed),) = BLOCK.findall(section)
        file = self.folder / name
        before = file.read_text("utf-8") if file.exists() else ""
        file.write_text(before + printed if language != "diff" else applied(printed, before), "utf-8")

    def python(self, *arguments: str | Path) -> subprocess.CompletedProcess[str]:
        """Run Python with the copy in front of the checkout."""
        environment = {"PYTHONPATH": str(self.folder / "src"), "HOME": str(self.folder), "LC_ALL": "C.UTF-8"}
        command = [sys.executable, *arguments]
        return subprocess.run(command, cwd=self.folder, env=environment, capture_output=True, text=True, check=False)

    def korea(self, *arguments: str | Path) -> subprocess.CompletedProcess[str]:
        """Run the copy of the program."""
        return self.python("-m", "korea_cli", *arguments)

    def write(self, keys: str) -> Path:
        """Write a file with one event that has some keys."""
        file = self.folder / "mine.toml"
        file.write_text(f'[[events]]\nid = "launch"\ndate = "2017-07-04"\n{keys}\n', "utf-8")
        return file


def applied(diff: str, text: str) -> str:
    """Apply a diff without line numbers: the lines around the added ones must stand in the text once."""
    lines = diff.splitlines(keepends=True)
    old = "".join(line[1:] for line in lines if not line.startswith("+"))
    new = "".join(line[1:] for line in lines if not line.startswith("-"))
    assert text.count(old) == 1
    return text.replace(old, new)


def json_of(done: subprocess.CompletedProcess[str]) -> Any:  # noqa: ANN401 - any document
    assert done.stderr == ""
    return json.loads(done.stdout)


@pytest.fixture
def workshop(tmp_path: Path) -> Workshop:
    return Workshop(tmp_path)


def test_a_command_is_one_file(workshop: Workshop) -> None:
    workshop.follow("Add a command")
    assert "List the facts that somebody disputes." in workshop.korea("--help").stdout
    help_ = workshop.korea("doubts", "--help").stdout
    assert "--period" in help_
    assert "korea doubts topic:icbm" in help_
    found = json_of(workshop.korea("doubts", "topic:icbm", "--json"))
    assert found["command"] == "doubts"
    assert {fact["status"] for fact in found["facts"]} == {"disputed", "contradicted"}


def test_a_format_is_one_file_that_every_command_can_use(workshop: Workshop) -> None:
    workshop.follow("Add a format")
    refused = workshop.korea("timeline", "-f", "nothing")
    assert refused.returncode == 2
    assert re.search(r"Allowed values: .*\brec\b", refused.stderr)
    for command in commands.names():
        types = commands.load(command).answer.__annotations__
        if types.keys() & {"chronology", "loaded"} and types["return"] != "str":
            written = workshop.korea(command, *NAMED.get(command, []), "-f", "rec", "-q")
            assert (written.returncode, written.stderr) == (0, ""), command
    assert workshop.korea("show", "putin", "-o", "putin.rec").returncode == 0
    assert "\nname: Vladimir Putin\n" in (workshop.folder / "putin.rec").read_text("utf-8")


def test_a_field_is_one_line_and_is_everywhere(workshop: Workshop) -> None:
    workshop.follow("Add a field")
    file = workshop.write('title = "A"\nchannel = "by letter"')
    (event,) = json_of(workshop.korea("timeline", "-d", file, "--json"))["events"]
    assert event["channel"] == "by letter"
    chosen = workshop.korea("timeline", "-d", file, "--sort", "channel", "--fields", "date,channel")
    assert chosen.stdout == "2017-07-04\tby letter\n"
    assert "by letter" in workshop.korea("show", "launch", "-d", file, "-f", "table").stdout
    assert "by letter" in workshop.korea("timeline", "-d", file, "--fields", "all", "-f", "csv").stdout


def test_a_new_field_misspelt_is_told(workshop: Workshop) -> None:
    workshop.follow("Add a field")
    told = workshop.korea("check", workshop.write('title = "A"\nchanel = "by letter"'))
    assert told.returncode == 1
    assert "unknown key 'chanel'" in told.stdout
    assert "channel" in told.stdout


def test_a_new_field_is_written_into_the_pages_and_typed(workshop: Workshop) -> None:
    workshop.follow("Add a field")
    assert workshop.python("scripts/document.py", "--check").returncode == 1
    assert workshop.python("scripts/document.py").returncode == 0
    types = (workshop.folder / "src" / "korea_cli" / "rows" / "types.py").read_text("utf-8")
    assert "    mediators: list[ActorReference]\n" in types
    for page in ("data-format.md", "json.md"):
        assert re.search(
            r"\| `channel` \| text.* \| how it was conveyed", (workshop.folder / "docs" / page).read_text()
        )


ROLE = """
[[actors]]
id = "chair"
name = "Wu Dawei"

[[actors]]
id = "host"
name = "The Host"

[[events]]
id = "talks"
title = "Talks"
date = "2017-07-05"
actors = ["host"]
mediators = ["chair"]

[[facts]]
id = "claim"
text = "They met"
kind = "claim"
holders = ["host"]
events = ["talks"]
date = "2017-07-05"
"""


@pytest.fixture
def mediated(workshop: Workshop) -> Path:
    """Follow the recipe of a field with a role, and write a file that has it."""
    workshop.follow("Add a field")
    file = workshop.folder / "mine.toml"
    file.write_text(ROLE, "utf-8")
    return file


def test_a_role_is_one_line_and_is_asked_for_like_any_other(workshop: Workshop, mediated: Path) -> None:
    for words in (["actor:chair"], ["wu dawei"], ["-a", "chair"]):
        for cache in ([], ["--no-cache"], []):  # what builds the index, reads the files, and reads the index
            (event,) = json_of(workshop.korea("timeline", *words, "-d", mediated, "--json", *cache))["events"]
            assert event["mediators"] == [{"id": "chair", "name": "Wu Dawei"}]
    assert "Did you mean 'actor:chair'?" in workshop.korea("timeline", "mediators:chair", "-d", mediated).stderr
    summary = json_of(workshop.korea("actor", "chair", "-d", mediated, "--json"))
    assert [(each["by"], each["event_count"]) for each in summary["roles"]] == [("mediated", 1)]
    assert [(each["by"], each["value"]) for each in summary["dealings"]] == [("was involved with", "host")]
    lanes = json_of(workshop.korea("chart", "--lanes", "actor", "-d", mediated, "--json"))["periods"]
    assert {each["lane"] for each in lanes if each["event_count"]} == {"chair", "host"}
    (counted,) = json_of(workshop.korea("actors", "id:chair", "-d", mediated, "--json"))["actors"]
    assert counted["event_count"] == 1


@pytest.mark.parametrize("form", ["table", "html", "ics", "timelinejs", "markdown", "csv", "jsonl"])
def test_a_role_is_in_every_format(form: str, workshop: Workshop, mediated: Path) -> None:
    fields = ("--fields", "all") if form == "csv" else ()
    run = workshop.korea("timeline", "-d", mediated, *fields, "-f", form)
    lost = "korea: lost or changed when imported again: 1 of summary, 1 of actors, 1 of mediators\n"
    assert (run.returncode, run.stderr) == (0, lost if form in {"ics", "timelinejs"} else "")
    text = re.sub(r"\r\n |<[^>]*>", "", run.stdout)
    words = "Wu Dawei" if form in {"csv", "jsonl"} else "mediated by Wu Dawei"
    assert words in " ".join(text.split())
    if form == "html":
        assert '"actor":["host","chair"]' in run.stdout
    if form == "table":
        assert "mediated by Wu Dawei" in workshop.korea("timeline", "-1", "-d", mediated, "-f", form).stdout


def test_a_role_is_in_the_schema_and_completed(workshop: Workshop, mediated: Path) -> None:
    assert "mediators" in json_of(workshop.korea("schema"))["$defs"]["event"]["properties"]
    defined = json_of(workshop.korea("schema", "output"))["$defs"]["event"]["properties"]
    assert defined["mediators"]["items"]["title"] == "actor reference"
    line = f"korea add event -d {mediated} --mediator Wu"
    assert "chair" in workshop.korea("__complete", "zsh", line).stdout
    added = workshop.korea(
        *("add", "event", "--title", "More talks", "--date", "May 2018", "--mediator", "Wu Dawei", "-d", mediated)
    )
    assert added.returncode == 0
    found = json_of(workshop.korea("timeline", "actor:chair", "-d", mediated, "--json"))["events"]
    assert [each["title"] for each in found] == ["Talks", "More talks"]
    sheet = workshop.folder / "sheet.csv"
    sheet.write_text("date,title,mediators\n2018-06-12,Summit,chair\n", "utf-8")
    assert workshop.korea("import", sheet, "-d", mediated).returncode == 0
    assert workshop.korea("set", "talks", "mediators+=host", "-d", mediated).returncode == 0
    found = json_of(workshop.korea("timeline", "actor:chair", "-d", mediated, "--json"))["events"]
    assert [[each["id"] for each in event["mediators"]] for event in found] == [["chair", "host"], ["chair"], ["chair"]]


def test_a_check_is_one_function(workshop: Workshop) -> None:
    workshop.follow("Add a check")
    file = workshop.write(f'title = "{"long " * 30}"')
    problems = json_of(workshop.korea("check", file, "--json"))["problems"]
    assert ("titles-are-short", "warning", 4) in {(each["check"], each["severity"], each["line"]) for each in problems}
    assert workshop.korea("check", file, "--strict").returncode == 1


def test_a_reader_is_one_file(workshop: Workshop) -> None:
    workshop.follow("Add a reader")
    assert "ods, rec, ris, toml, xlsx" in " ".join(workshop.korea("import", "--help").stdout.split())
    mine = workshop.folder / "mine.toml"
    for name in ("sheet.rec", "sheet"):
        mine.write_text("", "utf-8")
        sheet = workshop.folder / name
        sheet.write_text("Date: May 1950\nTitle: War nears\n\nDate: soon\nTitle: No day\n", "utf-8")
        done = workshop.korea("import", sheet, "-d", mine)
        assert done.returncode == 1
        assert "record at line 4: date 'soon'" in done.stderr
        (event,) = json_of(workshop.korea("timeline", "-d", mine, "--json"))["events"]
        assert (event["date"], event["title"]) == ("1950-05", "War nears")


def test_a_mapping_is_one_file(workshop: Workshop) -> None:
    workshop.follow("Add a mapping")
    (workshop.folder / "all.csv").write_text("QUAKENO,origin,Magnitude,Town,Status\nq-1,2031-05-16,6.1,Alpha,A\n")
    (workshop.folder / "mine.toml").touch()
    done = workshop.korea("import", workshop.folder / "all.csv", "-d", workshop.folder / "mine.toml")
    assert "these are the columns of Quakes: read with --mapping quakes" in done.stderr
    found = json_of(workshop.korea("timeline", "-d", workshop.folder / "mine.toml", "--json"))["events"]
    assert [(each["id"], each["title"], each["status"]) for each in found] == [
        ("q-1", "Earthquake of 6.1 near Alpha", "unverified")
    ]
    assert "quakes" in workshop.korea("help", "SHEETS").stdout
