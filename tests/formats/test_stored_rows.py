"""Lines made of stored JSON text are those made of the values, for any values and any choice of columns."""

from __future__ import annotations

import json
from itertools import pairwise
from operator import attrgetter, itemgetter
from typing import TYPE_CHECKING, Any, NamedTuple

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from korea_cli import open_chronology
from korea_cli.base.formulas import escape_formula, for_excel
from korea_cli.base.sanitize import escape_json
from korea_cli.formats._sheet import sheet_of
from korea_cli.formats._stored_rows import plan_for
from korea_cli.model.records import Event, Fact
from korea_cli.report.report import Report
from korea_cli.report.sections import Section
from korea_cli.rows.column import Column, Columns
from korea_cli.rows.stored_keys import StoredKey, stored_keys
from korea_cli.store.header import StoredHeader

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

Values = dict[str, Any]

LETTERS = " ,;:\"'\\{}[]=+-@\n\t\r\u3164\xa0\u200e\x7f\u00e9\u5317"
# Texts of what is between values, of what is escaped, and of what a spreadsheet takes for something else.
TEXTS = st.one_of(
    st.text(max_size=6),
    st.lists(
        st.sampled_from([*LETTERS, "null", '"id": ', ', "title": ', "2017-05"]), max_size=5,
    ).map("".join),
)  # fmt: skip
KEYS = {record.type: stored_keys(record) for record in (Event, Fact)}


class Row(NamedTuple):
    """A record as JSON has it."""

    values: Values

    @property
    def type(self) -> str:
        """Its type."""
        return str(self.values["type"])


def objects(keys: frozenset[str]) -> st.SearchStrategy[list[Values]]:
    """Return lists of objects with the keys that are within a value."""
    whole = st.fixed_dictionaries({key: st.none() | TEXTS for key in sorted(keys)} | {"id": TEXTS})
    return st.lists(whole, max_size=3)


def values(key: StoredKey) -> st.SearchStrategy[Any]:
    """Return values of a key, often none."""
    if key.empty == "[]":
        return st.just([]) | (objects(key.within) if key.within else st.lists(TEXTS, max_size=3))
    if key.empty == "false":
        return st.booleans()
    return st.none() | TEXTS.filter(bool) | (st.integers(-5, 9) if key.key in {"line", "source_count"} else st.none())


def written(row: Values) -> str:
    """Write a record as the store has it."""
    return escape_json(json.dumps(row, ensure_ascii=False))


def report_of(rows: Sequence[Values], keys: Sequence[str], stored: Callable[[], Any] | None) -> Report:
    """Return a report of some columns of records, which are also stored as text or are not."""
    type_ = rows[0]["type"]
    all_keys = [each.key for each in KEYS[type_]]
    columns = Columns((type_,), lambda _: tuple(Column(key, attrgetter("values"), itemgetter(key)) for key in all_keys))
    section = Section(f"{type_}s", tuple(map(Row, rows)), columns, ("id",), "timeline", stored=stored)
    report = Report("timeline", StoredHeader(), (), (section,), len(rows), len(rows))
    return report.only(keys) if keys else report


def sheet(report: Report, delimiter: str, write: Callable[[str], str]) -> tuple[str, Sequence[str]]:
    """Return the text of a sheet, and the sentences on it."""
    lines, text = sheet_of(report, delimiter, "", write), ""
    while True:
        try:
            text += next(lines)
        except StopIteration as end:
            return text, end.value


@settings(max_examples=100)
@given(data=st.data(), type_=st.sampled_from(sorted(KEYS)), write=st.sampled_from([str, escape_formula, for_excel]))
def test_lines_of_texts_are_those_of_values(data: st.DataObject, type_: str, write: Callable[[str], str]) -> None:
    row = st.fixed_dictionaries({each.key: values(each) for each in KEYS[type_]} | {"type": st.just(type_)})
    rows = data.draw(st.lists(row, min_size=1, max_size=4))
    keys = data.draw(st.just([]) | st.lists(st.sampled_from([each.key for each in KEYS[type_]]), unique=True))
    texts = [written(each) for each in rows]
    for delimiter in (",", "\t"):
        expected = sheet(report_of(rows, keys, None), delimiter, write)
        assert sheet(report_of(rows, keys, lambda: iter(texts)), delimiter, write) == expected


@pytest.mark.parametrize("type_", KEYS)
def test_what_ends_a_value_is_not_within_it(type_: str) -> None:
    assert [one.key for one, following in pairwise(KEYS[type_]) if following.key in one.within] == []


def within(value: Any) -> set[str]:  # noqa: ANN401 - a value of JSON
    """List the keys of all objects within a value."""
    if isinstance(value, dict):
        return {*value, *(key for each in value.values() for key in within(each))}
    return {key for each in value for key in within(each)} if isinstance(value, list) else set()


@pytest.mark.parametrize("type_", KEYS)
def test_the_keys_are_those_that_are_stored(type_: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KOREA_CACHE", str(tmp_path))
    with open_chronology("builtin") as chronology:
        answer = chronology.events() if type_ == "event" else chronology.facts()
        texts = list(answer.stored_json() or ())
    assert len(texts) > 50
    for text in texts:
        row = json.loads(str(text))
        assert list(row) == [each.key for each in KEYS[type_]]
        assert [each.key for each in KEYS[type_] if not row[each.key] and row[each.key] != json.loads(each.empty)] == []
        assert [each.key for each in KEYS[type_] if not within(row[each.key]) <= each.within] == []


def test_few_places_of_a_text_are_looked_for() -> None:
    keys = ["id", "date", "title", "actors", "sources"]
    watched = [each.key for each in KEYS["event"] if each.key not in keys]
    plan = plan_for(KEYS["event"], keys, watched[1:])
    assert sum(step.is_cell for step in plan.steps) == len(keys)
    assert len(plan.steps) < 2 * len(keys)
