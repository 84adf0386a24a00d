"""Set up a repository for a data file: attributes, settings of this clone, a hook and a workflow."""

from __future__ import annotations

import os
import shlex
import shutil
import sys
from glob import has_magic
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from korea_cli.base.atomic_io import write_file
from korea_cli.base.errors import OutputError, system_reason
from korea_cli.base.git import answer_of, error_of
from korea_cli.base.sanitize import clean_line
from korea_cli.checks.load import load
from korea_cli.comparing.repository import Repository, RepositoryError, find_repository
from korea_cli.editing.create import ExistingFileError, create_file
from korea_cli.editing.outcome import Outcome
from korea_cli.versioning.package import package_to_install
from korea_cli.versioning.setup_texts import (
    HOOK_START,
    added_lines,
    attribute_line,
    driver_command,
    hook_block,
    require_usable,
    workflow_start,
    workflow_steps,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from korea_cli.reading.toml import Document

_ATTRIBUTES, _WORKFLOW = ".gitattributes", ".github/workflows/korea.yml"
_HOOKS = ("pre-commit", "pre-merge-commit")  # the latter before the commit of a merge without conflicts
_HEADINGS = "^id = .*$"  # of the parts of a diff: which record they are in


class TrackedPlace(NamedTuple):
    """Where a data file is in its repository: its path below the top."""

    repository: Repository
    path: str

    def file(self, name: str) -> Path:
        """Return a file of the repository."""
        return Path(self.repository.top) / name


class SetupResult(NamedTuple):
    """What was done, a sentence each, what is left to do by hand, and the files written for every clone."""

    done: list[str]
    notes: list[str]
    shared: list[str]


def init_with_git(file: str, origin: str | None) -> Outcome:
    """Create a data file, unless it exists, and set up its repository; raises KoreaError."""
    if os.path.islink(file) and os.path.exists(file):
        file = os.path.realpath(file)  # git merges what it leads to, and not the link
    place = _place_in_repository(file)
    exists = os.path.lexists(file)
    if exists and origin is not None:
        raise ExistingFileError(file)
    created = [] if exists else [create_file(file, origin)]
    result = _set_up(place, created or load([file]).documents)
    done = [*(f"Created {each.name}" for each in created), *result.done]
    if result.shared:
        again = f"korea init --git {shlex.quote(place.path)}"
        done.append(f"Commit {' and '.join(result.shared)}, and run in every other clone: {again}")
    done = done or [f"{file} is set up already"]
    return Outcome("".join(f"{clean_line(line)}\n" for line in done), clean_line(done[0]), created, notes=result.notes)


def _place_in_repository(file: str) -> TrackedPlace:
    """Return where a data file is, or will be; raises OutputError where that is not among the files of a repository."""
    folder = os.path.dirname(file)
    try:
        repository = find_repository(folder)
    except RepositoryError as error:
        advice = f"run 'git init {shlex.quote(folder or '.')}' first, or leave out --git"
        raise OutputError("the settings of git", f"{error}; {advice}") from None
    path = repository.path_below(os.path.relpath(file, repository.folder))
    if repository.run("rev-parse", "--is-inside-work-tree").stdout.strip() != b"true" or path.startswith(".."):
        raise OutputError("the settings of git", f"'{file}' is not among the files of a repository")
    require_usable(path)
    return TrackedPlace(repository, path)


def _set_up(place: TrackedPlace, documents: Sequence[Document]) -> SetupResult:
    """Set up the repository of a data file; documents: that file and those that it includes. Raises OutputError."""
    result = SetupResult([], [], [])
    korea = "korea" if shutil.which("korea") else f"{shlex.quote(sys.executable)} -m korea_cli"
    _add_attributes(place, documents, result)
    _configure(place.repository, korea, result)
    for hook in _HOOKS:
        _add_hook(place, hook, korea, result)
    _add_workflow(place, result)
    return result


def _add_attributes(place: TrackedPlace, documents: Sequence[Document], result: SetupResult) -> None:
    lines = [attribute_line(place.path)]
    for document in documents:
        folder = os.path.relpath(os.path.realpath((document.path or Path()).parent), place.repository.top)
        for include in document.includes:
            path = os.path.normpath(os.path.join(folder, include)).replace(os.sep, "/")
            if not path.startswith(".."):
                lines.append(attribute_line(path, pattern=has_magic(include)))
    target = place.file(_ATTRIBUTES)
    before = _text_of(target)
    _write(target, before, added_lines(before or "", dict.fromkeys(lines)), _ATTRIBUTES, result)


def _configure(repository: Repository, korea: str, result: SetupResult) -> None:
    settings = {
        "merge.korea.name": "korea: merge by record and key",
        "merge.korea.driver": driver_command(korea),
        "diff.korea.xfuncname": _HEADINGS,
    }
    changed: list[str] = []
    for name, value in settings.items():
        found = repository.run("config", "--get", name)
        if found.returncode:
            done = repository.run("config", "--local", name, value)
            if done.returncode:
                raise OutputError("the settings of git", f"git reports: {error_of(done)}")
            changed.append(name)
        elif answer_of(found) != value:
            result.notes.append(f"{name} has another value, which was not changed; korea would set: {value}")
    if changed:
        result.done.append(f"Set {', '.join(changed)} in this clone")


def _add_hook(place: TrackedPlace, hook: str, korea: str, result: SetupResult) -> None:
    repository, block = place.repository, hook_block(place.path, korea)
    name = os.path.join(repository.folder, answer_of(repository.run("rev-parse", "--git-path", f"hooks/{hook}")))
    own = os.path.join(repository.folder, answer_of(repository.run("rev-parse", "--git-common-dir")))
    target = Path(os.path.realpath(name))
    inside = any(target.is_relative_to(os.path.realpath(each)) for each in (own, repository.top))
    before = _text_of(target) if inside else None
    shown = os.path.relpath(name)
    if before is not None and block in before:
        return
    if not inside or (before is not None and not before.startswith(HOOK_START)):
        why = "already exists" if inside else "is shared by several repositories"
        result.notes.append(f"{shown} {why} and was not changed; to check data files, add to it: {_in_line(block)}")
        return
    _write(target, before, (before or HOOK_START) + block, shown, result)
    target.chmod(target.stat().st_mode | 0o111)


def _in_line(block: str) -> str:
    """Write the part of a hook on one line."""
    lines = [line.strip() for line in block.strip().splitlines()]
    return " ".join(line if line.endswith(("then", "{")) else f"{line};" for line in lines).removesuffix(";")


def _add_workflow(place: TrackedPlace, result: SetupResult) -> None:
    target, steps, package = place.file(_WORKFLOW), workflow_steps(place.path), package_to_install()
    before, start = _text_of(target), workflow_start(package)
    if before is not None and steps in before:
        return
    if before is not None and not before.startswith(workflow_start("").partition("\n")[0]):
        added = "; ".join(line.removeprefix("      - run: ") for line in steps.splitlines())
        result.notes.append(f"{_WORKFLOW} already exists and was not changed; add steps to run: {added}")
        return
    _write(target, before, added_lines(before or start, steps.splitlines()), _WORKFLOW, result)
    if package is None and before is None:
        result.notes.append(
            f"{_WORKFLOW} installs what the variable KOREA_PACKAGE of the repository on GitHub names; set it to"
            " what pip can install korea from"
        )


def _text_of(target: Path) -> str | None:
    """Return the text of a file to extend, None where there is none; raises OutputError for a link or no text."""
    if target.is_symlink():
        raise OutputError(str(target), "it is a link; replace it by a file")
    try:
        return target.read_bytes().decode()
    except FileNotFoundError:
        return None
    except (OSError, UnicodeDecodeError) as error:
        raise OutputError(str(target), f"it cannot be read: {error}") from None


def _write(target: Path, before: str | None, text: str, shown: str, result: SetupResult) -> None:
    if text == before:
        return
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise OutputError(str(target), system_reason(error)) from None
    write_file([text], str(target))
    result.done.append(f"{'Created' if before is None else 'Extended'} {shown}")
    if shown in {_ATTRIBUTES, _WORKFLOW}:
        result.shared.append(shown)
