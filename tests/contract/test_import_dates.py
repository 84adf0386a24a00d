"""Dates of other people's files, read a column at a time: what decides them is reported, what does not is rejected."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from conftest import Korea, Run

    Import = Callable[..., Run]
    Dates = Callable[[], list[str]]
    Rows = Callable[[], list[dict[str, Any]]]


@pytest.fixture
def take(korea: Korea, mine: Path) -> Import:
    """Return what imports a sheet with a column of dates, and titles that number them."""

    def imported(*dates: str, options: tuple[str, ...] = (), name: str = "sheet.csv") -> Run:
        sheet = mine.with_name(name)
        if name.endswith(".json"):
            text = json.dumps([{"date": each, "title": str(n)} for n, each in enumerate(dates)])
        else:
            text = "\n".join(["Date;Title", *(f"{each};{n}" for n, each in enumerate(dates))])
        sheet.write_text(text, "utf-8")
        return korea("import", sheet, "-d", mine, *options)

    return imported


@pytest.fixture
def dates(rows: Rows) -> Dates:
    """Return what lists the dates in the file, in the order of the rows."""
    return lambda: [each["date"] for each in sorted(rows(), key=lambda each: int(each["title"]))]


# ---------------------------------------------------------------- day and month


@pytest.mark.parametrize("name", ["sheet.csv", "sheet.json"])
def test_one_date_settles_the_order_of_its_column(take: Import, dates: Dates, name: str) -> None:
    run = take("05.06.2020", "07.06.2020 - 08.06.2020", "13.06.2020", "01.02.2020?", name=name)
    assert run.code == 0, run.err
    assert "korea: read 3 dates of 'date' with the day first, as in '13.06.2020'" in run.err
    assert dates() == ["2020-06-05", "2020-06-07/2020-06-08", "2020-06-13", "2020-02-01?"]


def test_a_year_00_is_no_day_so_a_date_with_it_settles_the_order_too(take: Import, dates: Dates) -> None:
    run = take("05/06/00", "13/04/00")
    assert run.code == 0, run.err
    assert dates() == ["2000-06-05", "2000-04-13"]


def test_a_date_that_settles_it_may_come_after_any_number_of_rows(take: Import, dates: Dates) -> None:
    run = take(*["05/06/2020"] * 1500, "06/13/2020")
    assert run.code == 0, run.err
    assert "korea: read 1,500 dates of 'date' with the month first, as in '06/13/2020'" in run.err
    assert run.err.count("columns:") == 1
    assert dates() == ["2020-05-06"] * 1500 + ["2020-06-13"]


@pytest.mark.parametrize("before", [0, 1500])
def test_a_column_that_contradicts_itself_is_rejected_row_by_row(take: Import, dates: Dates, before: int) -> None:
    run = take("13/06/2020", *["2020"] * before, "05/06/2020", "06/14/2020", "2020-06-15")
    assert run.code == 1
    reason = (
        "date '05/06/2020' could be 2020-05-06 or 2020-06-05. Use --day-first or --month-first. Its column has dates"
    )
    assert f"{reason} with the day first ('13/06/2020') and with the month first ('06/14/2020')." in run.err
    assert "rejected 1 row" in run.out
    assert dates() == ["2020-06-13", *["2020"] * before, "2020-06-14", "2020-06-15"]


def test_nothing_is_guessed_where_no_date_settles_it(take: Import, dates: Dates) -> None:
    run = take("05/06/2020", "04/04/2020", "05.06.20", "13/06/20")
    assert run.code == 1
    assert run.err.count("Use --day-first or --month-first.") == 3
    assert dates() == ["2020-04-04"]


def test_an_option_overrides_what_a_column_shows(take: Import, dates: Dates) -> None:
    run = take("05/06/2020", "13/06/2020", options=("--month-first",))
    assert run.code == 1
    assert "no such day when the month comes first" in run.err
    assert dates() == ["2020-05-06"]


def test_each_column_has_its_own_order(korea: Korea, mine: Path) -> None:
    sheet = mine.with_name("sheet.csv")
    sheet.write_text(
        "Type;Title;Issued;Accessed\nsource;A;05/06/2020;05/06/2020\nsource;B;13/06/2020;06/13/2020\n", "utf-8"
    )
    run = korea("import", sheet, "-d", mine, "--type", "source")
    assert "read 1 date of 'issued' with the day first, as in '13/06/2020'" in run.err
    assert "read 1 date of 'accessed' with the month first, as in '06/13/2020'" in run.err
    found = [json.loads(line) for line in korea("sources", "-f", "jsonl", "-d", mine).out.splitlines()]
    assert {each["title"]: (each["issued"], each["accessed"]) for each in found} == {
        "A": ("2020-06-05", "2020-05-06"), "B": ("2020-06-13", "2020-06-13"),
    }  # fmt: skip


def test_a_saved_mapping_has_the_order_that_was_found(take: Import, dates: Dates, mine: Path) -> None:
    saved = mine.with_name("saved.toml")
    take("05/06/2020", "13/06/2020", options=("--save-mapping", str(saved)))
    assert 'order = "day"' in saved.read_text("utf-8")
    run = take("05/07/2020", options=("--mapping", str(saved)))
    assert (run.code, dates()) == (0, ["2020-06-05", "2020-07-05", "2020-06-13"])


def test_of_standard_input_only_the_first_rows_can_settle_it(korea: Korea, mine: Path) -> None:
    rows = [f"05/06/2020,A{n}" for n in range(1500)]
    for sheet, code in ((["13/06/2020,B", *rows], 0), ([*rows, "13/06/2020,B"], 2)):
        run = korea("import", "-", "-d", mine, "--dry-run", input="\n".join(["date,title", *sheet]).encode())
        assert run.code == code, run.err
    assert (
        "only later rows show which comes first in a date, day or month. Use --day-first or --month-first." in run.err
    )


# ---------------------------------------------------------------- what is reported


def test_dates_that_are_normalised_are_counted_and_kept_in_words(take: Import, korea: Korea, mine: Path) -> None:
    run = take("c1920", "19th century", "2031-05-16", "20310517", "2031/5/18")
    assert "korea: normalised 2 dates, such as 'c1920' to 1920~: kept as written in date_text\n" in run.err
    lines = korea("timeline", "-f", "jsonl", "-d", mine).out.splitlines()
    assert {each["date"]: each["date_text"] for each in map(json.loads, lines)} == {
        "1920~": "c1920", "[1800..1900]": "19th century", "2031-05-16": None, "2031-05-17": None, "2031-05-18": None,
    }  # fmt: skip


def test_dates_of_sources_are_counted_by_key(korea: Korea, mine: Path) -> None:
    sheet = mine.with_name("sheet.csv")
    sheet.write_text("Title,Issued,Accessed\nA,May 2017,2017-05-30T09:10:00Z\nB,2017,2017-06-01\n", "utf-8")
    run = korea("import", sheet, "-d", mine, "--type", "source")
    assert "korea: normalised 1 date of 'issued', such as 'May 2017' to 2017-05\n" in run.err
    assert "korea: left out the time of 1 date of 'accessed'\n" in run.err


@pytest.mark.parametrize(("first", "others", "told"), [(2, 38, False), (3, 37, True), (1, 0, False), (2, 0, True)])
def test_many_first_days_of_a_year_are_probably_years(take: Import, first: int, others: int, *, told: bool) -> None:
    run = take(
        *(f"{1900 + n}-01-01" for n in range(first)), *(f"{1900 + n}-05-02" for n in range(others)), "1850", "1851"
    )
    assert (f"korea: {first} of {first + others} days are 1 January: they are probably years." in run.err) is told


@pytest.mark.parametrize(
    ("titles", "told"),
    [
        (["New Year's Day"] * 3, False), (["Riots", "Riots", "Talks"], True),
        (["New Year's Day", "Riots", "Talks"], True),
        (["New Year's Day", "New Year's Day", "Founded"], False),
    ],
)  # fmt: skip
def test_a_holiday_on_1_january_is_no_year(korea: Korea, mine: Path, titles: list[str], *, told: bool) -> None:
    first = [f"{2030 + n}-01-01,{title}" for n, title in enumerate(titles)]
    others = [f"{2030 + n}-{day}" for n in range(3) for day in ("05-01,Labour Day", "12-25,Christmas", "08-02,Riots")]
    sheet = mine.with_name("sheet.csv")
    sheet.write_text("\n".join(["date,title", *first, *others]), "utf-8")
    assert ("are probably years" in korea("import", sheet, "-d", mine).err) is told


def test_a_calendar_of_holidays_has_no_years(korea: Korea, mine: Path) -> None:
    entries = [
        f"BEGIN:VEVENT\nUID:{n}\nDTSTART;VALUE=DATE:{2030 + n}0101\nSUMMARY:New Year's Day\nEND:VEVENT"
        for n in range(3)
    ]
    calendar = mine.with_name("x.ics")
    calendar.write_text("\n".join(["BEGIN:VCALENDAR", *entries, "END:VCALENDAR", ""]), "utf-8")
    run = korea("import", calendar, "-d", mine)
    assert "Imported 3 events" in run.out, run.err
    assert "1 January" not in run.err


def test_both_ends_of_a_range_may_be_years(take: Import) -> None:
    assert "2 of 2 days are 1 January: they are probably years." in take("1789-01-01/1799-01-01").err


def test_times_of_wikidata_become_dates_of_their_precision(take: Import, dates: Dates) -> None:
    run = take("+1789-00-00T00:00:00Z/9", "-0044-03-00T00:00:00Z/10", "+1789-07-14T00:00:00Z/11")
    assert run.code == 0, run.err
    assert dates() == ["1789", "-0043-03", "1789-07-14"]
