"""Rows are matched to records as a search through all ways to match them would."""

from __future__ import annotations

from itertools import combinations, permutations
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from korea_cli.dates.parse import parse_stored
from korea_cli.ingest.building import matching
from korea_cli.ingest.building.matching import RecordMatcher, differing_keys
from korea_cli.model.records import Event

Values = dict[str, Any]
REQUIRED = {"title": "Raid", "date": "2031"}
VALUES = st.fixed_dictionaries(
    {}, optional={"place": st.sampled_from("ab"), "note": st.just("n"), "topics": st.sampled_from([["x"], ["x", "y"]])}
)


def record(id_: str, values: Values) -> Event:
    written = {**REQUIRED, **values}
    topics = tuple(written.pop("topics", ()))
    return Event(**{**written, "id": id_, "date": parse_stored(written["date"]), "topics": topics})


def matched(matcher: RecordMatcher, rows: list[Values]) -> list[Values]:
    """Return the rows that are matched to some record."""
    found = [(row, matcher.match({**REQUIRED, **row})) for row in rows]
    undecided = [row for row, exists in found if exists is None]
    return [row for row, exists in found if exists] + [row for row in undecided if matcher.match_last(REQUIRED | row)]


def most(rows: list[Values], records: list[Values]) -> int:
    """Return how many rows can be matched, by trying all ways to match them."""
    fits = [{number for number, each in enumerate(records) if not differing_keys(each, row)} for row in rows]
    return max(
        size
        for size in range(min(len(rows), len(records)) + 1)
        for some in combinations(fits, size)
        for chosen in permutations(range(len(records)), size)
        if all(number in each for number, each in zip(chosen, some, strict=True))
    )


def matcher_of(records: list[Values]) -> RecordMatcher:
    return RecordMatcher(Event, {f"e{number}": record(f"e{number}", each) for number, each in enumerate(records)})


@given(st.lists(VALUES, max_size=4), st.lists(VALUES, max_size=4))
def test_as_many_rows_are_matched_as_can_be(rows: list[Values], records: list[Values]) -> None:
    assert len(matched(matcher_of(records), rows)) == most(rows, records)


@given(st.lists(VALUES, max_size=6), st.lists(VALUES, max_size=30), st.randoms(use_true_random=False))
def test_a_row_that_is_a_record_as_it_is_is_always_matched(rows: list[Values], more: list[Values], dice: Any) -> None:  # noqa: ANN401 - of the library
    order = dice.sample([*rows, *more], len(rows) + len(more))
    found = [repr(sorted(row.items())) for row in matched(matcher_of(rows), order)]
    assert sorted(found) == sorted(repr(sorted(row.items())) for row in rows)


@given(st.lists(VALUES, max_size=6), st.lists(VALUES, max_size=20))
def test_records_that_are_looked_up_are_those_that_a_comparison_of_all_finds(
    rows: list[Values], records: list[Values]
) -> None:
    found = []
    for few in (0, len(records)):
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(matching, "_FEW", few)
            found.append(matched(matcher_of(records), rows))
    assert found[0] == found[1]
