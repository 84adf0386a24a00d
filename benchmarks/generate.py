"""Make a chronology of any size for the benchmarks: always the same for the same number, and as mixed as a real one.

`python benchmarks/generate.py 10000 > ten-thousand.toml`
"""

from __future__ import annotations

import random
import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

ACTORS, TOPICS, SOURCES = 200, 40, 100
_SEED = 1953
_FIRST, _LAST = 1946, 2017
_KINDS = ("statement", "meeting", "offer", "request", "agreement", "rejection", "test", "exercise", "sanction")
_NAMES = ("김", "이", "박", "Ivan", "Сергей", "王", "Müller", "Smith", "Nguyễn", "佐藤")
_WORDS = (
    "talks", "border", "missile", "envoy", "summit", "harbour", "treaty", "drill", "sanction", "ministry", "council",
    "letter", "answer", "offer", "plan", "visit", "protest", "launch", "reactor", "freeze", "election", "rail",
    "pipeline", "island", "fleet", "satellite", "ceasefire", "delegation", "embassy", "radar",
)  # fmt: skip


def chronology(events: int) -> Iterator[str]:
    """Return the file piece by piece: a header, sources, actors that belong to one another, topics, then the events."""
    dice = random.Random(_SEED)  # noqa: S311 - not for secrets
    yield f'[chronology]\ntitle = "{events} events"\nschema = 1\n'
    for number in range(SOURCES):
        yield f'\n[[sources]]\nid = "s{number}"\ntype = "article"\ntitle = "Source {number}"\nissued = "2017"\n'
    for number in range(ACTORS):
        parent = f'part_of = ["a{number // 10}"]\n' if number >= ACTORS // 10 else ""
        name = f"{dice.choice(_NAMES)} {number}"
        yield f'\n[[actors]]\nid = "a{number}"\nname = "{name}"\nkind = "person"\ncountry = "RUS"\n{parent}'
    for number in range(TOPICS):
        broader = f'broader = "t{number // 8}"\n' if number >= TOPICS // 8 else ""
        yield f'\n[[topics]]\nid = "t{number}"\nlabel = "{_WORDS[number % len(_WORDS)]} {number}"\n{broader}'
    for number in range(events):
        yield _event(number, dice)


def _event(number: int, dice: random.Random) -> str:
    words = " ".join(dice.choices(_WORDS, k=32))
    return (
        f'\n[[events]]\nid = "e{number}"\ntitle = "The {dice.choice(_WORDS)} {dice.choice(_WORDS)} of {number}"\n'
        f'date = "{_date(dice)}"\ndate_basis = "stated"\nkind = "{dice.choice(_KINDS)}"\n'
        f'actors = ["a{_skewed(dice, ACTORS)}", "a{_skewed(dice, ACTORS) + ACTORS // 2}"]\n'
        f'recipients = ["a{dice.randrange(ACTORS)}"]\nplace = "{dice.choice(_NAMES)}"\n'
        f'topics = ["t{dice.randrange(TOPICS)}"]\nstatus = "confirmed"\nsummary = "{words}"\n'
        f'sources = ["s{dice.randrange(SOURCES)}#p{dice.randrange(1, 90)}"]\n'
    )


def _skewed(dice: random.Random, most: int) -> int:
    """Return a number below half of `most`, small ones far more often, as a few actors do most of what is done."""
    return min(int(dice.paretovariate(0.6)) - 1, most // 2 - 1)


def _date(dice: random.Random) -> str:
    year, month, day = dice.randint(_FIRST, _LAST), dice.randint(1, 12), dice.randint(1, 28)
    written = f"{year}-{month:02}-{day:02}"
    quarter = 33 + (month - 1) // 3
    sorts = (written[:7], f"{year}", f"{written}~", f"{year}-{quarter}", f"{written}/{year + 1}", f"{year}?")
    return dice.choice(sorts) if dice.random() < 0.2 else written  # noqa: PLR2004 - one date in five is imprecise


if __name__ == "__main__":
    sys.stdout.writelines(chronology(int(sys.argv[1])))
