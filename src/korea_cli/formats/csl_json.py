"""CSL-JSON of the sources, for Zotero, pandoc and citation processors."""

from __future__ import annotations

from typing import TYPE_CHECKING

from korea_cli.base.sanitize import ascii_json, escape_json
from korea_cli.citing.sources import CITING, cited_sources
from korea_cli.formats.json import json_list
from korea_cli.report.supported import SupportedRows, lost_header

if TYPE_CHECKING:
    from collections.abc import Generator, Iterable, Iterator, Sequence

    from korea_cli.ingest.read_back import ReadBack
    from korea_cli.report.report import Report
    from korea_cli.report.screen import Screen
    from korea_cli.rows.types import SourceRow

EXTENSIONS: tuple[str, ...] = ()  # .json means the format json
FOR_OTHERS = True
CARRIES = CITING
GIVES = "the sources of"


def render(report: Report, screen: Screen) -> Generator[str, None, Sequence[str]]:
    """Write an item a line, each source once; the list is valid also when it is empty."""
    from korea_cli.ingest.read_back import ReadBack  # noqa: PLC0415 - needed only when something is written
    from korea_cli.model.records import Source  # noqa: PLC0415 - as above

    rows, back = SupportedRows(report, CARRIES), ReadBack(Source)
    items = map(escape_json, _items(cited_sources(rows, report.related), back))
    yield from json_list(items if screen.unicode else map(ascii_json, items))
    yield "\n"
    return (*rows.notes, *back.notes, *lost_header(report))


def _items(sources: Iterable[SourceRow], back: ReadBack) -> Iterator[str]:
    from json import dumps  # noqa: PLC0415 - as `json` does

    from korea_cli.citing.item import item_of  # noqa: PLC0415 - needed only when something is written
    from korea_cli.ingest.bibliographies.csl_items import source_cells  # noqa: PLC0415 - as above

    for source in sources:
        item = item_of(source)
        back.add(source, source_cells(item))
        yield dumps(item, ensure_ascii=False)
