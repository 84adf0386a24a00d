"""What others may see of any chronology is a chronology: no reference leads to what is left out, and no id of it is."""

from __future__ import annotations

from dataclasses import fields
from typing import TYPE_CHECKING

from hypothesis import given
from hypothesis import strategies as st

from korea_cli import checks
from korea_cli.checks.load import load
from korea_cli.dates.days import Day
from korea_cli.model.records import RECORDS, Record, file_keys
from korea_cli.reading.published import published

if TYPE_CHECKING:
    from pathlib import Path

    import pytest

    from korea_cli.reading.draft import Draft

DAY = Day(2017, 7, 4).ordinal
_EACH = 4  # records of each type
_HIDING = ("", "", "", "private = true\n", 'embargo = "2017-07-05"\n', 'embargo = "2017-07-04"\n')


def ids(table: str) -> list[str]:
    return [f"{table}-{number}" for number in range(_EACH)]


@st.composite
def record_texts(draw: st.DrawFn, record: type[Record], own: str) -> str:
    """Draw a record that names any others under its keys, and may be hidden."""
    lines = [f'[[{record.table}]]\nid = "{own}"\n', draw(st.sampled_from(_HIDING))]
    for written, key in file_keys(record).items():
        named = [id_ for table in key.refers for id_ in ids(table) if id_ != own and key.role != "whole"]
        if key.required and written != "id":
            text = "2017" if key.form == "date" else f"This is {own}"
            lines.append(f'{written} = "{text}"\n')
        elif named and key.form in {"refs", "cites"}:
            lines.append(f"{written} = {draw(st.lists(st.sampled_from(named), max_size=2, unique=True))}\n")
    return "".join(lines)


TEXTS = st.tuples(*(record_texts(record, id_) for record in RECORDS for id_ in ids(record.table)))


def ids_of(draft: Draft) -> set[str]:
    return {entry.id for table in draft.records for entry in draft.records[table]}


def whole_of(whole: Draft, entry: Record) -> Record:
    found: Record = next(each for each in whole.records[entry.table] if each.id == entry.id)
    return found


@given(texts=TEXTS)
def test_what_is_published_is_whole_and_has_no_id_of_what_is_not(
    texts: tuple[str, ...], tmp_path_factory: pytest.TempPathFactory
) -> None:
    file: Path = tmp_path_factory.getbasetemp() / "published.toml"
    file.write_text("".join(texts), "utf-8")
    loaded = load([str(file)])
    assert loaded.problems == ()
    whole, draft = loaded.draft, published(loaded.draft, DAY).draft
    assert list(checks.run("error", draft)) == []
    entries = [entry for table in draft.records.values() for entry in table]
    values = repr([getattr(entry, each.name) for entry in entries for each in fields(entry)])
    assert [id_ for id_ in ids_of(whole) - ids_of(draft) if f"'{id_}'" in values] == []
    assert ids_of(published(draft, DAY).draft) == ids_of(draft)
    hidden = [entry for entry in entries if whole_of(whole, entry).private]
    hidden += [entry for entry in entries if "05" in str(whole_of(whole, entry).embargo)]
    assert hidden == []
