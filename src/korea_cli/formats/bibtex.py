"""BibTeX entries of the sources, for LaTeX with BibTeX or BibLaTeX."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from korea_cli.base.sanitize import clean_line
from korea_cli.citing.languages import BABEL_NAMES
from korea_cli.citing.names import in_order, is_eastern
from korea_cli.citing.sources import CITING, archived_at, cited_sources
from korea_cli.dates.days import iso_year, year_name
from korea_cli.dates.format import show_stored
from korea_cli.dates.months import MONTHS
from korea_cli.dates.parse import parse_stored
from korea_cli.report.supported import SupportedRows, lost_header

if TYPE_CHECKING:
    from collections.abc import Generator, Iterator, Mapping, Sequence

    from korea_cli.citing.item import Item
    from korea_cli.report.report import Report
    from korea_cli.report.screen import Screen
    from korea_cli.rows.types import SourceRow

EXTENSIONS = (".bib",)
FOR_OTHERS = True
CARRIES = CITING
GIVES = "the sources of"

# Types and fields that every style of BibTeX has, and BibLaTeX too; it prefers `date`, which BibTeX ignores.
_TYPES = {"article-magazine": "article", "article-newspaper": "article", "book": "book", "report": "techreport"}
_PUBLISHER = {"book": "publisher", "techreport": "institution"}  # what is published separately, perhaps in a series
_SPECIAL = {
    **{each: f"\\{each}" for each in "&%$#_"},
    "{": r"\textbraceleft{}",  # BibTeX counts braces, also behind a backslash
    "}": r"\textbraceright{}",
    "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}",
    "\\": r"\textbackslash{}",
}
_ADDRESSES = {"URL": "url", "archive_location": "archiveurl", "DOI": "doi"}
_NO_DATE = r"\[|-(?:3[3-9]|4[01])(?!\d)"
_LIGATURES = r"(?<=[-`',<>?!])(?=[-`',<>])"  # what TeX would join into another sign


def render(report: Report, screen: Screen) -> Generator[str, None, Sequence[str]]:  # noqa: ARG001 - called as all are
    """Write an entry for each source, under its own id, in the order in which they are first cited."""
    from korea_cli.citing.item import item_of  # noqa: PLC0415 - needed only when something is written
    from korea_cli.ingest.bibliographies.bibtex_entries import value_text  # noqa: PLC0415 - as above
    from korea_cli.ingest.bibliographies.bibtex_sources import source_cells  # noqa: PLC0415 - as above
    from korea_cli.ingest.read_back import ReadBack  # noqa: PLC0415 - as above
    from korea_cli.model.records import Source  # noqa: PLC0415 - as above

    rows, back, before = SupportedRows(report, CARRIES), ReadBack(Source), ""
    for source in cited_sources(rows, report.related):
        item = item_of(source)
        type_ = _TYPES.get(item["type"], "misc")
        fields = dict(_fields(type_, item, source))
        read = {name: value_text(value) for name, value in fields.items()}
        back.add(source, source_cells(type_, item["id"], read))
        yield before + _entry(type_, item["id"], fields)
        before = "\n"
    return (*rows.notes, *back.notes, *lost_header(report))


def _entry(type_: str, id_: str, fields: Mapping[str, str]) -> str:
    lines = "".join(f"  {name} = {value},\n" for name, value in fields.items())
    return f"@{type_}{{{id_},\n{lines}}}\n"


def _fields(type_: str, item: Item, source: SourceRow) -> Iterator[tuple[str, str]]:
    if "author" in item:
        yield "author", f"{{{' and '.join(map(_name, item['author']))}}}"
    yield "title", f"{{{{{escape(item['title'])}}}}}"  # the inner braces keep capitals from being lowered
    yield from ((name, f"{{{escape(text)}}}") for name, text in _published(type_, item) if text)
    if source["issued"]:
        yield from _dates(source["issued"], item["issued"])
    for key, name in _ADDRESSES.items():
        if key in item:
            yield name, f"{{{_address(item[key])}}}"
    if "archive_location" in item:  # for print: BibLaTeX has no field for a copy, but puts this at the end
        yield "addendum", f"{{{escape(archived_at(_address(item['archive_location'])))}}}"
    if source["accessed"] and "[" not in source["accessed"]:
        yield "urldate", f"{{{source['accessed']}}}"
    if "language" in item:
        language = BABEL_NAMES.get(item["language"].partition("-")[0].casefold())
        yield ("langid", f"{{{language}}}") if language else ("language", f"{{{escape(item['language'])}}}")
    if "note" in item:
        yield "annote", f"{{{escape(item['note'])}}}"  # not written for print


def _published(type_: str, item: Item) -> Iterator[tuple[str, str]]:
    within, publisher = item.get("container-title") or item.get("authority", ""), item.get("publisher", "")
    if type_ in _PUBLISHER:
        yield from ((_PUBLISHER[type_], publisher), ("series", within))
    else:
        yield "journal" if type_ == "article" else "howpublished", within or publisher
        yield "publisher", publisher if within else ""
    yield "number", item.get("number", "")
    yield "isbn", item.get("ISBN", "")


def _dates(stored: str, issued: Item) -> Iterator[tuple[str, str]]:
    """Yield a date for BibLaTeX, which reads EDTF except choices and parts of a year, and one for BibTeX.

    There the year is a number, and what is not a year, month or day is in words.
    """
    if not re.search(_NO_DATE, stored):
        yield "date", f"{{{stored}}}"
    date, parts = parse_stored(stored), issued.get("date-parts", [])
    if date.earliest and date.latest and date.earliest.year == date.latest.year:
        year = date.earliest.year
        yield "year", f"{{{iso_year(year) if year > 0 else year_name(year)}}}"
    if len(parts) != 1:
        yield "note", f"{{{escape(show_stored(stored))}}}"
    elif parts[0][1:]:
        yield "month", MONTHS[parts[0][1] - 1].lower()


def _name(name: dict[str, str]) -> str:
    """Return a name; braces keep BibTeX from splitting one, and from putting a Korean one in Western order."""
    if "literal" in name or is_eastern(name):
        return f"{{{escape(in_order(name))}}}"
    return f"{escape(name['family'])}, {escape(name['given'])}"


def _address(url: str) -> str:
    r"""Return an address as `\url` reads it: what would break the entry is percent-encoded."""
    return re.sub(r"[\s\\{}]", lambda found: "".join(f"%{byte:02X}" for byte in found[0].encode()), clean_line(url))


def escape(text: str) -> str:
    """Return a text as LaTeX has it, on one line."""
    split = re.sub(_LIGATURES, "\0", clean_line(text))
    return "".join("{}" if each == "\0" else _SPECIAL.get(each, each) for each in split)
