"""Describe what JSON holds, from answers to samples: what its values are is seen, not said."""

from __future__ import annotations

import re
from functools import partial
from typing import TYPE_CHECKING, Any

from korea_cli import commands
from korea_cli.analysis.aggregates import Overview
from korea_cli.base.problems import Problem
from korea_cli.model.records import RECORDS, keys_of
from korea_cli.report.report import head_of
from markdown import table, words
from samples import answers_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from korea_cli.model.records import Record
    from korea_cli.report.report import Report
    from korea_cli.report.sections import Section

_HEAD = {
    "schema_version": "the version of this format",
    "command": "the command that answered",
    "chronology": "what was asked: its title, its closing day, and each file with its SHA-256",
    "query": "the question as it was understood",
    "count": "how many records are listed",
    "matched": "how many there were before `--limit`",
}
_QUERY = {
    "terms": "what was asked for, options such as `--actor` among it",
    "from": "the first day of the window; null where it is open or there is none",
    "to": "the last day of the window, likewise",
    "year_assumed": "whether a date was typed without its year and one was taken",
    "certain": "whether only what surely falls in the window was asked for",
    "today": 'the day that "today" meant; null where no records were selected, as by `check`',
    "limit": "the most records asked for",
    "reverse": "whether the order was turned round",
    "sort": "the key asked to order by",
    "fields": "the keys asked for with `--fields`; null where the rows have all their keys",
    "arguments": "what else the command was asked, by name: `{name}` of `actor`, `{by, lanes, top}` of `chart`,"
    " `{names, style}` of `cite`",
}
# What rows that are no records hold; the columns themselves say it of records.
_FURTHER: Mapping[str, Mapping[str, str]] = {
    "count": {
        "by": "what is counted by: `year`, `kind`, `topic`, or a part in events such as `turned to`",
        "value": "the value these have in common, as it is stored; null where they have none",
        "label": "that value in words",
        "event_count": "events that have it",
        "fact_count": "facts that have it",
    },
    Overview.type: {
        "title": "the chronology's title", "summary": "what it covers", "date_rule": "how its dates were chosen",
        "as_of": "the day it was closed", "first": "when the first of the events counted began",
        "last": "when the last of them ended; null while one is still going on",
        "event_count": "events counted", "fact_count": "facts counted", "actor_count": "actors in it",
        "topic_count": "topics in it", "source_count": "sources in it",
    },
    Problem.type: {
        "severity": "`error`, `warning` or `note`", "check": "the rule that is broken",
        "place": "file, line and column, as editors read them", "file": "the file", "line": "the line",
        "column": "the column", "record": "the record: its table, its number there, its id",
        "message": "what is wrong", "suggestion": "the nearest right thing",
    },
    "period": {
        "by": "the unit: `day`, `week`, `month`, `quarter` or `year`",
        "lane": "the id of its lane; null without lanes, or where the events have none", "lane_name": "that in words",
        "from": "its first day", "to": "its last day", "label": "the period in words",
        "event_count": "events surely within it, and in no other",
        "lasting": "events surely going on in it and beyond it",
        "possible": "events that may fall in it: their dates are not known so closely",
    },
    "citation": {
        "id": "the source", "locator": "the place in it", "style": "`chicago` or `apa`", "text": "the citation in full",
        "italics": "where each part of `text` in italics begins and ends",
        "links": "where each address in `text` begins and ends",
        "short": "how to point to it again, with the place", "note": "anything a reader must know before using it",
    },
    "change": {
        "change": "`added`, `removed`, `renamed`, `redated`, `retitled`, `gained`, `lost`, `reordered` or `changed`",
        "record": "the type of the record, or `chronology`", "id": "its id; of one that is renamed, the new one",
        "title": "what it is called", "key": "what changed of it; null where it is the record itself",
        "old": "what stood there, as a file has it", "new": "what stands there now, likewise",
        "words": "the change in words",
    },
    "index": {
        "files": "the files that were read; empty where that is not known, as in an unfinished index",
        "size": "bytes", "read": "when the files were read, in UTC", "current": "whether it would be opened now",
        "place": "what its files in the folder are called, but for their endings",
    },
}  # fmt: skip

_GIVEN_BY = {Problem.type: "check", "index": "cache", "period": "chart", "citation": "cite", "change": "diff"}


