"""New events go where their date belongs in a file that is mostly in order of date, else behind the last."""

from __future__ import annotations

from itertools import combinations
from typing import TYPE_CHECKING

import pytest
import tomli
from hypothesis import given
from hypothesis import strategies as st

from korea_cli.base.errors import DataError
from korea_cli.dates.parse import parse_stored

if TYPE_CHECKING:
    from pathlib import Path

    from ingest.conftest import Mine

DATES = st.sampled_from(
    ["2016", "2016-04", "2016-04/..", "../2017", "2017-07-04~", "2017-07-XX", "[2017-07-03,2017-07-04]"]
)


def event(number: int, date: str) -> str:
    """Write an event with a comment."""
    return f'# {number}\n[[events]]\nid = "e{number}"\ntitle = "{number}"\ndate = "{date}"\n\n'


def ids(mine: Mine) -> list[str]:
    return [each["id"] for each in tomli.loads(mine.text)["events"]]


def test_in_a_file_in_order_an_event_goes_before_the_first_later_one_and_its_comment(mine: Mine) -> None:
    mine.write(event(1, "2016") + event(2, "2018"))
    mine.add("event", id="new", title="new", date="2017")
    new = '[[events]]\nid = "new"\ntitle = "new"\ndate = "2017"\n\n'
    assert mine.text == event(1, "2016") + new + event(2, "2018")


def test_of_events_of_one_date_the_new_one_is_last(mine: Mine) -> None:
    mine.write(event(1, "2016") + event(2, "2017") + event(3, "2018"))
    mine.add("event", id="new", title="new", date="2017")
    assert ids(mine) == ["e1", "e2", "new", "e3"]


def test_in_a_file_in_another_order_it_goes_behind_the_last(mine: Mine) -> None:
    mine.write(event(1, "2018") + event(2, "2016") + '[[topics]]\nid = "x"\nlabel = "x"\n')
    mine.add("event", id="new", title="new", date="2015")
    assert ids(mine) == ["e1", "e2", "new"]
    assert mine.text.endswith('date = "2015"\n\n[[topics]]\nid = "x"\nlabel = "x"\n')


@pytest.mark.parametrize(
    ("years", "new", "where", "expected"),
    [
        ((2010, 2012, 2018, 2013, 2014), 2011, "after 'e2010'", (2010, 2011, 2012, 2018, 2013, 2014)),
        ((2010, 2012, 2018, 2013, 2014), 2013, "after 'e2013'", (2010, 2012, 2018, 2013, 2013, 2014)),
        ((2010, 2012, 2018, 2013, 2014), 2016, "after 'e2014'", (2010, 2012, 2018, 2013, 2014, 2016)),
        ((2018, 2010, 2012), 2009, "after 'e2018'", (2018, 2009, 2010, 2012)),
        ((2010, 2012), 2009, "before 'e2010'", (2009, 2010, 2012)),
        ((2014, 2013, 2012), 2013, "after 'e2012'", (2014, 2013, 2012, 2013)),
    ],
)
def test_an_event_goes_where_its_day_belongs_also_when_another_is_out_of_order_and_says_where(
    years: tuple[int, ...], new: int, where: str, expected: tuple[int, ...], mine: Mine
) -> None:
    mine.write("".join(f'[[events]]\nid = "e{year}"\ntitle = "E"\ndate = "{year}"\n\n' for year in years))
    outcome = mine.add("event", id="new", title="new", date=str(new))
    assert outcome.text.endswith(f", {new}, {where}\n")
    assert tuple(int(each["date"]) for each in tomli.loads(mine.text)["events"]) == expected


@given(st.lists(st.integers(2000, 2020), min_size=1, max_size=9), st.integers(2000, 2020))
def test_it_lies_between_those_that_are_in_order_around_it(mine: Mine, years: list[int], new: int) -> None:
    mine.write("".join(event(number, str(year)) for number, year in enumerate(years)))
    mine.add("event", id="new", title="new", date=str(new))
    at = ids(mine).index("new")
    sizes = range(len(years), 0, -1)
    longest = next(size for size in sizes if any(map(_in_order, combinations(years, size))))
    placed = [int(each["date"]) for each in tomli.loads(mine.text)["events"]]
    if 2 * longest > len(years):  # one of the longest series, and the new event, are in order
        assert any(
            _in_order((*left, new, *right))
            for size in range(longest + 1)
            for left in combinations(placed[:at], size)
            for right in combinations(placed[at + 1 :], longest - size)
        )
    else:
        assert at == len(years)


def _in_order(years: tuple[int, ...]) -> bool:
    return [*years] == sorted(years)


def test_several_go_each_to_its_own_place(mine: Mine) -> None:
    mine.write(event(1, "2016") + event(2, "2018"))
    mine.pipe("event", "".join(f'{{"title": "y{year}", "date": "{year}"}}' for year in (2019, 2015, 2017, 2014)))
    assert ids(mine) == ["y2014", "y2015", "e1", "y2017", "e2", "y2019"]


@pytest.mark.parametrize(
    "before", ["", "# nothing yet\n", "# no line end", '[chronology]\ntitle = "x"\n', '[chronology]\r\ntitle = "x"\r\n']
)
def test_the_first_of_its_table_goes_to_the_end(before: str, mine: Mine) -> None:
    mine.write(before)
    mine.add("event", id="new", title="new", date="2015")
    assert mine.text.startswith(before)
    assert ids(mine) == ["new"]
    assert ("\r\n" in mine.text) == ("\r\n" in before)
    assert mine.text.count("\n") == mine.text.count("\r\n") or "\r" not in mine.text


def test_a_file_that_is_not_there_is_not_made(mine: Mine) -> None:
    mine.path.unlink()
    with pytest.raises(DataError, match="korea init"):
        mine.add("event", title="x", date="2018")
    assert list(mine.path.parent.iterdir()) == []


@given(st.lists(DATES, max_size=6), st.lists(DATES, min_size=1, max_size=4))
def test_a_file_in_order_stays_in_order(mine: Mine, old: list[str], new: list[str]) -> None:
    ordered = sorted(old, key=lambda date: parse_stored(date).order)
    mine.write("".join(event(number, date) for number, date in enumerate(ordered)))
    mine.pipe(
        "event", "".join(f'{{"id": "n{number}", "title": "x", "date": "{date}"}}' for number, date in enumerate(new))
    )
    orders = [parse_stored(each["date"]).order for each in tomli.loads(mine.text)["events"]]
    assert orders == sorted(orders)
    assert len(orders) == len(old) + len(new)


def test_behind_what_adds_to_a_record_of_another_file_it_is_the_last(mine: Mine, tmp_path: Path) -> None:
    base = tmp_path / "base.toml"
    base.write_text(event(1, "2018"))
    mine.write('[[events]]\nextends = "e1"\nnote = "more"\n\n' + event(2, "2016"))
    mine.files = mine.files._replace(names=(str(base), str(mine.path)))
    mine.add("event", id="new", title="new", date="2015")
    assert [each.get("id", "-") for each in tomli.loads(mine.text)["events"]] == ["-", "e2", "new"]
