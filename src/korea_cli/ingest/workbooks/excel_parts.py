"""Read the links and comments of a sheet from the parts of an Excel workbook: relationships, formulas, comments."""

from __future__ import annotations

import posixpath
import re
from typing import TYPE_CHECKING, NamedTuple

from korea_cli.ingest.workbooks.cell_extras import CellExtras
from korea_cli.ingest.workbooks.safe_xml import elements, marks_in

if TYPE_CHECKING:
    from collections.abc import Iterator
    from zipfile import ZipFile

    from korea_cli.ingest.workbooks.cell_extras import Place

BOOK = "xl/workbook.xml"
_REFERENCE = re.compile(r"\$?([A-Z]{1,3})\$?(\d{1,7})(?::\$?([A-Z]{1,3})\$?(\d{1,7}))?", re.ASCII)
_FORMULA = re.compile(r'\s*(?:_xlfn\.)?HYPERLINK\(\s*"((?:[^"]|"")+)"\s*[,)]', re.ASCII | re.IGNORECASE)
_LINK, _IN_FORMULA = b"hyperlink", b"HYPERLINK("
_LARGEST = 10_000  # cells that share a link


class _PartRelation(NamedTuple):
    """What a part refers to: a type such as `comments`, and a part or an address."""

    type: str
    target: str


def read_excel(archive: ZipFile, sheet: str) -> CellExtras:
    """Return the links and comments of a sheet; raises XmlError, and KeyError for a part that is not there."""
    found = CellExtras()
    part = _part_of(archive, sheet)
    related = _relations(archive, part)
    if part.endswith(".xml"):
        _read_links(archive, part, related, found)
    for relation in related.values():
        if relation.type == "comments" and relation.target.endswith(".xml"):
            _read_comments(archive, relation.target, found)
    for relation in related.values():
        if relation.type == "threadedComment":
            _read_threads(archive, relation.target, found)
    return found


def _part_of(archive: ZipFile, sheet: str) -> str:
    """Return the part of a sheet; "" if there is none."""
    related = _relations(archive, BOOK)
    with archive.open(BOOK) as stream:
        ids = {each.attributes.get("name"): each.attributes.get("id") for each in elements(stream, {"sheet"})}
    relation = related.get(ids.get(sheet) or "")
    return relation.target if relation else ""


def _relations(archive: ZipFile, part: str) -> dict[str, _PartRelation]:
    folder, name = posixpath.split(part)
    path = f"{folder}/_rels/{name}.rels"
    if path not in archive.namelist():
        return {}
    with archive.open(path) as stream:
        return {
            each.attributes.get("Id", ""): _relation(each.attributes, folder)
            for each in elements(stream, {"Relationship"})
        }


def _relation(attributes: dict[str, str], folder: str) -> _PartRelation:
    target = attributes.get("Target", "")
    if attributes.get("TargetMode") != "External":
        target = posixpath.normpath(posixpath.join("/", folder, target)).lstrip("/")
    return _PartRelation(attributes.get("Type", "").rpartition("/")[2], target)


def _read_links(archive: ZipFile, part: str, related: dict[str, _PartRelation], found: CellExtras) -> None:
    with archive.open(part) as stream:
        marks = marks_in(stream, (_LINK, _IN_FORMULA))
    with archive.open(part) as stream:
        names = {"hyperlink", "c"} if _IN_FORMULA in marks else {"hyperlink"}
        for each in elements(stream, names) if marks else ():
            if each.name == "c":
                if match := _FORMULA.match(each.text):
                    found.link(_places(each.attributes.get("r", "")), match[1].replace('""', '"'))
                continue
            relation, location = related.get(each.attributes.get("id", "")), each.attributes.get("location", "")
            address = "#".join(filter(None, (relation.target, location))) if relation else ""
            if address and not address.startswith("#"):
                found.link(_places(each.attributes.get("ref", "")), address)
            else:
                found.left_out["links to places in the workbook"] += 1


def _read_comments(archive: ZipFile, part: str, found: CellExtras) -> None:
    with archive.open(part) as stream:
        authors: list[str] = []
        for each in elements(stream, {"author", "comment"}):
            if each.name == "author":
                authors.append(each.text.strip())
                continue
            number = each.attributes.get("authorId", "")
            author = authors[int(number)] if number.isdecimal() and int(number) < len(authors) else ""
            found.comment(_places(each.attributes.get("ref", "")), each.text, author)


def _read_threads(archive: ZipFile, part: str, found: CellExtras) -> None:
    """Read the comments that have answers; what stands in for them in older programs is replaced."""
    with archive.open(part) as stream:
        threads: dict[str, list[str]] = {}
        for each in elements(stream, {"threadedComment"}):
            threads.setdefault(each.attributes.get("ref", ""), []).append(each.text.strip())
    for reference, texts in threads.items():
        for place in _places(reference):
            found.comments[place] = "\n".join(texts)


def _places(reference: str) -> Iterator[Place]:
    """Yield the cells of `B4` or `B4:B6`, but not those of a whole sheet."""
    match = _REFERENCE.fullmatch(reference)
    if not match:
        return
    left, top = _column(match[1]), int(match[2]) - 1
    right, bottom = (_column(match[3]), int(match[4]) - 1) if match[3] else (left, top)
    if (right - left + 1) * (bottom - top + 1) > _LARGEST:
        right, bottom = left, top
    yield from ((row, column) for row in range(top, bottom + 1) for column in range(left, right + 1))


def _column(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - ord("A") + 1
    return number - 1
