"""Dates in other languages: the names of months and weekdays, and the order of a date in each."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from korea_cli.base.errors import DateError
from korea_cli.dates.days import Day
from korea_cli.dates.months import month_number
from korea_cli.dates.parse import to_stored
from korea_cli.ingest.dates.dates import DateRules, read_date
from korea_cli.ingest.sheet import RowError

OPEN = DateRules(latest=2026)
TODAY = Day(2017, 11, 29)
LANGUAGES = ("ko", "ja", "zh", "ru", "de", "de_AT", "fr", "es", "es_PE", "it", "pt", "nl", "en", "en_GB")


@pytest.mark.parametrize(
    ("written", "stored"),
    [
        ("2017年4月30日", "2017-04-30"),
        ("2017년 4월 30일", "2017-04-30"),
        ("2017. 4. 30.", "2017-04-30"),
        ("2017年4月", "2017-04"),
        ("2017년", "2017"),
        ("30 апреля 2017 г.", "2017-04-30"),
        ("апрель 2017 г.", "2017-04"),
        ("30. April 2017", "2017-04-30"),
        ("den 30. Jänner 2017", "2017-01-30"),
        ("30 Mrz 2017", "2017-03-30"),
        ("le 1er mai 2017", "2017-05-01"),
        ("30 août 2017", "2017-08-30"),
        ("30 de abril de 2017", "2017-04-30"),
        ("el 30 de septiembre del 2017", "2017-09-30"),
        ("setiembre de 2017", "2017-09"),
        ("1º de maio de 2017", "2017-05-01"),
        ("1.º de março de 2017", "2017-03-01"),
        ("il 1° maggio 2017", "2017-05-01"),
        ("30 mrt. 2017", "2017-03-30"),
        ("c. mai 2017", "2017-05~"),
        ("5.\u20138. Mai 2017", "2017-05-05/2017-05-08"),
        ("5-8 de mayo de 2017", "2017-05-05/2017-05-08"),
        ("June 3d, 1862", "1862-06-03"),
        ("June 22d 1862", "1862-06-22"),
    ],
)
def test_a_date_in_another_language_is_the_same_date_through_every_entrance(written: str, stored: str) -> None:
    assert read_date(written, OPEN).text == to_stored(written, TODAY) == stored


@pytest.mark.parametrize(
    "written",
    [
        "Sonntag, 30. April 2017", "So., 30. Apr. 2017", "dimanche 30 avril 2017", "воскресенье, 30 апреля 2017 г.",
        "вс, 30 апр. 2017 г.", "domingo, 30 de abril de 2017", "domenica 30 aprile 2017", "zondag 30 april 2017",
        "2017年4月30日日曜日", "2017年4月30日(日)", "2017년 4월 30일 일요일", "2017년 4월 30일(일)",
        "2017年4月30日星期日", "30 April 2017 (Sunday)", "30 April 2017, Sun", "Sun., 30 Apr 2017",
    ],
)  # fmt: skip
def test_a_weekday_of_any_language_is_compared_with_the_date(written: str) -> None:
    assert read_date(written, OPEN).text == "2017-04-30"
    with pytest.raises(RowError, match="that day was a Mon, not a Sun"):
        read_date(written.replace("30", "24"), OPEN)


def test_a_name_that_two_months_have_is_none() -> None:
    assert month_number("jui") is None
    assert month_number("ma") is None
    assert [month_number(word) for word in ("juin", "juil", "mag", "ago", "out", "mrt")] == [6, 7, 5, 8, 10, 3]
    with pytest.raises(DateError):
        to_stored("30 jui 2017", TODAY)


def test_the_table_is_what_the_script_writes(monkeypatch: pytest.MonkeyPatch) -> None:
    pytest.importorskip("babel")
    monkeypatch.syspath_prepend("scripts")
    import date_words

    assert date_words.TABLE.read_text("utf-8") == date_words.text()


@given(st.dates(dt.date(1000, 1, 1), dt.date(9999, 12, 31)), st.sampled_from(LANGUAGES))
def test_every_form_of_a_language_is_its_day_or_asks_for_the_order(day: dt.date, language: str) -> None:
    dates = pytest.importorskip("babel.dates")
    for form in ("full", "long", "medium"):
        written = dates.format_date(day, form, locale=language)
        try:
            assert read_date(written, OPEN).text == day.isoformat(), written
        except RowError as error:
            assert "Use --day-first or --month-first" in str(error), written  # noqa: PT017 - most are read
