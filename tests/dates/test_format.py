"""Stored dates in words: as much as is known, never a day nobody knew."""

from __future__ import annotations

import datetime as dt

import pytest

from korea_cli.dates.format import span_text
from korea_cli.dates.parse import parse_stored


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("2017-05-25", "25 May 2017"),
        ("2017-07-04", "4 Jul 2017"),
        ("2016-04", "Apr 2016"),
        ("2016", "2016"),
        ("0592", "592 AD"),
        ("1592", "1592"),
        ("-0043", "44 BC"),
        ("0000-12-31~", "c. 31 Dec 1 BC"),
        ("2016-33", "Q1 2016"),
        ("2016-36", "Q4 2016"),
        ("2016-37", "early 2016"),
        ("2016-38", "mid 2016"),
        ("2016-39", "late 2016"),
        ("2016-40", "H1 2016"),
        ("2016-41", "H2 2016"),
        ("2017-07-XX", "some day in Jul 2017"),
        ("2017-XX", "some month in 2017"),
        ("2017-XX-XX", "some day in 2017"),
        ("2017-07-04~", "c. 4 Jul 2017"),
        ("2017-07?", "Jul 2017?"),
        ("2017%", "c. 2017?"),
        ("2016-04/..", "since Apr 2016, ongoing"),
        ("2016-04~/..", "since c. Apr 2016, ongoing"),
        ("2016-04/", "from Apr 2016, end unknown"),
        ("../2017", "until 2017"),
        ("/2017", "until 2017, start unknown"),
        ("[..2017-07-07]", "by 7 Jul 2017"),
        ("[2017-07-07..]", "7 Jul 2017 or later"),
        ("[2017-07-03,2017-07-04]", "3 or 4 Jul 2017"),
        ("[2017-07-03,2017-07-04,2017-07-09]", "3, 4 or 9 Jul 2017"),
        ("[2017-04,2017-07]", "Apr or Jul 2017"),
        ("[2016-04,2017-07-03]", "Apr 2016 or 3 Jul 2017"),
        ("[2017-06-01..2017-07-07]", "between 1 Jun and 7 Jul 2017"),
        ("[2017-06-01..2017-06-07,2018]", "between 1 and 7 Jun 2017 or 2018"),
    ],
)
def test_one_date_is_shown_as_precisely_as_it_is_known(text: str, words: str) -> None:
    assert parse_stored(text).show() == words


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("2017-07-07/2017-07-08", "7–8 Jul 2017"),
        ("2017-05-31/2017-06-02", "31 May – 2 Jun 2017"),
        ("2016-12-30/2017-01-02", "30 Dec 2016 – 2 Jan 2017"),
        ("2017-05/2017-06", "May–Jun 2017"),
        ("2016/2017", "2016–2017"),
        ("2016~/2017~", "c. 2016–2017"),
        ("2016~/2017", "(c. 2016) – 2017"),
        ("2016/2017?", "2016 – (2017?)"),
        ("2017-07-XX/2017-08-XX", "some day in Jul – some day in Aug 2017"),
        ("2016-33/2016-34", "Q1–Q2 2016"),
        ("2016-37/2016-39", "early 2016 – late 2016"),
        ("2017-07-07/2017-08", "7 Jul – Aug 2017"),
        ("2017-12-30/2017", "30 Dec 2017 – 2017"),
        ("2017-07-07/2017-07-07", "7 Jul 2017"),
        ("2017-07-07~/2017-07-08~", "c. 7–8 Jul 2017"),
        ("2017-07-07?/2017-07-08?", "7–8 Jul 2017?"),
        ("2017-07-07~/2017-07-08", "(c. 7 Jul 2017) – 8 Jul 2017"),
        ("2017-07/2017-08?", "Jul 2017 – (Aug 2017?)"),
    ],
)
def test_an_interval_names_what_its_ends_share_only_once(text: str, words: str) -> None:
    assert parse_stored(text).show() == words


@pytest.mark.parametrize(
    ("first", "last", "words"),
    [
        ("2015-01-01", "2015-12-31", "1 Jan 2015 to 31 Dec 2015"),
        ("2017-05-25", "2017-05-25", "25 May 2017"),
        ("2017-05-01", None, "since 1 May 2017"),
        (None, "0592-05-31", "until 31 May 592 AD"),
        (None, None, "any day"),
    ],
)
def test_a_window_is_told_by_its_first_and_last_day(first: str | None, last: str | None, words: str) -> None:
    ordinals = [dt.date.fromisoformat(day).toordinal() if day else None for day in (first, last)]
    assert span_text(*ordinals) == words
