"""Reports on small sample files: records with every key set and records with only the required keys."""

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
from korea_cli.chronology.opening import open_chronology
from korea_cli.cli.notices import StderrNotices
from korea_cli.model.header import Header
from korea_cli.model.records import RECORDS, keys_of, written_keys
from korea_cli.query.selection import Selection
from korea_cli.reading.locate import MAX_SIZE

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from korea_cli.model.records import Record
    from korea_cli.report.report import Report

_CHANGED = """
[[facts]]
id = "first"
text = "It is so."
holders = ["somebody"]
date = "2017"
[[facts]]
id = "then"
text = "It is not so."
holders = ["somebody"]
date = "2018"
disputed_by = ["first"]
"""
_IDS = [f"{which}-{each.type}" for each in RECORDS for which in ("full", "least")]
_ARGUMENTS: dict[str, dict[str, Any]] = {  # of the command itself
    "actor": {"name": "least-actor"}, "chart": {"lanes": "kind"}, "show": {"names": _IDS},
    "cite": {"names": [*_IDS[:2], "full-event"], "style": "apa"},
}  # fmt: skip


_TWO_DEALINGS = """
[[events]]
id = "one"
title = "One"
date = "2017-07-04"
actors = ["a"]
recipients = ["b"]
[[events]]
id = "two"
title = "Two"
date = "2017-07-09"
kind = "meeting"
actors = ["b", "a"]
[[events]]
id = "three"
title = "Three"
date = "../2016"
actors = ["a", "c"]
[[events]]
id = "four"
title = "Four"
date = "2016-04/.."
actors = ["b", "c"]
"""


@contextmanager
def _files(*texts: str) -> Iterator[list[str]]:
    with TemporaryDirectory() as folder:
        files = [Path(folder) / f"{number}.toml" for number, _ in enumerate(texts)]
        for file, text in zip(files, texts, strict=True):
            file.write_text(text, "utf-8")
        yield [str(file) for file in files]


@cache
def answers_of(command: str) -> tuple[Report, ...]:
    """Return a command's reports on the samples: all of them, a range, an empty range, and single files."""
    answer = cast("Callable[..., Report]", commands.load(command).answer)
    if command == "cache":
        return _cache_reports(answer)
    if command == "check":
        broken = "[[events]]\nid = 'one'\ntitle = 'One'\ndate = '2017-07-08'\nacters = []\n"
        with _files(broken, f"x = {'[' * 5000}") as files:
            return (answer(load(files)),)
    if command == "diff":
        with _files(_sample(), _sample().replace("Full", "Fuller"), "") as (old, new, empty):
            notices = StderrNotices(quiet=True)
            return (answer(notices, old, new, [], MAX_SIZE), answer(notices, empty, old, [], MAX_SIZE))
    if command in {"gaps", "pairs"}:
        with _files(_TWO_DEALINGS) as files:
            chronology = open_chronology(*files, cache=False)
            return tuple(answer(chronology=chronology, selection=Selection(period=each)) for each in (None, "2017"))
    terms = ("full",) if command == "search" else ()
    arguments = _ARGUMENTS.get(command, {})
    with _files(_sample(), _inline_sample(), "", _CHANGED) as (full, inline, empty, changed):
        chronology = open_chronology(full, inline, cache=False)
        selections = [Selection(terms=terms, period=period) for period in (None, "2017-07-04", "1900")]
        selections.append(Selection(terms=terms, around="2017-07-05", known_by="2017-12-31"))
        if "selection" not in answer.__annotations__:
            return (answer(chronology=chronology, **arguments),)
        answers = [answer(chronology=chronology, selection=each, **arguments) for each in selections]
        if not arguments:
            answers += [
                answer(chronology=open_chronology(each, cache=False), selection=selections[0])
                for each in (empty, full, changed)
            ]
        if command == "stats":
            answers.append(answer(chronology=chronology, selection=selections[0], by="kind", lanes="status"))
    return tuple(answers)


def _cache_reports(answer: Callable[..., Report]) -> tuple[Report, ...]:
    """Return the report on a cache folder that has a finished and an unfinished index."""
    with _files("") as (file,), TemporaryDirectory() as folder, patch.dict(os.environ, KOREA_CACHE=folder):
        open_chronology(file).close()
        (Path(folder) / f"{'0' * 16}.index.unfinished.draft").touch()
        return (answer(),)


def _sample() -> str:
    """Return a file that has two records of each type: one with every key, one with only the required keys."""
    keys = ("title", "as_of", "about", "date_rule")
    tables = [f"[{Header.table}]", *(f"{name} = {_value(Header, name)}" for name in keys)]
    for record in RECORDS:
        full = [f"{key} = {_value(record, name)}" for key, name in written_keys(record).items()]
        least = [f"{name} = {_least_value(record, name)}" for name, key in keys_of(record).items() if key.required]
        tables += [f"[[{record.table}]]", *full, f"[[{record.table}]]", *least]
    return "\n".join([*tables, ""])


def _inline_sample() -> str:
    """Return a file whose records are inline, so they have no line number, and whose dates have no start."""
    lists = [
        f"{record.table} = [{{ id = 'inline-{record.type}', {_title_key(record)} = 'Inline'{_open_dates(record)} }}]"
        for record in RECORDS
    ]
    return "\n".join(lists)


def _title_key(record: type[Record]) -> str:
    return next(name for name, key in keys_of(record).items() if key.required and key.form == "text")


def _open_dates(record: type[Record]) -> str:
    return "".join(f", {name} = '../2017'" for name, key in keys_of(record).items() if key.dated)


def _least_value(record: type[Record], name: str) -> str:
    form = keys_of(record)[name].form
    return f"'least-{record.type}'" if form == "slug" else "'2017-07-04/..'" if form == "date" else "'Least'"


def _value(record: type[Record | Header], name: str) -> str:
    """Return a value for a key, as TOML. References are to the records with only the required keys."""
    key = keys_of(record)[name]
    targets = [f"least-{table.removesuffix('s')}" for table in key.refers]
    values = {
        "slug": f"'full-{record.table.removesuffix('s')}'", "texts": "['Full']", "date": "'2017-07-04'",
        "flag": "true", "other_dates": "[{ date = '2017-07-03', sources = ['least-source#p1'], note = 'why' }]",
        "ref": f"'{''.join(targets)}'", "refs": str(targets), "cites": f"['{''.join(targets)}#p1']",
        "url": "'https://example.org/'", "time": "'Asia/Seoul'" if name == "timezone" else "'09:10'",
        "country": "'KOR'", "language": "'ko'", "wikidata": "'Q884'", "doi": "'10.1000/182'", "isbn": "'0-306-40615-2'",
        "path": "'copies/full.pdf'", "sha256": f"'{'0' * 64}'",
    }  # fmt: skip
    return f"'{key.choices[0]}'" if key.choices else values.get(key.form, "'Full'")
