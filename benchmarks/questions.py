"""What the benchmarks ask of a chronology."""

from __future__ import annotations

import datetime as dt
from typing import NamedTuple

ACTOR, TOPIC, FIRST, LAST = "a107", "t9", dt.date(1990, 1, 1), dt.date(1994, 12, 31)
SELECTIVE = ("timeline", f"by:={ACTOR}", f"topic:={TOPIC}", "--period", f"{FIRST}..{LAST}", "--json")
_FEW, _MANY = 3, 15  # times as long on the largest chronology: for a few records, and for what looks at all of them


class Question(NamedTuple):
    """A command on a chronology with facts, and how many times its time on the smallest one it may take."""

    command: tuple[str, ...]
    limit: int


def questions(size: int) -> dict[str, tuple[str, ...]]:
    """Return the queries for a chronology of a size, by name."""
    return {
        "selective": SELECTIVE,
        "timeline -n 20": ("timeline", "-n", "20"),
        "timeline --count": ("timeline", "--count"),
        "show ID": ("show", "e77"),
        "actor X": ("actor", "a20"),
        "search WORD": ("search", str(size - 1)),
    }


FURTHER = {
    "actor X, one of the most active": ("actor", "a7"),
    "search WORD -n 20, found in two of three events": ("search", "radar", "-n", "20"),
    "actors": ("actors",),
    "stats": ("stats",),
}
DUMP = ("timeline", "-f", "jsonl")

