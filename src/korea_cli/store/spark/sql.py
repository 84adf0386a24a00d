"""The SQL of the store as Spark reads it; what each function of SQLite is there."""

from __future__ import annotations

import re
from itertools import count, takewhile
from typing import TYPE_CHECKING

import sqlglot
from sqlglot import exp

from korea_cli.store.spark.lists import each_of, has_each, joined, json_list, length, listed, value_at
from korea_cli.store.spark.plans import hinted, narrowed, parts_of, sorted_once, undated
from korea_cli.store.sql import without_hints

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from collections.abc import Set as AbstractSet

VALUE = "v"  # begins the names of values
_UPPER, _LOWER = "ABCDEFGHIJKLMNOPQRSTUVWXYZ", "abcdefghijklmnopqrstuvwxyz"


def spark_sql(sql: str, database: Sequence[str]) -> str:
    """Return a query as Spark reads it, with `:v0` for its first `?`, `:v1` for the next one, and so on.

    database: the names of the database that has the tables, after that of its catalog if need be; `main` is that one.
    """
    number = count()
    sql = undated(without_hints(sql))
    named = re.sub(r"\?", lambda _: f":{VALUE}{next(number)}", sql)  # no text in a query has one
    tree = sqlglot.parse_one(named, read="sqlite")
    for select in list(tree.find_all(exp.Select)):
        narrowed(select)
        hinted(select)
    for node in reversed(list(tree.walk())):  # what is within another comes first
        if (change := _CHANGES.get(type(node))) and (changed := change(node)) is not node:
            node.replace(changed)
    if isinstance(tree, exp.Select):
        tree = _sorted(tree)
    for select in tree.find_all(exp.Select):
        sorted_once(select)
    for view in tree.find_all(exp.CTE):
        view.set("materialized", None)
    for table in tree.find_all(exp.Table):
        if table.db == "main":
            _set_database(table, database)
    return tree.sql(dialect="spark")


def quoted_name(database: Sequence[str]) -> str:
    """Return the name of a database as SQL."""
    return ".".join(exp.to_identifier(each, quoted=True).sql("spark") for each in database)


def _set_database(table: exp.Table, database: Sequence[str]) -> None:
    *catalog, name = (exp.to_identifier(each, quoted=True) for each in database)
    table.set("db", name)
    table.set("catalog", catalog[0] if catalog else None)


def _sorted(select: exp.Select) -> exp.Select:
    """Sort rows by columns where a query sorts them by what a subquery finds, which Spark cannot do."""
    order = select.args.get("order")
    if not (order and order.find(exp.Query)):
        return select
    outside = exp.select(*(f"c{place}" for place, _ in enumerate(select.expressions)))
    columns = [exp.alias_(column.unalias(), f"c{place}") for place, column in enumerate(select.expressions)]
    for place, part in enumerate(order.expressions):
        columns.append(exp.alias_(part.this.copy(), f"o{place}"))
        part.this.replace(exp.column(f"o{place}"))
    for key in ("order", "limit"):
        outside.set(key, select.args[key])
        select.set(key, None)
    select.set("expressions", columns)
    return outside.from_(select.subquery("found"))


def _table(table: exp.Table) -> exp.Expr:
    """Return the values of a list, where a table is one; `_subquery` changes what reads nothing else."""
    select = table.parent_select
    return each_of(table) if has_each(table) and not (select and has_each(select)) else table


def _subquery(subquery: exp.Subquery) -> exp.Expr:
    """Return what is made of the values of one list, without a table of them; or one value of a group."""
    select, around = subquery.this, subquery.parent
    if isinstance(select, exp.Select) and has_each(select):
        return listed(select)
    is_value = isinstance(around, exp.Select) and around.args.get("group") and subquery.arg_key == "expressions"
    return exp.Anonymous(this="FIRST", expressions=[subquery.copy()]) if is_value else subquery


def _select(select: exp.Select) -> exp.Expr:
    """Return a query that has numbers where SQLite has them: for what is true or false."""
    for column in select.expressions:
        value = column.unalias()
        if isinstance(value.unnest(), exp.Predicate | exp.Not | exp.Connector):
            value.replace(exp.cast(value.copy(), "BIGINT"))
    return select


