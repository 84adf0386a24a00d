"""The usual columns of a sheet are keys of their records, ids first, and few."""

from __future__ import annotations

import pytest

from korea_cli.chronology.opening import open_chronology
from korea_cli.model.records import RECORD_TYPES
from korea_cli.rows.short import SHORT, short_keys

FEW = 12


@pytest.mark.parametrize("type_", RECORD_TYPES)
def test_every_type_of_record_has_usual_columns(type_: str) -> None:
    columns = [column.key for column in open_chronology("builtin").columns(type_)]
    assert set(SHORT[type_]) <= set(columns)
    assert SHORT[type_][0] == "id"
    assert len(set(SHORT[type_])) == len(SHORT[type_]) <= FEW
    assert short_keys((type_,)) == SHORT[type_]


def test_lists_of_several_types_and_of_other_rows_have_none() -> None:
    assert short_keys(("event", "fact")) == short_keys(("count",)) == ()
