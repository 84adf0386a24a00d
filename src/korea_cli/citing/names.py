"""Names of authors: parted into family and given name where that is sure, else left whole as CSL's literal names.

A wrong part is worse than none: "Press, Associated" is false, and so is "Ji-hye, Jun", for a Korean, Chinese or
Hungarian name begins with the family's. Two things are sure. Who writes "Ramani, Samuel" has said it. And a name that
begins with a given name of the West, followed by others or initials and one last word, ends in the family's.
"""

from __future__ import annotations

import re

_GIVEN = frozenset(
    """Aaron Adam Alan Albert Alejandro Alexander Alexandre Alexei Alexey Alice Amanda Amy Anastasia Anatoly Andrea
    Andreas Andrei Andrew Andrey Angela Anna Anne Anthony Antonio Arthur Barbara Benjamin Bernard Boris Brian Bruce
    Carla Carlos Caroline Catherine Charles Chris Christine Christoph Christopher Claire Claudia Craig Daniel David
    Deborah Denis Dennis Diana Diego Dmitri Dmitry Donald Dorothy Edward Ekaterina Elena Elizabeth Ellen Emily Emma
    Eric Eugene Evan Evgeny Fiona Francis Francois Frank Frederick Gary Gennady George Georgy Gerald Gilbert Giovanni
    Gregory Hannah Hans Harry Heather Helen Henri Henry Howard Hugh Igor Irina Isabel Ivan Jack Jacob James Jane Janet
    Jason Javier Jean Jeffrey Jennifer Jeremy Jessica Jim John Jonathan Jose Joseph Joshua Juan Judith Julia Julian
    Julie Juliet Karen Karl Katherine Kathleen Keith Kenneth Kevin Konstantin Larry Laura Laurence Lawrence Leon Leonid
    Linda Lisa Louis Louise Lucas Lucy Luis Luke Marc Marco Margaret Maria Marie Mark Markus Martha Mary Matthew Maxim
    Megan Melissa Michael Michel Michelle Miguel Mikhail Monica Nancy Natalia Nathan Nicholas Nicolas Nicole Nikita
    Nikolai Nikolay Oleg Oliver Olga Olivia Pamela Patricia Patrick Paul Pavel Pedro Peter Philip Philippe Pierre Rachel
    Ralph Raymond Rebecca Richard Robert Roger Ronald Ruth Ryan Samantha Samuel Sandra Sara Sarah Scott Sebastian
    Sergei Sergey Simon Sophia Sophie Stefan Stephanie Stephen Steven Susan Suzanne Takashi Takeshi Takuya Tatiana
    Thomas Timothy Tom Toshio Valery Vasily Vincent Vladimir Walter William Yulia Yuri Yury""".split()  # noqa: SIM905 - two hundred quoted words are harder to read
)
_INITIAL = re.compile(r"[A-Z]\.(-[A-Z]\.)?")
_PARTICLES = {"af", "da", "de", "del", "della", "den", "der", "di", "du", "la", "le", "ten", "ter", "van", "von", "zu"}
_NOT_OF_NAMES = {"&", "and", "et", "for", "of", "on", "the", "und"}
_AFTER_NAMES = {"co.", "inc", "inc.", "jr", "jr.", "llc", "ltd", "ltd.", "sr", "sr."}
_MOST_WORDS = 3


def name_of(author: str) -> dict[str, str]:
    """Give a name as CSL has it: family and given where it is sure which is which, else literal."""
    author = " ".join(author.split())
    parts = _parted_by_comma(author) or _parted_by_order(author.split(" "))
    return {"family": parts[0], "given": parts[1]} if parts else {"literal": author}


def _parted_by_comma(author: str) -> tuple[str, str] | None:
    family, comma, given = author.partition(", ")
    if not comma or "," in family + given or _AFTER_NAMES & set(given.casefold().split()):
        return None
    fits = all(0 < len(part.split()) <= _MOST_WORDS for part in (family, given))
    of_names = not any(word in _NOT_OF_NAMES or not word[0].isalpha() for word in author.casefold().split())
    return (family, given) if fits and of_names else None


def _parted_by_order(words: list[str]) -> tuple[str, str] | None:
    family = next((place for place, word in enumerate(words) if word in _PARTICLES), len(words) - 1)
    given, last = words[:family], words[family:]
    sure = any(word in _GIVEN for word in given) and all(word in _GIVEN or _INITIAL.fullmatch(word) for word in given)
    named = re.fullmatch(r"[^\W\d_][\w'\u2019-]+", last[-1]) and last[-1][0].isupper() and not last[-1].isupper()
    particles = all(word in _PARTICLES for word in last[:-1])
    return (" ".join(last), " ".join(given)) if sure and named and particles else None
