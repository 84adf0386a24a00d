"""A long table on a terminal goes through the pager that the user set; nothing else does, and nothing is ever lost."""

from __future__ import annotations

import codecs
import fcntl
import os
import pty
import select
import shlex
import struct
import subprocess
import sys
import termios
from contextlib import contextmanager
from typing import TYPE_CHECKING

import pytest

from conftest import Run

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from conftest import Korea

LINES = 40  # of a terminal in these tests
LONG = ("timeline", "--color", "never")
# Gives a program the terminal that it is started on, as a shell does: a pager reads its keys from there.
CONTROLLING = """
import fcntl, os, sys, termios
os.setsid()
fcntl.ioctl(0, termios.TIOCSCTTY, 0)
os.execv(sys.argv[1], sys.argv[1:])
"""


@pytest.fixture
def shown(tmp_path: Path) -> Path:
    """Give the file in which the test's own pager puts what it is given."""
    return tmp_path / "shown"


@pytest.fixture
def pager(shown: Path, tmp_path: Path) -> Callable[[str], str]:
    """Make a pager of a shell script, in which `$shown` is the file where it puts what it is given."""

    def made(script: str) -> str:
        file = tmp_path / "a pager"
        file.write_text(f"#!/bin/sh\nshown={shlex.quote(str(shown))}\n{script}\n")
        file.chmod(0o755)
        return shlex.quote(str(file))

    return made


def written(korea: Korea, *arguments: str) -> str:
    """Give what is drawn for a terminal of 80 columns."""
    return korea(*arguments, "-f", "table", env={"COLUMNS": "80"}).out


class Session:
    """The program on a terminal of its own, at which keys can be pressed."""

    def __init__(self, process: subprocess.Popen[bytes], master: int) -> None:
        self.process, self._master, self.seen = process, master, ""
        self._decoder = codecs.getincrementaldecoder("utf-8")("replace")  # a read may end within a letter

    def see(self, text: str) -> None:
        """Wait until something is shown."""
        while text not in self.seen:
            assert self._read(), f"{text!r} never came; there is {self.seen!r}"

    def press(self, keys: str) -> None:
        """Press some keys."""
        os.write(self._master, keys.encode())

    def end(self) -> tuple[int, str]:
        """Read all until the end of the program; give its status and what it said on stderr."""
        while self._read():
            continue
        _, told = self.process.communicate()
        return self.process.returncode, told.decode()

    def press_until_the_end(self, key: str) -> None:
        """Press a key again and again until the program has ended: one who is interrupted throws typed keys away."""
        while self.process.poll() is None:
            self.press(key)
            if select.select([self._master], [], [], 0.1)[0]:
                self._read()

    def _read(self) -> bool:
        """Read what is shown next; False when nobody is left to show anything."""
        try:
            chunk = os.read(self._master, 1 << 16)
        except OSError:  # how Linux says that the other end is closed
            return False
        self.seen += self._decoder.decode(chunk)
        return bool(chunk)


@contextmanager
def session(korea: Korea, *arguments: str, **env: str) -> Iterator[Session]:
    """Start the program on a terminal of its own; `env` is set beside the usual, KOREA_PAGER is not."""
    master, slave = pty.openpty()
    fcntl.ioctl(slave, termios.TIOCSWINSZ, struct.pack("HHHH", LINES, 80, 0, 0))
    environment = {name: value for name, value in korea.environment.items() if name != "KOREA_PAGER"}
    with subprocess.Popen(
        [sys.executable, "-c", CONTROLLING, korea.program, *arguments], env=environment | env, stdin=slave,
        stdout=slave, stderr=subprocess.PIPE,
    ) as process:  # fmt: skip
        os.close(slave)
        try:
            yield Session(process, master)
        finally:
            if process.poll() is None:
                process.kill()
            os.close(master)


# ---------------------------------------------------------------- what goes through it


