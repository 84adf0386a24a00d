"""Describe what a data file may say, from the model, the dates and the checks."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from korea_cli.base.errors import DateError
from korea_cli.checks import rules_of
from korea_cli.checks.explaining import READING
from korea_cli.dates.edtf import parse_stored
from korea_cli.model.records import RECORDS, Header, keys_of, written_keys
from markdown import table, words

if TYPE_CHECKING:
    from collections.abc import Callable

    from korea_cli.base.problems import Severity
    from korea_cli.model.field_spec import Key
    from korea_cli.model.records import Record

_FORMS = {
    "slug": "id", "text": "text", "texts": "list of texts", "date": "date", "choice": "one of these words",
    "other_dates": "list of `{ date, sources, note }`", "flag": "true or false", "whole": "whole number",
    "cites": "list of sources", "url": "address", "time": "text",
}  # fmt: skip
_DATES = (
    ("2016", "some time in that year"),
    ("2016-04", "some time in that month"),
    ("2017-05-25", "that day"),
    ("2016-33", "a quarter of a year: 33, 34, 35, 36"),
    ("2016-37", "a third of a year: 37 early, 38 mid, 39 late"),
    ("2016-40", "half a year: 40, 41"),
    ("2017-07-04~", "about then"),
    ("2017-07-04?", "perhaps then"),
    ("2017-07-04%", "perhaps about then"),
    ("2017-07-XX", "one day of that month; which one is not known"),
    ("2017-XX", "one month of that year; which one is not known"),
    ("2017-07-07/2017-07-08", "a stretch, both ends included, each as precise as it is known"),
    ("2016-04/..", "begun then and still going on"),
    ("2016-04/", "begun then; its end is not known"),
    ("../2017", "always so until then"),
    ("/2017", "ended then; its beginning is not known"),
    ("[2017-07-03,2017-07-04]", "one of these"),
    ("[2017-06-01..2017-07-07]", "one day within"),
    ("[..2017-07-07]", "one day, no later than that"),
)
_NO_DATES = (
    "2017-22", "2017-07-04T09:10", "2017-02-30", "4 July 2017", "{2016,2017}", "../..", "2017-05/2017-04",
    "2017-07-07/08",
)  # fmt: skip


def keys(record: type[Record | Header]) -> str:
    """Tabulate the keys of a record as written in a file."""
    known = keys_of(record)
    rows = [
        (f"`{written}`", _form(known[name]), _meaning(known[name])) for written, name in written_keys(record).items()
    ]
    return table(("key", "value", "meaning"), rows)


def _form(key: Key) -> str:
    targets = " or ".join(each.removesuffix("s") for each in key.refers)
    if key.form in {"ref", "refs"}:
        return f"id of a {targets}" if key.form == "ref" else f"list of ids: {targets}"
    return _FORMS[key.form]


def _meaning(key: Key) -> str:
    choices = f": {words(key.choices)}" if key.choices else ""
    needed = ". **Required**" if key.required else ". Required by `--strict`" if key.strict else ""
    return f"{key.help}{choices}{needed}"


def dates() -> str:
    """Tabulate the forms of a stored date: meaning, how it is shown, which days it can touch."""
    known = [(text, meaning, parse_stored(text)) for text, meaning in _DATES]
    rows = [
        (f"`{text}`", meaning, date.show(), f"{date.earliest or '…'} to {date.latest or '…'}")
        for text, meaning, date in known
    ]
    return table(("written", "meaning", "shown as", "days it can touch"), rows)


def refused() -> str:
    """Tabulate what is no stored date, each with the program's own reason."""
    return table(("written", "why it is refused"), [(f"`{text}`", _refusal(text)) for text in _NO_DATES])


def _refusal(text: str) -> str:
    try:
        parse_stored(text)
    except DateError as error:
        return error.reason + (f"; write `{error.suggestion}`" if error.suggestion else "")
    raise ValueError(f"{text} is a date after all")


def checks(severity: Severity) -> str:
    """Tabulate the rules of one severity, those of reading itself among the errors."""
    rules = {name: str(rule.__doc__) for name, rule in rules_of(severity).items()}
    read = {name: text.partition("\n")[0] for name, text in READING.items()}
    known = read | rules if severity == "error" else rules
    return table(("check", "the rule"), [(f"`{name}`", said) for name, said in known.items()])


BLOCKS: dict[str, Callable[[], str]] = {
    **{f"keys {record.table}": partial(keys, record) for record in (Header, *RECORDS)},
    "dates": dates,
    "dates refused": refused,
    "checks error": partial(checks, "error"),
    "checks warning": partial(checks, "warning"),
    "checks note": partial(checks, "note"),
}
