"""Read a date of which the year, the month and the day have columns of their own."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from korea_cli.dates.days import YEAR
from korea_cli.dates.months import MONTH_NAMES, month_number
from korea_cli.dates.parse import parse_stored
from korea_cli.dates.spans import DateParseError
from korea_cli.dates.typed import stored_form
from korea_cli.ingest.dates.clocks import SheetDate
from korea_cli.ingest.dates.dates import checked, full_year, in_parts, is_date, read_date
from korea_cli.ingest.sheet import RowError

if TYPE_CHECKING:
    from korea_cli.ingest.dates.dates import DateRules


_YEARS = ("year", "end_year")
_OLD = re.compile(r"-\d+(?:\.0)?|0*[1-9]\d\d(?:\.0)?|0\d{3}", re.ASCII)  # no year that lacks its century
_SHORT = re.compile(r"(\d?[1-9]|[1-9]0)(?:\.0)?", re.ASCII)  # 0 stands for a year that is not known


class YearColumns:
    """Reads the columns of years of one sheet: where some have three digits or are before year 1, 79 is the year 79."""

    def __init__(self) -> None:
        self._old = False

    def complete(self, columns: dict[str, str]) -> dict[str, str]:
        """Return the columns of a row with years of four digits, where the rows so far show that none is cut off."""
        years = {key: columns[key].strip() for key in _YEARS if key in columns}
        if not years:
            return columns
        self._old |= any(map(_OLD.fullmatch, years.values()))
        short = {key: match for key, year in years.items() if self._old and (match := _SHORT.fullmatch(year))}
        return columns | {key: match[1].zfill(4) for key, match in short.items()}


def from_parts(year: str, month: str, day: str, rules: DateRules) -> SheetDate:
    """Return the date of up to three columns; raises RowError."""
    year, month, day = (part.removesuffix(".0") for part in (year, month, day))
    if day and not month:
        raise RowError(f"day '{day}' without a month")
    if not month:
        return SheetDate(*full_year(year, rules)) if re.fullmatch(r"\d\d", year, re.ASCII) else read_date(year, rules)
    number = int(month) if month.isdecimal() else month_number(month.rstrip(".").lower()) or 0
    if number not in range(1, 13):
        if day or month.isdecimal() or not is_date(season := f"{month} {year}"):
            raise RowError(f"'{month}' is not a month")
        return read_date(season, rules)  # `Spring`
    if common := _common_date(year, number, day):
        return read_date(common, rules)
    if not year.isdecimal():
        year = _year_of_era(year, f"year '{year}' of '{' '.join(filter(None, (day, month, year)))}' is not a number")
    if day and not day.isdecimal():  # `13-15`
        return read_date(f"{day} {MONTH_NAMES[number - 1]} {full_year(year, rules)[0]}", rules)
    return in_parts(year, number, day, rules)


def _common_date(year: str, month: int, day: str) -> str:
    """Return the date of a year of a Japanese era, such as `昭和25`; "" for any other year. Raises RowError."""
    from korea_cli.ingest.dates.spellings import usual_spelling  # noqa: PLC0415 - few sheets have such years

    whole = f"{year.removesuffix('年')}年{month}月" + (f"{day}日" if day.isdecimal() else "")
    common = usual_spelling(whole)
    return common if common != whole else ""


def _year_of_era(text: str, reason: str) -> str:
    """Return a year such as `44 BC` as it is stored; raises RowError with a reason."""
    try:
        year = checked(text) if text.startswith("-") else stored_form(text)
    except DateParseError as error:
        raise RowError(error.reason or reason) from None
    if not re.fullmatch(YEAR, year, re.ASCII):
        raise RowError(reason)
    return year


def more_exact(text: str, dated: SheetDate, parts: list[str], rules: DateRules) -> str:
    """Return the date of the year, month and day beside one, if it is the same and more exact, else "".

    Raises RowError for a date that is not in them, as far as these can be read.
    """
    year, month, day = parts
    try:
        other = from_parts(year, month, day if month else "", rules)
    except RowError:
        return ""
    span, date = (parse_stored(each.text) for each in (other, dated))
    if span.end_max < date.start_min or date.end_max < span.start_min:
        what = "" if month else f"the year '{year}', which has its own column"
        raise RowError(f"date '{text}' is not in {what or f'{other.text}, as the columns beside it have it'}")
    return other.text if other.text.startswith(f"{dated.text}-") else ""


def year_in(text: str, rules: DateRules) -> SheetDate:
    """Return the year of a column beside a date; an empty date if it has no single one."""
    try:
        year = from_parts(text, "", "", rules) if text else SheetDate()
    except RowError:
        return SheetDate()
    return year if re.fullmatch(f"{YEAR}[~?%]?", year.text, re.ASCII) else SheetDate()
