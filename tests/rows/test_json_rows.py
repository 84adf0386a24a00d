"""Rows are written as JSON has them, to the letter as `json` writes their values, whatever was written before."""

from __future__ import annotations

import gc
import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from korea_cli import open_chronology
from korea_cli.base.sanitize import escape_json
from korea_cli.dates.parse import parse_stored
from korea_cli.model.citation import Citation
from korea_cli.model.records import RECORDS, Event
from korea_cli.rows import json_rows
from korea_cli.rows.columns import columns_for
from korea_cli.rows.json_rows import row_writer

TEXTS = st.text(st.sampled_from('ab"\\\n\x1b\x7f\x80é문\u2028\u202e\ud800😀'), max_size=6)
IDS = st.lists(st.sampled_from("abc"), max_size=3, unique=True).map(tuple)
EVENTS = st.builds(
    Event,
    id=st.sampled_from("xy"),
    title=TEXTS,
    date=st.none(),
    place=TEXTS,
    actors=IDS,
    recipients=IDS,
    topics=IDS,
    sources=st.lists(st.builds(Citation, st.sampled_from("st"), st.none() | TEXTS), max_size=3).map(tuple),
    disputed_by=IDS,
    line=st.none() | st.integers(1, 3),
)


class _Called:
    """Calls records by names that JSON must escape."""

    def title(self, type_: str, id_: str, /) -> str | None:
        return f'{type_} “{id_}\u2028"' if (type_, id_) != ("fact", "a") else None

    def address(self, source: str, /) -> str | None:
        return None if source == "t" else f"https://{source}\x7f"

    def holders(self, fact: str, /) -> tuple[str, ...]:
        return (f"{fact}\u2028",) if fact == "b" else ()


def plainly(row: Any, columns: Any) -> str:  # noqa: ANN401 - any record
    return escape_json(json.dumps({column.key: column.value(row) for column in columns}, ensure_ascii=False))


@given(st.lists(EVENTS, max_size=5))
def test_rows_are_written_as_json_writes_their_values(rows: list[Event]) -> None:
    columns = columns_for(Event, _Called())
    write = row_writer(columns)
    assert [write(row) for row in rows] == [plainly(row, columns) for row in rows]


def test_what_was_written_is_kept_up_to_a_limit(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(json_rows, "_MOST", 10)
    columns = columns_for(Event, _Called())
    write = row_writer(columns)
    for number in range(100):
        row = Event(id="x", title="", date=parse_stored("2015"), sources=(Citation("s", f"at {number}"),))
        assert write(row) == plainly(row, columns)
    del row
    cited = [each for each in gc.get_objects() if isinstance(each, Citation) and str(each.locator).startswith("at ")]
    assert 0 < len(cited) <= 10, "no more are kept by what writes them"


@pytest.mark.parametrize("record", RECORDS)
def test_the_built_in_records_are_written_as_json_writes_their_values(record: type[Any]) -> None:
    chronology = open_chronology("builtin", cache=False)
    columns = columns_for(record, chronology)
    write, rows = row_writer(columns), list(getattr(chronology, record.table)())
    assert len(rows) > 10
    assert [write(row) for row in rows] == [plainly(row, columns) for row in rows]
