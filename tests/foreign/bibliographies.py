"""Random bibliographies: each field of each format, with values that fit it, and others."""

from __future__ import annotations

import csv
import io
import json
from typing import TYPE_CHECKING

from foreign.values import ForeignFile

if TYPE_CHECKING:
    from collections.abc import Sequence

    from foreign.values import Scribe

    Object = dict[str, object]

_BIBTEX = [
    "subtitle",
    "author",
    "editor",
    "translator",
    "journal",
    "journaltitle",
    "booktitle",
    "publisher",
    "institution",
    "organization",
    "school",
    "series",
    "number",
    "volume",
    "pages",
    "issn",
    "isbn",
    "doi",
    "url",
    "urldate",
    "note",
    "annote",
    "abstract",
    "keywords",
    "langid",
    "language",
    "file",
    "key",
    "archive",
    "howpublished",
    "address",
    "edition",
    "chapter",
    "type",
    "date",
    "year",
    "month",
    "eprint",
    "crossref",
    "pubstate",
    "country",
    "original",
    "annotation",
]
_CSL = [
    "container-title",
    "publisher",
    "authority",
    "number",
    "volume",
    "page",
    "ISSN",
    "ISBN",
    "DOI",
    "URL",
    "note",
    "abstract",
    "keyword",
    "language",
    "genre",
    "archive",
    "archive_location",
    "source",
    "edition",
    "publisher-place",
    "event-title",
    "title-short",
    "author",
    "editor",
    "issued",
    "accessed",
    "custom",
]
_ZOTERO = [
    "Publication Year",
    "Author",
    "Publication Title",
    "ISBN",
    "ISSN",
    "DOI",
    "Url",
    "Abstract Note",
    "Date",
    "Access Date",
    "Pages",
    "Series",
    "Series Title",
    "Publisher",
    "Place",
    "Language",
    "Rights",
    "Type",
    "Archive",
    "Number",
    "Extra",
    "Notes",
    "Manual Tags",
    "Editor",
    "Country",
    "Link",
]
_RIS = [a + b for a in "ABCDEJKLMNOPSTUVY" for b in "ABDILNOPRUVWY12" if a + b not in {"TY", "ER", "TI"}]
_DATES = {"date", "urldate", "issued", "accessed", "Date", "Access Date", "DA", "Y2"}
_ADDRESSES = {"url", "URL", "Url", "UR"}


def _text(scribe: Scribe, name: str) -> str:
    """Return a value of a field."""
    if scribe.chance() and name in _DATES:
        return scribe.date(name)
    return scribe.address(name) if scribe.chance() and name in _ADDRESSES else scribe.word(name)


def _fields(scribe: Scribe, names: Sequence[str]) -> dict[str, str]:
    return {name: _text(scribe, name) for name in scribe.dice.sample(names, scribe.dice.randint(0, 12))}


def bibtex(scribe: Scribe) -> ForeignFile:
    """Return a file of BibTeX."""
    number = scribe.dice.randint(1, 4)
    blocks = []
    for _ in range(number):
        title = scribe.begin_row()
        lines = "".join(f"  {name} = {{{text}}},\n" for name, text in _fields(scribe, _BIBTEX).items())
        kind, key = scribe.dice.choice(("misc", "book", "article")), scribe.word("key")
        blocks.append(f"@{kind}{{{key},\n  title = {{{title}}},\n{lines}}}\n")
    scribe.row = ""
    if scribe.chance(0.3):
        blocks.append(f"@comment{{{scribe.word('@comment')}}}\n")
    if scribe.chance(0.3):
        blocks.append(f"@string{{aa = {{{scribe.word('unused @string')}}}}}\n")
    if scribe.chance(0.3):
        blocks.insert(0, f"{scribe.word('text between entries')}\n")
    return ForeignFile("x.bib", "\n".join(blocks).encode(), number, scribe.values)


def ris(scribe: Scribe) -> ForeignFile:
    """Return a file of RIS."""
    number, lines = scribe.dice.randint(1, 4), []
    for _ in range(number):
        title = scribe.begin_row()
        lines += [f"TY  - {scribe.dice.choice(('BOOK', 'GEN', 'JOUR'))}", f"TI  - {title}"]
        for name, text in _fields(scribe, _RIS).items():
            lines += [f"{name}  - {text}"]
            if name in {"KW", "N1", "UR", "T2"} and scribe.chance():
                lines += [f"{name}  - {scribe.word(name if name in {'KW', 'N1'} else f'further {name}')}"]
        lines += ["ER  - ", ""]
    return ForeignFile("x.ris", "\n".join(lines).encode(), number, scribe.values)


def csl(scribe: Scribe) -> ForeignFile:
    """Return a file of CSL-JSON."""
    items = []
    for _ in range(scribe.dice.randint(1, 4)):
        title = scribe.begin_row()
        item: Object = {"id": scribe.word("id"), "type": "book", "title": title, "URL": scribe.address("URL")}
        item |= _fields(scribe, [each for each in _CSL if each not in {"URL", "author", "editor", "issued"}])
        if scribe.chance():
            item["author"] = [
                {key: scribe.word(f"author[].{key}") for key in ("family", "given", "ORCID")}
                for _ in range(2)
            ] + [{"literal": scribe.word("author[].literal")}]  # fmt: skip
        if scribe.chance():
            item["editor"] = [{"family": scribe.word("editor[].family")}]
        if scribe.chance():
            day = scribe.day()
            scribe.note("issued", day.isoformat())
            item["issued"] = {"date-parts": [[day.year, str(day.month), day.day]], "odd": scribe.tree("issued.odd")}
        if scribe.chance(0.3):
            item["relation"] = scribe.tree("relation")
        items.append(item)
    document: object = items if scribe.chance() else {"items": items}
    return ForeignFile("x.json", json.dumps(document).encode(), len(items), scribe.values)


def zotero(scribe: Scribe) -> ForeignFile:
    """Return a sheet of Zotero."""
    rows = []
    for _ in range(scribe.dice.randint(1, 4)):
        title = scribe.begin_row()
        rows.append({"Key": scribe.word("Key"), "Title": title, "Item Type": "book", **_fields(scribe, _ZOTERO)})
    headings = ["Key", "Item Type", "Title", *_ZOTERO]
    text = io.StringIO()
    csv.writer(text).writerow(headings)
    for row in rows:
        cells = [row.get(name, "") for name in headings]
        while not cells[-1] and scribe.chance(0.9):
            cells.pop()
        csv.writer(text).writerow(cells)
    return ForeignFile("x.csv", text.getvalue().encode(), len(rows), scribe.values)
