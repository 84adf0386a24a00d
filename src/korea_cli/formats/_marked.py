"""Parts of a Markdown document: escaped text, tables, footnotes with full citations."""

from __future__ import annotations

import re
from itertools import chain, pairwise
from typing import TYPE_CHECKING, Any

from korea_cli.base.sanitize import UNSAFE, clean_line
from korea_cli.citing.moments import timed_address
from korea_cli.citing.names import join_authors
from korea_cli.citing.sources import PAGED, place_of
from korea_cli.dates.format import show_stored
from korea_cli.drawing.phrases import permalink
from korea_cli.model.choices import WITHDRAWN

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from korea_cli.report.report import Report
    from korea_cli.rows.types import SourceCitation, SourceRow

_ENDS_AN_ADDRESS = rf"[\s<>|\\]|{UNSAFE}"  # or a cell of a table, or changes the direction of text
_MARKUP = (
    r"[\\`*\[\]<~|$]"
    r"|&(?=[#\w])"  # entities
    r"|(?<![^\W_])_|_(?![^\W_])"  # within a word it means nothing
    r"|(?<!\S)#|^[-+=>]"  # headings, lists, quotations
    r"|:(?=//)|(?<=[Ww]{3})\."  # what GitHub reads as an address, up to the next space
)
# What GitHub links even behind a backslash: `@who`, `#3`, `me/it#3`, `GH-4`, a commit, an `:emoji:`.
_NAME = "[A-Za-z0-9_@#/.+-]"
_REFERENCE = (
    rf"((?:(?<!{_NAME}){_NAME}*(?:@(?=[A-Za-z0-9])|#(?=[0-9])|\b[Gg][Hh]-(?=[0-9])){_NAME}*[A-Za-z0-9_]"
    r"|\b(?=[0-9]*[a-f])(?=[a-f]*[0-9])[0-9a-f]{7,40}\b|(?<!\w):[a-z+-][a-z0-9_+-]*:)+)"
)
_NUMBERED = r"^(\d{1,9})([.)])(?!\S)"
_ENTITY, _NO_ENTITY = r"(&#?[A-Za-z0-9]+);", r"\1%3B"  # some parsers read `&copy;` even there
_COUNTS = {"events", "facts", "alone", "lasting", "possible", "size"}


def escape(text: str) -> str:
    """Write a text on one line with its markup escaped; what GitHub would look up is written as code."""
    pieces = re.split(_REFERENCE, clean_line(text).strip())
    plain = [re.sub(_MARKUP, r"\\\g<0>", piece) for piece in pieces[::2]]
    plain[0] = re.sub(_NUMBERED, r"\1\\\2", plain[0])
    return plain[0] + "".join(f"`{code}`{piece}" for code, piece in zip(pieces[1::2], plain[1:], strict=True))


def link(address: str) -> str:
    """Write an address of the web as a link, with what would end or break that percent-encoded."""
    from urllib.parse import quote  # noqa: PLC0415 - only addresses need it

    whole = re.sub(_ENDS_AN_ADDRESS, lambda found: quote(found[0]), address)
    return f"<{re.sub(_ENTITY, _NO_ENTITY, whole)}>"


def format_citation(text: str, italics: Sequence[Sequence[int]], links: Sequence[Sequence[int]]) -> str:
    """Write a citation, with the parts in italics and the addresses, each by its start and end."""
    styles: dict[int, Callable[[str], str]] = {start: _emphasised for start, _ in italics} | {
        start: link for start, _ in links
    }
    ends = sorted({0, *chain(*italics, *links), len(text)})
    return "".join(styles.get(start, _spaced)(text[start:end]) for start, end in pairwise(ends))


def _emphasised(text: str) -> str:
    return f"*{escape(text)}*"


def _spaced(text: str) -> str:
    """Write a part of a text, with the spaces at its ends."""
    return f"{' ' * text.startswith(' ')}{escape(text)}{' ' * (text != ' ' and text.endswith(' '))}"


def table(heads: Iterable[str], rows: Iterable[Sequence[str]], *, counts: bool = False) -> Iterator[str]:
    """Write a table, numbers aligned right; nothing where there are no rows. counts: all but the first are numbers."""
    rows = iter(rows)
    for first in rows:
        heads = tuple(heads)
        rules = [
            "---:" if head.casefold() in _COUNTS or (counts and place) else "---" for place, head in enumerate(heads)
        ]
        yield "\n" + _line(heads) + _line(rules)
        yield from map(_line, chain([first], rows))


def _line(cells: Iterable[str]) -> str:
    return f"| {' | '.join(cells)} |\n"


class Footnotes:
    """Marks every citation with a footnote, and writes these at the end; links records to the page at an address."""

    def __init__(self, report: Report, base_url: str = "") -> None:
        self.related, self.doubt = report.related, report.doubt
        self._base_url = base_url
        self._marks: dict[tuple[str, str | None], str] = {}
        self._used: set[str] = set()

    def linked(self, row: Mapping[str, Any], name: str) -> str:
        """Write the name of an event or fact as a link to it on the page, where the address of that is known.

        What was withdrawn is struck through.
        """
        name = f"~~{escape(name)}~~" if row.get("status") == WITHDRAWN else escape(name)
        if not (self._base_url and row["type"] in {"event", "fact"}):
            return name
        return f"[{name}]({link(permalink(self._base_url, row))})"

    def refer(self, citations: Iterable[SourceCitation]) -> str:
        """Write the marks of some citations."""
        return " ".join(self.mark(each["id"], each["locator"]) for each in citations)

    def mark(self, id_: str, locator: str | None = None) -> str:
        """Return the mark of a source, or of a place in it."""
        if (id_, locator) not in self._marks:
            mark = re.sub("[^a-z0-9]+", "-", f"{id_}-{locator or ''}".casefold()).strip("-")
            self._marks[id_, locator] = f"{mark}.{len(self._marks)}" if mark in self._used else mark
            self._used.add(mark)
        return f"[^{self._marks[id_, locator]}]"

    def render(self) -> Iterator[str]:
        """Write the footnotes, in the order they were referred to."""
        sources = self.related.known("source", (id_ for id_, _ in self._marks))
        if self._marks:
            yield "\n"
        for (id_, locator), mark in self._marks.items():
            yield f"[^{mark}]: {_citation(sources[id_], locator)}\n"


def _citation(source: SourceRow, locator: str | None) -> str:
    """Cite a source in full: authors, title, where and when it appeared, the place in it, address, when it was read."""
    place = place_of(locator, paged=source["source_type"] in PAGED)
    container = escape(source["container"] or "")
    parts = [
        escape(join_authors(source["authors"])), f"“{escape(source['title'])}”", container and f"*{container}*",
        escape(source["publisher"] or ""), escape(source["number"] or ""),
        source["issued"] and escape(show_stored(source["issued"])), escape(place),
    ]  # fmt: skip
    url = timed_address(source["url"], locator, source["source_type"])
    address = f" {link(url)}" if url else ""
    archived = f" (archived at {link(source['archive_url'])})" if source["archive_url"] else ""
    read = f" (read {escape(show_stored(source['accessed']))})" if source["accessed"] else ""
    return f"{', '.join(filter(None, parts))}.{address}{archived}{read}"
