"""Draw lists of records: a timeline under headings of year and month, facts, records of several types, and fields."""

from __future__ import annotations

from typing import TYPE_CHECKING

from korea_cli.dates.days import LAST_DAY, Day, year_name
from korea_cli.dates.format import show_stored
from korea_cli.dates.months import MONTHS
from korea_cli.dates.parse import parse_stored
from korea_cli.dates.spans import OPEN_START
from korea_cli.drawing import phrases, titles
from korea_cli.report.parties import parties
from korea_cli.report.sections import GROUPED, in_words

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rich.text import Text

    from korea_cli.dates.edtf import StoredDate
    from korea_cli.drawing.canvas import Canvas
    from korea_cli.report.sections import Section
    from korea_cli.rows.types import ActorRow, EventRow, FactRow, SourceRow, TopicRow

_DATES = 13  # columns; on a narrow screen they are above their events
_TYPES = 7  # as wide as the longest name of a type
_DATE, _TYPE = 12, 6  # where each record has one line: "24 May 2017", "4–6 Jul 2017"
_AWAY = 9  # columns: " Tue -3 d"
_NARROWEST_COLUMN = 12
_QUARTER = 92  # days


def draw_timeline(section: Section, canvas: Canvas) -> Iterator[str]:
    """Draw every event along a rail; headings only where the order is that of time."""
    year = month = ""
    query = canvas.report.query
    by_date = query is None or (query.selection.sort or "date").casefold() == "date"
    for values in canvas.report.related.with_claims(section.values()):
        date = parse_stored(values["date"])
        in_year, months = _headings(date) if by_date else (year, ())
        if in_year != year:
            year, month = in_year, ""
            yield canvas.line()
            yield canvas.rule(year)
        if _ends(month, months):
            month = months[0] if len(months) == 1 else f"{months[0]} or later"
            yield canvas.line(canvas.text((month, "title")))
        yield _event(values, canvas)


def _event(values: EventRow, canvas: Canvas) -> str:
    """Draw one event along the rail; a long vague period on one line, so that what happened day by day reads on."""
    date, mark, days = phrases.date(values, canvas), phrases.mark(values, canvas), parse_stored(values["date"])
    if days.is_vague and days.end_max - days.start_min >= _QUARTER:
        date.stylize("not bold")
        period = canvas.joined((date, titles.titled(values, canvas, "")), "  ")
        return canvas.hanging(mark.append(" ").append_text(period), 2)
    details = (
        *phrases.disputes(values, canvas),
        *(phrases.other_date(other, canvas) for other in values["other_dates"]),
        canvas.text((phrases.listed(values["topics"]), "faint")),
    )
    sources = phrases.sources(values["sources"], canvas)
    texts, aside = phrases.placed(canvas, titles.titled(values, canvas), phrases.who(values, canvas), details, sources)
    if canvas.narrow:
        return canvas.entry(canvas.text(), mark, [date, *texts], 0)
    return canvas.entry(date, mark, texts, _DATES, aside)


def _headings(date: StoredDate) -> tuple[str, tuple[str, ...]]:
    """Return the first year that an event may begin in, and the months of that year that it may begin in."""
    if date.start_min == OPEN_START:
        return "start unknown", ()
    first, last = Day.from_ordinal(date.start_min), Day.from_ordinal(min(date.start_max, LAST_DAY))
    return year_name(first.year), MONTHS[first.month - 1 : last.month if first.year == last.year else None]


def _ends(heading: str, months: tuple[str, ...]) -> bool:
    """Return whether an event that may begin in some months needs another heading than the present one."""
    if len(months) == 1:
        return heading != months[0]
    return bool(heading and months) and heading not in (*months, f"{months[0]} or later")


def draw_facts(section: Section, canvas: Canvas) -> Iterator[str]:
    """Draw every fact with who holds it and who passed it on, its status and sources."""
    for values in canvas.report.related.with_claims(section.values()):
        who = phrases.who(values, canvas).append(" (hedged)" if values["hedged"] else "")
        details = [*phrases.disputes(values, canvas), canvas.text(values["note"] or ""), _rest(values, canvas)]
        sources = phrases.sources(values["sources"], canvas)
        texts, aside = phrases.placed(canvas, titles.titled(values, canvas), who, details, sources)
        texts.extend(phrases.outcome(values, canvas))
        yield canvas.line()
        yield canvas.entry(canvas.text(), phrases.mark(values, canvas), texts, 0, aside)


