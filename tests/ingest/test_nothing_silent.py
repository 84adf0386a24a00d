"""Law of the way in: of every file, each value is stored or reported, and importing it again adds nothing."""

from __future__ import annotations

import re
from collections import Counter
from random import Random
from typing import TYPE_CHECKING

import pytest

from conftest import SEED
from foreign import bibliographies, calendars, data_files, notes, objects, sheets, timelines
from foreign.values import NAMED, ForeignFile, Scribe
from korea_cli.editing.files import Editable
from korea_cli.ingest import readers
from korea_cli.ingest.import_notes import ImportNotes
from korea_cli.ingest.pipeline import run
from korea_cli.ingest.request import build_request

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from pathlib import Path

SHAPES: dict[str, tuple[str, Callable[[Scribe], ForeignFile]]] = {
    "comma": ("csv", sheets.delimited(",", "csv")), "semicolon": ("csv", sheets.delimited(";", "csv")),
    "tab": ("csv", sheets.delimited("\t", "tsv")), "workbook": ("xlsx", sheets.workbook),
    "spreadsheet": ("ods", sheets.spreadsheet), "list": ("json", objects.plain), "nested": ("json", objects.nested),
    "by id": ("json", objects.by_id), "geojson": ("json", objects.features), "table": ("json", objects.tables),
    "wikidata": ("json", objects.results), "script": ("json", objects.script), "lines": ("jsonl", objects.lines),
    "calendar": ("ics", calendars.calendar), "timelinejs": ("json", timelines.version_3),
    "timelinejs 2": ("json", timelines.version_2), "timelinejs sheet": ("csv", timelines.sheet),
    "bibtex": ("bibtex", bibliographies.bibtex), "ris": ("ris", bibliographies.ris),
    "csl": ("json", bibliographies.csl), "zotero": ("csv", bibliographies.zotero), "yaml": ("yaml", notes.yaml),
    "note": ("markdown", notes.note), "markwhen": ("markwhen", notes.markwhen),
    "data file": ("toml", data_files.data_file),
}  # fmt: skip
FILES = 8  # of each shape
_COUNTED = re.compile(
    r"(?:ignored values|taken for missing|left out, beside the records|left out unknown [a-z ]+|"
    r"left out what is no value of its key): ([^\n]*)"
)
_REASON = re.compile(r" (?:\((?:not a date|no (?:web address|DOI|ISBN|code))\)|'.*')$")
_REFERENCES = re.compile(r"left out ([\d,]+) references? to")
_ROWS = re.compile(r"(?:skipped|rejected|joined) ([\d,]+|the) (?:existing record|repeated row|row|title slide)")


def imported(foreign: ForeignFile, folder: Path, *, dry: bool = False) -> list[str]:
    """Import a file into `mine.toml`, and return all that is printed."""
    (folder / foreign.name).write_bytes(foreign.raw)
    mine = folder / "mine.toml"
    mine.touch()
    lines: list[str] = []
    request = build_request(str(folder / foreign.name), foreign.maps, None, foreign.settings)
    notes = ImportNotes(lines.extend)
    done = run(request, Editable((str(mine),), 1 << 24, dry=dry), lambda _: None, notes)
    found = notes.outcome(done, "mine.toml", dry=dry)
    return [*lines, *found.notes, *(found.error.sentences if found.error else ()), found.text]


def reported(lines: Iterable[str]) -> Counter[str]:
    """Return how many values are reported as not stored, by name."""
    counts: Counter[str] = Counter()
    for line in lines:
        if match := _COUNTED.match(line):
            for each in match[1].partition(". Use ")[0].split(", "):
                number, _, name = each.removeprefix("and ").partition(" of ")
                counts[_REASON.sub("", name.removeprefix("field "))] += int(number.replace(",", ""))
        elif match := _REFERENCES.match(line):
            counts["references"] += int(match[1])
    return counts


def lost(foreign: ForeignFile, stored: str, saved: str, lines: list[str]) -> Counter[str]:
    """Return how many values are neither stored nor saved with their row, by the name to report them under."""
    counts: Counter[str] = Counter()
    printed = "\n".join(lines).casefold()
    for name, forms, row in foreign.values:
        if row and row in saved:
            assert not forms or any(each.strip('"') in saved for each in forms), (name, forms)
        elif not any(each in (printed if name == NAMED else stored) for each in forms):
            counts[name] += 1
    return counts


@pytest.mark.parametrize("shape", SHAPES)
@pytest.mark.random
def test_each_value_is_stored_or_counted_and_a_second_import_adds_nothing(shape: str, tmp_path: Path) -> None:
    for number in range(FILES):
        folder = tmp_path / str(number)
        folder.mkdir()
        foreign = SHAPES[shape][1](Scribe(Random(f"{SEED} {shape} {number}")))  # noqa: S311 - not for secrets
        every, lines = imported(foreign, folder, dry=True), imported(foreign, folder)
        text = (folder / "mine.toml").read_text("utf-8")
        saved = "".join(each.read_text("utf-8") for each in folder.glob("*.rejects.*")).casefold()
        found = f"{foreign.raw.decode(errors='replace')}\n{text}\n" + "\n".join(every)
        assert reported(every) == (expected := lost(foreign, text.casefold(), saved, lines)), found
        assert reported(lines).total() == expected.total(), found
        assert normalised(every) == sum(len(forms) > 1 and row not in saved for _, forms, row in foreign.values), found
        assert became(lines) == foreign.rows, found
        imported(foreign, folder)
        assert (folder / "mine.toml").read_text("utf-8") == text, found


def normalised(lines: Iterable[str]) -> int:
    """Return how many dates are reported as stored in another form than they were written in."""
    return sum(int(match[1]) for line in lines if (match := re.match(r"normalised (\d+) dates? ?", line)))


def became(lines: list[str]) -> int:
    """Return how many rows became records or are reported."""
    summary = lines[-1]
    added = re.search(r"Imported ([\d,]+) (?:event|source)", summary)
    others = (1 if each == "the" else int(each) for each in _ROWS.findall(summary))
    return int(added[1] if added else 0) + sum(others)


def test_every_reader_has_files_that_test_it() -> None:
    missing = set(readers.names()) - {reader for reader, _ in SHAPES.values()}
    assert not missing, f"write a function in tests/foreign/ that makes files for {missing}, and add it to SHAPES"
