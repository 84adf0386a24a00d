"""Draw actors, topics or sources, each with its counts below its name."""

from __future__ import annotations

from typing import TYPE_CHECKING

from korea_cli.dates.format import show_stored
from korea_cli.drawing import phrases

if TYPE_CHECKING:
    from collections.abc import Iterator

    from korea_cli.drawing.canvas import Canvas
    from korea_cli.report.sections import Section
    from korea_cli.rows.types import ActorRow, SourceRow, TopicRow


def draw(section: Section, canvas: Canvas) -> Iterator[str]:
    """Draw every record by its name and id, with what is counted for it and when."""
    for values in section.values():
        title = canvas.link(phrases.name_of(values), values.get("url"), "title")
        own = [values.get(key) for key in ("role", "kind", "source_type", "container")]
        issued = show_stored(values["issued"]) if values.get("issued") else ""
        counts = canvas.dotted(counted(values), phrases.reach(values, canvas))
        lines = (canvas.dotted(*own, issued), counts) if values["type"] == "source" else (canvas.dotted(*own, counts),)
        texts = [title.append_text(canvas.text("  ", (values["id"], "id"))), *map(canvas.text, filter(None, lines))]
        yield canvas.entry(canvas.text(), canvas.mark(), texts, 0)


def counted(values: ActorRow | TopicRow | SourceRow) -> str:
    """Return how many events and facts there are of an actor or topic, or how many cite a source, and it alone."""
    events, facts = values["event_count"], values["fact_count"]
    if values["type"] != "source":
        return phrases.numbers(events, facts)
    alone, cited = values["alone"], f"cited by {phrases.numbers(events, facts, ' and ')}"
    if not alone:
        return cited if events or facts else "not cited"
    these = "it" if events + facts == 1 else "all of these" if alone == events + facts else f"{alone} of these"
    return f"{cited}; the only source of {these}"
