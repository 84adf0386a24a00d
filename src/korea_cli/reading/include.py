"""Find the files that a file includes: patterns relative to its own folder."""

from __future__ import annotations

from glob import glob, has_magic
from pathlib import Path, PurePath
from typing import TYPE_CHECKING

from korea_cli.reading.findings import Finding, Place

if TYPE_CHECKING:
    from korea_cli.problems import Severity
    from korea_cli.reading.toml import Document


def included(document: Document, number: int, chain: tuple[Path, ...]) -> tuple[list[Path], list[Finding]]:
    """Give the files that a document includes, and what is wrong with its patterns.

    `number` is the document's, `chain` the files that led to it, itself last.
    """
    patterns = document.tables["chronology"]["include"]
    files: list[Path] = []
    findings: list[Finding] = []
    folder = document.path.parent if document.path else Path()
    for pattern in patterns if isinstance(patterns, list) else ():
        if not isinstance(pattern, str):
            continue  # reported with the header's other values
        matched, message, severity = _matched(pattern, folder, chain)
        files += matched
        if message:
            place = Place(number, "chronology", 0)
            findings.append(Finding(place, "include", f"include '{pattern}' {message}", None, "include", severity))
    return files, findings


def _matched(pattern: str, folder: Path, chain: tuple[Path, ...]) -> tuple[list[Path], str, Severity]:
    pure = PurePath(pattern)
    if pure.is_absolute() or ".." in pure.parts:
        return [], "leaves the file's own folder; name that file with -d instead", "error"
    found = found_in(pattern, folder)
    if has_magic(pattern):
        files = [path for path in found if not path.is_dir() and path.resolve() not in chain]
        return files, "" if found else "matches no file", "warning"
    if not found:
        return [], "names no file", "error"
    if found[0].is_dir():
        return [], f"names a folder; write '{pattern.rstrip('/')}/*.toml'", "error"
    if found[0].resolve() in chain:
        return [], "goes in a circle: that file includes this one", "error"
    return found, "", "error"


def found_in(pattern: str, folder: Path) -> list[Path]:
    """Give what a pattern matches in a folder, sorted; nothing where it cannot be a name."""
    try:
        names = glob(pattern, root_dir=folder, recursive=True)  # noqa: PTH207 - Path.glob follows no links in **
    except (OSError, ValueError, RecursionError):  # a NUL, a name without end: no file is called so
        return []
    return [folder / name for name in sorted(names)]
