"""A stored date says as much as CSL, and no more than is known."""

from __future__ import annotations

from typing import Any

import pytest

from korea_cli.citing.item import csl_date


@pytest.mark.parametrize(
    ("stored", "date"),
    [
        ("2017", {"date-parts": [[2017]]}),
        ("2017-07", {"date-parts": [[2017, 7]]}),
        ("2017-07-04", {"date-parts": [[2017, 7, 4]]}),
        ("0987-12-01", {"date-parts": [[987, 12, 1]]}),
        ("2017-XX", {"date-parts": [[2017]]}),
        ("2017-05-XX", {"date-parts": [[2017, 5]]}),
        ("2017-07-04~", {"date-parts": [[2017, 7, 4]], "circa": True}),
        ("2016?", {"date-parts": [[2016]], "circa": True}),
        ("2016/2017%", {"date-parts": [[2016], [2017]], "circa": True}),
        ("2017-06-30/2017-07-02", {"date-parts": [[2017, 6, 30], [2017, 7, 2]]}),
        ("2016/..", {"literal": "since 2016, ongoing"}),
        ("/2016", {"literal": "until 2016, start unknown"}),
        ("2016-33", {"literal": "Q1 2016"}),
        ("[2016,2017]", {"literal": "2016 or 2017"}),
        ("[..2017]", {"literal": "by 2017"}),
    ],
)
def test_a_date_has_parts_where_they_say_it_and_words_where_not(stored: str, date: dict[str, Any]) -> None:
    assert csl_date(stored) == date