@pytest.mark.parametrize(
    "arguments", [("timeline",), ("facts",), ("search", "missile"), ("show", "putin", "thaad", "icbm-us")]
)
def test_a_long_table_goes_through_the_pager(
    arguments: tuple[str, ...], korea: Korea, pager: Callable[[str], str], shown: Path
) -> None:
    run = korea.on_terminal(*arguments, "--color", "never", env={"KOREA_PAGER": pager('cat > "$shown"')})
    assert (run.code, run.out, run.err) == (0, "", "")
    assert shown.read_text() == written(korea, *arguments)
    assert shown.read_text().count("\n") >= LINES


def test_what_fits_the_screen_is_written_as_it_is(korea: Korea, pager: Callable[[str], str], shown: Path) -> None:
    run = korea.on_terminal("topics", "thaad", "--color", "never", env={"KOREA_PAGER": pager('cat > "$shown"')})
    assert run.out == written(korea, "topics", "thaad")
    assert not shown.exists()


def test_a_table_is_short_where_a_prompt_still_fits_below_it(
    korea: Korea, pager: Callable[[str], str], shown: Path, tmp_path: Path
) -> None:
    data = tmp_path / "many.toml"
    for number in range(20):
        with data.open("a") as file:
            file.write(f'[[topics]]\nid = "t{number}"\nlabel = "Topic {number}"\n')
        run = korea.on_terminal("topics", "-d", str(data), env={"KOREA_PAGER": pager('cat > "$shown"')})
        text = written(korea, "topics", "-d", str(data))
        assert shown.exists() is (text.count("\n") >= LINES), text.count("\n")
        assert bool(run.out) is not shown.exists()
        if shown.exists():
            return
    pytest.fail("no table was long enough")


def test_colours_are_kept(korea: Korea, pager: Callable[[str], str], shown: Path) -> None:
    korea.on_terminal("timeline", env={"KOREA_PAGER": pager('cat > "$shown"')})
    assert "\x1b[" in shown.read_text()


@pytest.mark.parametrize(
    "arguments",
    [("--no-pager",), ("-f", "plain"), ("--json",), ("-f", "csv"), ("--count",), ("--fields", "help")],
)
def test_nothing_else_does(arguments: tuple[str, ...], korea: Korea, pager: Callable[[str], str], shown: Path) -> None:
    own = () if "--no-pager" in arguments else arguments
    run = korea.on_terminal(*LONG, *arguments, env={"KOREA_PAGER": pager('cat > "$shown"')})
    expected = korea(*LONG, *own) if own else Run(0, written(korea, *LONG), "")
    assert run == expected
    assert not shown.exists()


def test_quiet_changes_nothing_about_it(korea: Korea, pager: Callable[[str], str], shown: Path) -> None:
    assert korea.on_terminal(*LONG, "-q", env={"KOREA_PAGER": pager('cat > "$shown"')}).out == ""
    assert shown.read_text() == written(korea, *LONG)


def test_a_file_is_written_and_not_shown(
    korea: Korea, pager: Callable[[str], str], shown: Path, tmp_path: Path
) -> None:
    file = tmp_path / "x.txt"
    run = korea.on_terminal(*LONG, "-f", "table", "-o", file, env={"KOREA_PAGER": pager('cat > "$shown"')})
    assert (run.code, run.out) == (0, "")
    assert file.read_text() == written(korea, *LONG)
    assert not shown.exists()


def test_a_pipe_never_goes_through_it(korea: Korea, pager: Callable[[str], str], shown: Path) -> None:
    run = korea(*LONG, "-f", "table", env={"KOREA_PAGER": pager('cat > "$shown"'), "COLUMNS": "80"})
    assert run.out == written(korea, *LONG)
    assert not shown.exists()


def test_nor_what_is_asked_of_data_that_come_down_a_pipe(
    korea: Korea, pager: Callable[[str], str], shown: Path, tmp_path: Path
) -> None:
    script = f"{shlex.quote(str(korea.program))} timeline -f table < /dev/null > {shlex.quote(str(tmp_path / 'out'))}"
    assert korea.shell(script, env={"KOREA_PAGER": pager('cat > "$shown"')}).code == 0
    assert not shown.exists()


def test_a_pipe_does_not_even_load_what_pages(korea: Korea) -> None:
    for form in ("table", "json"):
        run = korea("-X", "importtime", "-m", "korea_cli", *LONG, "-f", form, program=sys.executable)
        assert "korea_cli.cli.output" in run.err
        assert "korea_cli.cli.pager" not in run.err


