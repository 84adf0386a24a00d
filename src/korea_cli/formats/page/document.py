"""The page as a document: the report as its templates read it, and the digests of its style and script."""

from __future__ import annotations

import re
from base64 import b64encode
from hashlib import sha256
from itertools import groupby
from json import dumps
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from korea_cli.base.tokenize import PLAIN_LETTERS
from korea_cli.dates.format import show_stored
from korea_cli.drawing.phrases import numbers
from korea_cli.formats.page.context import page_context
from korea_cli.formats.page.dates import machine_form, precision
from korea_cli.formats.page.disputed import disputes_of
from korea_cli.formats.page.entries import EntryBuilder
from korea_cli.formats.page.facets import facets
from korea_cli.formats.page.heading import NAMELESS, heading_of, is_of_records
from korea_cli.formats.page.index import index_of
from korea_cli.formats.page.packed import embedded, packed
from korea_cli.formats.page.text import as_value, clean_values, slug_words
from korea_cli.formats.page.web import description, linked_data

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from jinja2 import Environment
    from markupsafe import Markup

    from korea_cli.formats.page.context import Row
    from korea_cli.formats.page.disputed import DisputeBlock
    from korea_cli.formats.page.entries import Entry
    from korea_cli.formats.page.facets import Facet
    from korea_cli.formats.page.heading import Heading
    from korea_cli.formats.page.index import Index
    from korea_cli.report.report import Report

MOST_STANDING = 300  # entries that are in the page as text; above that, the script builds those in view
MOST_IN_SHORT = 3  # disputes that are shown before the reader asks for more
MOST_IN_FULL = 100  # entries that are listed in full at first
_FOLDER = Path(__file__).parent
_STYLES = (  # in this order: later ones override
    "paper", "masthead", "drawing", "disputes", "filters", "entries", "compact", "narrow", "embed", "print",
)  # fmt: skip
_NO_LETTERS = "const PLAIN_LETTERS = {};"  # in words.js, replaced by the table of the program


class Page(NamedTuple):
    """The contents of the page, in the order in which they are shown; entries by the year in which they begin.

    named: whether it has the records that were named, and not those that match a query.
    """

    heading: Heading
    about: str
    date_rule: str
    as_of: str
    counted: str
    limited: str
    total: int
    disputes: tuple[DisputeBlock, ...]
    facets: tuple[Facet, ...]
    entries: tuple[Entry, ...]
    short: Index
    base_url: str = ""
    embed: bool = False
    named: bool = False

    @property
    def years(self) -> dict[str, list[Entry]]:
        """The entries by year; a year that comes twice means another order, without headings."""
        years = [(heading, list(together)) for heading, together in groupby(self.entries, lambda each: each.heading)]
        return dict(years) if len(dict(years)) == len(years) else {"": list(self.entries)}

    @property
    def extent(self) -> str:
        """How many entries there are, and of how many in the whole chronology: `12 of 86 events`."""
        if self.single:
            return self.entries[0].row["type"].capitalize()
        number, _, noun = self.counted.partition(" ")
        return (
            f"{number} of {self.total:,} {noun.removesuffix('s')}s" if self.total else f"{self.counted} {self.limited}"
        )

    @property
    def number(self) -> int:
        """The number of its entries."""
        return len(self.entries)

    @property
    def single(self) -> bool:
        """Whether it is about one record, and there is nothing to filter."""
        return self.named and len(self.entries) == 1

    @property
    def compact(self) -> bool:
        """Whether entries are listed in a line each until they are opened."""
        return len(self.entries) > MOST_IN_FULL

    @property
    def standing(self) -> bool:
        """Whether all entries are in the page as text."""
        return len(self.entries) <= MOST_STANDING

    @property
    def description(self) -> str:
        """The page in a sentence or two."""
        row: Any = self.entries[0].row if self.single else {}
        return description(self.about or row.get("summary") or row.get("note") or "", self.counted)

    @property
    def linked_data(self) -> str:
        """The page as schema.org describes it."""
        return embedded(linked_data(str(self.heading), self.description, self.base_url, self.entries))


def build_page(report: Report, rows: Iterable[Row], base_url: str = "", *, embed: bool = False) -> Page:
    """Build the page of some rows of a report; `base_url`: the address where it will be."""
    header, listed = report.header, [clean_values(row) for row in rows]
    as_of = show_stored(header.as_of) if header.as_of else ""
    title = clean_values(header.title)
    context = page_context(listed, report, f"{title or NAMELESS}{f' (as of {as_of})' if as_of else ''}")
    entries, named = tuple(EntryBuilder(context, listed).build()), is_of_records(report)
    return Page(
        heading=heading_of(report, context), about="" if named else clean_values(header.about), named=named,
        date_rule=clean_values(header.date_rule), as_of=as_of, counted=_counted(entries), limited=_limited(report),
        total=0 if named else _total(report, entries),
        disputes=disputes_of(report.related, context, entries),
        facets=facets(entries, context), entries=entries, short=index_of(entries, context),
        base_url=base_url, embed=embed,
    )  # fmt: skip


def _counted(entries: Sequence[Entry]) -> str:
    events = sum(entry.row["type"] == "event" for entry in entries)
    return numbers(events, len(entries) - events, " and ") if entries else ""


def _total(report: Report, entries: Sequence[Entry]) -> int:
    """Return how many records the chronology has of the type of the entries, where a page has only some; else 0."""
    types, chronology = {entry.row["type"] for entry in entries}, report.related.chronology
    if report.listed != report.matched or len(types) != 1 or chronology is None:
        return 0
    answer: Any = chronology.events() if types == {"event"} else chronology.facts()
    number: int = answer.count
    return number if number > len(entries) else 0


def _limited(report: Report) -> str:
    return f"of {report.matched:,} that match" if report.listed != report.matched else ""


def render_page(page: Page) -> Iterator[str]:
    """Yield the page, piece by piece."""
    style = "".join((_FOLDER / "style" / f"{name}.css").read_text("utf-8") for name in _STYLES)
    parts = "".join(path.read_text("utf-8") for path in sorted((_FOLDER / "script").glob("*.js")))
    letters = dumps(PLAIN_LETTERS, ensure_ascii=True)
    script = f'(() => {{\n"use strict";\n{parts.replace(_NO_LETTERS, _NO_LETTERS.replace("{}", letters))}}})();\n'
    environment = _environment()
    environment.globals["base_url"] = page.base_url
    yield from environment.get_template("page.html").generate(
        page=page, most_in_short=MOST_IN_SHORT, style=style, script=script,
        style_digest=_digest(style), script_digest=_digest(script),
        data=_data(page, environment),
    )  # fmt: skip


def _data(page: Page, environment: Environment) -> str:
    """Return what the script reads: the index of the entries, and the texts that the page does not have."""
    if page.standing:
        return embedded(page.short._asdict())
    show: Any = environment.get_template("entry.html").module
    list_: Any = environment.get_template("disputes.html").module
    texts = [_tight(show.entry(entry)) for entry in page.entries]
    disputes = [(" ".join(each.about), _tight(list_.dispute(each))) for each in page.disputes[MOST_IN_SHORT:]]
    return packed(page.short._asdict() | {"texts": texts, "disputes": disputes})


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
        "slug_words": slug_words, "tight": _tight, "as_value": as_value, "machine_form": machine_form,
        "precision": precision,
    }  # fmt: skip
    return environment


def _tight(html: Markup) -> Markup:
    """Remove line breaks between tags: a browser would keep each of them as a node."""
    return type(html)(re.sub(r">\s*\n\s*<", "><", html))
