"""The docs show what the program prints: their commands are run, their files checked, and their links followed.

The `$` lines of console blocks run at a terminal of 80 columns. A line `…` stands for omitted lines. Named toml blocks
are written to files first. `KOREA_UPDATE=1` replaces the output in the docs by the current output.
"""

from __future__ import annotations

import os
import pty
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import pytest

from shell_lines import words_of

if TYPE_CHECKING:
    from conftest import Forks, Korea

ROOT = Path(__file__).parents[2]
SKIPPED = {"benchmarks.md"}  # measured times differ from run to run
PAGES = ["README.md", "CONTRIBUTING.md", "CHANGELOG.md"]
PAGES += [f"docs/{path.name}" for path in sorted((ROOT / "docs").glob("*.md")) if path.name not in SKIPPED]
BLOCK = re.compile(r"^```(\w+)(?: ([^\n]+))?\n(.*?)^```$", re.DOTALL | re.MULTILINE)
OMITTED = "…"

every_page = pytest.mark.parametrize("page", PAGES)


class Step(NamedTuple):
    """A command of a console block, and the output below it."""

    command: str
    lines: list[str]


def read(page: str) -> str:
    return (ROOT / page).read_text("utf-8")


def blocks_of(text: str, language: str) -> list[tuple[str, str]]:
    """Return the name and text of each block in a language."""
    return [(name, body) for found, name, body in BLOCK.findall(text) if found == language]


def steps_of(block: str) -> list[Step]:
    """Return the commands of a console block. A backslash at the end of a line continues the command."""
    steps: list[Step] = []
    continued = False
    for line in block.splitlines():
        if continued:
            steps[-1] = steps[-1]._replace(command=f"{steps[-1].command}\n{line}")
        elif line.startswith("$ "):
            steps.append(Step(line, []))
        else:
            steps[-1].lines.append(line)
        continued = (continued or line.startswith("$ ")) and line.endswith("\\")
    return steps


def environment(home: Path) -> dict[str, str]:
    """Return an environment without colors, with the variables that coverage needs."""
    coverage = {name: value for name, value in os.environ.items() if "COV" in name}
    path = os.pathsep.join((str(Path(sys.executable).parent), os.environ["PATH"]))
    terminal = {"LC_ALL": "C.UTF-8", "COLUMNS": "80", "NO_COLOR": "1", "TERM": "dumb"}
    author = {f"GIT_{who}_{what}": "ann@example.org" for who in ("AUTHOR", "COMMITTER") for what in ("NAME", "EMAIL")}
    git = {
        "GIT_PAGER": "cat",
        "GIT_CONFIG_COUNT": "1",
        "GIT_CONFIG_KEY_0": "init.defaultBranch",
        "GIT_CONFIG_VALUE_0": "main",
    }
    return {**coverage, **terminal, **author, **git, "PATH": path, "HOME": str(home)}


def at_terminal(command: str, folder: Path, forks: Forks) -> list[str]:
    """Run a command in a folder at a terminal and return the lines of its output."""
    master, slave = pty.openpty()
    if words := words_of(command):
        streams = (os.open(os.devnull, os.O_RDONLY), slave, os.dup(slave))
        forks.start(words, streams, environment(folder), folder)
        output = b"".join(iter(lambda: read_some(master), b""))
        forks.wait()
    else:
        with subprocess.Popen(
            ["sh", "-c", command],
            cwd=folder,
            env=environment(folder),
            stdin=subprocess.DEVNULL,
            stdout=slave,
            stderr=slave,
        ):
            os.close(slave)
            output = b"".join(iter(lambda: read_some(master), b""))
    os.close(master)
    return [line.rstrip() for line in re.split(r"\r*\n", output.decode().removesuffix("\n"))] if output else []


def read_some(terminal: int) -> bytes:
    try:
        return os.read(terminal, 1 << 16)
    except OSError:  # on Linux: the other end is closed
        return b""


def agrees(shown: list[str], real: list[str]) -> bool:
    pattern = "\n".join("(?:.*\n)*.*" if line == OMITTED else re.escape(line) for line in shown)
    return re.fullmatch(pattern, "\n".join(real)) is not None


def refreshed(step: Step, real: list[str]) -> str:
    """Return a step with the current output, omitting lines where lines were omitted."""
    lines = step.lines
    if OMITTED in lines:
        before = lines.index(OMITTED)
        after = len(lines) - before - 1
        real = [*real[:before], OMITTED, *real[len(real) - after :]]
    return "".join(f"{line}\n" for line in (step.command, *real))


@pytest.fixture(scope="module")
def page_forks(request: pytest.FixtureRequest) -> Forks:
    """Return what runs the program in forks, measured if anything is."""
    is_measured = any("COV" in name for name in os.environ)
    forks: Forks = request.getfixturevalue("measured_forks" if is_measured else "forks")
    return forks


