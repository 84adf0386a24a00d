"""Read the two versions to compare: files, standard input, or `REVISION:PATH` from git."""

from __future__ import annotations

import os
from pathlib import Path, PurePath
from typing import TYPE_CHECKING

from korea_cli.base.errors import UsageError
from korea_cli.base.nearest import nearest
from korea_cli.checks.load import load_valid
from korea_cli.reading.locate import BUILTIN, STDIN
from korea_cli.reading.toml import Document, decode, parse_document, too_large, unreadable

if TYPE_CHECKING:
    from collections.abc import Sequence
    from subprocess import CompletedProcess

    from korea_cli.base.errors import DataError
    from korea_cli.checks.load import LoadResult, Replacements

_NO_FILE = "no such file, and"
_STAGED = "the staged files"


def is_git_name(name: str) -> bool:
    """Whether a name can only mean a file in git: a file with exactly that name comes first."""
    is_file = name in {BUILTIN, STDIN} or os.path.lexists(name) or os.path.splitdrive(name)[0]
    return not is_file and _colon(name) >= 0


def read_from_git(name: str, max_size: int) -> str:
    """Return the text of `REVISION:PATH`, or of `:PATH` for the staged version; raises DataError, with the reason."""
    revision, path = name[: _colon(name)], name[_colon(name) + 1 :]
    object_name = f"{revision}:{_path(path, within=_within_files(name))}"
    if revision.startswith("-"):  # an option to git
        raise unreadable(name, f"{_NO_FILE} '{revision}' is not a git revision")
    size = _git("cat-file", "-s", object_name)
    if size.returncode:
        raise _missing(name, revision, path)
    if int(size.stdout) > max_size:
        raise too_large(name, max_size)
    read = _git("cat-file", "blob", object_name)
    if read.returncode:
        raise unreadable(name, f"'{path}' is a folder in {revision or _STAGED}, not a file")
    return decode(name, read.stdout)


def _colon(name: str) -> int:
    """Return where the colon is that ends a revision; -1 where none does. `HEAD@{2017-07-04 09:10}` is a revision."""
    depth = 0
    for place, letter in enumerate(name):
        depth += (letter == "{") - (letter == "}")
        if letter == ":" and depth <= 0:
            return place
    return -1


def _path(path: str, *, within: bool) -> str:
    """Write a path as git reads it: relative to this folder if it begins with a dot, else to the top."""
    relative = PurePath(os.path.relpath(path) if Path(path).is_absolute() else path).as_posix()
    return f"./{relative}" if within else relative


def _within_files(name: str) -> bool:
    """Whether this folder is among the files of a repository, and not in a bare one; raises DataError."""
    Path.cwd()  # raises FileNotFoundError if it was deleted, which git words in its own way
    answer = _git("rev-parse", "--is-inside-work-tree", name=name)
    if answer.returncode:
        error = answer.stderr.decode(errors="replace").strip().partition("\n")[0]
        outside = not error or "not a git repository" in error
        reason = "this folder is not in a git repository" if outside else f"git reports: {error}"
        raise unreadable(name, f"{_NO_FILE} {reason}")
    return answer.stdout.strip() == b"true"


def _missing(name: str, revision: str, path: str) -> DataError:
    """Return the error for a file that git does not have, with the reason."""
    if revision and _git("rev-parse", "--verify", "-q", f"{revision}^{{tree}}").returncode:
        return unreadable(name, f"{_NO_FILE} git has no revision '{revision}'")
    listing = ("ls-tree", "-z", "--name-only", revision) if revision else ("ls-files", "-z")
    listed = _git(*listing, "--", f"{PurePath(path).parent.as_posix()}/").stdout.split(b"\0")
    near = nearest(PurePath(path).as_posix(), sorted(os.fsdecode(each) for each in listed if each))
    return unreadable(name, f"there is no '{path}' in {revision or _STAGED}", f"{revision}:{near}" if near else None)


def _git(*words: str, name: str = "") -> CompletedProcess[bytes]:
    """Run git, its messages in English, and no program that a repository names; raises DataError without git."""
    import subprocess  # noqa: PLC0415 - few answers need git; no shell, and fixed words first

    try:
        return subprocess.run(  # noqa: S603 - as above
            ["git", "-c", "core.fsmonitor=false", *words], capture_output=True, check=False, stdin=subprocess.DEVNULL,  # noqa: S607 - from the PATH
            env={**os.environ, "LC_ALL": "C"},
        )  # fmt: skip
    except OSError:
        raise unreadable(name, f"{_NO_FILE} git cannot be run to look for it") from None


def read_versions(old: str, new: str, others: Sequence[str], max_size: int) -> tuple[LoadResult, LoadResult]:
    """Read two versions of a file, each after the `others`, the other files of the chronology.

    Raises DataError with every problem, and UsageError when standard input would have to be read twice.
    """
    if (old, new).count(STDIN) + 2 * list(others).count(STDIN) > 1:
        raise UsageError("standard input can be read only once; use a file for one of the two")
    return _version(old, others, max_size), _version(new, others, max_size)


def _version(name: str, others: Sequence[str], max_size: int) -> LoadResult:
    instead: Replacements = {}
    if is_git_name(name):
        parsed = parse_document(Document(name=name, path=Path(name), text=read_from_git(name, max_size)))
        if parsed[0].includes:
            advice = "check that version out with 'git worktree add' and compare the files"
            raise unreadable(name, f"it includes other files, which are not read from git; {advice}")
        instead = {Path(name).resolve(): parsed}
    loaded = load_valid([*others, name], max_size=max_size, replacements=instead)
    for document in loaded.documents:
        document.tables.clear()  # no longer needed, and large for two versions of a large file
        document.pieces.clear()  # which have the same records
    return loaded
