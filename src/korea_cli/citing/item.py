"""A source as an item of CSL, the form in which bibliography programs exchange what is cited."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, NamedTuple

from korea_cli.base.sanitize import clean
from korea_cli.citing.names import name_of
from korea_cli.dates.days import YEAR, counted_year
from korea_cli.dates.format import show_stored

if TYPE_CHECKING:
    from korea_cli.rows.types import SourceRow

Item = dict[str, Any]  # also a date within one


class _Form(NamedTuple):
    """How CSL names a type of source, and the key for its paper, site or series; a genre says more of the form."""

    type: str
    within: str = "container-title"
    genre: str | None = None


_FORMS = {
    "article": _Form("article-magazine"),
    "official-record": _Form("webpage"),  # records of meetings and releases on an office's own pages
    "transcript": _Form("webpage", genre="Transcript"),  # CSL has no transcripts
    "un-document": _Form("report", "publisher"),
    "report": _Form("report", "publisher"),
    "judgment": _Form("legal_case", "authority"),
    "hearing": _Form("hearing", "authority"),
    "dataset": _Form("dataset", "publisher"),
    "book": _Form("book", "publisher"),
    "web": _Form("webpage"),
    "post": _Form("post"),
    "email": _Form("personal_communication", genre="Email"),
    "interview": _Form("interview", genre="Interview"),
    "broadcast": _Form("broadcast"),
    "video": _Form("motion_picture", genre="Video"),
}
_UNTYPED = _Form("document", "publisher")
_PRESS = {"press", "state-media"}
_PLAIN_DATE = re.compile(rf"({YEAR})(?:-(0\d|1[0-2])(?:-(\d\d))?)?(?:-XX)*([~?%]?)", re.ASCII)


def item_of(source: SourceRow) -> Item:
    """Return a source, as JSON has it, as an item of CSL; keys without a value are left out, except the title."""
    form = _FORMS.get(source["source_type"] or "", _UNTYPED)
    newspaper = source["source_type"] == "article" and source["voice"] in _PRESS
    item = {
        "id": source["id"],
        "type": "article-newspaper" if newspaper else form.type,
        "genre": form.genre,
        "author": [name_of(author) for author in map(clean, _authors(source)) if author.strip()],
        "title": clean(source["title"]),
        **_published(source, form),
        "number": _text(source["number"]),
        "issued": source["issued"] and csl_date(source["issued"]),
        "accessed": source["accessed"] and csl_date(source["accessed"]),
        "URL": _text(source["url"]),
        "archive_location": _text(source["archive_url"]),
        "DOI": _text(source["doi"]),
        "ISBN": _text(source["isbn"]),
        "language": _text(source["language"]),
        "note": _text(source["note"]),
    }
    return {key: value for key, value in item.items() if value or key == "title"}


def _text(value: str | None) -> str:
    return clean(value or "")


def _authors(source: SourceRow) -> list[str]:
    """Return the authors of a source; the author of a document of the United Nations is the body that issued it."""
    if source["authors"] or source["source_type"] != "un-document":
        return list(source["authors"])
    return [source["publisher"] or source["container"] or ""]


def _published(source: SourceRow, form: _Form) -> dict[str, str]:
    """Return where a source appeared; what has a publisher of its own appeared in a series."""
    container, publisher = _text(source["container"]), _text(source["publisher"])
    within = "container-title" if publisher and form.within == "publisher" else form.within
    return {within: container, "publisher": publisher} if publisher else {within: container}


def csl_date(text: str) -> Item:
    """Return a valid stored date as CSL has it: `date-parts`, two for a range, or `literal`; CSL 1.0 has no EDTF."""
    found = [_PLAIN_DATE.fullmatch(end) for end in text.split("/")]
    parts = [_parts(*each.groups()[:3]) for each in found if each]
    if len(parts) < len(found):
        return {"literal": show_stored(text)}
    return {"date-parts": parts} | ({"circa": True} if any(each[4] for each in found if each) else {})


def _parts(year: str, *rest: str | None) -> list[int]:
    """Return the parts of a date; CSL has no year 0."""
    return [counted_year(int(year)), *(int(number) for number in rest if number)]
