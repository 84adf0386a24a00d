"""Draw facts, never without who holds them and who passed them on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from korea_cli.drawing import phrases
from korea_cli.report.parties import parties

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rich.text import Text

    from korea_cli.drawing.canvas import Canvas
    from korea_cli.report.sections import Section
    from korea_cli.rows.types import FactRow


def draw(section: Section, canvas: Canvas) -> Iterator[str]:
    """Draw every fact with its holder, chain, status and sources."""
    for values in section.values():
        who = phrases.who(values, canvas).append(" (hedged)" if values["hedged"] else "")
        details = [*phrases.disputes(values, canvas), canvas.text(values["note"] or ""), _rest(values, canvas)]
        sources = phrases.sources(values["sources"], canvas)
        texts, aside = phrases.placed(canvas, phrases.titled(values, canvas), who, details, sources)
        yield canvas.line()
        yield canvas.entry(canvas.text(), phrases.mark(values, canvas), texts, 0, aside)


def _rest(values: FactRow, canvas: Canvas) -> Text:
    """Return the date, a status that is no doubt, whom it is about, and the topics."""
    named = parties(values, canvas.report.actor_keys("fact"))
    about = [f"{key.label} {phrases.listed(actors)}" for key, actors in named if key.role == "subject"]
    status = values["status"] if values["status"] in {"opinion", "undisputed"} else ""
    date = phrases.date(values, canvas).plain
    return canvas.text((canvas.dotted(date, status, *about, phrases.listed(values["topics"])), "faint"))
