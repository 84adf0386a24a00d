"""A changed file is read only where it is new, and is then what it would be if it were read from the start."""

from __future__ import annotations

import random
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
import tomli

from conftest import SEED
from korea_cli.base.errors import KoreaError
from korea_cli.checks.load import load
from korea_cli.editing.edits import Edit, insert_records, remove_record, set_key
from korea_cli.editing.files import Editable
from korea_cli.editing.layout import RecordRef
from korea_cli.editing.saving import apply_edits, load_changed, replace_files
from korea_cli.editing.toml import toml_record
from korea_cli.editing.values import add_value
from korea_cli.model.records import Event, written_keys
from korea_cli.reading import pieces, plain_records
from korea_cli.reading.locate import MAX_SIZE
from korea_cli.reading.toml import HEADER

if TYPE_CHECKING:
    from collections.abc import Callable

    from korea_cli.checks.load import LoadResult
    from korea_cli.reading.plain_records import Parse, PlainRecord
    from korea_cli.reading.toml import Document

    Make = Callable[[random.Random, Document], Edit]

pytestmark = pytest.mark.random
RECORD = Path(__file__).parents[2] / "data/events.toml"
EDITS = 6


@pytest.fixture
def files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Editable:
    """Return the built-in record and a file that extends it, read in many small pieces."""
    monkeypatch.setattr(pieces, "_PIECE", 1500)
    text = RECORD.read_text("utf-8")
    (tmp_path / "mine.toml").write_text(text, "utf-8")
    ids = [event.id for event in load([str(RECORD)]).draft.records["events"]]
    (tmp_path / "other.toml").write_text(f'[[events]]\nextends = "{ids[7]}"\nnote = "More."\n', "utf-8")
    return Editable((str(tmp_path / "other.toml"), str(tmp_path / "mine.toml")), MAX_SIZE)


def inserted(rng: random.Random, document: Document) -> Edit:
    values = {"id": f"new-{rng.random()}".replace(".", "-"), "title": "New", "date": f"20{rng.randrange(10, 20)}"}
    total = len(document.records("events"))
    return insert_records("events", {rng.randrange(total + 1): [(values, toml_record(Event, values))]}, total)


def changed(rng: random.Random, document: Document) -> Edit:
    total, order = len(document.records("events")), tuple(written_keys(Event))
    ref = RecordRef("events", rng.randrange(total), total)
    key, value = rng.choice(
        [("title", "A title"), ("date", "2017-02"), ("date", "no date"), ("kind", "own"), ("note", "")]
    )
    return rng.choice([set_key(ref, key, value, order), add_value(ref, "topics", "thaad", order)])


def allowed(_: random.Random, document: Document) -> Edit:
    return set_key(RecordRef(HEADER, 0, 1), "kinds", ["own"] if "own" not in document.text[:900] else [], ("kinds",))


def removed(rng: random.Random, document: Document) -> Edit:
    total = len(document.records("events"))
    return remove_record(RecordRef("events", rng.randrange(total), total))


def assert_same(loaded: LoadResult, fresh: LoadResult) -> None:
    assert loaded.draft.records == fresh.draft.records
    assert loaded.draft == fresh.draft
    assert loaded.problems == fresh.problems
    assert [each.tables for each in loaded.documents] == [each.tables for each in fresh.documents]


@pytest.mark.parametrize("make", [inserted, changed, allowed, removed])
def test_a_change_leads_to_what_reading_anew_leads_to(make: Make, files: Editable) -> None:
    rng, written = random.Random(SEED), 0  # noqa: S311 - test data
    for _ in range(EDITS):
        loaded = load(files.names)
        document = loaded.documents[1]
        try:
            changes = apply_edits([(document, make(rng, document))])
            after = load_changed(loaded, changes)
        except KoreaError:
            continue
        finally:
            assert document.parsed.tables() == tomli.loads(document.text)  # not changed by the edit
        written += 1
        for each in changes:
            replace_files([each])
        assert_same(after, load(files.names))
    assert written


def test_only_what_is_new_is_parsed_and_read(files: Editable, monkeypatch: pytest.MonkeyPatch) -> None:
    loaded = load(files.names)
    document = loaded.documents[1]
    parsed: list[str] = []

    def noting(text: str, at: int, parse: Parse) -> PlainRecord | None:
        record = plain(text, at, parse)
        parsed.append(text[at : at + record.length if record else None])
        return record

    plain = plain_records._parsed  # noqa: SLF001 - what reads each record
    monkeypatch.setattr(plain_records, "_parsed", noting)
    edit = inserted(random.Random(SEED), document)  # noqa: S311 - test data
    after = load_changed(loaded, apply_edits([(document, edit)]))
    assert 0 < len("".join(parsed)) < len(document.text) / 10
    before = {id(each) for each in loaded.draft.records["actors"]}
    assert sum(id(each) in before for each in after.draft.records["actors"]) > len(before) - 5
