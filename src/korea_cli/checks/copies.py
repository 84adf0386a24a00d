"""Compare the copies of sources that are kept beside a data file with what the file states about them."""

from __future__ import annotations

import os
import stat
from hashlib import file_digest
from pathlib import Path
from typing import TYPE_CHECKING

from korea_cli.base.errors import system_reason
from korea_cli.reading.locate import path_of

if TYPE_CHECKING:
    from korea_cli.model.records import Source


def problem_of_copy(source: Source) -> tuple[str, str]:
    """Return what is wrong with the copy of a source, and under which key; "" where nothing is."""
    if not source.document:
        return ("sha256", "has a sha256 but no 'file' that it is of") if source.sha256 else ("", "")
    folder = (path_of(source.file) or Path()).parent
    digest, problem = _digest_of(source.document, folder)
    if problem:
        return "file", f"file '{source.document}' {problem}"
    if not source.sha256:
        return "file", f"file '{source.document}' has no sha256 here; to notice changes, add sha256 = \"{digest}\""
    if digest != source.sha256:
        advice = "restore it, or write that sha256 if the change is right"
        return "sha256", f"file '{source.document}' has changed: its sha256 is now {digest}; {advice}"
    return "", ""


def _digest_of(name: str, folder: Path) -> tuple[str, str]:
    """Return the SHA-256 of a file, or why there is none; a link must not lead out of the folder."""
    try:
        real = (folder / name).resolve(strict=True)
        if not real.is_relative_to(folder.resolve()):
            return "", "leaves the folder of this file through a link; copy it into the folder"
        if not stat.S_ISREG(os.stat(real).st_mode):  # noqa: PTH116 - a pipe must not be opened
            return "", "is not a file"
        with real.open("rb") as copy:
            return file_digest(copy, "sha256").hexdigest(), ""
    except FileNotFoundError:
        return "", f"does not exist{'' if folder == Path() else f' in {folder}'}"
    except (OSError, RuntimeError, ValueError) as error:  # such as a circle of links
        return "", f"cannot be read: {system_reason(error) if isinstance(error, OSError) else error}"