def _seen(values: Iterable[Any]) -> str:
    """Say what some values are: `text or null`, `list of {id, name}`."""
    kinds = dict.fromkeys(_kind(value) for value in values)
    if len(kinds) > 1:
        kinds.pop("list", None)  # an empty one among fuller ones
    return " or ".join(sorted(kinds, key=lambda kind: kind == "null"))


def _kind(value: Any) -> str:  # noqa: ANN401 - any value of JSON
    if isinstance(value, dict):
        return f"`{{{', '.join(value)}}}`" if value else "object"
    if isinstance(value, list):
        held = re.sub(r"(text|number)$", r"\1s", _seen(value))
        return f"list of {held}" if value else "list"
    if value is None:
        return "null"
    return "true or false" if isinstance(value, bool) else "number" if isinstance(value, int) else "text"


def _rows(answers: Iterable[Report], type_: str) -> Iterator[dict[str, Any]]:
    for section in (section for report in answers for section in report.sections):
        for row in section.rows:
            if row.type == type_:
                yield {column.key: column.value(row) for column in section.columns[type_]}


def _described(meanings: Mapping[str, str], rows: Iterable[Mapping[str, Any]]) -> list[tuple[str, str, str]]:
    rows = list(rows)
    return [(f"`{key}`", _seen(row[key] for row in rows), meaning) for key, meaning in meanings.items()]


_HEADING = ("key", "value", "meaning")


def head() -> str:
    """Tabulate what stands before the rows."""
    heads = [head_of(report) for command in ("timeline", "check") for report in answers_of(command)]
    return table(_HEADING, _described({key: _HEAD[key] for key in heads[0]}, heads))


def query() -> str:
    """Tabulate what is said of the question."""
    asked: list[Any] = [head_of(report)["query"] for report in answers_of("timeline")]
    limited = {**asked[0], "terms": ["thaad"], "limit": 1, "sort": "title", "fields": ["id"]}
    return table(_HEADING, _described({key: _QUERY[key] for key in asked[0]}, [*asked, limited]))


def lists() -> str:
    """Tabulate the lists that each command gives, with what is in them."""
    rows = []
    for command in filter(_reports, commands.names()):
        keys: dict[str, list[str]] = {}
        for number, section in enumerate(answers_of(command)[0].sections):
            same = [report.sections[number] for report in answers_of(command)]
            keys.setdefault(_held(section, same), []).append(section.key)
        rows += [(f"`{command}`", words(named), held) for held, named in keys.items()]
    return table(("command", "key", "value"), rows)


def _reports(command: str) -> bool:
    return "Report" in str(commands.load(command).answer.__annotations__.get("return"))


def _held(section: Section, same: Iterable[Section]) -> str:
    types = " or ".join(section.columns.types)
    if not section.single:
        return f"list of {types}"
    return types if all(any(True for _ in each.rows) for each in same) else f"{types}, null when nothing matched"


def _listed(record: type[Record]) -> tuple[Report, ...]:
    return answers_of("timeline" if record.table == "events" else record.table)


def record(record: type[Record]) -> str:
    """Tabulate the keys of a record."""
    answers = _listed(record)
    choices = {key.shown_as or name: key.choices for name, key in keys_of(record).items()}
    meanings = {
        each.key: each.help + (f": {words(choices[each.key])}" if choices.get(each.key) else "")
        for each in answers[0].sections[0].columns[record.type]
    }
    return table(_HEADING, _described(meanings, _rows(answers, record.type)))


def relations() -> str:
    """Tabulate what is added where records are shown in full."""
    rows = []
    for record in RECORDS:
        plain = _listed(record)[0].sections[0].keys
        shown = answers_of("show")[0].sections[0].columns[record.type]
        meanings = {each.key: each.help for each in shown if each.key not in plain}
        rows += [(record.type, *line) for line in _described(meanings, _rows(answers_of("show"), record.type))]
    return table(("of", *_HEADING), rows)


def further(type_: str) -> str:
    """Tabulate the keys of rows that are no records."""
    rows = list(_rows(answers_of(_GIVEN_BY.get(type_, "stats")), type_))
    meanings = {key: _FURTHER[type_].get(key, f'"{type_}"') for key in rows[0]}
    return table(_HEADING, _described(meanings, rows))


BLOCKS: dict[str, Callable[[], str]] = {
    "head": head,
    "query": query,
    "lists": lists,
    "relations": relations,
    **{f"record {each.type}": partial(record, each) for each in RECORDS},
    **{f"rows {type_}": partial(further, type_) for type_ in _FURTHER},
}
