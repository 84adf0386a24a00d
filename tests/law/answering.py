"""The right answer to a question, by looking at every record: which rows each command gives, in which order."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any, NamedTuple

from korea_cli.base.errors import NO, USAGE
from korea_cli.dates.spans import OPEN_END, OPEN_START
from korea_cli.model.field_spec import CODES
from korea_cli.model.records import RECORD_TYPES, keys_of, title_of
from law.counting import DIMENSIONS, LANES, UNITS, Counting, bounded
from law.disputing import Work
from law.findings import gaps, pairs, required_speakers, sorted_speakers, speakers, split_names
from law.oracle import (
    ALL,
    DATED,
    EVERYTHING,
    LISTS,
    ROLES,
    Oracle,
    all_terms,
    excludes_elsewhere,
    group_of,
    normal,
    references,
    required_groups,
)
from law.reading import Wrong, called, find, has_phrase

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from law.oracle import Asked
    from law.questions import Question

Rows = list[dict[str, Any]]
SORTED_FORMS = {"text", *CODES, "slug", "choice", "time", "url", "ref", "flag", "date", "found"}
_LAST = 10_000_000  # a day after all others, for what has none


class Right(NamedTuple):
    """The right answer: rows by section, how many there are, and before a limit.

    possible: how many of what is listed or counted are only possibly in the window, and of how many.
    refused: the exit statuses that a refusal must have; empty where there is an answer. misspelt: the exit status that
    it may have, as the first word may be a misspelt name.
    """

    sections: dict[str, Rows]
    listed: int = 0
    matched: int = 0
    possible: tuple[int, int] = (0, 0)
    refused: frozenset[int] = frozenset()
    misspelt: int | None = None


def answer(oracle: Oracle, question: Question) -> Right:
    """Return the right answer to a question."""
    reasons = _reasons(oracle, question)
    if reasons:
        return Right({}, refused=frozenset(reasons))
    return _ANSWERS.get(question.command, _listed)(oracle.as_known(question.options), question)


def _reasons(oracle: Oracle, question: Question) -> set[int]:
    """Return the exit status of each reason to refuse a question."""
    options, types = question.options, question.types
    reasons = set[int]()
    if question.command == "pairs":
        try:
            question, named = _without_sides(question), question
            _sides(oracle, named)
        except Wrong as wrong:
            reasons.add(wrong.status)
    reasons |= oracle.reasons(question, types)
    if question.command == "actor":
        reasons |= oracle.reasons(question, DATED)
    for name in question.names:
        try:
            find(oracle.all, name, types)
        except Wrong:
            reasons.add(NO)
    limit, sort = options.get("limit"), options.get("sort")
    usage = (
        limit is not None and limit < 0,
        question.command == "search" and not all_terms(options),
        sort is not None and not _sortable(question.command, sort, types),
        (sort or "").casefold() == "distance" and options.get("around") is None,
        question.command == "chart" and _is_no_chart(question),
        question.command == "stats" and _is_no_count(question),
    )
    return reasons | ({USAGE} if any(usage) else set())


def _is_no_chart(question: Question) -> bool:
    return (
        (question.by is not None and question.by.casefold() not in UNITS)
        or (question.lanes is not None and question.lanes.casefold() not in LANES)
        or (question.top is not None and (question.lanes is None or question.top < 1))
    )


def _is_no_count(question: Question) -> bool:
    """Whether statistics are asked for by two of the same, by lanes alone, or by what no record has both of."""
    by, lanes = (each and each.casefold() for each in (question.by, question.lanes))
    if lanes is None:
        return False
    return by is None or by == lanes or not set(DIMENSIONS[by]) & set(DIMENSIONS[lanes])


# ---------------------------------------------------------------- lists


def _listed(oracle: Oracle, question: Question) -> Right:
    asked, types, options = oracle.asked(question, question.types), question.types, question.options
    named = [find(oracle.whole.all, name, types) for name in question.names]
    seen = {id(each): each for each in map(oracle.seen, named) if each}
    among = list(seen.values()) if question.names else [each for each in oracle.all if each.type in types]
    found = _in_order(oracle, question, asked, _selected(oracle, asked, types, among))
    rows = found[: options.get("limit")]
    key = f"{types[0]}s" if len(types) == 1 else "results"
    meant = rows
    if types[0] in LISTS and asked.limits_time(oracle):  # the events and facts counted for any of them
        meant = list({id(each): each for row in rows for each in _having(oracle, row, asked)}.values())
    possible = sum(oracle.match(each, asked.window, asked.sure) == "possible" for each in meant)
    return Right({key: [normal(each) for each in rows]}, len(rows), len(found), (possible, len(meant)))


def _selected(oracle: Oracle, asked: Asked, types: tuple[str, ...], among: Iterable[Any]) -> list[Any]:
    """Return the records that a question finds, with what is found of each on the way."""
    found = [each for each in among if asked.own(each)]
    if types[0] in LISTS:
        counted = [_counted(oracle, each, asked) for each in found]
        listed = [each for each, any_ in counted if any_ or asked.counted is None or asked.having]
        return [each for each in listed if asked.having is None or asked.having(each)]
    return [
        replace(each, match=oracle.match(each, asked.window, asked.sure), distance=oracle.distance(each, asked.around))
        if each.type in DATED
        else _counted(oracle, each, EVERYTHING._replace(stands=asked.stands))[0]
        for each in found
    ]  # fmt: skip


def _counted(oracle: Oracle, record: Any, asked: Asked) -> tuple[Any, bool]:  # noqa: ANN401
    """Return an actor, topic or source with its events and facts counted, and whether there are any."""
    having = _having(oracle, record, asked)
    dates = [each.date for each in having if each.type == "event"]
    first = bounded([date.start_min for date in dates], [date.start_max for date in dates], min)
    last = bounded([date.end_min for date in dates], [date.end_max for date in dates], max)
    numbers = {"event_count": len(dates), "fact_count": len(having) - len(dates)}
    if record.type == "source":
        numbers["alone"] = sum(references(each, ["sources", "other_dates"]) == {record.id} for each in having)
    return replace(record, first=_Days.of(first), last=_Days.of(last), **numbers), bool(having)


def _having(oracle: Oracle, record: Any, asked: Asked) -> list[Any]:  # noqa: ANN401
    """Return the events and facts that are counted for an actor, topic or source."""
    ids, roles = oracle.parts(record.type, record.id), ROLES[record.type]
    having = [each for each in oracle.all if each.type in DATED and references(each, roles) & ids]
    return [each for each in having if asked.stands(each) and (asked.counted is None or asked.counted(each))]


class _Days(NamedTuple):
    """The bounds of a day, in the place of a date."""

    start_min: int
    end_max: int

    @classmethod
    def of(cls, bounds: tuple[int, int] | None) -> _Days | None:
        return cls(*bounds) if bounds else None


# ---------------------------------------------------------------- order


def _in_order(oracle: Oracle, question: Question, asked: Asked, found: list[Any]) -> list[Any]:
    """Put records in the usual order, then in that asked for; `reverse` is the exact reverse of the whole."""
    types, sort = question.types, question.options.get("sort")
    order = sorted(found, key=oracle.place)
    if question.names:
        places = [find(oracle.whole.all, name, types) for name in question.names]
        order.sort(
            key=lambda each: next(n for n, named in enumerate(places) if (named.type, named.id) == (each.type, each.id))
        )
    elif types[0] in LISTS:
        order.sort(key=lambda each: -(each.event_count + each.fact_count))
    else:
        order.sort(key=lambda each: (*_day(each), oracle.clock(each)))
    if len(types) > 1 and not question.names:
        order.sort(key=lambda each: (-_rank(each, asked.words), ALL.index(each.type)))
    if sort is not None:
        key = str(_sort_key(sort, types))
        order.sort(key=lambda each: _value(each, key, types))
    return order[::-1] if question.options.get("reverse") else order


def _rank(record: Any, words: list[str]) -> int:  # noqa: ANN401
    """Count the words that a record has in its title or names."""
    return sum(any(has_phrase(text, word) for text in (*called(record), record.id)) for word in set(words))


def _day(record: Any) -> tuple[int, int]:  # noqa: ANN401
    date = getattr(record, "date", None)
    return (date.end_max if date.start_min == OPEN_START else date.start_min, date.end_max) if date else (_LAST, _LAST)


def _sortable(command: str, key: str, types: tuple[str, ...]) -> bool:
    if command in _SORTED_BY:
        return key.casefold() in _SORTED_BY[command]
    return _sort_key(key, types) is not None


def _sort_key(typed: str, types: tuple[str, ...]) -> str | None:
    """Return the key that is meant: as typed, or the number of what is typed; None where none is sorted by."""
    if len(types) > 1:
        return typed.casefold() if typed.casefold() in {"type", "id", "title", "date", "distance"} else None
    keys = {each.shown_as or name: each for name, each in keys_of(RECORD_TYPES[types[0]]).items()}
    sorted_by = {name for name, each in keys.items() if each.form in SORTED_FORMS} - {"match"}
    key = typed.casefold()
    return next((each for each in (key, f"{key.removesuffix('s')}_count") if each in sorted_by), None)


def _value(record: Any, key: str, types: tuple[str, ...]) -> tuple[bool, Any]:  # noqa: ANN401
    """Return what a record is sorted by; without it, it comes last."""
    if key == "date":
        return False, _day(record)[0]
    if key == "distance":
        return False, (abs(record.distance), record.match == "possible")
    if len(types) > 1:
        return False, {"type": record.type, "id": record.id, "title": title_of(record)}[key]
    name, form = next(
        (name, each.form) for name, each in keys_of(type(record)).items() if (each.shown_as or name) == key
    )
    value = getattr(record, name)
    if key in {"first", "last"}:
        always = OPEN_START if key == "first" else OPEN_END  # there have always been events, or some are ongoing
        return not (value or record.event_count), value.start_min if value else always
    if key == "known_since":  # by the day on which it was surely known
        unknown = value is None or value.end_max == OPEN_END
        return unknown, 0 if unknown else value.end_max
    if form in {"text", *CODES}:
        value = "".join(letter.lower() if letter.isascii() else letter for letter in value)
    value = (value.order[0], value.end_max) if form == "date" and value else value
    return value in {"", None}, value if value not in {"", None} else 0


# ---------------------------------------------------------------- one actor, a chart


def _actor(oracle: Oracle, question: Question) -> Right:
    listed = _listed(oracle, question)
    ids = oracle.parts("actor", find(oracle.whole.all, question.names[0], ("actor",)).id)
    asked = oracle.asked(question, DATED)
    found = [
        each for each in oracle.all if each.type in DATED and asked.own(each) and references(each, ROLES["actor"]) & ids
    ]
    rows, doubts = (_of_actor(Counting(oracle, each), ids) for each in (found, _doubtful(oracle, asked, found)))
    counted = {key: _with_doubts(rows[key], doubts[key]) for key in rows}
    return listed._replace(sections={"actor": listed.sections["actors"], **counted})


def _of_actor(counting: Counting, ids: set[str]) -> dict[str, list[Any]]:
    return {
        "roles": counting.by_part(ids), "dealings": counting.by_counterpart(ids),
        "topics": counting.by_topic(), "months": counting.by_start("month"),
    }  # fmt: skip


def _cut(question: Question, rows: list[Any]) -> list[Any]:
    """Return rows as far as they are listed."""
    return (rows[::-1] if question.options.get("reverse") else rows)[: question.options.get("limit")]


def _chart(oracle: Oracle, question: Question) -> Right:
    type_ = "fact" if question.charts_facts else "event"
    asked = oracle.asked(question, (type_,))
    found = [each for each in oracle.of[type_] if asked.own(each)]
    rows = Counting(oracle, found).chart(question, asked.window)
    if rows is None:
        return Right({}, refused=frozenset({USAGE}))
    listed = _cut(question, rows)
    return Right({"periods": listed}, len(listed), len(rows), _possible(oracle, asked, found))


# ---------------------------------------------------------------- counts and findings


def _stats(oracle: Oracle, question: Question) -> Right:
    asked = oracle.asked(question, DATED)
    by, lanes = (each and each.casefold() for each in (question.by, question.lanes))
    types = [each for each in DATED if all(each in DIMENSIONS[name] for name in (by, lanes) if name)]
    found = [each for each in oracle.all if each.type in DATED and asked.own(each)]
    of_types = [each for each in found if each.type in types]
    possible = sum(oracle.match(each, asked.window, asked.sure) == "possible" for each in of_types), len(of_types)
    misspelt = None if found or by else USAGE
    counting = Counting(oracle, found)
    if by is None:
        every = counting.statistics().items()
        doubted = Counting(oracle, _doubtful(oracle, asked, found)).statistics()
        sections = {
            key: rows if key == "overview" else _cut(question, _with_doubts(rows, doubted[key])) for key, rows in every
        }
        return Right(sections, len(found), len(found), possible, misspelt=misspelt)
    if lanes is None:
        rows = _with_doubts(counting.by_one(by), Counting(oracle, _doubtful(oracle, asked, found)).by_one(by))
        listed = _cut(question, rows)
        return Right({"counts": listed}, len(listed), len(rows), possible)
    doubts = [row for rows in Counting(oracle, _doubtful(oracle, asked, found)).by_two(by, lanes) for row in rows]
    groups = [_with_doubts(rows, doubts) for rows in counting.by_two(by, lanes)]
    cells = _cut(question, groups)
    return Right({"cells": [cell for group in cells for cell in group]}, len(cells), len(groups), possible)


def _with_doubts(rows: list[Any], doubts: list[Any]) -> list[Any]:
    """Add to counts how many are only possible, from the counts of these alone."""
    numbers = {_key(each): each["event_count"] + each["fact_count"] for each in doubts}
    return [row | {"possible": numbers.get(_key(row), 0)} for row in rows]


def _key(row: Any) -> tuple[str, ...]:  # noqa: ANN401 - a row of counts
    return tuple(row.get(key) or "" for key in ("by", "value", "label", "lane"))


def _without_sides(question: Question) -> Question:
    """Return a question on pairs without the names that it begins with; raises Wrong."""
    _, rest = split_names(question.options.get("terms", ()))
    return question._replace(options=question.options | {"terms": tuple(rest)})


def _sides(oracle: Oracle, question: Question) -> list[str]:
    """Return the ids of the actors that a question on pairs begins with; raises Wrong."""
    names, _ = split_names(question.options.get("terms", ()))
    if any(map(excludes_elsewhere, names)):
        raise Wrong(USAGE)
    return [find(oracle.whole.all, name, ("actor",)).id for name in names]


def _pairs(oracle: Oracle, question: Question) -> Right:
    sides = _sides(oracle, question)
    asked = oracle.asked(_without_sides(question), ("event",))
    members = [oracle.parts("actor", side) for side in sides]
    events = [
        each for each in oracle.of["event"]
        if asked.own(each) and all(references(each, ["actors", "recipients"]) & of_side for of_side in members)
    ]  # fmt: skip
    rows = pairs(oracle, events, sides, _doubtful(oracle, asked, events), roll_up=question.roll_up)
    rows = [row for row in rows if row["event_count"] >= (question.least or 0)]
    listed = _cut(question, rows)
    return Right({"pairs": listed}, len(listed), len(rows), _possible(oracle, asked, events))


def _possible(oracle: Oracle, asked: Asked, events: list[Any]) -> tuple[int, int]:
    """Count the records that are only possibly in the window or known, and all; nothing without either."""
    if not asked.limits_time(oracle):
        return 0, 0
    return len(_doubtful(oracle, asked, events)), len(events)


def _doubtful(oracle: Oracle, asked: Asked, records: list[Any]) -> list[Any]:
    """Return the records that are only possibly in the window or known."""
    if not asked.limits_time(oracle):
        return []
    return [each for each in records if oracle.match(each, asked.window, asked.sure) == "possible"]


def _gaps(oracle: Oracle, question: Question) -> Right:
    asked = oracle.asked(question, ("event",))
    events = [each for each in oracle.of["event"] if asked.own(each)]
    rows = gaps(oracle, events, asked.window)
    listed = _cut(question, rows)
    return Right({"gaps": listed}, len(listed), len(rows), _possible(oracle, asked, events))


def _positions(oracle: Oracle, question: Question) -> Right:
    asked, terms = oracle.asked(question, DATED), oracle.terms(question, DATED)
    required = required_speakers(oracle, required_groups(group_of(question.options), terms), terms)
    found = [each for each in oracle.all if each.type in DATED and asked.own(each)]
    rows = speakers(oracle, found, required, asked, roll_up=question.roll_up)
    if sort := question.options.get("sort"):
        rows = sorted_speakers(rows, sort.casefold())
    listed = [{key: value for key, value in row.items() if key != "days"} for row in _cut(question, rows)]
    matches = [each["match"] for row in listed for each in row["positions"]]
    return Right({"speakers": listed}, len(listed), len(rows), (matches.count("possible"), len(matches)))


def _disputes(oracle: Oracle, question: Question) -> Right:
    asked = oracle.asked(question, DATED)
    matching = {
        (each.type, each.id): oracle.match(each, asked.window, asked.sure)
        for each in oracle.all if each.type in DATED and asked.own(each)
    }  # fmt: skip
    found = (each for each in oracle.all if (each.type, each.id) in matching)
    sort = (question.options.get("sort") or "").casefold()
    ranks = {(each.type, each.id): _rank(each, asked.words) for each in found if not sort}
    rows = Work(oracle).rows(matching, question.state, ranks, certain=bool(question.options.get("certain")))
    if sort not in {"", "date"}:
        key = {"sides": "side_count", "positions": "position_count"}.get(sort, sort)
        rows.sort(key=lambda row: row[key].lower() if key == "title" else row[key])
    listed = _cut(question, rows)
    possible = sum(row["match"] == "possible" for row in listed)
    return Right({"disputes": listed}, len(listed), len(rows), (possible, len(listed)))


_ANSWERS: dict[str, Callable[[Oracle, Question], Right]] = {
    "actor": _actor, "chart": _chart, "stats": _stats, "pairs": _pairs, "gaps": _gaps, "positions": _positions,
    "disputes": _disputes,
}  # fmt: skip
_SORTED_BY: dict[str, set[str]] = {
    **{command: set() for command in ("chart", "stats", "pairs", "gaps")},
    "positions": {"name", "id", "position_count", "positions", "first", "last"},
    "disputes": {
        "date", "id", "title", "state", "contested", "side_count", "sides", "position_count", "positions",
    },
}  # fmt: skip
