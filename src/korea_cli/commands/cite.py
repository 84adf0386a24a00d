"""Citations, ready to paste."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

from korea_cli.base.named_tuple import NamedTuple
from korea_cli.base.parameters import Argument, Option
from korea_cli.citing import styles
from korea_cli.report.report import Report
from korea_cli.report.sections import Section
from korea_cli.rows.column import plain_columns

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from korea_cli.chronology import Chronology
    from korea_cli.report.lookups import Related

EXAMPLES = (
    "korea cite ramani-2017",
    "korea cite hwasong-14-launch --style apa",
    "korea cite icbm-us icbm-russia -f bibtex",
)
_CITING = ("source", "event", "fact")  # what may be named


class RenderedCitation(NamedTuple):
    """The citation of a source: in full and in short, with the note on it.

    italics, links: where each part of the full text in italics, and each address in it, begins and ends.
    """

    id: str
    locator: str
    style: str
    text: str
    italics: list[list[int]]
    links: list[list[int]]
    short: str
    note: str
    type: str = "citation"


def cite(
    names: Annotated[
        list[str],
        Argument(metavar="ID...", help="Sources, or events and facts that cite them; by id or the start of one."),
    ],
    chronology: Chronology,
    style: Annotated[
        str,
        Option(
            "--style", metavar="NAME", values=styles.names(), help=f"Citation style: {' or '.join(styles.names())}."
        ),
    ] = "chicago",
) -> Report:
    """Print citations of sources, in Chicago or APA style.

    For an event or fact, prints all sources that it cites. Chicago citations are notes with locators; APA citations are
    reference list entries, with locators in the short form (--fields short). Titles keep their capitals. Authors
    written as 'Family, Given' are reordered as the style requires. If any is written otherwise, none is reordered.
    """
    from korea_cli.report.lookups import Related  # noqa: PLC0415 - help looks nothing up

    related = Related(chronology)
    rows = tuple(_render(dict.fromkeys(_citations(chronology, names)), related, style))
    keys = tuple(key for key in RenderedCitation._fields if key != "type")
    section = Section(
        key="citations", rows=rows, columns=plain_columns("citation", *keys), plain=("text",), layout="citations"
    )
    cited = ", ".join(f"'{name}'" for name in names)
    return Report(
        command="cite", header=chronology.header, documents=chronology.documents, sections=(section,),
        listed=len(rows), matched=len(rows), related=related, typed=tuple(names),
        empty=f"no sources cited in {cited}",
    )  # fmt: skip


def _citations(chronology: Chronology, names: list[str]) -> Iterator[tuple[str, str | None]]:
    """Yield the sources that some names mean, each with the place in it."""
    from korea_cli.model.records import Event, Fact  # noqa: PLC0415 - help needs no records
    from korea_cli.query.selection import Selection  # noqa: PLC0415 - as above

    for record in chronology.records(names, Selection(), *_CITING):
        yield from record.sources if isinstance(record, Event | Fact) else ((record.id, None),)


def _render(citations: Iterable[tuple[str, str | None]], related: Related, style: str) -> Iterator[RenderedCitation]:
    from korea_cli.citing.item import item_of  # noqa: PLC0415 - as above
    from korea_cli.citing.moments import timed_address  # noqa: PLC0415 - as above
    from korea_cli.citing.wording import parse_marks  # noqa: PLC0415 - as above

    form = styles.load(style)
    citations = tuple(citations)
    sources = {source["id"]: source for source in related.records(("source", id_) for id_, _ in citations)}
    for id_, locator in citations:
        item = item_of(sources[id_])
        item |= {"URL": timed_address(item["URL"], locator, sources[id_]["source_type"])} if "URL" in item else {}
        text, italics, links = parse_marks(form.full(item, locator))
        short = parse_marks(form.short(item, locator)).text
        yield RenderedCitation(
            id=id_, locator=locator or "", style=style.casefold(), text=text, italics=italics, links=links,
            short=short, note=sources[id_]["note"] or "",
        )  # fmt: skip
