"""What `korea init --git` writes into files of a repository, with names quoted as each kind of file needs it."""

from __future__ import annotations

import re
import shlex
from json import dumps
from typing import TYPE_CHECKING

from korea_cli.base.errors import OutputError

if TYPE_CHECKING:
    from collections.abc import Iterable

_CLASHES = re.compile("[\ud800-\udfff]|\\$\\{\\{")  # bytes that are no text, and what GitHub takes for an expression
_GLOB = re.compile(r"[\\*?\[]")
_PLAIN = re.compile(r"[^\s\"\\\x00-\x1f\x7f]+")

HOOK_START = """\
#!/bin/sh
# Check data files before each commit. Written by 'korea init --git'.
set -e
"""
_HOOK = """
if git cat-file -e {staged} 2>/dev/null; then
    checked=$({korea} check -q -- {staged}) || {{
        printf '%s\\n' "$checked" >&2
        exit 1
    }}
    git cat-file blob {staged} | {korea} fmt --check - || {{
        echo {advice} >&2
        exit 1
    }}
fi
"""
_WORKFLOW_START = """\
# Check the chronology, and show problems next to the lines. Written by 'korea init --git'.
name: Chronology
on: [push, pull_request]
permissions: {{ contents: read }}
jobs:
  chronology:
    runs-on: ubuntu-latest
    steps:
      - uses: actions/checkout@v4
      - uses: actions/setup-python@v5
        with: {{ python-version: "3.12" }}
"""
_INSTALL_FROM_VARIABLE = """\
      - run: pip install "${KOREA:?Set the variable KOREA_PACKAGE of this repository to what pip installs korea from}"
        env: { KOREA: "${{ vars.KOREA_PACKAGE }}" }
"""


def require_usable(path: str) -> None:
    """Raise OutputError for the path of a file that cannot be named in all of these files."""
    if _CLASHES.search(path):
        raise OutputError(".github/workflows", f"GitHub cannot run commands on a file called '{path}'; rename it")


def attribute_line(path: str, *, pattern: bool = False) -> str:
    """Return the line of .gitattributes for a path below the top, or for a pattern of such paths."""
    whole = f"/{path if pattern else _GLOB.sub(_escaped, path)}"
    return f"{whole if _PLAIN.fullmatch(whole) else _quoted(whole)} merge=korea diff=korea"


def _escaped(found: re.Match[str]) -> str:
    return f"\\{found[0]}"


def _quoted(text: str) -> str:
    """Quote a path as C does."""
    escaped = re.sub(r'["\\]', _escaped, text)
    return '"' + re.sub(r"[\x00-\x1f\x7f]", lambda found: f"\\{ord(found[0]):03o}", escaped) + '"'


def driver_command(korea: str) -> str:
    """Return the merge driver for git's settings; where korea cannot be run, git merges line by line."""
    korea = korea.replace("%", "%%")  # which git would take for a file
    return (
        f"{korea} merge-driver %O %A %B %L %P; status=$?; if test $status -gt 1 && test $status -le 128; then"
        " git merge-file --marker-size=%L %A %O %B; else exit $status; fi"
    )


def hook_block(path: str, korea: str) -> str:
    """Return the part of a hook that checks the staged version of a file."""
    advice = f"Run 'korea fmt {shlex.quote(path)}' and stage the file again."
    return _HOOK.format(path=shlex.quote(path), korea=korea, staged=shlex.quote(f":{path}"), advice=shlex.quote(advice))


def workflow_start(package: str | None) -> str:
    """Return the start of a workflow that installs a package; None: what a variable of the repository names."""
    install = f"      - run: {_scalar(f'pip install {shlex.quote(package)}')}\n" if package else _INSTALL_FROM_VARIABLE
    return _WORKFLOW_START.format() + install


def workflow_steps(path: str) -> str:
    """Return the steps of a workflow that check a file."""
    commands = (f"korea fmt --check -- {shlex.quote(path)}", f"korea check -f github -- {shlex.quote(path)}")
    return "".join(f"      - run: {_scalar(command)}\n" for command in commands)


def _scalar(text: str) -> str:
    """Write a text as YAML: as it is where that means nothing else, otherwise in quotes, as JSON does."""
    return text if re.fullmatch(r"[A-Za-z][\w ./=+@'-]*", text, re.ASCII) else dumps(text, ensure_ascii=False)


def added_lines(text: str, lines: Iterable[str]) -> str:
    """Return a text with lines at its end that it does not have yet."""
    newline = "\r\n" if "\r\n" in text else "\n"
    missing = [line for line in lines if line not in text.splitlines()]
    start = newline if missing and text and not text.endswith("\n") else ""
    return text + start + "".join(f"{line}{newline}" for line in missing)
