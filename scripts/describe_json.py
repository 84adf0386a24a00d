"""Tables of the keys of JSON output. The types of values are read from the answers to sample queries."""

from __future__ import annotations

import re
from functools import partial
from typing import TYPE_CHECKING, Any

from korea_cli import commands
from korea_cli.cli.schemas.meanings import MEANINGS
from korea_cli.model.records import RECORDS, keys_of
from korea_cli.report.report import head_of
from korea_cli.rows.short import SHORT
from markdown import code_list, table
from samples import answers_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from korea_cli.model.records import Record
    from korea_cli.report.report import Report
    from korea_cli.report.sections import Section

_HEAD = {
    "schema_version": "version of this format",
    "command": "command that answered",
    "chronology": "title and `as_of` of the chronology, and each file with its SHA-256",
    "query": "the query as it was understood",
    "count": "number of records listed",
    "matched": "number of records that matched, before `--limit`",
}
_QUERY = {
    "terms": "terms of the query, including options such as `--actor`",
    "from": "first day of the range; null if there is none",
    "to": "last day of the range; null if there is none",
    "year_assumed": "whether the year was assumed for a date typed without one",
    "around": "value of `--around`",
    "known_by": "the day by which records were known; null without `--known-by`",
    "certain": "whether `--certain` was used",
    "with_withdrawn": "whether `--with-withdrawn` was used",
    "today": 'the day used for "today"; null for commands that select no records, such as `check`',
    "limit": "value of `--limit`",
    "reverse": "whether `--reverse` was used",
    "sort": "value of `--sort`",
    "fields": "value of `--fields`; null if the rows have all their keys",
    "arguments": "other arguments of the command, by name: `{name}` for `actor`, `{by, lanes, top}` for `chart`,"
    " `{names, style}` for `cite`",
}
_COMMANDS = {
    "problem": "check", "index": "cache", "period": "chart", "citation": "cite", "change": "diff", "pair": "pairs",
    "gap": "gaps",
}  # fmt: skip
_COMMANDS |= dict.fromkeys(("dispute", "position"), "disputes") | dict.fromkeys(("speaker", "remark"), "positions")


def _types_of(values: Iterable[Any]) -> str:
    """Name the types of some values: `text or null`, `list of {id, name}`."""
    types = dict.fromkeys(_type_of(value) for value in values)
    if len(types) > 1:
        types.pop("list", None)  # an empty list among others
    return " or ".join(sorted(types, key=lambda type_: type_ == "null"))


def _type_of(value: Any) -> str:  # noqa: ANN401 - any JSON value
    if isinstance(value, dict):
        return f"`{{{', '.join(value)}}}`" if value else "object"
    if isinstance(value, list):
        items = re.sub(r"(text|number)$", r"\1s", _types_of(value))
        return f"list of {items}" if value else "list"
    if value is None:
        return "null"
    return "true or false" if isinstance(value, bool) else "number" if isinstance(value, int) else "text"


def _rows(answers: Iterable[Report], type_: str) -> Iterator[dict[str, Any]]:
    sections = [section for report in answers for section in report.sections]
    for section in (*sections, *(section.parts for section in sections if section.parts)):
        for row in section.rows:
            if row.type == type_:
                yield {column.key: column.value(row) for column in section.columns[type_]}


def _lines(meanings: Mapping[str, str], rows: Iterable[Mapping[str, Any]]) -> list[tuple[str, str, str]]:
    rows = list(rows)
    return [(f"`{key}`", _types_of(row[key] for row in rows), meaning) for key, meaning in meanings.items()]


_HEADING = ("key", "value", "meaning")


def head() -> str:
    """List the keys before the records."""
    heads = [head_of(report) for command in ("timeline", "check") for report in answers_of(command)]
    return table(_HEADING, _lines({key: _HEAD[key] for key in heads[0]}, heads))


def query() -> str:
    """List the keys of `query`."""
    queries: list[Any] = [head_of(report)["query"] for report in answers_of("timeline")]
    limited = {**queries[0], "terms": ["thaad"], "limit": 1, "sort": "title", "fields": ["id"]}
    return table(_HEADING, _lines({key: _QUERY[key] for key in queries[0]}, [*queries, limited]))


def lists() -> str:
    """List the sections that each command returns, with their type."""
    rows = []
    for command in filter(_returns_report, commands.names()):
        keys: dict[str, list[str]] = {}
        sections: dict[str, list[Section]] = {}
        for section in (each for report in answers_of(command) for each in report.sections):
            sections.setdefault(section.key, []).append(section)
        for key, variants in sections.items():
            keys.setdefault(_section_type(variants[0], variants), []).append(key)
        rows += [(f"`{command}`", code_list(names), type_) for type_, names in keys.items()]
    return table(("command", "key", "value"), rows)


def _returns_report(command: str) -> bool:
    return "Report" in str(commands.load(command).answer.__annotations__.get("return"))


def _section_type(section: Section, variants: Iterable[Section]) -> str:
    types = " or ".join(section.columns.types)
    if not section.single:
        return f"list of {types}"
    return types if all(any(True for _ in each.rows) for each in variants) else f"{types}, null if nothing matched"


def _listings(record: type[Record]) -> tuple[Report, ...]:
    return answers_of("timeline" if record.table == "events" else record.table)


def record(record: type[Record]) -> str:
    """List the keys of a record."""
    answers = _listings(record)
    choices = {key.shown_as or name: key.choices for name, key in keys_of(record).items()}
    meanings = {
        each.key: each.help + (f": {code_list(choices[each.key])}" if choices.get(each.key) else "")
        for each in answers[0].sections[0].columns[record.type]
    }
    return table(_HEADING, _lines(meanings, _rows(answers, record.type)))


def relations() -> str:
    """List the further keys that `show` and `actor` add to records."""
    rows = []
    for record in RECORDS:
        listing_keys = _listings(record)[0].sections[0].keys
        columns = answers_of("show")[0].sections[0].columns[record.type]
        meanings = {each.key: each.help for each in columns if each.key not in listing_keys}
        rows += [(record.type, *line) for line in _lines(meanings, _rows(answers_of("show"), record.type))]
    return table(("type", *_HEADING), rows)


def other_row(type_: str) -> str:
    """List the keys of rows that are not records."""
    rows = list(_rows(answers_of(_COMMANDS.get(type_, "stats")), type_))
    meanings = {key: MEANINGS[type_].get(key, f'"{type_}"') for key in rows[0]}
    return table(_HEADING, _lines(meanings, rows))


def short() -> str:
    """List the keys that sheets have by default of each type of record."""
    return table(("records", "columns"), [(f"{type_}s", code_list(keys)) for type_, keys in SHORT.items()])


BLOCKS: dict[str, Callable[[], str]] = {
    "head": head,
    "query": query,
    "lists": lists,
    "relations": relations,
    "short": short,
    **{f"record {each.type}": partial(record, each) for each in RECORDS},
    **{f"rows {type_}": partial(other_row, type_) for type_ in MEANINGS},
}
