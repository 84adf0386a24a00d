"""Tables of the keys of a data file, the forms of a date, and the checks."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from korea_cli.base.errors import DateError
from korea_cli.checks import rules_of
from korea_cli.checks.explain import READING
from korea_cli.dates.days import Day, iso_day
from korea_cli.dates.parse import parse_stored, parse_typed
from korea_cli.model.header import Header
from korea_cli.model.records import RECORDS, keys_of, written_keys
from markdown import code_list, table

if TYPE_CHECKING:
    from collections.abc import Callable

    from korea_cli.base.problems import Severity
    from korea_cli.model.field_spec import Key
    from korea_cli.model.records import Record

_FORMS = {
    "slug": "id", "text": "text", "texts": "list of texts", "date": "date", "choice": "one of the values listed",
    "other_dates": "list of `{ date, sources, note }`", "flag": "true or false", "whole": "whole number",
    "cites": "list of sources", "url": "URL", "time": "text", "groups": "lists of texts",
    "country": "code", "language": "code", "wikidata": "Q-number", "doi": "DOI", "isbn": "ISBN",
    "path": "path", "sha256": "64 digits and letters",
}  # fmt: skip
_DATES = (
    ("2016", "some time in that year"),
    ("-0043", "a year before the year 1: `0000` is 1 BC"),
    ("2016-04", "some time in that month"),
    ("2017-05-25", "that day"),
    ("2016-33", "quarter of a year: 33 to 36"),
    ("2016-37", "third of a year: 37 early, 38 mid, 39 late"),
    ("2016-40", "half of a year: 40 or 41"),
    ("2017-07-04~", "approximate"),
    ("2017-07-04?", "uncertain"),
    ("2017-07-04%", "approximate and uncertain"),
    ("2017-07-XX", "a day in that month, unknown which"),
    ("2017-XX", "a month in that year, unknown which"),
    ("2017-07-07/2017-07-08", "from start to end, both included; each as exact as you know it"),
    ("2016-04/..", "ongoing since then"),
    ("2016-04/", "started then; the end is unknown"),
    ("../2017", "until then; the start is open"),
    ("/2017", "ended then; the start is unknown"),
    ("[2017-07-03,2017-07-04]", "one of these"),
    ("[2017-06-01..2017-07-07]", "one day between these"),
    ("[..2017-07-07]", "one day, no later than that"),
)
_TYPED_DATES = (
    "2017-05", "may 2017", "2017Q2", "early 2016", "july 3-5", "2017-04..2017-06", "apr to june 2017", "since may 2017",
    "before june 2017", "the 1990s", "around 1989", "44 BC", "100-50 BC", "AD 79", "last 2 months", "2017년 5월",
    "4 juillet 2017",
)  # fmt: skip
_TODAY = Day(2017, 7, 8)
_NO_DATES = (
    "2017-22", "2017-07-04T09:10", "2017-02-30", "4 July 2017", "{2016,2017}", "../..", "2017-05/2017-04",
    "2017-07-07/08",
)  # fmt: skip


def keys(record: type[Record | Header]) -> str:
    """List the keys of a record in a data file."""
    specs = keys_of(record)
    rows = [(f"`{key}`", _form(specs[name]), _meaning(specs[name])) for key, name in written_keys(record).items()]
    return table(("key", "value", "meaning"), rows)


def _form(key: Key) -> str:
    targets = " or ".join(each.removesuffix("s") for each in key.refers)
    if key.form in {"ref", "refs"}:
        return f"id of a {targets}" if key.form == "ref" else f"list of ids: {targets}"
    return _FORMS[key.form]


def _meaning(key: Key) -> str:
    choices = f": {code_list(key.choices)}" if key.choices else ""
    requirement = ". **Required**" if key.required else ". Required by `--strict`" if key.strict else ""
    return f"{key.help}{choices}{requirement}"


def dates() -> str:
    """List the forms of a stored date: its meaning, how it is displayed, and the days it may cover."""
    parsed = [(text, meaning, parse_stored(text)) for text, meaning in _DATES]
    rows = [
        (f"`{text}`", meaning, date.show(), f"{date.earliest or '…'} to {date.latest or '…'}")
        for text, meaning, date in parsed
    ]
    return table(("date", "meaning", "displayed as", "earliest and latest day"), rows)


def typed_dates() -> str:
    """List examples of typed dates, each with the range of days it selects."""
    spans = [(text, parse_typed(text, _TODAY)) for text in _TYPED_DATES]
    rows = [(f"`{text}`", _day(span.first), _day(span.last)) for text, span in spans]
    return table(("you type", "first day", "last day"), rows)


def _day(ordinal: int | None) -> str:
    return "…" if ordinal is None else iso_day(ordinal)


def invalid_dates() -> str:
    """List examples of invalid dates, each with its error message."""
    return table(("date", "error"), [(f"`{text}`", _error_of(text)) for text in _NO_DATES])


def _error_of(text: str) -> str:
    try:
        parse_stored(text)
    except DateError as error:
        return error.reason + (f". Write `{error.suggestion}`." if error.suggestion else "")
    raise ValueError(f"{text} is a valid date")


def checks(severity: Severity) -> str:
    """List the rules of one severity; the errors include those found while reading."""
    docs = {name: str(rule.__doc__) for name, rule in rules_of(severity).items()}
    if severity == "error":
        docs = {**READING, **docs}
    return table(("check", "rule"), [(f"`{name}`", doc.partition("\n")[0]) for name, doc in docs.items()])


BLOCKS: dict[str, Callable[[], str]] = {
    **{f"keys {record.table}": partial(keys, record) for record in (Header, *RECORDS)},
    "dates": dates,
    "typed dates": typed_dates,
    "invalid dates": invalid_dates,
    "checks error": partial(checks, "error"),
    "checks warning": partial(checks, "warning"),
    "checks note": partial(checks, "note"),
}
