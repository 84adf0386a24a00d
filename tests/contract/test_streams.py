"""Results go to standard output or a file, everything else to standard error; what cannot be written is never lost."""

from __future__ import annotations

import json
import os
import resource
import stat
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from conftest import Korea

FULL = Path("/dev/full")
needs_full = pytest.mark.skipif(not FULL.exists(), reason="this system has no /dev/full")
UNKEPT = {"KOREA_CACHE": "off"}
EVERY_WAY_OUT = pytest.mark.parametrize(
    "line",
    [
        "korea timeline", "korea timeline --json", "korea timeline -f table", "korea timeline --count",
        "korea timeline --fields help", "korea --help", "korea timeline --help", "korea --version", "korea",
    ],
)  # fmt: skip
SMALL = '[[events]]\nid = "e{0}"\ntitle = "Title {0}"\ndate = "2017-05-0{0}"\n'


# ---------------------------------------------------------------- standard output and standard error


def test_a_closed_pipe_is_silent(korea: Korea) -> None:
    run = korea.shell("korea timeline | head -n 1")
    assert (run.code, run.out.count("\n"), run.err) == (0, 1, "")


@EVERY_WAY_OUT
def test_a_closed_standard_output_exits_4_with_a_sentence(line: str, korea: Korea) -> None:
    assert korea.shell(f"{line} >&-") == (4, "", "korea: cannot write standard output: it is closed\n")


@needs_full
@EVERY_WAY_OUT
def test_a_full_disk_exits_4_with_a_sentence(line: str, korea: Korea) -> None:
    run = korea.shell(f"{line} >/dev/full")
    assert run == (4, "", "korea: cannot write standard output: no space left on device\n")


def test_a_closed_standard_output_does_not_matter_to_a_file(korea: Korea, tmp_path: Path) -> None:
    run = korea.shell(f"korea timeline -q -o {tmp_path}/x.csv >&-")
    assert (run.code, run.err) == (0, "")
    assert (tmp_path / "x.csv").read_text().startswith("\ufeffid,date,date_text,title,")


@pytest.mark.parametrize("stderr", ["2>&-", pytest.param("2>/dev/full", marks=needs_full)])
@pytest.mark.parametrize(
    ("line", "code"),
    [
        ("korea timeline zeppelin", 0),
        ("korea actor tilerson", 1),
        ("korea timeline --bogus", 2),
        ("korea timeline -d nowhere.toml", 3),
        ("korea timeline >&-", 4),
    ],
)
def test_a_message_that_cannot_be_written_changes_no_status(line: str, code: int, stderr: str, korea: Korea) -> None:
    assert korea.shell(f"{line} {stderr}") == (code, "", "")


def test_all_three_streams_may_be_closed(korea: Korea) -> None:
    assert korea.shell("korea timeline <&- >&- 2>&-").code == 4
    assert korea.shell("korea timeline zeppelin <&- 2>&-").code == 0
    assert korea.shell("korea timeline -d - <&-") == (
        3, "", "korea: -: standard input is closed\n",
    )  # fmt: skip


def test_standard_input_is_data(korea: Korea) -> None:
    run = korea("timeline", "-d", "-", input=SMALL.format(1).encode())
    assert (run.code, run.out, run.err) == (0, "2017-05-01\te1\tTitle 1\t\n", "")
    assert json.loads(korea("timeline", "--json", "-d", "-", input=b"").out)["events"] == []


def test_quiet_leaves_out_notes_but_no_errors(korea: Korea, tmp_path: Path) -> None:
    assert korea("timeline", "zeppelin", "-q") == (0, "", "")
    assert korea("timeline", "-q", "-o", tmp_path / "x.txt") == (0, "", "")
    assert korea("actor", "tilerson", "-q").err.startswith("korea: actor not found: 'tilerson'")


def test_count_is_only_the_number(korea: Korea) -> None:
    listed = korea("timeline", "thaad").out.count("\n")
    assert korea("timeline", "thaad", "--count") == (0, f"{listed}\n", "")
    assert korea("timeline", "thaad", "--count", "--limit", "2") == (0, "2\n", "")
    assert korea("timeline", "zeppelin", "--count", "-q") == (0, "0\n", "")


def test_exit_code_tells_whether_anything_matched(korea: Korea) -> None:
    assert korea("timeline", "thaad", "--exit-code", "-q").code == 0
    assert korea("timeline", "zeppelin", "--exit-code", "-q") == (1, "", "")
    assert korea("timeline", "zeppelin", "--exit-code", "--count", "-q") == (1, "0\n", "")


ENDING = """
import atexit, sys
from korea_cli.__main__ import run
atexit.register(lambda: sys.stdout.write("at the end"))
run()
"""


