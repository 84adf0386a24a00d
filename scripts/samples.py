"""Ask small samples: one with every key filled and one with as few as can be, so that every kind of value is seen."""

from __future__ import annotations

import os
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any, cast
from unittest.mock import patch

from korea_cli import commands
from korea_cli.checks.load import load
from korea_cli.model.records import RECORDS, Header, keys_of, written_keys
from korea_cli.opening import open_chronology
from korea_cli.query.selection import Selection
from korea_cli.reading.locate import MAX_SIZE

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from korea_cli.model.records import Record
    from korea_cli.report.report import Report

_IDS = [f"{which}-{each.type}" for each in RECORDS for which in ("full", "least")]
_OWN: dict[str, dict[str, Any]] = {  # their own arguments
    "actor": {"name": "least-actor"}, "chart": {"lanes": "kind"}, "show": {"names": _IDS},
    "cite": {"names": [*_IDS[:2], "full-event"], "style": "apa"},
}  # fmt: skip


@contextmanager
def _written(*texts: str) -> Iterator[list[str]]:
    with TemporaryDirectory() as folder:
        files = [Path(folder) / f"{number}.toml" for number, _ in enumerate(texts)]
        for file, text in zip(files, texts, strict=True):
            file.write_text(text, "utf-8")
        yield [str(file) for file in files]


@cache
def answers_of(command: str) -> tuple[Report, ...]:
    """Answer a command from the samples: without a window, with one, with one that is empty, and of single files."""
    answer = cast("Callable[..., Report]", commands.load(command).answer)
    if command == "cache":
        return _kept(answer)
    if command == "check":
        broken = "[[events]]\nid = 'one'\ntitle = 'One'\ndate = '2017-07-08'\nacters = []\n"
        with _written(broken, f"x = {'[' * 5000}") as files:
            return (answer(load(files)),)
    if command == "diff":
        with _written(_sample(), _sample().replace("Full", "Fuller"), "") as (old, new, empty):
            return (answer(old, new, [], MAX_SIZE), answer(empty, old, [], MAX_SIZE))
    terms = ("full",) if command == "search" else ()
    own = _OWN.get(command, {})
    with _written(_sample(), _inline_sample(), "") as (full, inline, empty):
        chronology = open_chronology(full, inline, cache=False)
        asked = [Selection(terms=terms, period=period) for period in (None, "2017-07-04", "1900")]
        if "selection" not in answer.__annotations__:
            return (answer(chronology=chronology, **own),)
        answers = [answer(chronology=chronology, selection=each, **own) for each in asked]
        if not own:
            answers += [
                answer(chronology=open_chronology(each, cache=False), selection=asked[0]) for each in (empty, full)
            ]
    return tuple(answers)


def _kept(answer: Callable[..., Report]) -> tuple[Report, ...]:
    """Answer about a folder with an index and with one that was never finished."""
    with _written("") as (file,), TemporaryDirectory() as folder, patch.dict(os.environ, KOREA_CACHE=folder):
        open_chronology(file).close()
        (Path(folder) / f"{'0' * 16}.index.unfinished.draft").touch()
        return (answer(),)


def _sample() -> str:
    """Write a file that has, of each record type, one with every key filled and one with as few as can be."""
    said = ("title", "as_of", "about", "date_rule")
    tables = [f"[{Header.table}]", *(f"{name} = {_value(Header, name)}" for name in said)]
    for record in RECORDS:
        full = [f"{written} = {_value(record, name)}" for written, name in written_keys(record).items()]
        least = [f"{name} = {_least(record, name)}" for name, key in keys_of(record).items() if key.required]
        tables += [f"[[{record.table}]]", *full, f"[[{record.table}]]", *least]
    return "\n".join([*tables, ""])


def _inline_sample() -> str:
    """Write a file whose records stand in one list, so that they have no line, and whose dates have no beginning."""
    written = [
        f"{record.table} = [{{ id = 'inline-{record.type}', {_called(record)} = 'Inline'{_dated(record)} }}]"
        for record in RECORDS
    ]
    return "\n".join(written)


def _called(record: type[Record]) -> str:
    return next(name for name, key in keys_of(record).items() if key.required and key.form == "text")


def _dated(record: type[Record]) -> str:
    return "".join(f", {name} = '../2017'" for name, key in keys_of(record).items() if key.dated)


def _least(record: type[Record], name: str) -> str:
    form = keys_of(record)[name].form
    return f"'least-{record.type}'" if form == "slug" else "'2017-07-04/..'" if form == "date" else "'Least'"


def _value(record: type[Record | Header], name: str) -> str:
    """Give a value for a key, as TOML; references are to records with few keys."""
    key = keys_of(record)[name]
    targets = [f"least-{table.removesuffix('s')}" for table in key.refers]
    made = {
        "slug": f"'full-{record.table.removesuffix('s')}'", "texts": "['Full']", "date": "'2017-07-04'",
        "flag": "true", "other_dates": "[{ date = '2017-07-03', sources = ['least-source#p1'], note = 'why' }]",
        "ref": f"'{''.join(targets)}'", "refs": str(targets), "cites": f"['{''.join(targets)}#p1']",
        "url": "'https://example.org/'", "time": "'Asia/Seoul'" if name == "timezone" else "'09:10'",
    }  # fmt: skip
    return f"'{key.choices[0]}'" if key.choices else made.get(key.form, "'Full'")
