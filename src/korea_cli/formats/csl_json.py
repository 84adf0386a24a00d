"""CSL-JSON of the sources, for Zotero, pandoc and citation processors."""

from __future__ import annotations

from typing import TYPE_CHECKING

from korea_cli.base.sanitize import ascii_json, escape_json
from korea_cli.citing.sources import CITING, cited_sources
from korea_cli.formats.json import json_list
from korea_cli.report.supported import SupportedRows

if TYPE_CHECKING:
    from collections.abc import Generator, Sequence

    from korea_cli.report.report import Report
    from korea_cli.report.screen import Screen

EXTENSIONS: tuple[str, ...] = ()  # .json means the format json
CARRIES = CITING
GIVES = "the sources of"


def render(report: Report, screen: Screen) -> Generator[str, None, Sequence[str]]:
    """Write an item a line, each source once; the list is valid also when it is empty."""
    from json import dumps  # noqa: PLC0415 - as `json` does

    from korea_cli.citing.item import item_of  # noqa: PLC0415 - needed only when something is written

    rows = SupportedRows(report, CARRIES)
    items = (escape_json(dumps(item_of(source), ensure_ascii=False)) for source in cited_sources(rows, report.related))
    yield from json_list(items if screen.unicode else map(ascii_json, items))
    yield "\n"
    return rows.notes
