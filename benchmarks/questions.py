"""What the benchmarks ask of a chronology."""

from __future__ import annotations

import datetime as dt

ACTOR, TOPIC, FIRST, LAST = "a107", "t9", dt.date(1990, 1, 1), dt.date(1994, 12, 31)
SELECTIVE = ("timeline", f"by:={ACTOR}", f"topic:={TOPIC}", "--period", f"{FIRST}..{LAST}", "--json")


def questions(size: int) -> dict[str, tuple[str, ...]]:
    """Return the queries for a chronology of a size, by name."""
    return {
        "selective": SELECTIVE,
        "timeline -n 20": ("timeline", "-n", "20"),
        "timeline --count": ("timeline", "--count"),
        "show ID": ("show", "e77"),
        "actor X": ("actor", "a20"),
        "search WORD": ("search", str(size - 1)),
        "AND, OR, NOT": (
            *("timeline", f"(by:={ACTOR} OR to:={ACTOR})", "AND", f"topic:={TOPIC}", "NOT", "kind:meeting"),
            *("--period", f"{FIRST}..{LAST}"),
        ),
        "title:word": ("timeline", f"title:{size - 1}"),
        "sources:1 -n 20": ("timeline", "sources:1", "-n", "20"),
        "--known-by DATE -n 20": ("timeline", "--known-by", "2017-06-30", "-n", "20"),
        "--around ID": ("timeline", "--around", "e77", "--days", "3", "-n", "20"),
    }


FURTHER = {
    "actor X, one of the most active": ("actor", "a7"),
    "search WORD -n 20, found in two of three events": ("search", "radar", "-n", "20"),
    "actors": ("actors",),
    "stats": ("stats",),
    "stats --by month --lanes topic": ("stats", "--by", "month", "--lanes", "topic"),
    "pairs": ("pairs",),
    "gaps": ("gaps",),
}
DUMP = ("timeline", "-f", "jsonl")
