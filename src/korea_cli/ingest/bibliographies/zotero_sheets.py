"""Sources from a sheet of Zotero, of which each row is an item."""

from __future__ import annotations

from typing import TYPE_CHECKING

from korea_cli.ingest.bibliographies.bibliography import SourceFields
from korea_cli.ingest.html import plain_text
from korea_cli.ingest.sheet import SheetRow

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Sequence

HEADINGS = {"Key", "Item Type", "Publication Year", "Title"}  # by which its sheet is known
_SOURCE_TYPES = {
    "journalArticle": "article", "newspaperArticle": "article", "magazineArticle": "article",
    "conferencePaper": "article", "preprint": "article", "encyclopediaArticle": "article", "book": "book",
    "bookSection": "book", "report": "report", "webpage": "web", "blogPost": "web", "forumPost": "post",
    "case": "judgment", "hearing": "hearing", "dataset": "dataset", "email": "email", "interview": "interview",
    "tvBroadcast": "broadcast", "radioBroadcast": "broadcast", "videoRecording": "video", "film": "video",
}  # fmt: skip
_UNTYPED = "document"
_KEYS = (
    ("id", ("Key",)), ("title", ("Title",)), ("container", ("Publication Title", "Series", "Series Title")),
    ("publisher", ("Publisher",)), ("number", ("Number",)), ("url", ("Url",)), ("doi", ("DOI",)), ("isbn", ("ISBN",)),
    ("language", ("Language",)),
)  # fmt: skip
_NOTES = ("Extra", "Notes")


def source_rows(rows: Iterable[SheetRow], headings: Sequence[str], mapped: Collection[str] = ()) -> Iterator[SheetRow]:
    """Yield the rows of a sheet by key; those that have more cells than the sheet has columns cannot be read."""
    for row in rows:
        if row.error or not isinstance(row.cells, list):
            yield row
            continue
        more = len(row.cells) > len(headings) and any(row.cells[len(headings) :])
        fields: dict[str, object] = dict(zip(headings, row.cells, strict=False))
        error = f"{len(row.cells)} cells, but only {len(headings)} columns" if more else ""
        yield SheetRow(row.line, fields if more else _source_cells(fields, mapped), error)


def _source_cells(fields: dict[str, object], mapped: Collection[str]) -> dict[str, object]:
    found = SourceFields(fields, mapped)
    if found.peek("Item Type") == _UNTYPED:
        found.drop("Item Type")
    found.put("source_type", _SOURCE_TYPES.get(found.peek("Item Type"), ""), "Item Type")
    found.put("authors", [name for each in found.peek("Author").split(";") if (name := each.strip())], "Author")
    for key, names in _KEYS:
        found.take(key, *names)
    notes = [plain_text(text) if name == "Notes" else text for name in _NOTES if (text := found.peek(name))]
    found.put("note", "\n".join(notes), *_NOTES)
    found.take_date("issued", "Date", ("Publication Year",))
    found.take_date("accessed", "Access Date")
    return found.all()
