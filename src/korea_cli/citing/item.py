"""A source as an item of CSL, the form in which bibliography programs exchange what is cited."""

from __future__ import annotations

import re
from typing import Any, NamedTuple

from korea_cli.base.sanitize import clean
from korea_cli.citing.dates import date_of
from korea_cli.citing.names import name_of

Item = dict[str, Any]


class _Form(NamedTuple):
    """What CSL calls a type of source, the key for its paper, site or series, and what is said of its form."""

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
_RESOLVER = r"(?i)(?:https?://(?:dx\.)?doi\.org/|doi:)\s*"


def item_of(source: dict[str, Any]) -> Item:
    """Return a source, as JSON has it, as an item of CSL; keys without a value are left out, but the title."""
    form = _FORMS.get(source["source_type"], _UNTYPED)
    newspaper = source["source_type"] == "article" and source["voice"] in _PRESS
    item = {
        "id": source["id"],
        "type": "article-newspaper" if newspaper else form.type,
        "genre": form.genre,
        "author": [name_of(author) for author in map(clean, _authors(source)) if author.strip()],
        "title": clean(source["title"]),
        **_published(source, form),
        "number": _text(source, "number"),
        "issued": source["issued"] and date_of(source["issued"]),
        "accessed": source["accessed"] and date_of(source["accessed"]),
        "URL": _text(source, "url"),
        "archive_location": _text(source, "archive_url"),
        "DOI": re.sub(_RESOLVER, "", _text(source, "doi")),
        "ISBN": _text(source, "isbn"),
        "language": _text(source, "language"),
        "note": _text(source, "note"),
    }
    return {key: value for key, value in item.items() if value or key == "title"}


def _authors(source: dict[str, Any]) -> list[str]:
    """Return who wrote a source: a document of the United Nations is that body's whose it is."""
    if source["authors"] or source["source_type"] != "un-document":
        return list(source["authors"])
    return [source["publisher"] or source["container"] or ""]


def _published(source: dict[str, Any], form: _Form) -> dict[str, str]:
    """Return where a source appeared; what has a publisher of its own appeared in a series."""
    container, publisher = _text(source, "container"), _text(source, "publisher")
    within = "container-title" if publisher and form.within == "publisher" else form.within
    return {within: container, "publisher": publisher} if publisher else {within: container}


def _text(source: dict[str, Any], key: str) -> str:
    return clean(source[key] or "")
