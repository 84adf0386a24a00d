"""What a change costs is counted, not timed: how often a file is parsed, and how much of it is scanned."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from korea_cli.editing.edits import remove_record
from korea_cli.editing.files import Editable
from korea_cli.editing.fixing import format_files
from korea_cli.editing.references import rename_record
from korea_cli.ingest.adding.adding import add_one
from korea_cli.ingest.adding.assignments import build_edit
from korea_cli.ingest.names.registry import Registry
from korea_cli.model.records import Event
from korea_cli.reading import pieces, statements
from korea_cli.reading.locate import MAX_SIZE

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

RECORDS = 300
EVENTS = "".join(f'[[events]]\nid = "e{n}"\ntitle = "E"\ndate = "2017"\n# of {n}\n\n' for n in range(RECORDS))
CHANGES: dict[str, Callable[[Editable], object]] = {
    "set": lambda files: _set_kind(files, "e7"),
    "add": lambda files: add_one(files, Event, {"title": "New", "date": "2018"}),
    "rename": lambda files: files.change(
        "e7", lambda loaded, found: rename_record(found, "new", loaded.draft), everywhere=True
    ),
    "remove": lambda files: files.change("e7", lambda _, found: remove_record(found.ref)),
    "fmt": lambda files: format_files(files, sort=False, check=False),
}  # fmt: skip
changes = pytest.mark.parametrize("change", CHANGES)


def _set_kind(files: Editable, id_: str) -> object:
    return files.change(id_, lambda loaded, found: build_edit(found, ["kind=test"], Registry(loaded, found.path)))


@pytest.fixture
def files(tmp_path: Path) -> Editable:
    """Give two files that are read together."""
    (tmp_path / "other.toml").write_text('[[topics]]\nid = "t"\nlabel = "T"\n')
    (tmp_path / "mine.toml").write_text(EVENTS)
    return Editable((str(tmp_path / "other.toml"), str(tmp_path / "mine.toml")), MAX_SIZE)


@pytest.mark.parametrize("dry", [False, True])
@changes
def test_a_file_is_parsed_twice_and_one_that_stays_once(
    change: str, dry: bool, files: Editable, monkeypatch: pytest.MonkeyPatch  # noqa: FBT001 - a case
) -> None:  # fmt: skip
    parsed: list[str] = []
    monkeypatch.setattr(pieces, "_parse_part", _noting(parsed, pieces._parse_part))  # noqa: SLF001 - what parses
    CHANGES[change](files._replace(dry=dry))
    assert len([text for text in parsed if "[[events]]" in text]) == 2
    assert len([text for text in parsed if "[[topics]]" in text]) == (2 if change == "fmt" else 1)


def _noting(seen: list[str], function: Callable[..., Any]) -> Callable[..., Any]:
    def noted(text: str, *more: Any) -> Any:  # noqa: ANN401 - as it is called
        seen.append(text)
        return function(text, *more)

    return noted


@pytest.mark.parametrize("change", ["set", "add", "remove"])
def test_one_record_is_found_without_scanning_the_others(
    change: str, files: Editable, monkeypatch: pytest.MonkeyPatch
) -> None:
    read: list[int] = []
    original = statements.Statement

    def statement(*values: Any) -> Any:  # noqa: ANN401 - as it is called
        read.append(values[3])
        return original(*values)

    monkeypatch.setattr("korea_cli.reading.statements.Statement", statement)
    CHANGES[change](files)
    assert 0 < len(read) < 20


def test_a_header_within_a_text_is_no_record(tmp_path: Path) -> None:
    text = '[[events]]\nid = "a"\ntitle = """\n[[events]]\n"""\ndate = "2017"\n\n'
    text += '[[events]]\nid = "b"\ntitle = "B"\ndate = "2018"\n'
    (tmp_path / "mine.toml").write_text(text)
    files = Editable((str(tmp_path / "mine.toml"),), MAX_SIZE)
    _set_kind(files, "b")
    assert (tmp_path / "mine.toml").read_text() == f'{text}kind = "test"\n'
