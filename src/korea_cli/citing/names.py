"""Names of authors: `Family, Given` is split at its comma, and every other name is left as it is written.

A wrong split is worse than none: "Press, Associated" is wrong, and so is "Ji-hye, Jun", because a Korean, Chinese or
Hungarian name begins with the family name. So no name is split by the order of its words.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

Name = dict[str, str]  # as CSL has it: `family` and `given`, or `literal`
_NO_NAME_WORDS = {"&", "and", "et", "for", "of", "on", "the", "und"}
_SUFFIXES = {"co.", "inc", "inc.", "jr", "jr.", "llc", "ltd", "ltd.", "sr", "sr."}
_MAX_WORDS = 4
# Han, kana and Hangul, with the marks that occur in names.
_EASTERN = re.compile(
    "[\u1100-\u11ff\u3005-\u3007\u3040-\u30ff\u3130-\u318f\u31f0-\u31ff\u3400-\u4dbf\u4e00-\u9fff\ua960-\ua97f"
    "\uac00-\ud7ff\uf900-\ufaff\uff66-\uffdc\U00020000-\U0003ffff]"
)


def name_of(author: str) -> Name:
    """Return a name as CSL has it: family and given where a comma says which is which, else literal."""
    author = " ".join(author.split())
    family, comma, given = (part.strip() for part in author.partition(","))
    return {"family": family, "given": given} if comma and _is_person(family, given) else {"literal": author}


def _is_person(family: str, given: str) -> bool:
    """Whether the two sides of a comma are the parts of a person's name, not of an organisation's."""
    words = f"{family} {given}".casefold().split()
    fits = all(0 < len(part.split()) <= _MAX_WORDS for part in (family, given))
    no_others = not any(word in _NO_NAME_WORDS or not word[0].isalpha() for word in words)
    return fits and no_others and "," not in given and not _SUFFIXES & {*given.casefold().split()}


def is_eastern(name: Name) -> bool:
    """Whether a name is in Han, kana or Hangul: its family name always comes first, and it has no initials."""
    return "family" in name and _EASTERN.search(name["family"] + name["given"]) is not None


def in_order(name: Name) -> str:
    """Return a name in the order in which it is spoken."""
    if "literal" in name:
        return name["literal"]
    return f"{name['family']}{name['given']}" if is_eastern(name) else f"{name['given']} {name['family']}"


def as_written(name: Name) -> str:
    """Return a name as the data file has it."""
    return f"{name['family']}, {name['given']}" if "family" in name else name["literal"]


def join_authors(authors: Iterable[str]) -> str:
    """Return the names of some authors in the order in which they are spoken, with commas between."""
    return ", ".join(in_order(name_of(author)) for author in authors)