_EXPRESSION = f"(by:={ACTOR} OR to:={ACTOR}) AND topic:={TOPIC} NOT kind:meeting"
KNOWN, KNOWN_FACTS = "2017-06-30", "2010-06-30"  # days on which most events, and some facts, were known
ANALYSIS = {
    "timeline '(by:A OR to:A) AND topic:T NOT kind:meeting' --period 1990..1994": Question(
        ("timeline", _EXPRESSION, "--period", f"{FIRST}..{LAST}"), _FEW
    ),
    "timeline title:WORD": Question(("timeline", "title:77"), _FEW),
    "timeline precision:month by:A": Question(("timeline", "precision:month", f"by:={ACTOR}"), _FEW),
    "timeline source:ID#p6": Question(("timeline", "source:s9#p6"), _FEW),
    "timeline answers:ID": Question(("timeline", "answers:e77"), _FEW),
    "timeline answered-by:ID": Question(("timeline", "answered-by:e80"), _FEW),
    "timeline begins:MONTH": Question(("timeline", "begins:1990-05"), _FEW),
    "timeline --from ID --to ID by:A": Question(("timeline", "--from", "e77", "--to", "e78", f"by:={ACTOR}"), _FEW),
    "timeline --around ID --days 3": Question(("timeline", "--around", "e77", "--days", "3"), _FEW),
    "timeline by:A topic:T --known-by DATE": Question(
        ("timeline", f"by:={ACTOR}", f"topic:={TOPIC}", "--known-by", KNOWN), _FEW
    ),
    "facts hedged:true holder:A": Question(("facts", "hedged:true", f"holder:={ACTOR}"), _FEW),
    "facts about-event:ID": Question(("facts", "about-event:e77"), _FEW),
    "facts disputes:ID": Question(("facts", "disputes:f10"), _FEW),
    "facts disputed-by:ID": Question(("facts", "disputed-by:f10"), _FEW),
    "facts disputed-by:A": Question(("facts", f"disputed-by:{ACTOR}"), _FEW),
    "actors disputes:ID": Question(("actors", "disputes:f10"), _FEW),
    "facts sources:1 by:A topic:T": Question(("facts", "sources:1", f"by:={ACTOR}", f"topic:={TOPIC}"), _FEW),
    "facts only:SOURCE": Question(("facts", "only:s105"), _FEW),
    "facts known_since:MONTH": Question(("facts", "known_since:1990-06"), _FEW),
    "show ID --known-by DATE": Question(("show", "f77", "--known-by", KNOWN_FACTS), _FEW),
    "sources issued:MONTH": Question(("sources", "issued:1990-06"), _FEW),
    "positions by:A topic:T": Question(("positions", f"by:={ACTOR}", f"topic:={TOPIC}"), _FEW),
    "pairs A topic:T": Question(("pairs", ACTOR, f"topic:={TOPIC}"), _FEW),
    "gaps by:A": Question(("gaps", f"by:={ACTOR}"), _FEW),
    "disputes actor:A topic:T": Question(("disputes", f"actor:={ACTOR}", f"topic:={TOPIC}"), _FEW),
    "disputes actor:A topic:T --known-by DATE": Question(
        ("disputes", f"actor:={ACTOR}", f"topic:={TOPIC}", "--known-by", KNOWN_FACTS), _FEW
    ),
    "timeline sources:1 -n 20": Question(("timeline", "sources:1", "-n", "20"), _MANY),
    "timeline locator:p6": Question(("timeline", "locator:p6"), _MANY),
    "facts 'sources:<2' -n 20": Question(("facts", "sources:<2", "-n", "20"), _MANY),
    "facts 'voices:>=3' -n 20": Question(("facts", "voices:>=3", "-n", "20"), _MANY),
    "timeline --known-by DATE -n 20": Question(("timeline", "--known-by", KNOWN, "-n", "20"), _MANY),
    "facts --known-by DATE -n 20": Question(("facts", "--known-by", KNOWN_FACTS, "-n", "20"), _MANY),
    "facts sources:1 --known-by DATE -n 20": Question(
        ("facts", "sources:1", "--known-by", KNOWN_FACTS, "-n", "20"), _MANY
    ),
    "sources events:0 facts:0": Question(("sources", "events:0", "facts:0"), _MANY),
    "sources events:0 --known-by DATE": Question(("sources", "events:0", "--known-by", KNOWN_FACTS), _MANY),
    "actors events:0 facts:0": Question(("actors", "events:0", "facts:0"), _MANY),
    "search events:0 facts:0": Question(("search", "events:0", "facts:0"), _MANY),
    "disputes topic:T": Question(("disputes", f"topic:={TOPIC}"), _MANY),
    "disputes topic:T --known-by DATE": Question(("disputes", f"topic:={TOPIC}", "--known-by", KNOWN_FACTS), _MANY),
    "disputes --count": Question(("disputes", "--count"), _MANY),
    "disputes -n 20": Question(("disputes", "-n", "20"), _MANY),
    "disputes --state open --known-by DATE --count": Question(
        ("disputes", "--state", "open", "--known-by", KNOWN, "--count"), _MANY
    ),
    "disputes --state open -n 20": Question(("disputes", "--state", "open", "-n", "20"), _MANY),
    "positions topic:T": Question(("positions", f"topic:={TOPIC}"), _MANY),
    "positions topic:T --known-by DATE": Question(("positions", f"topic:={TOPIC}", "--known-by", KNOWN_FACTS), _MANY),
    "positions --count": Question(("positions", "--count"), _MANY),
    "positions --roll-up --count": Question(("positions", "--roll-up", "--count"), _MANY),
    "pairs": Question(("pairs",), _MANY),
    "pairs --roll-up": Question(("pairs", "--roll-up"), _MANY),
    "gaps": Question(("gaps",), _MANY),
    "stats": Question(("stats",), _MANY),
    "stats --known-by DATE": Question(("stats", "--known-by", KNOWN), _MANY),
    "stats begins:YEAR": Question(("stats", "begins:1990"), _MANY),
    "stats --by voice": Question(("stats", "--by", "voice"), _MANY),
    "stats --by country": Question(("stats", "--by", "country"), _MANY),
    "stats --by month --lanes topic": Question(("stats", "--by", "month", "--lanes", "topic"), _MANY),
    "stats --by month --lanes topic --known-by DATE": Question(
        ("stats", "--by", "month", "--lanes", "topic", "--known-by", KNOWN), _MANY
    ),
    "chart date:YEAR": Question(("chart", "date:1990"), _FEW),
    "chart --by holder": Question(("chart", "--by", "holder"), _MANY),
    "chart --by kind": Question(("chart", "--by", "kind"), _MANY),
}
# What lists everything grows with it, so that the time for each row is what counts. Each row is a line.
LIST, LISTS = "timeline -f csv", ("disputes -f csv", "disputes --state open -f csv", "positions -f csv")