def _is(is_: exp.Is) -> exp.Expr:
    """Return whether such a number is that of what is true."""
    if isinstance(is_.this, exp.Column) and isinstance(is_.expression, exp.Boolean):
        return exp.EQ(
            this=exp.func("COALESCE", is_.this.copy(), exp.Literal.number(0)), expression=exp.Literal.number(1)
        )
    return is_


def _lower(lower: exp.Lower) -> exp.Expr:
    """Return a text in lower case, as SQLite has it: letters of English alone."""
    return exp.func("TRANSLATE", lower.this, exp.Literal.string(_UPPER), exp.Literal.string(_LOWER))


def _type(type_: exp.DataType) -> exp.Expr:
    """Return the type of a number, which has 64 bits in SQLite."""
    return exp.DataType.build("BIGINT") if type_.this == exp.DataType.Type.INT else type_


def _function(function: exp.Anonymous) -> exp.Expr:
    return length(function) if function.name.lower() == "json_array_length" else function


def _case(case: exp.If) -> exp.Expr:
    """Return a case whose condition has a type, also where it is NULL."""
    if isinstance(case.this, exp.Null):
        case.set("this", exp.cast(case.this, "BOOLEAN"))
    return case


def _join(join: exp.Join) -> exp.Expr:
    """Join what a subquery finds first, where a join looks it up for each pair of rows: Spark cannot do that.

    `one JOIN other ON other.a IN (SELECT b FROM … WHERE c = one.d)` becomes
    `one JOIN (SELECT DISTINCT b, c FROM …) AS found ON found.c = one.d JOIN other ON other.a = found.b`.
    """
    select, condition = join.parent, join.args.get("on")
    if not isinstance(select, exp.Select) or join.side or condition is None:
        return join
    before = [
        select.args["from_"].this,
        *(each.this for each in takewhile(lambda each: each is not join, _joins(select))),
    ]
    names = {source.alias_or_name for source in before}
    for part in parts_of(condition):
        if isinstance(part, exp.In) and (query := part.args.get("query")) and (tie := _tie_of(query.this, names)):
            _join_found(select, join, part, tie)
    return join


def _join_found(select: exp.Select, join: exp.Join, part: exp.In, tie: tuple[exp.Expr, exp.Column]) -> None:
    """Join what a subquery finds before a join whose condition looks it up."""
    inner, outer = tie
    joins = _joins(select)
    place = joins.index(join)
    name = f"found_{place}"
    found = part.args["query"].this.copy()
    (column,) = found.expressions
    found.set("expressions", [exp.alias_(column.copy(), "one"), exp.alias_(inner.copy(), "tied")])
    part.replace(exp.EQ(this=part.this.copy(), expression=exp.column("one", name)))
    tied = exp.EQ(this=exp.column("tied", name), expression=outer.copy())
    first = exp.Join(this=found.distinct().subquery(name), on=tied)
    select.set("joins", [*joins[:place], first, *joins[place:]])


def _tie_of(select: exp.Select, names: AbstractSet[str]) -> tuple[exp.Expr, exp.Column] | None:
    """Return what in a subquery equals a column of some tables around it, and that column; None if nothing does."""
    where = select.args.get("where")
    for part in parts_of(where.this) if where else ():
        outer = part.args.get("expression")
        if isinstance(part, exp.EQ) and isinstance(outer, exp.Column) and outer.table in names:
            part.replace(exp.true())
            return part.this, outer
    return None


def _joins(select: exp.Select) -> Sequence[exp.Join]:
    return select.args.get("joins") or []


_CHANGES: dict[type[exp.Expr], Callable[..., exp.Expr]] = {
    exp.Select: _select, exp.Is: _is, exp.Table: _table, exp.Subquery: _subquery, exp.Anonymous: _function,
    exp.If: _case, exp.Lower: _lower, exp.DataType: _type, exp.Join: _join, exp.JSONArrayAgg: json_list,
    exp.GroupConcat: joined,
    exp.JSONExtract: value_at, exp.JSONExtractScalar: value_at,  # which one it is depends on the version of sqlglot
}  # fmt: skip
