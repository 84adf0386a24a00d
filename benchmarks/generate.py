"""Make a chronology of any size for the benchmarks: always the same for the same number, and as mixed as a real one.

`python benchmarks/generate.py 10000 > ten-thousand.toml`; `facts` after the number adds facts.
"""

from __future__ import annotations

import random
import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

ACTORS, TOPICS, SOURCES = 200, 40, 100
UNCITED = 3  # further sources, beside facts
_SEED = 1953
_FIRST, _LAST = 1946, 2017
_KINDS = ("statement", "meeting", "offer", "request", "agreement", "rejection", "test", "exercise", "sanction")
_NAMES = ("김", "이", "박", "Ivan", "Сергей", "王", "Müller", "Smith", "Nguyễn", "佐藤")
# Kinds of facts, each with its status and as often as in the built-in record; the last are those that are disputed.
_FACT_KINDS = {
    ("assessment", "opinion"): 36,
    ("claim", "unverified"): 35,
    ("fact", "undisputed"): 17,
    ("forecast", "opinion"): 6,
}
_DISPUTED_KINDS = {("claim", "disputed"): 19, ("claim", "contradicted"): 1, ("claim", "withdrawn"): 1}
_WORDS = (
    "talks", "border", "missile", "envoy", "summit", "harbour", "treaty", "drill", "sanction", "ministry", "council",
    "letter", "answer", "offer", "plan", "visit", "protest", "launch", "reactor", "freeze", "election", "rail",
    "pipeline", "island", "fleet", "satellite", "ceasefire", "delegation", "embassy", "radar",
)  # fmt: skip


def chronology(events: int, *, facts: bool = False) -> Iterator[str]:
    """Return the file piece by piece: a header, sources, actors that belong to one another, topics, then the events.

    With facts, the same events also answer others, are disputed, or have a second date.
    """
    dice, further = random.Random(_SEED), random.Random(_SEED)  # noqa: S311 - not for secrets
    yield f'[chronology]\ntitle = "{events} events"\nschema = 1\n'
    for number in range(SOURCES):
        yield _source(number, "2017")
    for number in range(ACTORS):
        parent = f'part_of = ["a{number // 10}"]\n' if number >= ACTORS // 10 else ""
        name = f"{dice.choice(_NAMES)} {number}"
        yield f'\n[[actors]]\nid = "a{number}"\nname = "{name}"\nkind = "person"\ncountry = "RUS"\n{parent}'
    for number in range(TOPICS):
        broader = f'broader = "t{number // 8}"\n' if number >= TOPICS // 8 else ""
        yield f'\n[[topics]]\nid = "t{number}"\nlabel = "{_WORDS[number % len(_WORDS)]} {number}"\n{broader}'
    for number in range(events):
        yield _event(number, dice) + (_links(number, further) if facts else "")
    if facts:
        yield from _facts(events, further)


def _source(number: int, issued: str) -> str:
    return f'\n[[sources]]\nid = "s{number}"\ntype = "article"\ntitle = "Source {number}"\nissued = "{issued}"\n'


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


def _links(event: int, dice: random.Random) -> str:
    """Return the keys of an event that only some have: what it answers, its second date, the fact that disputes it."""
    answered = f'responds_to = ["e{dice.randrange(event)}"]\n' if event and event % 4 == 0 else ""
    rival = f'other_dates = [{{ date = "{_date(dice)}", sources = ["s{dice.randrange(SOURCES)}"] }}]\n'
    disputed = f'disputed_by = ["f{event * 13 // 10 + 7}"]\n'
    return f"{answered}{rival if event % 25 == 0 else ''}{disputed if event % 50 == 0 else ''}"


def _facts(events: int, dice: random.Random) -> Iterator[str]:
    """Yield 13 facts for every ten events, and a further source for every ten events."""
    sources = SOURCES + events // 10
    for number in range(SOURCES, sources + UNCITED):
        yield _source(number, f"{dice.randint(_FIRST, _LAST)}-{dice.randint(1, 12):02}-{dice.randint(1, 28):02}")
    for number in range(events * 13 // 10):
        yield _fact(number, sources, dice)


def _fact(number: int, sources: int, dice: random.Random) -> str:
    words, opponent = " ".join(dice.choices(_WORDS, k=11)), _opponent(number, dice)
    citations = (f'"s{dice.randrange(sources)}#p{dice.randrange(1, 90)}"' for _ in range(dice.choice((1, 1, 1, 2, 3))))
    kind, status = _chosen(_DISPUTED_KINDS if opponent else _FACT_KINDS, dice)
    always = (
        f'\n[[facts]]\nid = "f{number}"\ntext = "The {words} of {number}"\nkind = "{kind}"\nstatus = "{status}"\n'
        f'holders = ["a{_skewed(dice, ACTORS)}"]\nabout = ["a{dice.randrange(ACTORS)}"]\ndate = "{_date(dice)}"\n'
        f'topics = ["t{dice.randrange(TOPICS)}"]\nsources = [{", ".join(citations)}]\n'
    )
    further = {
        f'disputed_by = ["{opponent}"]': bool(opponent),
        f'events = ["e{number * 10 // 13}"]': opponent or dice.random() < 0.7,  # noqa: PLR2004 - a share
        f'reported_by = ["a{dice.randrange(ACTORS)}"]': number % 5 == 0,
        "hedged = true": number % 7 == 0,
    }
    return always + "".join(f"{line}\n" for line, has in further.items() if has)


def _opponent(number: int, dice: random.Random) -> str:
    """Return what disputes a fact: of ten facts, the first two dispute each other; a third and a source may join."""
    shares = {
        0: (1, f"f{number + 1}"),
        1: (1, f"f{number - 1}"),
        2: (0.3, f"f{number - 2}"),
        5: (0.2, f"s{number % SOURCES}"),
    }
    share, opponent = shares.get(number % 10, (0, ""))
    return opponent if dice.random() < share else ""


def _skewed(dice: random.Random, most: int) -> int:
    """Return a number below half of `most`, small ones far more often, as a few actors do most of what is done."""
    return min(int(dice.paretovariate(0.6)) - 1, most // 2 - 1)


def _date(dice: random.Random) -> str:
    year, month, day = dice.randint(_FIRST, _LAST), dice.randint(1, 12), dice.randint(1, 28)
    written = f"{year}-{month:02}-{day:02}"
    quarter = 33 + (month - 1) // 3
    sorts = (written[:7], f"{year}", f"{written}~", f"{year}-{quarter}", f"{written}/{year + 1}", f"{year}?")
    return dice.choice(sorts) if dice.random() < 0.2 else written  # noqa: PLR2004 - one date in five is imprecise


def _chosen(weights: Mapping[tuple[str, str], int], dice: random.Random) -> tuple[str, str]:
    return dice.choices([*weights], [*weights.values()])[0]


if __name__ == "__main__":
    sys.stdout.writelines(chronology(int(sys.argv[1]), facts="facts" in sys.argv))
