"""The page as a document: the report as its templates read it, and the digests of its style and script."""

from __future__ import annotations

import re
from base64 import b64encode
from hashlib import sha256
from itertools import groupby
from json import dumps
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from korea_cli.base.tokenize import PLAIN_LETTERS
from korea_cli.dates.days import year_name
from korea_cli.dates.format import show_stored
from korea_cli.drawing.phrases import numbers
from korea_cli.formats.page.context import page_context
from korea_cli.formats.page.dates import machine_form, precision
from korea_cli.formats.page.entries import EntryBuilder
from korea_cli.formats.page.facets import facets
from korea_cli.formats.page.overview import overview
from korea_cli.formats.page.text import clean_values, slug_words

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from jinja2 import Environment
    from markupsafe import Markup

    from korea_cli.formats.page.context import Row
    from korea_cli.formats.page.entries import Entry
    from korea_cli.formats.page.facets import Facet
    from korea_cli.formats.page.overview import TimelineDrawing
    from korea_cli.report.report import Report

_FOLDER = Path(__file__).parent
_STYLES = ("paper", "overview", "filters", "entries", "narrow", "print")  # in this order: later ones override
_NAMELESS = "A chronology"
_NO_LETTERS = "const PLAIN_LETTERS = {};"  # in words.js, replaced by the table of the program


class Page(NamedTuple):
    """The contents of the page, in the order in which they are shown; entries by the year in which they begin."""

    title: str
    about: str
    date_rule: str
    as_of: str
    counted: str
    limited: str
    terms: tuple[str, ...]
    overview: TimelineDrawing | None
    facets: tuple[Facet, ...]
    years: dict[str, list[Entry]]
    number: int


def build_page(report: Report, rows: Iterable[Row]) -> Page:
    """Build the page of some rows of a report."""
    header, listed = report.header, [clean_values(row) for row in rows]
    title, as_of = clean_values(header.title) or _NAMELESS, show_stored(header.as_of) if header.as_of else ""
    context = page_context(listed, report, f"{title}{f' (as of {as_of})' if as_of else ''}")
    terms = report.query.selection.all_terms if report.query else ()
    entries = EntryBuilder(context, listed).build()
    return Page(
        title=title, about=clean_values(header.about), date_rule=clean_values(header.date_rule), as_of=as_of,
        counted=_counted(entries), terms=tuple(map(clean_values, filter(None, (*terms, report.window)))),
        number=len(entries), limited=f"of {report.matched:,} that match" if report.listed != report.matched else "",
        overview=overview(entries, context), facets=facets(entries, context),
        years=_years(entries),
    )  # fmt: skip


def _counted(entries: Sequence[Entry]) -> str:
    events = sum(entry.row["type"] == "event" for entry in entries)
    return numbers(events, len(entries) - events, " and ") if entries else "no entries"


def _years(entries: list[Entry]) -> dict[str, list[Entry]]:
    """Group entries by the years in which they begin; a year that comes twice means another order, without headings."""
    years = [(heading, list(together)) for heading, together in groupby(entries, _heading)]
    return dict(years) if len(dict(years)) == len(years) else {"": entries}


def _heading(entry: Entry) -> str:
    """Return the year in which an entry begins at the earliest."""
    if entry.date is None:
        return "No date"
    return year_name(entry.date.earliest.year) if entry.date.earliest else "Start not known"


def render_page(page: Page) -> Iterator[str]:
    """Yield the page, piece by piece."""
    style = "".join((_FOLDER / "style" / f"{name}.css").read_text("utf-8") for name in _STYLES)
    parts = "".join(path.read_text("utf-8") for path in sorted((_FOLDER / "script").glob("*.js")))
    letters = dumps(PLAIN_LETTERS, ensure_ascii=True)
    script = f'(() => {{\n"use strict";\n{parts.replace(_NO_LETTERS, _NO_LETTERS.replace("{}", letters))}}})();\n'
    template = _environment().get_template("page.html")
    yield from template.generate(
        page=page, style=style, script=script, style_digest=_digest(style), script_digest=_digest(script)
    )


def _digest(text: str) -> str:
    """Return the digest by which a browser allows this style or script and no other."""
    return f"sha256-{b64encode(sha256(text.encode()).digest()).decode()}"


def _environment() -> Environment:
    from jinja2 import Environment, FileSystemLoader, StrictUndefined  # noqa: PLC0415 - only the page needs it

    environment = Environment(
        loader=FileSystemLoader(_FOLDER / "templates"), autoescape=True, trim_blocks=True, lstrip_blocks=True,
        undefined=StrictUndefined, auto_reload=False, keep_trailing_newline=True,
    )  # fmt: skip
    environment.filters |= {
        "slug_words": slug_words, "tight": _tight, "machine_form": machine_form, "precision": precision,
    }  # fmt: skip
    return environment


def _tight(html: Markup) -> Markup:
    """Remove line breaks between tags: a browser would keep each of them as a node."""
    return type(html)(re.sub(r">\s*\n\s*<", "><", html))
