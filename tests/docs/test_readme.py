"""The pages tell the truth: what they show of a terminal is what appears there, their files check, their links lead on.

`$` lines of console blocks are run at a terminal of 80 columns; a line `…` stands for lines left out. Files are made
of the toml blocks that have a name. `KOREA_UPDATE=1` shows instead what the program says now.
"""

from __future__ import annotations

import os
import pty
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import NamedTuple

import pytest

ROOT = Path(__file__).parents[2]
UNRUN = {"benchmarks.md"}  # it shows times, no two of them alike
PAGES = ["README.md", "CONTRIBUTING.md", "CHANGELOG.md"]
PAGES += [f"docs/{path.name}" for path in sorted((ROOT / "docs").glob("*.md")) if path.name not in UNRUN]
BLOCK = re.compile(r"^```(\w+)(?: ([^\n]+))?\n(.*?)^```$", re.DOTALL | re.MULTILINE)
LEFT_OUT = "…"

every_page = pytest.mark.parametrize("page", PAGES)


class Step(NamedTuple):
    """A command as a console block shows it, and the lines shown below it."""

    shown: str
    lines: list[str]


def read(page: str) -> str:
    return (ROOT / page).read_text("utf-8")


def blocks_of(text: str, language: str) -> list[tuple[str, str]]:
    """Give the name and text of each block of a language."""
    return [(name, body) for found, name, body in BLOCK.findall(text) if found == language]


def steps_of(block: str) -> list[Step]:
    """Give the commands of a console block; one that ends in a backslash goes on in the next line."""
    steps: list[Step] = []
    unfinished = False
    for line in block.splitlines():
        if unfinished:
            steps[-1] = steps[-1]._replace(shown=f"{steps[-1].shown}\n{line}")
        elif line.startswith("$ "):
            steps.append(Step(line, []))
        else:
            steps[-1].lines.append(line)
        unfinished = (unfinished or line.startswith("$ ")) and line.endswith("\\")
    return steps


def environment(home: Path) -> dict[str, str]:
    """Give what a reader has who sees no colours, and what measuring needs."""
    kept = {name: value for name, value in os.environ.items() if "COV" in name}
    path = os.pathsep.join((str(Path(sys.executable).parent), os.environ["PATH"]))
    shown = {"LC_ALL": "C.UTF-8", "COLUMNS": "80", "NO_COLOR": "1", "TERM": "dumb"}
    return {**kept, **shown, "PATH": path, "HOME": str(home)}


def at_terminal(command: str, folder: Path) -> list[str]:
    """Run a command in a folder at a terminal and give the lines that appear."""
    ours, theirs = pty.openpty()
    with subprocess.Popen(
        ["sh", "-c", command],
        cwd=folder,
        env=environment(folder),
        stdin=subprocess.DEVNULL,
        stdout=theirs,
        stderr=theirs,
    ):
        os.close(theirs)
        written = b"".join(iter(lambda: read_some(ours), b""))
    os.close(ours)
    return [line.rstrip() for line in re.split(r"\r*\n", written.decode().removesuffix("\n"))] if written else []


def read_some(terminal: int) -> bytes:
    try:
        return os.read(terminal, 1 << 16)
    except OSError:  # how Linux says that the other end is closed
        return b""


def agrees(shown: list[str], real: list[str]) -> bool:
    pattern = "\n".join("(?:.*\n)*.*" if line == LEFT_OUT else re.escape(line) for line in shown)
    return re.fullmatch(pattern, "\n".join(real)) is not None


def refreshed(step: Step, real: list[str]) -> str:
    """Give a step with what appears now, leaving out lines where lines were left out."""
    lines = step.lines
    if LEFT_OUT in lines:
        before = lines.index(LEFT_OUT)
        after = len(lines) - before - 1
        real = [*real[:before], LEFT_OUT, *real[len(real) - after :]]
    return "".join(f"{line}\n" for line in (step.shown, *real))


