"""Lists in Spark, which the SQL of the store has as JSON: read as rows, or made of rows."""

from __future__ import annotations

from typing import cast

from sqlglot import exp

_TEXTS = "ARRAY<STRING>"
_EACH = "json_each"
_LATER = "later"  # begins the names of columns that have what a condition on a list compares with


def has_each(node: exp.Table | exp.Select) -> bool:
    """Return whether a table has the values of a list, or a query reads those of one list and nothing else."""
    if isinstance(node, exp.Select):
        source = node.args.get("from_")
        is_made = isinstance(node.expressions[0], exp.JSONArrayAgg | exp.GroupConcat)
        return bool(source and is_made and not node.args.get("joins") and _list_in(source.this))
    return _list_in(node) is not None


def _list_in(table: exp.Expr) -> exp.Expr | None:
    """Return the list of whose values there is a table, as texts; None if it is another."""
    function = table.this if isinstance(table, exp.Table) else None
    if not isinstance(function, exp.Anonymous) or function.name.lower() != _EACH:
        return None
    value, *place = function.expressions
    return _texts_of(_value_at(value, place[0]) if place else value.copy())


def _texts_of(text: exp.Expr) -> exp.Expr:
    """Return a list of JSON as texts: a list within it is its JSON, and what is null is NULL."""
    return exp.Anonymous(this="FROM_JSON", expressions=[text, exp.Literal.string(_TEXTS)])


def value_at(found: exp.JSONExtract | exp.JSONExtractScalar) -> exp.Expr:
    """Return a value of a list."""
    return _value_at(found.this, found.expression)


def _value_at(text: exp.Expr, place: exp.Expr) -> exp.Expr:
    """Return the value of a list at a place such as `$[1]`."""
    number = exp.Literal.number(place.sql().strip("'$[]"))
    return exp.Anonymous(this="GET", expressions=[_texts_of(text.copy()), number])


def length(function: exp.Anonymous) -> exp.Expr:
    """Return the length of a list that is in another."""
    text, place = function.expressions
    return exp.Anonymous(this=function.name, expressions=[_value_at(text, place)])


def each_of(table: exp.Table) -> exp.Expr:
    """Return a table of the values of a list; where the list is in another table, of those of each row of it."""
    texts = cast("exp.Expr", _list_in(table))
    rows = exp.select(exp.alias_(exp.Anonymous(this="EXPLODE", expressions=[texts]), "value"))
    alias = exp.TableAlias(this=exp.to_identifier(table.alias or "each"))
    if texts.find(exp.Column):
        return exp.Lateral(this=exp.Subquery(this=rows), alias=alias)
    return exp.Subquery(this=rows, alias=alias)


def json_list(found: exp.JSONArrayAgg) -> exp.Expr:
    """Return the JSON list of what some rows have; in no order, unless it is of another list (`listed`)."""
    if isinstance(found.parent, exp.Select) and has_each(found.parent):
        return found
    return _as_list(exp.func("COLLECT_LIST", _as_json(found.this)))


def joined(found: exp.GroupConcat) -> exp.Expr:
    """Return the texts that some rows have as one, as `json_list` does; NULL if there is none."""
    if isinstance(found.parent, exp.Select) and has_each(found.parent):
        return found
    return _as_text(exp.func("COLLECT_LIST", found.this.copy()), found.args["separator"])


def listed(select: exp.Select) -> exp.Expr:
    """Return what a query makes of the values of one list, in their order.

    Spark has no subqueries there: what values are compared with becomes a column of the table around it.
    """
    source, (made,) = select.args["from_"].this, select.expressions
    texts, name = cast("exp.Expr", _list_in(source)), f"{source.alias or 'each'}_value"
    if where := select.args.get("where"):
        _hoist(where.this, select)
        texts = _function("FILTER", texts, where.this, name)
    if isinstance(made, exp.JSONArrayAgg):
        return exp.func("COALESCE", _as_list(_function("TRANSFORM", texts, _as_json(made.this), name)), _text("[]"))
    return _as_text(_function("TRANSFORM", texts, made.this, name), made.args["separator"])


