"""Sources from items of CSL-JSON, as Zotero, pandoc and Crossref write them."""

from __future__ import annotations

import re
from collections import defaultdict
from typing import TYPE_CHECKING

from korea_cli.dates.days import iso_year
from korea_cli.ingest.bibliographies.bibliography import SourceFields, readable
from korea_cli.model.records import RECORD_TYPES

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping

    Item = Mapping[str, object]

_COMPARED = 20  # items
_SOURCE_TYPES = {
    "article": "article", "article-journal": "article", "article-magazine": "article", "article-newspaper": "article",
    "paper-conference": "article", "review": "article", "review-book": "article", "journal-article": "article",
    "book": "book", "chapter": "book", "entry-encyclopedia": "book", "classic": "book", "book-chapter": "book",
    "report": "report", "webpage": "web", "post-weblog": "web", "post": "post", "legal_case": "judgment",
    "hearing": "hearing", "dataset": "dataset", "interview": "interview", "broadcast": "broadcast",
    "motion_picture": "video",
}  # fmt: skip
_OTHER_TYPES = {
    "bill", "collection", "document", "entry", "entry-dictionary", "figure", "graphic", "legislation",
    "manuscript", "map", "musical_score", "pamphlet", "patent", "performance", "periodical", "personal_communication",
    "regulation", "software", "song", "speech", "standard", "thesis", "treaty",
}  # fmt: skip
_UNTYPED = "document"
# What a genre says more of a type: korea writes these.
_GENRES = {
    ("webpage", "Transcript"): "transcript", ("personal_communication", "Email"): "email",
    ("interview", "Interview"): "interview", ("motion_picture", "Video"): "video",
}  # fmt: skip
_KEYS = (
    ("title", ("title",)), ("container", ("container-title", "authority")), ("publisher", ("publisher",)),
    ("number", ("number",)), ("url", ("URL",)), ("archive_url", ("archive_location",)), ("doi", ("DOI",)),
    ("isbn", ("ISBN",)), ("language", ("language",)), ("note", ("note",)), ("id", ("id",)),
)  # fmt: skip
_DATES = ("issued", "accessed")
_OWN_NAMES = {"container-title", "author", "URL", "DOI", "ISBN", "ISSN", "publisher-place", "citation-key"}
_PLAIN = {"id", "type", "title", "publisher", "number", "language", "note", "genre", "authority"}
_DATE_PARTS = {"date-parts", "literal", "raw", "season", "date-time"}
_NAME_PARTS = {"family", "given", "literal", "name", "non-dropping-particle", "dropping-particle"}
_LISTS = ("items", "references")
_SEASONS = ("spring", "summer", "autumn", "winter")


def items_in(document: object) -> list[object] | None:
    """Return the items of a document of CSL-JSON: a list, the list in it, or one item; None if it is something else."""
    if isinstance(document, dict):
        lists = [document[key] for key in _LISTS if isinstance(document.get(key), list)]
        document = lists[0] if len(lists) == len(document) == 1 else [document]
    return document if isinstance(document, list) and are_items(document[:_COMPARED]) else None


def are_items(records: Collection[object]) -> bool:
    """Whether objects are items of CSL: their types and keys are."""
    items = [each for each in records if isinstance(each, dict)]
    typed = [each for each in items if str(each.get("type")) in _SOURCE_TYPES.keys() | _OTHER_TYPES]
    return bool(typed) and len(typed) == len(records) and any(map(_is_item, items))


def _is_item(item: Item) -> bool:
    dated = any(isinstance(date := item.get(key), dict) and date.keys() & _DATE_PARTS for key in _DATES)
    return dated or not item.keys().isdisjoint(_OWN_NAMES) or {"id", "type", "title"} <= item.keys() <= _PLAIN


def source_cells(item: Item, mapped: Collection[str] = ()) -> dict[str, object]:
    """Return the cells of an item, by key, and what has none, under its own name."""
    fields = SourceFields(_flat(item), mapped)
    genre, type_ = fields.peek("genre"), fields.peek("type")
    if source_type := _GENRES.get((type_, genre)):
        fields.put("source_type", source_type, "type", "genre")
    elif type_ in RECORD_TYPES or type_ == _UNTYPED:
        fields.drop("type")
    else:
        fields.put("source_type", _SOURCE_TYPES.get(type_, ""), "type")
    for key, names in _KEYS:
        fields.take(key, *names)
    authors = list(_names(item.get("author")))
    if authors and "author" not in mapped:
        fields.put("authors", authors, "author")
    for key in _DATES:
        _take_date(fields, key, item.get(key))
    return fields.all()


def _flat(item: Item) -> dict[str, object]:
    """Return the fields of an item, lists of one text as this text, and the parts of names that have no place."""
    authors = item.get("author")
    parts: defaultdict[str, list[object]] = defaultdict(list)
    for name in authors if isinstance(authors, list) else ():
        for part, text in name.items() if isinstance(name, dict) else ():
            if part not in _NAME_PARTS:
                parts[f"author[].{part}"].append(text)
    return {key: _single(each) for key, each in item.items()} | parts


def _single(value: object) -> object:
    return value[0] if isinstance(value, list) and len(value) == 1 and isinstance(value[0], str) else value


def _names(authors: object) -> Iterator[str]:
    """Yield the names of authors, as `Family, Given`."""
    for each in authors if isinstance(authors, list) else [authors]:
        if isinstance(each, str):
            yield each
        elif isinstance(each, dict):
            parts = {part: str(each.get(part) or "").strip() for part in _NAME_PARTS}
            family = " ".join(filter(None, (parts["non-dropping-particle"], parts["family"])))
            given = " ".join(filter(None, (parts["given"], parts["dropping-particle"])))
            if name := parts["literal"] or parts["name"] or ", ".join(filter(None, (family, given))):
                yield name


def _take_date(fields: SourceFields, key: str, date: object) -> None:
    """Store a date in parts, or in words."""
    if not isinstance(date, dict):
        fields.take_date(key, key)
        return
    texts = [(_in_parts(date), {"date-parts", "circa", "season", "date-time", "timestamp"})]
    texts += [(str(date[word]), {word}) for word in ("literal", "raw") if date.get(word)]
    text, used = next(((text, used) for text, used in texts if text and readable(text)), ("", set()))
    if not text:
        fields.refuse(key, "not a date")
        return
    fields.put(key, text, key)
    fields.add({f"{key}.{part}": each for part, each in date.items() if part not in used})


def _in_parts(date: Item) -> str:
    """Return a date of its parts as it is stored, or a season in words; "" if it has none."""
    parts = date.get("date-parts")
    ends = [_end(each) for each in parts if isinstance(each, list) and each] if isinstance(parts, list) else []
    season = str(date.get("season") or "")
    if season and len(ends) == 1:
        return f"{_SEASONS[int(season) - 1] if season in {'1', '2', '3', '4'} else season} {ends[0]}"
    return "/".join(f"{each}~" if date.get("circa") and each else each for each in ends)


def _end(parts: list[object]) -> str:
    """Return one end of a date; years are counted without a year 0."""
    numbers = [str(each) for each in parts if each not in (None, "")]
    if not numbers or not all(re.fullmatch(r"-?\d{1,4}", each, re.ASCII) for each in numbers):
        return ""
    year, *rest = map(int, numbers)
    return "-".join([iso_year(year if year > 0 else year + 1), *(f"{each:02}" for each in rest)])
