"""Find the files that a file includes: patterns relative to its own folder, which must not lead out of it."""

from __future__ import annotations

import os
from fnmatch import fnmatchcase
from glob import has_magic
from pathlib import Path, PurePath
from typing import TYPE_CHECKING

from korea_cli.reading.disk import DISK
from korea_cli.reading.findings import Finding, RecordPlace
from korea_cli.reading.toml import HEADER

if TYPE_CHECKING:
    from korea_cli.reading.disk import DiskFiles
    from korea_cli.reading.toml import Document

_ANY_DEPTH = "**"
_LONGEST = 4096  # letters of a pattern; no path is longer
_LOOKED_AT = 200_000  # files and folders that one pattern may look at
_DEEPEST = 100  # files that include one another


def resolve_includes(
    document: Document, number: int, chain: tuple[Path, ...], files: DiskFiles = DISK
) -> tuple[list[Path], list[Finding]]:
    """Return the files that a document includes, and what is wrong with its patterns.

    `number` is the document's, `chain` the files that led to it, itself last.
    """
    included: list[Path] = []
    findings: list[Finding] = []
    folder = document.path.parent if document.path else Path()
    for pattern in dict.fromkeys(document.includes):
        matched, message = _resolve(pattern, folder, chain, files)
        included += matched
        if message:
            place = RecordPlace(number, HEADER, 0)
            findings.append(Finding(place, "include", f"include '{pattern}' {message}", None, "include"))
    return included, findings


def _resolve(pattern: str, folder: Path, chain: tuple[Path, ...], files: DiskFiles) -> tuple[list[Path], str]:
    pure = PurePath(pattern)
    if pure.is_absolute() or ".." in pure.parts:
        return [], "leaves the file's own folder; name that file with -d instead"
    if len(chain) > _DEEPEST:
        return [], f"goes too deep: more than {_DEEPEST} files include one another"
    found = glob_files(pattern, folder, files)
    if found is None:
        return [], f"looks at more than {_LOOKED_AT:,} files; name a folder with fewer"
    if message := _refused(found, folder, files):
        return [], message
    if has_magic(pattern) and found != [folder / pure]:
        targets = {path: Path(files.real(str(path))) for path in found if not files.is_folder(str(path))}
        advice = "; write [[] for a bracket in a name" if "[" in pattern else ""
        message = "matches only this file itself" if targets else f"matches no file{advice}"
        message = "" if {*targets.values()} - {chain[-1]} else message
        return [path for path, real in targets.items() if real not in chain], message
    return _named_file(pattern, found, chain, files)


def _named_file(pattern: str, found: list[Path], chain: tuple[Path, ...], files: DiskFiles) -> tuple[list[Path], str]:
    """Check a pattern that is the name of one file."""
    if not found:
        return [], "does not exist"
    if files.is_folder(str(found[0])):
        return [], f"is a folder; write '{pattern.rstrip('/')}/*.toml'"
    if Path(files.real(str(found[0]))) in chain:
        return [], "forms a cycle: that file includes this one"
    return found, ""


def _refused(found: list[Path], folder: Path, files: DiskFiles) -> str:
    """Return which of the files must not be read, and why; "" if all may be."""
    root = files.real(str(folder))
    for path in found:
        name = path.relative_to(folder).as_posix()
        if not _is_within(files.real(str(path)), root):
            return f"leaves the file's own folder through the link '{name}'; name its target with -d instead"
        if files.is_device(str(path)):
            return f"matches '{name}', which is a pipe or a device, not a file"
    return ""


def _is_within(path: str, folder: str) -> bool:
    return os.path.join(path, "").startswith(os.path.join(folder, ""))


def glob_files(pattern: str, folder: Path, files: DiskFiles = DISK) -> list[Path] | None:
    """Return what a pattern matches in a folder, sorted; None if finding it would take too long.

    A name with brackets is tried as it is first. A link to a folder elsewhere is not followed but returned itself.
    """
    parts = PurePath(pattern).parts if len(pattern) <= _LONGEST else ()
    root, found, left = files.real(str(folder)), set[str](), _LOOKED_AT
    ahead = [(str(folder), 0)] if parts else []  # folders, each with the part that its entries are compared with
    seen = set(ahead)
    while ahead and left >= 0:
        entered, number = ahead.pop()
        part, last = parts[number], number + 1 == len(parts)
        deeper = part == _ANY_DEPTH
        paths, looked_at = _matches(entered, "*" if deeper else part, files)
        left -= looked_at
        found.update(paths if last else ())
        further = [(entered, number + 1)] if deeper and not last else []
        for path in filter(files.is_folder, paths if deeper or not last else ()):
            if files.is_link(path) and not _is_within(files.real(path), root):
                found.add(path)
            elif not _is_circular(path, part, files):
                further.append((path, number if deeper else number + 1))
        ahead += [each for each in further if each not in seen]
        seen.update(further)
    return [Path(path) for path in sorted(found)] if left >= 0 else None


def _matches(folder: str, part: str, files: DiskFiles) -> tuple[list[str], int]:
    """Return what a part of a pattern matches in a folder, and how many files were looked at."""
    named = os.path.join(folder, part)
    if not has_magic(part) or ("[" in part and files.exists(named)):
        return [named] if files.exists(named) else [], 1
    try:
        names = files.entries(folder)
    except (OSError, ValueError):  # there is no such folder, or no permission to read it
        return [], 0
    hidden = part.startswith(".")
    matching = (name for name in names if fnmatchcase(name, part) and (hidden or not name.startswith(".")))
    return [os.path.join(folder, name) for name in matching], len(names)


def _is_circular(folder: str, part: str, files: DiskFiles) -> bool:
    """Return whether a folder is a link by which wildcards would go in a circle."""
    above = files.real(os.path.dirname(folder))
    return files.is_link(folder) and has_magic(part) and _is_within(above, files.real(folder))
