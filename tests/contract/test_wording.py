"""Wrong input is answered with what is wrong and what to do, in the same words everywhere."""

from __future__ import annotations

import os
import pty
import subprocess
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from pathlib import Path

    from conftest import Korea

EVENT = '[[events]]\nid = "launch"\ntitle = "A launch"\ndate = "2017-07-04"\n'


@pytest.fixture
def mine(tmp_path: Path) -> Path:
    path = tmp_path / "mine.toml"
    path.write_text(EVENT, "utf-8")
    return path


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        (("--from", "2018", "--to", "2017"), "'--to 2017' is before '--from 2018'"),
        (("--since", "2018", "--until=may 2017"), "'--until may 2017' is before '--since 2018'"),
    ],
)
def test_a_range_that_ends_before_it_starts_names_both_options(typed: tuple[str, ...], said: str, korea: Korea) -> None:
    told = f"korea: {said}: exchange the two dates, or correct one\n"
    assert korea("timeline", *typed) == (2, "", told)


def test_a_missing_date_is_worded_the_same_by_check_add_and_import(mine: Path, korea: Korea, tmp_path: Path) -> None:
    (tmp_path / "bad.toml").write_text('[[events]]\nid = "x"\ntitle = "X"\n', "utf-8")
    (tmp_path / "sheet.csv").write_text("title,date\nX,\n", "utf-8")
    assert "date is required" in korea("check", tmp_path / "bad.toml").out
    assert "--date is required" in korea("add", "event", "--title", "X", "-d", mine).err
    assert "date is required" in korea("add", "events", "-d", mine, input=b'{"title": "X"}').err
    assert "date is required" in korea("import", tmp_path / "sheet.csv", "-d", mine).err


def test_an_unknown_kind_is_worded_the_same_by_check_add_and_set(mine: Path, korea: Korea, tmp_path: Path) -> None:
    (tmp_path / "bad.toml").write_text(f'{EVENT}kind = "raid"\n', "utf-8")
    said = "unknown kind 'raid'. To allow it, add \"raid\" to kinds under [chronology]"
    event = ("add", "event", "--title", "X", "--date", "2018", "--kind", "raid", "-d", mine)
    assert said in korea("check", tmp_path / "bad.toml").out.replace("\n", " ")
    assert korea(*event).err == f"korea: {said}\n"
    assert said in korea("add", "events", "-d", mine, input=b'{"title": "X", "date": "2018", "kind": "raid"}').err
    assert korea("set", "launch", "kind=raid", "-d", mine).err == f"korea: {said}\n"


@pytest.mark.parametrize(
    "typed",
    [
        ("show", "raid"), ("show", "nothing-here"), ("actor", "raid"), ("timeline", "id:raid"), ("raid",),
        ("timeline", "kind:raid"), ("timeline", "source:raid"), ("timeline", "--sort", "raid"),
        ("timeline", "--fields", "raid"), ("help", "nothing-here"),
    ],
)  # fmt: skip
def test_a_word_like_no_other_gets_no_suggestion(typed: tuple[str, ...], korea: Korea) -> None:
    run = korea(*typed)
    assert run.code in {1, 2}
    assert typed[-1].removeprefix("id:").removeprefix("kind:").removeprefix("source:") in run.err
    assert "Did you mean" not in run.err


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        (("tmeline",), "unknown command 'tmeline'. Did you mean 'timeline'?"),
        (("help", "tmeline"), "unknown command or topic 'tmeline'. Did you mean 'timeline'?"),
        (("help", "qurey"), None),
        (("help", "timeline", "extra"), "help is about one command or topic; leave out 'extra'"),
        (("help", "DATES", "two", "words"), "help is about one command or topic; leave out 'two words'"),
        (("help", "add", "event", "more"), "help is about one command or topic; leave out 'more'"),
        (("cache", "--where", "--clear"), "'--where' and '--clear' cannot be used together"),
        (
            ("stats", "topical"),
            "unknown section 'topical'. Did you mean 'topics'? To search for the word, write 'text:topical'",
        ),
    ],
)
def test_what_is_typed_in_vain_is_refused_with_what_to_do(
    typed: tuple[str, ...], told: str | None, korea: Korea
) -> None:
    run = korea(*typed)
    assert (run.code, run.out) == (2, "")
    assert told is None or run.err == f"korea: {told}\n"


