"""The heading of the page: the title of the chronology, and in words what was selected of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from korea_cli.dates.days import iso_day
from korea_cli.dates.format import show_stored, span_text
from korea_cli.drawing.phrases import name_of
from korea_cli.formats.page.text import clean_values, slug_words
from korea_cli.query.expression import OPERATORS, tokens_of
from korea_cli.query.selection import Selection

if TYPE_CHECKING:
    from collections.abc import Sequence

    from korea_cli.formats.page.context import PageContext
    from korea_cli.formats.page.families import Family
    from korea_cli.query.resolve import Query
    from korea_cli.report.report import Report

_QUOTES = '"“”'
NAMELESS = "A chronology"
_NAMED = 2  # records that are named before the others are counted
_BEFORE = {"by": "by ", "to": "to "}
_FIELDS_OF_ACTORS = ("actor", "by", "to", "holder", "about", "via")


class Heading(NamedTuple):
    """The title of the whole chronology, and in words what the page shows of it; an empty text for all of it."""

    whole: str
    selected: str

    def __str__(self) -> str:
        return f"{self.whole}: {self.selected}" if self.selected else self.whole


def heading_of(report: Report, context: PageContext) -> Heading:
    """Return the heading of a page: `Russia's Korea strategy: THAAD, Apr–Jul 2017`."""
    window = [_window(report.query, report)] if report.window else []
    selection = report.query.selection if report.query else Selection()
    named = [_words(clean_values(term), context) for term in selection.named_terms]
    selected = filter(None, (_records(report), _query_words(selection.terms, context), *named, *window))
    return Heading(clean_values(report.header.title) or NAMELESS, ", ".join(selected))


def is_of_records(report: Report) -> bool:
    """Return whether a report has the records that were named, in full, and not those that match a query."""
    return report.sections[0].layout == "full"


def _records(report: Report) -> str:
    """Return the names of the records that were named, the first ones of many."""
    if not is_of_records(report):
        return ""
    names: list[str] = [clean_values(name_of(row)) for row in report.sections[0].values()]
    if len(names) == 1:
        return names[0]
    more = len(names) - _NAMED
    shown = names if more <= 1 else [*names[:_NAMED], f"{more} more"]
    return "; ".join(name.removesuffix(".") for name in shown)


def _query_words(arguments: Sequence[str], context: PageContext) -> str:
    """Return the arguments of a query as people say them: `by Vladimir Putin or by Sergei Lavrov`."""
    words, before = "", "("
    for token in tokens_of(arguments):
        sign = token.text if token.is_sign else ""
        near = sign in {"AND", "OR"} or before in OPERATORS
        gap = "" if before == "(" or sign == ")" else " " if near else ", "
        words += gap + (sign.lower() or _words(clean_values(token.text), context))
        before = sign
    return words


def _words(term: str, context: PageContext) -> str:
    """Return a term as people say it: an actor or topic by its name, a word in quotation marks."""
    field, colon, value = term.partition(":")
    if field.casefold() == "not":
        return f"not {_words(value, context)}"
    if not colon or " " in field:
        return f"“{term.strip(_QUOTES)}”"
    family = context.topics if field == "topic" else context.actors if field in _FIELDS_OF_ACTORS else None
    named = _name(value, family) if family is not None else slug_words(value) if field in {"kind", "place"} else ""
    return f"{_BEFORE.get(field, '')}{named}" if named else term


def _name(value: str, family: Family) -> str:
    """Return the name of a member by its id or one of its names; an empty text where there is none."""
    wanted = value.removeprefix("=").casefold()
    found = (each for each in family.values() if wanted in map(str.casefold, (each.id, each.name, *each.also)))
    return next((each.name for each in found), "")


def _window(query: Query | None, report: Report) -> str:
    """Return the range of a query; whole months and years without their days."""
    span = query.window if query else None
    if span is None or span.first is None or span.last is None or report.limits.count(","):
        return report.window or ""
    first, last = iso_day(span.first), iso_day(span.last)
    if first.endswith("-01") and iso_day(span.last + 1).endswith("-01"):
        months = list(dict.fromkeys((first[:-3], last[:-3])))
        years = first.endswith("-01-01") and last.endswith("-12-31")
        return show_stored("/".join(dict.fromkeys(each[:-3] for each in months) if years else months))
    return span_text(span.first, span.last)
