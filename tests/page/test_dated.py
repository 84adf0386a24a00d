"""How the page tells dates: in words, how precisely they are known, and from where."""

from __future__ import annotations

from typing import Any

import pytest

from korea_cli.dates.parse import parse_stored
from korea_cli.formats.page.dates import machine_form, precision, remarks_on


@pytest.mark.parametrize(
    ("stored", "words", "remarks"),
    [
        ("2017-07-04", "4 Jul 2017", ("Known to the day.",)),
        ("2017-07-04~", "c. 4 Jul 2017", ("Known to the day.", "Approximate.")),
        ("2017-07", "Jul 2017", ("Known to the month: 1 Jul 2017 to 31 Jul 2017.",)),
        ("2016-37", "early 2016", ("Known to the third of a year: 1 Jan 2016 to 30 Apr 2016.",)),
        ("2017?", "2017?", ("Known to the year: 1 Jan 2017 to 31 Dec 2017.", "Uncertain.")),
        ("[2017-07-03,2017-07-04]", "3 or 4 Jul 2017", ("On an unknown day, 3 Jul 2017 to 4 Jul 2017.",)),
        ("[..2017-07-07]", "by 7 Jul 2017", ("On an unknown day, no later than 7 Jul 2017.",)),
        ("[2017-07-07..]", "7 Jul 2017 or later", ("On an unknown day, no earlier than 7 Jul 2017.",)),
        ("2017-06-18/2017-06-19", "18–19 Jun 2017", ("Began on 18 Jun 2017; ended on 19 Jun 2017.",)),
        (
            "2016-04/..",
            "since Apr 2016, ongoing",
            ("Began on an unknown day, 1 Apr 2016 to 30 Apr 2016; no end given.",),
        ),
        ("../2017-01-02", "until 2 Jan 2017", ("No start given; ended on 2 Jan 2017.",)),
        (
            "2017-01-02/", "from 2 Jan 2017, end unknown",
            ("Began on 2 Jan 2017; ended on an unknown day.",),
        ),
        (
            "/2017-01-02", "until 2 Jan 2017, start unknown",
            ("Began on an unknown day, no later than 2 Jan 2017; ended on 2 Jan 2017.",),
        ),
    ],
)  # fmt: skip
def test_a_date_says_what_is_known_and_what_is_not(stored: str, words: str, remarks: tuple[str, ...]) -> None:
    date = parse_stored(stored)
    assert (str(date), precision(date)) == (words, " ".join(remarks))


def test_an_event_also_says_how_its_date_is_known_and_in_which_words_it_was_given() -> None:
    row: Any = {"type": "event", "date_basis": "year-inferred", "date_text": "July 4"}
    assert remarks_on(row, parse_stored("2017-07-04")) == (
        "Known to the day. Year inferred: the source gives none. In the source's words: “July 4”."
    )


@pytest.mark.parametrize(
    ("stored", "machine"),
    [
        ("2017", "2017"), ("2017-07", "2017-07"), ("2017-07-04", "2017-07-04"), ("2017-07-04~", ""), ("2016-37", ""),
        ("2017-07-XX", ""), ("0079-08-24", "0079-08-24"), ("-0043", ""), ("0000-12-31", ""),
        ("2017-07-07/2017-07-08", ""), ("[2017-07-03,2017-07-04]", ""),
    ],
)  # fmt: skip
def test_html_is_given_only_what_it_can_say(stored: str, machine: str) -> None:
    assert machine_form(parse_stored(stored)) == machine


@pytest.mark.parametrize(
    ("stored", "vague"),
    [
        ("2017-07-04", False),
        ("2017-07-07/2017-07-08", False),
        ("2017-07", True),
        ("2017-07-04?", True),
        ("../2017-07-04", True),
    ],
)
def test_vague_is_what_has_no_known_day_or_end(stored: str, vague: bool) -> None:  # noqa: FBT001 - a column of the table
    assert parse_stored(stored).is_vague is vague
