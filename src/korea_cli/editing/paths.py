"""Keep the paths of a record right where it gets into a file of another folder."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

from korea_cli.editing.errors import UnsafeChangeError
from korea_cli.model.records import file_keys

if TYPE_CHECKING:
    from korea_cli.editing.files import LocatedRecord
    from korea_cli.reading.toml import Document


def moved_paths(located: LocatedRecord, goal: Document) -> dict[str, str]:
    """Return the paths of a record, by key, as another file has to write them: from its own folder.

    Raises UnsafeChangeError where that is not above them.
    """
    origin, folder = (Path(each.name).resolve().parent for each in (located.document, goal))
    if origin == folder:
        return {}
    changed: dict[str, str] = {}
    for key, spec in file_keys(located.record).items():
        path = located.values.get(key)
        if spec.form == "path" and path and isinstance(path, str):
            if not (origin / path).is_relative_to(folder):
                reason = (
                    f"{key} '{path}' of {located.record.type} '{located.id}' is not below the folder of {goal.name}"
                )
                raise UnsafeChangeError(reason, f"run first: korea set {located.record.type}:{located.id} {key}=")
            changed[key] = os.path.relpath(origin / path, folder).replace(os.sep, "/")
    return changed
