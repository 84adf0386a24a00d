"""Sources from the entries of BibTeX and BibLaTeX."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from korea_cli.base.errors import KoreaError
from korea_cli.citing.sources import archived_at
from korea_cli.dates.format import show_stored
from korea_cli.dates.spans import DateParseError
from korea_cli.ingest.bibliographies.bibliography import SourceFields, readable
from korea_cli.ingest.bibliographies.latex import plain_address, plain_latex

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping

_SOURCE_TYPES = {
    "article": "article", "newspaper": "article", "suppperiodical": "article", "inproceedings": "article",
    "conference": "article", "review": "article", "book": "book", "mvbook": "book", "inbook": "book",
    "incollection": "book", "collection": "book", "proceedings": "book", "booklet": "book", "techreport": "report",
    "report": "report", "online": "web", "electronic": "web", "www": "web", "webpage": "web", "dataset": "dataset",
    "jurisdiction": "judgment", "video": "video", "movie": "video",
}  # fmt: skip
_UNTYPED = "misc"
_KEYS = (
    ("title", ("title",)), ("container", ("journal", "journaltitle", "booktitle", "howpublished", "series")),
    ("publisher", ("publisher", "institution", "organization", "school")), ("number", ("number",)), ("url", ("url",)),
    ("archive_url", ("archiveurl",)), ("doi", ("doi",)), ("isbn", ("isbn",)), ("language", ("langid", "language")),
)  # fmt: skip
_NOTES = ("annote", "annotation", "note")
_ACCESSED = ("urldate", "lastchecked", "lastaccessed", "visited")
_ADDRESSES = {"url", "archiveurl", "doi", "file", "pdf", "bdsk-url-1", "eprint"}
_MARK = re.compile(r"[{}]|\s+and\s+", re.IGNORECASE)
_OTHERS = "others"


def source_cells(type_: str, key: str, fields: Mapping[str, str], mapped: Collection[str] = ()) -> dict[str, object]:
    """Return the cells of an entry, by key, and what has none, under the name of its field."""
    texts = {name: _plain(name, each) for name, each in fields.items()}
    found = SourceFields(texts | {"entry type": "" if type_ == _UNTYPED else type_}, mapped)
    found.put("id", key)
    found.put("source_type", _SOURCE_TYPES.get(type_, ""), "entry type")
    if "author" not in mapped:
        _take_authors(found, fields.get("author", ""))
    address = plain_address(fields.get("howpublished", ""))
    if address.startswith(("http://", "https://")) and not texts.get("url"):
        found.put("url", address, "howpublished")
    if (title := found.peek("title")) and (subtitle := found.peek("subtitle")):
        found.put("title", f"{title}: {subtitle}", "title", "subtitle")
    is_issue = _SOURCE_TYPES.get(type_) == "article" and "volume" in fields
    for each, names in _KEYS:
        found.take(each, *(name for name in names if not (name == "number" and is_issue)))
    if found.peek("addendum") == archived_at(str(found.cells.get("archive_url"))):
        found.drop("addendum")
    _take_dates(found)
    notes = [text for name in _NOTES if (text := found.peek(name))]
    found.put("note", "\n".join(dict.fromkeys(notes)), *_NOTES)
    return found.all()


def _plain(name: str, text: str) -> str:
    """Return the text of a field; in a date, ~ is no blank but means that it is approximate."""
    if name in {"date", *_ACCESSED}:
        return text.strip(" {}\t\n")
    return plain_address(text) if name in _ADDRESSES else plain_latex(text)


def _take_authors(found: SourceFields, text: str) -> None:
    names = list(_names(text))
    others = [each for each in names if each == _OTHERS]
    found.put("authors", [each for each in names if each != _OTHERS], "author")
    found.add({"author (others)": others[0]} if others else {})


def _names(text: str) -> Iterator[str]:
    """Yield the names in a field, between which is `and` outside of braces."""
    depth = start = 0
    for match in _MARK.finditer(text):
        if match[0] in "{}":
            depth += 1 if match[0] == "{" else -1
        elif depth <= 0:
            yield from filter(None, [plain_latex(text[start : match.start()])])
            start = match.end()
    yield from filter(None, [plain_latex(text[start:])])


def _take_dates(found: SourceFields) -> None:
    """Store the dates; what is not a year, month or day is in a note in words, where korea wrote it."""
    words = found.peek("note")
    own = readable(found.peek("date") or words)
    if own and _shown(own) == words:
        found.drop("note")
        if not found.peek("date"):
            found.put("issued", own, "year", "month", "day")
    if "issued" not in found.cells:
        found.take_date("issued", "date", ("year", "month", "day"))
    for name in _ACCESSED:
        if "accessed" not in found.cells:
            found.take_date("accessed", name)


def _shown(date: str) -> str:
    try:
        return show_stored(date)
    except (KoreaError, DateParseError):
        return ""