def _rest(values: FactRow, canvas: Canvas) -> Text:
    """Return the date, a status that is no doubt, whom it is about, and the topics."""
    named = parties(values, canvas.report.related.actor_keys("fact"))
    about = [f"{key.label} {phrases.listed(actors)}" for key, actors in named if key.role == "subject"]
    status = values["status"] if values["status"] in {"opinion", "undisputed"} else ""
    date = phrases.date(values, canvas).plain
    return canvas.text((canvas.dotted(date, status, *about, phrases.listed(values["topics"])), "faint"))


def draw_records(section: Section, canvas: Canvas) -> Iterator[str]:
    """Draw every record behind the name of its type."""
    yield canvas.line()
    for values in section.values():
        who = phrases.who(values, canvas) if values["type"] in {"event", "fact"} else canvas.text()
        sources = phrases.sources(values.get("sources", ()) if canvas.wide else (), canvas)
        date = phrases.date(values, canvas).plain
        details = canvas.text((canvas.dotted(date, values.get("role"), values.get("container")), "faint"))
        texts, aside = phrases.placed(canvas, titles.titled(values, canvas), who, [details], sources)
        texts.extend(phrases.outcome(values, canvas) if values["type"] == "fact" else ())
        yield canvas.entry(canvas.text((values["type"], "faint")), phrases.mark(values, canvas), texts, _TYPES, aside)


def draw_list(section: Section, canvas: Canvas) -> Iterator[str]:
    """Draw actors, topics or sources by name and id, each with what is counted for it and when."""
    for values in section.values():
        title = canvas.link(phrases.name_of(values), values.get("url"), "title")
        own = [values.get(key) for key in ("role", "kind", "source_type", "container")]
        issued = show_stored(values["issued"]) if values.get("issued") else ""
        counts = canvas.dotted(_counted(values), phrases.reach(values, canvas))
        lines = (canvas.dotted(*own, issued), counts) if values["type"] == "source" else (canvas.dotted(*own, counts),)
        title.append_text(canvas.text("  ", (values["id"], "id"))).append_text(canvas.state(values))
        texts = [title, *map(canvas.text, filter(None, lines))]
        yield canvas.entry(canvas.text(), phrases.mark(values, canvas), texts, 0)


def _counted(values: ActorRow | TopicRow | SourceRow) -> str:
    """Return how many events and facts there are of an actor or topic, or how many cite a source, and it alone."""
    events, facts = values["event_count"], values["fact_count"]
    if values["type"] != "source":
        return phrases.numbers(events, facts)
    alone, cited = values["alone"], f"cited by {phrases.numbers(events, facts, ' and ')}"
    if not alone:
        return cited if events or facts else "not cited"
    these = "it" if events + facts == 1 else "all of these" if alone == events + facts else f"{alone:,} of these"
    return f"{cited}; the only source of {these}"


def draw_lines(section: Section, canvas: Canvas) -> Iterator[str]:
    """Draw every record as a line, for `--oneline`, wrapped under its title where the screen is narrower."""
    if section.layout == "grid":
        for values in section.values():
            yield canvas.hanging(
                canvas.text("  ".join(filter(None, (in_words(each, GROUPED) for each in values.values())))), indent=2
            )
        return
    dated = not {"date", "issued"}.isdisjoint(section.keys)
    several = len(section.columns.types) > 1
    query = canvas.report.query
    width = _DATE + (_AWAY if query and query.around else 0)
    indent = several * (_TYPE + 1) + dated * (width + 1) + 2
    for values in section.values():
        text = canvas.text((f"{values['type']:{_TYPE}} " if several else "", "faint"))
        if dated:
            date = phrases.date(values, canvas)
            text.append_text(date).append(" " * (width - date.cell_len) + " ")
        text.append_text(phrases.mark(values, canvas)).append(" ")
        text.append_text(titles.name(values, canvas)).append("  ")
        who = phrases.who(values, canvas) if values["type"] in {"event", "fact"} else canvas.text(_counted(values))
        text.append_text(who).append("  " if who else "").append_text(canvas.text((values["id"], "id")))
        yield canvas.hanging(text.append_text(canvas.state(values)), indent)


def draw_grid(section: Section, canvas: Canvas) -> Iterator[str]:
    """Draw chosen fields as a table, or a line for each field where the screen is too narrow for columns."""
    keys = section.keys
    rows = [{key: in_words(value, GROUPED) for key, value in values.items()} for values in section.values()]
    if section.title:
        yield canvas.line(canvas.text((section.title, "title")))
    if canvas.width >= _NARROWEST_COLUMN * len(keys):
        yield canvas.table(keys, [[cells.get(key, "") for key in keys] for cells in rows])
        return
    width = max(map(len, keys))
    for cells in rows:
        for key, words in cells.items():
            yield canvas.columns(key, width, words)
        yield canvas.line()