def test_the_program_ends_at_once_but_not_before_what_was_to_be_done_at_the_end(korea: Korea) -> None:
    run = korea("-c", ENDING, "timeline", "zeppelin", "--exit-code", "-q", program=sys.executable)
    assert run == (1, "at the end", "")


# ---------------------------------------------------------------- encodings

LETTERS = "é – ● 한 😀 \u2028 Ł"
ENCODINGS = pytest.mark.parametrize(
    "encoding", ["ascii", "latin-1", "cp1252", "euc-kr", "shift_jis", "utf-8", "utf-16"]
)


@pytest.fixture
def lettered(tmp_path: Path) -> Path:
    """Write a chronology with letters that no encoding but those of Unicode has together."""
    file = tmp_path / "letters.toml"
    file.write_text(
        f'[[events]]\nid = "e"\ntitle = {json.dumps(LETTERS, ensure_ascii=False)}\ndate = "2017"\n', "utf-8"
    )
    return file


@ENCODINGS
@pytest.mark.parametrize("form", ["json", "jsonl"])
def test_json_stays_exact_in_every_encoding(form: str, encoding: str, lettered: Path, korea: Korea) -> None:
    run = korea.raw("timeline", "-f", form, "-d", lettered, env={"PYTHONIOENCODING": encoding})
    assert (run.returncode, run.stderr) == (0, b"")
    document = json.loads(run.stdout.decode(encoding))
    assert (document["events"][0] if form == "json" else document)["title"] == LETTERS


@ENCODINGS
@pytest.mark.parametrize("form", ["plain", "csv", "table"])
def test_a_letter_that_an_encoding_lacks_becomes_a_question_mark(
    form: str, encoding: str, lettered: Path, korea: Korea
) -> None:
    settings = {"PYTHONIOENCODING": encoding, "COLUMNS": "200"}
    fields = ("--fields", "all") if form == "csv" else ()
    run = korea.raw("timeline", "-f", form, *fields, "-d", lettered, env=settings)
    lost = "korea: lost or changed when imported again: 1 of title\n" if form == "csv" else ""  # its line separator
    assert (run.returncode, run.stderr.decode(encoding)) == (0, lost)
    expected = LETTERS.replace("\u2028", " ").encode(encoding, "replace").decode(encoding)
    assert expected in run.stdout.decode(encoding)


@ENCODINGS
def test_help_and_messages_are_written_in_every_encoding(encoding: str, korea: Korea) -> None:
    settings = {"PYTHONIOENCODING": encoding}
    helped = korea.raw("search", "--help", env=settings)
    assert (helped.returncode, helped.stderr) == (0, b"")
    assert "korea search 문재인".encode(encoding, "replace").decode(encoding) in helped.stdout.decode(encoding)
    refused = korea.raw("actor", "문재앙", env=settings)
    assert (refused.returncode, refused.stdout) == (1, b"")
    assert "문재앙".encode(encoding, "replace").decode(encoding) in refused.stderr.decode(encoding)


def test_the_c_locale_changes_nothing_but_the_letters(korea: Korea, lettered: Path) -> None:
    run = korea.raw(
        "timeline", "--json", "-d", lettered, env={"LC_ALL": "C", "PYTHONCOERCECLOCALE": "0", "PYTHONUTF8": "0"}
    )
    assert (run.returncode, run.stderr) == (0, b"")
    assert json.loads(run.stdout)["events"][0]["title"] == LETTERS


def test_a_table_draws_with_ascii_where_there_is_nothing_else(korea: Korea) -> None:
    data = f'[[actors]]\nid = "a"\nname = "A"\n{SMALL.format(1)}actors = ["a"]\nrecipients = ["a"]\nquote = "Q"'
    for arguments in (["timeline"], ["show", "e1"], ["actor", "a"], ["actors"], ["stats"]):
        run = korea.raw(*arguments, "-f", "table", "-d", "-", input=data.encode(), env={"PYTHONIOENCODING": "ascii"})
        assert (run.returncode, run.stderr) == (0, b"")
        assert b"?" not in run.stdout
        assert arguments[0] != "timeline" or b"* Title 1 e1 | A -> A" in b" ".join(run.stdout.split())


def test_a_file_is_utf_8_whatever_the_terminal_is(korea: Korea, lettered: Path, tmp_path: Path) -> None:
    file = tmp_path / "x.csv"
    run = korea("timeline", "-q", "-d", lettered, "-o", file, env={"PYTHONIOENCODING": "ascii"})
    assert (run.code, run.out, run.err) == (0, "", "")
    assert LETTERS.replace("\u2028", " ") in file.read_text("utf-8")


