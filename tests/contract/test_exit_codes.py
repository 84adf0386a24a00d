"""The exit statuses, each with its sentence on standard error and nothing else beside it."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from contextlib import ExitStack
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from conftest import Korea, Run

INTERNAL = """
import sys
import korea_cli.{module}

def fail(*given, **named):
    raise RuntimeError("no\\x1b[2J such \\u202eluck")

korea_cli.{module}.{function} = fail
from korea_cli.__main__ import run
sys.argv[1:] = {arguments!r}
run()
"""


def fail_inside(korea: Korea, *arguments: str) -> Run:
    """Run the program with a command that raises what nobody foresaw."""
    script = INTERNAL.format(module="commands.topics", function="listing", arguments=list(arguments))
    return korea("-c", script, program=sys.executable)


def test_an_answer_exits_0_and_says_nothing_beside_it(korea: Korea) -> None:
    run = korea("timeline", "thaad")
    assert (run.code, run.err) == (0, "")
    assert "thaad" in run.out.casefold()


def test_an_empty_answer_exits_0_and_a_note_says_what_was_asked(korea: Korea) -> None:
    run = korea("timeline", "thaad", "--from", "2015", "--to", "2015")
    assert run == (0, "", "korea: no events match (timeline, thaad, 1 Jan 2015 to 31 Dec 2015)\n")


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (("timeline", "--exit-code", "zeppelin"), "no events match (timeline, zeppelin)"),
        (("actor", "tilerson"), "actor not found: 'tilerson'. Did you mean 'Rex Tillerson' (tillerson)?"),
        (("timeline", "topic:thad"), "topic not found: 'thad'. Did you mean"),
        (("show", "hwasong-14-lunch"), "Did you mean"),
        (("timeline", "-s", "the-diplomatt"), "source not found: 'the-diplomatt'"),
        (("actor", "s"), "'s' is ambiguous: "),
    ],
)
def test_the_answer_no_exits_1(arguments: tuple[str, ...], sentence: str, korea: Korea) -> None:
    run = korea(*arguments)
    assert (run.code, run.out) == (1, "")
    assert sentence in run.err


def test_exit_code_asks_whether_anything_matched_not_whether_anything_is_listed(korea: Korea) -> None:
    assert korea("timeline", "thaad", "--exit-code", "--limit", "0") == (0, "", "")


def test_a_file_without_records_has_nothing_to_match(korea: Korea, tmp_path: Path) -> None:
    (tmp_path / "empty.toml").touch()
    assert korea("timeline", "-d", tmp_path / "empty.toml") == (0, "", "korea: there are no events\n")
    assert korea("facts", "-d", tmp_path / "empty.toml", "x") == (0, "", "korea: no facts match (facts, x)\n")


def test_problems_in_the_data_are_the_answer_of_check_and_exit_1(korea: Korea, tmp_path: Path) -> None:
    file = tmp_path / "mine.toml"
    file.write_text('[[events]]\nid = "x"\ntitle = "X"\ndate = "2017"\nacters = ["y"]\n')
    run = korea("check", file)
    assert (run.code, run.err) == (1, "")
    assert "acters" in run.out


@pytest.mark.parametrize(
    ("arguments", "sentences"),
    [
        (("tmeline",), ["unknown command 'tmeline'", "Did you mean 'timeline'?"]),
        (("timeline", "--bogus"), ["--bogus", "Try 'korea timeline --help'."]),
        (("cache", "one", "two"), ["unexpected argument: one two. Try 'korea cache --help'."]),
        (("timeline", "--max-size", "0"), ["--max-size", "0 is not at least 1."]),
        (("import", "x.csv", "--pivot", "3"), ["--pivot", "3 is not between 100 and 9999."]),
        (("add", "actor", "--title", "X"), ["no such option: --title. Try 'korea add actor --help'."]),
        (("timeline", "--limit", "x"), ["--limit", "'x'", "Try 'korea timeline --help'."]),
        (("timeline", "--limit", "-1"), ["-1"]),
        (("actor",), ["NAME", "Try 'korea actor --help'."]),
        (("--json", "timeline"), ["'--json' comes before the command", "'korea timeline --json'"]),
        (("timeline", "-f", "jsn"), ["unknown format 'jsn'. Did you mean 'json'?", "html, ics, json, jsonl, markdown"]),
        (("timeline", "--from", "2017-02-30"), ["'2017-02-30'", "Did you mean '2017-02-28'?"]),
        (("timeline", "--fields", "title,dat"), ["'dat'", "Did you mean 'date'?", "date_text"]),
        (("timeline", "--sort", "titel"), ["'titel'", "Did you mean 'title'?"]),
        (("timeline", "colour:red"), ["unknown field 'colour'", "actor, by, to, via"]),
        (("timeline", "--color", "mauve"), ["'mauve'", "auto, always, never"]),
        (("search",), ["nothing to search for"]),
        (("timeline", "--on", "2017", "--from", "2016"), ["'--on 2017'", "'--from 2016'", "cannot be used together"]),
        (("timeline", "--period=2017", "--until", "2016"), ["'--period 2017'", "'--until 2016'"]),
        (("timeline", "--json", "-f", "csv"), ["'--json'", "'-f csv'", "cannot be used together"]),
    ],
)  # fmt: skip
def test_a_wrong_command_line_exits_2_and_says_what_was_typed(
    arguments: tuple[str, ...], sentences: list[str], korea: Korea
) -> None:
    run = korea(*arguments)
    assert (run.code, run.out) == (2, "")
    assert [sentence for sentence in sentences if sentence not in run.err] == []
    assert run.err.startswith("korea: ")
    assert run.err.count("\n") == 1


@pytest.mark.parametrize(
    "beside", [("--count",), ("--fields", "help")], ids=["when only counting", "when asking for the fields"]
)
@pytest.mark.parametrize("wrong", [("-f", "jsn"), ("--color", "mauve")], ids=["format", "colour"])
def test_a_wrong_setting_exits_2_also_where_it_is_not_needed(
    beside: tuple[str, ...], wrong: tuple[str, ...], korea: Korea
) -> None:
    run = korea("timeline", *beside, *wrong)
    assert (run.code, run.out) == (2, "")


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (None, "no such file"),
        (b"\xff\xfe", "UTF-16"),
        (b"caf\xe9 = 1", "byte 0xe9 is not UTF-8"),
        (b"PAR1\x15\x84PAR1", "this is a Parquet file; query it with '-d parquet:FILE'"),
        (b"[[events]\n", "mine.toml:1"),
        (b'[[events]]\nid = "x"\ntitle = "X"\ndate = "1950-13-15"\n', "there is no month 13"),
    ],
    ids=["missing", "utf-16", "latin-1", "parquet", "syntax", "date"],
)
def test_bad_data_exits_3(data: bytes | None, sentence: str, korea: Korea, tmp_path: Path) -> None:
    file = tmp_path / "mine.toml"
    if data is not None:
        file.write_bytes(data)
    run = korea("timeline", "-d", file)
    assert (run.code, run.out) == (3, "")
    assert sentence in run.err
    assert all(line.startswith(f"korea: {file}:") for line in run.err.splitlines())


def test_of_many_problems_20_are_shown_and_the_rest_counted(korea: Korea, tmp_path: Path) -> None:
    file = tmp_path / "mine.toml"
    file.write_text("".join(f'[[topics]]\nid = "t{number}"\nlabel = "T"\ncolour = "red"\n' for number in range(25)))
    *shown, rest = korea("timeline", "-d", file).err.splitlines()
    assert len(shown) == 20
    assert [line.split(":")[2] for line in shown] == [str(4 * number) for number in range(1, 21)]
    assert "5 more" in rest


def test_an_output_that_cannot_be_written_exits_4(korea: Korea, tmp_path: Path) -> None:
    run = korea("timeline", "-o", tmp_path / "nowhere" / "x.csv")
    assert (run.code, run.out) == (4, "")
    assert run.err == f"korea: cannot write {tmp_path / 'nowhere' / 'x.csv'}: no such folder\n"


def test_an_internal_error_exits_70_in_one_harmless_line(korea: Korea) -> None:
    run = fail_inside(korea, "topics")
    assert (run.code, run.out) == (70, "")
    assert run.err.startswith("korea: internal error: RuntimeError: no[2J such luck. Please report it")
    assert run.err.count("\n") == 1


def test_debug_shows_where_an_internal_error_came_from(korea: Korea) -> None:
    run = fail_inside(korea, "topics", "--debug")
    assert run.code == 70
    assert "Traceback" in run.err
    assert "topics.py" in run.err
    assert "\x1b" not in run.err


def heed_interrupts() -> None:
    """Undo what a shell does to what it runs in the background, these tests perhaps among it."""
    signal.signal(signal.SIGINT, signal.default_int_handler)


def interrupted(korea: Korea, *arguments: str | Path, begun: Callable[[Any], object]) -> subprocess.Popen[bytes]:
    """Start the program, wait until it has begun and waits for something, and interrupt it.

    `begun` does something with the process that takes until the program has begun.
    """
    process = korea.start(
        *arguments, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, bufsize=0,
        preexec_fn=heed_interrupts,
    )  # fmt: skip
    begun(process)
    korea.wait_until_asleep(process)
    process.send_signal(signal.SIGINT)
    return process


def test_an_interrupt_while_reading_exits_130_without_a_word(korea: Korea) -> None:
    more_than_a_pipe_holds = b"#" * (1 << 20)
    process = interrupted(korea, "timeline", "-d", "-", begun=lambda each: each.stdin.write(more_than_a_pipe_holds))
    assert process.communicate() == (b"", b"")
    assert process.returncode == 130


def test_an_interrupt_while_nobody_reads_the_output_exits_130_without_a_word(korea: Korea, large: Path) -> None:
    process = interrupted(korea, "timeline", "--json", "-d", large, begun=lambda each: each.stdout.read(1))
    assert process.wait() == 130
    assert process.communicate()[1] == b""


def test_an_interrupt_while_writing_a_file_leaves_nothing_half_written(korea: Korea, tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "data")
    with ExitStack() as stack:
        process = interrupted(
            korea, "timeline", "-d", tmp_path / "data", "-o", tmp_path / "x.json",
            begun=lambda _: stack.enter_context((tmp_path / "data").open("w")),
        )  # fmt: skip
        assert process.communicate() == (b"", b"")
    assert process.returncode == 130
    assert [each.name for each in tmp_path.iterdir()] == ["data"]


@pytest.fixture
def large(tmp_path: Path) -> Path:
    """Write a chronology whose answer is larger than any pipe holds."""
    event = '[[events]]\nid = "e{0}"\ntitle = "Event {0} {1}"\ndate = "2017"\n'
    file = tmp_path / "large.toml"
    file.write_text("".join(event.format(number, "word " * 200) for number in range(1500)))
    return file


@pytest.mark.parametrize("form", ["plain", "json", "jsonl", "csv", "table"])
def test_a_reader_that_closes_the_pipe_ends_the_program_with_141_without_a_word(
    form: str, korea: Korea, large: Path
) -> None:
    process = korea.start("timeline", "-d", large, "-f", form, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    with process:
        assert process.stdout is not None
        assert process.stdout.read(10)
        process.stdout.close()
        assert process.stderr is not None
        assert process.stderr.read() == b""
    assert process.returncode == 141


@pytest.mark.parametrize("arguments", [("timeline",), ("--help",), ("timeline", "--help"), ("--version",)])
def test_a_pipe_that_was_closed_from_the_start_ends_the_program_with_141(
    arguments: tuple[str, ...], korea: Korea
) -> None:
    reader, writer = os.pipe()
    os.close(reader)
    run = korea(*arguments, stdout=writer)
    os.close(writer)
    assert (run.code, run.err) == (141, "")