@pytest.fixture
def desk(page: str, tmp_path: Path) -> Path:
    """Lay out the files that a page names."""
    for name, text in blocks_of(read(page), "toml"):
        if name:
            (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
            (tmp_path / name).write_text(text, "utf-8")
    return tmp_path


@every_page
def test_what_a_page_shows_of_a_terminal_is_what_appears_there(page: str, desk: Path) -> None:
    text = read(page)
    blocks = [body for _, body in blocks_of(text, "console")]
    if "| jq" in "".join(blocks) and shutil.which("jq") is None:
        pytest.skip("jq is not installed; the page pipes JSON into it")
    wrong = []
    for block in blocks:
        steps = steps_of(block)
        real = [at_terminal(re.sub(r"^\$ ", "", step.shown), desk) for step in steps]
        wrong += [(step.shown, lines) for step, lines in zip(steps, real, strict=True) if not agrees(step.lines, lines)]
        text = text.replace(block, "".join(map(refreshed, steps, real)))
    if wrong and os.environ.get("KOREA_UPDATE"):
        (ROOT / page).write_text(text, "utf-8")
    else:
        assert not wrong, f"{page} shows something else than the program; KOREA_UPDATE=1 renews it"


@every_page
def test_a_page_holds_no_control_characters(page: str) -> None:
    assert re.findall(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\ufeff].{,20}", read(page)) == []


@every_page
def test_the_files_of_a_page_pass_the_check(page: str, desk: Path) -> None:
    before: list[Path] = []
    for number, (name, text) in enumerate(blocks_of(read(page), "toml")):
        file = desk / (name or f"{number}.toml")
        file.write_text(text, "utf-8")
        ids = re.findall(r'^extends = "(.+?)"', text, re.MULTILINE)  # which needs the last file that has that record
        extended = [each for each in before if any(f'\nid = "{id_}"' in each.read_text("utf-8") for id_ in ids)][-1:]
        said = at_terminal(f"korea check {' '.join(map(str, [*extended, file]))} && echo sound", desk)
        before.append(file)
        assert said[-1] == "sound", said


@every_page
def test_the_python_of_a_page_runs_and_prints_what_stands_beside_it(page: str, desk: Path) -> None:
    for name, code in blocks_of(read(page), "python"):
        if name:  # a file of a recipe; test_recipes follows those
            continue
        done = subprocess.run(
            [sys.executable, "-c", code], cwd=desk, env=environment(desk), capture_output=True, check=False
        )
        assert (done.stdout.decode().splitlines(), done.stderr) == (re.findall(r"print\(.*\)  # (.+)", code), b"")


def test_the_python_of_all_pages_passes_strict_type_checks(tmp_path: Path) -> None:
    """As a reader's own editor would check it: by mypy alone, with no settings but `--strict`."""
    pytest.importorskip("mypy", reason="mypy is not installed; `make test` installs it")
    blocks = [(page, code) for page in PAGES for name, code in blocks_of(read(page), "python") if whole(name, code)]
    for number, (page, code) in enumerate(blocks):
        (tmp_path / f"{Path(page).stem.lower()}_{number}.py").write_text(code, "utf-8")
    command = [sys.executable, "-m", "mypy", "--config-file=", "--strict", "--cache-dir=.cache", "."]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert blocks
    assert (done.returncode, done.stderr) == (0, ""), done.stdout


def whole(name: str, code: str) -> bool:
    """Say whether a block stands for itself: an example, or a file that a recipe makes, not the end of one."""
    return not name or code.startswith('"""')


@every_page
def test_the_commands_in_the_tables_of_a_page_answer(page: str, desk: Path) -> None:
    cells = re.findall(r"\| `(korea .+?)` (?=\|)", read(page))
    for command in (cell.replace("\\|", "|") for cell in cells):
        *notes, last = at_terminal(f"{command} > out && test -s out && echo answered", desk)
        assert last == "answered", command
        assert all(" only possible in the range " in note for note in notes), notes


def heading_anchor(heading: str) -> str:
    return re.sub(r"[^\w\- ]", "", heading.strip().lower()).replace(" ", "-")


@every_page
def test_the_links_of_a_page_lead_somewhere(page: str) -> None:
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
