"""What the benchmarks ask: of this program, and the same of what one would use instead of it."""

from __future__ import annotations

import datetime as dt
import shutil
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

ACTOR, TOPIC, FIRST, LAST = "a107", "t9", dt.date(1990, 1, 1), dt.date(1994, 12, 31)
SELECTIVE = ("timeline", f"by:={ACTOR}", f"topic:={TOPIC}", "--period", f"{FIRST}..{LAST}", "--json")


def questions(size: int) -> dict[str, tuple[str, ...]]:
    """Give what is asked of a chronology of some events, by what it is called."""
    return {
        "selective": SELECTIVE,
        "timeline -n 20": ("timeline", "-n", "20"),
        "timeline --count": ("timeline", "--count"),
        "show ID": ("show", "e77"),
        "actor X": ("actor", "a20"),
        "search WORD": ("search", str(size - 1)),
    }


FURTHER = {
    "actor X, one of the busiest": ("actor", "a7"),
    "search WORD -n 20, in two of three events": ("search", "radar", "-n", "20"),
    "actors": ("actors",),
    "stats": ("stats",),
}
DUMP = ("timeline", "-f", "jsonl")


class Files(NamedTuple):
    """The same events in several forms, and the index that the program keeps of them."""

    toml: Path
    json: Path
    csv: Path
    journal: Path
    kept: Path


class Rival(NamedTuple):
    """Another program, and how it is asked for the selected events, or for those of the actor where it can no more."""

    program: str
    asks: str
    command: Callable[[Files], tuple[str, ...]]

    @property
    def installed(self) -> bool:
        """Say whether it is here."""
        return shutil.which(self.program) is not None


_JQ = (
    f'.[] | select(any(.actors[]; .id == "{ACTOR}") and any(.topics[]; .id == "{TOPIC}")'
    f' and .earliest <= "{LAST}" and .latest >= "{FIRST}")'
)
_SQL = (
    "SELECT json FROM kept WHERE seq IN ("  # noqa: S608 - names of ours
    f"SELECT seq FROM link WHERE role = 'actors' AND target = '{ACTOR}' INTERSECT"
    f" SELECT seq FROM link WHERE role = 'topics' AND target = '{TOPIC}' INTERSECT"
    f" SELECT seq FROM span WHERE a <= {LAST.toordinal()} AND d >= {FIRST.toordinal()})"
)
_DUCK = (
    "SELECT * FROM read_json_auto('{}')"  # noqa: S608 - as above
    f" WHERE len(list_filter(actors, x -> x.id = '{ACTOR}')) > 0"
    f" AND len(list_filter(topics, x -> x.id = '{TOPIC}')) > 0"
    f" AND earliest::DATE <= DATE '{LAST}' AND latest::DATE >= DATE '{FIRST}'"
)
_MILLER = f'$earliest <= "{LAST}" && $latest >= "{FIRST}" && $topics =~ ".+"'

RIVALS = (
    Rival("sqlite3", "the same, in SQL, of korea's own index", lambda files: ("sqlite3", str(files.kept), _SQL)),
    Rival("jq", "the same, of the events as JSON", lambda files: ("jq", "-c", _JQ, str(files.json))),
    Rival(
        "duckdb", "the same, of the events as JSON", lambda files: ("duckdb", "-json", "-c", _DUCK.format(files.json))
    ),
    Rival(
        "mlr", "the window alone, of the events as CSV",
        lambda files: ("mlr", "--icsv", "--ojsonl", "filter", _MILLER, str(files.csv)),
    ),
    Rival("grep", "lines that name the actor, of the TOML file", lambda files: ("grep", f'"{ACTOR}"', str(files.toml))),
    Rival(
        "hledger", "the actor's entries in the window, of a journal",
        lambda files: ("hledger", "-f", str(files.journal), "print", ACTOR, "-b", str(FIRST), "-e", str(LAST)),
    ),
    Rival(
        "ledger", "the actor's entries in the window, of a journal",
        lambda files: ("ledger", "-f", str(files.journal), "print", ACTOR, "-b", str(FIRST), "-e", str(LAST)),
    ),
)  # fmt: skip
DUMP_RIVAL = "jq"


def dump_with_jq(files: Files) -> tuple[str, ...]:
    """Give how jq writes every event on a line."""
    return "jq", "-c", ".[]", str(files.json)
