"""Counts by two things are a table of two dimensions with totals, for people; for programs, a row for each cell."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from collections.abc import Sequence

    from conftest import Korea

TABLES = pytest.mark.parametrize(
    ("by", "lanes"), [("month", "topic"), ("country", "kind"), ("kind", "status"), ("actor", "source")]
)
ONCE = "A total counts each event and fact once, also one in several rows or columns."


def rows(korea: Korea, key: str, *typed: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads(korea("stats", *typed, "--json").out)[key]
    return found


def totals(korea: Korea, name: str, types: Sequence[str]) -> dict[str, int]:
    """Return how many there are of each value, by label, as `stats --by` has them."""
    counted = rows(korea, "counts", "--by", name)
    return {each["label"]: sum(each[f"{type_}_count"] for type_ in types) for each in counted}


def markdown(korea: Korea, *typed: str) -> list[list[str]]:
    """Return the cells of the table in Markdown, without the line below its heading."""
    lines = korea("stats", *typed, "-f", "markdown").out.splitlines()
    table = [line[2:-2].split(" | ") for line in lines if line.startswith("| ")]
    assert table[1] == ["---", *["---:"] * (len(table[0]) - 1)]
    return [[cell.strip() for cell in line] for line in (table[0], *table[2:])]


@TABLES
def test_markdown_has_a_table_of_both_with_the_totals_of_each(by: str, lanes: str, korea: Korea) -> None:
    heads, *table, last = markdown(korea, "--by", by, "--lanes", lanes)
    cells = {(each["label"], each["lane_label"]): each for each in rows(korea, "cells", "--by", by, "--lanes", lanes)}
    numbers = {(row[0], head): cell for row in table for head, cell in zip(heads[1:-1], row[1:-1], strict=True)}
    found = {key: int(cell) for key, cell in numbers.items() if cell}
    assert found == {key: each["event_count"] + each["fact_count"] for key, each in cells.items()}
    both = ("event", "fact")
    in_rows, in_columns = totals(korea, by, both), totals(korea, lanes, both)
    assert {row[0]: int(row[-1]) for row in table} == in_rows
    assert dict(zip(heads[1:-1], map(int, last[1:-1]), strict=True)) == in_columns
    assert [heads[0], heads[-1], last[0]] == [by.capitalize(), "Total", "total"]
    assert last[-1] == str(sum(each["event_count"] + each["fact_count"] for each in rows(korea, "statuses")))


@TABLES
@pytest.mark.parametrize("width", [40, 80, 200])
def test_no_word_of_a_heading_is_cut_or_broken(width: int, by: str, lanes: str, korea: Korea) -> None:
    shown = korea.on_terminal("stats", "--by", by, "--lanes", lanes, "--color", "never", columns=width).out
    lines = shown.replace("\r", "").splitlines()
    assert all(len(line) <= width for line in lines)
    start = next(number for number, line in enumerate(lines, 1) if line.endswith(f"by {by} and {lanes}"))
    end = next(number for number, line in enumerate(lines, 1) if line.endswith(" total"))
    cells = rows(korea, "cells", "--by", by, "--lanes", lanes)
    words = {word for each in cells for word in each["lane_label"].split()}
    assert {word for line in lines[start:end] for word in line.split()} <= {*words, "total"}


def test_a_word_wider_than_the_screen_has_an_ellipsis(korea: Korea) -> None:
    shown = korea.on_terminal("stats", "--by", "kind", "--lanes", "topic", "--color", "never", columns=24).out
    assert "…" in shown


def test_what_is_counted_several_times_is_explained(korea: Korea) -> None:
    several = korea.on_terminal("stats", "--by", "month", "--lanes", "topic", "--color", "never").out
    once = korea.on_terminal("stats", "--by", "month", "--lanes", "kind", "--color", "never").out
    assert ONCE in several
    assert ONCE not in once
    assert ONCE in korea("stats", "--by", "month", "--lanes", "topic", "-f", "markdown").out


def test_the_totals_of_a_table_cut_by_a_limit_say_that_they_are_of_all(korea: Korea) -> None:
    values = len(totals(korea, "kind", ("event", "fact")))
    for form in ("table", "markdown"):
        shown = korea("stats", "--by", "kind", "--lanes", "status", "-n", "2", "-f", form).out
        assert f"total of all {values}" in shown


def test_programs_get_a_row_for_each_cell(korea: Korea) -> None:
    typed = ("--by", "month", "--lanes", "topic", "thaad")
    cells = rows(korea, "cells", *typed)
    head, *lines = korea("stats", *typed, "-f", "csv").out.splitlines()
    assert head == "type,by,value,label,lanes,lane,lane_label,event_count,fact_count,possible"
    assert len(lines) == len(cells)


def test_a_chart_in_markdown_is_the_same_table(korea: Korea) -> None:
    typed = ("--by", "country", "--lanes", "kind", "-f", "markdown")
    assert korea("chart", *typed).out == korea("stats", *typed).out
