"""Read the entries of a BibTeX file: their fields as text, abbreviations and cross-references resolved."""

from __future__ import annotations

import logging
import re
from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

from korea_cli.base.errors import UsageError
from korea_cli.dates.months import MONTHS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from bibtexparser.model import Entry

_PIECE = re.compile(r'\s*(?:#\s*)?(?:(?P<number>\d+)|(?P<name>[^\s"#%\'(),={}]+)|(?P<open>["{]))')
_LONGEST = 1_000_000  # letters of a value; abbreviations of abbreviations could grow without end
_MONTHS = {name[:3].lower(): name for name in MONTHS}
_BESIDE = {"Preamble": "@preamble", "ExplicitComment": "@comment", "ImplicitComment": "text between entries"}
_INHERITED = "crossref"
_NOT_INHERITED = {"crossref", "ids", "xref", "entryset", "keywords", "label", "title", "url", "doi", "note", "annote"}


class BibEntry(NamedTuple):
    """An entry: the line where it begins, its type, key and fields; why it cannot be read, where it cannot."""

    line: int
    type: str = ""
    key: str = ""
    fields: Mapping[str, str] = {}
    error: str = ""
    raw: str = ""


def read_entries(text: str) -> tuple[Iterator[BibEntry], Counter[str]]:
    """Return the entries of a text, and what is beside them, by name; raises UsageError without bibtexparser."""
    try:
        from bibtexparser.splitter import Splitter  # noqa: PLC0415 - only bibliographies need it
    except ImportError:
        raise UsageError(
            "reading BibTeX needs bibtexparser: pip install 'korea-cli[bib]'. Or export the bibliography as CSL-JSON."
        ) from None
    logging.getLogger("bibtexparser").addHandler(logging.NullHandler())  # its warnings are errors of entries here
    strings, left_out = _Abbreviations(), Counter[str]()
    fields: dict[str, dict[str, str]] = {}  # of each entry, by its key in small letters: others may inherit them
    blocks = Splitter(text).split().blocks
    for block in blocks:
        entry, kind = _entry_in(block), type(block).__name__
        if kind == "String":
            strings.define(str(getattr(block, "key", "")), str(getattr(block, "value", "")))
        elif kind in _BESIDE:
            left_out[_BESIDE[kind]] += 1
        elif entry is not None:
            fields.setdefault(entry.key.casefold(), _texts(entry, strings))
    left_out += Counter({"unused @string": len(strings.unused)})
    return _entries(blocks, fields, strings), left_out


class _Abbreviations(dict[str, str]):
    """What abbreviations mean; `unused` are those of the file that nothing has looked up."""

    def __init__(self) -> None:
        super().__init__(_MONTHS)
        self.unused: set[str] = set()

    def define(self, name: str, value: str) -> None:
        """Add one of the file."""
        self[name.casefold()] = value_text(value, self)
        self.unused.add(name.casefold())

    def meaning(self, name: str) -> str:
        """Return what a name means: itself, if it is no abbreviation."""
        self.unused.discard(name.casefold())
        return self.get(name.casefold(), name)


def _entries(
    blocks: Iterable[object], known: Mapping[str, Mapping[str, str]], strings: _Abbreviations
) -> Iterator[BibEntry]:
    """Yield every entry, also those that cannot be read."""
    for block in blocks:
        if (entry := _entry_in(block)) is not None:
            yield _entry(entry, known, _texts(entry, strings))
        elif isinstance(error := getattr(block, "error", None), Exception):
            reason = getattr(error, "abort_reason", str(error)).strip().rstrip(".")
            reason = f"{reason[:1].lower()}{reason[1:]}"
            yield BibEntry(_line(block), error=f"its BibTeX is invalid: {reason}", raw=str(getattr(block, "raw", "")))


def _entry(entry: Entry, known: Mapping[str, Mapping[str, str]], fields: dict[str, str]) -> BibEntry:
    """Return an entry with what it inherits from another."""
    error = ""
    if any(len(each) >= _LONGEST for each in fields.values()):
        error, fields = f"a value has more than {_LONGEST:,} letters", {}
    whole = fields.get(_INHERITED, "").strip().casefold()
    parent = known.get(whole, {}) if whole else {}
    inherited = {name: text for name, text in parent.items() if name not in {*fields, *_NOT_INHERITED}}
    if parent.get("title") and not {"booktitle", "journal", "journaltitle"} & fields.keys():
        inherited["booktitle"] = parent["title"]
    if parent:
        fields.pop(_INHERITED)
    return BibEntry(_line(entry), entry.entry_type.casefold(), entry.key, {**inherited, **fields}, error)


def _entry_in(block: object) -> Entry | None:
    """Return the entry that a block is or has, also one with the key of another or with a field twice."""
    found = block if type(block).__name__ == "Entry" else getattr(block, "ignore_error_block", None)
    return found if type(found).__name__ == "Entry" else None  # type: ignore[return-value]


def _line(block: object) -> int:
    start = getattr(block, "start_line", None)
    return start + 1 if isinstance(start, int) else 1


def _texts(entry: Entry, strings: _Abbreviations) -> dict[str, str]:
    """Return the fields of an entry; one that it has twice is kept under another name."""
    found: dict[str, str] = {}
    for field in entry.fields:
        name = plain = " ".join(field.key.casefold().split())
        number = 1
        while name in found:
            number += 1
            name = f"{plain} ({number})"
        found[name] = value_text(str(field.value), strings)
    return found


def value_text(raw: str, strings: _Abbreviations | None = None) -> str:
    """Return the text of a value: parts in braces or quotation marks, numbers and abbreviations, joined by #."""
    found: list[str] = []
    position = length = 0
    while length < _LONGEST and (match := _PIECE.match(raw, position)):
        position = match.end()
        if match["open"]:
            end = _closed(raw, match.start("open"))
            piece, position = raw[position : end - 1], end
        else:
            name = match["number"] or match["name"]
            piece = strings.meaning(name) if strings else name
        found.append(piece)
        length += len(piece)
    rest = raw[position:].strip() if length < _LONGEST else ""
    return ("".join(found) + rest)[:_LONGEST]


def _closed(raw: str, start: int) -> int:
    """Return where a part in braces or quotation marks ends."""
    depth = 0
    for match in re.compile('["{}]').finditer(raw, start + 1):
        if not depth and match[0] == ("}" if raw[start] == "{" else '"'):
            return match.end()
        depth += {"{": 1, "}": -1}.get(match[0], 0)
    return len(raw) + 1
