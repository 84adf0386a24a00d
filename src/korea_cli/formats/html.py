"""A web page in a single file: timeline, disputes, entries with their sources, search and filters."""

from __future__ import annotations

from typing import TYPE_CHECKING

from korea_cli.report.supported import SupportedRows

if TYPE_CHECKING:
    from collections.abc import Generator, Sequence

    from korea_cli.report.report import Report
    from korea_cli.report.screen import Screen

EXTENSIONS = (".html", ".htm")
ALL_AT_ONCE = True
FOR_OTHERS = True
CARRIES = ("event", "fact")


def render(
    report: Report,
    screen: Screen,  # noqa: ARG001 - called as all are
    *,
    base_url: str = "",
    embed: bool = False,
) -> Generator[str, None, Sequence[str]]:
    """Write the page of events and facts."""
    from korea_cli.formats.page.document import build_page, render_page  # noqa: PLC0415 - the listing of formats needs no page

    rows = SupportedRows(report, CARRIES)
    yield from render_page(build_page(report, rows, base_url, embed=embed))
    return rows.notes