@pytest.mark.parametrize("terminal", ["dumb", ""])
def test_a_terminal_that_can_only_print_has_none(
    terminal: str, korea: Korea, pager: Callable[[str], str], shown: Path
) -> None:
    settings = {"KOREA_PAGER": pager('cat > "$shown"'), "TERM": terminal}
    assert korea.on_terminal(*LONG, env=settings).out == written(korea, *LONG)
    assert not shown.exists()


# ---------------------------------------------------------------- which it is


def test_the_program_s_own_setting_wins_over_the_general_one(
    korea: Korea, pager: Callable[[str], str], shown: Path
) -> None:
    settings = {"KOREA_PAGER": pager('cat > "$shown"'), "PAGER": "false"}
    assert korea.on_terminal(*LONG, env=settings) == (0, "", "")
    assert shown.read_text() == written(korea, *LONG)


def test_the_general_setting_is_heeded(korea: Korea, pager: Callable[[str], str], shown: Path) -> None:
    with session(korea, *LONG, PAGER=pager('cat > "$shown"')) as run:
        assert run.end() == (0, "")
    assert shown.read_text() == written(korea, *LONG)


@pytest.mark.parametrize("off", ["", " ", "cat"])
@pytest.mark.parametrize("variable", ["KOREA_PAGER", "PAGER"])
def test_nothing_and_cat_turn_it_off(variable: str, off: str, korea: Korea) -> None:
    with session(korea, *LONG, **{"PAGER": "false"} | {variable: off}) as run:
        assert run.end() == (0, "")
    assert run.seen.replace("\r\n", "\n") == written(korea, *LONG)


def test_words_of_a_setting_are_parted_as_a_shell_does_and_nothing_more_is_made_of_them(
    korea: Korea, shown: Path, tmp_path: Path
) -> None:
    script = tmp_path / "pager"
    script.write_text(f'#!/bin/sh\nprintf "%s|" "$@" > {shlex.quote(str(shown))}\ncat > /dev/null\n')
    script.chmod(0o755)
    setting = f"{shlex.quote(str(script))} -a 'two words' $HOME `id` ; | > x"
    assert korea.on_terminal(*LONG, env={"KOREA_PAGER": setting}, columns=80) == (0, "", "")
    assert shown.read_text() == "-a|two words|$HOME|`id`|;|||>|x|"


def test_the_usual_pager_keeps_colours_also_where_it_is_named_without_options(
    korea: Korea, pager: Callable[[str], str], shown: Path
) -> None:
    tell = pager('printf "%s" "$LESS $LV" > "$shown"; cat > /dev/null')
    korea.on_terminal(*LONG, env={"KOREA_PAGER": tell})
    assert shown.read_text() == "FIRX -c"
    korea.on_terminal(*LONG, env={"KOREA_PAGER": tell, "LESS": "-S", "LV": "x"})
    assert shown.read_text() == "-S x"


# ---------------------------------------------------------------- when it does not work


@pytest.mark.parametrize(
    ("setting", "said"),
    [
        ("/nowhere/pager -x", "cannot start the pager '/nowhere/pager -x': command not found"),
        ("/etc/passwd", "cannot start the pager '/etc/passwd': permission denied"),
        ("less 'unclosed", "cannot start the pager 'less 'unclosed': no closing quotation"),
        ("false", "the pager 'false' ended with status 1"),
        ("sh -c 'cat > /dev/null; exit 3'", "the pager 'sh -c 'cat > /dev/null; exit 3'' ended with status 3"),
    ],
)
def test_where_it_fails_all_is_written_as_it_is_and_the_user_is_told_once(
    setting: str, said: str, korea: Korea
) -> None:
    run = korea.on_terminal(*LONG, env={"KOREA_PAGER": setting})
    assert (run.code, run.err) == (0, f"korea: {said}\n")
    assert run.out == written(korea, *LONG)
    assert korea.on_terminal(*LONG, "-q", env={"KOREA_PAGER": setting}).err == ""