def test_an_unknown_command_like_no_other_lists_all(korea: Korea) -> None:
    assert korea("raid").err.startswith("korea: unknown command 'raid'. Allowed values: actor, actors, add, cache, ")


def test_the_word_that_a_misspelt_section_may_be_is_searched_for_as_advised(korea: Korea) -> None:
    assert korea("stats", "text:topical", "--count") == (
        0,
        "0\n",
        "korea: no events or facts match (stats, text:topical)\n",
    )


@pytest.mark.parametrize(
    "values",
    [("title=a", "title=b"), ("kind=test", "title=c", "kind=test"), ("title+=more", "title=a"), ("note=a", "note=")],
)
def test_a_key_that_is_set_twice_is_refused(values: tuple[str, ...], mine: Path, korea: Korea) -> None:
    key = values[-1].partition("=")[0]
    first, second = (each for each in values if each.partition("=")[0].rstrip("+") == key)
    told = f"korea: '{first}' and '{second}' both set '{key}'. Keep one of them.\n"
    assert korea("set", "launch", *values, "-d", mine) == (2, "", told)
    assert mine.read_text("utf-8") == EVENT


def test_a_list_is_still_set_by_several(mine: Path, korea: Korea) -> None:
    assert korea("set", "launch", "actors=kim", "actors=moon", "-d", mine).code == 0
    assert 'actors = ["kim", "moon"]' in mine.read_text("utf-8")


@pytest.mark.parametrize(
    ("line", "offered"),
    [("korea stats ov", "overview"), ("korea stats topics ye", "years"), ("korea stats topics to", "to: topic:"),
     ("korea stats missile ov", ""), ("korea timeline ov", "")],
)  # fmt: skip
def test_tab_offers_the_sections_of_stats_where_they_can_stand(line: str, offered: str, korea: Korea) -> None:
    run = korea("__complete", "bash", line, line.rpartition(" ")[2])
    assert run == (0, "".join(f"{each}\n" for each in ("fields", *offered.split())), "")


@pytest.mark.parametrize("version", ["", "0", "4999", "new", "5e3"])
def test_a_terminal_that_may_not_open_links_gets_whole_addresses(version: str, korea: Korea) -> None:
    shown = korea.on_terminal("show", "hwasong-14-launch", "--color", "always", env={"VTE_VERSION": version}).out
    assert "\n  nti.org" not in shown
    assert korea.on_terminal("show", "hwasong-14-launch", "--color", "always", env={"KONSOLE_VERSION": ""}).out == shown


def test_success_is_reported_in_one_form(mine: Path, korea: Korea, tmp_path: Path) -> None:
    assert korea("timeline", "-d", mine, "-o", "x.csv", cwd=tmp_path) == (0, "", "Wrote 1 event to x.csv\n")
    assert korea("schema", "-o", "x.json", cwd=tmp_path) == (0, "", "Wrote the schema to x.json\n")
    assert korea("check", "--fix", "--sort", "--yes", "mine.toml", cwd=tmp_path).err == "korea: nothing to fix\n"
    mine.write_text(EVENT.replace(" = ", "="), "utf-8")
    assert korea("check", "--fix", "--yes", "mine.toml", cwd=tmp_path).err == "Fixed mine.toml\n"
    mine.write_text(EVENT.replace(" = ", "="), "utf-8")
    assert korea("fmt", "mine.toml", cwd=tmp_path).out == "Formatted mine.toml\n"


def shown_until(wanted: str, korea: Korea, type_: str, mine: Path) -> str:
    """Answer the questions about a record at a terminal until one is asked; return what was shown."""
    ours, theirs = pty.openpty()
    process = subprocess.Popen(
        [korea.program, "add", type_, "-d", mine], stdin=theirs, stdout=theirs, stderr=theirs, env=korea.environment,
        start_new_session=True,
    )  # fmt: skip
    shown, replies = "", [b"A title\r"]
    while wanted not in shown:
        shown += os.read(ours, 1 << 16).decode()
        os.write(ours, replies.pop() if replies and "Title:" in shown else b"\r")
    process.kill()
    process.wait()
    os.close(ours)
    os.close(theirs)
    return shown


def test_prompts_name_a_key_once_and_acronyms_in_capitals(mine: Path, korea: Korea) -> None:
    assert "Name: name" not in shown_until(
        "* Name: as it should be displayed, such as Moon Jae-in", korea, "actor", mine
    )
    assert "Url" not in shown_until("URL: web address, http or https", korea, "source", mine)
