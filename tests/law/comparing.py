"""Three answers to one question, which must be the same: from the index, from the files, and by brute force."""

from __future__ import annotations

import traceback
from contextlib import ExitStack
from dataclasses import replace
from random import Random
from typing import TYPE_CHECKING, Any, NamedTuple

from korea_cli import KoreaError, Selection, commands, open_chronology
from korea_cli.checks.load import load_valid
from korea_cli.dates.days import Day
from korea_cli.model.records import RECORD_TYPES
from korea_cli.reading.corroboration import support
from law.answering import Right, answer
from law.chronologies import chronology, toml_of
from law.findings import as_compared
from law.known import claims_about
from law.oracle import Oracle, normal
from law.questions import Question, question

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path
    from typing import Self

    from korea_cli.chronology import Chronology
    from korea_cli.report.report import Report
    from korea_cli.report.sections import Section
    from law.chronologies import Tables

TODAY = Day(2018, 3, 1)
_OWN_OPTIONS = {
    "chart": ("by", "lanes", "top"), "stats": ("by", "lanes"), "disputes": ("state",),
    "pairs": ("roll_up", "least"), "positions": ("roll_up",),
}  # fmt: skip
AT_ONCE = 100  # questions to one chronology
# Counts are listed most frequent first; which of two equal ones comes first is nowhere promised for these.
UNORDERED = {"precisions"}


class Answer(NamedTuple):
    """What a chronology answers: rows by section as they are compared, the same as JSON, and the numbers beside them.

    refused: class, exit status and message, where it gave none.
    """

    sections: dict[str, list[dict[str, Any]]]
    json: list[list[dict[str, Any]]]
    numbers: tuple[int, int, tuple[int, int]] = (0, 0, (0, 0))
    refused: tuple[str, int, str] | None = None


class Difference(NamedTuple):
    """Where answers to a question differ: of which seed and chronology it is, and how."""

    seed: int
    number: int
    tables: Tables
    question: Question
    what: str

    def __str__(self) -> str:
        again = f"make fuzz SEED={self.seed} FIRST={self.number} QUERIES={AT_ONCE}"
        return f"{self.what}\n\n{self.question}\n\n{toml_of(self.tables)}\nRepeat with: {again}"


def differences(seed: int, number: int, folder: Path, most: int = AT_ONCE) -> Iterator[Difference]:
    """Ask one random chronology of a seed random questions; yield each whose answers differ."""
    tables = chronology(drawn(seed, number))
    with Opened(tables, folder / f"law-{number}.toml") as opened:
        for place in range(most):
            asked = question(drawn(seed, number, place), opened.records)
            if what := opened.difference(asked):
                yield Difference(seed, number, tables, asked, what)


def drawn(*numbers: int) -> Random:
    """Return random numbers that depend on some numbers only."""
    return Random(" ".join(map(str, numbers)))  # noqa: S311 - not for secrets


class Opened:
    """A chronology opened by its index, opened without one, and read for the oracle."""

    def __init__(self, tables: Tables, path: Path) -> None:
        """Write tables to a file, and open that."""
        path.write_text(toml_of(tables), "utf-8")
        draft = load_valid([str(path)]).draft
        support(draft)
        records = {f"{type_}s": draft.records[f"{type_}s"] for type_ in RECORD_TYPES}
        events = [replace(each, claims=claims_about(records, each)) for each in records["events"]]
        self.records = {**records, "events": events}
        self.oracle = Oracle(self.records, draft.header, TODAY)
        self._stack = ExitStack()
        self.indexed, self.plain = (
            self._stack.enter_context(open_chronology(path, cache=cache, today=TODAY)) for cache in (True, False)
        )

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._stack.close()

    def difference(self, asked: Question) -> str:
        """Say how the answers to a question differ; nothing when they are the same."""
        try:
            indexed, plain = ask(self.indexed, asked), ask(self.plain, asked)
        except Exception:  # noqa: BLE001 - whatever it is, it is what is looked for
            return f"internal error: {traceback.format_exc()}"
        if indexed != plain:
            return f"with an index:\n{indexed}\nwithout:\n{plain}"
        return _difference(plain, answer(self.oracle, asked))


def ask(chronology: Chronology, asked: Question) -> Answer:
    """Have the command that a question is for answer it."""
    try:
        return _answer(report_of(chronology, asked), asked)
    except KoreaError as error:
        return Answer({}, [], refused=(type(error).__name__, error.status, str(error)))


def report_of(chronology: Chronology, asked: Question) -> Report:
    """Have the command that a question is for answer it; raises KoreaError."""
    command: Any = commands.load(asked.command).answer
    further: dict[str, Any] = {}
    if asked.command in _OWN_OPTIONS:
        further = {name: getattr(asked, name) for name in _OWN_OPTIONS[asked.command]}
    elif asked.names:
        further = {"name": asked.names[0]} if asked.command == "actor" else {"names": list(asked.names)}
    report: Report = command(chronology=chronology, selection=Selection(**asked.options), **further)
    return report


def _answer(report: Report, asked: Question) -> Answer:
    sections = {
        section.key: [normal(row) for row in section.rows]
        if _has_records(section)
        else [as_compared(section.key, row) for row in section.values()]
        for section in report.sections
    }
    json = (
        json_of(report) if len(asked.options.get("terms", ())) % 2 else []
    )  # of every other question, for it takes long
    return Answer(sections, json, (report.listed, report.matched, report.possible[:2]))


def json_of(report: Report) -> list[list[dict[str, Any]]]:
    """Return the records of a report as JSON, whole and with two fields of theirs."""
    whole = [list(section.values()) for section in report.sections if _has_records(section)]
    return whole + [list(section.only(("type", "id")).values()) for section in report.sections if section.stored]


def _has_records(section: Section) -> bool:
    return section.columns.types[0] in RECORD_TYPES


def _difference(given: Answer, right: Right) -> str:
    """Say how an answer differs from the right one."""
    if given.refused and given.refused[1] == right.misspelt:
        return ""
    if right.refused or given.refused:
        status = given.refused[1] if given.refused else None
        wrong = status not in right.refused if right.refused else True
        return f"refused: {given.refused}\nright: refuse with {set(right.refused) or 'nothing'}" if wrong else ""
    if given.numbers != (right.listed, right.matched, right.possible):
        return f"count, matched, possible: {given.numbers}\nright: {(right.listed, right.matched, right.possible)}"
    for key, rows in right.sections.items():
        own = [{name: row.get(name) for name in wanted} for row, wanted in zip(given.sections[key], rows, strict=False)]
        if len(given.sections[key]) != len(rows) or _sorted(key, own) != _sorted(key, rows):
            return f"{key}: {_short(given.sections[key])}\nright: {_short(rows)}"
    return ""


def _sorted(key: str, rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return sorted(rows, key=str) if key in UNORDERED else rows


def _short(rows: list[dict[str, Any]]) -> str:
    """Name the rows of an answer."""
    keys = (
        "type", "id", "match", "event_count", "fact_count", "alone", "first", "last", "by", "value", "lane", "from",
        "to", "lasting", "possible", "label", "actor", "other", "kinds", "previous", "next", "day_count",
        "possible_day_count", "longer_event_count", "ongoing", "state", "positions", "lanes",
    )  # fmt: skip
    return "".join(f"\n  { ({key: row[key] for key in keys if key in row}) }" for row in rows)
