"""What entries rest on: each citation spelled out, and an entry's own citation for whoever quotes it."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from korea_cli.citing.names import listed
from korea_cli.citing.plain import place_of, published_in
from korea_cli.dates.format import show_stored
from korea_cli.page.text import safe_link, spoken

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from korea_cli.rows.types import SourceCitation, SourceRow


class Cited(NamedTuple):
    """A source as it is cited: who wrote it, its title, where and when it appeared, the place in it, whose voice.

    title, url: as the data has them; `url` is empty where a page must not link to it.
    """

    id: str
    title: str
    authors: str = ""
    published: str = ""
    place: str = ""
    locator: str = ""
    voice: str = ""
    url: str = ""

    def __str__(self) -> str:
        parts = (self.authors, f"“{self.title}”", self.published, self.place, self.url)
        return ", ".join(filter(None, parts))


def cited(citations: Iterable[SourceCitation], sources: Mapping[str, SourceRow]) -> tuple[Cited, ...]:
    """Spell out citations by what is known of their sources."""
    return tuple(_cited(each, sources.get(each["id"])) for each in citations)


def _cited(citation: SourceCitation, source: SourceRow | None) -> Cited:
    cited = Cited(
        id=citation["id"],
        title=citation["title"] or citation["id"],
        place=place_of(citation["locator"], source and source["source_type"]),
        locator=citation["locator"] or "",
        url=safe_link(citation["url"]),
    )
    if source is None:
        return cited
    issued = show_stored(source["issued"]) if source["issued"] else ""
    return cited._replace(
        authors=listed(source["authors"]),
        published=", ".join(filter(None, (published_in(source), issued))),
        voice=", ".join(filter(None, (spoken(source["voice"]), source["country"]))),
    )


def citation_of(title: str, date: str, whole: str, name: str, sources: Iterable[Cited]) -> str:
    """Give the citation of an entry: what it says, when, in which chronology, under which name, resting on what."""
    rests = "; ".join(map(str, sources))
    return f"“{title}”{f', {date}' if date else ''}. In: {whole}, {name}.{f' Sources: {rests}.' if rests else ''}"