# ---------------------------------------------------------------- output to a file


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """Write a small chronology in a folder of its own."""
    file = tmp_path / "data" / "mine.toml"
    file.parent.mkdir()
    file.write_text("".join(map(SMALL.format, range(1, 4))))
    return file


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Make a folder that outputs go to."""
    made = tmp_path / "out"
    made.mkdir()
    return made


@pytest.mark.parametrize(
    ("name", "form"),
    [("x.csv", "csv"), ("X.CSV", "csv"), ("x.json", "json"), ("x.jsonl", "jsonl"), ("x.txt", "plain"), ("x", "plain")],
)
def test_the_ending_of_the_file_picks_the_format(name: str, form: str, korea: Korea, folder: Path) -> None:
    run = korea("timeline", "thaad", "-o", folder / name)
    count = korea("timeline", "thaad", "--count").out.strip()
    note = korea("timeline", "thaad", "-f", form).err  # on the columns that a short sheet leaves out
    written = f"Wrote {folder / name} from {count} events" if note else f"Wrote {count} events to {folder / name}"
    assert run == (0, "", f"{written}\n{note}")
    assert bool(note) is (form == "csv")
    mark = "\ufeff" if form == "csv" else ""  # which spreadsheets want in a file, and no program wants in a pipe
    assert (folder / name).read_bytes().decode() == mark + korea("timeline", "thaad", "-f", form).out
    assert [each.name for each in folder.iterdir()] == [name]


def test_a_named_format_wins_over_the_ending(korea: Korea, folder: Path) -> None:
    korea("timeline", "--json", "-o", folder / "x.csv")
    assert json.loads((folder / "x.csv").read_text())["command"] == "timeline"


def test_a_hyphen_is_standard_output(korea: Korea) -> None:
    assert korea("timeline", "thaad", "-o", "-") == korea("timeline", "thaad")


def test_only_the_number_goes_to_the_file(korea: Korea, folder: Path) -> None:
    assert korea("timeline", "thaad", "--count", "-o", folder / "n.txt") == (0, "", "")
    assert (folder / "n.txt").read_text() == korea("timeline", "thaad", "--count").out


def test_a_failed_run_leaves_the_old_file_and_nothing_else(korea: Korea, folder: Path) -> None:
    old = folder / "x.csv"
    old.write_text("old")
    for arguments, code in [(("-d", "nowhere.toml"), 3), (("actor:tilerson",), 1), (("--sort", "nope"), 2)]:
        assert korea("timeline", "-o", old, *arguments).code == code
    assert old.read_text() == "old"
    assert [each.name for each in folder.iterdir()] == ["x.csv"]


def limit_files() -> None:
    """Let a process write files of a thousand bytes only."""
    resource.setrlimit(resource.RLIMIT_FSIZE, (1000, 1000))


def test_a_disk_that_fills_up_leaves_the_old_file_and_nothing_else(korea: Korea, folder: Path) -> None:
    old = folder / "x.json"
    old.write_text("old")
    run = korea.unmeasured()("timeline", "-o", old, env=UNKEPT, preexec_fn=limit_files)
    assert run == (4, "", f"korea: cannot write {old}: file too large\n")
    assert old.read_text() == "old"
    assert [each.name for each in folder.iterdir()] == ["x.json"]


def test_a_limit_on_standard_output_exits_4(korea: Korea, folder: Path) -> None:
    with (folder / "x.json").open("wb") as stream:
        run = korea.unmeasured()(
            "timeline", "--json", stdout=stream, env=UNKEPT, preexec_fn=limit_files
        )  # fmt: skip
    assert run == (4, "", "korea: cannot write standard output: file too large\n")


@pytest.mark.parametrize("mode", [0o600, 0o644, 0o755])
def test_the_mode_of_a_file_is_kept(mode: int, korea: Korea, folder: Path) -> None:
    file = folder / "x.csv"
    file.touch()
    file.chmod(mode)
    assert korea("timeline", "-o", file).code == 0
    assert stat.S_IMODE(file.stat().st_mode) == mode
    assert file.stat().st_size > 1000


@pytest.mark.parametrize("mask", [0o022, 0o077])
def test_a_new_file_has_the_usual_mode(mask: int, korea: Korea, folder: Path) -> None:
    assert korea("timeline", "-o", folder / "x.csv", umask=mask).code == 0
    assert stat.S_IMODE((folder / "x.csv").stat().st_mode) == 0o666 & ~mask


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everything")
def test_a_file_that_must_not_be_written_is_left_alone(korea: Korea, folder: Path) -> None:
    file = folder / "x.csv"
    file.write_text("old")
    file.chmod(0o444)
    assert korea("timeline", "-o", file) == (4, "", f"korea: cannot write {file}: no permission to write it\n")
    assert file.read_text() == "old"


@pytest.mark.parametrize("exists", [True, False], ids=["to a file", "to nothing yet"])
def test_a_link_is_followed(exists: bool, korea: Korea, folder: Path) -> None:  # noqa: FBT001 - a parameter of the test
    target, link = folder / "target.csv", folder / "link.csv"
    if exists:
        target.write_text("old")
    link.symlink_to(target.name)
    assert korea("timeline", "-o", link).code == 0
    assert link.is_symlink()
    assert target.read_text().startswith("\ufeffid,date,date_text,title,")


def test_links_in_a_circle_exit_4(korea: Korea, folder: Path) -> None:
    (folder / "a").symlink_to("b")
    (folder / "b").symlink_to("a")
    run = korea("timeline", "-o", folder / "a")
    assert (run.code, run.out) == (4, "")
    assert "too many levels of symbolic links" in run.err
    assert (folder / "a").is_symlink()


@pytest.mark.parametrize("name", ["folder", "", "x" * 300, "file/x.csv"])
def test_a_name_that_cannot_be_a_file_exits_4(name: str, korea: Korea, folder: Path) -> None:
    (folder / "folder").mkdir()
    (folder / "file").touch()
    run = korea("timeline", "-o", name, cwd=folder)
    assert (run.code, run.out) == (4, "")
    assert run.err.startswith("korea: cannot write ")
    assert sorted(each.name for each in folder.iterdir()) == ["file", "folder"]


def test_the_longest_possible_name_can_be_written(korea: Korea, folder: Path) -> None:
    name = "x" * 251 + ".csv"
    assert korea("timeline", "-o", folder / name).code == 0
    assert [each.name for each in folder.iterdir()] == [name]


@needs_full
def test_a_device_is_written_as_it_is(korea: Korea) -> None:
    assert korea("timeline", "-o", FULL) == (4, "", "korea: cannot write /dev/full: no space left on device\n")
    assert FULL.is_char_device()


def test_standard_output_can_be_named_as_a_device(korea: Korea) -> None:
    assert korea.shell("korea timeline thaad -q -o /dev/stdout | cat") == korea("timeline", "thaad")


def test_a_named_pipe_is_written_as_it_is(korea: Korea, folder: Path) -> None:
    os.mkfifo(folder / "pipe")
    run = korea.shell(f"cat {folder}/pipe & korea timeline thaad -q -o {folder}/pipe && wait")
    assert run == korea("timeline", "thaad")
    run = korea.shell(f"true <{folder}/pipe & korea timeline --json -q -o {folder}/pipe; code=$?; wait; exit $code")
    assert run in {(141, "", ""), (0, "", "")}  # the reader may have gone before anything was written, or after


@pytest.mark.parametrize("other_name", ["mine.toml", "../data/mine.toml", "link.toml"])
def test_the_data_file_itself_is_not_written_over(other_name: str, korea: Korea, data: Path) -> None:
    before = data.read_text()
    (data.parent / "link.toml").symlink_to("mine.toml")
    run = korea("timeline", "-d", "mine.toml", "-o", other_name, cwd=data.parent)
    assert run == (4, "", f"korea: cannot write {other_name}: it is the data file; use --force to overwrite it\n")
    assert data.read_text() == before


def test_the_data_file_is_written_over_by_force(korea: Korea, data: Path) -> None:
    assert korea("timeline", "-d", data, "-o", data, "--force", "-f", "plain", "-q") == (0, "", "")
    assert data.read_text().splitlines()[0] == "2017-05-01\te1\tTitle 1\t"


def test_an_included_file_is_not_written_over_either(korea: Korea, data: Path) -> None:
    main = data.parent / "main.toml"
    main.write_text('[chronology]\ninclude = ["mine.toml"]\n')
    run = korea("timeline", "-d", main, "-o", data)
    assert (run.code, run.out) == (4, "")
    assert "it is the data file" in run.err


@pytest.mark.parametrize("asked", [("timeline", "icbm"), ("show", "putin"), ("stats",), ("check", "--notes")])
def test_an_answer_is_the_same_in_a_pipe_in_a_file_and_from_anywhere(
    korea: Korea, folder: Path, asked: tuple[str, ...], form: str
) -> None:
    file = folder / "answer"
    settings = {"COLUMNS": "80"}
    piped = korea.raw(*asked, "-f", form, env=settings)
    with file.open("wb") as stream:
        korea.raw(*asked, "-f", form, env=settings, stdout=stream, cwd=folder)
    assert file.read_bytes() == piped.stdout
