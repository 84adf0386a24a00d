"""Read years of Japanese eras as common years: `昭和25年` is 1950. The dates of the eras are those of CLDR."""

from __future__ import annotations

import re
from typing import NamedTuple
from unicodedata import normalize

from korea_cli.ingest.sheet import RowError

_Day = tuple[int, int, int]


class _JapaneseEra(NamedTuple):
    """The first day of an era, and its last one; that of two eras is counted to both, if both are in use for it."""

    first: _Day
    last: _Day = (9999, 12, 31)


_ERAS = {
    "明治": _JapaneseEra((1868, 10, 23), (1912, 7, 30)), "大正": _JapaneseEra((1912, 7, 30), (1926, 12, 25)),
    "昭和": _JapaneseEra((1926, 12, 25), (1989, 1, 7)), "平成": _JapaneseEra((1989, 1, 8), (2019, 4, 30)),
    "令和": _JapaneseEra((2019, 5, 1)),
}  # fmt: skip
_FIRST_COMMON = 1873  # the year from which Japan counts months as the common calendar does
_ERA = rf"({'|'.join(_ERAS)}|[\u32ff\u337b-\u337e]) ?"  # also in one sign: ㍼
_NUMBER = r"(元|\d{1,2})"
_TO = r" ?(?:から)? ?[-~\u301c\uff5e\u2013\u2014] ?"
_BOTH = re.compile(
    rf"(?:{_ERA}{_NUMBER}年? ?[(\uff08](\d{{4}})年?[)\uff09]|(\d{{4}})年? ?[(\uff08]{_ERA}{_NUMBER}年?[)\uff09])年?"
)
_DECADE = re.compile(rf"{_ERA}(\d?)0年代")
_YEARS = re.compile(rf"{_ERA}{_NUMBER}年?{_TO}{_NUMBER}年(?!\d| ?\d)")
_DATE = re.compile(
    rf"{_ERA}{_NUMBER}(?:年 ?(?:(\d{{1,2}}) ?月 ?(?:(\d{{1,2}}) ?日)?)?|([-/.])(\d{{1,2}})(?:\5(\d{{1,2}}))?|(?!\d|年))"
)


def with_common_years(text: str) -> str:
    """Return a text with the common year for each of an era; raises RowError for one that the era does not have."""
    if match := _DECADE.fullmatch(text):
        first = _checked(text, match[1], _year(match[1], f"{match[2]}0") + (not match[2]))
        last = min(_year(match[1], f"{match[2]}9"), _ERAS[normalize("NFKC", match[1])].last[0])
        return f"[{first}..{last}]"
    text = _BOTH.sub(_agreeing, text)
    text = _YEARS.sub(lambda match: f"{_common(match, 1, 2)}/{_common(match, 1, 3)}", text)
    return _DATE.sub(_dated, text)


def _year(era: str, number: str) -> int:
    return _ERAS[normalize("NFKC", era)].first[0] + (1 if number == "元" else int(number)) - 1


def _common(match: re.Match[str], era: int, number: int) -> int:
    return _checked(match[0], match[era], _year(match[era], match[number]))


def _agreeing(match: re.Match[str]) -> str:
    """Return the year of an era beside which the common year is, if both are the same."""
    era, number, common = (match[1], match[2], match[3]) if match[1] else (match[5], match[6], match[4])
    if (year := _year(era, number)) != int(common):
        raise RowError(f"date '{match[0]}': {normalize('NFKC', era)}{number}年 is {year}, not {int(common)}")
    return f"{era}{number}年"


def _dated(match: re.Match[str]) -> str:
    month, day = (int(part) if part else 0 for part in (match[3] or match[6], match[4] or match[7]))
    year = _checked(match[0], match[1], _year(match[1], match[2]), month, day)
    if match[5]:
        return "-".join(f"{part:02}" for part in (year, month, day) if part)
    return f"{year}年" + (f"{month}月" if month else "") + (f"{day}日" if day else "")


def _checked(text: str, era: str, year: int, month: int = 0, day: int = 0) -> int:
    """Return a year if it, its month or its day is in an era; raises RowError."""
    name = normalize("NFKC", era)
    first, last = _ERAS[name]
    if (year, month or 12, day or 31) < first or (year, month or 1, day or 1) > last:
        end = f" and ended on {_written(last)}" if last[0] < 9999 else ""  # noqa: PLR2004 - no end
        raise RowError(f"date '{text}' is not in its era: {name} began on {_written(first)}{end}")
    if year < _FIRST_COMMON:
        raise RowError(
            f"date '{text}' is before 1873, when Japan had another calendar. Write the date of the common one."
        )
    return year


def _written(day: _Day) -> str:
    return "{}-{:02}-{:02}".format(*day)
