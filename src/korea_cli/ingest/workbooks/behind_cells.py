"""Read what is behind the cells of a sheet of Excel or LibreOffice: the addresses of links, and comments."""

from __future__ import annotations

import posixpath
import re
import zlib
from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, BinaryIO, NamedTuple
from zipfile import BadZipFile, ZipFile

from korea_cli.ingest.workbooks.safe_xml import XmlError, elements, marks_in

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from korea_cli.ingest.workbooks.safe_xml import Element

    Place = tuple[int, int]  # row and column, from 0

_BINARY = "xl/workbook.bin"
_DAMAGE = (BadZipFile, OSError, EOFError, NotImplementedError, RuntimeError, KeyError, XmlError, zlib.error)
_BOOK = "xl/workbook.xml"
_REFERENCE = re.compile(r"\$?([A-Z]{1,3})\$?(\d{1,7})(?::\$?([A-Z]{1,3})\$?(\d{1,7}))?", re.ASCII)
_FORMULA = re.compile(r'\s*(?:_xlfn\.)?HYPERLINK\(\s*"((?:[^"]|"")+)"\s*[,)]', re.ASCII | re.IGNORECASE)
_LINK, _IN_FORMULA = b"hyperlink", b"HYPERLINK("
_LARGEST = 10_000  # cells that share a link
_CONTENT = "content.xml"
_CELLS = {"table-cell", "covered-table-cell"}
_LONGEST = 7  # digits of a number of rows


@dataclass(frozen=True, slots=True, kw_only=True)
class CellExtras:
    """The addresses and the comment of each cell that has any; left_out: what is not read, by name."""

    links: dict[Place, list[str]] = field(default_factory=dict)
    comments: dict[Place, str] = field(default_factory=dict)
    left_out: Counter[str] = field(default_factory=Counter)

    def link(self, places: Iterable[Place], address: str) -> None:
        """Add an address to some cells."""
        for place in places if address.strip() else ():
            known = self.links.setdefault(place, [])
            if address.strip() not in known:
                known.append(address.strip())

    def comment(self, places: Iterable[Place], text: str, author: str = "") -> None:
        """Add a comment to a cell, with its author, who is often named in it already."""
        words = text.strip()
        for place in places if words else ():
            self.comments[place] = words if not author or words.startswith(author) else f"{author}: {words}"


def behind_cells(stream: BinaryIO, sheet: str) -> CellExtras:
    """Return the links and comments of a sheet, and what of them cannot be read; nothing for one that is no zip."""
    try:
        with ZipFile(stream) as archive:
            names = archive.namelist()
            if _BOOK in names:
                return read_excel(archive, sheet)
            return read_ods(archive, sheet) if _CONTENT in names else _unread(names)
    except BadZipFile:
        return CellExtras()
    except _DAMAGE:
        found = CellExtras()
        found.left_out["links and comments behind cells, which cannot be read"] += 1
        return found


def _unread(names: Iterable[str]) -> CellExtras:
    """Count what may have links and comments in a binary workbook."""
    found = CellExtras()
    if _BINARY in (listed := [*names]):
        marks = ("xl/comments", "xl/worksheets/_rels/")
        found.left_out["parts with links or comments"] += sum(each.startswith(marks) for each in listed)
    return found


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
    related = _relations(archive, _BOOK)
    with archive.open(_BOOK) as stream:
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


def read_ods(archive: ZipFile, sheet: str) -> CellExtras:
    """Return the links and comments of a sheet; raises XmlError."""
    reader = _ContentReader(sheet)
    with archive.open(_CONTENT) as stream:
        marked = marks_in(stream, (b":a ", b"annotation"))
    with archive.open(_CONTENT) as stream:
        opening = {"table", "table-row", "annotation", *_CELLS}
        for each in elements(stream, {"a", "annotation", "creator", "p"}, opening) if marked else ():
            reader.read(each)
    return reader.found


class _ContentReader:
    """Follows the cells of one sheet."""

    def __init__(self, sheet: str) -> None:
        self.found = CellExtras()
        self._sheet, self._own = sheet, False
        self._row = self._column = -1
        self._rows = self._columns = 1  # that the last row and cell stand for
        self._comment: dict[str, list[str]] | None = None

    def read(self, element: Element) -> None:
        """Read the next element."""
        if element.opens:
            self._open(element)
        elif self._comment is not None and element.name in self._comment:
            self._comment[element.name].append(element.text.strip())
        elif self._own and element.name == "a" and self._comment is None:
            self.found.link([(self._row, self._column)], element.attributes.get("href", ""))
        elif element.name == "annotation" and self._comment is not None:
            author, texts = " ".join(self._comment["creator"]), "\n".join(self._comment["p"])
            self.found.comment([(self._row, self._column)] if self._own else (), texts, author)
            self._comment = None

    def _open(self, element: Element) -> None:
        if element.name == "table":
            self._own, self._row, self._rows = element.attributes.get("name") == self._sheet, -1, 1
        elif element.name == "table-row":
            self._row, self._column, self._columns = self._row + self._rows, -1, 1
            self._rows = _number(element, "number-rows-repeated")
        elif element.name in _CELLS:
            self._column += self._columns
            self._columns = _number(element, "number-columns-repeated")
        else:
            self._comment = {"creator": [], "p": []}


def _number(element: Element, name: str) -> int:
    number = element.attributes.get(name, "1")
    return int(number) if number.isdecimal() and len(number) <= _LONGEST else 1
