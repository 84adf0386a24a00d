"""Queries that Spark would answer by joining all rows of large tables, as ones that join few: with the same rows.

Spark finds rows by values that a query names, in the files alone that may have them. What another subquery finds, it
compares with all rows.
"""

from __future__ import annotations

import json
import re
from itertools import islice
from typing import TYPE_CHECKING

from sqlglot import exp

from korea_cli.store.own_sql import OTHER_ENTRY, closing
from korea_cli.store.sql import EACH_NUMBER, EACH_TEXT

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    Value = str | int

MOST = 500  # values named one by one: more take longer to read than to look for
_FEW = 200  # values by which records are looked up first
_LISTS = "|".join(re.escape(f"IN ({each})") for each in (EACH_TEXT, EACH_NUMBER))
_BY_NUMBER = r"FROM (?:main\.)?entry WHERE entry\.seq IN \(\?(?:, \?)*\)"
_NAMED = re.compile(rf"{_LISTS}|IN \(SELECT seq {_BY_NUMBER}\)|IN \((?=SELECT id {_BY_NUMBER})|\?")
_OWN = {"seq", "id", "target"}  # columns of which few rows have the same value
_UNDATED = "entry.seq NOT IN (SELECT seq FROM span)"


def with_values(
    sql: str, values: Sequence[Value], ids_of: Callable[[str, Sequence[Value]], Sequence[str]]
) -> tuple[str, list[Value]]:
    """Return a query that names the values of short lists, the numbers and the ids of few records; and all its values.

    ids_of: returns the ids that a query finds, in any order.
    """
    left, named, parts, place = iter(values), list[str | int](), list[str](), 0
    is_other = OTHER_ENTRY.search(sql)
    while found := _NAMED.search(sql, place):
        parts.append(sql[place : found.start()])
        text, place = found[0], found.end()
        if text == "IN (":
            end = closing(sql, place)
            text, place = sql[found.start() : end + 1], end + 1
        own = list(islice(left, text.count("?")))
        text, own = (text, own) if is_other and " FROM " in text else _named(text, own, ids_of)
        parts.append(text)
        named += own
    return "".join([*parts, sql[place:]]), named


def _named(
    text: str, values: list[Value], ids_of: Callable[[str, Sequence[Value]], Sequence[str]]
) -> tuple[str, list[Value]]:
    """Return a condition on what a subquery finds as one on values, if these are few; and the values to bind to it."""
    if "SELECT" not in text:
        return text, values
    if text.startswith("IN (SELECT id"):
        query = text.removeprefix("IN (").removesuffix(")")
        each: Sequence[Value] = ids_of(query, values) if len(values) <= _FEW else ()
        if not each:
            query, values = with_values(query, values, ids_of)
            return f"IN ({query})", values
    else:
        each = json.loads(str(values[0])) if "json_each" in text else values
    return (_one_of(each), list(each)) if 0 < len(each) <= MOST else (text, values)


def _one_of(values: Sequence[Value]) -> str:
    return f"IN ({', '.join('?' * len(values))})"


def undated(sql: str) -> str:
    """Return a query that finds events and facts without a date by what they have themselves."""
    return sql if OTHER_ENTRY.search(sql) else sql.replace(_UNDATED, "entry.start_min IS NULL")


def narrowed(select: exp.Select) -> None:
    """Have a query compare fewer dates of events and facts with its rows."""
    with_ = select.find_ancestor(exp.Select) or select
    if any(view.alias == "entry" for view in (*with_.find_all(exp.CTE), *select.find_all(exp.CTE))):
        return
    where = select.args.get("where")
    if where and select.args.get("from_"):
        _without_entries(select, where)
        for column in select.expressions:
            for exists in column.find_all(exp.Exists):
                _narrow(exists.this, where.this)


def hinted(select: exp.Select) -> None:
    """Have Spark send what a query names by value to where the rows of the other tables are.

    It takes tables for as large as their files, whatever is read of them, and would send those to each other.
    """
    where, joins = select.args.get("where"), select.args.get("joins") or []
    if not where or not joins or any(each.side for each in joins):
        return
    named = [
        part.this.table for part in parts_of(where.this)
        if isinstance(part, exp.In) and part.expressions and part.this.name in _OWN and part.this.table
    ]  # fmt: skip
    if named:
        few = exp.Anonymous(this="BROADCAST", expressions=[exp.to_identifier(each) for each in named])
        select.set("hint", exp.Hint(expressions=[few]))


def sorted_once(select: exp.Select) -> None:
    """Have Spark sort rows in one place, where all of them are read from one after another anyway.

    To sort them in several, it first finds all of them once more, to choose where each place begins.
    """
    order = select.args.get("order")
    if order and not select.args.get("limit"):
        select.set("order", None)
        select.set("distribute", exp.Distribute(expressions=[exp.Literal.number(1)]))
        select.set("sort", exp.Sort(expressions=order.expressions))


def _narrow(dates: exp.Expr, condition: exp.Expr) -> None:
    """Have a subquery for the dates of a row of `entry` only read those of rows that meet a condition."""
    if not (isinstance(dates, exp.Select) and dates.args["from_"].this.name == "span" and dates.args.get("where")):
        return
    if "span.seq = entry.seq" not in dates.args["where"].sql():
        return
    for part in parts_of(condition):
        query = part.args.get("query")
        if query and part.this.sql() == "entry.seq" and not _names_entry(query):
            own = part.copy()
            own.set("this", exp.column("seq", "span"))
            dates.where(own, copy=False)


def _without_entries(select: exp.Select, where: exp.Where) -> None:
    """Read dates alone where a query joins `entry` for the type of what they are of.

    Most records with a date are of one type, so that few are of others.
    """
    source, joins = select.args["from_"].this, select.args.get("joins") or []
    if [source.name, *(each.this.name for each in joins)] != ["span", "entry"]:
        return
    if joins[0].side or joins[0].args["on"].sql() != "entry.seq = span.seq":
        return
    types = [
        part for part in parts_of(where.this)
        if isinstance(part, exp.EQ) and part.this.sql() == "entry.type" and isinstance(part.expression, exp.Literal)
    ]  # fmt: skip
    used = [column for column in select.find_all(exp.Column) if column.table == "entry"]
    others = [column for column in used if column.name != "seq" and not any(column is each.this for each in types)]
    if len(types) != 1 or others or any(_reads_entry(each) for each in where.find_all(exp.Query)):
        return
    (type_,) = types
    for column in used:
        column.set("table", exp.to_identifier("span"))
    is_other = exp.NEQ(this=exp.column("type"), expression=type_.expression.copy())
    entries = exp.select("seq").from_("entry").where(is_other)
    type_.replace(exp.Not(this=exp.In(this=exp.column("seq", "span"), query=entries.subquery())))
    select.set("joins", None)


def _names_entry(query: exp.Expr) -> bool:
    return any(column.table == "entry" for column in query.find_all(exp.Column))


def _reads_entry(query: exp.Expr) -> bool:
    return any(table.name == "entry" for table in query.find_all(exp.Table))


def parts_of(condition: exp.Expr) -> list[exp.Expr]:
    """Return the conditions that must all be met."""
    condition = condition.unnest()
    if not isinstance(condition, exp.And):
        return [condition]
    return [each for part in condition.flatten() for each in parts_of(part)]
