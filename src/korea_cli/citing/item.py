"""A source as an item of CSL, the form in which bibliography programs exchange what is cited."""

from __future__ import annotations

from typing import Any, NamedTuple

from korea_cli.citing.dates import date_of
from korea_cli.citing.names import name_of
from korea_cli.safety import clean

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
    "dataset": _Form("dataset", "publisher"),
    "book": _Form("book", "publisher"),
    "web": _Form("webpage"),
    "broadcast": _Form("broadcast"),
}
_UNTYPED = _Form("document", "publisher")
_PRESS = {"press", "state-media"}


def item_of(source: dict[str, Any]) -> Item:
    """Give a source, as JSON has it, as an item of CSL; keys without a value are left out, but the title."""
    form = _FORMS.get(source["source_type"], _UNTYPED)
    newspaper = source["source_type"] == "article" and source["voice"] in _PRESS
    item = {
        "id": source["id"],
        "type": "article-newspaper" if newspaper else form.type,
        "genre": form.genre,
        "author": [name_of(author) for author in map(clean, source["authors"]) if author.strip()],
        "title": clean(source["title"]),
        form.within: clean(source["container"] or ""),
        "issued": source["issued"] and date_of(source["issued"]),
        "accessed": source["accessed"] and date_of(source["accessed"]),
        "URL": clean(source["url"] or ""),
        "language": clean(source["language"] or ""),
        "note": clean(source["note"] or ""),
    }
    return {key: value for key, value in item.items() if value or key == "title"}
