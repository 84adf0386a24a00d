"""Read a file as git has it: `REVISION:PATH`, the path seen from the folder one is in."""

from __future__ import annotations

import os
from pathlib import Path, PurePath
from typing import TYPE_CHECKING, NoReturn

from korea_cli.base.errors import DataError
from korea_cli.base.nearest import nearest
from korea_cli.base.problems import Problem
from korea_cli.reading.locate import BUILTIN, STDIN, UNREADABLE
from korea_cli.reading.toml import Document, decode, parse_document, too_large

if TYPE_CHECKING:
    from subprocess import CompletedProcess

_SOUGHT = "there is no such file, and"


def asked_of_git(name: str) -> bool:
    """Say whether a name can only mean a file that git has: a file that is really called so comes first."""
    known = name in {BUILTIN, STDIN} or os.path.lexists(name) or os.path.splitdrive(name)[0]
    return not known and _colon(name) >= 0


def text_in_git(name: str, max_size: int) -> str:
    """Give the text of `REVISION:PATH`, or of `:PATH` for what is staged; raises DataError, with the reason."""
    revision, path = name[: _colon(name)], name[_colon(name) + 1 :]
    held = f"{revision}:{_path(path, _within_files(name))}"
    if revision.startswith("-"):  # an option to git
        _refuse(name, f"{_SOUGHT} '{revision}' is no revision")
    size = _git("cat-file", "-s", held)
    if size.returncode:
        _explain(name, revision, path)
    if int(size.stdout) > max_size:
        raise too_large(name, max_size)
    read = _git("cat-file", "blob", held)
    if read.returncode:
        _refuse(name, f"'{path}' is a folder in {_version(revision)}, not a file")
    text = decode(name, read.stdout)
    if "include" in text:
        _require_whole(name, text)
    return text


def _colon(name: str) -> int:
    """Give where the colon stands that ends a revision; -1 where none does. `HEAD@{2017-07-04 09:10}` is one."""
    depth = 0
    for place, letter in enumerate(name):
        depth += (letter == "{") - (letter == "}")
        if letter == ":" and depth <= 0:
            return place
    return -1


def _path(path: str, within: bool) -> str:  # noqa: FBT001 - one word for git
    """Write a path as git reads it: what begins with a dot is seen from this folder, anything else from the top."""
    seen = PurePath(os.path.relpath(path) if Path(path).is_absolute() else path).as_posix()
    return f"./{seen}" if within else seen


def _within_files(name: str) -> bool:
    """Say whether this folder is among the files of a repository, not in one that has none; raises DataError."""
    asked = _git("rev-parse", "--is-inside-work-tree", name=name)
    if asked.returncode:
        told = asked.stderr.decode(errors="replace").strip().splitlines()[:1]
        known = not told or "not a git repository" in told[0]
        _refuse(name, f"{_SOUGHT} {'this folder is in no git repository' if known else f'git says: {told[0]}'}")
    return asked.stdout.strip() == b"true"


def _explain(name: str, revision: str, path: str) -> NoReturn:
    """Say why git does not have a file; raises DataError."""
    if revision and _git("rev-parse", "--verify", "-q", f"{revision}^{{tree}}").returncode:
        _refuse(name, f"{_SOUGHT} git knows no revision '{revision}'")
    near = nearest(PurePath(path).as_posix(), _beside(revision, path))
    _refuse(name, f"there is no '{path}' in {_version(revision)}", f"{revision}:{near}" if near else None)


def _beside(revision: str, path: str) -> list[str]:
    """Give the files that git has in the folder of a path."""
    folder = PurePath(path).parent.as_posix()
    listing = ("ls-tree", "-z", "--name-only", revision) if revision else ("ls-files", "-z")
    listed = _git(*listing, "--", f"{folder}/")
    return sorted(os.fsdecode(each) for each in listed.stdout.split(b"\0") if each)


def _version(revision: str) -> str:
    return revision or "what is staged"


def _require_whole(name: str, text: str) -> None:
    """Make sure that a file is a chronology by itself; raises DataError when it includes others."""
    header = parse_document(Document(name=name, path=None, text=text))[0].tables.get("chronology")
    if isinstance(header, dict) and header.get("include"):
        advice = "check that version out beside this one, as with 'git worktree add', and compare the files"
        _refuse(name, f"it includes other files, and those are not read out of git; {advice}")


def _refuse(name: str, message: str, suggestion: str | None = None) -> NoReturn:
    raise DataError((Problem(file=name, message=message, suggestion=suggestion, check=UNREADABLE),))


def _git(*words: str, name: str = "") -> CompletedProcess[bytes]:
    """Run git, its messages in English, and no program that a repository names; raises DataError without git."""
    import subprocess  # noqa: PLC0415 - few answers come out of git; no shell, and words of ours first

    try:
        return subprocess.run(  # noqa: S603 - as above
            ["git", "-c", "core.fsmonitor=false", *words], capture_output=True, check=False, stdin=subprocess.DEVNULL,  # noqa: S607 - from the PATH
            env={**os.environ, "LC_ALL": "C"},
        )  # fmt: skip
    except OSError:
        _refuse(name, f"{_SOUGHT} git, which might have it, cannot be run")
