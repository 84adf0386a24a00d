"""Notes in Markdown with YAML or TOML front matter, one or a folder of them: a record for each."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

from korea_cli.ingest.sheet import Sheet, SheetRow, unreadable

if TYPE_CHECKING:
    from collections.abc import Iterator

    from korea_cli.ingest.sheet import InputFile
    from korea_cli.model.records import Record

EXTENSIONS = (".md", ".markdown")
FOLDERS = True  # reads a folder of such files
_LARGEST = 4 * 1024 * 1024  # bytes of a note


def sniff(start: bytes) -> int:
    """Return how well the beginning of a file fits."""
    return 2 * start.startswith((b"---\n", b"---\r\n", b"+++\n", b"+++\r\n"))


def read(source: InputFile) -> Sheet:
    """Read a note, or the notes in a folder in the order of their names; raises DataError where there is none."""
    left_out = Counter[str]()
    folder = Path(source.name)
    if not folder.is_dir():
        rows = _rows([(folder.stem, "".join(source.lines()), "")], source.options.record, left_out)
    else:
        files = sorted(
            path for path in folder.rglob("*") if path.is_file() and not _is_hidden(path.relative_to(folder))
        )
        notes = [path for path in files if path.suffix.casefold() in EXTENSIONS]
        if not notes:
            raise unreadable(source.name, f"the folder has no notes ({', '.join(EXTENSIONS)})")
        left_out.update(f"{path.suffix or path.name} files" for path in files if path not in notes)
        rows = _rows((_loaded(path, folder) for path in notes), source.options.record, left_out)
    return Sheet(rows, unit="note", left_out=left_out)


def _is_hidden(path: Path) -> bool:
    return any(part.startswith(".") for part in path.parts)


def _loaded(path: Path, folder: Path) -> tuple[str, str, str]:
    """Return the id and the text of a file, and why it cannot be read."""
    name = path.relative_to(folder).with_suffix("")
    try:
        if path.stat().st_size > _LARGEST:
            return str(name), "", f"{path.name} is larger than {_LARGEST:,} bytes"
        return "-".join(name.parts), path.read_text("utf-8-sig"), ""
    except (OSError, UnicodeDecodeError) as error:
        return str(name), "", f"{path.name}: {error}"


def _rows(
    notes: Iterator[tuple[str, str, str]] | list[tuple[str, str, str]], record: type[Record], left_out: Counter[str]
) -> Iterator[SheetRow]:
    """Yield the rows of notes; those without front matter are counted."""
    from korea_cli.ingest.notes.front_matter import read_note  # noqa: PLC0415 - every import loads every reader

    number = 0
    for stem, text, error in notes:
        cells, invalid = read_note(stem, text, record)
        if not (cells or invalid or error):
            left_out["notes without front matter"] += 1
            continue
        number += 1
        reason = error or (f"{stem}: {invalid}" if invalid else "")
        yield SheetRow(number, cells or {"id": stem}, reason)
