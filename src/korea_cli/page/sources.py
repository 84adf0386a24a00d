"""The sources of entries, each cited in full, and the citation of an entry itself."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from korea_cli.citing.plain import cite
from korea_cli.page.text import safe_link, spoken

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from korea_cli.rows.types import SourceCitation, SourceRow


class SourceLine(NamedTuple):
    """A source as it is cited: its authors and title, where and when it appeared, the place in it, whose voice it is.

    title, url: as the data has them; `url` is empty where a page must not link to it.
    """

    id: str
    title: str
    authors: str
    published: str
    place: str
    locator: str
    voice: str
    url: str

    def __str__(self) -> str:
        parts = (self.authors, f"“{self.title}”", self.published, self.place, self.url)
        return ", ".join(filter(None, parts))


def source_lines(citations: Iterable[SourceCitation], sources: Mapping[str, SourceRow]) -> tuple[SourceLine, ...]:
    """Return a line for each citation."""
    return tuple(_line(each, sources.get(each["id"])) for each in citations)


def _line(citation: SourceCitation, source: SourceRow | None) -> SourceLine:
    plain = cite(citation, source)
    return SourceLine(
        id=citation["id"],
        title=plain.title,
        authors=plain.authors,
        published=", ".join(filter(None, (plain.container, plain.issued))),
        place=plain.place,
        locator=citation["locator"] or "",
        voice=", ".join(filter(None, (spoken(source["voice"]), source["country"]))) if source else "",
        url=safe_link(plain.url),
    )


def citation_of(title: str, date: str, whole: str, name: str, sources: Iterable[SourceLine]) -> str:
    """Return the citation of an entry: its title, date, chronology, id and sources."""
    cited = "; ".join(map(str, sources))
    return f"“{title}”{f', {date}' if date else ''}. In: {whole}, {name}.{f' Sources: {cited}.' if cited else ''}"