@pytest.fixture
def desk(page: str, tmp_path: Path) -> Path:
    """Write the named files of a page to a folder."""
    for name, text in blocks_of(read(page), "toml"):
        if name:
            (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
            (tmp_path / name).write_text(text, "utf-8")
    return tmp_path


@every_page
def test_the_output_in_a_page_is_what_the_program_prints(page: str, desk: Path, page_forks: Forks) -> None:
    text = read(page)
    blocks = [body for _, body in blocks_of(text, "console")]
    if "| jq" in "".join(blocks) and shutil.which("jq") is None:
        pytest.skip("jq is not installed; the page pipes JSON into it")
    wrong = []
    for block in blocks:
        steps = steps_of(block)
        outputs = [at_terminal(re.sub(r"^\$ ", "", step.command), desk, page_forks) for step in steps]
        pairs = list(zip(steps, outputs, strict=True))
        wrong += [(step.command, output) for step, output in pairs if not agrees(step.lines, output)]
        text = text.replace(block, "".join(refreshed(step, output) for step, output in pairs))
    if wrong and os.environ.get("KOREA_UPDATE"):
        (ROOT / page).write_text(text, "utf-8")
    else:
        assert not wrong, f"the output in {page} is out of date; KOREA_UPDATE=1 updates it"


@every_page
def test_a_page_holds_no_control_characters(page: str) -> None:
    assert re.findall(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\ufeff].{,20}", read(page)) == []


@every_page
def test_the_files_of_a_page_pass_the_check(page: str, desk: Path, measured_korea: Korea) -> None:
    before: list[Path] = []
    for number, (name, text) in enumerate(blocks_of(read(page), "toml")):
        if "/" in name:  # a file of a recipe; test_recipes uses those
            continue
        file = desk / (name or f"{number}.toml")
        file.write_text(text, "utf-8")
        ids = re.findall(r'^extends = "(.+?)"', text, re.MULTILINE)  # needs the file with that record
        extended = [each for each in before if any(f'\nid = "{id_}"' in each.read_text("utf-8") for id_ in ids)][-1:]
        run = measured_korea("check", *extended, file, cwd=desk)
        before.append(file)
        assert run.code == 0, run.out


@every_page
def test_the_python_of_a_page_prints_what_its_comments_show(page: str, desk: Path) -> None:
    for name, code in blocks_of(read(page), "python"):
        if name:  # a file of a recipe; test_recipes runs those
            continue
        done = subprocess.run(
            [sys.executable, "-c", code], cwd=desk, env=environment(desk), capture_output=True, check=False
        )
        assert (done.stdout.decode().splitlines(), done.stderr) == (re.findall(r"print\(.*\)  # (.+)", code), b"")


def test_the_python_of_all_pages_passes_strict_type_checks(tmp_path: Path) -> None:
    """Check it as an editor of a reader would: by mypy with `--strict` and no other settings."""
    pytest.importorskip("mypy", reason="mypy is not installed; `make test` installs it")
    blocks = [
        (page, code) for page in PAGES for name, code in blocks_of(read(page), "python") if is_whole_file(name, code)
    ]
    for number, (page, code) in enumerate(blocks):
        (tmp_path / f"{Path(page).stem.lower()}_{number}.py").write_text(code, "utf-8")
    command = [sys.executable, "-m", "mypy", "--config-file=", "--strict", "--cache-dir=.cache", "."]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert blocks
    assert (done.returncode, done.stderr) == (0, ""), done.stdout


def is_whole_file(name: str, code: str) -> bool:
    """Return whether a block is an example or a whole file of a recipe, not lines to append to a file."""
    return not name or code.startswith('"""')


@every_page
def test_the_commands_in_the_tables_of_a_page_answer(page: str, desk: Path, measured_korea: Korea) -> None:
    cells = re.findall(r"\| `(korea .+?)` (?=\|)", read(page))
    for command in (cell.replace("\\|", "|") for cell in cells):
        run = measured_korea.shell(command, cwd=desk)
        assert run.out or "Did you mean" in run.err, command  # a misspelt name is answered by the right one
        expected = "only possible (in the range|by date)|not certain to have been known|Did you mean|no sources match"
        expected += "|lost or changed when imported again"
        assert all(re.search(expected, note) for note in run.err.splitlines()), run.err


def heading_anchor(heading: str) -> str:
    return re.sub(r"[^\w\- ]", "", heading.strip().lower()).replace(" ", "-")


@every_page
def test_the_links_of_a_page_exist(page: str) -> None:
    text = BLOCK.sub("", read(page))
    links = re.findall(r"\]\(([^)\s]+)\)|(?:src|srcset)=\"([^\"]+)\"", text)
    for link in (one or other for one, other in links):
        if link.startswith(("http://", "https://")):
            continue
        path, _, anchor = link.partition("#")
        target = (ROOT / page).parent / path if path else ROOT / page
        assert target.exists(), link
        if anchor:
            headings = re.findall(r"^#+ (.+)$", target.read_text("utf-8"), re.MULTILINE)
            assert anchor in map(heading_anchor, headings), link


def test_every_page_is_in_the_list_at_the_end_of_the_readme() -> None:
    links = re.findall(r"\]\(([^)]+)\)", read("README.md").partition("\n## Documentation\n")[2])
    pages = [f"docs/{path.name}" for path in (ROOT / "docs").glob("*.md")]
    assert sorted(links) == sorted([*pages, "CHANGELOG.md", "CONTRIBUTING.md", "LICENSE"])


@every_page
def test_output_is_shown_in_console_blocks_which_are_run(page: str) -> None:
    """Commands in `sh` blocks have no output; anything with output is a `console` block, so it is run."""
    for _, body in blocks_of(read(page), "sh"):
        assert "$ " not in re.findall(r"^..", body, re.MULTILINE)


def test_the_readme_is_short() -> None:
    assert len(read("README.md").splitlines()) < 250