def _function(name: str, texts: exp.Expr, body: exp.Expr, value: str) -> exp.Expr:
    """Return a function that is applied to each value of a list."""
    inside = exp.paren(body.copy())
    for column in list(inside.find_all(exp.Column)):
        if column.name == "value" and f"{column.table or 'each'}_value" == value:
            column.replace(exp.to_identifier(value))
    function = exp.Lambda(this=inside, expressions=[exp.to_identifier(value)])
    return exp.Anonymous(this=name, expressions=[texts, function])


def _hoist(condition: exp.Expr, select: exp.Select) -> None:
    """Have a condition compare values with a column instead of a subquery."""
    for part in list(condition.find_all(exp.In)):
        if query := part.args.get("query"):
            within, own = _around(select, query)
            found = query.this.copy()
            found.set("expressions", [exp.func("COLLECT_LIST", each.copy()) for each in found.expressions])
            column = _column_of(within, own, found)
            part.replace(exp.Anonymous(this="ARRAY_CONTAINS", expressions=[column, part.this.copy()]))


def _around(select: exp.Select, query: exp.Expr) -> tuple[exp.Select, str]:
    """Return the query around a list whose table a subquery refers to, and the name of that table."""
    named = {column.table for column in query.find_all(exp.Column)}
    within = select.parent_select
    while within is not None:
        source = within.args["from_"].this
        if source.alias_or_name in named and not _list_in(source):
            return within, source.alias_or_name
        within = within.parent_select
    raise ValueError(query.sql())


def _column_of(select: exp.Select, own: str, found: exp.Select) -> exp.Column:
    """Return a column of the table of a query with what a subquery finds for each of its rows; added if need be."""
    source = select.args["from_"].this
    if not isinstance(source, exp.Subquery):
        table = exp.Subquery(
            this=exp.select(exp.column(exp.Star(), own)).from_(source.copy()),
            alias=exp.TableAlias(this=exp.to_identifier(own)),
        )
        source.replace(table)
        source = table
    columns = source.this.expressions
    for column in columns[1:]:
        if column.this.this == found:
            return exp.column(column.alias, own)
    name = f"{_LATER}_{len(columns)}"
    source.this.append("expressions", exp.alias_(exp.Subquery(this=found), name))
    return exp.column(name, own)


def _as_json(value: exp.Expr) -> exp.Expr:
    """Return the JSON of a value, which is a text unless its form says otherwise."""
    if isinstance(value, exp.Predicate):
        return exp.cast(value.copy(), "STRING")
    name = value.name.lower() if isinstance(value, exp.Anonymous) else ""
    if name == "json":
        return exp.func("COALESCE", value.expressions[0].copy(), _text("null"))
    if name == "json_array":
        inside = exp.Anonymous(this="CONCAT_WS", expressions=[_text(","), *map(_as_json, value.expressions)])
        return exp.func("CONCAT", _text("["), inside, _text("]"))
    in_list = exp.Anonymous(this="TO_JSON", expressions=[exp.Anonymous(this="ARRAY", expressions=[value.copy()])])
    length = exp.func("LENGTH", in_list.copy()) - 2
    return exp.Anonymous(this="SUBSTRING", expressions=[in_list, exp.Literal.number(2), length])


def _as_list(texts: exp.Expr) -> exp.Expr:
    """Return a JSON list of values that are JSON."""
    inside = exp.Anonymous(this="ARRAY_JOIN", expressions=[texts, _text(",")])
    return exp.func("CONCAT", _text("["), inside, _text("]"))


def _as_text(texts: exp.Expr, separator: exp.Expr) -> exp.Expr:
    whole = exp.Anonymous(this="ARRAY_JOIN", expressions=[texts, separator.copy()])
    return exp.func("NULLIF", whole, _text(""))


def _text(text: str) -> exp.Expr:
    return exp.Literal.string(text)