def test_that_nobody_has_less_is_nothing_to_be_told(korea: Korea, tmp_path: Path) -> None:
    with session(korea, *LONG, PATH=str(tmp_path)) as run:
        assert run.end() == (0, "")
    assert run.seen.replace("\r\n", "\n") == written(korea, *LONG)


@pytest.fixture(scope="module")
def big(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give a file of so many events that what is drawn of them fills a pipe many times."""
    file: Path = tmp_path_factory.mktemp("big") / "big.toml"
    file.write_text(
        "".join(f'[[events]]\nid = "e{n}"\ntitle = "Event {n} of many"\ndate = "2017-07-04"\n' for n in range(5_000))
    )
    return file


@pytest.mark.parametrize("script", ["exit 0", "head -n 3 > /dev/null", "read line; kill -TERM $$"])
def test_leaving_it_early_is_nothing_to_speak_of(
    script: str, korea: Korea, pager: Callable[[str], str], big: Path
) -> None:
    run = korea.on_terminal(*LONG, "-d", big, env={"KOREA_PAGER": pager(script)})
    assert (run.code, run.out, run.err) == (0, "", "")


@pytest.mark.repeated
def test_a_pager_that_fails_at_once_loses_nothing_of_a_very_long_table(korea: Korea, big: Path) -> None:
    run = korea.on_terminal(*LONG, "-d", big, env={"KOREA_PAGER": "false"})
    assert (run.code, run.err) == (0, "korea: the pager 'false' ended with status 1\n")
    assert run.out == written(korea, *LONG, "-d", str(big))


def test_of_one_that_fails_late_only_that_is_told(korea: Korea, pager: Callable[[str], str], big: Path) -> None:
    command = pager("head -c 100000 > /dev/null; exit 5")
    run = korea.on_terminal(*LONG, "-d", big, env={"KOREA_PAGER": command})
    assert (run.code, run.out) == (0, "")
    assert run.err == f"korea: the pager '{command}' ended with status 5\n"


def test_it_is_shown_while_the_rest_is_still_being_written(
    korea: Korea, pager: Callable[[str], str], shown: Path
) -> None:
    """A screenful comes by itself: a pager that reads only so much has it before any more is written."""
    korea.on_terminal(*LONG, env={"KOREA_PAGER": pager('dd bs=65536 count=1 2> /dev/null > "$shown"; cat > /dev/null')})
    first = shown.read_text()
    assert LINES <= first.count("\n") < LINES + 25
    assert written(korea, *LONG).startswith(first)


def test_the_status_is_that_of_the_answer(korea: Korea, pager: Callable[[str], str], tmp_path: Path) -> None:
    data = tmp_path / "bad.toml"
    data.write_text("".join(f'[[events]]\nid = "e{n}"\ntitle = "E"\ndate = "x"\n' for n in range(60)))
    run = korea.on_terminal("check", data, env={"KOREA_PAGER": pager("cat > /dev/null")})
    assert (run.code, run.out, run.err) == (1, "", "")


# ---------------------------------------------------------------- the real one


def test_less_shows_the_beginning_and_is_left_by_a_key(korea: Korea) -> None:
    with session(korea, "timeline") as run:
        run.see("\r\n:")
        assert "Lavrov backs reviving" in run.seen
        assert "\x1b[1m" in run.seen  # colours as such, not spelled out
        assert "ESC[" not in run.seen
        run.press("q")
        assert run.end() == (0, "")
    assert "day not known" not in run.seen  # the last line, far below


def test_ctrl_c_is_the_business_of_less(korea: Korea) -> None:
    with session(korea, "timeline") as run:
        run.see("\r\n:")
        run.press("\x03")
        run.press_until_the_end("q")
        assert run.end() == (0, "")  # not 130: the program itself was not interrupted


def test_a_pager_that_an_interrupt_ends_ends_the_program_silently(korea: Korea, pager: Callable[[str], str]) -> None:
    """A terminal sends Ctrl-C to all that run at it, the program itself among them."""
    run = korea.on_terminal(*LONG, env={"KOREA_PAGER": pager("read line; kill -INT 0; sleep 1")})
    assert (run.code, run.out, run.err) == (0, "", "")
